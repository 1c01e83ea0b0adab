# SPDX-License-Identifier: Apache-2.0
"""Certificates for keys that do not sign: the CA encrypts them (RFC 9810
5.2.8.3.2), with the lab CA."""
import glob
import unittest

import peers
import asn1
import schema


class EncryptedCert(peers.Device):
    def setUp(self):
        super().setUp()
        self.add_secret(peers.REF, peers.SECRET)
        self.server = self.serve()

    def ask(self, name, *more, fault=None, status=peers.DONE):
        url = self.server.url
        if fault:
            url += "fault/%s/cmp" % fault
        self.add_secret(name, peers.SECRET)
        return self.expect(
            status, "enroll", "--server", url, "--encryption-key",
            "--trusted", "ca/root.pem", "--certout", name + ".pem",
            "--newkeyout", name + ".key", "--dump", name + ".dump",
            "--ref", name, "--secret", "env:SECRET", "--iterations", "1000",
            "--subject", "C=FI,O=Example,CN=device", *more)

    def sent(self, name):
        found = []
        for path in sorted(glob.glob(self.path(name + ".dump") + "/*.der")):
            with open(path, "rb") as f:
                found.append(schema.decode(f.read()))
        return found

    def check(self, name, popo, *more, fault=None):
        self.ask(name, *more, fault=fault)
        self.check_pair(name)
        self.verify("ca/root.pem", name + ".pem")
        self.assertEqual(len(self.check_encoding(name + ".dump")), 4)
        messages = self.sent(name)
        self.assertEqual([int(m["header"]["pvno"]) for m in messages], [3] * 4)
        self.assertEqual(asn1.encode(messages[0]["body"]["ir"][0]["popo"]),
                         popo)
        pair = messages[1]["body"]["ip"]["response"][0]["certifiedKeyPair"]
        self.assertEqual(pair["certOrEncCert"].getName(), "encryptedCert")

    def test_cmp_4_3_4_01_cmp_5_2_8_3_2_01(self):
        usage = "--key-usage", "keyAgreement"
        self.check("ec", b"\xa3\x03\x81\x01\x00", *usage)
        self.check("p384", b"\xa3\x03\x81\x01\x00", "--keytype", "p384",
                   *usage)
        self.check("rsa", b"\xa2\x03\x81\x01\x00", "--keytype", "rsa2048",
                   "--key-usage", "keyEncipherment")
        self.assertEqual(self.states(), ["confirmed"] * 3)

    def test_variants(self):
        for fault in ("cms-128", "cms-sha384", "cms-issuer-serial"):
            self.check(fault, b"\xa3\x03\x81\x01\x00", fault=fault)

    def test_a_certificate_that_is_not_encrypted(self):
        self.ask("one", fault="cms-in-the-clear")
        self.check_pair("one")

    def test_cmp_8_2_01_nothing_is_said_of_what_does_not_decrypt(self):
        for fault, code, words in (
                ("cms-other-key", peers.UNACCEPTABLE, "damaged"),
                ("cms-bad-wrap", peers.UNACCEPTABLE, "damaged"),
                ("cms-bad-padding", peers.UNACCEPTABLE, "damaged"),
                ("cms-encrypted-value", peers.UNACCEPTABLE, "not packed"),
                ("cms-two-recipients", peers.UNACCEPTABLE, "not packed")):
            said = self.ask(fault, fault=fault, status=code)
            self.assertIn(words, said)
            self.assertEqual(len(self.sent(fault)), 2)
        self.assertEqual(set(self.states()), {"issued"})

    def test_what_is_no_certificate(self):
        said = self.ask("one", fault="cms-garbage",
                        status=peers.UNACCEPTABLE)
        self.assertIn("cannot be read", said)

    def test_one_that_was_not_asked_for(self):
        self.add_secret("plain", peers.SECRET)
        said = self.expect(
            peers.NOT_AUTHENTIC, "enroll", "--server", self.server.url
            + "fault/cms-unasked-encryption/cmp", "--trusted",
            "ca/root.pem", "--certout", "one.pem", "--newkeyout", "one.key",
            "--ref", "plain", "--secret", "env:SECRET", "--subject", "CN=one")
        self.assertIn("contradicts itself", said)


if __name__ == "__main__":
    unittest.main()
