# SPDX-License-Identifier: Apache-2.0
"""What the program sends, judged by others: certConf and pollReq, and what it
sends to a CA that errs."""
import glob
import hashlib
import unittest

from cryptography import x509

import lives
import peers
import asn1
import signature
from dumped import Message

FAULTS = ("wrong-nonce", "wrong-transaction-id", "bad-mac", "reject",
          "unprotected", "unprotected-error", "error=badRequest", "wrong-key",
          "two-responses", "pvno=4", "body=genp", "request-id",
          "wrong-nonce-at-confirm", "error-at-confirm=systemFailure",
          "body-at-confirm=ip")


class CertConf(lives.Sent):
    def confirmations(self):
        return self.sent("certConf")

    def test_lcp_4_1_1_23_one_status_for_request_0(self):
        for _, m in self.confirmations():
            status, = m.content
            self.assertEqual(int(status["certReqId"]), 0)

    def test_lcp_4_1_1_24_hash_of_the_signature_algorithm(self):
        """Which one that is says another library."""
        used = set()
        for operation, m in self.confirmations():
            cert = x509.load_der_x509_certificate(operation.new.der)
            name = cert.signature_hash_algorithm.name
            used.add(name)
            self.assertEqual(
                bytes(m.content[0]["certHash"]),
                hashlib.new(name, operation.new.der).digest())
        self.assertEqual(used, {"sha256", "sha384", "sha512"})

    def test_lcp_4_1_1_27_no_hash_alg(self):
        for _, m in self.confirmations():
            self.assertIsNone(asn1.field(m.content[0], "hashAlg"))

    def test_lcp_4_1_1_29_same_credentials_as_the_request(self):
        for operation, m in self.confirmations():
            self.check_protection(operation, m)
            first = operation.sent[0]
            self.assertEqual(m.raw_sender, first.raw_sender)
            self.assertEqual(m.sender_kid, first.sender_kid)

    def test_lcp_4_1_1_29_not_the_new_key(self):
        for operation, m in self.signed("certConf"):
            with self.assertRaises(signature.BadSignature):
                signature.verify(operation.new.key(), m.algorithm,
                                 m.protection, m.protected_part)

    def test_lcp_4_1_1_30_extra_certs_once(self):
        """Recommended, but the server has them; not so after a break."""
        for operation, m in self.signed("certConf"):
            self.assertEqual(operation.sent[0].certs[0].der,
                             operation.signer.der)
            self.assertEqual(m.certs, [])


class PollReq(lives.Sent):
    lives = lives.polling, lives.resumed

    def final(self, name):
        operation = self.operation(lives.polling, name)
        return operation, operation.answer.recip_nonce

    def test_lcp_4_4_02_nonce_of_the_last_poll(self):
        operation, nonce = self.final("last")
        self.assertEqual(nonce, operation.ours("pollReq")[-1].sender_nonce)

    def test_lcp_4_4_02_nonce_of_the_request(self):
        operation, nonce = self.final("original")
        self.assertEqual(nonce, operation.request.sender_nonce)
        polls = operation.ours("pollReq")
        self.assertEqual(len(polls), 2)
        self.assertNotIn(nonce, [m.sender_nonce for m in polls])
        self.assertEqual(operation.received[-1].body, "pkiconf")

    def test_lcp_4_4_02_nonce_of_a_request_before_a_break(self):
        operation = self.operation(lives.resumed, "new")
        self.assertEqual(operation.answer.recip_nonce,
                         operation.before.sender_nonce)
        self.assertEqual(operation.received[-1].body, "pkiconf")

    def test_lcp_4_4_07_same_credentials_as_the_request(self):
        for operation, m in self.sent("pollReq"):
            self.check_protection(operation, m)
            first = operation.sent[0]
            self.assertEqual(m.raw_sender, first.raw_sender)
            self.assertEqual(m.sender_kid, first.sender_kid)

    def test_lcp_4_4_07_every_nonce_is_a_fresh_one(self):
        for operation in self.operations():
            nonces = [m.sender_nonce for m in operation.sent]
            self.assertEqual(len(set(nonces)), len(nonces))
            for got, m in zip(operation.received, operation.sent[1:]):
                self.assertEqual(m.recip_nonce, got.sender_nonce)

    def test_lcp_4_4_08_extra_certs_once(self):
        """Recommended, but the server has them; not so after a break."""
        for operation, m in self.signed("pollReq"):
            resumed = operation.sent[0].body == "pollReq"
            self.assertEqual([c.der for c in m.certs],
                             [operation.signer.der] if resumed else [])


class Errors(lives.Sent):
    def test_lcp_3_6_1_01_no_error_message(self):
        for _, m in self.sent():
            self.assertIn(m.body, ("ir", "cr", "kur", "certConf", "pollReq"))

    def test_lcp_3_6_1_01_no_error_message_to_a_ca_that_errs(self):
        life = lives.Life()
        self.addCleanup(life.doCleanups)
        life.setUp()
        life.start()
        for fault in FAULTS:
            with self.subTest(fault):
                self.check_fault(life, fault)

    def check_fault(self, life, fault):
        status, _, _ = life.lwcmp(
            "enroll", "--server", "%sfault/%s/pkix/" % (life.url, fault),
            "--ref", peers.REF, "--secret", "env:SECRET", "--subject", "CN=x",
            "--learn-anchors", "--iterations", "1000", "--state", fault,
            "--dump", fault + ".dump")
        self.assertNotEqual(status, peers.DONE)
        files = sorted(glob.glob(life.path(fault + ".dump") + "/*"))
        sent = [Message(path).body for path in files[0::2]]
        last = ["certConf"] if "confirm" in fault or "key" in fault else []
        self.assertEqual(sent, ["ir"] + last)


if __name__ == "__main__":
    unittest.main()
