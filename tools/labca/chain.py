# SPDX-License-Identifier: Apache-2.0
"""Path validation of a certificate that protects a request, in the part of
RFC 5280 section 6 that a lab needs: no policies, name constraints, CRLs."""
import certificate
import signature
from message import Refusal

MAX_DEPTH = 8


def validate(cert, others, anchors):
    """Refusal(signerNotTrusted) unless a path leads from cert to one of the
    anchors; others are certificates that may stand between."""
    moment = certificate.now()
    _check_time(cert, moment)
    for below in range(MAX_DEPTH):
        if _issuer(cert, anchors, below, moment) is not None:
            return
        cert = _issuer(cert, others, below, moment)
        if cert is None:
            break
    raise Refusal("signerNotTrusted", "the certificate that signed the "
                  "message does not lead to a trust anchor of this CA")


def _issuer(cert, candidates, below, moment):
    for candidate in candidates:
        if candidate.subject == cert.issuer \
                and _may_issue(candidate, below, moment) \
                and _signed(cert, candidate):
            return candidate
    return None


def _may_issue(ca, below, moment):
    if not (ca.is_ca() and ca.allows("keyCertSign")):
        return False
    limit = ca.path_length()
    return (limit is None or below <= limit) \
        and ca.not_before <= moment <= ca.not_after


def _signed(cert, issuer):
    try:
        cert.check_signed_by(issuer)
    except (signature.BadSignature, ValueError):
        return False
    return True


def _check_time(cert, moment):
    if moment < cert.not_before:
        raise Refusal("signerNotTrusted", "the certificate that signed the "
                      "message is not valid yet")
    if moment > cert.not_after:
        raise Refusal("signerNotTrusted", "the certificate that signed the "
                      "message has expired")
