# SPDX-License-Identifier: Apache-2.0
"""Keys that the CA makes (RFC 9483 section 4.1.6), and certificates that it
encrypts (RFC 9810 section 5.2.8.3.2)."""
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pyasn1_modules import rfc8018

import asn1
import certificate
import cms
import mac
import names
import schema
from message import Refusal, Rejection

CURVES = {bytes.fromhex("06082a8648ce3d030107"): ec.SECP256R1,
          bytes.fromhex("06052b81040022"): ec.SECP384R1,
          bytes.fromhex("06052b81040023"): ec.SECP521R1}
PAIRS = {"p256": ec.SECP256R1, "p384": ec.SECP384R1, "p521": ec.SECP521R1}


def make_key(wanted):
    """The key that was asked for, P-256 if any does; None if it is there."""
    if not wanted.central:
        return None
    if wanted.spki is None:
        return ec.generate_private_key(ec.SECP256R1())
    algorithm = asn1.parse(wanted.spki,
                           schema.SubjectPublicKeyInfo())["algorithm"]
    if str(algorithm["algorithm"]) == cms.RSA_ENCRYPTION:
        return rsa.generate_private_key(65537, 2048)
    curve = CURVES.get(asn1.octets(algorithm, "parameters"))
    if curve is None:
        raise Rejection("badAlg", "this CA makes no such keys")
    return ec.generate_private_key(curve())


def key_pair(x, wanted, cert, key):
    """CertifiedKeyPair with all that has to be encrypted."""
    w = cms.Wrapping(**x.policy.wrapping)
    pair = {"certOrEncCert": ("certificate", asn1.Der(cert.der))}
    if wanted.encrypted and not w.in_the_clear:
        pair["certOrEncCert"] = ("encryptedCert", asn1.Der(
            _for_new_key(cert, w)))
    if w.encrypt_cert:
        pair["certOrEncCert"] = ("encryptedCert", asn1.Der(
            _for_new_key(cert, w)))
    if (key is not None and not w.no_key) or w.unasked_key:
        pair["privateKey"] = asn1.Der(_private_key(
            x, key or ec.generate_private_key(ec.SECP256R1()), w))
    return pair


def _for_new_key(cert, w):
    w.content_type = cms.DATA
    key = cert.key()
    if w.other_key:
        key = ec.generate_private_key(ec.SECP256R1()).public_key()
    content = b"\x30\x03\x02\x01\x00" if w.garbage else cert.der
    return cms.encrypted_key(content, key, cert, w)


def _private_key(x, key, w):
    if w.other_key:
        key = ec.generate_private_key(ec.SECP256R1())
    one = cms.one_key(key, w)
    package = one if w.bare_key else cms.sequence(
        *[one] * (2 if w.two_keys else 1))
    signer, signer_key, others = _maker(x, w)
    content = cms.sign(package, signer, signer_key, others, w)
    if w.garbage:
        content = content[:-1]
    if w.ber:
        content = cms.to_ber(content)
    recipient, cert = _requester(x, w)
    return cms.encrypted_key(content, recipient, cert, w)


def _requester(x, w):
    """For whom: whoever has protected the request (errata 8183, 8184)."""
    pwri = not x.peer.signs if w.pwri is None else w.pwri
    if w.other_recipient:
        other = ec.generate_private_key(ec.SECP256R1())
        return (b"another secret" if pwri else other.public_key(),
                x.peer.certificate if x.peer.signs else x.authority.signer)
    if pwri:
        secret = x.peer.row["secret"] if not x.peer.signs else b"none at all"
        if w.mac_salt and not x.peer.signs:
            w.salt = _salt_of(x.request.algorithm)
        return secret, None
    if not x.peer.signs:
        return x.authority.signer.key(), x.authority.signer
    cert = x.peer.certificate
    _check_usage(cert)
    return cert.key(), cert


def _check_usage(cert):
    """RFC 9483 4.1.6.1, 4.1.6.2: the certificate has to be for that."""
    bit = "keyAgreement" if isinstance(cert.key(), ec.EllipticCurvePublicKey) \
        else "keyEncipherment"
    if not cert.allows(bit):
        raise Refusal("badRequest", "keyUsage of the certificate that signed "
                      "the request has no %s" % bit)


def _salt_of(algorithm):
    if str(algorithm["algorithm"]) == mac.PBM:
        return bytes(asn1.parse(algorithm["parameters"],
                                schema.PBMParameter())["salt"])
    pbmac1 = asn1.parse(algorithm["parameters"], rfc8018.PBMAC1_params())
    kdf = asn1.parse(pbmac1["keyDerivationFunc"]["parameters"],
                     rfc8018.PBKDF2_params())
    return bytes(kdf["salt"]["specified"])


def _maker(x, w):
    """Certificate, key and chain of who signs the key."""
    a = x.authority
    known = {"kga": (a.kga, a.kga_key), "signer": (a.signer, a.signer_key),
             "ca": (a.ca, a.ca_key)}
    if w.kga in known:
        return (*known[w.kga], a.chain())
    key = ec.generate_private_key(ec.SECP256R1())
    issuer, issuer_key = (a.ca, a.ca_key) if w.kga == "device" \
        else (None, key)
    purpose = [certificate.extended_key_usage(certificate.CM_KGA)] \
        if w.kga == "self" else []
    cert = certificate.Certificate(certificate.make(
        names.from_text("O=Fault,CN=Somebody else"),
        certificate.public_der(key),
        [certificate.basic_constraints(False),
         certificate.key_usage("digitalSignature")] + purpose,
        30, issuer, issuer_key))
    return cert, key, a.chain()
