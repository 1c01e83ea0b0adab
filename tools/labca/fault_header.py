# SPDX-License-Identifier: Apache-2.0
"""Faults in the header and in extraCerts. The protection covers the header,
so a client that looks at the protection only does not notice."""
import os

import asn1
import certificate
import fault_value
import message
import names
from cryptography.hazmat.primitives.asymmetric import ec
from fault_value import Parameter


def _field(name, make):
    """Another value in a field; None leaves it out."""
    return {"header": lambda fields, x: fields.update({name: make()})}


def _nonce():
    return os.urandom(16)


def _stranger():
    return message.name_field(names.from_text("O=Fault,CN=somebody else"))


def _unrelated():
    """A self-signed certificate that has nothing to do with anything."""
    key = ec.generate_private_key(ec.SECP256R1())
    return certificate.make(names.from_text("CN=unrelated"),
                            certificate.public_der(key), [], 9, None, key)


def _shuffled(certs, x):
    """The signer is no longer the first, the chain runs backwards."""
    return [_unrelated()] + certs[::-1]


def _many(n):
    """One certificate under n serial numbers: nobody can use it anyway."""
    def change(certs, x):
        der = _unrelated()
        serial = asn1.encode(certificate.Certificate(der).serial_number)
        at = der.index(serial) + len(serial) - 8
        return certs + [der[:at] + i.to_bytes(8, "big") + der[at + 8:]
                        for i in range(n)]
    return {"certs": change}


def _broken(certs, x):
    """A SEQUENCE as extraCerts wants it, but no certificate."""
    return certs + [asn1.wrap(0x30, b"\x02\x01\x05")]


FAULTS = {
    "wrong-nonce": _field("recipNonce", _nonce),
    "no-nonce": _field("recipNonce", lambda: None),
    "no-sender-nonce": _field("senderNonce", lambda: None),
    "short-sender-nonce": _field("senderNonce", lambda: b"short"),
    "wrong-transaction-id": _field("transactionID", _nonce),
    "no-transaction-id": _field("transactionID", lambda: None),
    "wrong-sender": _field("sender", _stranger),
    "wrong-recipient": _field("recipient", _stranger),
    "wrong-sender-kid": _field("senderKID", _nonce),
    "no-sender-kid": _field("senderKID", lambda: None),
    "pvno": Parameter(fault_value.number, lambda n: _field(
        "pvno", lambda: n)),
    "no-time": _field("messageTime", lambda: None),
    "time-wrong": Parameter(fault_value.days, lambda n: _field(
        "messageTime", lambda: message.time_text(n)), 20 * 365),
    "time": Parameter(fault_value.line, lambda text: _field(
        "messageTime", lambda: text)),
    "shuffled-extra-certs": {"certs": _shuffled},
    "doubled-extra-certs": {"certs": lambda certs, x: [
        c for c in certs for _ in range(2)]},
    "no-extra-certs": {"certs": lambda certs, x: []},
    "broken-extra-certs": {"certs": _broken},
    "huge-extra-certs": Parameter(fault_value.count, _many, 1000),
}
