# SPDX-License-Identifier: Apache-2.0
"""Faults in what is granted. They change the Policy of the request, so the
database tells what they did, and a repeated request gets the same again."""
import fault_value
import names
from fault_value import Parameter
from message import status_info
from policy import FOREVER

REJECTION, WAITING = 2, 3


def _set(**values):
    return {"policy": lambda policy, x: policy.__dict__.update(values)}


def _refuse(status, fail=None, by_error=False, text=None):
    """Nothing is issued. An error gets its body from the same status."""
    return _set(by_error=by_error, instead=status_info(
        status, text or "fault: refused on purpose", fail))


def _status(status):
    """A rejection has no certificate, and so has waiting."""
    if status in (REJECTION, WAITING):
        return _refuse(status)
    return _set(status=status)


def _other_subject(admit):
    name = names.from_text("O=Fault,CN=another subject than asked for")
    return _set(subject=name, admit_subject=admit)


FAULTS = {
    "wrong-key": _set(other_key=True),
    "wrong-key-implicit": _set(other_key=True, implicit_unasked=True),
    "unknown-signature": _set(unknown_signature=True),
    "implicit-unasked": _set(implicit_unasked=True),
    "no-ca-pubs": _set(ca_pubs=False),
    "granted-with-mods": _other_subject(True),
    "other-subject": _other_subject(False),
    "reject": _refuse("rejection", "badCertTemplate",
                      text="fault: the template is refused"),
    "status": Parameter(fault_value.status, _status),
    "cert-with-status": Parameter(fault_value.status,
                                  lambda n: _set(status=n)),
    "fail": Parameter(fault_value.failure,
                      lambda bit: _refuse("rejection", bit)),
    "error": Parameter(fault_value.failure,
                       lambda bit: _refuse("rejection", bit, True)),
    "error-status": Parameter(fault_value.status,
                              lambda n: _refuse(n, None, True)),
    "transaction-id-in-use": _refuse("rejection", "transactionIdInUse", True),
    "waiting": Parameter(fault_value.count, lambda n: _set(poll_count=n),
                         FOREVER),
    "waiting-by-error": Parameter(
        fault_value.count, lambda n: _set(poll_count=n, poll_by="error"),
        FOREVER),
    "waiting-confirm": Parameter(
        fault_value.count, lambda n: _set(confirm_poll_count=n), FOREVER),
    "waiting-for-poll-rep": _set(poll_rep=False),
    "check-after": Parameter(fault_value.number,
                             lambda n: _set(check_after=n)),
    "p10-id": Parameter(fault_value.number, lambda n: _set(p10_id=n), 0),
    "poll-nonce": Parameter(
        fault_value.one_of({"last": "last", "original": "original"}),
        lambda rule: _set(poll_nonce=rule)),
}
