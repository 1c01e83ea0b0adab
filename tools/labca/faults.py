# SPDX-License-Identifier: Apache-2.0
"""A CA that errs on purpose, so that clients can be tested against it.

A fault is an entry of one of the tables fault_*.py: a dictionary from stages
to functions, or a Parameter that makes one out of a value. A function gets
what its stage is about, and the Exchange; it changes it or returns another.
  policy    the Policy of the request: what is granted, and when
  body      the body of the answer, as message.compose() takes it
  peer      who protects the answer: header(), protect(data), certs(issuing)
  header    the fields of the header, before it is protected
  certs     the extraCerts, a list
  message   the finished answer as DER
  http      the http_reply.Reply that the answer goes out in
  send      a function that sends a Reply in another way
  drop      the request is not processed
The stages hit every answer, or with a suffix of AT after the name only those
to one kind of message.
"""
import copy

import fault_body
import fault_cms
import fault_crl
import fault_general
import fault_grant
import fault_habit
import fault_header
import fault_http
import fault_protection
import fault_signer
from fault_value import Parameter
from policy import Policy

__all__ = ["FAULTS", "NO_FAULT", "Fault", "Policy"]

AT = {"-at-confirm": "certConf", "-at-poll": "pollReq"}
IN_MESSAGE = ("body", "peer", "header", "certs", "message")

FAULTS = {}
for _module in (fault_grant, fault_cms, fault_body, fault_crl, fault_general,
                fault_header, fault_protection, fault_signer, fault_http,
                fault_habit):
    FAULTS.update(_module.FAULTS)


class _Named:
    def __init__(self, text):
        """NAME or NAME=VALUE; ValueError if there is no such fault."""
        name, equals, value = text.partition("=")
        self.text = text
        self._at = None
        for suffix in AT:
            if name.endswith(suffix):
                name, self._at = name[:-len(suffix)], AT[suffix]
        if name not in FAULTS:
            raise ValueError("there is no fault '%s'" % name)
        self._stages = FAULTS[name]
        if isinstance(self._stages, Parameter):
            self._stages = self._stages.stages(name, value if equals else None)
        elif equals:
            raise ValueError("fault '%s' takes no value" % name)

    def stage(self, stage, body):
        """The function, if this fault has something to say there."""
        if self._at not in (None, body):
            return None
        return self._stages.get(stage)


class Fault:
    """All that goes wrong with a request, in the order of the names; None
    is no name."""

    def __init__(self, *texts):
        texts = [text for text in texts if text is not None]
        self._faults = [_Named(text) for text in texts]
        self.text = ", ".join(texts)

    def _stages(self, stage, body):
        found = (fault.stage(stage, body) for fault in self._faults)
        return [function for function in found if function is not None]

    def hits_message(self, body):
        return any(self._stages(stage, body) for stage in IN_MESSAGE)

    def drops(self, body):
        return bool(self._stages("drop", body))

    def change(self, stage, body, thing, exchange):
        """What the faults make of a thing in the answer to a body. The
        bodies and lists of the good answer must not change with it."""
        functions = self._stages(stage, body)
        if functions and stage == "body":
            thing = copy.deepcopy(thing)
        for function in functions:
            changed = function(thing, exchange)
            thing = thing if changed is None else changed
        return thing

    def sender(self, body):
        """The last one wins: an answer can be sent only once."""
        return (self._stages("send", body) or [None])[-1]


NO_FAULT = Fault()
