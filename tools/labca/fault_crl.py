# SPDX-License-Identifier: Apache-2.0
"""Faults in the CRL that a general message brings, whatever was asked."""
import datetime

from cryptography.hazmat.primitives.asymmetric import ec
from pyasn1.type import univ

import asn1
import certificate
import crl
import names

SERIAL = 0x1234
DELTA = "2.5.29.27"
IDP = "2.5.29.28"
CERTIFICATE_ISSUER = "2.5.29.29"
UNKNOWN = "1.2.3.4"


def _der(oid, der, critical=True):
    return {"extnID": oid, "extnValue": der, "critical": critical}


def _list(days=crl.DAYS, age=0, key=None, entry=(), **more):
    """A CRL of the CA but for the arguments. age: how many days old it is."""
    def value_of(x):
        start = certificate.now() - datetime.timedelta(days=age)
        signer = key() if key else x.authority.ca_key
        return crl.make(x.authority.ca, signer,
                        [crl.entry(SERIAL, start, 1, entry)], 7, start, days,
                        **more)
    return value_of


def _genp(change):
    """In crls a SEQUENCE is around it, in currentCRL there is none."""
    def stage(body, x):
        if isinstance(body, bytes) or body[0] != "genp":
            return
        for info in body[1]:
            if info["infoType"] == crl.ID_IT + "6":
                info["infoValue"] = change(x)
            else:
                info["infoValue"] = asn1.wrap(0x30, change(x))
    return {"body": stage}


def _with(*extensions, entry=()):
    return _genp(_list(extensions=extensions, entry=entry))


def _new_key():
    return ec.generate_private_key(ec.SECP256R1())


_good = _list()

FAULTS = {
    "crl-good": _genp(_good),
    "crl-signature": _genp(_list(key=_new_key)),
    "crl-other-issuer": _genp(_list(subject=names.from_text("CN=Other"))),
    "crl-old": _genp(_list(age=400, days=800)),
    "crl-expired": _genp(_list(age=60)),
    "crl-two": _genp(lambda x: _good(x) * 2),
    "crl-no-crl": _genp(lambda x: b"\x30\x03\x02\x01\x00"),
    "crl-unknown": _with(_der(UNKNOWN, b"\5\0")),
    "crl-unknown-entry": _with(entry=[_der(UNKNOWN, b"\5\0")]),
    "crl-delta": _with(_der(DELTA, asn1.encode(univ.Integer(1)))),
    "crl-indirect": _with(
        _der(IDP, b"\x30\x03\x84\x01\xff"),
        entry=[_der(CERTIFICATE_ISSUER, b"\x30\x04\xa4\x02\x30\x00")]),
}
