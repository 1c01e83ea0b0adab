# SPDX-License-Identifier: Apache-2.0
"""Distinguished names: text to DER, DER to text, comparison."""
from pyasn1.codec.der import decoder
from pyasn1.type import char, univ

import asn1
import schema

TYPES = {"C": "2.5.4.6", "ST": "2.5.4.8", "L": "2.5.4.7", "O": "2.5.4.10",
         "OU": "2.5.4.11", "CN": "2.5.4.3", "SN": "2.5.4.5",
         "serialNumber": "2.5.4.5", "DC": "0.9.2342.19200300.100.1.25"}
SHORT = {oid: name for name, oid in TYPES.items() if name != "SN"}
PRINTABLE = ("C", "SN", "serialNumber")
EMPTY = b"\x30\x00"


def from_text(text, empty=False):
    """The Name of "C=FI,O=Example,CN=Lab CA", in this order, as DER. empty:
    the values may be so, and the name."""
    rdns = []
    for part in text.split(",") if text or not empty else []:
        kind, equals, value = part.strip().partition("=")
        if not equals or kind not in TYPES \
                or not (value or empty):
            raise ValueError("'%s' is not NAME=VALUE with NAME one of %s"
                             % (part, " ".join(TYPES)))
        rdns.append([{"type": TYPES[kind],
                      "value": asn1.encode(_string(kind, value))}])
    return asn1.encode(asn1.build(schema.Name(), ("rdnSequence", rdns)))


def _string(kind, value):
    if kind in PRINTABLE:
        return char.PrintableString(value)
    if kind == "DC":
        return char.IA5String(value)
    return char.UTF8String(value)


def extend_common_name(text, suffix):
    """The same name text with something added to its common name."""
    parts = [part.strip() for part in text.split(",")]
    found = [i for i, part in enumerate(parts) if part.startswith("CN=")]
    if not found:
        raise ValueError("'%s' has no CN" % text)
    parts[found[-1]] += suffix
    return ",".join(parts)


def attributes(name):
    """[(oid, text)] of a decoded Name or of its DER."""
    if isinstance(name, bytes):
        name = asn1.parse(name, schema.Name())
    return [(str(a["type"]), _value(bytes(a["value"])))
            for rdn in name["rdnSequence"] for a in rdn]


def _value(der):
    """The text of a string; anything else, or nonsense, in hex."""
    try:
        value, _ = decoder.decode(der)
    except Exception:  # pyasn1 lets IndexError and others through
        return der.hex()
    if isinstance(value, (char.AbstractCharacterString, univ.OctetString)):
        return str(value)
    return der.hex()


def to_text(name):
    return ",".join("%s=%s" % (SHORT.get(oid, oid), value)
                    for oid, value in attributes(name))


def common_name(name):
    found = [v for oid, v in attributes(name) if oid == TYPES["CN"]]
    return found[-1] if found else None


def same(a, b):
    """RFC 5280 7.1 in short: string types, case and runs of blanks do not
    make two names different."""
    return _normal(a) == _normal(b)


def _normal(name):
    return [(oid, " ".join(value.casefold().split()))
            for oid, value in attributes(name)]
