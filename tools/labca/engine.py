# SPDX-License-Identifier: Apache-2.0
"""From a received message to its answer (RFC 9483 sections 3.5, 3.6 and 5.1).

Everything that a request changes is on disk before its answer is given.
"""
import os
import threading

import confirm
import issue
import message
import protect
from message import Refusal, Reply, Request

ISSUING = {"ir": "ip", "cr": "cp", "kur": "kup", "p10cr": "cp"}


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

    def handle(self, der, fault):
        try:
            request = Request(der)
        except ValueError as e:
            return self._not_a_message(e)
        if fault.transport(request.body) == "drop":
            return Answer(None, request.describe(), "not processed",
                          body=request.body)
        with self._lock, self.store.change() as state:
            return Exchange(self, state, request, fault).run()

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
    """One request and its answer within one transaction on disk."""

    def __init__(self, engine, state, request, fault):
        self.authority = engine.authority
        self.policy = fault.policy(engine.policy)
        self.state = state
        self.request = request
        self.fault = fault
        self.peer = protect.NoPeer(self.authority)
        self.nonce = os.urandom(16)
        self.stored = None

    def run(self):
        try:
            reply = self._answer()
        except Refusal as refusal:
            reply = Reply(message.error_body(refusal),
                          "error %s: %s" % (refusal.fail, refusal.text))
        der = self.stored or self._seal(reply)
        if reply.keep:
            self.state.set_transaction(self.request.transaction_id,
                                       answer=der)
        if self.fault.hits_message(self.request.body):
            der = self._seal_with_fault(reply)
        return Answer(der, self.request.describe(), reply.outcome,
                      body=self.request.body)

    def _answer(self):
        check_header(self.request)
        peer = protect.peer_of(self.request, self.state, self.authority)
        self.peer = peer.when_unverified()
        peer.verify()
        self.peer = peer
        if self.request.body in ISSUING:
            return issue.answer(self, ISSUING[self.request.body])
        if self.request.body == "certConf":
            return confirm.answer(self)
        raise Refusal("badRequest", "this CA does not answer %s"
                      % self.request.body)

    def _seal(self, reply, fields=None):
        return message.compose(fields or self._header(reply), reply.body,
                               self.peer.protect,
                               self.peer.certs(reply.issuing))

    def _header(self, reply):
        fields = message.header_fields(self.request, self.nonce,
                                       reply.implicit)
        fields.update(self.peer.header())
        return fields

    def _seal_with_fault(self, reply):
        """The stored answer stays good, so that a client may come again;
        given again, it can no longer get another header."""
        body, der = self.request.body, self.stored
        if der is None:
            fields = self._header(reply)
            self.fault.header(body, fields)
            der = self._seal(reply, fields)
        return self.fault.message(body, der, self._plain)

    def _plain(self, body):
        """A message of this exchange without protection."""
        fields = message.header_fields(self.request, self.nonce)
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
    if request.body in ISSUING and request.recip_nonce is not None:
        raise Refusal("badRecipientNonce", "a first message has no "
                      "recipNonce")
