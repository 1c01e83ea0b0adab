# SPDX-License-Identifier: Apache-2.0
"""Signatures of the CA with all kinds of keys, judged by openssl, and the
parameters of RSASSA-PSS."""
import hashlib
import os
import unittest

import support
from engine_case import EngineTest
from device import cert_conf, issued

import asn1
import authority
import certificate
import schema
import signature

HOWS = (("p256", "sha256", False), ("p384", "sha384", False),
        ("p521", "sha512", False), ("rsa2048", "sha256", False),
        ("rsa2048", "sha512", False), ("rsa2048", "sha256", True),
        ("rsa2048", "sha384", True), ("rsa2048", "sha512", True))


def parsed(der):
    return asn1.parse(der, schema.AlgorithmIdentifier())


class Hows(support.FolderTest):
    def check(self, kind, digest, pss):
        folder = self.path("%s-%s-%s" % (kind, digest, pss))
        how = signature.How(digest, pss)
        authority.create(folder, self.name, True, kind, how)
        for name in ("ca", "signer"):
            more = ["-untrusted", folder + "/ca.pem"] if name == "signer" \
                else []
            self.assertIn("OK", self.openssl_ok(
                "verify", "-CAfile", folder + "/root.pem", *more,
                folder + "/" + name + ".pem"))
        ca = authority.Authority(folder)
        self.assertEqual((ca.how.digest, ca.how.pss), (how.digest, pss))
        self.assertEqual(signature.digest_of(ca.signer.algorithm), digest)
        self.check_verify(ca, how)

    def check_verify(self, ca, how):
        value = how.sign(ca.signer_key, b"text")
        algorithm = parsed(how.algorithm(ca.signer_key))
        signature.verify(ca.signer.key(), algorithm, value, b"text")
        with self.assertRaises(signature.BadSignature):
            signature.verify(ca.signer.key(), algorithm, value, b"texT")

    def test_all(self):
        for how in HOWS:
            with self.subTest(how):
                self.check(*how)


class Parameters(unittest.TestCase):
    """The vectors of the C code: other hands wrote both readers."""

    def test_vectors(self):
        key = signature.new_key("rsa2048")
        path = os.path.join(support.TOP, "tests", "vectors", "der", "pss.txt")
        seen = set()
        with open(path, encoding="ascii") as f:
            rows = [line.split() for line in f if line[0] != "#"]
        for der, outcome, _ in rows:
            if outcome == "SYNTAX":
                continue
            algorithm = parsed(bytes.fromhex(der))
            if str(algorithm["algorithm"]) != signature.PSS:
                continue
            seen.add(outcome)
            self.check(key, algorithm, outcome == "ok", der)
        self.assertEqual(seen, {"ok", "ALGORITHM"})

    def check(self, key, algorithm, good, der):
        with self.assertRaises(signature.BadSignature) as caught:
            signature.verify(key.public_key(), algorithm, b"x" * 256, b"")
        self.assertEqual("parameters" not in str(caught.exception)
                         and "algorithm" not in str(caught.exception),
                         good, der)

    def test_octets(self):
        key = signature.new_key("rsa2048")
        path = os.path.join(support.TOP, "tests", "vectors", "der", "pss.txt")
        with open(path, encoding="ascii") as f:
            due = {line.split()[0] for line in f if line[0] != "#"}
        for digest in ("sha256", "sha384", "sha512"):
            self.assertIn(signature.How(digest, True).algorithm(key).hex(),
                          due)

    def test_a_key_of_openssl(self):
        """What it has signed by PSS is verified."""
        path = os.path.join(support.TOP, "tests", "vectors", "pss")
        with open(os.path.join(path, "root.der"), "rb") as f:
            root = certificate.Certificate(f.read())
        for name, good in (("root", True), ("sha256", True),
                           ("sha384", True), ("sha512", True),
                           ("sha1", False), ("salt", False), ("mgf", False)):
            with open(os.path.join(path, name + ".der"), "rb") as f:
                cert = certificate.Certificate(f.read())
            if good:
                cert.check_signed_by(root)
                continue
            with self.assertRaises(signature.BadSignature):
                cert.check_signed_by(root)


class UnknownSignature(EngineTest):
    """A certificate that does not say how its certHash is made."""

    def setUp(self):
        super().setUp()
        self.t = self.begin(fault="unknown-signature")
        self.cert = issued(self.t.send(self.ir()))

    def test_it_is_unknown(self):
        self.assertEqual(str(self.cert.algorithm["algorithm"]),
                         certificate.UNKNOWN)
        self.assertIsNone(signature.digest_of(self.cert.algorithm))

    def hashed(self, digest="sha512", oid="2.16.840.1.101.3.4.2.3"):
        return cert_conf(
            self.cert, hashAlg={"algorithm": oid},
            certHash=hashlib.new(digest, self.cert.der).digest())

    def test_lcp_4_1_1_26_hash_alg(self):
        answer = self.t.send(self.hashed(), pvno=3)
        self.assertEqual(answer.body, "pkiconf")
        self.assertEqual(self.state_of(self.cert), "confirmed")

    def refuse(self, fail, body, **header):
        self.refused(self.t.send(body, **header), "error", fail)
        self.assertEqual(self.state_of(self.cert), "rejected")

    def test_without_hash_alg(self):
        self.refuse("badCertId", cert_conf(self.cert))

    def test_lcp_3_1_02_version_2(self):
        self.refuse("badRequest", self.hashed())

    def test_another_hash_than_named(self):
        self.refuse("badCertId", self.hashed("sha256"), pvno=3)

    def test_unknown_hash(self):
        self.refuse("badAlg", self.hashed(oid="2.999.2"), pvno=3)

    def test_empty_cert_conf_rejects(self):
        self.assertEqual(self.t.send(("certConf", [])).body, "pkiconf")
        self.assertEqual(self.state_of(self.cert), "rejected")


if __name__ == "__main__":
    unittest.main()
