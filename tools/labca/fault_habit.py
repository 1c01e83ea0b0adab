# SPDX-License-Identifier: Apache-2.0
"""Habits of servers that do not keep to RFC 9483, and that a client may be
asked to forgive. Others are faults of other tables: sign-answer, unprotected
with reject."""
import asn1
import fault_signer
import fault_value
import names
from fault_value import Parameter
from message import Refusal

KINDS = {"ip": "ip", "cp": "cp", "kup": "kup"}


def _policy(**values):
    return {"policy": lambda policy, x: policy.__dict__.update(values)}


def _reflect(fields, x):
    fields["senderKID"] = x.received.sender_kid


def _root(certs, x):
    return certs + [x.authority.root.der]


def _other_root(certs, x):
    ca, _ = fault_signer.new_ca(names.from_text("CN=A root that nobody knows"))
    return certs + [ca.der]


def _odd_signer(peer, x):
    """The same one for all answers, unlike those of fault_signer."""
    if not peer.signs:
        return peer
    if not hasattr(x.authority, "odd_signer"):
        x.authority.odd_signer = fault_signer.make(x, usage="keyAgreement")
    return x.authority.odd_signer


def _response(kind):
    """The answer to a certificate request; pkiConf stays what it is."""
    def stage(body, x):
        return (kind, body[1]) if body[0] in KINDS else body
    return {"body": stage}


def check(x):
    """Refusal if the message has what RFC 9483 wants and this CA does not
    bear: a sender under a MAC, statusInfo in certConf."""
    if x.policy.null_sender and not x.peer.signs \
            and x.received.sender_name != names.EMPTY:
        raise Refusal("badMessageCheck", "fault: under a MAC, sender has to "
                      "be NULL-DN")
    if x.policy.no_status_info and x.received.body == "certConf" \
            and any(asn1.field(status, "statusInfo") is not None
                    for status in x.received.content):
        raise Refusal("badDataFormat", "fault: certConf has statusInfo")


FAULTS = {
    "null-sender": _policy(null_sender=True),
    "no-status-info": _policy(no_status_info=True),
    "reflected-kid": {"header": _reflect},
    "response": Parameter(fault_value.one_of(KINDS), _response),
    "odd-signer": {"peer": _odd_signer},
    "root-in-extra-certs": {"certs": _root},
    "other-root-in-extra-certs": {"certs": _other_root},
}
