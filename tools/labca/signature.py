# SPDX-License-Identifier: Apache-2.0
"""Signatures by OID: of messages, of requests for a key, of certificates."""
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import (
    ec, ed448, ed25519, padding, rsa)

from pyasn1_modules import rfc4055

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


PSS = "1.2.840.113549.1.1.10"
MGF1 = "1.2.840.113549.1.1.8"
DIGESTS = {"2.16.840.1.101.3.4.2.1": hashes.SHA256,
           "2.16.840.1.101.3.4.2.2": hashes.SHA384,
           "2.16.840.1.101.3.4.2.3": hashes.SHA512}


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
        elif oid == PSS and isinstance(key, rsa.RSAPublicKey):
            digest = _pss_digest(algorithm)
            key.verify(value, data, _pss(digest), digest())
        elif oid in EDDSA and isinstance(key, EDDSA[oid]):
            key.verify(value, data)
        else:
            raise BadSignature("algorithm %s is unknown or does not fit "
                               "the key" % oid)
    except InvalidSignature as e:
        raise BadSignature("the signature is wrong") from e


def _pss(digest):
    return padding.PSS(padding.MGF1(digest()), digest.digest_size)


def _pss_digest(algorithm):
    """RFC 9481 3.1: parameters explicit, one hash, a salt as long as it."""
    try:
        p = asn1.parse(algorithm["parameters"], rfc4055.RSASSA_PSS_params())
        asked, mask = p["hashAlgorithm"], p["maskGenAlgorithm"]
        if not asked.isValue or not mask.isValue:
            raise ValueError("SHA-1, by default")
        inner = asn1.parse(mask["parameters"], schema.AlgorithmIdentifier())
    except ValueError as e:
        raise BadSignature("parameters of RSASSA-PSS: %s" % e) from e
    digest = DIGESTS.get(str(asked["algorithm"]))
    null = {asn1.octets(a, "parameters") for a in (asked, inner)}
    if digest is None or not null <= {None, b"\5\0"} \
            or str(inner["algorithm"]) != str(asked["algorithm"]) \
            or str(mask["algorithm"]) != MGF1 \
            or int(p["saltLength"]) != digest.digest_size \
            or int(p["trailerField"]) != 1:
        raise BadSignature("parameters of RSASSA-PSS are not those of one "
                           "hash of SHA-2")
    return digest


def digest_of(algorithm):
    """The name of the hash in a signature algorithm, for certHash; None if
    it does not say."""
    oid = str(algorithm["algorithm"])
    if oid == PSS:
        return _pss_digest(algorithm).name
    digest = {**ECDSA, **RSA}.get(oid)
    return digest and digest.name


class How:
    """How a key of this CA signs: with which hash, and if it is an RSA key,
    by RSASSA-PSS or by PKCS #1 v1.5."""

    def __init__(self, digest="sha256", pss=False):
        self.digest = {"sha1": hashes.SHA1, "sha256": hashes.SHA256,
                       "sha384": hashes.SHA384, "sha512": hashes.SHA512}[
                           digest]
        self.pss = pss

    @classmethod
    def of(cls, algorithm):
        return cls(digest_of(algorithm), str(algorithm["algorithm"]) == PSS)

    def sign(self, key, data):
        if not isinstance(key, rsa.RSAPrivateKey):
            return key.sign(data, ec.ECDSA(self.digest()))
        return key.sign(data, _pss(self.digest) if self.pss
                        else padding.PKCS1v15(), self.digest())

    def algorithm(self, key):
        """As DER."""
        if not isinstance(key, rsa.RSAPrivateKey):
            return sign_algorithm(_find(ECDSA, self.digest) or ECDSA_SHA1)
        if self.pss:
            return self._pss_algorithm()
        return sign_algorithm(_find(RSA, self.digest), b"\5\0")

    def _pss_algorithm(self):
        digest = {"algorithm": _find(DIGESTS, self.digest),
                  "parameters": b"\5\0"}
        mask = asn1.encode(asn1.build(schema.AlgorithmIdentifier(), digest))
        # The tags are written here: pyasn1 has defaults in their place.
        parts = (asn1.wrap(0xa0, mask),
                 asn1.wrap(0xa1, sign_algorithm(MGF1, mask)),
                 asn1.wrap(0xa2, bytes([2, 1, self.digest.digest_size])))
        return sign_algorithm(PSS, asn1.wrap(0x30, b"".join(parts)))


def _find(table, digest):
    return next((oid for oid, d in table.items() if d is digest), None)


def new_key(kind):
    """p256, p384, p521, rsa2048, rsa3072 or rsa4096."""
    if kind.startswith("rsa"):
        return rsa.generate_private_key(65537, int(kind[3:]))
    return ec.generate_private_key({"p256": ec.SECP256R1,
                                    "p384": ec.SECP384R1,
                                    "p521": ec.SECP521R1}[kind]())


def sign(key, data):
    return How().sign(key, data)


def sign_algorithm(oid=ECDSA_SHA256, parameters=None):
    return asn1.Der(asn1.encode(asn1.build(
        schema.AlgorithmIdentifier(), {"algorithm": oid,
                                       "parameters": parameters})))
