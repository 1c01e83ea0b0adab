# SPDX-License-Identifier: Apache-2.0
"""The honest CA, in this process and with its database, and the device."""
import collections
import contextlib
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path.append(os.path.join(TOP, "tools", "labca"))

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

import authority
import certificate
import faults
import names
from engine import Engine
from store import Store

LWCMP = os.environ.get("LWCMP") or os.path.join(TOP, "build", "gcc-san",
                                               "lwcmp")
NAME = "C=FI,O=Example,CN=Hostile Lab CA"
SUBJECT = "C=FI,O=Example,CN=device 1"
REF, SECRET = "4711", "secret of the test"  # test material
TIME_LIMIT = 30  # seconds for one run of the program

# Exit codes of lwcmp.
DONE, WAITING, NETWORK, HTTP, REJECTED = 0, 4, 10, 12, 20
NOT_AUTHENTIC, PATH, UNACCEPTABLE = 21, 22, 23
INTERNAL = 1

Run = collections.namedtuple("Run", "status out err")


class Lab:
    def __init__(self, folder):
        self.folder = folder
        ca = self.path("ca")
        authority.create(ca, NAME, True)
        Store.create(ca)
        self.store = Store(ca)
        with self.store.change() as state:
            state.add_secret(REF.encode(), SECRET.encode(), "never")
        self.authority = authority.Authority(ca)
        self.engine = Engine(self.authority, self.store, faults.Policy())
        self._made = {}

    def path(self, name):
        return os.path.join(self.folder, name)

    def answer(self, request):
        return self.engine.handle(request, faults.Fault()).der

    def given(self):
        """DER of all certificates that this CA has issued."""
        with self.store.change() as state:
            return [row["der"] for row in state.certificates()]

    def snapshot(self):
        with open(self.store.path, "rb") as f:
            return f.read()

    def restore(self, snapshot):
        with open(self.store.path, "wb") as f:
            f.write(snapshot)

    def once(self, name, make):
        """Things that take time to make are made once in a lab."""
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

    def root_key(self):
        with open(self.path("ca/root.key"), "rb") as f:
            return serialization.load_pem_private_key(f.read(), None)

    def twin(self):
        """Another CA with the same names and other keys."""
        return self.once("twin", lambda: Lab(_folder(self.path("twin"))))

    def signer(self, subject=None, days=0, issuer=None, issuer_key=None,
               extensions=None, key=None):
        """A (certificate, key) that might sign messages. `days` moves its
        validity; unless told otherwise it is what the honest signer has."""
        a = self.authority
        key = key or ec.generate_private_key(ec.SECP256R1())
        if extensions is None:
            extensions = [certificate.basic_constraints(False),
                          certificate.key_usage("digitalSignature"),
                          certificate.extended_key_usage(certificate.CMC_CA)]
        with _clock(days):
            der = certificate.make(
                names.from_text(subject) if subject else a.signer.subject,
                certificate.public_der(key), extensions, 100,
                issuer or a.ca, issuer_key or a.ca_key)
        return certificate.Certificate(der), key


def _folder(path):
    os.mkdir(path)
    return path


@contextlib.contextmanager
def _clock(days):
    """Certificates made in here are as old as if made on another day."""
    real = certificate.now
    certificate.now = lambda: real() + certificate.datetime.timedelta(days)
    try:
        yield
    finally:
        certificate.now = real


class Device:
    """The program under test with its state directory."""

    def __init__(self, lab, url):
        self.lab, self.url = lab, url
        self.state = lab.path("state")
        self.identity = lab.path("identity")
        self.pem, self.key = lab.path("own.pem"), lab.path("own.key")
        self.root = lab.path("ca/root.pem")
        self._make_own()
        self._operations = {
            "ir": ["enroll", "--learn-anchors"] + self._secret(),
            "ir-trusted": ["enroll", "--trusted", self.root] + self._secret(),
            "ir-pbmac1": ["enroll", "--trusted", self.root, "--pbmac1"]
            + self._secret(),
            "cr-mac": ["certify", "--trusted", self.root] + self._secret(),
            "cr": ["certify", "--trusted", self.root, "--cert", self.pem,
                   "--key", self.key, "--subject", SUBJECT],
            "kur": ["renew"]}

    @staticmethod
    def _secret():
        return ["--ref", REF, "--secret", "env:SECRET", "--iterations",
                "100", "--subject", SUBJECT]

    def _make_own(self):
        """A certificate of this CA to sign a cr with."""
        a = self.lab.authority
        cert, key = self.lab.signer(
            "CN=device 0", extensions=[certificate.basic_constraints(False),
                                       certificate.key_usage(
                                           "digitalSignature")])
        with self.lab.store.change() as state:
            state.add_certificate(cert, b"by hand")
        self.own = cert, key
        with open(self.pem, "w") as f:
            f.write(authority.to_pem(cert.der) + authority.to_pem(a.ca.der))
        with open(self.key, "wb") as f:
            f.write(key.private_bytes(serialization.Encoding.PEM,
                                      serialization.PrivateFormat.PKCS8,
                                      serialization.NoEncryption()))

    def prepare(self, operation):
        """Only a renewal begins with an identity."""
        shutil.rmtree(self.state, ignore_errors=True)
        if operation == "kur":
            shutil.copytree(self.identity, self.state)

    def run(self, operation, *more):
        words = [LWCMP, *self._operations[operation],
                 "--server", self.url, "--state", self.state, *more]
        if "--timeout" not in more:
            words += ["--timeout", "5"]
        try:
            done = subprocess.run(
                words, timeout=TIME_LIMIT, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                env=dict(os.environ, SECRET=SECRET))
        except subprocess.TimeoutExpired:
            return Run("no end after %d s" % TIME_LIMIT, b"", b"")
        return Run(done.returncode, done.stdout, done.stderr)

    def files(self):
        """The state directory as {name: bytes}."""
        found = {}
        if os.path.isdir(self.state):
            for name in os.listdir(self.state):
                with open(os.path.join(self.state, name), "rb") as f:
                    found[name] = f.read()
        return found

    def settle(self):
        """Keep the present state as the identity that renewals begin with."""
        shutil.copytree(self.state, self.identity)


