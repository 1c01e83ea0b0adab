# SPDX-License-Identifier: Apache-2.0
"""Texts of a hostile server on the screen, and OIDs that begin like known
ones."""
import certificate
import der
import lab
from macs import oid_der
from asn1 import wrap
from case import case, confirmed, outcome
from cases_holes import (_common_name, _sealed, _sender, _status,
                         _with_certificate, certify, error, rejection)
from cases_replay import signed_by

GROUP = "texts and terminals"
TEXTS = {
    "format string": b"%s%n%x%99999999d%p%1$n",
    "clear the screen": b"\x1b[2J\x1b[H",
    "set the title": b"\x1b]0;owned\x07",
    "new line that looks like ours": b"no\nlwcmp: done\nstate: /",
    "carriage return": b"\rlwcmp: done" + b" " * 60,
    "backspaces": b"\x08" * 80 + b"ok",
    "C1 controls": b"\xc2\x9b31mred",
    "raw C1 controls": b"\x9b31mred",
    "NUL in the middle": b"be\0hind",
    "right to left": b"\xe2\x80\xaetxt.exe",
    "zero width": b"a\xe2\x80\x8bb",
    "tags": b"\xf3\xa0\x80\xa1\xf3\xa0\x81\x81",
    "line separator": b"a\xe2\x80\xa8b",
    "byte order mark": b"\xef\xbb\xbfa",
    "overlong escape": b"\xc0\x9b[2J", "overlong slash": b"\xe0\x80\xaf",
    "surrogate": b"\xed\xa0\x80", "cut sequence": b"abc\xe2\x82",
    "beyond Unicode": b"\xf4\x90\x80\x80", "0xff": b"\xff\xfe",
    "very long": b"A" * 30000, "empty": b"", "delete": b"a\x7f\x7fb",
    "shift out": b"\x0e lqqqk \x0f"}


def texts():
    for name, text in TEXTS.items():
        info = _status(b"\2", wrap(0x30, wrap(0x0c, text)),
                       b"\4\x10").encode()
        yield case(GROUP, "in an error: " + name, "kur", error(info),
                   outcome("rejected", "kur"))
        yield case(GROUP, "in an unprotected error: " + name, "ir",
                   error(info, False), outcome("bad", "ir"),
                   said="not authenticated")
        yield case(GROUP, "in a rejection: " + name, "ir", rejection(info),
                   outcome("rejected", "ir"))
        yield case(GROUP, "in the sender: " + name, "kur",
                   _sender(der.seq(_common_name(text), tag=0xa4)),
                   outcome("ok", "kur"))
        yield case(GROUP, "in the subject: " + name, "ir",
                   confirmed(_with_certificate(lambda x, t=text: certify(
                       x, _common_name(t).encode(),
                       [certificate.key_usage("digitalSignature")]))),
                   outcome("ok", "ir"))
        yield case(GROUP, "in the subjectAltName: " + name, "ir",
                   confirmed(_with_certificate(lambda x, t=text: certify(
                       x, lab.SUBJECT, [_dns_name(t)]))),
                   outcome("ok", "ir"))


def _dns_name(text):
    return {"extnID": certificate.ALT_NAME, "critical": False,
            "extnValue": wrap(0x30, wrap(0x82, text))}


# OIDs: the whole one counts, not its beginning.

def _near(oid):
    """OIDs that are easily taken for this one."""
    arcs = oid.split(".")
    last = int(arcs[-1])
    return {"cut": ".".join(arcs[:-1]), "longer": oid + ".1",
            "longer by 0": oid + ".0",
            "last + 128": ".".join(arcs[:-1] + [str(last + 128)])}


def _oid(name, oid):
    def change(message):
        parent = message.find(name)
        parent.kids[0] = der.parse(oid_der(oid))
    return _sealed(change)


def _implicit(oid):
    return _sealed(lambda message: message.set_header(
        8, der.seq(der.seq(oid_der(oid), b"\5\0"))))


def _purpose(oid):
    """Answers by a signer with this extended key usage."""
    change = signed_by(lambda x: x.lab.once(oid, lambda: x.lab.signer(
        extensions=[certificate.key_usage("digitalSignature"),
                    certificate.extended_key_usage(oid)])))
    return confirmed(change, change)


def oids():
    algorithm = "header.protectionAlg.value"
    for how, oid in _near("1.2.840.113533.7.66.13").items():
        yield case(GROUP, "OID of PasswordBasedMac: " + how, "ir",
                   _oid(algorithm, oid), outcome("bad", "ir"))
    for how, oid in _near("1.2.840.10045.4.3.2").items():
        yield case(GROUP, "OID of ECDSA: " + how, "kur",
                   _oid(algorithm, oid), outcome("bad", "kur"))
    for how, oid in _near("2.16.840.1.101.3.4.2.1").items():
        yield case(GROUP, "OID of SHA-256: " + how, "ir",
                   _oid(algorithm + ".parameters.owf", oid),
                   outcome("bad", "ir"))
    for how, oid in _near("1.2.840.113549.2.9").items():
        yield case(GROUP, "OID of HMAC: " + how, "ir",
                   _oid(algorithm + ".parameters.mac", oid),
                   outcome("bad", "ir"))
    for how, oid in _near("1.3.6.1.5.5.7.4.13").items():
        yield case(GROUP, "OID of implicitConfirm: " + how, "kur",
                   _implicit(oid), outcome("ok", "kur"),
                   options=["--implicit-confirm"])
    for how, oid in _near(certificate.CMC_CA).items():
        yield case(GROUP, "OID of cmcCA: " + how, "kur", _purpose(oid),
                   outcome("bad", "kur"))
    yield case(GROUP, "OID of cmcCA: as it is", "kur",
               _purpose(certificate.CMC_CA), outcome("ok", "kur"))


def cases(seen):
    yield from texts()
    yield from oids()
