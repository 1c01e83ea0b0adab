# SPDX-License-Identifier: Apache-2.0
"""Faults in what is granted and in bodies; the database knows the truth."""
import unittest

from engine_case import EngineTest

import asn1
import certificate
import device
import names
import schema
from device import cert_conf, failure, issued, request_body
from fault_body import SMALLEST


class FaultTest(EngineTest):
    def certificates(self):
        with self.store.change() as state:
            return [row["state"] for row in state.certificates()]

    def answer(self, *fault, body=None, **header):
        """The answer to an ir, and the certificates that it made."""
        before = len(self.certificates())
        answer = self.begin(fault=fault).send(body or self.ir(), **header)
        return answer, self.certificates()[before:]

    def status(self, answer):
        """(status, texts) of ip or error."""
        info = answer.content["pKIStatusInfo"] if answer.body == "error" \
            else answer.content["response"][0]["status"]
        return int(info["status"]), [
            str(t) for t in asn1.field(info, "statusString") or []]

    def has_cert(self, answer):
        return asn1.field(answer.content["response"][0],
                          "certifiedKeyPair") is not None


class Grants(FaultTest):
    def test_wrong_key(self):
        key = device.new_key()
        for name, implicit in (("wrong-key", False),
                               ("wrong-key-implicit", True)):
            answer, _ = self.answer(name, body=request_body("ir", key))
            self.assertNotEqual(issued(answer).spki,
                                certificate.public_der(key))
            self.assertEqual(answer.asks_implicit_confirm, implicit)

    def test_implicit_unasked(self):
        answer, states = self.answer("implicit-unasked")
        self.assertTrue(answer.asks_implicit_confirm)
        self.assertEqual(states, ["confirmed"])

    def test_another_subject(self):
        for name, status in (("granted-with-mods", 1), ("other-subject", 0)):
            answer, _ = self.answer(name)
            self.assertEqual(self.status(answer)[0], status)
            cert = issued(answer)
            self.assertIn("another subject", names.to_text(cert.subject))
            with self.store.change() as state:
                row = state.certificate("%040x" % cert.serial)
            self.assertEqual(row["der"], cert.der)

    def test_reject(self):
        answer, states = self.answer("reject")
        self.refused(answer, "ip", "badCertTemplate")
        self.assertEqual(states, [])

    def test_each_status(self):
        for n in range(8):
            without = n in (2, 3)
            for name, cert, made in (
                    ("status=%d", not without, not without),
                    ("cert-with-status=%d", True, True)):
                answer, states = self.answer(name % n)
                self.assertEqual(answer.body, "ip")
                self.assertEqual(self.status(answer)[0], n)
                self.assertEqual(self.has_cert(answer), cert)
                self.assertEqual(states, ["issued"] if made else [])
            answer, states = self.answer("error-status=%d" % n)
            self.assertEqual((answer.body, self.status(answer)[0]),
                             ("error", n))
            self.assertEqual(states, [])
        answer, _ = self.answer("status=keyUpdateWarning")
        self.assertEqual(self.status(answer)[0], 6)

    def test_each_failure(self):
        for bit, name in enumerate(schema.FAIL_INFO):
            value = (name, bit)[bit % 2]
            for fault, body in (("fail", "ip"), ("error", "error")):
                answer, states = self.answer("%s=%s" % (fault, value))
                self.refused(answer, body, name)
                self.assertTrue(self.status(answer)[1])
                self.assertEqual(states, [])

    def test_a_failure_that_nobody_knows(self):
        answer, _ = self.answer("fail=40")
        bits = answer.content["response"][0]["status"]["failInfo"]
        self.assertEqual([i for i, bit in enumerate(bits) if bit], [40])

    def test_transaction_id_in_use(self):
        answer, states = self.answer("transaction-id-in-use")
        self.refused(answer, "error", "transactionIdInUse")
        self.assertEqual(states, [])

    def test_waiting(self):
        poll = ("pollReq", [{"certReqId": 0}])
        t = self.begin(fault="waiting")
        t.send(self.ir())
        for _ in range(5):
            self.assertEqual(t.send(poll).body, "pollRep")
        t = self.begin(fault=("waiting=1", "check-after=-1"))
        t.send(self.ir())
        answer = t.send(poll)
        self.assertEqual(int(answer.content[0]["checkAfter"]), -1)
        issued(t.send(poll))

    def test_waiting_by_error_and_for_the_confirmation(self):
        poll = ("pollReq", [{"certReqId": -1}])
        t = self.begin(fault=("waiting-by-error=0", "waiting-confirm=0",
                              "poll-nonce=original"))
        nonce = t.nonce
        answer = t.send(self.ir())
        self.assertEqual((answer.body, self.status(answer)[0]), ("error", 3))
        answer = t.send(poll)
        self.assertEqual(answer.recip_nonce, nonce)
        answer = t.send(cert_conf(issued(answer)))
        self.assertEqual((answer.body, self.status(answer)[0]), ("error", 3))
        self.assertEqual(t.send(poll).body, "pkiconf")
        self.assertEqual(self.certificates(), ["confirmed"])


class Bodies(FaultTest):
    def test_no_certificate(self):
        answer, states = self.answer("no-cert")
        self.assertEqual(self.status(answer)[0], 0)
        self.assertFalse(self.has_cert(answer))
        self.assertEqual(states, ["issued"])

    def test_responses(self):
        for fault, ids in (("two-responses", [0, 0]), ("no-responses", []),
                           ("request-id", [1]), ("request-id=-1", [-1])):
            answer, _ = self.answer(fault)
            self.assertEqual([int(r["certReqId"]) for r in
                              answer.content["response"]], ids)

    def test_poll_rep(self):
        for fault, ids in (("two-responses", [0, 0]), ("request-id=5", [5])):
            t = self.begin(fault=("waiting", fault))
            t.send(self.ir())
            answer = t.send(("pollReq", [{"certReqId": 0}]))
            self.assertEqual([int(r["certReqId"]) for r in answer.content],
                             ids)

    def ca_pubs(self, answer):
        found = asn1.field(answer.content, "caPubs") or []
        return [asn1.encode(cert) for cert in found]

    def test_ca_pubs(self):
        root = self.authority.root.der
        self.assertEqual(self.ca_pubs(self.answer("no-ca-pubs")[0]), [])
        self.assertEqual(self.ca_pubs(self.answer("ca-pubs", "reject")[0]),
                         [root])
        found = self.ca_pubs(self.answer("other-ca-pubs")[0])
        self.assertEqual(len(found), 1)
        self.assertNotEqual(found, [root])
        old = self.enrol()
        for kind, answer in (("cr", "cp"), ("kur", "kup")):
            t = self.begin(old, "ca-pubs")
            answer = t.send(request_body(kind, device.new_key(),
                                         subject=names.to_text(
                                             old.cert.subject)))
            self.assertEqual(self.ca_pubs(answer), [root])

    def test_each_body(self):
        for kind in SMALLEST:
            answer, states = self.answer("body=" + kind)
            self.assertEqual(answer.body, kind)
            self.assertEqual(states, ["issued"])
        answer, _ = self.answer("body=cp")
        issued(answer)

    def test_text(self):
        answer, _ = self.answer("text=%s%n", "reject")
        self.assertEqual(self.status(answer)[1], ["%s%n"])
        answer, _ = self.answer("text=", "fail=badAlg")
        self.assertEqual(self.status(answer)[1], [])
        self.assertEqual(failure(answer), ("ip", ["badAlg"]))
        answer, _ = self.answer("text=x", "error=badAlg")
        self.assertEqual(self.status(answer)[1], ["x"])


if __name__ == "__main__":
    unittest.main()
