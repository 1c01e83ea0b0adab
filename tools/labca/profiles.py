# SPDX-License-Identifier: Apache-2.0
"""Certificate profiles: what a request should look like, by name, as told in
the answer to certReqTemplate (RFC 9483 section 4.3.3). They lie in a file of
the CA's folder; the one called "default" is for who names none."""
import json
import os

from pyasn1.type import char, univ

import asn1
import certificate
import names
import schema
from message import Refusal

CERT_PROFILE = "1.3.6.1.5.5.7.4.21"
TEMPLATE = "1.3.6.1.5.5.7.4.19"
DEFAULT = "default"
ALGORITHM, RSA_LENGTH = "1.3.6.1.5.5.7.5.1.11", "1.3.6.1.5.5.7.5.1.12"
EC, RSA = "1.2.840.10045.2.1", "1.2.840.113549.1.1.1"
CURVES = {"p256": "1.2.840.10045.3.1.7", "p384": "1.3.132.0.34"}
NAMES = {"email": 0x81, "dns": 0x82, "uri": 0x86, "ip": 0x87}
REQUESTS = ("ir", "cr", "kur", "p10cr")


def read(folder):
    """{name: {field: text}}; None where a field is to be left out."""
    try:
        with open(_path(folder)) as f:
            return json.load(f)
    except FileNotFoundError:
        return {}


def write(folder, name, fields):
    _content(fields)
    found = read(folder)
    found[name] = fields
    with open(_path(folder) + ".new", "w") as f:
        json.dump(found, f, indent=2)
    os.replace(_path(folder) + ".new", _path(folder))


def _path(folder):
    return os.path.join(folder, "profiles.json")


def template(folder, name):
    """CertReqTemplateContent as DER; None: nothing is wanted."""
    fields = read(folder).get(name or DEFAULT)
    return None if fields is None else _content(fields)


def _content(fields):
    subject = fields.get("subject")
    specs = [_key_spec(word) for word in _words(fields.get("keys"))]
    return asn1.encode(asn1.build(schema.CertReqTemplateContent(), {
        "certTemplate": {
            "subject": None if subject is None
            else asn1.Der(names.from_text(subject, True)),
            "extensions": _extensions(fields) or None},
        "keySpec": specs or None}))


def _words(text):
    return [word.strip() for word in text.split(",")] if text else []


def _key_spec(word):
    if word in CURVES:
        algorithm = asn1.build(schema.AlgorithmIdentifier(), {
            "algorithm": EC, "parameters": asn1.encode(
                univ.ObjectIdentifier(CURVES[word]))})
        return {"type": ALGORITHM, "value": asn1.encode(algorithm)}
    if not word.startswith("rsa") or not word[3:].isdigit():
        raise ValueError("'%s' is none of %s, rsa2048 ..."
                         % (word, ", ".join(CURVES)))
    return {"type": RSA_LENGTH,
            "value": asn1.encode(univ.Integer(int(word[3:])))}


def _extensions(fields):
    found = []
    if fields.get("san") is not None:
        found.append({"extnID": certificate.ALT_NAME, "extnValue": asn1.wrap(
            0x30, b"".join(map(_general_name, _words(fields["san"]))))})
    if fields.get("key_usage") is not None:
        found.append(certificate.key_usage(*_words(fields["key_usage"])))
    if fields.get("ext_key_usage") is not None:
        oids = _words(fields["ext_key_usage"])
        found.append({"extnID": certificate.EXT_KEY_USAGE,
                      "extnValue": asn1.wrap(0x30, b"".join(
                          asn1.encode(univ.ObjectIdentifier(oid))
                          for oid in oids))})
    return found


def _general_name(word):
    kind, colon, value = word.partition(":")
    if not colon or kind not in NAMES:
        raise ValueError("'%s' is not KIND:VALUE with KIND one of %s"
                         % (word, " ".join(NAMES)))
    return asn1.wrap(NAMES[kind], value.encode())


def asked(request):
    """The name in the header, or None."""
    infos = [i for i in asn1.field(request.header, "generalInfo") or []
             if str(i["infoType"]) == CERT_PROFILE]
    if not infos:
        return None
    try:
        value = asn1.parse(bytes(asn1.field(infos[0], "infoValue") or b""),
                           univ.SequenceOf(componentType=char.UTF8String()))
    except ValueError as e:
        raise Refusal("badDataFormat", "certProfile: %s" % e) from e
    if len(infos) != 1 or len(value) != 1:
        raise Refusal("badRequest", "certProfile has not exactly one name")
    return str(value[0])


def check(request, folder):
    """Refuses a name that is not known, or where there must be none."""
    name = asked(request)
    if name is None:
        return
    if request.body not in REQUESTS and not (
            request.body == "genm" and [str(i["infoType"]) for i in
                                        request.content] == [TEMPLATE]):
        raise Refusal("badRequest", "there is no certProfile in %s"
                      % request.body)
    if name not in read(folder):
        raise Refusal("badRequest", "certProfile '%s' is not known" % name)
