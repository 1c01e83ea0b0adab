# SPDX-License-Identifier: Apache-2.0
"""A CA that errs on purpose, so that clients can be tested against it.

A fault is an entry of FAULTS: a dictionary from stages to functions.
  policy(policy)            what is issued; changes the Policy of the request
  header(fields)            header of the answer, before it is protected
  message(der, plain)       the finished answer; plain() makes it unprotected
  transport                 a name that server.py plays: drop leaves the
                            request unprocessed, the others lose or spoil
                            the answer to a request that was processed
Stages header, message and transport hit every answer. With "-at-confirm"
after the name they hit the answer to certConf only.
"""
import os

import message

AT_CONFIRM = "-at-confirm"


class Policy:
    """What the CA grants; the server's options, changed by a fault."""

    def __init__(self, implicit_confirm=True, ca_pubs=True, days=365):
        self.implicit_confirm = implicit_confirm
        self.implicit_unasked = False
        self.ca_pubs = ca_pubs
        self.days = days
        self.other_key = False
        self.instead = None

    def copy(self):
        made = Policy()
        made.__dict__.update(self.__dict__)
        return made


def _wrong_nonce(fields):
    fields["recipNonce"] = os.urandom(16)


def _wrong_transaction_id(fields):
    fields["transactionID"] = os.urandom(16)


def _set(**values):
    return lambda policy: policy.__dict__.update(values)


def _flip_protection(der, plain):
    at = message.protection_offset(der)
    return der[:at] + bytes([der[at] ^ 1]) + der[at + 1:]


def _unprotected(der, plain):
    return plain(("error", {"pKIStatusInfo": message.status_info(
        "rejection", "fault: an error without protection", "systemFailure")}))


_REJECTED = message.status_info(
    "rejection", "fault: the template is refused", "badCertTemplate")
_WAITING = message.status_info("waiting", "fault: please wait")

FAULTS = {
    "wrong-nonce": {"header": _wrong_nonce},
    "wrong-transaction-id": {"header": _wrong_transaction_id},
    "wrong-key": {"policy": _set(other_key=True)},
    "wrong-key-implicit": {"policy": _set(other_key=True,
                                          implicit_unasked=True)},
    "implicit-unasked": {"policy": _set(implicit_unasked=True)},
    "no-ca-pubs": {"policy": _set(ca_pubs=False)},
    "reject": {"policy": _set(instead=_REJECTED)},
    "waiting": {"policy": _set(instead=_WAITING)},
    "bad-mac": {"message": _flip_protection},
    "unprotected-error": {"message": _unprotected},
    "html": {"transport": "html"},
    "hang-up": {"transport": "hang-up"},
    "cut-answer": {"transport": "cut-answer"},
    "drop": {"transport": "drop"},
}


class Fault:
    """The stages of one fault; every one may be absent."""

    def __init__(self, name=None):
        """ValueError if there is no such fault."""
        self.at_confirm = bool(name) and name.endswith(AT_CONFIRM)
        base = name[:-len(AT_CONFIRM)] if self.at_confirm else name
        if name and base not in FAULTS:
            raise ValueError("there is no fault '%s'" % name)
        self._stages = FAULTS[base] if name else {}
        self.name = name

    def _stage(self, stage, body):
        if self.at_confirm and body != "certConf":
            return None
        return self._stages.get(stage)

    def policy(self, policy):
        """Nothing is granted at a certConf, so -at-confirm changes none."""
        change = None if self.at_confirm else self._stages.get("policy")
        if change is not None:
            policy = policy.copy()
            change(policy)
        return policy

    def hits_message(self, body):
        return any(self._stage(s, body) for s in ("header", "message"))

    def header(self, body, fields):
        change = self._stage("header", body)
        if change is not None:
            change(fields)

    def message(self, body, der, plain):
        change = self._stage("message", body)
        return der if change is None else change(der, plain)

    def transport(self, body):
        return self._stage("transport", body)
