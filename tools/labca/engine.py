# SPDX-License-Identifier: Apache-2.0
"""From a received message to its answer (RFC 9483 sections 3.5, 3.6 and 5.1).

Everything that a request changes is on disk before its answer is given.
"""
import os
import threading

import confirm
import fault_habit
import general
import issue
import message
import polling
import profiles
import protect
import revoke
from faults import NO_FAULT
from message import Refusal, Reply, Request

ISSUING = {"ir": "ip", "cr": "cp", "kur": "kup", "p10cr": "cp",
           "krr": "krp"}
FIRST = (*ISSUING, "rr")


class Answer:
    """What goes to the wire: http is the HTTP status it goes with."""

    def __init__(self, der, about, outcome, http=200, body=None):
        self.der = der
        self.about = about
        self.outcome = outcome
        self.http = http
        self.body = body


class Engine:
    def __init__(self, authority, store, policy):
        self.authority = authority
        self.store = store
        self.policy = policy
        self._lock = threading.Lock()

    def handle(self, der, faults):
        try:
            request = Request(der)
        except ValueError as e:
            return self._not_a_message(e)
        if faults.drops(request.body):
            return Answer(None, request.describe(), "not processed",
                          body=request.body)
        with self._lock, self.store.change() as state:
            return Exchange(self, state, request, faults).run()

    def _not_a_message(self, e):
        refusal = Refusal("badDataFormat", "this is not a PKIMessage: %s" % e)
        peer = protect.NoPeer(self.authority)
        fields = message.header_fields(None, os.urandom(16))
        fields.update(peer.header())
        der = message.compose(fields, message.error_body(refusal),
                              peer.protect, [])
        return Answer(der, "(no PKIMessage)", "error badDataFormat: %s" % e,
                      http=400)


class Exchange:
    """One message and its answer within one transaction on disk. received
    is what came; request is what is answered: after a wait it is the
    message that has waited, and received is the pollReq."""

    def __init__(self, engine, state, received, faults):
        self.authority = engine.authority
        self.state = state
        self.received = self.request = received
        self.faults = faults
        self.policy = engine.policy.copy()
        self.faults.change("policy", received.body, self.policy, self)
        self.peer = protect.NoPeer(self.authority)
        self.nonce = os.urandom(16)
        self.stored = None
        self.waited = None

    def run(self):
        try:
            reply = self._answer()
        except Refusal as refusal:
            reply = Reply(message.error_body(refusal),
                          "error %s: %s" % (refusal.fail, refusal.text))
        der = self.stored or self._seal(reply, NO_FAULT)
        self._keep(reply, der)
        if self.faults.hits_message(self.received.body):
            der = self._spoil(reply, der)
        return Answer(der, self.received.describe(), reply.outcome,
                      body=self.received.body)

    def _answer(self):
        check_header(self.received)
        peer = protect.peer_of(self.received, self.state, self.authority)
        self.peer = peer.when_unverified()
        peer.verify()
        self.peer = peer
        fault_habit.check(self)
        profiles.check(self.received, self.authority.folder)
        if self.received.body == "pollReq":
            reply = polling.answer(self)
            if reply is not None:
                return reply
        if self.request.body in ISSUING:
            return issue.answer(self, ISSUING[self.request.body])
        if self.request.body == "certConf":
            return confirm.answer(self)
        if self.request.body == "genm":
            return general.answer(self)
        if self.request.body == "rr":
            return revoke.answer(self)
        raise Refusal("badRequest", "this CA does not answer %s"
                      % self.request.body)

    def resume(self, wait):
        """The wait is over. Unless the answer says otherwise, the
        transaction has failed."""
        tid = self.received.transaction_id
        self.waited = wait
        self.request = Request(wait["request"])
        if self.state.transaction(tid)["state"] == "waiting":
            self.state.set_transaction(tid, state="failed")

    def _keep(self, reply, der):
        tid = self.received.transaction_id
        if reply.keep:
            self.state.set_transaction(tid, answer=der)
        if self.waited is not None:
            self.state.set_wait(tid, answer=der)

    def _seal(self, reply, faults):
        def change(stage, thing):
            return faults.change(stage, self.received.body, thing, self)
        body = change("body", reply.body)
        peer = change("peer", self.peer)
        fields = message.header_fields(self.received, self.nonce,
                                       reply.implicit)
        if self.waited is not None \
                and self.waited["nonce_rule"] == "original":
            fields["recipNonce"] = self.request.sender_nonce
        fields.update(peer.header())
        fields = change("header", fields)
        return message.compose(fields, body, peer.protect,
                               change("certs", peer.certs(reply.issuing)))

    def _spoil(self, reply, der):
        """The stored answer stays good, so that a client may come again;
        given again, it can no longer get another header or body."""
        if self.stored is None:
            der = self._seal(reply, self.faults)
        return self.faults.change("message", self.received.body, der, self)

    def plain(self, body):
        """A message of this exchange without protection."""
        fields = message.header_fields(self.received, self.nonce)
        peer = protect.NoPeer(self.authority)
        fields.update(peer.header())
        return message.compose(fields, body, peer.protect, [])


def check_header(request):
    if request.pvno not in (2, 3):
        raise Refusal("unsupportedVersion", "pvno is %d; 2 and 3 are known"
                      % request.pvno)
    if not request.transaction_id:
        raise Refusal("badDataFormat", "transactionID is missing")
    if len(request.sender_nonce or b"") < 16:
        raise Refusal("badSenderNonce", "senderNonce is missing or has fewer "
                      "than 16 octets")
    if request.body in FIRST and request.recip_nonce is not None:
        raise Refusal("badRecipientNonce", "a first message has no "
                      "recipNonce")
