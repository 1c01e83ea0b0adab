#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the test data of this folder anew: keys and what is encrypted for
them, some of it by the openssl program (o-*), the rest by the lab CA."""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, *[".."] * 3, "tools", "labca"))

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

import asn1
import authority
import certificate
import cms
import names
from cms import Wrapping

TEXT = b"This was encrypted for a test."
SECRET = b"a secret for tests"

# name: (key, error, changes)
CASES = {
    "ktri": ("rsa", "ok", {}),
    "ktri-issuer": ("rsa", "ok", {"by_ski": False}),
    "ktri-oaep": ("rsa", "ok", {"oaep": True}),
    "ktri-oaep-384": ("rsa", "ALGORITHM", {"oaep": True, "hash": "sha384"}),
    "ktri-oaep-sha1": ("rsa", "ALGORITHM", {"oaep": True, "hash": "sha1"}),
    "ktri-long-key": ("rsa", "nonsense", {"bad_wrap": True}),
    "ktri-padding": ("rsa", "nonsense", {"bad_padding": True}),
    "ktri-ber": ("rsa", "ok", {"ber": True, "key_bytes": 24}),
    "kari": ("p256", "ok", {}),
    "kari-128": ("p256", "ok", {"key_bytes": 16, "by_ski": False}),
    "kari-no-ukm": ("p256", "ok", {"ukm": None}),
    "kari-long-ukm": ("p256", "ok", {"ukm": b"u" * 90}),
    "kari-too-long-ukm": ("p256", "ALGORITHM", {"ukm": b"u" * 128}),
    "kari-384": ("p384", "ok", {"hash": "sha384"}),
    "kari-512": ("p384", "ok", {"hash": "sha512", "key_bytes": 24}),
    "kari-sha1": ("p256", "ALGORITHM", {"hash": "sha1", "key_bytes": 16}),
    "kari-wrap": ("p256", "DECRYPT", {"bad_wrap": True}),
    "kari-padding": ("p256", "DECRYPT", {"bad_padding": True}),
    "kari-two": ("p256", "CMS", {"two_recipients": True}),
    "kari-ber": ("p256", "ok", {"ber": True}),
    "value": ("p256", "CMS", {"encrypted_value": True}),
    "version": ("p256", "ok", {"version": 0}),
    "pwri": ("secret", "ok", {}),
    "pwri-512": ("secret", "ok", {"hash": "sha512", "key_bytes": 16}),
    "pwri-sha1": ("secret", "ALGORITHM", {"hash": "sha1"}),
    "pwri-kek": ("secret", "ALGORITHM", {"pwri_kek": True}),
    "pwri-wrap": ("secret", "DECRYPT", {"bad_wrap": True}),
    "pwri-iterations": ("secret", "ITERATIONS", {"iterations": 10001}),
}

# Signed by a key of another curve, with one of RSA, and spoilt.
SIGNED = {
    "signed": ("p256", {}),
    "signed-issuer": ("p256", {"by_ski": False}),
    "signed-rsa": ("rsa", {}),
    "signed-digest": ("p256", {"bad_digest": True}),
    "signed-bad": ("p256", {"bad_signature": True}),
    "signed-hash": ("p256", {"other_hash": True}),
    "signed-rsa-hash": ("rsa", {"other_hash": True}),
}


def write(name, data):
    with open(os.path.join(HERE, name), "wb") as f:
        f.write(data)


def private_octets(key):
    der = key.private_bytes(serialization.Encoding.DER,
                            serialization.PrivateFormat.TraditionalOpenSSL,
                            serialization.NoEncryption())
    if isinstance(key, rsa.RSAPrivateKey):
        return der
    return asn1.elements(der)[1][2:]


def make_keys():
    keys = {"rsa": rsa.generate_private_key(65537, 2048),
            "p256": ec.generate_private_key(ec.SECP256R1()),
            "p384": ec.generate_private_key(ec.SECP384R1())}
    issuer = ec.generate_private_key(ec.SECP256R1())
    ca = certificate.Certificate(certificate.make(
        names.from_text("CN=Test data CA"), certificate.public_der(issuer),
        [certificate.basic_constraints(True)], 3650, None, issuer))
    certs = {}
    for name, key in keys.items():
        certs[name] = certificate.Certificate(certificate.make(
            names.from_text("CN=Test data " + name),
            certificate.public_der(key),
            [certificate.basic_constraints(False)], 3600, ca, issuer))
        write(name + ".key", private_octets(key))
        write(name + "-cert.der", certs[name].der)
    return keys, certs


def openssl(name, cert, *words):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "recipient")
        with open(path, "w") as f:
            f.write(authority.to_pem(cert.der))
        done = subprocess.run(
            ["openssl", "cms", "-encrypt", "-binary", "-outform", "DER",
             *words[:1], "-recip", path, *words[1:]], input=TEXT,
            stdout=subprocess.PIPE, check=True)
    info = asn1.elements(asn1.elements(done.stdout)[1])[0]
    write(name + ".der", b"\xa0" + info[1:])
    return "%s.der %s ok" % (name, {"o-ktri": "rsa", "o-oaep": "rsa"}.get(
        name, "p384" if name.endswith("384") else "p256"))


def main():
    keys, certs = make_keys()
    lines = []
    for name, (key, error, options) in CASES.items():
        w = Wrapping(**options)
        recipient = SECRET if key == "secret" else keys[key].public_key()
        der = cms.encrypted_key(TEXT, recipient, certs.get(key), w)
        write(name + ".der", cms.to_ber(der) if w.ber else der)
        lines.append("%s.der %s %s" % (name, key, error))
    lines.append(openssl("o-ktri", certs["rsa"], "-aes128"))
    lines.append(openssl(
        "o-oaep", certs["rsa"], "-aes256", "-keyopt", "rsa_padding_mode:oaep",
        "-keyopt", "rsa_oaep_md:sha256", "-keyopt", "rsa_mgf1_md:sha256"))
    lines.append(openssl("o-kari", certs["p256"], "-aes256", "-keyopt",
                         "ecdh_kdf_md:sha256"))
    lines.append(openssl("o-kari-384", certs["p384"], "-aes192", "-keyopt",
                         "ecdh_kdf_md:sha384", "-keyid"))
    with open(os.path.join(HERE, "envelopes"), "w") as f:
        f.write("# EncryptedKey, for whom, what comes of it\n"
                + "\n".join(lines) + "\n")
    for name, (key, options) in SIGNED.items():
        w = Wrapping(**options)
        write(name + ".der", cms.sign(
            cms.sequence(cms.one_key(keys["p256"], w)), certs[key],
            keys[key], [], w))
    with open(os.path.join(HERE, "signed.der"), "rb") as f:
        write("signed-ber.der", cms.to_ber(f.read()))
    write("bare.der", cms.one_key(keys["p256"], Wrapping(bare_key=True)))
    write("package-rsa.der",
          cms.sequence(cms.one_key(keys["rsa"], Wrapping())))
    write("package.der", cms.sequence(cms.one_key(keys["p256"], Wrapping())))


if __name__ == "__main__":
    main()
