# SPDX-License-Identifier: Apache-2.0
"""ir, cr, kur and p10cr and their answers (RFC 9483 section 4.1). After a
wait, a request is looked at once more as if it had come only now."""
from cryptography.hazmat.primitives.asymmetric import ec

import archive
import asn1
import central
import certificate
import confirm
import crl
import names
import polling
import recover
import wanted as wanted_module
from message import Refusal, Rejection, Reply, status_info
from store import serial_text


def answer(x, kind):
    """The Reply to a certificate request; kind is ip, cp or kup."""
    request, state = x.request, x.state
    if request.body == "kur" and not x.peer.signs:
        raise Refusal("wrongIntegrity", "kur is signed, not MACed")
    wanted, check = wanted_module.read(request)
    if request.body == "p10cr":
        wanted.request_id = x.policy.p10_id
    if x.waited is not None:
        return _decide(x, kind, wanted, check)
    row = state.transaction(request.transaction_id)
    if row is not None and _is_same(row, x, wanted):
        x.stored = row["answer"]
        return Reply(None, "answered before: the same answer again")
    if row is not None and row["state"] in ("open", "waiting"):
        raise Refusal("transactionIdInUse",
                      "this transactionID belongs to another transaction")
    return _decide(x, kind, wanted, check)


def _decide(x, kind, wanted, check):
    x.peer.authorize(x.state)
    try:
        old = _old_certificate(x, wanted)
        check()
        key = archive.open_key(x, wanted)
        if kind == "krp":
            recover.check_recipient(x, x.request.content[0])
        if x.waited is None and x.policy.delays_requests():
            return _wait(x, kind, wanted)
        if x.waited is not None and x.waited["decision"] == "refused":
            raise Rejection("notAuthorized", "the operator of this CA has "
                            "refused the request")
        if x.policy.instead is not None:
            return _instead(x, kind, wanted)
        if kind == "krp":
            return _recover(x, wanted)
        return _issue(x, kind, wanted, old, key)
    except Rejection as rejection:
        return _rejected(x, kind, wanted, status_info(
            "rejection", rejection.text, rejection.fail),
            "%s: %s" % (rejection.fail, rejection.text))


def _recover(x, wanted):
    """Nothing is issued, so there is nothing to confirm."""
    cert, content = recover.grant(x, wanted)
    status = status_info(x.policy.status or "accepted")
    _remember(x, wanted, "confirmed")
    return Reply(recover.body(status, content), "krp accepted, serial %s"
                 % serial_text(cert.serial), issuing=True, keep=True)


def _wait(x, kind, wanted):
    _remember(x, wanted, "waiting")
    policy, manual = x.policy, x.policy.manual
    count = policy.poll_count or 0
    if policy.poll_by == "error":
        return polling.begin(x, count, manual=manual)
    if kind == "krp":
        return polling.begin(x, count, kind, manual=manual)
    return polling.begin(x, count, kind, wanted.request_id, manual)


def _is_same(row, x, wanted):
    """A device whose connection broke asks again with the same
    transactionID and nonce, but with new signatures or a new salt."""
    return (row["peer"], row["body"], row["request_nonce"], row["digest"]) \
        == (x.peer.key, x.request.body, x.request.sender_nonce,
            wanted.digest())


def _remember(x, wanted, outcome, serial=None):
    x.state.add_transaction(
        x.request.transaction_id, peer=x.peer.key, body=x.request.body,
        request_nonce=x.request.sender_nonce, digest=wanted.digest(),
        state=outcome, nonce=x.nonce, request_id=wanted.request_id,
        serial=serial, signer=x.peer.signer)


def _response(kind, wanted, status, pair=None, ca_pubs=None):
    if kind == "krp":
        return recover.body(status)
    return (kind, {"caPubs": ca_pubs, "response": [
        {"certReqId": wanted.request_id, "status": status,
         "certifiedKeyPair": pair}]})


def _rejected(x, kind, wanted, status, why):
    _remember(x, wanted, "failed")
    return Reply(_response(kind, wanted, status),
                 "%s %s, %s" % (kind, status["status"], why), keep=True)


def _instead(x, kind, wanted):
    status = x.policy.instead
    reply = _rejected(x, kind, wanted, status, status["statusString"][0])
    if x.policy.by_error:
        reply.body = ("error", {"pKIStatusInfo": status})
    return reply


def _old_certificate(x, wanted):
    """The certificate that kur renews; what it holds is kept."""
    if x.request.body != "kur":
        return None
    old = x.peer.certificate
    if x.peer.own_row(x.state) is None:
        raise Rejection("notAuthorized", "kur must be signed with a "
                        "certificate that this CA has issued")
    if wanted.old_cert_id is not None:
        issuer = wanted.old_cert_id["issuer"]
        if int(wanted.old_cert_id["serialNumber"]) != old.serial \
                or issuer.getName() != "directoryName" \
                or not names.same(issuer.getComponent(), old.issuer):
            raise Rejection("badCertId", "oldCertID is not the certificate "
                            "that signed the message")
    if wanted.subject not in (None, names.EMPTY) \
            and not names.same(wanted.subject, old.subject):
        raise Rejection("badCertTemplate", "kur must keep the subject")
    wanted.subject = old.subject
    _inherit(wanted, old)
    return old


def _inherit(wanted, old):
    asked = {str(e["extnID"]): bytes(e["extnValue"])
             for e in wanted.extensions}
    for extension in old.extensions:
        oid, value = str(extension["extnID"]), bytes(extension["extnValue"])
        if oid == certificate.ALT_NAME and asked.get(oid, value) != value:
            raise Rejection("badCertTemplate",
                            "kur must keep the subjectAltName")
        if oid in wanted_module.COPIED and oid not in asked:
            wanted.extensions.append(extension)


def _issue(x, kind, wanted, old, copy):
    """Make the certificate, write down everything, and answer."""
    ca, tid = x.authority.ca, x.request.transaction_id
    key = central.make_key(wanted)
    spki = certificate.public_der(key) if key else wanted.spki
    if x.policy.other_key:
        spki = certificate.public_der(ec.generate_private_key(ec.SECP256R1()))
    subject = x.policy.subject or wanted.subject
    cert = certificate.Certificate(certificate.make(
        subject, spki, _extensions(x, wanted),
        x.policy.days, ca, x.authority.ca_key, how=x.authority.how,
        unknown=x.policy.unknown_signature))
    serial = serial_text(cert.serial)
    x.state.add_certificate(cert, tid, serial_text(old.serial)
                            if old else None)
    if copy is not None:
        x.state.archive(serial, copy)
    implicit = x.policy.implicit_unasked or (
        x.policy.implicit_confirm and x.request.asks_implicit_confirm)
    _remember(x, wanted, "open", serial)
    x.peer.issued(x.state)
    if implicit:
        confirm.settle(x, x.state.transaction(tid), True)
    return Reply(
        _response(kind, wanted, _granted(x, wanted),
                  central.key_pair(x, wanted, cert, key), _ca_pubs(x, kind)),
        "%s accepted, serial %s, %s" % (
            kind, serial, "confirmed implicitly" if implicit
            else "waits for certConf"),
        implicit=implicit, issuing=True, keep=True)


def _extensions(x, wanted):
    url = x.policy.crl_url
    return wanted_module.extension_fields(wanted) + (
        [crl.points(url)] if url else [])


def _granted(x, wanted):
    modified = list(wanted.modified)
    if wanted.issuer is not None \
            and not names.same(wanted.issuer, x.authority.ca.subject):
        modified.append("issuer")
    if x.policy.subject is not None and x.policy.admit_subject:
        modified.append("subject")
    status = "grantedWithMods" if modified else "accepted"
    if x.policy.status is not None:
        status = x.policy.status
    return status_info(status, "not as requested: " + ", ".join(modified)
                       if modified else None)


def _ca_pubs(x, kind):
    """RFC 9483 4.1.1: only in ip, and here only under a MAC."""
    if kind != "ip" or x.peer.signs or not x.policy.ca_pubs:
        return None
    return [asn1.Der(x.authority.root.der)]
