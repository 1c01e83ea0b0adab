# SPDX-License-Identifier: Apache-2.0
"""rr and rp (RFC 9483 section 4.2, RFC 9810 sections 5.3.9 and 5.3.10)."""
from pyasn1.type import univ
from pyasn1_modules import rfc5280

import asn1
import certificate
import names
import polling
from message import Refusal, Rejection, Reply, status_info
from store import serial_text

REASON_CODE = "2.5.29.21"
HOLD, REMOVE_FROM_CRL = 6, 8
REASONS = (0, 1, 2, 3, 4, 5, HOLD, REMOVE_FROM_CRL, 9, 10)


def answer(x):
    """The Reply to rr. After a wait it is looked at once more."""
    again = polling.errand_again(x)
    return again or _decide(x, *_read(x.request))


def _decide(x, issuer, number, reason, remark):
    try:
        row = _find(x, issuer, number)
        _authorize(x, row)
        _check_state(row, reason, x.state)
        if polling.has_to_wait(x):
            return polling.begin_errand(x)
        polling.note_errand(x, "answered")
        if x.policy.instead is not None:
            return _instead(x)
    except Rejection as rejection:
        return _rp(status_info("rejection", rejection.text, rejection.fail),
                   "rp rejection, %s: %s" % (rejection.fail, rejection.text))
    if reason == REMOVE_FROM_CRL:
        x.state.release(row["serial"])
    else:
        x.state.revoke(row["serial"], reason, certificate.now())
    status = x.policy.status or "accepted"
    return _rp(status_info(status), "rp %s, serial %s, reason %d%s" % (
        status, row["serial"], reason, remark))


def _rp(status, outcome):
    return Reply(("rp", {"status": [status]}), outcome, keep=True)


def _instead(x):
    status = x.policy.instead
    if x.policy.by_error:
        return Reply(("error", {"pKIStatusInfo": status}),
                     "error, " + status["statusString"][0])
    return _rp(status, "rp, " + status["statusString"][0])


def _read(request):
    """Issuer, serial number and reason of the one RevDetails."""
    if len(request.content) != 1:
        raise Refusal("badRequest", "rr must have exactly one RevDetails")
    details = request.content[0]
    template = details["certDetails"]
    issuer = asn1.field(template, "issuer")
    number = asn1.field(template, "serialNumber")
    if issuer is None or number is None:
        raise Refusal("badRequest", "certDetails must have issuer and "
                      "serialNumber")
    issuer = asn1.elements(asn1.encode(issuer))[0]
    reason = _reason(asn1.field(details, "crlEntryDetails"))
    if reason is None:
        return issuer, int(number), 0, ", no reasonCode"
    return issuer, int(number), reason, ""


def _reason(extensions):
    """The client of OpenSSL leaves crlEntryDetails out where there is no
    reason; RFC 9483 does not."""
    if extensions is None:
        return None
    if len(extensions) != 1 or str(extensions[0]["extnID"]) != REASON_CODE:
        raise Refusal("badRequest", "crlEntryDetails must have a reasonCode "
                      "and nothing else")
    try:
        reason = int(asn1.parse(bytes(extensions[0]["extnValue"]),
                                univ.Enumerated()))
    except ValueError as e:
        raise Refusal("badRequest", "reasonCode: %s" % e) from e
    if reason not in REASONS:
        raise Refusal("badRequest", "there is no reason %d" % reason)
    return reason


def _find(x, issuer, number):
    row = x.state.certificate(serial_text(number)) if number > 0 else None
    if row is None or not names.same(issuer, x.authority.ca.subject) \
            or row["state"] == "rejected":
        raise Rejection("badCertId", "this CA has no such certificate")
    return row


def _authorize(x, row):
    """Who has the key of the certificate, who got it or one before it by his
    secret, or a registration authority may have it revoked."""
    if not x.peer.signs:
        if _first_peer(x.state, row) != x.peer.key:
            raise Rejection("notAuthorized", "this certificate was not "
                            "issued under this reference number")
        return
    if x.peer.certificate.der != row["der"]:
        if not _is_ra(x.peer.certificate):
            raise Rejection("notAuthorized", "only a registration authority "
                            "may revoke certificates of others")
        x.peer.authorize(x.state)


def _first_peer(state, row):
    """The peer of the request that began the row of renewals."""
    while row["replaces"] is not None:
        row = state.certificate(row["replaces"])
    return state.transaction(bytes.fromhex(row["transaction_id"]))["peer"]


def _is_ra(cert):
    usage = cert.extension(certificate.EXT_KEY_USAGE) or rfc5280.\
        ExtKeyUsageSyntax()
    return certificate.CMC_RA in [str(oid) for oid in usage]


def _check_state(row, reason, state):
    held = row["state"] == "revoked" \
        and state.revocation(row["serial"])["reason"] == HOLD
    if reason == REMOVE_FROM_CRL:
        if not held:
            raise Rejection("badRequest", "this certificate is not on hold")
    elif row["state"] == "revoked" and not (held and reason != HOLD):
        raise Rejection("certRevoked", "this certificate is revoked already")
