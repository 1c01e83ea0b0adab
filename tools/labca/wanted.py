# SPDX-License-Identifier: Apache-2.0
"""What a request asks for, out of ir, cr, kur (CRMF) and p10cr (PKCS #10),
with its proof of possession checked (RFC 9483 sections 4.1.1 and 4.1.4)."""
import hashlib

import archive
import asn1
import certificate
import names
import recover
import schema
import signature
from message import Refusal, Rejection

OLD_CERT_ID = "1.3.6.1.5.5.7.5.1.5"
EXTENSION_REQUEST = "1.2.840.113549.1.9.14"
COPIED = (certificate.KEY_USAGE, certificate.EXT_KEY_USAGE,
          certificate.ALT_NAME)


class Wanted:
    """What may be missing is None. modified lists what will not be granted
    as asked; signed is what the proof of possession covers."""

    def __init__(self, request_id, subject, spki, extensions, signed):
        self.request_id = request_id
        self.subject = subject
        self.spki = spki
        self.extensions = extensions
        self.signed = signed
        self.central = False    # the CA makes the key, of type spki
        self.encrypted = False  # the key proves itself by decrypting
        self.issuer = None
        self.old_cert_id = None
        self.archive = None     # the control with a copy of the key
        self.modified = []

    def digest(self):
        """The same for a request and its retransmission, although the
        signatures over it differ, and what is encrypted in it."""
        signed = self.signed
        if self.archive is not None:
            signed = signed.replace(self.archive, b"")
        return hashlib.sha256(signed).digest()


def read(request):
    """(wanted, check): check raises Rejection unless POP and contents are
    right. Refusal if there is not exactly one request to read."""
    if request.body == "p10cr":
        return _read_p10(request)
    if len(request.content) != 1:
        raise Refusal("badRequest", "exactly one CertReqMsg is expected")
    return _read_crmf(request)


def _read_crmf(request):
    msg = request.content[0]
    raw = asn1.elements(asn1.elements(request.raw_content)[0])[0]
    cert_request = msg["certReq"]
    template = cert_request["certTemplate"]
    subject = asn1.field(template, "subject")
    key = asn1.field(template, "publicKey")
    wanted = Wanted(
        int(cert_request["certReqId"]),
        None if subject is None else asn1.elements(asn1.encode(subject))[0],
        None if key is None else b"\x30" + asn1.encode(key)[1:],
        list(asn1.field(template, "extensions") or []), raw)
    wanted.old_cert_id = _old_cert_id(cert_request)
    wanted.issuer = asn1.field(template, "issuer")
    if asn1.field(template, "validity") is not None:
        wanted.modified.append("validity")

    wanted.archive = archive.control(cert_request)
    wanted.central = key is None or not key["subjectPublicKey"]

    def check():
        if request.body == "krr":
            return recover.check(request, wanted, msg)
        _check_template(template)
        _check_proof(request, asn1.field(msg, "popo"), wanted)
        _check_contents(wanted)
        return None
    return wanted, check


def _old_cert_id(cert_request):
    for control in asn1.field(cert_request, "controls") or []:
        if str(control["type"]) == OLD_CERT_ID:
            try:
                return asn1.parse(control["value"], schema.CertId())
            except ValueError as e:
                raise Refusal("badDataFormat", "oldCertID: %s" % e) from e
    return None


def _check_template(template):
    version = asn1.field(template, "version")
    if version is not None and int(version) != 2:
        raise Rejection("badCertTemplate", "only version 3 certificates")
    for name in ("serialNumber", "signingAlg", "issuerUID", "subjectUID"):
        if asn1.field(template, name) is not None:
            raise Rejection("badCertTemplate", "%s must be left out" % name)


def _check_proof(request, popo, wanted):
    """Of a key that the CA makes there is none; EnvelopedData is of
    cmp2021 (RFC 9810 section 7)."""
    wanted.encrypted = popo is not None \
        and popo.getName() in ("keyEncipherment", "keyAgreement")
    if (wanted.central or wanted.encrypted) and request.pvno != 3:
        raise Rejection("badCertTemplate", "without a key that signs it "
                        "needs pvno 3 from the first message on")
    if wanted.central:
        if popo is not None:
            raise Rejection("badPOP", "there is no key to prove")
    elif wanted.encrypted:
        _load_key(wanted.spki)
        popo = popo.getComponent()
        if popo.getName() != "subsequentMessage" \
                or int(popo.getComponent()) != 0:
            raise Rejection("badPOP", "only encrCert is supported")
    else:
        _check_popo(popo, wanted)


def _check_popo(popo, wanted):
    key = _load_key(wanted.spki)
    if popo is None:
        raise Rejection("badPOP", "the proof of possession is missing")
    if popo.getName() == "raVerified":
        raise Rejection("badPOP", "raVerified is for an RA only")
    if popo.getName() != "signature":
        raise Rejection("badPOP", "only a proof of possession by signature "
                        "is accepted")
    popo = popo.getComponent()
    if asn1.field(popo, "poposkInput") is not None:
        raise Rejection("badPOP", "poposkInput must be left out when the "
                        "template has subject and publicKey")
    _check_signature(key, popo["algorithmIdentifier"], popo["signature"],
                     wanted.signed)


def _load_key(spki):
    if spki is None or not asn1.parse(
            spki, schema.SubjectPublicKeyInfo())["subjectPublicKey"]:
        raise Rejection("badCertTemplate", "publicKey is missing: this CA "
                        "does not generate keys")
    try:
        return signature.load_key(spki)
    except ValueError as e:
        raise Rejection("badCertTemplate", str(e)) from e


def _check_signature(key, algorithm, value, data):
    try:
        signature.verify(key, algorithm, value.asOctets(), data)
    except signature.BadSignature as e:
        raise Rejection("badPOP", "proof of possession: %s" % e) from e


def _read_p10(request):
    csr = request.content
    info = csr["certificationRequestInfo"]
    if int(info["version"]) != 0:
        raise Refusal("badDataFormat", "the version of PKCS #10 is not 0")
    raw = asn1.elements(request.raw_content)[0]
    wanted = Wanted(-1, asn1.encode(info["subject"]),
                    asn1.encode(info["subjectPKInfo"]),
                    _requested_extensions(info), raw)

    def check():
        _check_signature(_load_key(wanted.spki), csr["signatureAlgorithm"],
                         csr["signature"], raw)
        _check_contents(wanted)
    return wanted, check


def _requested_extensions(info):
    values = [list(attribute["values"]) for attribute in info["attributes"]
              if str(attribute["type"]) == EXTENSION_REQUEST]
    if not values:
        return []
    if len(values) != 1 or len(values[0]) != 1:
        raise Refusal("badDataFormat", "more than one extension request")
    try:
        return list(asn1.parse(values[0][0], schema.Extensions()))
    except ValueError as e:
        raise Refusal("badDataFormat", "extension request: %s" % e) from e


def _check_contents(wanted):
    """Names and extensions; what is copied comes out as a list of fields."""
    copied = {}
    for extension in wanted.extensions:
        oid, value = str(extension["extnID"]), bytes(extension["extnValue"])
        if oid in copied:
            raise Rejection("badCertTemplate", "extension %s twice" % oid)
        _check_extension(oid, value)
        if oid in COPIED:
            copied[oid] = {"extnID": oid, "extnValue": value,
                           "critical": bool(extension["critical"])}
        elif oid not in certificate.SPEC:
            wanted.modified.append("extension " + oid)
    if wanted.subject in (None, names.EMPTY):
        wanted.subject = names.EMPTY
        if certificate.ALT_NAME not in copied:
            raise Rejection("badCertTemplate", "an empty subject needs a "
                            "subjectAltName")
        copied[certificate.ALT_NAME]["critical"] = True
    wanted.extensions = copied


def _check_extension(oid, value):
    if oid not in certificate.SPEC:
        return
    try:
        decoded = asn1.parse(value, certificate.SPEC[oid]())
    except ValueError as e:
        raise Rejection("badCertTemplate",
                        "extension %s: %s" % (oid, e)) from e
    if oid == certificate.BASIC_CONSTRAINTS and decoded["cA"]:
        raise Rejection("badCertTemplate", "this CA certifies no other CA")
    if oid == certificate.KEY_USAGE:
        bits = certificate.usage_bits(decoded)
        if "keyCertSign" in bits or "cRLSign" in bits:
            raise Rejection("badCertTemplate", "keyCertSign and cRLSign "
                            "are for CAs only")


def extension_fields(wanted):
    """The extensions of the new certificate, without SKI and AKI."""
    fields = dict(wanted.extensions)
    if certificate.KEY_USAGE not in fields:
        fields[certificate.KEY_USAGE] = certificate.key_usage(
            "digitalSignature")
    return [certificate.basic_constraints(False)] + list(fields.values())
