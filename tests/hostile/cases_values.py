# SPDX-License-Identifier: Apache-2.0
"""Values that are well-formed and wrong: versions, nonces, statuses, and
answers that contradict themselves (RFC 9483 3.1, 3.5, 4.1.1)."""
import der
from answer import TEXT
from macs import oid_der
from asn1 import wrap
from case import case, outcome, pki_conf
from cases_holes import (_implicit, _other_key, _sealed, _status,
                         _with_certificate, error, rejection)

GROUP = "values"
RESPONSE = "body.content.response.0"
IMPLICIT = "1.3.6.1.5.5.7.4.13"


def _value(name, make):
    """A field with another content; make(content) gives it."""
    def change(message):
        node = message.find(name)
        node.content, node.kids = make(node.content), None
    return _sealed(change)


def headers():
    values = {
        "pvno 0": ("header.pvno", lambda b: b"\0", "bad"),
        "pvno 1": ("header.pvno", lambda b: b"\1", "bad"),
        "pvno 3": ("header.pvno", lambda b: b"\3", "ok"),
        "pvno 4": ("header.pvno", lambda b: b"\4", "bad"),
        "pvno -1": ("header.pvno", lambda b: b"\xff", "bad"),
        "pvno 258": ("header.pvno", lambda b: b"\1\2", "bad"),
        "pvno 2^32 + 2": ("header.pvno", lambda b: b"\1\0\0\0\2", "bad")}
    ids = {"one octet": lambda b: b[:1], "cut": lambda b: b[:-1],
           "longer": lambda b: b + b"\0", "other": lambda b: bytes(16),
           "one bit": lambda b: bytes([b[0] ^ 1]) + b[1:],
           "twice": lambda b: b + b, "empty": lambda b: b""}
    for name, make in ids.items():
        for field in ("transactionID", "recipNonce"):
            values["%s: %s" % (field, name)] = (
                "header.%s.value" % field, make, "bad")
    for n in (0, 1, 15):
        values["senderNonce of %d octets" % n] = (
            "header.senderNonce.value", lambda b, n=n: b[:n], "bad")
    for n in (16, 17, 32):
        values["senderNonce of %d octets" % n] = (
            "header.senderNonce.value", lambda b, n=n: b"n" * n, "ok")
    values["senderNonce of 1000 octets"] = (
        "header.senderNonce.value", lambda b: b"n" * 1000, "any")
    for name, make in (("cut", lambda b: b[:-1]),
                       ("longer", lambda b: b + b"\0"),
                       ("other", lambda b: bytes(len(b))),
                       ("empty", lambda b: b"")):
        values["senderKID: " + name] = ("header.senderKID.value", make,
                                        "bad")
    for name, (field, make, word) in values.items():
        for operation in ("ir", "kur"):
            for phase in (0, 1):
                yield case(GROUP, "%s, answer %d" % (name, phase), operation,
                           {1: pki_conf, phase: _value(field, make)},
                           outcome(word, operation, phase))


def _without(name):
    return _sealed(lambda message: message.remove(name))


def _response(*kids):
    """The CertResponses of the answer, out of their elements."""
    def change(message):
        message.find("body.content.response").kids = [
            der.seq(*k) for k in kids]
    return _sealed(change)


def _change(name, edit):
    def change(message):
        edit(message, message.find(name))
    return _sealed(change)


def _with_status(status, fail=None):
    return _change(RESPONSE + ".status", lambda m, node: node.__dict__.update(
        _status(status, fail=fail).__dict__))


def _pair(edit):
    return _change(RESPONSE + ".certifiedKeyPair",
                   lambda m, node: edit(node))


def _private_key(pair):
    pair.kids.append(der.seq(der.seq(wrap(0x03, b"\0key")), tag=0xa0))


def _encrypted(pair):
    pair.kids[0].tag = 0xa1


def _both(pair):
    pair.kids.append(der.seq(pair.kids[0].kids[0], tag=0xa1))


def contradictions():
    zero = b"\2\1\0"
    info = _status(b"\0").encode()
    rejected = _status(b"\2").encode()
    key_pair = RESPONSE + ".certifiedKeyPair"
    changes = {
        "status grantedWithMods": (_with_status(b"\1"), "ok"),
        "rejection with a certificate": (_with_status(b"\2"), "bad"),
        "waiting with a certificate": (_with_status(b"\3"), "bad"),
        "revocationWarning": (_with_status(b"\4"), "bad"),
        "revocationNotification": (_with_status(b"\5"), "bad"),
        "keyUpdateWarning": (_with_status(b"\6"), "bad"),
        "status 7": (_with_status(b"\7"), "bad"),
        "status -1": (_with_status(b"\xff"), "bad"),
        "status 256": (_with_status(b"\1\0"), "bad"),
        "status 2^32": (_with_status(b"\1\0\0\0\0"), "bad"),
        "accepted with failInfo": (_with_status(b"\0", b"\4\x10"), "bad"),
        "accepted without a certificate": (_without(key_pair), "bad"),
        "keyUpdateWarning, no certificate": (
            rejection(_status(b"\6").encode()), "bad rejected"),
        "no response": (_response(), "bad"),
        "two responses": (_change(RESPONSE, lambda m, n: setattr(
            n, "copies", 2)), "bad"),
        "a rejection behind": (_change(
            "body.content.response", lambda m, n: n.kids.append(
                der.seq(zero, rejected))), "bad"),
        "a rejection before": (_change(
            "body.content.response", lambda m, n: n.kids.insert(
                0, der.seq(zero, rejected))), "bad"),
        "two rejections": (_response((zero, rejected), (zero, rejected)),
                           "bad"),
        "certReqId 1": (_value(RESPONSE + ".certReqId", lambda b: b"\1"),
                        "bad"),
        "certReqId -1": (_value(RESPONSE + ".certReqId", lambda b: b"\xff"),
                         "bad"),
        "certReqId 2^32": (_value(RESPONSE + ".certReqId",
                                  lambda b: b"\1\0\0\0\0"), "bad"),
        "accepted and nothing else": (_response((zero, info)), "bad"),
        "a private key for us": (_pair(_private_key), "bad"),
        "encryptedCert": (_pair(_encrypted), "bad"),
        "certificate and encryptedCert": (_pair(_both), "any")}
    for name, (change, word) in changes.items():
        for operation in ("ir", "kur", "cr"):
            yield case(GROUP, name, operation, change,
                       outcome(word, operation))


def waiting():
    """RFC 9483 3.6.4: who is not authenticated cannot make us wait."""
    info = _status(b"\3", TEXT).encode()
    for operation in ("ir", "kur", "cr"):
        yield case(GROUP, "unprotected waiting", operation,
                   error(info, False), outcome("bad", operation))
        yield case(GROUP, "unprotected waiting for the confirmation",
                   operation, {1: error(info, False)},
                   outcome("bad", operation, 1))
    for status in (0, 1, 4, 5, 6, 7, 255):
        value = bytes([status]) if status < 128 else b"\0\xff"
        odd = error(_status(value).encode(), False)
        yield case(GROUP, "unprotected error, status %d" % status, "kur",
                   odd, outcome("bad", "kur"))
        odd = error(_status(value).encode())
        yield case(GROUP, "error, status %d" % status, "kur", odd,
                   outcome("bad rejected", "kur"))


def _confirmed(answer):
    answer.set_header(8, der.seq(der.seq(oid_der(IMPLICIT), b"\5\0")))


def _confirmed_with(value):
    return _sealed(lambda m: m.set_header(8, der.seq(
        der.seq(oid_der(IMPLICIT), *value))))


def confirmations():
    """implicitConfirm counts if it was asked for and is granted."""
    ask = ["--implicit-confirm"]
    for operation in ("ir", "kur", "cr"):
        yield case(GROUP, "implicit confirmation unasked", operation,
                   _sealed(_confirmed), outcome("ok", operation))
        yield case(GROUP, "implicit confirmation", operation,
                   _sealed(_confirmed), outcome("implicit", operation),
                   options=ask)
        yield case(GROUP, "implicit confirmation refused", operation,
                   _sealed(lambda m: None if not m.has("header.generalInfo")
                           else m.remove("header.generalInfo")),
                   outcome("ok", operation), options=ask)
        yield case(GROUP, "another key and implicit confirmation unasked",
                   operation, _implicit(_with_certificate(_other_key)),
                   outcome("cert", operation))
    for name, value, word in (("TRUE", [b"\1\1\xff"], "bad"),
                              ("absent", [], "implicit"),
                              ("NULL twice", [b"\5\0"] * 2, "bad"),
                              ("a text", [TEXT], "bad")):
        yield case(GROUP, "implicit confirmation, value " + name, "kur",
                   _confirmed_with(value), outcome(word, "kur"), options=ask)


def cases(seen):
    for part in (headers, contradictions, waiting, confirmations):
        yield from part()
