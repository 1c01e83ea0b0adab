# SPDX-License-Identifier: Apache-2.0
"""certConf, and when a secret is spent."""
import hashlib
import os
import unittest

from engine_case import EngineTest

from device import cert_conf, issued


class Confirmation(EngineTest):
    def setUp(self):
        super().setUp()
        self.t = self.begin()
        self.cert = issued(self.t.send(self.ir()))

    def test_state_follows(self):
        self.assertEqual(self.state_of(self.cert), "issued")
        self.t.send(cert_conf(self.cert))
        self.assertEqual(self.state_of(self.cert), "confirmed")

    def test_rejection(self):
        answer = self.t.send(cert_conf(self.cert, accept=False))
        self.assertEqual(answer.body, "pkiconf")
        self.assertEqual(self.state_of(self.cert), "rejected")

    def test_empty_content_is_rejection(self):
        self.assertEqual(self.t.send(("certConf", [])).body, "pkiconf")
        self.assertEqual(self.state_of(self.cert), "rejected")

    def test_absent_status_is_acceptance(self):
        self.t.send(cert_conf(self.cert, statusInfo=None))
        self.assertEqual(self.state_of(self.cert), "confirmed")

    def test_repeated(self):
        nonce = self.t.recip_nonce
        for _ in range(2):
            self.t.recip_nonce = nonce
            answer = self.t.send(cert_conf(self.cert))
            self.assertEqual(answer.body, "pkiconf")
        self.t.recip_nonce = nonce
        answer = self.t.send(cert_conf(self.cert, accept=False))
        self.refused(answer, "error", "certConfirmed")
        self.assertEqual(self.state_of(self.cert), "confirmed")

    def wrong(self, fail, body, **header):
        self.refused(self.t.send(body, **header), "error", fail)
        self.assertEqual(self.state_of(self.cert), "rejected")
        self.refused(self.t.send(cert_conf(self.cert)), "error",
                     "badRequest")

    def test_wrong_hash(self):
        self.wrong("badCertId", cert_conf(self.cert, certHash=b"h" * 32))

    def test_wrong_request_id(self):
        self.wrong("badRequest", cert_conf(self.cert, request_id=1))

    def test_wrong_nonce(self):
        self.wrong("badRecipientNonce", cert_conf(self.cert),
                   recipNonce=b"n" * 16)

    def hash_alg(self):
        return cert_conf(
            self.cert, hashAlg={"algorithm": "2.16.840.1.101.3.4.2.3"},
            certHash=hashlib.sha512(self.cert.der).digest())

    def test_hash_algorithm_with_version_3(self):
        answer = self.t.send(self.hash_alg(), pvno=3)
        self.assertEqual(answer.body, "pkiconf")

    def test_hash_algorithm_with_version_2(self):
        self.wrong("badRequest", self.hash_alg())

    def test_unknown_transaction(self):
        self.t.id = os.urandom(16)
        self.refused(self.t.send(cert_conf(self.cert)), "error",
                     "badRequest")

    def test_other_credentials(self):
        self.secret("other")
        self.t.credential = self.mac("other")
        self.refused(self.t.send(cert_conf(self.cert)), "error",
                     "notAuthorized")
        self.assertEqual(self.state_of(self.cert), "issued")


class Secrets(EngineTest):
    def test_spent_at_confirmation(self):
        t, other = self.begin(), self.begin()
        cert, second = issued(t.send(self.ir())), issued(
            other.send(self.ir()))
        self.assertEqual(t.send(cert_conf(cert)).body, "pkiconf")
        answer = self.begin().send(self.ir())
        self.refused(answer, "error", "notAuthorized")
        self.assertIsNotNone(answer.protection)
        self.refused(other.send(cert_conf(second)), "error", "notAuthorized")
        self.assertEqual(self.state_of(second), "rejected")

    def test_spent_at_issue(self):
        self.secret("once", "issue")
        t = self.begin(self.mac("once"))
        cert = issued(t.send(self.ir()))
        answer = self.begin(self.mac("once")).send(self.ir())
        self.refused(answer, "error", "notAuthorized")
        self.assertEqual(t.send(cert_conf(cert)).body, "pkiconf")

    def test_never_spent(self):
        self.enrol(reference="often")
        t = self.begin(self.mac("often"))
        self.assertEqual(t.send(self.ir()).body, "ip")

    def test_a_rejected_certificate_does_not_spend(self):
        t = self.begin()
        cert = issued(t.send(self.ir()))
        t.send(cert_conf(cert, accept=False))
        issued(self.begin().send(self.ir()))

    def test_implicit_confirmation_spends(self):
        answer = self.begin().send(self.ir(), implicit=True)
        self.assertTrue(answer.asks_implicit_confirm)
        self.refused(self.begin().send(self.ir()), "error", "notAuthorized")


if __name__ == "__main__":
    unittest.main()
