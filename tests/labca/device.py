# SPDX-License-Identifier: Apache-2.0
"""A device in Python: it makes requests, right and wrong ones at will."""
import hashlib
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from pyasn1_modules import rfc2986, rfc8018

import asn1
import certificate
import mac
import message
import names
import schema
import signature

EXTENSION_REQUEST = "1.2.840.113549.1.9.14"
SHA256 = "2.16.840.1.101.3.4.2.1"
HMAC_SHA256 = "1.2.840.113549.2.9"


def new_key():
    return ec.generate_private_key(ec.SECP256R1())


def pbm(owf=SHA256, hmac=HMAC_SHA256, iterations=200, salt=b"s" * 16):
    return asn1.build(schema.AlgorithmIdentifier(), {
        "algorithm": mac.PBM,
        "parameters": asn1.encode(asn1.build(schema.PBMParameter(), {
            "salt": salt, "owf": {"algorithm": owf},
            "iterationCount": iterations, "mac": {"algorithm": hmac}}))})


def pbmac1(iterations=200, key_length=32):
    kdf = asn1.build(rfc8018.PBKDF2_params(), {
        "salt": ("specified", b"salt" * 4), "iterationCount": iterations,
        "keyLength": key_length, "prf": {"algorithm": HMAC_SHA256,
                                         "parameters": b"\5\0"}})
    parameters = asn1.build(rfc8018.PBMAC1_params(), {
        "keyDerivationFunc": {"algorithm": mac.PBKDF2,
                              "parameters": asn1.encode(kdf)},
        "messageAuthScheme": {"algorithm": HMAC_SHA256,
                              "parameters": b"\5\0"}})
    return asn1.build(schema.AlgorithmIdentifier(), {
        "algorithm": mac.PBMAC1, "parameters": asn1.encode(parameters)})


class MacCredential:
    def __init__(self, reference, secret, algorithm=None):
        self.reference, self.secret = reference, secret
        self.algorithm = algorithm if algorithm is not None else pbm()
        self.certs = []

    def header(self):
        name = names.from_text("CN=" + self.reference.decode())
        return {"sender": message.name_field(name),
                "senderKID": self.reference,
                "protectionAlg": asn1.Der(asn1.encode(self.algorithm))}

    def protect(self, data):
        return mac.compute(self.secret, self.algorithm, data)


class KeyCredential:
    def __init__(self, key, cert):
        self.key, self.cert, self.certs = key, cert, [cert.der]

    def header(self):
        return {"sender": message.name_field(self.cert.subject),
                "senderKID": self.cert.ski,
                "protectionAlg": signature.sign_algorithm()}

    def protect(self, data):
        return self.key.sign(data, ec.ECDSA(hashes.SHA256()))


def request_body(kind, key, subject="CN=device", extensions=None, **changes):
    """The body of ir, cr or kur. Changes: template, popo, controls."""
    template = {"subject": None if subject is None
                else asn1.Der(names.from_text(subject) if subject
                              else names.EMPTY),
                "publicKey": asn1.Der(certificate.public_der(key)),
                "extensions": extensions}
    template.update(changes.get("template", {}))
    cert_request = asn1.encode(asn1.build(schema.CertRequest(), {
        "certReqId": 0, "certTemplate": template,
        "controls": changes.get("controls")}))
    popo = ("signature", {
        "algorithmIdentifier": signature.sign_algorithm(),
        "signature": signature.sign(changes.get("pop_key", key),
                                    cert_request)})
    return (kind, [{"certReq": asn1.Der(cert_request),
                    "popo": changes.get("popo", popo)}])


def csr_body(key, subject="CN=device", attributes=(), version=0, **changes):
    """The body of p10cr. attributes: lists of Extensions. Changes: pop_key."""
    info = asn1.encode(asn1.build(rfc2986.CertificationRequestInfo(), {
        "version": version, "subject": asn1.Der(names.from_text(subject)),
        "subjectPKInfo": asn1.Der(certificate.public_der(key)),
        "attributes": [{"type": EXTENSION_REQUEST, "values": [
            asn1.encode(asn1.build(schema.Extensions(), extensions))]}
            for extensions in attributes]}))
    return ("p10cr", {
        "certificationRequestInfo": asn1.Der(info),
        "signatureAlgorithm": signature.sign_algorithm(),
        "signature": signature.sign(changes.get("pop_key", key), info)})


class Transaction:
    """One operation: send() gives the answer of an engine, decoded."""

    def __init__(self, engine, credential, faults):
        self.engine, self.credential = engine, credential
        self.faults = faults
        self.id, self.nonce = os.urandom(16), os.urandom(16)
        self.recip_nonce = None

    def encode(self, body, implicit=False, **header):
        credential = self.credential
        fields = message.header_fields(None, self.nonce, implicit)
        fields.update({"transactionID": self.id,
                       "recipNonce": self.recip_nonce})
        fields.update(credential.header())
        fields.update(header)
        return message.compose(fields, body, credential.protect,
                               credential.certs)

    def send(self, body, **header):
        der = self.encode(body, **header)
        return self.receive(self.engine.handle(der, self.faults).der)

    def receive(self, der):
        answer = message.Request(der)
        self.recip_nonce, self.nonce = answer.sender_nonce, os.urandom(16)
        return answer


def issued(answer):
    """The certificate of a positive ip, cp or kup."""
    pair = answer.content["response"][0]["certifiedKeyPair"]
    return certificate.Certificate(
        asn1.elements(asn1.encode(pair["certOrEncCert"]))[0])


def cert_conf(cert, accept=True, request_id=0, **changes):
    status = {"certHash": hashlib.sha256(cert.der).digest(),
              "certReqId": request_id,
              "statusInfo": {"status": 0 if accept else 2}}
    status.update(changes)
    return ("certConf", [status])


def failure(answer):
    """(body, failInfo names) of a negative answer."""
    if answer.body == "error":
        info = answer.content["pKIStatusInfo"]
    else:
        info = answer.content["response"][0]["status"]
    bits = asn1.field(info, "failInfo")
    return answer.body, [schema.FAIL_INFO[i]
                         for i, bit in enumerate(bits or []) if bit]
