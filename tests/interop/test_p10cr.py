# SPDX-License-Identifier: Apache-2.0
"""p10cr (RFC 9483 4.1.4), by CSRs of openssl."""
import os
import re
import unittest

from cryptography.hazmat.primitives import serialization

import csrs
import peers
import support
import asn1
import signature

MINUS_ONE = b"\x02\x01\xff"


class P10cr(csrs.Requests):
    def test_lcp_4_1_4_01_answered_by_cp(self):
        self.csr()
        self.in_file(self.serve().url)
        self.assertEqual([m.body for m in self.sent()],
                         ["p10cr", "cp", "certConf", "pkiconf"])
        self.check_pair("a")
        self.verify("ca/root.pem", "a.pem")
        self.assertIn("a.example", self.text("a.pem"))
        self.assertIn("device a", self.text("a.pem"))
        self.assertEqual(self.states(), ["confirmed"])
        self.assertFalse(os.path.exists(self.path("a.pem.lwcmp")))

    def test_lcp_4_1_4_02_the_number_is_minus_one(self):
        self.csr()
        self.in_file(self.serve().url)
        _, cp, conf, _ = self.sent()
        self.assertEqual(int(cp.content["response"][0]["certReqId"]), -1)
        status = asn1.elements(asn1.elements(conf.raw_content)[0])
        self.assertEqual(status[1], MINUS_ONE)

    def test_lcp_4_1_4_03_lcp_4_1_4_04_it_goes_out_as_it_is(self):
        for name, kind, form, more in (
                ("a", "p256", "DER", ()), ("b", "rsa2048", "PEM", ()),
                ("c", "p384", "PEM", ("-sha384",))):
            with self.subTest(name):
                self.csr(name, *more, kind=kind, form=form)
                self.p10cr(self.serve().url, "--certout", name + ".pem",
                           "--dump", "dump-" + name, name=name)
                p10cr = self.sent("dump-" + name)[0]
                self.openssl_ok("req", "-in", name + ".csr", "-inform", form,
                                "-outform", "DER", "-out", name + ".der")
                self.assertEqual(p10cr.raw_content, self.read(name + ".der"))
                info, algorithm, _ = asn1.elements(p10cr.raw_content)
                parts = asn1.elements(info)
                self.assertEqual(parts[0], b"\x02\x01\x00")
                self.assertEqual(parts[3][0], 0xa0)
                csr = p10cr.content
                signature.verify(
                    serialization.load_der_public_key(parts[2]),
                    csr["signatureAlgorithm"], csr["signature"].asOctets(),
                    info)

    def test_lcp_3_1_22_implicit_confirmation(self):
        self.csr()
        self.in_file(self.serve().url, "--implicit-confirm")
        p10cr, _ = self.sent()
        self.assertTrue(p10cr.asks_implicit_confirm)

    def test_lcp_6_1_label(self):
        self.csr()
        text = self.in_file(self.serve().url + "fault/html/", "--label",
                            status=peers.HTTP)
        self.assertIn("pkcs10", text)

    def test_signed_by_a_certificate(self):
        url = self.serve().url
        self.enroll(url, "--certout", "old.pem", "--newkeyout", "old.key")
        self.csr()
        self.expect(peers.DONE, "pkcs10", "--server", url, "--csr", "a.csr",
                    "--cert", "old.pem", "--key", "old.key", "--trusted",
                    "ca/root.pem", "--certout", "a.pem", "--dump", "dump")
        self.check_pair("a")
        p10cr, _, conf, _ = self.sent()
        self.assertEqual(len(p10cr.certs), 1)
        self.assertEqual(len(conf.certs), 0)

    def test_request_id_0_by_option_only(self):
        self.csr()
        url = self.serve().url + "fault/p10-id/pkix/"
        text = self.in_file(url, status=peers.NOT_AUTHENTIC)
        self.assertIn("another request", text)
        text = self.p10cr(url, "--certout", "a.pem", "--dump", "zero",
                          "--anew", "--cert-req-id-0")
        self.assertIn("lwcmp: --cert-req-id-0: ", text)
        conf = self.sent("zero")[2]
        self.assertEqual(int(conf.content[0]["certReqId"]), 0)
        self.assertEqual(self.states(), ["issued", "confirmed"])

    def test_wrong_request_ids(self):
        self.csr()
        for number in (1, -2, 255, 256, -256):
            for more in ((), ("--cert-req-id-0",)):
                text = self.in_file(
                    self.serve().url + "fault/p10-id=%d/" % number, "--anew",
                    *more, status=peers.NOT_AUTHENTIC)
                self.assertIn("another request", text)

    def test_another_body_for_an_answer(self):
        self.csr()
        for kind in ("ip", "kup", "ccp"):
            self.in_file(self.serve().url + "fault/body=%s/" % kind, "--anew",
                         status=peers.NOT_AUTHENTIC)

    def test_lcp_4_1_1_22_certificate_for_another_key(self):
        self.csr()
        text = self.in_file(self.serve().url + "fault/wrong-key/",
                            status=peers.UNACCEPTABLE)
        self.assertIn("another key", text)
        self.assertEqual(self.states(), ["rejected"])
        conf = self.sent()[2]
        self.assertEqual(int(conf.content[0]["certReqId"]), -1)

    def test_another_subject_is_told(self):
        told = "another subject than was asked for"
        self.csr()
        url = self.serve().url
        self.assertIn(told, self.in_file(url + "fault/other-subject/"))
        self.assertNotIn(told, self.in_file(url))

    def test_rejected(self):
        self.csr()
        text = self.in_file(self.serve().url + "fault/reject/",
                            status=peers.REJECTED)
        self.assertIn("badCertTemplate", text)
        self.in_file(self.serve().url)


class Waiting(csrs.Requests):
    def names(self, folder="dump"):
        return [re.sub(r"^\d+-|\.der$", "", n)
                for n in self.check_encoding(folder)]

    def test_lcp_4_1_4_05_lcp_4_4_03_it_polls_for_minus_one(self):
        for number, (url, polled, more) in enumerate((
                ("", -1, ()), ("fault/waiting-by-error=1/", -1, ()),
                ("fault/p10-id/", 0, ("--cert-req-id-0",)))):
            with self.subTest(url):
                name = "dump%d" % number
                server = self.serve("--poll-count", "1", "--check-after", "0")
                self.csr()
                self.p10cr(server.url + url, "--certout", name + ".pem",
                           "--wait", "10", "--dump", name, *more)
                self.assertEqual(self.polled(name), [polled] * 2)

    def test_another_process_goes_on(self):
        for path, number, more in (
                ("", -1, ()), ("fault/p10-id/", 0, ("--cert-req-id-0",))):
            with self.subTest(path):
                self.go_on(path, number, more)

    def go_on(self, path, number, more):
        url = self.serve("--approve", "manual").url + path
        state = ["--state", "state%d" % number, *more]
        self.csr()
        self.p10cr(url, *state, status=peers.PENDING)
        # The same request signed again is the same.
        self.openssl_ok("req", "-new", "-key", "a.key", "-subj",
                        "/C=FI/CN=device a", "-addext", csrs.SAN, "-out",
                        "a.csr")
        self.p10cr(url, *state, status=peers.PENDING)
        transaction = support.labca("waiting", self.ca).split()[0]
        support.labca("approve", self.ca, transaction)
        dump = "dump%d" % number
        self.p10cr(url, *state, "--dump", dump, "--certout", "a.pem")
        self.assertEqual(self.names(dump),
                         ["pollReq", "cp", "certConf", "pkiconf"])
        self.assertEqual(self.polled(dump), [number])
        conf = self.sent(dump)[2]
        self.assertEqual(int(conf.content[0]["certReqId"]), number)
        self.check_pair("a")

    def test_certconf_goes_out_again(self):
        self.csr()
        for path, number, more in (
                ("", -1, ()), ("fault/p10-id/", 0, ("--cert-req-id-0",))):
            url = self.serve().url + path
            state = ["--state", "state%d" % number, *more]
            self.p10cr(url + "fault/drop-at-confirm/", *state,
                       status=peers.NETWORK)
            dump = "dump%d" % number
            self.p10cr(url, *state, "--dump", dump)
            conf, answer = self.sent(dump)
            self.assertEqual((conf.body, answer.body),
                             ("certConf", "pkiconf"))
            self.assertEqual(int(conf.content[0]["certReqId"]), number)
        self.assertEqual(self.states(), ["confirmed"] * 2)

    def test_another_request_begins_anew(self):
        self.csr()
        self.csr("b")
        url = self.serve("--approve", "manual").url
        self.p10cr(url, "--state", "s", status=peers.PENDING)
        self.p10cr(url, "--state", "s", "--dump", "dump", name="b",
                   status=peers.PENDING)
        self.assertEqual(self.names()[0], "p10cr")


class State(csrs.Requests):
    """What a p10cr and the keys of a state have to do with each other."""

    def test_no_key_and_so_no_renewal(self):
        url = self.serve().url
        self.csr()
        self.p10cr(url, "--state", "device", "--certout", "a.pem")
        self.assertEqual([n for n in self.contents() if "key" in n], [])
        self.renew(url, "--trusted", "ca/root.pem", status=peers.STORAGE)
        # Whoever has the key does.
        self.expect(peers.DONE, "renew", "--server", url, "--cert", "a.pem",
                    "--key", "a.key", "--trusted", "ca/root.pem",
                    "--newkeyout", "b.key", "--certout", "b.pem")
        self.check_pair("b")

    def test_it_takes_the_place_of_an_identity(self):
        url = self.serve().url
        self.enroll(url)
        self.csr()
        self.p10cr(url, "--state", "device")
        self.assertEqual([n for n in self.contents()
                          if n.startswith(("key", "cert"))], ["cert-2"])

    def test_the_key_of_an_identity_is_not_erased(self):
        url = self.serve().url
        self.csr()
        self.enroll(url, "--newkey", "a.key")
        before = self.contents()
        text = self.p10cr(url, "--state", "device", status=peers.USAGE)
        self.assertIn("goes with the certificate", text)
        self.assertEqual(self.contents(), before)

    def test_the_key_of_an_attempt_is_not_taken_for_ours(self):
        self.enroll(self.serve("--approve", "manual").url,
                    status=peers.PENDING)
        before = self.contents()
        self.csr()
        url = self.serve().url
        text = self.p10cr(url, "--state", "device", status=peers.USAGE)
        self.assertIn("--anew", text)
        self.assertEqual(self.contents(), before)
        self.p10cr(url, "--state", "device", "--anew")
        self.assertEqual([n for n in self.contents() if "key" in n], [])


class Refused(csrs.Requests):
    """Before anything is sent: nobody listens there."""

    URL = "http://127.0.0.1:9/"

    def refuse(self, word, *more, name="a", status=peers.STORAGE):
        self.assertIn(word, self.in_file(self.URL, *more, name=name,
                                         status=status))

    def put(self, der, name="a"):
        with open(self.path(name + ".csr"), "wb") as f:
            f.write(der)

    def test_no_request(self):
        self.serve()
        self.refuse("No such file")
        self.put(b"")
        self.refuse("no good PKCS #10")
        self.put(b"-----BEGIN CERTIFICATE REQUEST-----\n")
        self.refuse("damaged")
        self.csr()
        self.put(self.read("a.csr") * 2)
        self.refuse("more than one request")
        self.assertIn("--csr", self.expect(
            peers.USAGE, "p10cr", "--server", self.URL, "--ref", "a",
            "--secret", "pass:b", "--certout", "c"))

    def test_lcp_4_1_4_04_signature_of_another(self):
        self.serve()
        self.csr(form="DER")
        der = self.read("a.csr")
        self.put(der.replace(b"device a", b"device b"))
        self.refuse("not signed with its own key")

    def test_lcp_4_1_4_03_version_and_attributes(self):
        self.serve()
        self.csr(form="DER")
        info, algorithm, value = asn1.elements(self.read("a.csr"))
        parts = asn1.elements(info)
        for changed in ([b"\x02\x01\x01"] + parts[1:], parts[:3]):
            info = asn1.wrap(0x30, b"".join(changed))
            self.put(asn1.wrap(0x30, info + algorithm + value))
            self.refuse("no good PKCS #10")


class MockServer:
    """openssl gives out one certificate, for a key made before. These are the
    tests for each version."""

    def setUp(self):
        super().setUp()
        self.make("root", "/CN=Root", *peers.CA)
        self.make("new", "/CN=device", "keyUsage=digitalSignature")

    def ask(self, *options, messages, more=()):
        server = peers.MockServer(
            self.folder, "-rsp_cert", "new.pem", "-srv_ref", "1234",
            "-srv_secret", "pass:test", *options, program=self.program)
        self.addCleanup(server.stop)
        self.expect(
            peers.DONE, "p10cr", "--server", server.url, "--ref", "1234",
            "--secret", "pass:test", "--trusted", "root.pem", "--hmac-sha1",
            "--csr", "new.csr", "--certout", "out.pem", "--dump", "dump",
            *more)
        self.assertEqual(self.text("out.pem"), self.text("new.pem"))
        self.assertEqual(len(self.check_encoding()), messages)

    def test_lcp_7_1_05_p10cr(self):
        self.ask(messages=4)

    def test_implicit_confirmation(self):
        self.ask("-grant_implicitconf", messages=2,
                 more=("--implicit-confirm",))

    def test_lcp_4_4_03_polling(self):
        self.ask("-poll_count", "2", "-check_after", "1",
                 messages=4 + 2 * self.polls, more=("--wait", "10"))
        self.assertEqual(self.polled(), [-1] * self.polls)


class OwnOpenSsl(MockServer, csrs.Requests):
    """The machine's own."""

    program = "openssl"
    polls = 2


@unittest.skipIf(peers.NO_OPENSSL35, "NO_OPENSSL35=yes")
class OpenSsl35(MockServer, csrs.Requests):
    program = peers.OPENSSL35
    polls = 4  # it delays pkiConf, too


if __name__ == "__main__":
    unittest.main()
