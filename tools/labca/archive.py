# SPDX-License-Identifier: Apache-2.0
"""Private keys that devices give away for safe-keeping (RFC 4211 section 6.4):
taken out of the request, and judged before they are kept."""
import hmac

from cryptography.hazmat.primitives import hashes, keywrap, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.x963kdf import X963KDF
from pyasn1_modules import rfc5652

import asn1
import certificate
import cms
import names
import schema
from message import Rejection

ARCHIVE_OPTIONS = "1.3.6.1.5.5.7.5.1.4"
KEY_WITH_ID = "1.2.840.113549.1.9.16.1.21"


def control(cert_request):
    """The control as it came, or None."""
    found = [asn1.encode(c)
             for c in asn1.field(cert_request, "controls") or []
             if str(c["type"]) == ARCHIVE_OPTIONS]
    if len(found) > 1:
        raise Rejection("badRequest", "more than one key for the archive")
    return found[0] if found else None


def open_key(x, wanted):
    """PrivateKeyInfo of the key that is to be certified; None: no copy."""
    if wanted.archive is None:
        return None
    if x.request.pvno != 3:
        raise Rejection("badRequest", "a key for the archive needs pvno 3")
    try:
        key, identifier = _read(x.authority, wanted.archive)
    except (ValueError, keywrap.InvalidUnwrap) as e:
        raise Rejection("badDataFormat", "the key for the archive: %s"
                        % (str(e) or type(e).__name__)) from e
    _check(wanted, key, identifier)
    return key


def _check(wanted, key, identifier):
    """Whose key it says to be, and of what it is (RFC 4211 4.2.1)."""
    if identifier is None or not names.same(identifier, wanted.subject):
        raise Rejection("badRequest", "the identifier of the key for the "
                        "archive is not the subject")
    try:
        private = serialization.load_der_private_key(key, None)
    except (ValueError, TypeError) as e:
        raise Rejection("badDataFormat", "the key for the archive cannot be "
                        "read: %s" % e) from e
    if certificate.public_der(private) != wanted.spki:
        raise Rejection("badPOP", "the key for the archive is not the one "
                        "that is to be certified")


def _read(authority, der):
    """(PrivateKeyInfo, Name or None) out of the control; ValueError."""
    value = asn1.elements(der)[1]
    options = asn1.parse(value, schema.PKIArchiveOptions())
    if options.getName() != "encryptedPrivKey":
        raise ValueError("only encryptedPrivKey is supported")
    encrypted = options.getComponent()
    if encrypted.getName() != "envelopedData":
        raise ValueError("EncryptedValue is not supported")
    enveloped = encrypted.getComponent()
    infos = enveloped["recipientInfos"]
    if len(infos) != 1:
        raise ValueError("there has to be one recipient")
    info = infos[0]
    content_key = {"ktri": _transported, "kari": _agreed}.get(
        info.getName(), _unknown)(authority, info.getComponent())
    version = {"ktri": 0, "kari": 2}[info.getName()]
    if int(enveloped["version"]) != version:
        raise ValueError("the version has to be %d" % version)
    return _take_apart(_decrypt(
        enveloped["encryptedContentInfo"], content_key))


def _unknown(authority, info):
    raise ValueError("this kind of recipient is not supported")


def _check_rid(authority, rid):
    if rid.getName() != "issuerAndSerialNumber":
        raise ValueError("the recipient is not named by issuer and serial")
    rid, cert = rid.getComponent(), authority.archive
    if int(rid["serialNumber"]) != cert.serial \
            or not names.same(asn1.encode(rid["issuer"]), cert.issuer):
        raise ValueError("it is encrypted for somebody else")


def _transported(authority, info):
    """RSAES-OAEP with SHA-256 all through."""
    key, alg = authority.archive_key, info["keyEncryptionAlgorithm"]
    _check_rid(authority, info["rid"])
    if int(info["version"]) != 0 or not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError("another version or kind of key")
    sha256 = cms.algorithm(cms.HASH["sha256"], b"\x05\0")
    params = cms.sequence(asn1.wrap(0xa0, sha256), asn1.wrap(
        0xa1, cms.algorithm(cms.MGF1, sha256)))
    if asn1.encode(alg) != cms.algorithm(cms.OAEP, params):
        raise ValueError("it is not RSAES-OAEP with SHA-256")
    return key.decrypt(bytes(info["encryptedKey"]), padding.OAEP(
        padding.MGF1(hashes.SHA256()), hashes.SHA256(), None))


def _agreed(authority, info):
    """ECDH with the KDF of X9.63 and AES key wrap (RFC 5753)."""
    key, alg = authority.archive_key, info["keyEncryptionAlgorithm"]
    keys = info["recipientEncryptedKeys"]
    if len(keys) != 1 or int(info["version"]) != 3 \
            or not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("another version, number of keys or kind of key")
    _check_rid(authority, keys[0]["rid"])
    wrap = asn1.octets(alg, "parameters")
    if str(alg["algorithm"]) != cms.ECDH["sha256"] \
            or wrap != cms.algorithm(cms.AES_WRAP[32]):
        raise ValueError("another algorithm")
    origin = info["originator"]
    if origin.getName() != "originatorKey":
        raise ValueError("there is no originatorKey")
    origin = b"\x30" + asn1.encode(origin.getComponent())[1:]
    theirs = serialization.load_der_public_key(origin)
    shared = cms.sequence(wrap, asn1.wrap(0xa2, cms.octets(
        (256).to_bytes(4, "big"))))
    kek = X963KDF(hashes.SHA256(), 32, shared).derive(
        key.exchange(ec.ECDH(), theirs))
    return keywrap.aes_key_unwrap(kek, bytes(keys[0]["encryptedKey"]))


def _decrypt(info, key):
    alg = info["contentEncryptionAlgorithm"]
    if str(info["contentType"]) != KEY_WITH_ID:
        raise ValueError("the content is no EncKeyWithID")
    if str(alg["algorithm"]) != cms.AES_CBC[32]:
        raise ValueError("the content is not encrypted by AES-256")
    iv = bytes(asn1.parse(asn1.octets(alg, "parameters"),
                          rfc5652.univ.OctetString()))
    cipher = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    plain = cipher.update(bytes(info["encryptedContent"])) \
        + cipher.finalize()
    pad = plain[-1:] * plain[-1]
    if not 1 <= plain[-1] <= 16 or not hmac.compare_digest(
            pad, plain[-len(pad):]):
        raise ValueError("the padding is wrong")
    return plain[:-len(pad)]


def _take_apart(plain):
    """EncKeyWithID: the key as it came, and the name it goes by."""
    content = asn1.parse(plain, schema.EncKeyWithID())
    if asn1.encode(content) != plain:
        raise ValueError("EncKeyWithID is not DER")
    if int(content["privateKey"]["version"]) != 0:
        raise ValueError("the version of PrivateKeyInfo is not 0")
    identifier = asn1.field(content, "identifier")
    if identifier is not None:
        if identifier.getName() != "generalName" or \
                identifier.getComponent().getName() != "directoryName":
            raise ValueError("the identifier is no directoryName")
        identifier = asn1.elements(asn1.encode(identifier))[0]
    return asn1.elements(plain)[0], identifier
