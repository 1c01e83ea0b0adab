# SPDX-License-Identifier: Apache-2.0
"""Faults in the body of an answer to a request that was processed."""
import asn1
import fault_value
import message
import names
from fault_signer import new_ca
from fault_value import Parameter

CERT_REPS = ("ip", "cp", "kup", "ccp")
_NO = {"status": "rejection"}

# The smallest content of each body that a device may not expect.
SMALLEST = {
    "pkiconf": "", "error": {"pKIStatusInfo": _NO}, "genp": [], "genm": [],
    "pollRep": [{"certReqId": 0, "checkAfter": 1}],
    "pollReq": [{"certReqId": 0}], "rp": {"status": [_NO]},
    "krp": {"status": _NO}, "certConf": [], "popdecc": [], "popdecr": [],
    "crlann": [], "rr": [],
    **{kind: {"response": [{"certReqId": 0, "status": _NO}]}
       for kind in CERT_REPS}}


def _body(change):
    """A stage that changes the kind and content of a body. The body of a
    stored answer is DER, and is left alone."""
    def stage(body, x):
        return body if isinstance(body, bytes) else change(body, x)
    return {"body": stage}


def _responses(body):
    """The elements with a certReqId, of ip, cp, kup and pollRep."""
    kind, content = body
    if kind in CERT_REPS:
        return content["response"]
    return content if kind == "pollRep" else []


def _each(**values):
    def change(body, x):
        for response in _responses(body):
            response.update(values)
    return _body(change)


def _no_cert(body, x):
    if body[0] in CERT_REPS:
        _each(certifiedKeyPair=None)["body"](body, x)


def _two(body, x):
    _responses(body)[:] *= 2


def _none(body, x):
    _responses(body)[:] = []


def _statuses(change):
    """A stage that changes the list of statuses of rp."""
    return _body(lambda body, x: change(body[1]["status"])
                 if body[0] == "rp" else None)


def _double(statuses):
    statuses *= 2


def _fail_info(bit):
    return _statuses(lambda statuses: statuses[0].update(failInfo=bit))


def _rev_certs(other):
    """The certificate that the rr names, or the next one."""
    def change(body, x):
        if body[0] == "rp":
            template = x.request.content[0]["certDetails"]
            body[1]["revCerts"] = [{
                "issuer": message.name_field(asn1.elements(
                    asn1.encode(template["issuer"]))[0]),
                "serialNumber": int(template["serialNumber"]) + other}]
    return _body(change)


def _ca_pubs(certificate_of):
    def change(body, x):
        if body[0] in CERT_REPS:
            body[1]["caPubs"] = [asn1.Der(certificate_of(x).der)]
    return _body(change)


def _another_root(x):
    return new_ca(names.from_text("CN=A root that nobody knows"))[0]


def _kind(kind):
    """The content stays if it fits."""
    def change(body, x):
        if body[0] == kind:
            return body
        if body[0] in CERT_REPS and kind in CERT_REPS:
            return (kind, body[1])
        return (kind, SMALLEST[kind])
    return _body(change)


def _text(text):
    def change(body, x):
        kind, content = body
        infos = [content["pKIStatusInfo"]] if kind == "error" \
            else content["status"] if kind == "rp" else [
                r["status"] for r in _responses(body) if "status" in r]
        for info in infos:
            info["statusString"] = [text] if text else None
    return _body(change)


FAULTS = {
    "no-cert": _body(_no_cert),
    "two-responses": _body(_two),
    "no-responses": _body(_none),
    "request-id": Parameter(fault_value.number,
                            lambda n: _each(certReqId=n), 1),
    "two-statuses": _statuses(_double),
    "no-statuses": _statuses(list.clear),
    "fail-info": Parameter(fault_value.failure, _fail_info, "certRevoked"),
    "rev-certs": _rev_certs(0),
    "other-rev-certs": _rev_certs(1),
    "ca-pubs": _ca_pubs(lambda x: x.authority.root),
    "other-ca-pubs": _ca_pubs(_another_root),
    "body": Parameter(fault_value.one_of({k: k for k in SMALLEST}), _kind),
    "text": Parameter(str, _text),
}
