# SPDX-License-Identifier: Apache-2.0
"""Messages that the program has dumped, read with pyasn1."""
import glob

from cryptography import x509
from cryptography.hazmat.primitives import serialization

import peers
import asn1
import certificate
import message

REQUESTS = "ir", "cr", "kur"


def present(sequence):
    """The names of the fields that are there."""
    return {kind.name for kind in sequence.componentType.namedTypes
            if asn1.field(sequence, kind.name) is not None}


class Message(message.Request):
    def __init__(self, path):
        with open(path, "rb") as f:
            super().__init__(f.read())
        self.raw_header = asn1.elements(self.der)[0]

    @property
    def raw_sender(self):
        return asn1.elements(self.raw_header)[1]

    @property
    def raw_recipient(self):
        return asn1.elements(self.raw_header)[2]

    @property
    def certs(self):
        return [certificate.Certificate(der) for der in self.extra_certs]

    @property
    def cert_req_msg(self):
        return self.content[0]

    @property
    def template(self):
        return self.cert_req_msg["certReq"]["certTemplate"]

    @property
    def raw_cert_request(self):
        cert_req_msg = asn1.elements(self.raw_content)[0]
        return asn1.elements(cert_req_msg)[0]

    @property
    def raw_template(self):
        """Its fields by their tags."""
        template = asn1.elements(self.raw_cert_request)[1]
        return {field[0] & 0x1f: field for field in asn1.elements(template)}

    @property
    def popo(self):
        return asn1.field(self.cert_req_msg, "popo")

    @property
    def public_key(self):
        """The key of the template, as another library loads it."""
        spki = b"\x30" + self.raw_template[6][1:]
        return serialization.load_der_public_key(spki)


class Operation:
    """The messages of one folder, the certificate or the secret that protects
    ours, and the new certificate."""

    before = None  # the request, if an earlier run has sent it

    def __init__(self, device, name, signer=None):
        messages = [Message(path) for path in sorted(
            glob.glob(device.path(name) + "/*.der"))]
        self.name = name
        self.messages = messages
        self.sent, self.received = messages[0::2], messages[1::2]
        self.signer = self._read(device, signer) if signer else None
        self.secret = None if signer else peers.SECRET.encode()
        self.new = self._read(device, name)

    @staticmethod
    def _read(device, name):
        with open(device.path(name + ".pem"), "rb") as f:
            pem = x509.load_pem_x509_certificate(f.read())
        return certificate.Certificate(
            pem.public_bytes(serialization.Encoding.DER))

    def ours(self, *kinds):
        return [m for m in self.sent if m.body in kinds or not kinds]

    @property
    def request(self):
        return self.ours(*REQUESTS)[0]

    @property
    def answer(self):
        """That which brings the certificate."""
        return [m for m in self.received if m.body in ("ip", "cp", "kup")][-1]
