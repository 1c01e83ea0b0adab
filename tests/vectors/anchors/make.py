#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the root certificates of the tests of anchors, beside this file.

The cryptography package of Python writes them and the openssl program judges
them; neither is part of lwcmp. Run it only to renew them all. The keys are
thrown away. Everything here is test material.
"""
import datetime
import os
import subprocess

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = os.path.dirname(os.path.abspath(__file__))
DER = serialization.Encoding.DER
PEM = serialization.Encoding.PEM
# Roots overlap from 2034 to 2036, and the third comes ten years later.
FIRST, SECOND, THIRD = (2026, 2036), (2034, 2046), (2044, 2056)
LINK, LATE, LINK2 = (2034, 2036), (2034, 2040), (2044, 2046)
made = {}


def day(year):
    return datetime.datetime(year, 1, 1)


def name(text):
    return x509.Name([
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, 'Test material'),
        x509.NameAttribute(NameOID.COMMON_NAME, text)])


def key():
    return ec.generate_private_key(ec.SECP256R1())


def usage(sign):
    return x509.KeyUsage(
        digital_signature=not sign, key_cert_sign=sign, crl_sign=sign,
        content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, encipher_only=False,
        decipher_only=False)


# pylint: disable-next=too-many-arguments,too-many-positional-arguments
def issue(file, subject, own, issuer, signer, years, ca=True, length=None,
          sign=True):
    key_id = x509.SubjectKeyIdentifier.from_public_key(own.public_key())
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(
        signer.public_key())
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(subject)).issuer_name(name(issuer))
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(day(years[0])).not_valid_after(day(years[1]))
        .add_extension(key_id, False).add_extension(authority, False)
        .add_extension(usage(sign), True))
    if ca is not None:
        builder = builder.add_extension(
            x509.BasicConstraints(ca, length), True)
    made[file] = builder.sign(signer, hashes.SHA256())
    with open(f'{HERE}/{file}.der', 'wb') as f:
        f.write(made[file].public_bytes(DER))


def verify(anchor, leaf, years):
    """What openssl says of a certificate below a root, or of a root itself."""
    for part in (anchor, leaf):
        with open(f'{HERE}/{part}.pem', 'wb') as f:
            f.write(made[part].public_bytes(PEM))
    moment = int((day(years[0]) - day(1970)).total_seconds()) + 86400
    try:
        return subprocess.run(
            ['openssl', 'verify', '-attime', str(moment), '-check_ss_sig',
             '-x509_strict', '-CAfile', f'{anchor}.pem', f'{leaf}.pem'],
            cwd=HERE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            check=False).returncode == 0
    finally:
        for part in {anchor, leaf}:
            os.remove(f'{HERE}/{part}.pem')


def openssl_takes(anchor, link, root, years=LINK):
    """Whether openssl comes from one root to its successor over the link.

    It does not build a path from a self-signed certificate, so it is asked
    for both signatures.
    """
    return (verify(anchor, link, years) and verify(root, root, years) and
            made[link].public_key().public_numbers() ==
            made[root].public_key().public_numbers())


def make():
    root = 'Test Root'
    old, new, third, short, alien, sub = (key() for _ in range(6))
    issue('old', root, old, root, old, FIRST)
    issue('new', root, new, root, new, SECOND)
    issue('new-with-old', root, new, root, old, LINK)
    issue('late-with-old', root, new, root, old, LATE)
    issue('old-with-new', root, old, root, new, FIRST)
    issue('third', root, third, root, third, THIRD)
    issue('third-with-new', root, third, root, new, LINK2)

    # Of a root that allows no CA below it.
    issue('short', root, short, root, short, FIRST, length=0)
    issue('new-with-short', root, new, root, short, LINK)

    # Another CA of the same name, and one of another.
    issue('alien', root, alien, root, alien, FIRST)
    issue('new-with-alien', root, new, root, alien, LINK)
    issue('renamed', 'Test Root 2', new, 'Test Root 2', new, SECOND)
    issue('renamed-with-old', 'Test Root 2', new, root, old, LINK)

    # A subordinate CA that would like to be a root.
    issue('sub', 'Test Sub', sub, 'Test Sub', sub, SECOND)
    issue('sub-with-old', 'Test Sub', sub, root, old, LINK)

    # What is no CA, or not signed by its own key.
    issue('no-ca', root, new, root, new, SECOND, ca=False)
    issue('no-basic', root, new, root, new, SECOND, ca=None)
    issue('no-sign', root, new, root, new, SECOND, sign=False)
    issue('unsigned', root, new, root, alien, SECOND)
    issue('link-no-ca', root, new, root, old, LINK, ca=False)


def judge():
    """What the tests say of these certificates, openssl says, too."""
    good = [('old', 'new-with-old', 'new'), ('new', 'old-with-new', 'old'),
            ('short', 'new-with-short', 'new'),
            # RFC 9810 4.4 leaves a change of the name aside; we refuse it.
            ('old', 'renamed-with-old', 'renamed'),
            ('old', 'sub-with-old', 'sub')]
    bad = [('alien', 'new-with-old', 'new'), ('old', 'new-with-alien', 'new'),
           ('old', 'third-with-new', 'third'),
           ('old', 'new-with-old', 'unsigned'),
           ('old', 'new-with-old', 'third')]
    for case in good + bad:
        if openssl_takes(*case) != (case in good):
            raise SystemExit(f'openssl thinks otherwise of {case}')
    if not openssl_takes('new', 'third-with-new', 'third', LINK2):
        raise SystemExit('openssl refuses the third root')


if __name__ == '__main__':
    make()
    judge()
