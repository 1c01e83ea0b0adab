# SPDX-License-Identifier: Apache-2.0
"""All kinds of messages with all algorithms: own keys with the lab CA, which
signs with P-256 or as told; those of the CA with the mock server of the openssl
program; and PBMAC1, which only the lab CA has."""
import shutil
import unittest

import peers
import authority
import signature
import store


class LabCa(peers.Device):
    def setUp(self):
        super().setUp()
        self.add_secret(peers.REF, peers.SECRET)
        self.url = self.serve().url

    def ask(self, verb, name, *more):
        self.expect(peers.DONE, verb, "--server", self.url, "--trusted",
                    "ca/root.pem", "--certout", name + ".pem", "--dump",
                    name + ".dump", *more)
        self.check_pair(name)
        self.verify("ca/root.pem", name + ".pem")
        self.assertEqual(len(self.check_encoding(name + ".dump")), 4)

    def by_secret(self, *more):
        return ["--ref", peers.REF, "--secret", "env:SECRET", "--iterations",
                "1000", "--subject", "C=FI,O=Example,CN=device", *more]

    def by_key(self, name):
        return ["--cert", name + ".pem", "--key", name + ".key"]

    def live(self, kind):
        """ir, cr and kur; each signs with the key of the one before."""
        for name in ("first", "second", "third"):
            self.make_key(name, kind)
        self.ask("enroll", "first", "--newkey", "first.key",
                 *self.by_secret())
        self.ask("certify", "second", "--newkey", "second.key",
                 "--subject", "C=FI,O=Example,CN=device 2",
                 *self.by_key("first"))
        self.ask("renew", "third", "--newkey", "third.key",
                 *self.by_key("second"))
        self.assertEqual(self.states(),
                         ["confirmed", "superseded", "confirmed"])

    def test_alg_03_p384(self):
        self.live("p384")

    def test_alg_03_p521(self):
        self.live("p521")

    def test_alg_01_rsa2048(self):
        self.live("rsa2048")

    def test_alg_01_rsa3072(self):
        self.live("rsa3072")

    def test_alg_01_rsa4096(self):
        self.live("rsa4096")

    def check_kind(self, name, words):
        self.assertIn(words, self.text(name + ".pem"))

    def test_keys_that_we_make(self):
        kinds = {"p384": "384 bit", "p521": "521 bit",
                 "rsa2048": "2048 bit"}
        for kind, words in kinds.items():
            self.add_secret(kind, peers.SECRET)
            self.ask("enroll", kind, "--newkeyout", kind + ".key",
                     "--keytype", kind, "--ref", kind, *self.by_secret()[2:])
            self.check_kind(kind, words)
            self.ask("renew", kind + "-2", "--newkeyout", kind + "-2.key",
                     "--keytype", kind, *self.by_key(kind))
            self.check_kind(kind + "-2", words)

    def test_keys_that_stay_in_the_store(self):
        self.enroll(self.url, "--keytype", "rsa2048", "--certout", "one.pem")
        self.check_kind("one", "2048 bit")
        self.renew(self.url, "--keytype", "p384", "--certout", "two.pem")
        self.check_kind("two", "384 bit")
        self.renew(self.url, "--keytype", "RSA3072", "--certout", "three.pem")
        self.check_kind("three", "3072 bit")
        self.assertEqual(self.states(),
                         ["superseded", "superseded", "confirmed"])

    def test_alg_06_pbmac1(self):
        self.make_key("first", "p256")
        self.ask("enroll", "first", "--newkey", "first.key", "--pbmac1",
                 *self.by_secret())
        self.assertIn("PBMAC1", self.parsed("first.dump/01-ir.der"))
        self.add_secret("4712", peers.SECRET)
        self.make_key("second", "p256")
        self.ask("certify", "second", "--newkey", "second.key", "--pbmac1",
                 "--ref", "4712", *self.by_secret()[2:])
        self.assertEqual(self.states(), ["confirmed", "confirmed"])

    def check_mac(self, digest, *more):
        """Our messages have it, and the answers have the same."""
        self.make_key("first", "p256")
        self.ask("enroll", "first", "--newkey", "first.key", "--mac-hash",
                 digest, *self.by_secret(*more))
        for name in ("01-ir", "02-ip", "03-certConf", "04-pkiconf"):
            text = self.parsed("first.dump/%s.der" % name)
            self.assertIn("hmacWithS" + digest[1:].upper(), text)
            self.assertNotIn("hmacWithSHA256", text)
        self.assertEqual(self.states(), ["confirmed"])

    def test_alg_08_mac_sha384(self):
        self.check_mac("sha384")

    def test_alg_08_mac_sha512(self):
        self.check_mac("sha512")

    def test_alg_06_pbmac1_sha384(self):
        self.check_mac("sha384", "--pbmac1")

    def test_alg_06_pbmac1_sha512(self):
        self.check_mac("sha512", "--pbmac1")

    def live_by_rsa(self, *how, words=()):
        """ir by secret, then cr and kur signed as told; the proofs of
        possession of all of them are such, too."""
        for name in ("first", "second", "third"):
            self.make_key(name, "rsa2048")
        self.ask("enroll", "first", "--newkey", "first.key", *how,
                 *self.by_secret())
        self.ask("certify", "second", "--newkey", "second.key", "--subject",
                 "C=FI,O=Example,CN=device 2", *how, *self.by_key("first"))
        self.ask("renew", "third", "--newkey", "third.key", *how,
                 *self.by_key("second"))
        self.assertEqual(self.states(),
                         ["confirmed", "superseded", "confirmed"])
        for path, times in (("first.dump/01-ir", 1),
                            ("second.dump/01-cr", 2),
                            ("third.dump/01-kur", 2),
                            ("third.dump/03-certConf", 1)):
            text = self.parsed(path + ".der")
            for word in words:
                self.assertEqual(text.count(word), times, path + text)

    def test_alg_02_pss(self):
        self.live_by_rsa("--rsa-pss", words=[":rsassaPss"])

    def test_alg_02_pss_sha512(self):
        self.live_by_rsa("--rsa-pss", "--rsa-hash", "sha512",
                         words=[":rsassaPss"])

    def test_alg_01_rsa_sha384(self):
        self.live_by_rsa("--rsa-hash", "sha384",
                         words=[":sha384WithRSAEncryption"])

    def test_alg_02_pss_in_the_store(self):
        """A key that the device has made for itself signs both ways."""
        self.enroll(self.url, "--keytype", "rsa2048")
        self.renew(self.url, "--rsa-pss", "--keytype", "rsa2048")
        self.renew(self.url, "--keytype", "p521", "--certout", "last.pem")
        self.check_kind("last", "521 bit")

    def test_unknown_signature(self):
        """Nothing of the program knows it, so it says so, and the
        certificate is turned down by a certConf without a hash."""
        self.expect(peers.NOT_AUTHENTIC, "enroll", "--server",
                    self.url + "fault/unknown-signature/pkix/", "--trusted",
                    "ca/root.pem", "--state", "device", *self.by_secret())
        self.assertEqual(self.states(), ["rejected"])

    def parsed(self, path):
        return self.openssl_ok("asn1parse", "-inform", "DER", "-in", path)

    def test_pbmac1_by_another_secret(self):
        text = self.enroll(self.url, "--pbmac1", "--secret=pass:other",
                           status=peers.USAGE)
        self.assertIn("twice", text)
        text = self.expect(
            peers.NOT_AUTHENTIC, "enroll", "--server", self.url, "--state",
            "device", "--ref", peers.REF, "--secret", "pass:other",
            "--subject", "CN=x", "--learn-anchors", "--pbmac1")
        self.assertIn("without protection", text)

    def test_pbmac1_needs_a_secret(self):
        text = self.expect(
            peers.USAGE, "enroll", "--server", self.url, "--cert", "a",
            "--key", "b", "--state", "device", "--pbmac1")
        self.assertIn("--pbmac1 needs --secret", text)


class OtherCa(peers.Device):
    """The lab CA with other keys; its certificates, and all of its messages
    to who has signed, are signed with them."""

    def check(self, kind, *how):
        shutil.rmtree(self.ca)
        authority.create(self.ca, self.name, True, kind,
                         signature.How(*how))
        store.Store.create(self.ca)
        self.add_secret(peers.REF, peers.SECRET)
        url = self.serve().url
        self.enroll(url, "--certout", "one.pem", "--anchorsout", "root.pem")
        self.renew(url, "--certout", "two.pem", "--chainout", "chain.pem")
        self.renew(url, "--implicit-confirm")
        self.assertEqual(self.states(),
                         ["superseded", "superseded", "confirmed"])
        self.verify("root.pem", "two.pem", "-untrusted", "chain.pem")
        return self.text("two.pem")

    def test_alg_03_p521(self):
        self.assertIn("ecdsa-with-SHA512", self.check("p521", "sha512"))

    def test_alg_03_p384(self):
        self.assertIn("ecdsa-with-SHA384", self.check("p384", "sha384"))

    def test_alg_01_rsa(self):
        self.assertIn("sha384WithRSAEncryption",
                      self.check("rsa3072", "sha384"))

    def test_alg_02_lcp_4_1_1_24_pss(self):
        self.assertIn("rsassaPss", self.check("rsa2048", "sha256", True))

    def test_alg_02_lcp_4_1_1_24_pss_sha384(self):
        self.assertIn("rsassaPss", self.check("rsa2048", "sha384", True))

    def test_alg_02_lcp_4_1_1_24_pss_sha512(self):
        self.assertIn("rsassaPss", self.check("rsa2048", "sha512", True))


# keys: ours to sign with, the server's, the root's; hash of the certificates.
# The key that is certified is of our kind. The server signs its messages with
# SHA-256 whatever it is told.
ROWS = {
    "p384": ("p384", "p384", "p384", "sha384"),
    "p521": ("p256", "p521", "p521", "sha512"),
    "rsa2048": ("rsa2048", "rsa2048", "rsa2048", "sha256"),
    "rsa3072": ("rsa3072", "rsa4096", "rsa3072", "sha512"),
    "rsa4096": ("rsa4096", "rsa3072", "rsa4096", "sha384"),
    "p256_sha512": ("p256", "p256", "p256", "sha512"),
    "p384_sha256": ("p384", "p384", "p256", "sha256"),
    "mixed": ("rsa2048", "p256", "rsa4096", "sha384"),
}


class MockServer(peers.Device):
    def prepare(self, own, server, root, digest):
        self.make("root", "/CN=Root", *peers.CA, kind=root, digest=digest)
        self.make("server", "/CN=Server", "keyUsage=digitalSignature",
                  "extendedKeyUsage=1.3.6.1.5.5.7.3.28", kind=server,
                  digest=digest)
        for name in ("old", "new"):
            self.make(name, "/CN=device", "keyUsage=digitalSignature",
                      kind=own, serial="77", digest=digest)

    def ask(self, url, verb, *more):
        self.expect(peers.DONE, verb, "--server", url, "--cert", "old.pem",
                    "--key", "old.key", "--trusted", "root.pem", "--newkey",
                    "new.key", "--certout", "out.pem", "--dump", verb, *more)
        self.assertEqual(self.text("out.pem"), self.text("new.pem"))
        self.assertEqual(len(self.check_encoding(verb)), 4)

    def check(self, row, *more):
        self.prepare(*ROWS[row])
        for verb in ("enroll", "certify", "renew"):
            # One server gives out one certificate in one transaction.
            server = peers.MockServer(
                self.folder, "-rsp_cert", "new.pem", "-srv_cert",
                "server.pem", "-srv_key", "server.key", "-srv_trusted",
                "root.pem")
            self.addCleanup(server.stop)
            self.ask(server.url, verb, *more, *(
                [] if verb == "renew" else ["--subject", "CN=device"]))

    def test_alg_03_p384(self):
        self.check("p384")

    def test_alg_03_p521(self):
        self.check("p521")

    def test_alg_01_rsa2048(self):
        self.check("rsa2048")

    def test_alg_01_rsa3072(self):
        self.check("rsa3072")

    def test_alg_01_rsa4096(self):
        self.check("rsa4096")

    def test_p256_with_sha512(self):
        self.check("p256_sha512")

    def test_p384_with_sha256(self):
        self.check("p384_sha256")

    def test_mixed(self):
        self.check("mixed")

    def test_alg_02_pss(self):
        """It verifies ours, and signs by PKCS #1 v1.5."""
        self.check("rsa2048", "--rsa-pss", "--rsa-hash", "sha384")


if __name__ == "__main__":
    unittest.main()
