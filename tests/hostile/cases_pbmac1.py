# SPDX-License-Identifier: Apache-2.0
"""PBMAC1 (RFC 9481 6.1.2, RFC 8018 A.2 and A.5): an answer may use it even
where the request does not."""
import der
from asn1 import wrap
from case import case, outcome
from macs import oid_der

GROUP = "PBMAC1"
PBMAC1 = "1.2.840.113549.1.5.14"
PBKDF2 = "1.2.840.113549.1.5.12"
SHA1, SHA256, SHA512 = (oid_der("1.2.840.113549.2.%d" % n)
                        for n in (7, 9, 11))
HASH = oid_der("2.16.840.1.101.3.4.2.1")
SALT = wrap(0x04, b"0123456789abcdef")
SHA256_PRF = wrap(0x30, SHA256 + b"\5\0")
UNSAID = b""


def _int(octets):
    return wrap(0x02, octets)


def _algorithm(salt=SALT, count=_int(b"\0\xc8"), length=_int(b"\x20"),
               prf=SHA256_PRF, scheme=SHA256_PRF, kdf=PBKDF2):
    parameters = wrap(0x30, salt + count + length + prf)
    return wrap(0x30, oid_der(PBMAC1) + wrap(0x30, wrap(
        0x30, oid_der(kdf) + parameters) + scheme))


def _protected(algorithm, cut=None):
    """An answer under PBMAC1, computed if that can be done at all."""
    def answer(x):
        message = x.answer()
        message.set_header(1, der.parse(algorithm))
        message.seal(x.lab)
        if cut is not None:
            bits = message.find("protection.value")
            bits.content = bits.content[:1 + cut]
        return message.encode()
    return answer


ALGORITHMS = {
    "as it should be": (_algorithm(), "ok"),
    "no keyLength": (_algorithm(length=UNSAID), "ok"),
    "keyLength 16": (_algorithm(length=_int(b"\x10")), "ok"),
    "keyLength 64": (_algorithm(length=_int(b"\x40")), "ok"),
    "keyLength 0": (_algorithm(length=_int(b"\0")), "bad"),
    "keyLength 1": (_algorithm(length=_int(b"\1")), "bad"),
    "keyLength 15": (_algorithm(length=_int(b"\x0f")), "bad"),
    "keyLength 65": (_algorithm(length=_int(b"\x41")), "bad"),
    "keyLength 256": (_algorithm(length=_int(b"\1\0")), "bad"),
    "keyLength -1": (_algorithm(length=_int(b"\xff")), "bad"),
    "keyLength 2^31-1": (_algorithm(length=_int(b"\x7f\xff\xff\xff")),
                         "bad"),
    "keyLength 2^64": (_algorithm(length=_int(b"\1" + bytes(8))), "bad"),
    "two keyLengths": (_algorithm(length=_int(b"\x20") * 2), "bad"),
    "1 iteration": (_algorithm(count=_int(b"\1")), "bad"),
    "99 iterations": (_algorithm(count=_int(b"\x63")), "bad"),
    "0 iterations": (_algorithm(count=_int(b"\0")), "bad"),
    "-1 iterations": (_algorithm(count=_int(b"\xff")), "bad"),
    "100000 iterations": (_algorithm(count=_int(b"\1\x86\xa0")), "ok"),
    "100001 iterations": (_algorithm(count=_int(b"\1\x86\xa1")), "bad"),
    "2^31-1 iterations": (_algorithm(count=_int(b"\x7f\xff\xff\xff")),
                          "bad"),
    "2^32+200 iterations": (_algorithm(count=_int(b"\1\0\0\0\xc8")), "bad"),
    "no iterations": (_algorithm(count=UNSAID), "bad"),
    "empty salt": (_algorithm(wrap(0x04, b"")), "bad"),
    "salt of 7 octets": (_algorithm(wrap(0x04, b"7 octet")), "bad"),
    "salt of 8 octets": (_algorithm(wrap(0x04, b"8 octets")), "ok"),
    "salt of 30000 octets": (_algorithm(wrap(0x04, bytes(30000))), "ok"),
    "salt from elsewhere": (_algorithm(wrap(0x30, HASH)), "bad"),
    "no salt": (_algorithm(UNSAID), "bad"),
    "prf unsaid, so SHA-1": (_algorithm(prf=UNSAID), "bad"),
    "prf SHA-1": (_algorithm(prf=wrap(0x30, SHA1)), "bad"),
    "prf SHA-512": (_algorithm(prf=wrap(0x30, SHA512)), "ok"),
    "prf a hash": (_algorithm(prf=wrap(0x30, HASH)), "bad"),
    "prf with parameters": (_algorithm(prf=wrap(0x30, SHA256 + SALT)),
                            "bad"),
    "two prfs": (_algorithm(prf=SHA256_PRF * 2), "bad"),
    "scheme SHA-1": (_algorithm(scheme=wrap(0x30, SHA1)), "bad"),
    "scheme SHA-512": (_algorithm(scheme=wrap(0x30, SHA512)), "ok"),
    "scheme a hash": (_algorithm(scheme=wrap(0x30, HASH)), "bad"),
    "no scheme": (_algorithm(scheme=UNSAID), "bad"),
    "two schemes": (_algorithm(scheme=SHA256_PRF * 2), "bad"),
    "PBKDF1": (_algorithm(kdf="1.2.840.113549.1.5.10"), "bad"),
    "PBKDF2.1": (_algorithm(kdf=PBKDF2 + ".1"), "bad"),
    "no parameters": (wrap(0x30, oid_der(PBMAC1)), "bad"),
    "parameters NULL": (wrap(0x30, oid_der(PBMAC1) + b"\5\0"), "bad"),
    "parameters of PBM": (wrap(0x30, oid_der(PBMAC1) + wrap(
        0x30, SALT + SHA256_PRF + _int(b"\0\xc8") + SHA256_PRF)), "bad"),
    "parameters of PBMAC1 for PBM": (
        _algorithm().replace(oid_der(PBMAC1), oid_der(
            "1.2.840.113549.1.5.13")), "bad")}


def cases(seen):
    for name, (algorithm, word) in ALGORITHMS.items():
        for operation, phase in (("ir", 0), ("ir-pbmac1", 1)):
            yield case(GROUP, "%s, answer %d" % (name, phase), operation,
                       {phase: _protected(algorithm)},
                       outcome(word, operation, phase))
        yield case(GROUP, name + " for a signature", "kur",
                   _protected(algorithm), outcome("bad", "kur"))
    for n in (0, 1, 16, 31):
        yield case(GROUP, "MAC of %d octets" % n, "ir",
                   _protected(_algorithm(), n), outcome("bad", "ir"))
