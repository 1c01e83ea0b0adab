# SPDX-License-Identifier: Apache-2.0
"""Delayed delivery by the rules of RFC 9483 section 4.4."""
import os
import unittest

from engine_case import EngineTest

import asn1
import device
from device import cert_conf, issued, request_body
from engine import Engine
from policy import Policy


def waiting(answer):
    """The PKIStatusInfo of ip, cp, kup or error says waiting."""
    info = answer.content["pKIStatusInfo"] if answer.body == "error" \
        else answer.content["response"][0]["status"]
    return int(info["status"]) == 3 and asn1.field(info, "failInfo") is None


class PollingTest(EngineTest):
    def use(self, **options):
        self.engine = Engine(self.authority, self.store, Policy(**options))

    def poll(self, t, request_id=0, **header):
        return t.send(("pollReq", [{"certReqId": request_id}]), **header)

    def check_after(self, answer, seconds, request_id=0):
        self.assertEqual(answer.body, "pollRep")
        entry = answer.content[0]
        self.assertEqual((int(entry["certReqId"]), int(entry["checkAfter"])),
                         (request_id, seconds))

    def transaction(self, t):
        with self.store.change() as state:
            return state.transaction(t.id)

    def certificates(self):
        with self.store.change() as state:
            return [row["state"] for row in state.certificates()]


class Requests(PollingTest):
    def wait(self, t=None, body=None):
        t = t or self.begin()
        answer = t.send(body or self.ir())
        self.assertTrue(waiting(answer))
        return t, answer

    def test_in_the_response(self):
        self.use(poll_count=2, check_after=7)
        t, answer = self.wait()
        self.assertEqual(answer.body, "ip")
        self.assertEqual(self.certificates(), [])
        for _ in range(2):
            answer = self.poll(t)
            self.check_after(answer, 7)
            self.assertEqual(self.certificates(), [])
            self.assertEqual(self.transaction(t)["state"], "waiting")
        nonce = t.nonce
        answer = self.poll(t)
        self.assertEqual((answer.body, answer.recip_nonce), ("ip", nonce))
        cert = issued(answer)
        self.assertEqual(self.certificates(), ["issued"])
        self.assertEqual(t.send(cert_conf(cert)).body, "pkiconf")
        self.assertEqual(self.certificates(), ["confirmed"])

    def test_in_an_error(self):
        self.use(poll_count=1, poll_by="error")
        t, answer = self.wait()
        self.assertEqual(answer.body, "error")
        self.check_after(self.poll(t, -1), 1, -1)
        cert = issued(self.poll(t, -1))
        self.assertEqual(t.send(cert_conf(cert)).body, "pkiconf")

    def test_first_poll_gets_the_answer(self):
        self.use(poll_count=0)
        t, _ = self.wait()
        issued(self.poll(t))

    def test_check_after_may_be_anything(self):
        for seconds in (0, 2 ** 31, 2 ** 70):
            self.use(poll_count=1, check_after=seconds)
            t, _ = self.wait()
            self.check_after(self.poll(t), seconds)
            issued(self.poll(t))

    def test_original_nonce(self):
        self.use(poll_count=1, poll_nonce="original", confirm_poll_count=0)
        t = self.begin()
        nonce = t.nonce
        self.wait(t)
        last = t.nonce
        self.assertEqual(self.poll(t).recip_nonce, last)
        answer = self.poll(t)
        self.assertEqual(answer.recip_nonce, nonce)
        nonce = t.nonce
        self.assertTrue(waiting(t.send(cert_conf(issued(answer)))))
        answer = self.poll(t, -1)
        self.assertEqual((answer.body, answer.recip_nonce),
                         ("pkiconf", nonce))

    def test_kur_and_its_signer_without_extra_certs(self):
        old = self.enrol()
        self.use(poll_count=1)
        t, answer = self.wait(self.begin(old), request_body(
            "kur", device.new_key(), subject=None))
        self.assertEqual(answer.body, "kup")
        old.certs = []
        self.check_after(self.poll(t), 1)
        cert = issued(self.poll(t))
        self.assertEqual(t.send(cert_conf(cert)).body, "pkiconf")
        self.assertEqual(self.state_of(old.cert), "superseded")

    def test_implicit_confirmation_is_decided_by_the_final_answer(self):
        self.use(poll_count=0)
        t = self.begin()
        answer = t.send(self.ir(), implicit=True)
        self.assertTrue(waiting(answer))
        self.assertFalse(answer.asks_implicit_confirm)
        answer = self.poll(t)
        self.assertTrue(answer.asks_implicit_confirm)
        self.assertEqual(self.certificates(), ["confirmed"])

    def test_a_bad_request_does_not_wait(self):
        self.use(poll_count=1)
        self.refused(self.begin().send(self.ir(popo=None)), "ip", "badPOP")

    def test_a_secret_spent_meanwhile(self):
        self.use(poll_count=0)
        t, _ = self.wait()
        with self.store.change() as state:
            state.spend(b"4711")
        self.refused(self.poll(t), "error", "notAuthorized")
        self.assertEqual(self.transaction(t)["state"], "failed")
        self.assertEqual(self.certificates(), [])

    def test_the_transaction_is_in_use(self):
        self.use(poll_count=1)
        t, _ = self.wait()
        t.recip_nonce = None
        self.refused(t.send(self.ir()), "error", "transactionIdInUse")

    def test_remarks_in_the_log(self):
        self.use(poll_count=3, check_after=60)
        t, _ = self.wait()
        first = t.recip_nonce
        poll = ("pollReq", [{"certReqId": 0}])
        early, old = "asked before checkAfter", "that of the last answer"
        for words in ((), (early,), (early, old)):
            if old in words:
                t.recip_nonce = first
            answer = self.engine.handle(t.encode(poll), t.faults)
            t.receive(answer.der)
            for word in (early, old):
                self.assertEqual(word in answer.outcome, word in words)

    def test_waiting_over_and_over(self):
        self.use(poll_count=1)
        t = self.begin(fault="waiting-for-poll-rep")
        self.wait(t)
        self.assertTrue(waiting(self.poll(t)))
        issued(self.poll(t))


class Refusals(PollingTest):
    def setUp(self):
        super().setUp()
        self.use(poll_count=1)
        self.t = self.begin()
        self.t.send(self.ir())

    def test_nothing_waits(self):
        self.t.id = os.urandom(16)
        self.refused(self.poll(self.t), "error", "badRequest")

    def test_other_request_or_none(self):
        self.refused(self.poll(self.t, 1), "error", "badRequest")
        self.refused(self.t.send(("pollReq", [])), "error", "badRequest")

    def test_nonce(self):
        for nonce in (None, os.urandom(16)):
            self.refused(self.poll(self.t, recipNonce=nonce), "error",
                         "badRecipientNonce")

    def test_other_credentials(self):
        self.secret("other")
        self.t.credential = self.mac("other")
        self.refused(self.poll(self.t), "error", "notAuthorized")

    def test_unprotected(self):
        self.t.credential = self.mac(secret=b"wrong")
        self.refused(self.poll(self.t), "error", "badMessageCheck")

    def test_confirmation_while_it_waits(self):
        self.refused(self.t.send(("certConf", [])), "error", "badRequest")


class LostAnswers(PollingTest):
    def setUp(self):
        super().setUp()
        self.use(poll_count=1, confirm_poll_count=0)
        self.t = self.begin()
        self.request = self.t.encode(self.ir())
        self.first = self.handle(self.request)
        self.t.receive(self.first)

    def handle(self, der):
        return self.engine.handle(der, self.t.faults).der

    def lose(self, request_id=0):
        """A pollReq whose answer the device never sees."""
        self.handle(self.t.encode(("pollReq", [{"certReqId": request_id}])))

    def test_waiting(self):
        self.assertEqual(self.handle(self.request), self.first)
        self.poll(self.t)

    def test_poll_rep(self):
        self.lose()
        issued(self.poll(self.t))

    def test_final(self):
        self.poll(self.t)
        self.lose()
        self.assertEqual(self.certificates(), ["issued"])
        nonce = self.t.nonce
        answer = self.poll(self.t)
        self.assertEqual(answer.recip_nonce, nonce)
        cert = issued(answer)
        self.assertEqual(self.certificates(), ["issued"])
        self.assertTrue(waiting(self.t.send(cert_conf(cert))))
        self.lose(-1)
        self.assertEqual(self.poll(self.t, -1).body, "pkiconf")
        self.assertEqual(self.certificates(), ["confirmed"])


class Confirmations(PollingTest):
    def test_wait_and_settle(self):
        self.use(confirm_poll_count=1)
        t = self.begin()
        cert = issued(t.send(self.ir()))
        answer = t.send(cert_conf(cert))
        self.assertTrue(waiting(answer))
        self.assertEqual(answer.body, "error")
        self.check_after(self.poll(t, -1), 1, -1)
        self.assertEqual(self.state_of(cert), "issued")
        self.assertEqual(self.poll(t, -1).body, "pkiconf")
        self.assertEqual(self.state_of(cert), "confirmed")

    def test_a_wrong_one_does_not_wait(self):
        self.use(confirm_poll_count=1)
        t = self.begin()
        cert = issued(t.send(self.ir()))
        self.refused(t.send(cert_conf(cert, certHash=b"h" * 32)), "error",
                     "badCertId")
        self.assertEqual(self.state_of(cert), "rejected")

    def test_poll_after_the_confirmation(self):
        self.use(poll_count=0)
        t = self.begin()
        t.send(self.ir())
        t.send(cert_conf(issued(self.poll(t))))
        self.refused(self.poll(t), "error", "badRequest")


class Approval(PollingTest):
    def setUp(self):
        super().setUp()
        self.use(manual=True)
        self.t = self.begin()
        self.assertTrue(waiting(self.t.send(self.ir())))

    def decide(self, decision):
        with self.store.change() as state:
            pending = state.pending()
            self.assertEqual([row["id"] for row in pending], [self.t.id])
            state.set_wait(self.t.id, decision=decision)
            self.assertEqual(state.pending(), [])

    def test_approved_after_a_restart(self):
        self.check_after(self.poll(self.t), 1)
        self.use()
        self.t.engine = self.engine
        self.check_after(self.poll(self.t), 1)
        self.decide("approved")
        cert = issued(self.poll(self.t))
        self.assertEqual(self.t.send(cert_conf(cert)).body, "pkiconf")

    def test_refused(self):
        self.decide("refused")
        self.refused(self.poll(self.t), "ip", "notAuthorized")
        self.assertEqual(self.transaction(self.t)["state"], "failed")
        self.assertEqual(self.certificates(), [])


if __name__ == "__main__":
    unittest.main()
