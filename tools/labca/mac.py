# SPDX-License-Identifier: Apache-2.0
"""MAC-based protection: PasswordBasedMac (RFC 9810 5.1.3.1) and PBMAC1
(RFC 9481 6.1.2)."""
import hashlib
import hmac
import os

from pyasn1_modules import rfc8018

import asn1
import schema
from message import Refusal

PBM = "1.2.840.113533.7.66.13"
PBMAC1 = "1.2.840.113549.1.5.14"
PBKDF2 = "1.2.840.113549.1.5.12"

HASHES = {"1.3.14.3.2.26": "sha1",
          "2.16.840.1.101.3.4.2.4": "sha224",
          "2.16.840.1.101.3.4.2.1": "sha256",
          "2.16.840.1.101.3.4.2.2": "sha384",
          "2.16.840.1.101.3.4.2.3": "sha512"}

# HMAC-SHA1 has a second OID from the days of RFC 4210.
HMACS = {"1.3.6.1.5.5.8.1.2": "sha1",
         "1.2.840.113549.2.7": "sha1",
         "1.2.840.113549.2.8": "sha224",
         "1.2.840.113549.2.9": "sha256",
         "1.2.840.113549.2.10": "sha384",
         "1.2.840.113549.2.11": "sha512"}

MIN_ITERATIONS = 100
MAX_ITERATIONS = 100000
MIN_SALT = 8


def is_mac(algorithm):
    return str(algorithm["algorithm"]) in (PBM, PBMAC1)


def compute(secret, algorithm, data, limits=True):
    """limits: refuse iteration counts and salts that are out of bounds."""
    parameters = asn1.octets(algorithm, "parameters") or b""
    try:
        if str(algorithm["algorithm"]) == PBM:
            return _pbm(secret, parameters, data, limits)
        return _pbmac1(secret, parameters, data, limits)
    except ValueError as e:
        raise Refusal("badAlg", "MAC parameters: %s" % e) from e


def fresh(algorithm, iterations=None):
    """The same algorithm with a new salt, and if given another iteration
    count, as DER."""
    if str(algorithm["algorithm"]) == PBM:
        parameters = asn1.parse(algorithm["parameters"],
                                schema.PBMParameter())
        parameters["salt"] = os.urandom(len(parameters["salt"]))
        counted = parameters
    else:
        parameters, counted = _pbmac1_parameters(algorithm["parameters"])
        salt = counted["salt"]
        salt["specified"] = os.urandom(len(salt["specified"]))
    if iterations is not None:
        counted["iterationCount"] = iterations
    if counted is not parameters:
        parameters["keyDerivationFunc"]["parameters"] = asn1.encode(counted)
    return asn1.Der(asn1.encode(asn1.build(schema.AlgorithmIdentifier(), {
        "algorithm": str(algorithm["algorithm"]),
        "parameters": asn1.encode(parameters)})))


def password_based(iterations):
    """PasswordBasedMac with SHA-256 and HMAC-SHA256, as DER."""
    return asn1.Der(asn1.encode(asn1.build(schema.AlgorithmIdentifier(), {
        "algorithm": PBM,
        "parameters": asn1.encode(asn1.build(schema.PBMParameter(), {
            "salt": os.urandom(16), "iterationCount": iterations,
            "owf": {"algorithm": "2.16.840.1.101.3.4.2.1"},
            "mac": {"algorithm": "1.2.840.113549.2.9"}}))})))


def _known(table, algorithm):
    oid = str(algorithm["algorithm"])
    if oid not in table:
        raise ValueError("algorithm %s is not known" % oid)
    if (asn1.octets(algorithm, "parameters") or b"\5\0") != b"\5\0":
        raise ValueError("parameters of %s are not NULL" % oid)
    return table[oid]


def _check_bounds(salt, iterations):
    if len(salt) < MIN_SALT:
        raise ValueError("salt of %d octets is too short" % len(salt))
    if not MIN_ITERATIONS <= iterations <= MAX_ITERATIONS:
        raise ValueError("iteration count %d is not in %d..%d" % (
            iterations, MIN_ITERATIONS, MAX_ITERATIONS))


def _pbm(secret, der, data, limits):
    p = asn1.parse(der, schema.PBMParameter())
    owf = _known(HASHES, p["owf"])
    salt, iterations = bytes(p["salt"]), int(p["iterationCount"])
    if limits:
        _check_bounds(salt, iterations)
    key = secret + salt
    for _ in range(iterations):
        key = hashlib.new(owf, key).digest()
    return hmac.new(key, data, _known(HMACS, p["mac"])).digest()


def _pbmac1_parameters(der):
    p = asn1.parse(der, rfc8018.PBMAC1_params())
    kdf = p["keyDerivationFunc"]
    if str(kdf["algorithm"]) != PBKDF2:
        raise ValueError("the key derivation is not PBKDF2")
    kdf = asn1.parse(kdf["parameters"], rfc8018.PBKDF2_params())
    if kdf["salt"].getName() != "specified":
        raise ValueError("the salt of PBKDF2 is not given")
    return p, kdf


def _pbmac1(secret, der, data, limits):
    p, kdf = _pbmac1_parameters(der)
    mac = _known(HMACS, p["messageAuthScheme"])
    salt = bytes(kdf["salt"]["specified"])
    iterations = int(kdf["iterationCount"])
    if limits:
        _check_bounds(salt, iterations)
    length = asn1.field(kdf, "keyLength")
    n = int(length) if length is not None else hashlib.new(mac).digest_size
    if not 16 <= n <= 128:
        raise ValueError("keyLength %d is not in 16..128" % n)
    key = hashlib.pbkdf2_hmac(_known(HMACS, kdf["prf"]), secret, salt,
                              iterations, n)
    return hmac.new(key, data, mac).digest()
