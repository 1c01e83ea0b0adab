# SPDX-License-Identifier: Apache-2.0
"""Who protects an answer, with what, and what is shown as certificates."""
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

import certificate
import der
import lab
import signature
from macs import oid_der, pbm
from case import case, confirmed, outcome
from cases_replay import signed_by

GROUP = "protection"
P256_N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551
SIGNED = ("kur", "cr")
MACED = ("ir", "ir-trusted", "cr-mac")


# One kind for another.

def _pbm_algorithm(salt):
    sha256 = der.seq(oid_der("2.16.840.1.101.3.4.2.1"))
    hmac = der.seq(oid_der("1.2.840.113549.2.9"))
    return der.seq(oid_der("1.2.840.113533.7.66.13"), der.seq(
        der.octets(salt), sha256, der.Node(0x02, b"\0\xc8"), hmac))


def _maced(secret):
    def answer(x):
        message = x.answer()
        message.set_header(1, _pbm_algorithm(b"salt" * 4))
        message.set_header(2, der.octets(lab.REF.encode()))
        message.set_protection(pbm(message.covered(), b"salt" * 4,
                                   iterations=200, secret=secret))
        return message.encode()
    return answer


def _signed(x):
    a = x.lab.authority
    message = x.answer()
    message.set_header(1, der.parse(signature.sign_algorithm()))
    message.set_header(2, der.octets(a.signer.ski))
    message.set_extra_certs(a.signer.der, a.ca.der)
    return message.sign(a.signer_key).encode()


def _without(protection, algorithm):
    def answer(x):
        message = x.answer()
        if algorithm:
            message.remove("header.protectionAlg")
        if protection:
            message.set_protection(None)
        elif algorithm:
            message.seal(x.lab)
        return message.encode()
    return answer


def kinds():
    for operation in SIGNED:
        for phase in (0, 1):
            bad = outcome("bad", operation, phase)
            for name, secret in (("our secret", lab.SECRET.encode()),
                                 ("an empty secret", b""),
                                 ("the responder's key identifier", b"kid")):
                yield case(GROUP, "MAC of %s, answer %d" % (name, phase),
                           operation, {phase: _maced(secret)}, bad)
    for operation in MACED:
        for phase in (0, 1):
            yield case(GROUP, "signed, answer %d" % phase, operation,
                       {phase: _signed}, outcome("bad", operation, phase))
    for operation in SIGNED + MACED:
        for phase in (0, 1):
            for name, what in (("no protection", (True, False)),
                               ("no protectionAlg", (False, True)),
                               ("neither of them", (True, True))):
                yield case(GROUP, "%s, answer %d" % (name, phase), operation,
                           {phase: _without(*what)},
                           outcome("bad", operation, phase))


# Signers.

def _device(x):
    """Another device of the same CA."""
    return x.device.own


def _old_identity(x):
    """The very certificate that is renewed, if its key were known."""
    return x.lab.once("device 1", lambda: x.lab.signer(
        lab.SUBJECT, extensions=[certificate.key_usage("digitalSignature")]))


def _moved(days):
    return lambda x: x.lab.once(days, lambda: x.lab.signer(days=days))


def _below_device(x):
    cert, key = x.device.own
    return x.lab.once("below", lambda: x.lab.signer(issuer=cert,
                                                    issuer_key=key))


def _below_signer(x):
    a = x.lab.authority
    return x.lab.once("below 2", lambda: x.lab.signer(
        issuer=a.signer, issuer_key=a.signer_key))


def _forged(x):
    """Names and key identifiers of our CA, but not signed by it."""
    key = ec.generate_private_key(ec.SECP256R1())
    return x.lab.once("forged", lambda: x.lab.signer(issuer_key=key))


def _self_signed(x):
    def make():
        key = ec.generate_private_key(ec.SECP256R1())
        own = x.lab.authority.signer
        return x.lab.signer(issuer=own, issuer_key=key, key=key)
    return x.lab.once("self-signed", make)


def _with(*extensions):
    name = str(extensions)
    return lambda x: x.lab.once(name, lambda: x.lab.signer(
        extensions=list(extensions)))


def _by_anchor(x):
    """The root itself; its certificate need not be shown."""
    message = x.answer()
    message.set_header(2, der.octets(x.lab.authority.root.ski))
    message.set_extra_certs()
    return message.sign(x.lab.root_key()).encode()


def _ca(x):
    return x.lab.authority.ca, x.lab.authority.ca_key


EKU = certificate.extended_key_usage(certificate.CMC_CA)
USAGE = certificate.key_usage("digitalSignature")
SIGNERS = {
    "another device": (_device, "bad"),
    "the device's own name": (_old_identity, "bad"),
    "expired": (_moved(-1000), "path"),
    "not valid yet": (_moved(1000), "path"),
    "below a device": (_below_device, "signer"),
    "below the signer": (_below_signer, "signer"),
    "forged": (_forged, "signer"),
    "self-signed": (_self_signed, "signer"),
    "without extended key usage": (_with(USAGE), "bad"),
    "for TLS servers": (_with(USAGE, certificate.extended_key_usage(
        "1.3.6.1.5.5.7.3.1")), "bad"),
    "for anything": (_with(USAGE, certificate.extended_key_usage(
        "2.5.29.37.0")), "bad"),
    "for TLS and CMC": (_with(USAGE, certificate.extended_key_usage(
        "1.3.6.1.5.5.7.3.1", certificate.CMC_CA)), "ok"),
    "may not sign": (_with(certificate.key_usage("keyEncipherment"), EKU),
                     "bad"),
    "may sign certificates only": (_with(certificate.key_usage(
        "keyCertSign"), EKU), "bad"),
    "without key usage": (_with(EKU), "ok"),
    "the CA that issues": (_ca, "bad")}


def signers():
    for operation in SIGNED:
        for name, (signer, word) in SIGNERS.items():
            change = signed_by(signer)
            yield case(GROUP, "signer: " + name, operation,
                       confirmed(change, change), outcome(word, operation))
            yield case(GROUP, "confirmation, signer: " + name, operation,
                       {1: change}, outcome("bad", operation, 1))
        yield case(GROUP, "signer: the anchor", operation,
                   confirmed(_by_anchor, _by_anchor),
                   outcome("ok", operation))


# Signatures.

def _signature(change):
    def answer(x):
        message = x.answer()
        message.set_protection(change(message, x.lab.authority.signer_key))
        return message.encode()
    return answer


def _numbers(r, s):
    return lambda m, key: utils.encode_dss_signature(r, s)


def _mirrored(message, key):
    """(r, n - s) is as good a signature as (r, s)."""
    r, s = utils.decode_dss_signature(_ecdsa(message.covered(), key))
    return utils.encode_dss_signature(r, P256_N - s)


def _ecdsa(data, key, hash_class=hashes.SHA256):
    return key.sign(data, ec.ECDSA(hash_class()))


def _raw(message, key):
    r, s = utils.decode_dss_signature(_ecdsa(message.covered(), key))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def _body_only(message, key):
    return _ecdsa(message.tree.kids[1].encode(), key)


def _not_wrapped(message, key):
    """Header and body without the SEQUENCE around them."""
    kids = message.tree.kids
    return _ecdsa(kids[0].encode() + kids[1].encode(), key)


def _everything(message, key):
    return _ecdsa(message.encode(), key)


SIGNATURES = {
    "0, 0": (_numbers(0, 0), "bad"), "1, 1": (_numbers(1, 1), "bad"),
    "n, n": (_numbers(P256_N, P256_N), "bad"),
    "n, 0": (_numbers(P256_N, 0), "bad"),
    "2^256": (_numbers(1 << 256, 1 << 256), "bad"),
    "huge": (_numbers(1 << 9999, 1 << 9999), "bad"),
    "empty": (lambda m, k: b"", "bad"),
    "empty SEQUENCE": (lambda m, k: b"\x30\0", "bad"),
    "junk behind": (lambda m, k: _ecdsa(m.covered(), k) + b"\0", "bad"),
    "cut": (lambda m, k: _ecdsa(m.covered(), k)[:-1], "bad"),
    "mirrored": (_mirrored, "ok"), "raw": (_raw, "bad"),
    "SHA-384": (lambda m, k: _ecdsa(m.covered(), k, hashes.SHA384), "bad"),
    "SHA-1": (lambda m, k: _ecdsa(m.covered(), k, hashes.SHA1), "bad"),
    "of the body": (_body_only, "bad"),
    "not wrapped": (_not_wrapped, "bad"),
    "of the whole message": (_everything, "bad")}

ALGORITHMS = {
    "ECDSA with SHA-1": ("1.2.840.10045.4.1", hashes.SHA1, "bad"),
    "ECDSA with SHA-224": ("1.2.840.10045.4.3.1", hashes.SHA224, "bad"),
    "ECDSA with SHA-384": ("1.2.840.10045.4.3.3", hashes.SHA384, "ok"),
    "ECDSA with SHA-512": ("1.2.840.10045.4.3.4", hashes.SHA512, "ok"),
    "RSA with an EC key": ("1.2.840.113549.1.1.11", hashes.SHA256, "bad"),
    "Ed25519 with an EC key": ("1.3.101.112", hashes.SHA256, "bad"),
    "a hash": ("2.16.840.1.101.3.4.2.1", hashes.SHA256, "bad"),
    "no OID": (None, hashes.SHA256, "bad")}


def _algorithm(oid, hash_class):
    def answer(x):
        message = x.answer()
        message.set_header(1, der.seq(oid_der(oid) if oid else b"\6\0"))
        return message.sign(x.lab.authority.signer_key, hash_class).encode()
    return answer


def _mac_with(owf, macs, owf_name, mac_name):
    def answer(x):
        message = x.answer()
        p = message.find("header.protectionAlg.value.parameters")
        p.kids[1] = der.seq(oid_der(owf))
        p.kids[3] = der.seq(oid_der(macs))
        message.set_protection(pbm(message.covered(), p.kids[0].content,
                                   owf_name, 100, mac_name))
        return message.encode()
    return answer


SHA1, SHA256 = "1.3.14.3.2.26", "2.16.840.1.101.3.4.2.1"
MACS = {
    "owf SHA-1": (SHA1, "1.2.840.113549.2.9", "sha1", "sha256", "bad"),
    "owf MD5": ("1.2.840.113549.2.5", "1.2.840.113549.2.9", "md5", "sha256",
                "bad"),
    "HMAC-SHA1": (SHA256, "1.3.6.1.5.5.8.1.2", "sha256", "sha1", "bad"),
    "HMAC-SHA1 by its other name": (SHA256, "1.2.840.113549.2.7", "sha256",
                                    "sha1", "bad"),
    "HMAC-MD5": (SHA256, "1.3.6.1.5.5.8.1.1", "sha256", "md5", "bad"),
    "HMAC-SHA512": (SHA256, "1.2.840.113549.2.11", "sha256", "sha512", "ok"),
    "a hash as MAC": (SHA256, SHA256, "sha256", "sha256", "bad"),
    "a MAC as owf": ("1.2.840.113549.2.9", "1.2.840.113549.2.9", "sha256",
                     "sha256", "bad")}


def signatures():
    for name, (change, word) in SIGNATURES.items():
        for phase in (0, 1):
            yield case(GROUP, "signature: %s, answer %d" % (name, phase),
                       "kur", {phase: _signature(change)},
                       outcome(word, "kur", phase))
    for name, (oid, hash_class, word) in ALGORITHMS.items():
        change = _algorithm(oid, hash_class)
        yield case(GROUP, "algorithm: " + name, "kur",
                   confirmed(change, change), outcome(word, "kur"))
        for phase in (0, 1):
            # Another hash in the middle of a transaction is odd enough.
            later = "any later" if word == "ok" else "bad"
            yield case(GROUP, "algorithm: %s, answer %d only" % (name, phase),
                       "kur", {phase: change}, outcome(later, "kur", phase))
    for name, (owf, macs, owf_name, mac_name, word) in MACS.items():
        yield case(GROUP, "algorithm: " + name, "ir",
                   _mac_with(owf, macs, owf_name, mac_name),
                   outcome(word, "ir"))


def cases(seen):
    yield from kinds()
    yield from signers()
    yield from signatures()
