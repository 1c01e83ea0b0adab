# SPDX-License-Identifier: Apache-2.0
"""certConf and pkiConf (RFC 9483 section 4.1.1, RFC 9810 5.3.18)."""
import hashlib
import hmac

import asn1
import certificate
import mac
import polling
import signature
from message import Refusal, Reply


def answer(x):
    """The Reply to certConf. One that is repeated, because pkiConf was
    lost, gets pkiConf again."""
    row = x.state.transaction(x.request.transaction_id)
    if row is None or row["serial"] is None:
        raise Refusal("badRequest", "no certificate waits for a certConf "
                      "with this transactionID")
    if row["peer"] != x.peer.key:
        raise Refusal("notAuthorized", "certConf is not protected with the "
                      "credentials of the request")
    if row["state"] == "failed":
        raise Refusal("badRequest", "this transaction has failed already")
    try:
        accepted, why = _verdict(x, row)
        if row["state"] == "open":
            x.peer.check_unspent()
    except Refusal:
        if row["state"] == "open":
            _close(x, row, "failed", "rejected")
        raise
    if x.waited is None:
        x.state.end_wait(row["id"])
        if row["state"] == "open" and x.policy.confirm_poll_count is not None:
            return polling.begin(x, x.policy.confirm_poll_count)
    if x.policy.instead is not None:
        return _instead(x, row)
    if row["state"] == "open":
        settle(x, row, accepted)
    elif (row["state"] == "confirmed") != accepted:
        raise Refusal("certConfirmed", "the certificate was %s before"
                      % row["state"])
    return Reply(("pkiconf", ""), "pkiConf, serial %s %s%s" % (
        row["serial"], "confirmed" if accepted else "rejected", why))


def _instead(x, row):
    """An error is no confirmation, so the certificate counts as rejected."""
    status = x.policy.instead
    if row["state"] == "open":
        _close(x, row, "failed", "rejected")
    return Reply(("error", {"pKIStatusInfo": status}),
                 "error, " + status["statusString"][0])


def settle(x, row, accepted):
    """The certificate has been confirmed or rejected."""
    if not accepted:
        _close(x, row, "rejected", "rejected")
        return
    _close(x, row, "confirmed", "confirmed")
    replaced = x.state.certificate(row["serial"])["replaces"]
    if replaced is not None:
        x.state.set_certificate(replaced, "superseded")
    x.peer.confirmed(x.state)


def _close(x, row, transaction, certificate):
    x.state.set_transaction(row["id"], state=transaction)
    x.state.set_certificate(row["serial"], certificate)


def _verdict(x, row):
    """(accepted, what the device said) for the one certificate."""
    if x.request.recip_nonce != row["nonce"]:
        raise Refusal("badRecipientNonce", "recipNonce is not the "
                      "senderNonce of the answer before")
    content = x.request.content
    if len(content) == 0:
        return False, " by an empty certConf"
    if len(content) != 1 or int(content[0]["certReqId"]) != row["request_id"]:
        raise Refusal("badRequest", "exactly one CertStatus with certReqId "
                      "%d is expected" % row["request_id"])
    status = content[0]
    der = x.state.certificate(row["serial"])["der"]
    expected = hashlib.new(_hash(x, status, der), der).digest()
    if not hmac.compare_digest(expected, bytes(status["certHash"])):
        raise Refusal("badCertId", "certHash is not that of the certificate")
    return _status(asn1.field(status, "statusInfo"))


def _hash(x, status, der):
    """hashAlg, which is needed where the signature of the certificate does
    not say which hash it has."""
    algorithm = asn1.field(status, "hashAlg")
    if algorithm is None:
        digest = signature.digest_of(certificate.Certificate(der).algorithm)
        if digest is None:
            raise Refusal("badCertId", "hashAlg is missing: the certificate "
                          "does not say how its certHash is made")
        return digest
    if x.request.pvno < 3:
        raise Refusal("badRequest", "hashAlg needs pvno 3")
    name = mac.HASHES.get(str(algorithm["algorithm"]))
    if name is None:
        raise Refusal("badAlg", "hashAlg is not known")
    return name


def _status(info):
    if info is None or int(info["status"]) == 0:
        return True, ""
    if int(info["status"]) != 2:
        raise Refusal("badRequest", "the status in certConf must be "
                      "accepted or rejection")
    texts = asn1.field(info, "statusString") or []
    return False, "".join(": " + str(text) for text in texts)
