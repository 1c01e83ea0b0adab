# SPDX-License-Identifier: Apache-2.0
"""A CA that is told to err does so, and in no other way."""
import unittest

from engine_case import EngineTest

import asn1
import certificate
import device
import faults
from device import cert_conf, issued, request_body


class Faults(EngineTest):
    def test_every_fault_is_known_and_an_unknown_one_is_not(self):
        for name in faults.FAULTS:
            faults.Fault(name)
            faults.Fault(name + "-at-confirm")
        with self.assertRaises(ValueError):
            faults.Fault("no-such-fault")

    def test_wrong_nonce_and_identifier(self):
        t = self.begin(fault="wrong-nonce")
        nonce = t.nonce
        self.assertNotEqual(t.send(self.ir()).recip_nonce, nonce)
        t = self.begin(fault="wrong-transaction-id")
        self.assertNotEqual(t.send(self.ir()).transaction_id, t.id)

    def test_bad_mac(self):
        answer = self.begin(fault="bad-mac").send(self.ir())
        made = device.mac.compute(b"test secret", answer.algorithm,
                                  answer.protected_part)
        self.assertEqual(made[:-1], answer.protection[:-1])
        self.assertEqual(made[-1] ^ 1, answer.protection[-1])

    def test_wrong_key(self):
        key = device.new_key()
        for name, implicit in (("wrong-key", False),
                               ("wrong-key-implicit", True)):
            answer = self.begin(fault=name).send(request_body("ir", key))
            self.assertNotEqual(issued(answer).spki,
                                certificate.public_der(key))
            self.assertEqual(answer.asks_implicit_confirm, implicit)

    def test_implicit_unasked(self):
        answer = self.begin(fault="implicit-unasked").send(self.ir())
        self.assertTrue(answer.asks_implicit_confirm)

    def test_unprotected_error(self):
        answer = self.begin(fault="unprotected-error").send(self.ir())
        self.assertEqual((answer.body, answer.protection), ("error", None))

    def test_reject_and_waiting(self):
        answer = self.begin(fault="reject").send(self.ir())
        self.refused(answer, "ip", "badCertTemplate")
        answer = self.begin(fault="waiting").send(self.ir())
        status = answer.content["response"][0]["status"]["status"]
        self.assertEqual(int(status), 3)

    def test_no_ca_pubs(self):
        answer = self.begin(fault="no-ca-pubs").send(self.ir())
        self.assertIsNone(asn1.field(answer.content, "caPubs"))

    def test_only_at_the_confirmation(self):
        t = self.begin(fault="wrong-nonce-at-confirm")
        nonce = t.nonce
        answer = t.send(self.ir())
        self.assertEqual(answer.recip_nonce, nonce)
        nonce = t.nonce
        self.assertNotEqual(t.send(cert_conf(issued(answer))).recip_nonce,
                            nonce)

    def test_a_spoilt_answer_is_right_the_second_time(self):
        t = self.begin(fault="bad-mac")
        der = t.encode(self.ir())
        self.engine.handle(der, t.fault)
        answer = t.receive(self.engine.handle(der, faults.Fault()).der)
        made = device.mac.compute(b"test secret", answer.algorithm,
                                  answer.protected_part)
        self.assertEqual(made, answer.protection)


if __name__ == "__main__":
    unittest.main()
