# SPDX-License-Identifier: Apache-2.0
"""The keys and certificates of the lab CA in its folder."""
import base64
import os
import textwrap

from cryptography.hazmat.primitives import serialization

import certificate
import names
import signature

CA_DAYS = 3650


def to_pem(der):
    text = "\n".join(textwrap.wrap(base64.b64encode(der).decode(), 64))
    return ("-----BEGIN CERTIFICATE-----\n%s\n"
            "-----END CERTIFICATE-----\n" % text)


def from_pem(text):
    """All certificates of a PEM text as DER; ValueError if there is none."""
    found = []
    for part in text.split("-----BEGIN CERTIFICATE-----")[1:]:
        body, end, _ = part.partition("-----END CERTIFICATE-----")
        if not end:
            raise ValueError("a certificate has no END line")
        found.append(base64.b64decode("".join(body.split()), validate=True))
    if not found:
        raise ValueError("there is no certificate in it")
    return found


class Authority:
    """root is the trust anchor, ca issues, signer signs CMP messages, and
    kga the keys that are made for devices; archive is for keys that devices
    give away."""

    def __init__(self, folder):
        self.folder = folder
        self.root = read_certificate(folder, "root")
        self.ca = read_certificate(folder, "ca")
        self.signer = read_certificate(folder, "signer")
        self.ca_key = read_key(folder, "ca")
        self.signer_key = read_key(folder, "signer")
        self.kga = read_certificate(folder, "kga")
        self.kga_key = read_key(folder, "kga")
        self.archive = read_certificate(folder, "archive")
        self.archive_key = read_key(folder, "archive")
        # All keys sign as the root has signed itself.
        self.how = signature.How.of(self.root.algorithm)

    def chain(self):
        """What stands between an issued certificate and the root."""
        return [] if self.ca.der == self.root.der else [self.ca.der]


def create(folder, name, intermediate, kind="p256", how=signature.How()):
    """Make the keys, of one kind, and certificates; FileExistsError if there
    are some."""
    os.makedirs(folder, mode=0o700, exist_ok=True)
    subject = names.from_text(name)
    root_name = names.from_text(names.extend_common_name(
        name, " Root")) if intermediate else subject
    root_key = new_key(folder, "root" if intermediate else "ca", kind)
    root = make_ca(root_name, root_key, None, root_key, how)
    write_certificate(folder, "root", root)
    ca, ca_key = root, root_key
    if intermediate:
        ca_key = new_key(folder, "ca", kind)
        ca = make_ca(subject, ca_key, root, root_key, how)
    write_certificate(folder, "ca", ca)
    for file, suffix, purpose in (
            ("signer", " CMP signer", certificate.CMC_CA),
            ("kga", " Key maker", certificate.CM_KGA)):
        _make_entity(folder, names.from_text(names.extend_common_name(
            name, suffix)), (ca, ca_key), new_key(folder, file, kind), file,
                     [certificate.key_usage("digitalSignature"),
                      certificate.extended_key_usage(purpose)], how)
    _make_entity(folder, names.from_text(names.extend_common_name(
        name, " Archive")), (ca, ca_key), new_key(folder, "archive"),
                 "archive", [certificate.key_usage("keyAgreement")], how)


def ca_extensions():
    return [certificate.basic_constraints(True),
            certificate.key_usage("digitalSignature", "keyCertSign",
                                  "cRLSign")]


def make_ca(subject, key, issuer, issuer_key, how=signature.How()):
    return certificate.Certificate(certificate.make(
        subject, certificate.public_der(key), ca_extensions(), CA_DAYS,
        issuer, issuer_key, how=how))


def _make_entity(folder, subject, issuer, key, file, extensions, how):
    write_certificate(folder, file, certificate.Certificate(
        certificate.make(
            subject, certificate.public_der(key),
            [certificate.basic_constraints(False), *extensions],
            CA_DAYS, *issuer, how=how)))


def new_key(folder, name, kind="p256"):
    key = signature.new_key(kind)
    pem = key.private_bytes(serialization.Encoding.PEM,
                            serialization.PrivateFormat.PKCS8,
                            serialization.NoEncryption())
    path = os.path.join(folder, name + ".key")
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600),
              "wb") as f:
        f.write(pem)
    return key


def read_key(folder, name):
    with open(os.path.join(folder, name + ".key"), "rb") as f:
        return serialization.load_pem_private_key(f.read(), None)


def write_certificate(folder, name, cert):
    with open(os.path.join(folder, name + ".pem"), "w") as f:
        f.write(to_pem(cert.der))


def read_certificate(folder, name):
    with open(os.path.join(folder, name + ".pem")) as f:
        return certificate.Certificate(from_pem(f.read())[0])
