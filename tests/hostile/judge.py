# SPDX-License-Identifier: Apache-2.0
"""What has to hold after every case, whatever was done to the device."""
import re
import unicodedata

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

import der
import lab
from certificate import Certificate

ACTIVE = 2  # in the journal, see docs/journal.md
FILES = re.compile(r"journal|lock|anchors|signer|cert-[12]|key-[0-9a-f]{16}$")
REPORTS = (b"Sanitizer", b"runtime error", b"Assertion")
# No error: the CA may do that.
NOTE = b"lwcmp: the certificate has another subject than was asked for"


def _key_name(slot):
    return "key-%016x" % (0x4c00 + slot)


def _public(key_file):
    """The P-256 key in the file ends it; its public half as DER."""
    key = ec.derive_private_key(int.from_bytes(key_file[-32:], "big"),
                                ec.SECP256R1())
    return key.public_key().public_bytes(
        serialization.Encoding.DER,
        serialization.PublicFormat.SubjectPublicKeyInfo)


def _tbs(certificate):
    return der.split(der.parse(certificate).kids[0].encode())[0]


def _slot(files, slot, its_lab):
    """A stored certificate is one of the CA, for the key next to it."""
    row = der.split(files.get("cert-%d" % slot, b""))
    if not row:
        return
    given = {_tbs(c) for c in its_lab.given()}
    if _tbs(row[0]) not in given:
        yield "slot %d: a certificate that the CA has not given" % slot
    elif _key_name(slot) not in files:
        yield "slot %d: a certificate without its key" % slot
    elif Certificate(row[0]).spki != _public(files[_key_name(slot)]):
        yield "slot %d: a certificate for another key" % slot
    for one in row[1:]:
        if _tbs(one) != _tbs(its_lab.authority.ca.der):
            yield "slot %d: the chain has a certificate of nobody" % slot


def _anchors(files, its_lab):
    """An anchor is a name and a key (RFC 5280 6.1.1)."""
    root = its_lab.authority.root
    for one in der.split(files.get("anchors", b"")):
        found = Certificate(one)
        if (found.subject, found.spki) != (root.subject, root.spki):
            yield "a trust anchor that is not the CA's root"


def _is_issued_by(certificate, issuer):
    one, ca = map(x509.load_der_x509_certificate, (certificate, issuer))
    try:
        ca.public_key().verify(one.signature, one.tbs_certificate_bytes,
                               ec.ECDSA(one.signature_hash_algorithm))
        return True
    except InvalidSignature:
        return False


def _signer(files, its_lab):
    """Only who has signed for the CA is remembered, with its chain."""
    issuers = [its_lab.authority.ca.der, its_lab.authority.root.der]
    for one in der.split(files.get("signer", b"")):
        if not any(_is_issued_by(one, issuer) for issuer in issuers):
            yield "a signer that is not the CA's"


def _identity(before, after, succeeded):
    """Without success the identity in use is the old one, bit by bit."""
    was = before["journal"][ACTIVE] if "journal" in before else 0
    now = after["journal"][ACTIVE] if "journal" in after else 0
    if succeeded:
        if now == was or now not in (1, 2) or "cert-%d" % now not in after \
                or _key_name(now) not in after:
            yield "success without a new identity"
        return
    if now != was:
        yield "the active identity has changed"
    names = ["cert-%d" % was, _key_name(was), "anchors"] if was else []
    for name in names:
        if before.get(name) != after.get(name):
            yield "%s has changed" % name


def state(before, after, succeeded, its_lab):
    """Everything that is wrong with the state directory."""
    for name in sorted(after):
        if not FILES.match(name):
            yield "a strange file: %s" % name
    for slot in (1, 2):
        yield from _slot(after, slot, its_lab)
    yield from _anchors(after, its_lab)
    yield from _signer(after, its_lab)
    yield from _identity(before, after, succeeded)
    if "anchors" in before and before["anchors"] != after.get("anchors"):
        yield "the learned anchors have changed"


def _controls(text):
    return [c for c in text if c != "\n" and
            unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")]


def said(run, words):
    """One error text or none, and nothing that plays with a terminal."""
    for report in REPORTS:
        if report in run.err or report in run.out:
            yield "a report of the sanitizer"
    for stream in (run.out, run.err):
        try:
            if _controls(stream.decode()):
                yield "control characters on the terminal"
        except UnicodeDecodeError:
            yield "bytes on the terminal that are no text"
    texts = re.findall(rb"^lwcmp: .*$", run.err, re.M)
    if NOTE in texts:
        texts.remove(NOTE)
    if len(texts) != (run.status != lab.DONE):
        yield "%d error texts" % len(texts)
    if words.encode() not in run.err:
        yield "the error text has no '%s'" % words


def sent_der(requests):
    """Whatever a peer has said, what the device says is DER."""
    for n, request in enumerate(requests):
        try:
            if der.parse(request).encode() == request:
                continue
        except (AssertionError, IndexError):
            pass
        yield "message %d of the device is not DER" % n


def ending(run, sent, outcome):
    if (run.status, sent) not in outcome:
        yield "exit %s, sent %s; not %s" % (run.status, " ".join(sent), (
            " or ".join("exit %s, sent %s" % (status, " ".join(bodies))
                        for status, bodies in sorted(outcome))))
