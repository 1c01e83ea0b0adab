# SPDX-License-Identifier: Apache-2.0
"""PasswordBasedMac and PBMAC1 without the bounds of a careful
implementation: whatever can be computed is."""
import hashlib
import hmac

import lab
import mac
from asn1 import wrap

SECRET = lab.SECRET.encode()
BEARABLE = 1000000  # iterations


def oid_der(text):
    arcs = [int(a) for a in text.split(".")]
    arcs[:2] = [arcs[0] * 40 + arcs[1]]
    content = b""
    for arc in arcs:
        digits = [arc & 0x7f]
        while arc > 0x7f:
            arc >>= 7
            digits.append(0x80 | arc & 0x7f)
        content += bytes(reversed(digits))
    return wrap(0x06, content)


def pbm(data, salt, owf="sha256", iterations=100, hmac_hash="sha256",
        secret=SECRET):
    key = secret + salt
    for _ in range(iterations):
        key = hashlib.new(owf, key).digest()
    return hmac.new(key, data, hmac_hash).digest()


def pbmac1(data, salt, iterations, length, prf, hmac_hash):
    key = hashlib.pbkdf2_hmac(prf, SECRET, salt, iterations, length)
    return hmac.new(key, data, hmac_hash).digest()


def read(parameters):
    """The MAC with these parameters, a tree, as a function of the data;
    None if there is no making sense of them."""
    try:
        if len(parameters.kids) == 4:
            return _read_pbm(parameters)
        return _read_pbmac1(parameters)
    except (TypeError, ValueError, IndexError):
        return None


def _read_pbm(parameters):
    salt, owf, count, scheme = parameters.kids
    found = (salt.content, _name(mac.HASHES, owf), _number(count),
             _name(mac.HMACS, scheme))
    return lambda data: pbm(data, *found)


def _read_pbmac1(parameters):
    kdf, scheme = parameters.kids
    salt, count, *rest = kdf.kids[1].kids
    hmac_hash = _name(mac.HMACS, scheme)
    length = hashlib.new(hmac_hash).digest_size
    if rest and rest[0].tag == 0x02:
        length = _number(rest.pop(0))
    prf = _name(mac.HMACS, rest[0]) if rest else "sha1"
    found = (salt.content, _number(count), length, prf, hmac_hash)
    return lambda data: pbmac1(data, *found)


def _number(node):
    n = int.from_bytes(node.content, "big", signed=True)
    if not 1 <= n <= BEARABLE:
        raise ValueError("%d" % n)
    return n


def _name(table, algorithm):
    for oid, name in table.items():
        if oid_der(oid) == algorithm.kids[0].encode():
            return name
    raise ValueError("another algorithm")
