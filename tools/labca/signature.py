# SPDX-License-Identifier: Apache-2.0
"""Signatures by OID: of messages, of requests for a key, of certificates."""
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import (
    ec, ed448, ed25519, padding, rsa)

import asn1
import schema

ECDSA_SHA256 = "1.2.840.10045.4.3.2"
ECDSA_SHA1 = "1.2.840.10045.4.1"  # made on purpose only, never accepted

ECDSA = {"1.2.840.10045.4.3.1": hashes.SHA224,
         ECDSA_SHA256: hashes.SHA256,
         "1.2.840.10045.4.3.3": hashes.SHA384,
         "1.2.840.10045.4.3.4": hashes.SHA512}
RSA = {"1.2.840.113549.1.1.14": hashes.SHA224,
       "1.2.840.113549.1.1.11": hashes.SHA256,
       "1.2.840.113549.1.1.12": hashes.SHA384,
       "1.2.840.113549.1.1.13": hashes.SHA512}
EDDSA = {"1.3.101.112": ed25519.Ed25519PublicKey,
         "1.3.101.113": ed448.Ed448PublicKey}


class BadSignature(Exception):
    """The algorithm is unknown, does not fit the key, or it is forged."""


def load_key(spki):
    """A public key from its SubjectPublicKeyInfo; ValueError if unusable."""
    try:
        key = serialization.load_der_public_key(spki)
    except Exception as e:  # cryptography has several of its own
        raise ValueError("the public key cannot be read") from e
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < 2048:
        raise ValueError("an RSA key of %d bits is too short" % key.key_size)
    kinds = (rsa.RSAPublicKey, ec.EllipticCurvePublicKey,
             ed25519.Ed25519PublicKey, ed448.Ed448PublicKey)
    if not isinstance(key, kinds):
        raise ValueError("this kind of public key is not supported")
    return key


def verify(key, algorithm, value, data):
    """Return if the signature is right, else raise BadSignature."""
    oid = str(algorithm["algorithm"])
    try:
        if oid in ECDSA and isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(value, data, ec.ECDSA(ECDSA[oid]()))
        elif oid in RSA and isinstance(key, rsa.RSAPublicKey):
            key.verify(value, data, padding.PKCS1v15(), RSA[oid]())
        elif oid in EDDSA and isinstance(key, EDDSA[oid]):
            key.verify(value, data)
        else:
            raise BadSignature("algorithm %s is unknown or does not fit "
                               "the key" % oid)
    except InvalidSignature as e:
        raise BadSignature("the signature is wrong") from e


def sign(key, data, digest=hashes.SHA256):
    """ECDSA: all keys of the lab CA itself are P-256."""
    return key.sign(data, ec.ECDSA(digest()))


def sign_algorithm(oid=ECDSA_SHA256):
    return asn1.Der(asn1.encode(asn1.build(
        schema.AlgorithmIdentifier(), {"algorithm": oid})))
