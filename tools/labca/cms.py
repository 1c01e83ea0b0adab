# SPDX-License-Identifier: Apache-2.0
"""What a CA sends encrypted (RFC 9483 section 4.1.6): EnvelopedData and
SignedData (RFC 5652), and private keys in it (RFC 5958)."""
import hashlib
import os

from cryptography.hazmat.primitives import hashes, keywrap, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.x963kdf import X963KDF
from pyasn1.type import univ

import asn1
import signature

DATA = "1.2.840.113549.1.7.1"
SIGNED_DATA = "1.2.840.113549.1.7.2"
KEY_PACKAGE = "2.16.840.1.101.2.1.2.78.5"
CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
RSA_ENCRYPTION = "1.2.840.113549.1.1.1"
OAEP = "1.2.840.113549.1.1.7"
MGF1 = "1.2.840.113549.1.1.8"
PBKDF2 = "1.2.840.113549.1.5.12"
PWRI_KEK = "1.2.840.113549.1.9.16.3.9"
AES_CBC = {16: "2.16.840.1.101.3.4.1.2", 24: "2.16.840.1.101.3.4.1.22",
           32: "2.16.840.1.101.3.4.1.42"}
AES_WRAP = {16: "2.16.840.1.101.3.4.1.5", 24: "2.16.840.1.101.3.4.1.25",
            32: "2.16.840.1.101.3.4.1.45"}
ECDH = {"sha1": "1.3.133.16.840.63.0.2", "sha256": "1.3.132.1.11.1",
        "sha384": "1.3.132.1.11.2", "sha512": "1.3.132.1.11.3"}
HASH = {"sha1": "1.3.14.3.2.26", "sha256": "2.16.840.1.101.3.4.2.1",
        "sha384": "2.16.840.1.101.3.4.2.2",
        "sha512": "2.16.840.1.101.3.4.2.3"}
HMAC = {"sha1": "1.2.840.113549.2.7", "sha256": "1.2.840.113549.2.9",
        "sha384": "1.2.840.113549.2.10", "sha512": "1.2.840.113549.2.11"}
DIGEST = {"sha1": hashes.SHA1, "sha256": hashes.SHA256,
          "sha384": hashes.SHA384, "sha512": hashes.SHA512}


def oid(dotted):
    return asn1.encode(univ.ObjectIdentifier(dotted))


def integer(n):
    return asn1.encode(univ.Integer(n))


def octets(value):
    return asn1.wrap(0x04, value)


def sequence(*parts):
    return asn1.wrap(0x30, b"".join(parts))


def set_of(*parts):
    return asn1.wrap(0x31, b"".join(sorted(parts)))


def algorithm(dotted, parameters=b""):
    return sequence(oid(dotted), parameters)


class Wrapping:
    """How it is done; faults change it. Zero is what RFC 9483 asks for."""

    def __init__(self, **options):
        self.key_bytes = 32       # AES, for the content and to wrap its key
        self.hash = "sha256"      # of OAEP, KDF and PBKDF2
        self.oaep = False
        self.by_ski = True        # name recipient and signer by SKI
        self.ukm = os.urandom(16)
        self.iterations = 10000
        self.salt = None
        self.version = None       # of EnvelopedData
        self.ber = False
        self.content_type = SIGNED_DATA
        self.package_type = KEY_PACKAGE

        # What only a fault sets.
        self.bare_key = False
        self.other_key = False
        self.other_public = False
        self.two_keys = False
        self.two_recipients = False
        self.bad_padding = False
        self.bad_wrap = False
        self.bad_digest = False
        self.bad_signature = False
        self.other_hash = False   # not that of the signature
        self.encrypted_value = False
        self.mac_salt = False
        self.other_recipient = False
        self.pwri = None          # True, False: whatever fits the request
        self.pwri_kek = False
        self.kga = "kga"          # who signs: kga, ca, signer, self, none
        self.no_key = False
        self.unasked_key = False
        self.in_the_clear = False
        self.encrypt_cert = False
        self.garbage = False

        unknown = set(options) - set(self.__dict__)
        if unknown:
            raise TypeError("no such option: %s" % ", ".join(unknown))
        self.__dict__.update(options)


def one_key(key, w):
    """OneAsymmetricKey of a private key of the cryptography package."""
    if isinstance(key, rsa.RSAPrivateKey):
        alg = algorithm(RSA_ENCRYPTION, b"\x05\0")
    else:
        alg = asn1.elements(_spki(key))[0]
    inner = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption())
    if w.bare_key:
        return inner
    if isinstance(key, ec.EllipticCurvePrivateKey):
        inner = sequence(*[part for part in asn1.elements(inner)
                           if part[0] != 0xa0])
    shown = ec.generate_private_key(key.curve) if w.other_public else key
    public = asn1.elements(_spki(shown))[1]
    return sequence(integer(1), alg, octets(inner), b"\x81" + public[1:])


def _spki(key):
    return key.public_key().public_bytes(
        serialization.Encoding.DER,
        serialization.PublicFormat.SubjectPublicKeyInfo)


def sign(content, cert, key, others, w):
    """SignedData over a content, by an ECDSA or RSA key with SHA-256."""
    digest = hashlib.sha256(content).digest()
    if w.bad_digest:
        digest = digest[::-1]
    attributes = sorted([
        sequence(oid(CONTENT_TYPE), set_of(oid(w.package_type))),
        sequence(oid(MESSAGE_DIGEST), set_of(octets(digest)))])
    signed = asn1.wrap(0x31, b"".join(attributes))
    if isinstance(key, rsa.RSAPrivateKey):
        alg = algorithm(RSA_ENCRYPTION, b"\x05\0")
        value = key.sign(signed, padding.PKCS1v15(), hashes.SHA256())
    else:
        alg = bytes(signature.How().algorithm(key))
        value = signature.sign(key, signed)
    if w.bad_signature:
        value = value[:-1] + bytes([value[-1] ^ 1])
    digest_alg = algorithm(HASH["sha512" if w.other_hash else "sha256"])
    signer = sequence(
        integer(3 if w.by_ski else 1), _name_of(cert, w), digest_alg,
        asn1.wrap(0xa0, b"".join(attributes)), alg, octets(value))
    return sequence(
        integer(3), set_of(digest_alg),
        sequence(oid(w.package_type), asn1.wrap(0xa0, octets(content))),
        asn1.wrap(0xa0, b"".join([cert.der] + others)), set_of(signer))


def _name_of(cert, w, ski_tag=0x80):
    if w.by_ski and cert.ski is not None:
        name = asn1.wrap(0x80, cert.ski)
        return name if ski_tag == 0x80 else asn1.wrap(0xa0, octets(cert.ski))
    return sequence(cert.issuer, integer(cert.serial))


def _transport(public, cert, content_key, w):
    """KeyTransRecipientInfo: RSA."""
    alg, scheme = algorithm(RSA_ENCRYPTION, b"\x05\0"), padding.PKCS1v15()
    if w.oaep:
        digest = algorithm(HASH[w.hash])
        alg = algorithm(OAEP, sequence(
            asn1.wrap(0xa0, digest),
            asn1.wrap(0xa1, algorithm(MGF1, digest))))
        scheme = padding.OAEP(padding.MGF1(DIGEST[w.hash]()),
                              DIGEST[w.hash](), None)
    sealed = public.encrypt(content_key, scheme)
    if w.bad_wrap:
        sealed = public.encrypt(b"\0" + content_key, scheme)
    return sequence(integer(2 if w.by_ski else 0), _name_of(cert, w), alg,
                    octets(sealed)), 2 if w.by_ski else 0


def _wrap_key(kek, content_key, w):
    sealed = keywrap.aes_key_wrap(kek, content_key)
    return sealed[:-1] + bytes([sealed[-1] ^ 1]) if w.bad_wrap else sealed


def _agreement(public, cert, content_key, w):
    """KeyAgreeRecipientInfo: ephemeral-static ECDH (RFC 5753)."""
    own = ec.generate_private_key(public.curve)
    wrapping = algorithm(AES_WRAP[w.key_bytes])
    ukm = octets(w.ukm) if w.ukm is not None else b""
    info = sequence(wrapping, asn1.wrap(0xa0, ukm) if ukm else b"",
                    asn1.wrap(0xa2, octets(
                        (8 * w.key_bytes).to_bytes(4, "big"))))
    kek = X963KDF(DIGEST[w.hash](), w.key_bytes, info).derive(
        own.exchange(ec.ECDH(), public))
    point = asn1.elements(_spki(own))[1]
    return asn1.wrap(0xa1, b"".join([
        integer(3),
        asn1.wrap(0xa0, asn1.wrap(
            0xa1, algorithm("1.2.840.10045.2.1") + point)),
        asn1.wrap(0xa1, ukm) if ukm else b"",
        algorithm(ECDH[w.hash], wrapping),
        sequence(sequence(_name_of(cert, w, 0xa0), octets(
            _wrap_key(kek, content_key, w))))])), 2


def _password(secret, content_key, w):
    """PasswordRecipientInfo: PBKDF2."""
    salt = w.salt or os.urandom(16)
    kek = hashlib.pbkdf2_hmac(w.hash, secret, salt, w.iterations, w.key_bytes)
    kdf = algorithm(PBKDF2, sequence(
        octets(salt), integer(w.iterations), integer(w.key_bytes),
        algorithm(HMAC[w.hash], b"\x05\0")))
    alg = algorithm(PWRI_KEK, algorithm(AES_CBC[w.key_bytes], octets(
        bytes(16)))) if w.pwri_kek else algorithm(AES_WRAP[w.key_bytes])
    return asn1.wrap(0xa3, b"".join([
        integer(0), b"\xa0" + kdf[1:], alg,
        octets(_wrap_key(kek, content_key, w))])), 3


def envelope(content, recipient, cert, w):
    """EnvelopedData for a public key with its certificate, or a secret."""
    content_key = os.urandom(w.key_bytes)
    if isinstance(recipient, bytes):
        info, version = _password(recipient, content_key, w)
    elif isinstance(recipient, rsa.RSAPublicKey):
        info, version = _transport(recipient, cert, content_key, w)
    else:
        info, version = _agreement(recipient, cert, content_key, w)
    iv = os.urandom(16)
    pad = 16 - len(content) % 16
    tail = bytes([pad]) * pad
    if w.bad_padding:
        tail = tail[:-1] + b"\x11"
    cipher = Cipher(algorithms.AES(content_key), modes.CBC(iv)).encryptor()
    sealed = cipher.update(content + tail) + cipher.finalize()
    infos = [info, info] if w.two_recipients else [info]
    return sequence(
        integer(version if w.version is None else w.version), set_of(*infos),
        sequence(oid(w.content_type),
                 algorithm(AES_CBC[w.key_bytes], octets(iv)),
                 asn1.wrap(0x80, sealed)))


def encrypted_key(content, recipient, cert, w):
    """EncryptedKey: with the envelope, or the deprecated EncryptedValue."""
    if w.encrypted_value:
        return sequence(asn1.wrap(0x03, b"\0" + content))
    return b"\xa0" + envelope(content, recipient, cert, w)[1:]


def to_ber(der, depth=0):
    """The same with lengths and strings as a stream has them: what stands
    deeper than a certificate does is signed by somebody, and stays."""
    tag = der[0]
    if tag in (0x04, 0x80) and len(der) > 64:
        content = der[len(der) - _content_length(der):]
        pieces = b"".join(octets(content[i:i + 50])
                          for i in range(0, len(content), 50))
        if tag == 0x04:
            return b"\x24\x80" + pieces + b"\0\0"
        return b"\xa0\x80\x24\x80" + pieces + b"\0\0\0\0"
    if not tag & 0x20 or depth > 6:
        return der
    return bytes([tag, 0x80]) + b"".join(
        to_ber(e, depth + 1) for e in asn1.elements(der)) + b"\0\0"


def _content_length(der):
    if der[1] < 0x80:
        return der[1]
    return int.from_bytes(der[2:2 + (der[1] & 0x7f)], "big")
