# SPDX-License-Identifier: Apache-2.0
"""krr and krp: a certificate and its key, out of the archive (RFC 9810
sections 5.3.7 and 5.3.8)."""
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

import asn1
import central
import certificate
import names
from message import Rejection

PROTOCOL_ENCR_KEY = "1.3.6.1.5.5.7.5.1.6"


def check(request, wanted, msg):
    """What is needed to know whose key is wanted, and whom for. Nobody has
    to prove a key that he has not (RFC 4211 section 4)."""
    template = msg["certReq"]["certTemplate"]
    if request.pvno != 3:
        raise Rejection("badRequest", "krr needs pvno 3")
    if asn1.field(msg, "popo") is not None:
        raise Rejection("badPOP", "there is no key to prove")
    if wanted.subject in (None, names.EMPTY):
        raise Rejection("badCertTemplate", "krr needs a subject")
    others = [name for name in template if name != "subject"
              and asn1.field(template, name) is not None]
    if others:
        raise Rejection("badCertTemplate", "krr asks for nothing new: %s"
                        % ", ".join(others))


def check_recipient(x, msg):
    """Whom to encrypt for: who signs says so, else it is the secret."""
    keys = [c["value"] for c in asn1.field(msg["certReq"], "controls") or []
            if str(c["type"]) == PROTOCOL_ENCR_KEY]
    if not x.peer.signs and keys:
        raise Rejection("badRequest", "a secret protects the request, and "
                        "there is protocolEncrKey all the same")
    if x.peer.signs and [bytes(key) for key in keys] \
            != [x.peer.certificate.spki]:
        raise Rejection("badRequest", "protocolEncrKey is not the key of the "
                        "certificate that signed the message")


def grant(x, wanted):
    """(certificate, body) of what was asked for."""
    row, key = _find(x, wanted.subject)
    cert = certificate.Certificate(row["der"])
    if x.policy.other_key:
        other = ec.generate_private_key(ec.SECP256R1())
        cert = certificate.Certificate(certificate.make(
            cert.subject, certificate.public_der(other), [], 1,
            x.authority.ca, x.authority.ca_key))
    pair = central.key_pair(x, wanted, cert, key)
    return cert, {"keyPairHist": [pair] * x.policy.recovered_pairs or None,
                  "caCerts": [asn1.Der(der) for der in x.authority.chain()]
                  or None}


def body(status, content=None):
    return ("krp", {"status": status, **(content or {})})


def _find(x, subject):
    """The newest confirmed certificate of this name that is his to ask for
    and whose key is in the archive."""
    for row in reversed(x.state.certificates()):
        archived = x.state.archived(row["serial"])
        cert = certificate.Certificate(row["der"])
        if archived is not None and row["state"] == "confirmed" \
                and names.same(cert.subject, subject) and _is_his(x, row):
            return row, serialization.load_der_private_key(archived, None)
    raise Rejection("addInfoNotAvailable", "there is no key of this subject "
                    "in the archive that you may have")


def _is_his(x, row):
    """Who signs has the same subject; the reference number is the one by
    which the first certificate was asked for, before the renewals."""
    if x.peer.signs:
        return names.same(x.peer.certificate.subject,
                          certificate.Certificate(row["der"]).subject)
    while row["replaces"] is not None:
        row = x.state.certificate(row["replaces"])
    asked = x.state.transaction(bytes.fromhex(row["transaction_id"]))
    return asked is not None and asked["peer"] == x.peer.key
