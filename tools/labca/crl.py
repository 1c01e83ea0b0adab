# SPDX-License-Identifier: Apache-2.0
"""CRLs (RFC 5280 section 5), and the questions for them (RFC 9483 section
4.3.4). The last one of the CA and of its root is in a file of its folder."""
import datetime
import os

from pyasn1.type import univ
from pyasn1_modules import rfc5280

import asn1
import authority as authority_module
import certificate
import names
import schema
import signature
from message import Refusal

ID_IT = "1.3.6.1.5.5.7.4."
CRL_NUMBER = "2.5.29.20"
REASON_CODE = "2.5.29.21"
POINTS = "2.5.29.31"
DAYS = 30


def path(folder, name):
    """name: ca or root."""
    return os.path.join(folder, name + ".crl")


def read(folder, name):
    try:
        with open(path(folder, name), "rb") as f:
            return f.read()
    except FileNotFoundError:
        return None


class List:
    """What is to be known of a CRL that was read."""

    def __init__(self, der):
        tbs = asn1.parse(der, rfc5280.CertificateList())["tbsCertList"]
        self.this_update = certificate.moment(tbs["thisUpdate"])
        numbers = [asn1.parse(e["extnValue"], univ.Integer())
                   for e in asn1.field(tbs, "crlExtensions") or []
                   if str(e["extnID"]) == CRL_NUMBER]
        self.number = int(numbers[0])


def reason_code(reason):
    return certificate.extension(REASON_CODE, univ.Enumerated(reason))


def entry(serial, time, reason=0, extensions=()):
    """RFC 5280 5.3.1: unspecified is told by no reasonCode."""
    extensions = list(extensions) + ([reason_code(reason)] if reason else [])
    return {"userCertificate": serial,
            "revocationDate": certificate.time_field(time),
            "crlEntryExtensions": extensions or None}


# pylint: disable-next=too-many-arguments,too-many-positional-arguments
def make(ca, key, entries, number, start, days=DAYS, extensions=(),
         subject=None):
    """A signed CRL as DER; days may be negative."""
    how = signature.How.of(ca.algorithm)
    algorithm = how.algorithm(key)
    aki = asn1.build(rfc5280.AuthorityKeyIdentifier(),
                     {"keyIdentifier": ca.ski})
    tbs = asn1.encode(asn1.build(rfc5280.TBSCertList(), {
        "version": 1, "signature": algorithm,
        "issuer": asn1.Der(subject or ca.subject),
        "thisUpdate": certificate.time_field(start),
        "nextUpdate": certificate.time_field(
            start + datetime.timedelta(days=days)),
        "revokedCertificates": entries or None,
        "crlExtensions": [
            certificate.extension(certificate.AKI, aki),
            certificate.extension(CRL_NUMBER, univ.Integer(number)),
            *extensions]}))
    bits = asn1.wrap(0x03, b"\0" + how.sign(key, tbs))
    return asn1.wrap(0x30, tbs + algorithm + bits)


def entries_of(state):
    """Those that the CA has revoked."""
    return [entry(int(row["serial"], 16),
                  datetime.datetime.fromisoformat(row["time"]), row["reason"])
            for row in state.revoked()]


def issue(folder, name, entries, days=DAYS):
    """The next CRL of the CA or of its root into its file. It is newer than
    the one before it, though that may be of the same second."""
    ca = authority_module.read_certificate(folder, name)
    start, number, old = certificate.now(), 1, read(folder, name)
    if old is not None:
        old = List(old)
        number = old.number + 1
        start = max(start, old.this_update + datetime.timedelta(seconds=1))
    der = make(ca, key_of(folder, name), entries, number, start, days)
    with open(path(folder, name), "wb") as f:
        f.write(der)
    return number


def key_of(folder, name):
    """Of a root that issues itself, that of the CA."""
    has_root = os.path.exists(os.path.join(folder, "root.key"))
    return authority_module.read_key(
        folder, name if name == "ca" or has_root else "ca")


def points(url):
    """cRLDistributionPoints with one URI."""
    der = asn1.wrap(0x86, url.encode())
    for tag in (0xa0, 0xa0, 0x30, 0x30):
        der = asn1.wrap(tag, der)
    return {"extnID": POINTS, "extnValue": der, "critical": False}


# Questions

def _name_of(x, source):
    """ca, root, or None: another's."""
    kind, value = source.getName(), source.getComponent()
    if kind == "dpn":
        url = x.policy.crl_url
        known = points(url)["extnValue"] if url else b""
        return "ca" if asn1.encode(value) in known else None
    for general in value:
        if general.getName() == "directoryName":
            subject = asn1.encode(general.getComponent())
            for name in ("ca", "root"):
                ca = getattr(x.authority, name)
                if names.same(asn1.elements(subject)[0], ca.subject):
                    return name
    return None


def _status(value):
    try:
        asked = asn1.parse(value or b"", schema.CRLStatusListValue())
    except ValueError as e:
        raise Refusal("badDataFormat", "crlStatusList: %s" % e) from e
    if len(asked) != 1:
        raise Refusal("badRequest", "crlStatusList must have exactly one "
                      "CRLStatus")
    return asked[0]


def status_list(x, value):
    """The CRL if it is newer than the one that the asker has."""
    asked = _status(value)
    name = _name_of(x, asked["source"])
    der = name and read(x.authority.folder, name)
    has = asn1.field(asked, "thisUpdate")
    if not der or (has is not None and
                   List(der).this_update <= certificate.moment(has)):
        return None
    return asn1.wrap(0x30, der)


def current(x):
    return read(x.authority.folder, "ca")

