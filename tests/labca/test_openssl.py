# SPDX-License-Identifier: Apache-2.0
"""The client of OpenSSL, which knows nothing of this CA, against it."""
import time
import unittest

import support

import store


class OpensslTest(support.FolderTest):
    intermediate = True
    options = ()

    def setUp(self):
        super().setUp()
        self.add_secret("4711")
        self.server = self.serve(*self.options)

    def new_key(self, name):
        self.openssl_ok("ecparam", "-genkey", "-name", "prime256v1", "-noout",
                        "-out", name)
        return name

    def cmp(self, command, *words, path=".well-known/cmp"):
        return self.openssl("cmp", "-config", "", "-cmd", command, "-server",
                            self.server.url, "-path", path,
                            "-recipient", support.DN, *words)

    def cmp_ok(self, *words, **options):
        status, text = self.cmp(*words, **options)
        self.assertEqual(status, 0, text + self.server.log())
        return text

    def cmp_fails(self, *words, **options):
        status, text = self.cmp(*words, **options)
        self.assertNotEqual(status, 0, text)
        return text

    def by_mac(self, secret="hello"):
        return ("-ref", "4711", "-secret", "pass:" + secret,
                "-subject", "/O=Example/CN=dev1")

    def enrol(self, *words):
        """dev1.pem for dev1.key, by the secret."""
        self.new_key("dev1.key")
        return self.cmp_ok("ir", *self.by_mac(), "-newkey", "dev1.key",
                           "-certout", "dev1.pem", "-cacertsout", "root.pem",
                           *words)

    def by_key(self, name):
        return ("-cert", name + ".pem", "-key", name + ".key",
                "-trusted", self.ca + "/root.pem")

    def verify(self, name):
        self.openssl_ok("verify", "-x509_strict", "-CAfile",
                        self.ca + "/root.pem", "-untrusted",
                        self.ca + "/ca.pem", name)

    def states(self):
        with store.Store(self.ca).change() as state:
            return [row["state"] for row in state.certificates()]


class ByMac(OpensslTest):
    def test_ir(self):
        text = self.enrol()
        self.assertIn("PKICONF", text)
        self.verify("dev1.pem")
        self.assertEqual(self.states(), ["confirmed"])
        with open(self.path("root.pem")) as got, \
                open(self.ca + "/root.pem") as root:
            self.assertEqual(got.read(), root.read())
        text = self.openssl_ok("x509", "-in", "dev1.pem", "-noout",
                               "-subject", "-nameopt", "RFC2253")
        self.assertIn("CN=dev1,O=Example", text)

    def test_list_and_cert(self):
        self.enrol()
        line = support.labca("list", self.ca)
        self.assertIn(" confirmed ", line)
        self.assertIn("O=Example,CN=dev1", line)
        with open(self.path("dev1.pem")) as f:
            self.assertEqual(f.read(), support.labca("cert", self.ca,
                                                     line.split()[0]))

    def test_ir_with_implicit_confirmation(self):
        text = self.enrol("-implicit_confirm")
        self.assertNotIn("PKICONF", text)
        self.verify("dev1.pem")
        self.assertEqual(self.states(), ["confirmed"])

    def test_ir_with_other_algorithms(self):
        self.add_secret("many", spend="never")
        self.new_key("dev1.key")
        for digest, mac in (("sha256", "hmacWithSHA256"),
                            ("sha512", "hmacWithSHA384")):
            self.cmp_ok("ir", "-ref", "many", "-secret", "pass:hello",
                        "-subject", "/CN=x", "-newkey", "dev1.key",
                        "-certout", "x.pem", "-digest", digest, "-mac", mac)

    def test_rsa_key_with_alternative_names(self):
        self.openssl_ok("genrsa", "-out", "rsa.key", "2048")
        self.cmp_ok("ir", *self.by_mac(), "-newkey", "rsa.key", "-certout",
                    "rsa.pem", "-sans", "dev1.example 192.0.2.1")
        self.verify("rsa.pem")
        text = self.openssl_ok("x509", "-in", "rsa.pem", "-noout", "-text")
        self.assertIn("DNS:dev1.example, IP Address:192.0.2.1", text)

    def test_general_messages(self):
        for kind in ("caCerts", "signKeyPairTypes", "preferredSymmAlg",
                     "certReqTemplate"):
            text = self.cmp_ok("genm", *self.by_mac(), "-infotype", kind)
            self.assertIn("ITAV of type: id-it-" + kind, text)

    def test_rejection_by_the_client(self):
        self.new_key("dev1.key")
        other = self.path("other")
        self.make_ca(other)
        self.cmp_fails("ir", *self.by_mac(), "-newkey", "dev1.key",
                       "-certout", "dev1.pem", "-out_trusted",
                       other + "/root.pem")
        self.assertEqual(self.states(), ["rejected"])

    def test_wrong_secret(self):
        self.new_key("dev1.key")
        text = self.cmp_fails("ir", *self.by_mac("wrong"), "-newkey",
                              "dev1.key", "-certout", "dev1.pem",
                              "-unprotected_errors")
        self.assertIn("badMessageCheck", text)
        self.assertEqual(self.states(), [])

    def test_spent_secret(self):
        self.enrol()
        text = self.cmp_fails("ir", *self.by_mac(), "-newkey", "dev1.key",
                              "-certout", "dev2.pem")
        self.assertIn("notAuthorized", text)
        self.assertIn("has been used already", text)

    def test_faults_are_noticed(self):
        self.new_key("dev1.key")
        self.add_secret("f", spend="never")
        for fault in ("wrong-nonce", "wrong-transaction-id", "bad-mac",
                      "unprotected-error", "html", "hang-up", "drop",
                      "cut-answer", "reject", "wrong-key", "status=2",
                      "error=systemUnavail", "no-cert", "two-responses",
                      "request-id", "body=cp", "pvno=4", "http=404",
                      "empty-protection", "no-protection", "unprotected",
                      "protection-parameters=octets", "mac-answer",
                      "hang-up-at-confirm",
                      "drop-at-confirm", "error-at-confirm=badCertId"):
            with self.subTest(fault):
                self.cmp_fails(
                    "ir", "-ref", "f", "-secret", "pass:hello", "-subject",
                    "/CN=x", "-newkey", "dev1.key", "-certout", "x.pem",
                    path="fault/%s/cmp" % fault)
                self.assertIn("[fault %s]" % fault, self.server.log())


class BySignature(OpensslTest):
    def test_cr_and_kur(self):
        self.enrol()
        self.new_key("dev2.key")
        self.cmp_ok("cr", *self.by_key("dev1"), "-newkey", "dev2.key",
                    "-subject", "/CN=dev2", "-certout", "dev2.pem",
                    path="pkix/")
        self.verify("dev2.pem")
        self.new_key("dev3.key")
        self.cmp_ok("kur", *self.by_key("dev2"), "-newkey", "dev3.key",
                    "-certout", "dev3.pem",
                    path=".well-known/cmp/p/lab/keyupdate")
        self.verify("dev3.pem")
        self.assertEqual(self.states(),
                         ["confirmed", "superseded", "confirmed"])
        text = self.cmp_fails("kur", *self.by_key("dev2"), "-newkey",
                              "dev3.key", "-certout", "dev4.pem")
        self.assertIn("superseded", text)

    def test_p10cr(self):
        self.enrol()
        self.new_key("p10.key")
        self.openssl_ok("req", "-new", "-key", "p10.key", "-subj", "/CN=p10",
                        "-addext", "subjectAltName=DNS:p10.example",
                        "-out", "p10.csr")
        self.cmp_ok("p10cr", *self.by_key("dev1"), "-csr", "p10.csr",
                    "-certout", "p10.pem")
        self.verify("p10.pem")
        text = self.openssl_ok("x509", "-in", "p10.pem", "-noout", "-text")
        self.assertIn("DNS:p10.example", text)

    def test_ir_by_a_maker_certificate(self):
        self.new_key("maker.key")
        self.openssl_ok("req", "-x509", "-new", "-key", "maker.key", "-subj",
                        "/CN=Maker", "-out", "maker.pem", "-days", "9")
        self.openssl_ok("genrsa", "-out", "idev.key", "2048")
        self.openssl_ok("req", "-new", "-key", "idev.key", "-subj",
                        "/CN=IDevID", "-out", "idev.csr")
        self.openssl_ok("x509", "-req", "-in", "idev.csr", "-CA", "maker.pem",
                        "-CAkey", "maker.key", "-CAcreateserial", "-days",
                        "9", "-out", "idev.pem")
        self.new_key("dev1.key")
        request = ("ir", *self.by_key("idev"), "-newkey", "dev1.key",
                   "-subject", "/CN=LDevID", "-certout", "dev1.pem")
        self.assertIn("signerNotTrusted", self.cmp_fails(*request))
        support.labca("trust", self.ca, self.path("maker.pem"))
        self.cmp_ok(*request)
        self.verify("dev1.pem")


    def test_signers_are_noticed(self):
        self.enrol()
        self.new_key("dev2.key")
        for fault, words in (
                ("expired-signer", "expired"),
                ("early-signer", "not yet valid"),
                ("unknown-signer", "certificate"),
                ("impostor-signer", "certificate"),
                ("signer-without-usage", "key usage"),
                ("no-extra-certs", "no extraCerts"),
                ("mac-answer", "")):
            with self.subTest(fault):
                text = self.cmp_fails(
                    "cr", *self.by_key("dev1"), "-newkey", "dev2.key",
                    "-subject", "/CN=x", "-certout", "x.pem",
                    path="fault/%s/cmp" % fault)
                self.assertIn(words, text)


class Revocation(OpensslTest):
    """Its client sends no reasonCode unless it is told to."""

    def revoke(self, *words):
        return self.cmp_ok("rr", *self.by_key("dev1"), *words)

    def reasons(self):
        with store.Store(self.ca).change() as state:
            return [row["reason"] for row in state.revoked()]

    def test_own_certificate(self):
        self.enrol()
        self.revoke("-oldcert", "dev1.pem", "-revreason", "4")
        self.assertEqual(self.states(), ["revoked"])
        self.assertEqual(self.reasons(), [4])
        text = self.cmp_fails("rr", *self.by_key("dev1"), "-oldcert",
                              "dev1.pem")
        self.assertIn("certRevoked", text)

    def test_without_a_reason(self):
        self.enrol()
        self.revoke("-oldcert", "dev1.pem")
        self.assertEqual(self.reasons(), [0])
        self.assertIn("no reasonCode", self.server.log())

    def test_by_secret(self):
        self.enrol()
        self.cmp_ok("rr", "-ref", "4711", "-secret", "pass:hello", "-oldcert",
                    "dev1.pem", "-revreason", "1")
        self.assertEqual(self.states(), ["revoked"])

    def test_revoked_certificate_is_renewed_no_more(self):
        self.enrol()
        self.revoke("-oldcert", "dev1.pem")
        self.new_key("dev2.key")
        text = self.cmp_fails("kur", *self.by_key("dev1"), "-newkey",
                              "dev2.key", "-certout", "dev2.pem")
        self.assertIn("certRevoked", text)

    def test_faults_are_noticed(self):
        for fault in ("two-statuses", "other-rev-certs", "status=2",
                      "unprotected", "wrong-nonce"):
            with self.subTest(fault):
                self.add_secret(fault, spend="never")
                self.new_key("dev1.key")
                self.cmp_ok("ir", "-ref", fault, "-secret", "pass:hello",
                            "-subject", "/CN=x", "-newkey", "dev1.key",
                            "-certout", "dev1.pem", "-cacertsout",
                            "root.pem")
                self.cmp_fails("rr", *self.by_key("dev1"), "-oldcert",
                               "dev1.pem", path="fault/%s/cmp" % fault)


class Polling(OpensslTest):
    options = ("--poll-count", "2", "--check-after", "0")

    def test_ir_and_kur(self):
        text = self.enrol()
        self.assertEqual(text.count("received POLLREP"), 2)
        self.assertEqual(text.count("sending POLLREQ"), 3)
        self.verify("dev1.pem")
        self.new_key("dev2.key")
        self.cmp_ok("kur", *self.by_key("dev1"), "-newkey", "dev2.key",
                    "-certout", "dev2.pem", "-implicit_confirm")
        self.verify("dev2.pem")
        self.assertEqual(self.states(), ["superseded", "confirmed"])
        self.assertNotIn("asked before", self.server.log())
        self.assertNotIn("not that of the last", self.server.log())

    def test_p10cr(self):
        self.new_key("p10.key")
        self.openssl_ok("req", "-new", "-key", "p10.key", "-subj", "/CN=p10",
                        "-out", "p10.csr")
        self.cmp_ok("p10cr", *self.by_mac(), "-csr", "p10.csr", "-certout",
                    "p10.pem", "-unprotected_errors")
        self.verify("p10.pem")


class Approval(OpensslTest):
    options = ("--approve", "manual")

    def enrol_by_hand(self, command):
        """The client asks; somebody decides while it polls."""
        self.new_key("dev1.key")
        process = self.start_openssl(
            "cmp", "-config", "", "-cmd", "ir", "-server", self.server.url,
            "-recipient", support.DN, *self.by_mac(), "-newkey", "dev1.key",
            "-certout", "dev1.pem")
        line = self.wait_for(lambda: support.labca("waiting", self.ca))
        self.assertIn("ir ", line)
        self.assertIn("(4711)", line)
        support.labca(command, self.ca, line[:8].upper())
        text, _ = process.communicate(timeout=30)
        self.assertEqual(support.labca("waiting", self.ca), "")
        return process.returncode, text

    def wait_for(self, ask):
        for _ in range(300):
            answer = ask()
            if answer:
                return answer
            time.sleep(0.1)
        self.fail("nothing happened")

    def test_approve(self):
        status, text = self.enrol_by_hand("approve")
        self.assertEqual(status, 0, text)
        self.verify("dev1.pem")
        self.assertIn("sending POLLREQ", text)

    def test_refuse(self):
        status, text = self.enrol_by_hand("refuse")
        self.assertNotEqual(status, 0)
        self.assertIn("notAuthorized", text)
        self.assertIn("the operator of this CA has refused", text)
        self.assertEqual(self.states(), [])


class Options(OpensslTest):
    intermediate = False
    options = ("--implicit-confirm", "refuse", "--http", "1.0", "--days", "3",
               "--ca-pubs", "omit")

    def test_one_ca_that_refuses_implicit_confirmation(self):
        self.new_key("dev1.key")
        text = self.cmp_ok("ir", *self.by_mac(), "-newkey", "dev1.key",
                           "-certout", "dev1.pem", "-implicit_confirm",
                           "-cacertsout", "root.pem")
        self.assertIn("PKICONF", text)
        self.assertIn("received 0 CA certificate(s)", text)
        self.verify("dev1.pem")
        status, _ = self.openssl("x509", "-in", "dev1.pem", "-noout",
                                 "-checkend", str(4 * 86400))
        self.assertEqual(status, 1)


if __name__ == "__main__":
    unittest.main()
