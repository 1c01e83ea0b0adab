# SPDX-License-Identifier: Apache-2.0
"""Faults in the certificate that signs an answer. All of them but
sign-answer leave an answer under a MAC alone. These certificates are made for
one answer and are not in the database: the CA has issued them to nobody."""
import datetime

from cryptography.hazmat.primitives.asymmetric import ec

import certificate
import names
import protect
import signature

DAYS = 10


def _new_key():
    return ec.generate_private_key(ec.SECP256R1())


def new_ca(subject):
    """(certificate, key) of a root of its own."""
    key = _new_key()
    der = certificate.make(
        subject, certificate.public_der(key),
        [certificate.basic_constraints(True),
         certificate.key_usage("digitalSignature", "keyCertSign")],
        DAYS, None, key)
    return certificate.Certificate(der), key


def make(x, subject=None, usage="digitalSignature", eku=True, issuer=None,
         age=0, digest="sha256"):
    """A Signer like the real one but for the arguments. age: how many days
    ago its certificate became valid."""
    key = _new_key()
    extensions = [certificate.basic_constraints(False),
                  certificate.key_usage(usage)]
    if eku:
        extensions.append(certificate.extended_key_usage(certificate.CMC_CA))
    ca, ca_key = issuer or (x.authority.ca, x.authority.ca_key)
    der = certificate.make(
        subject or x.authority.signer.subject, certificate.public_der(key),
        extensions, DAYS, ca, ca_key,
        certificate.now() - datetime.timedelta(days=age),
        signature.How(digest))
    chain = [ca.der] if issuer else x.authority.chain()
    return protect.Signer(certificate.Certificate(der), key, chain)


def _signer(**changes):
    def stage(peer, x):
        return make(x, **changes) if peer.signs else peer
    return {"peer": stage}


def _under_another_root(subject_of):
    def stage(peer, x):
        return make(x, issuer=new_ca(subject_of(x))) if peer.signs else peer
    return {"peer": stage}


def _unknown(x):
    return names.from_text("CN=A root that nobody knows")


def _same_name(x):
    return x.authority.ca.subject


FAULTS = {
    "expired-signer": _signer(age=2 * DAYS),
    "early-signer": _signer(age=-DAYS),
    "device-signer": _signer(subject=names.from_text("CN=another device"),
                             eku=False),
    "signer-without-eku": _signer(eku=False),
    "signer-without-usage": _signer(usage="keyAgreement"),
    "sha1-signer": _signer(digest="sha1"),
    "unknown-signer": _under_another_root(_unknown),
    "impostor-signer": _under_another_root(_same_name),
    "sign-answer": {"peer": lambda peer, x: protect.Signer.of(x.authority)},
}
