# SPDX-License-Identifier: Apache-2.0
"""Certificates: a view of what the CA looks at, and the making of them.

They are made from DER parts, so that the names and extensions of a request
come out exactly as they were asked for.
"""
import datetime
import hashlib
import secrets

from cryptography.hazmat.primitives import serialization
from pyasn1.type import univ
from pyasn1_modules import rfc5280

import asn1
import schema
import signature

SKI = "2.5.29.14"
KEY_USAGE = "2.5.29.15"
ALT_NAME = "2.5.29.17"
BASIC_CONSTRAINTS = "2.5.29.19"
AKI = "2.5.29.35"
EXT_KEY_USAGE = "2.5.29.37"
CMC_CA = "1.3.6.1.5.5.7.3.27"
CMC_RA = "1.3.6.1.5.5.7.3.28"
CM_KGA = "1.3.6.1.5.5.7.3.32"
UNKNOWN = "2.999.1"  # an OID for examples, as signature algorithm

SPEC = {KEY_USAGE: rfc5280.KeyUsage, ALT_NAME: rfc5280.SubjectAltName,
        BASIC_CONSTRAINTS: rfc5280.BasicConstraints,
        EXT_KEY_USAGE: rfc5280.ExtKeyUsageSyntax,
        SKI: rfc5280.SubjectKeyIdentifier}

KEY_USAGE_BITS = ("digitalSignature", "nonRepudiation", "keyEncipherment",
                  "dataEncipherment", "keyAgreement", "keyCertSign",
                  "cRLSign", "encipherOnly", "decipherOnly")


def now():
    return datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


class Certificate:
    def __init__(self, der):
        """ValueError if the bytes are no certificate."""
        self.der = der
        decoded = asn1.parse(der, schema.Certificate())
        self._parts = asn1.elements(der)
        tbs = decoded["tbsCertificate"]
        self.serial_number = tbs["serialNumber"]
        self.serial = int(self.serial_number)
        self.subject = asn1.encode(tbs["subject"])
        self.issuer = asn1.encode(tbs["issuer"])
        self.spki = asn1.encode(tbs["subjectPublicKeyInfo"])
        self.not_before = moment(tbs["validity"]["notBefore"])
        self.not_after = moment(tbs["validity"]["notAfter"])
        self.algorithm = decoded["signatureAlgorithm"]
        self._signature = decoded["signature"].asOctets()
        self.extensions = list(asn1.field(tbs, "extensions") or [])

    def extension(self, oid):
        """A decoded extension, or None."""
        for e in self.extensions:
            if str(e["extnID"]) == oid:
                return asn1.parse(e["extnValue"], SPEC[oid]())
        return None

    @property
    def ski(self):
        value = self.extension(SKI)
        return None if value is None else bytes(value)

    def allows(self, bit):
        """Whether keyUsage names this use; without it all are allowed."""
        usage = self.extension(KEY_USAGE)
        return usage is None or bit in usage_bits(usage)

    def is_ca(self):
        constraints = self.extension(BASIC_CONSTRAINTS)
        return constraints is not None and bool(constraints["cA"])

    def path_length(self):
        constraints = self.extension(BASIC_CONSTRAINTS)
        value = asn1.field(constraints, "pathLenConstraint")
        return None if value is None else int(value)

    def key(self):
        return signature.load_key(self.spki)

    def check_signed_by(self, issuer):
        """BadSignature or ValueError unless issuer's key signed this."""
        signature.verify(issuer.key(), self.algorithm, self._signature,
                         self._parts[0])

    def fingerprint(self):
        return hashlib.sha256(self.der).hexdigest()


def usage_bits(key_usage):
    return [KEY_USAGE_BITS[i] for i, bit in enumerate(key_usage)
            if bit and i < len(KEY_USAGE_BITS)]


def moment(time):
    """A Time as datetime; ValueError if it is none."""
    try:
        read = time.getComponent().asDateTime
        return read.astimezone(datetime.timezone.utc)
    except Exception as e:  # pyasn1 has its own
        raise ValueError("a time in it cannot be read") from e


def time_field(time):
    """A datetime as Time."""
    if time.year < 2050:
        return ("utcTime", time.strftime("%y%m%d%H%M%SZ"))
    return ("generalTime", time.strftime("%Y%m%d%H%M%SZ"))


def extension(oid, value, critical=False):
    return {"extnID": oid, "extnValue": asn1.encode(value),
            "critical": critical}


def key_usage(*bits):
    value = ["1" if b in bits else "0" for b in KEY_USAGE_BITS]
    text = "".join(value).rstrip("0")
    return extension(KEY_USAGE, rfc5280.KeyUsage("'%s'B" % text), True)


def basic_constraints(is_ca):
    value = rfc5280.BasicConstraints()
    value["cA"] = is_ca
    return extension(BASIC_CONSTRAINTS, value, True)


def extended_key_usage(*oids):
    return extension(EXT_KEY_USAGE, asn1.build(
        rfc5280.ExtKeyUsageSyntax(), oids))


def key_identifier(spki):
    """RFC 5280 4.2.1.2, method 1."""
    info = asn1.parse(spki, schema.SubjectPublicKeyInfo())
    return hashlib.sha1(info["subjectPublicKey"].asOctets()).digest()


def public_der(key):
    """SubjectPublicKeyInfo of a private key."""
    return key.public_key().public_bytes(
        serialization.Encoding.DER,
        serialization.PublicFormat.SubjectPublicKeyInfo)


def _identifiers(spki, issuer_ski):
    aki = asn1.build(rfc5280.AuthorityKeyIdentifier(),
                     {"keyIdentifier": issuer_ski})
    ski = univ.OctetString(key_identifier(spki))
    return [extension(SKI, ski), extension(AKI, aki)]


def make(subject, spki, extensions, days, issuer, issuer_key, start=None,
         how=signature.How(), unknown=False):
    """A signed certificate as DER. Without an issuer it is self-signed.
    unknown: the signature is of an algorithm that nobody knows."""
    start = start or now()
    end = start + datetime.timedelta(days=days)
    if issuer is not None:
        end = min(end, issuer.not_after)
    issuer_ski = issuer.ski if issuer else key_identifier(spki)
    algorithm = signature.sign_algorithm(UNKNOWN) if unknown \
        else how.algorithm(issuer_key)
    tbs = asn1.encode(asn1.build(rfc5280.TBSCertificate(), {
        "version": 2, "serialNumber": secrets.randbits(158) | 1 << 157,
        "signature": algorithm,
        "issuer": asn1.Der(issuer.subject if issuer else subject),
        "validity": {"notBefore": time_field(start),
                     "notAfter": time_field(end)},
        "subject": asn1.Der(subject),
        "subjectPublicKeyInfo": asn1.Der(spki),
        "extensions": extensions + _identifiers(spki, issuer_ski)}))
    bits = asn1.wrap(0x03, b"\0" + how.sign(issuer_key, tbs))
    return asn1.wrap(0x30, tbs + algorithm + bits)
