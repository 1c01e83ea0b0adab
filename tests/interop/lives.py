# SPDX-License-Identifier: Apache-2.0
"""Lives of devices, each of which is lived only once for all the tests that
look at what was sent."""
import functools
import unittest

from cryptography.hazmat.primitives.asymmetric import rsa, utils

import peers
import support
import asn1
import mac
import message
import signature
from dumped import REQUESTS, Message, Operation

SAN = "dns:device.example,ip:192.0.2.7"
# Not the one who answers.
RECIPIENT = "C=FI,CN=Somebody"
# Strings of several types, and two attributes in one part of the name.
MIXED_NAME = "/C=FI/O=Example/CN=device+serialNumber=7/emailAddress=a@b.ex"
MIXED_SAN = ("subjectAltName=critical,DNS:device.example,URI:urn:dev:1,"
             "email:a@b.example,IP:192.0.2.7")


class Life(peers.Device):
    """Made by hand, for its folder and its CA."""

    def __init__(self, intermediate=False):
        super().__init__()
        self.intermediate = intermediate

    def start(self, *options):
        self.add_secret(peers.REF, peers.SECRET, "never")
        self.url = self.serve(*options).url

    def ask(self, verb, name, *more, url=None, status=peers.DONE):
        words = () if verb == "renew" else (
            "--subject", "C=FI,O=Example,CN=device 1")
        self.expect(status, verb, "--server", url or self.url, "--certout",
                    name + ".pem", "--dump", name, *words, *more)

    def by_secret(self, verb, name, kind, *more, **also):
        self.make_key(name, kind)
        self.ask(verb, name, "--newkey", name + ".key", "--trusted",
                 "ca/root.pem", "--ref", peers.REF, "--secret", "env:SECRET",
                 "--iterations", "1000", *more, **also)
        return Operation(self, name)

    def by_key(self, verb, name, kind, signer, *more, **also):
        self.make_key(name, kind)
        self.ask(verb, name, "--newkey", name + ".key", "--trusted",
                 "ca/root.pem", "--cert", signer + ".pem", "--key",
                 signer + ".key", *more, **also)
        return Operation(self, name, signer)


def in_store(life):
    """Keys are made by the program and never leave it."""
    life.start()
    state = ["--state", "device"]
    life.ask("enroll", "enrolled", "--ref", peers.REF, "--secret",
             "env:SECRET", "--learn-anchors", "--iterations", "1000",
             "--san", SAN, *state)
    yield Operation(life, "enrolled")
    life.ask("renew", "renewed", *state)
    yield Operation(life, "renewed", "enrolled")
    life.ask("renew", "implicitly", "--implicit-confirm", *state)
    yield Operation(life, "implicitly", "renewed")


def in_files(life):
    life.start()
    yield life.by_secret("certify", "rsa", "rsa2048", "--pbmac1",
                         "--key-usage", "keyEncipherment")
    yield life.by_secret("enroll", "p384", "p384", "--implicit-confirm")
    yield life.by_key("certify", "agreement", "p256", "p384", "--key-usage",
                      "keyAgreement", "--recipient", RECIPIENT)
    yield life.by_key("certify", "further", "p384", "p384",
                      "--implicit-confirm")
    yield life.by_key("renew", "p521", "p521", "p384")
    yield life.by_key("renew", "rsa3072", "rsa3072", "p521")


def of_a_maker(life):
    """Our certificate stands below another CA and has no key identifier. The
    lab CA forgets the chain between ir and certConf, so there is none."""
    life.start()
    life.make("maker", "/CN=Maker", *peers.CA, issuer="maker")
    life.make("sub", "/CN=Maker 2", *peers.CA, issuer="maker")
    life.make("idev", "/CN=idev 1", issuer="sub", kind="rsa2048", ski="none")
    support.labca("trust", life.ca, life.path("maker.pem"))
    yield life.by_key("enroll", "made", "p256", "idev", "--chain", "sub.pem",
                      "--recipient", RECIPIENT, "--implicit-confirm")


def polling(life):
    life.start("--poll-count", "1", "--check-after", "0")
    wait = ["--wait", "10"]
    yield life.by_secret("enroll", "last", "p256", *wait)
    yield life.by_secret(
        "enroll", "original", "p256", *wait,
        url=life.url + "fault/waiting=1/fault/poll-nonce=original/pkix/")
    yield life.by_secret("certify", "by-error", "p256", *wait,
                         url=life.url + "fault/waiting-by-error=1/pkix/")
    url = life.url + "fault/waiting-confirm=1/pkix/"
    yield life.by_key("renew", "signed", "p256", "last", *wait, url=url)


def resumed(life):
    """One process asks, another one goes on."""
    life.start()
    life.by_secret("enroll", "old", "p256")
    life.url = life.serve("--approve", "manual", "--poll-nonce",
                          "original").url
    words = ["renew", "--server", life.url, "--trusted", "ca/root.pem",
             "--cert", "old.pem", "--key", "old.key", "--newkey", "new.key",
             "--certout", "new.pem", "--dump"]
    life.make_key("new")
    life.expect(peers.PENDING, *words, "before")
    transaction = support.labca("waiting", life.ca).split()[0]
    support.labca("approve", life.ca, transaction)
    life.expect(peers.DONE, *words, "new")
    operation = Operation(life, "new", "old")
    operation.before = Message(life.path("before/01-kur.der"))
    yield operation


def with_mock_server(life, kind, digest):
    """Certificates of openssl, with a name and a hash of its own choice."""
    life.make("root", "/CN=Root", *peers.CA, digest=digest)
    life.make("server", "/CN=Server", "keyUsage=digitalSignature",
              "extendedKeyUsage=1.3.6.1.5.5.7.3.28")
    for name in ("old", "new"):
        life.make(name, MIXED_NAME, "keyUsage=digitalSignature", MIXED_SAN,
                  serial="77", kind=kind, digest=digest)
    server = peers.MockServer(
        life.folder, "-rsp_cert", "new.pem", "-srv_cert", "server.pem",
        "-srv_key", "server.key", "-srv_trusted", "root.pem")
    life.addCleanup(server.stop)
    life.expect(peers.DONE, "renew", "--server", server.url, "--cert",
                "old.pem", "--key", "old.key", "--trusted", "root.pem",
                "--newkey", "new.key", "--certout", "new.pem", "--dump",
                "new")
    yield Operation(life, "new", "old")


def sha384(life):
    return with_mock_server(life, "p384", "sha384")


def sha512(life):
    return with_mock_server(life, "rsa2048", "sha512")


LIVES = in_store, in_files, of_a_maker, polling, resumed, sha384, sha512


@functools.lru_cache(maxsize=None)
def live(function):
    life = Life(intermediate=function in (in_store, in_files))
    try:
        life.setUp()
        return list(function(life))
    finally:
        life.doCleanups()


class Sent(unittest.TestCase):
    """Tests of what was sent; each goes through all lives that have it."""

    lives = LIVES

    def operations(self):
        for function in self.lives:
            yield from live(function)

    def sent(self, *kinds):
        """(operation, message) for all messages, or those of these kinds"""
        count = 0
        for operation in self.operations():
            for m in operation.ours(*kinds):
                count += 1
                yield operation, m
        self.assertGreater(count, 1)

    def requests(self):
        return self.sent(*REQUESTS)

    def signed(self, *kinds):
        return (row for row in self.sent(*kinds) if row[0].signer)

    def by_secret(self, *kinds):
        return (row for row in self.sent(*kinds) if row[0].secret)

    def operation(self, function, name):
        return next(o for o in live(function) if o.name == name)

    def check_protection(self, operation, m):
        """By its certificate or secret; other libraries judge."""
        if operation.signer:
            signature.verify(operation.signer.key(), m.algorithm,
                             m.protection, m.protected_part)
        else:
            self.assertEqual(m.protection, mac.compute(
                operation.secret, m.algorithm, m.protected_part))

    def check_encoding_of_signature(self, key, value):
        if isinstance(key, rsa.RSAPublicKey):
            self.assertEqual(len(value), key.key_size // 8)
        else:
            pair = utils.decode_dss_signature(value)
            self.assertEqual(value, utils.encode_dss_signature(*pair))

    def check_algorithm(self, key, algorithm):
        """RFC 9481 3: one for keys of this kind, with its parameters."""
        oid = str(algorithm["algorithm"])
        parameters = asn1.octets(algorithm, "parameters")
        if isinstance(key, rsa.RSAPublicKey):
            self.assertIn(oid, signature.RSA)
            self.assertEqual(parameters, message.NULL)
        else:
            self.assertIn(oid, signature.ECDSA)
            self.assertIsNone(parameters)
