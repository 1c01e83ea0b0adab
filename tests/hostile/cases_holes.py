# SPDX-License-Identifier: Apache-2.0
"""What has broken other CMP clients: MACs of the peer's length, failInfo
without a text, iterations without end, names and certificates of any size,
parameters of the wrong type, formats and escapes in texts, OIDs that begin
like others."""
import os

import certificate
import der
import lab
import names
from answer import TEXT, Answer
from macs import oid_der
from asn1 import wrap
from case import case, confirmed, outcome

GROUP = "holes of other clients"
PBM = "header.protectionAlg.value.parameters"
CERTIFICATE = ("body.content.response.0.certifiedKeyPair.certOrEncCert."
               "certificate")


def _sealed(change):
    """The honest answer, changed and protected again."""
    def answer(x):
        message = x.answer()
        change(message)
        return message.seal(x.lab).encode()
    return answer


def _protected(change):
    """The honest answer with another protection value."""
    def answer(x):
        message = x.answer()
        bits = message.find("protection.value")
        bits.content = change(bits.content)
        return message.encode()
    return answer


# 1. The MAC is as long as its algorithm says.

MACS = {
    "empty": lambda b: b"\0", "nothing at all": lambda b: b"",
    "one octet": lambda b: b[:2], "half": lambda b: b[:17],
    "one octet short": lambda b: b[:-1],
    "one octet more": lambda b: b + b"\0", "twice": lambda b: b + b[1:],
    "zeros": lambda b: b[:1] + bytes(32), "0xff": lambda b: b"\0" + b"\xff"
    * 32, "20000 octets": lambda b: b + bytes(20000),
    "one bit wrong": lambda b: b[:-1] + bytes([b[-1] ^ 1]),
    "first bit wrong": lambda b: b[:1] + bytes([b[1] ^ 0x80]) + b[2:],
    "unused bits": lambda b: b"\4" + b[1:-1] + bytes([b[-1] & 0xf0])}


def macs():
    for name, change in MACS.items():
        for operation in ("ir", "kur"):
            for phase in (0, 1):
                yield case(GROUP, "protection %s, answer %d" % (name, phase),
                           operation, {phase: _protected(change)},
                           outcome("bad", operation, phase))


# 2. A certificate for another key.

def _other_key(x):
    """Signed by the CA itself, which calls it one of its own."""
    return x.lab.signer(lab.SUBJECT, extensions=[])[0]


def _with_certificate(make):
    def answer(x):
        message = x.answer()
        cert = make(x)
        with x.lab.store.change() as state:
            state.add_certificate(cert, b"hostile")
        place = message.find(CERTIFICATE)
        place.__dict__.update(der.parse(cert.der).__dict__)
        return message.seal(x.lab).encode()
    return answer


def _implicit(inner):
    info = der.seq(oid_der("1.3.6.1.5.5.7.4.13"), b"\5\0")

    def answer(x):
        message = Answer(inner(x))
        message.set_header(8, der.seq(info))
        return message.seal(x.lab).encode()
    return answer


def other_keys():
    for operation in ("ir", "kur", "cr", "cr-mac"):
        yield case(GROUP, "a certificate for another key", operation,
                   _with_certificate(_other_key),
                   outcome("cert", operation), said="key")
        yield case(GROUP, "another key, confirmed by the CA", operation,
                   _implicit(_with_certificate(_other_key)),
                   outcome("own", operation), said="key",
                   options=["--implicit-confirm"])
        yield case(GROUP, "the CA's own certificate", operation,
                   _with_certificate(lambda x: x.lab.authority.signer),
                   outcome("cert", operation))
        yield case(GROUP, "the root as certificate", operation,
                   _with_certificate(lambda x: x.lab.authority.root),
                   outcome("cert", operation))


# 3. extraCerts are read before anything is authenticated.

def _extra(row):
    """extraCerts with exactly these octets inside."""
    def answer(x):
        message = x.answer()
        message.set_extra_certs()
        return _append(message.encode(), wrap(0xa1, wrap(0x30, row(x))))
    return answer


def _append(message, part):
    content = b"".join(k.encode() for k in der.parse(message).kids)
    return wrap(0x30, content + part)


def extra_certs():
    rows = {
        "random octets": (lambda x: os.urandom(300), "bad"),
        "a certificate cut short": (
            lambda x: x.lab.authority.ca.der[:-20], "bad"),
        "1000 empty certificates": (lambda x: b"\x30\0" * 1000, "cert"),
        "NULL": (lambda x: b"\5\0", "bad"),
        "nested 1000 times": (lambda x: _nested(1000), "cert"),
        "a length of 2 GiB": (lambda x: b"\x30\x84\x7f\xff\xff\xff", "bad"),
        "one octet": (lambda x: b"\x30", "bad")}
    for name, (row, word) in rows.items():
        yield case(GROUP, "extraCerts: " + name, "ir", _extra(row),
                   outcome(word, "ir"))
        yield case(GROUP, "extraCerts: " + name, "kur", _extra(row),
                   outcome("signer" if word == "cert" else word, "kur"))


def _nested(n):
    made = b""
    for _ in range(n):
        made = wrap(0x30, made)
    return made


# 4. failInfo and the texts around it.

def _status(status, text=None, fail=None):
    parts = [der.Node(0x02, status)]
    parts += [text] if text is not None else []
    parts += [der.Node(0x03, fail)] if fail is not None else []
    return der.seq(*parts)


def error(info, protect=True):
    """An error message instead of the answer."""
    def answer(x):
        message = x.answer()
        message.set_body(0xb7, der.seq(info))
        if protect:
            return message.seal(x.lab).encode()
        message.set_protection(None)
        return message.encode()
    return answer


def rejection(info):
    """ip, cp or kup with a status and nothing else."""
    def answer(x):
        message = x.answer()
        response = der.seq(der.Node(0x02, b"\0"), info)
        message.set_body(message.tree.kids[1].tag, der.seq(der.seq(response)))
        return message.seal(x.lab).encode()
    return answer


STATUSES = {
    "failInfo without statusString": dict(fail=b"\4\x10"),
    "neither failInfo nor statusString": dict(),
    "statusString without failInfo": dict(text=TEXT),
    "all bits of failInfo": dict(fail=b"\0\xff\xff\xff\xff"),
    "failInfo of 1000 octets": dict(fail=b"\0" + b"\xff" * 1000),
    "failInfo without a bit": dict(fail=b"\0")}


def statuses():
    for name, parts in STATUSES.items():
        info = _status(b"\2", **parts).encode()
        for operation in ("ir", "kur"):
            yield case(GROUP, "error, " + name, operation, error(info),
                       outcome("rejected", operation))
            yield case(GROUP, "unprotected error, " + name, operation,
                       error(info, False), outcome("bad", operation),
                       said="not authenticated")
            yield case(GROUP, "rejection, " + name, operation,
                       rejection(info), outcome("rejected", operation))


# 5. Iterations.

def _iterations(count, salt=b"0123456789abcdef"):
    def change(message):
        parameters = message.find(PBM)
        parameters.kids[0].content = salt
        parameters.kids[2].content = count
    return _sealed(change)


def iterations():
    counts = {
        "2^31-1": (b"\x7f\xff\xff\xff", "bad"),
        "2^31": (b"\0\x80\0\0\0", "bad"),
        "2^63": (b"\0\x80" + bytes(7), "bad"),
        "-1": (b"\xff", "bad"), "0": (b"\0", "bad"), "1": (b"\1", "bad"),
        "99": (b"\x63", "bad"), "100": (b"\x64", "ok"),
        "100000": (b"\1\x86\xa0", "ok"), "100001": (b"\1\x86\xa1", "bad"),
        "-2^31": (b"\x80\0\0\0", "bad")}
    for name, (count, word) in counts.items():
        yield case(GROUP, "iterations: " + name, "ir", _iterations(count),
                   outcome(word, "ir"))
        yield case(GROUP, "iterations: %s, confirmation" % name, "ir",
                   {1: _iterations(count)}, outcome(word, "ir", 1))
    for n, word in ((0, "bad"), (7, "bad"), (8, "ok"), (1000, "ok"),
                    (60000, "ok")):
        yield case(GROUP, "salt of %d octets" % n, "ir",
                   _iterations(b"\0\xc8", b"s" * n), outcome(word, "ir"))


# 6. Names of all lengths and kinds.

def _common_name(content):
    return der.parse(wrap(0x30, wrap(0x31, wrap(
        0x30, b"\x06\x03\x55\x04\x03" + wrap(0x0c, content)))))


def _sender(kid):
    def change(message):
        message.tree.kids[0].kids[1] = kid
    return _sealed(change)


def sender_names():
    for n in (0, 1, 2, 63, 64, 65, 100, 127, 128, 129, 200, 240, 255, 256,
              257, 300, 511, 512, 513, 1023, 1024, 1025, 4096, 30000, 60000):
        yield case(GROUP, "sender of %d characters" % n, "ir",
                   _sender(der.seq(_common_name(b"x" * n), tag=0xa4)),
                   outcome("ok", "ir"))
    kinds = {
        "other name": (der.seq(oid_der("1.2.3"), wrap(0xa0, b"\5\0"),
                               tag=0xa0), "ok"),
        "e-mail": (der.Node(0x81, b"ca@example"), "ok"),
        "DNS": (der.Node(0x82, b"ca.example"), "ok"),
        "X.400": (der.seq(tag=0xa3), "ok"),
        "EDI": (der.seq(tag=0xa5), "ok"),
        "URI": (der.Node(0x86, b"http://ca.example/"), "ok"),
        "IP address": (der.Node(0x87, bytes(4)), "ok"),
        "OID": (der.Node(0x88, b"\x2a\3"), "ok"),
        "[9]": (der.Node(0x89, b""), "bad"),
        "IA5String": (der.Node(0x16, b"ca"), "bad"),
        "NULL-DN": (der.seq(der.seq(), tag=0xa4), "ok")}
    for name, (kid, word) in kinds.items():
        yield case(GROUP, "sender is %s" % name, "ir", _sender(kid),
                   outcome(word, "ir"))


# 7. Huge certificates.

def _own_spki(x):
    """The key that the request asks to have certified."""
    with x.lab.store.change() as state:
        newest = state.certificates()[-1]["der"]
    return certificate.Certificate(newest).spki


def certify(x, subject, extensions):
    """A certificate for the device's key, with anything in it."""
    a = x.lab.authority
    return certificate.Certificate(certificate.make(
        names.from_text(subject) if isinstance(subject, str) else subject,
        _own_spki(x), extensions, 100, a.ca, a.ca_key))


def _blob(n, critical=False):
    return {"extnID": "1.3.6.1.4.1.55555.3",
            "extnValue": wrap(0x04, bytes(n)), "critical": critical}


def huge_certificates():
    for n, word in ((1000, "ok"), (30000, "ok"), (55000, "ok"),
                    (70000, "too-long")):
        for operation in ("ir", "kur"):
            yield case(GROUP, "certificate of %d octets" % n, operation,
                       confirmed(_with_certificate(lambda x, n=n: certify(
                           x, lab.SUBJECT, [_blob(n)]))),
                       outcome(word, operation))
    yield case(GROUP, "a critical extension that nobody knows", "ir",
               _with_certificate(lambda x: certify(
                   x, lab.SUBJECT, [_blob(10, True)])),
               outcome("cert", "ir"))
    yield case(GROUP, "the same extension twice", "ir",
               _with_certificate(lambda x: certify(
                   x, lab.SUBJECT, [certificate.key_usage(
                       "digitalSignature")] * 2)), outcome("cert", "ir"))


# 8. Parameters of another type than the algorithm's.

PARAMETERS = {
    "NULL": b"\5\0", "INTEGER": b"\2\1\0", "BOOLEAN": b"\1\1\xff",
    "OCTET STRING": b"\4\4abcd", "empty SEQUENCE": b"\x30\0",
    "OID": oid_der("2.16.840.1.101.3.4.2.1"), "SET": b"\x31\0",
    "absent": b"", "two NULLs": b"\5\0\5\0", "NULL with content": b"\5\1\0",
    "end of contents": b"\0\0", "SEQUENCE of 4 NULLs":
    b"\x30\x08" + b"\5\0" * 4}


def _parameters(der_bytes):
    def change(message):
        algorithm = message.find("header.protectionAlg.value")
        del algorithm.kids[1:]
        algorithm.kids.append(_Raw(der_bytes))
    return _sealed(change)


class _Raw(der.Node):
    """Octets as they are."""

    def __init__(self, octets):
        super().__init__(0x04)
        self._octets = octets

    def encode(self):
        return self._octets


def parameters():
    for name, octets in PARAMETERS.items():
        yield case(GROUP, "parameters of the MAC: " + name, "ir",
                   _parameters(octets), outcome("bad", "ir"))
        word = "ok" if name in ("NULL", "absent") else "bad"
        yield case(GROUP, "parameters of the signature: " + name, "kur",
                   _parameters(octets), outcome(word, "kur"))
        for part in ("owf", "mac"):
            def change(message, part=part, octets=octets):
                algorithm = message.find(PBM + "." + part)
                del algorithm.kids[1:]
                algorithm.kids.append(_Raw(octets))
            yield case(GROUP, "parameters of %s: %s" % (part, name), "ir",
                       _sealed(change), outcome(word, "ir"))


def cases(seen):
    for part in (macs, other_keys, extra_certs, statuses, iterations,
                 sender_names, huge_certificates, parameters):
        yield from part()
