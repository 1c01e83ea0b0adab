# SPDX-License-Identifier: Apache-2.0
"""All kinds of messages with all algorithms: own keys with the lab CA, which
signs with P-256; those of the CA with the mock server of the openssl program;
and PBMAC1, which only the lab CA has."""
import unittest

import peers

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
        kinds = {"p384": "384 bit", "rsa2048": "2048 bit"}
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

    def check(self, row):
        self.prepare(*ROWS[row])
        for verb in ("enroll", "certify", "renew"):
            # One server gives out one certificate in one transaction.
            server = peers.MockServer(
                self.folder, "-rsp_cert", "new.pem", "-srv_cert",
                "server.pem", "-srv_key", "server.key", "-srv_trusted",
                "root.pem")
            self.addCleanup(server.stop)
            self.ask(server.url, verb, *(
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


if __name__ == "__main__":
    unittest.main()
