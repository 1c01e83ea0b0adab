#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the CRLs of the tests, beside this file.

The openssl program writes those of a real CA, the cryptography package of
Python the odd ones, and openssl judges them; neither is part of lwcmp. Run it
only to renew them all. The keys are thrown away. Everything here is test
material.
"""
import datetime
import os
import subprocess
import tempfile

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

HERE = os.path.dirname(os.path.abspath(__file__))
DER = serialization.Encoding.DER
PEM = serialization.Encoding.PEM
CONFIG = """
[ca]
default_ca = lab
[lab]
database = index.txt
crlnumber = number
crl_extensions = extensions
default_md = sha256
default_crl_days = 3650
[extensions]
authorityKeyIdentifier = keyid
issuingDistributionPoint = critical, @point
[point]
fullname = URI:http://crl.example/ca.crl
"""
# State, end, revocation and its reason, serial number, file, subject.
INDEX = """\
R\t350101000000Z\t260201000000Z,keyCompromise\t1234\tunknown\t/CN=a
R\t350101000000Z\t260202000000Z\t00F234\tunknown\t/CN=b
R\t350101000000Z\t260203000000Z,certificateHold\t03\tunknown\t/CN=c
V\t350101000000Z\t\t1236\tunknown\t/CN=d
"""


def day(year):
    return datetime.datetime(year, 1, 1)


def name(text):
    return x509.Name([
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, 'Test material'),
        x509.NameAttribute(NameOID.COMMON_NAME, text)])


def write(file, made):
    with open(f'{HERE}/{file}.der', 'wb') as f:
        f.write(made.public_bytes(DER))


def issue(file, subject, own, signer, serial, ca):
    """A certificate by the CA, or its own."""
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(
        signer.public_key())
    point = x509.DistributionPoint(
        [x509.UniformResourceIdentifier('http://crl.example/ca.crl')],
        None, None, None)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(subject)).issuer_name(name('Test CA'))
        .public_key(own.public_key()).serial_number(serial)
        .not_valid_before(day(2026)).not_valid_after(day(2046))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(
            own.public_key()), False)
        .add_extension(authority, False)
        .add_extension(x509.BasicConstraints(ca, None), True)
        .add_extension(x509.KeyUsage(
            not ca, False, False, False, False, ca, ca, False, False), True))
    if not ca:
        builder = builder.add_extension(
            x509.CRLDistributionPoints([point]), False)
    made = builder.sign(signer, hashes.SHA256())
    write(file, made)
    return made


def run(folder, *args):
    return subprocess.run(['openssl', *args], cwd=folder, check=False,
                          capture_output=True, text=True)


def pem(folder, file, data):
    with open(f'{folder}/{file}.pem', 'wb') as f:
        f.write(data)


def by_openssl(folder, ca, key, file):
    """The CRL of openssl ca, in DER."""
    pem(folder, 'ca', ca.public_bytes(PEM))
    pem(folder, 'key', key.private_bytes(
        PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    for at, text in (('config', CONFIG), ('index.txt', INDEX),
                     ('number', '10F0\n'), ('index.txt.attr', '')):
        with open(f'{folder}/{at}', 'w', encoding='ascii') as f:
            f.write(text)
    done = run(folder, 'ca', '-config', 'config', '-gencrl', '-cert', 'ca.pem',
               '-keyfile', 'key.pem', '-out', 'crl.pem',
               '-crl_lastupdate', '20260301000000Z',
               '-crl_nextupdate', '20360301000000Z')
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    run(folder, 'crl', '-in', 'crl.pem', '-outform', 'DER', '-out',
        f'{HERE}/{file}.der')


def odd(file, key, *extensions, entry=None, last=2026, until=2036):
    builder = (x509.CertificateRevocationListBuilder()
               .issuer_name(name('Test CA'))
               .last_update(day(last)).next_update(day(until)))
    for extension in extensions:
        builder = builder.add_extension(extension, True)
    revoked = (x509.RevokedCertificateBuilder().serial_number(0x1234)
               .revocation_date(day(2026)))
    if entry is not None:
        revoked = revoked.add_extension(entry, True)
    write(file, builder.add_revoked_certificate(revoked.build())
          .sign(key, hashes.SHA256()))


def idp(**fields):
    made = dict(full_name=None, relative_name=None,
                only_contains_user_certs=False, only_contains_ca_certs=False,
                only_some_reasons=None, indirect_crl=False,
                only_contains_attribute_certs=False)
    made.update(fields)
    return x509.IssuingDistributionPoint(**made)


def judge(folder, ca, file, good):
    """What the tests say of the signature, openssl says, too."""
    pem(folder, 'ca', ca.public_bytes(PEM))
    done = run(folder, 'crl', '-inform', 'DER', '-in', f'{HERE}/{file}.der',
               '-CAfile', 'ca.pem', '-noout', '-verify')
    if ('verify OK' in done.stderr) != good:
        raise SystemExit(f'openssl thinks otherwise of {file}: {done.stderr}')


def make(folder):
    key, alien = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    ca = issue('ca', 'Test CA', key, key, 1, True)
    rsa_key = rsa.generate_private_key(65537, 2048)
    rsa_ca = issue('rsa-ca', 'Test CA', rsa_key, rsa_key, 1, True)
    issue('revoked', 'Test RA', alien, key, 0x1234, False)
    issue('good', 'Test RA', alien, key, 0x1236, False)
    by_openssl(folder, ca, key, 'ca-crl')
    by_openssl(folder, rsa_ca, rsa_key, 'rsa-crl')

    odd('users', key, idp(only_contains_user_certs=True))
    odd('cas', key, idp(only_contains_ca_certs=True))
    odd('reasons', key, idp(only_some_reasons=frozenset(
        [x509.ReasonFlags.key_compromise])))
    odd('indirect', key, idp(indirect_crl=True),
        entry=x509.CertificateIssuer([x509.DirectoryName(name('Other'))]))
    odd('delta', key, x509.DeltaCRLIndicator(1))
    odd('unknown', key, x509.UnrecognizedExtension(
        x509.ObjectIdentifier('1.2.3.4'), b'\5\0'))
    odd('unknown-entry', key, entry=x509.UnrecognizedExtension(
        x509.ObjectIdentifier('1.2.3.4'), b'\5\0'))
    odd('late', key, last=2050, until=2060)
    odd('forged', alien)

    for file in ('ca-crl', 'users', 'cas', 'reasons', 'indirect', 'delta',
                 'unknown', 'unknown-entry', 'late'):
        judge(folder, ca, file, True)
    judge(folder, rsa_ca, 'rsa-crl', True)
    judge(folder, ca, 'forged', False)
    judge(folder, ca, 'rsa-crl', False)


if __name__ == '__main__':
    with tempfile.TemporaryDirectory() as scratch:
        make(scratch)
