# SPDX-License-Identifier: Apache-2.0
"""The program under test, and the peers that judge it: the lab CA and the
openssl program with its mock server."""
import glob
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "labca"))

import support  # finds the modules of the lab CA
import schema

LWCMP = os.environ["LWCMP"]
# Version 3.5 beside the machine's own; mk/test.mk makes it.
OPENSSL35 = os.environ.get("OPENSSL35") or os.path.normpath(os.path.join(
    HERE, "../../build/openssl35/openssl"))
NO_OPENSSL35 = os.environ.get("NO_OPENSSL35") == "yes"
REF, SECRET = "4711", "secret of the test"

# Exit codes of lwcmp.
DONE, USAGE, PENDING = 0, 2, 4
NETWORK, HTTP, REJECTED, NOT_AUTHENTIC = 10, 12, 20, 21
PATH, UNACCEPTABLE, STORAGE = 22, 23, 30

EC = {"p256": "P-256", "p384": "P-384", "p521": "P-521"}
# Extensions of certificates that openssl makes.
CA = "basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign"


class Device(support.FolderTest):
    """A test with a folder, a lab CA and the program."""

    def lwcmp(self, *words, env=None, stdin=None):
        """(exit status, standard output, standard error)"""
        done = subprocess.run([LWCMP, *words], cwd=self.folder, timeout=60,
                              env=dict(os.environ, SECRET=SECRET,
                                       **(env or {})),
                              input=stdin, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True,
                              errors="replace")
        self.assertNotIn("Sanitizer", done.stderr)
        return done.returncode, done.stdout, done.stderr

    def expect(self, status, *words, **more):
        got, out, err = self.lwcmp(*words, **more)
        self.assertEqual(got, status, "%s\n%s%s" % (words, out, err))
        return out + err

    def enroll(self, url, *more, status=DONE, state="device"):
        return self.expect(
            status, "enroll", "--server", url, "--state", state, "--ref", REF,
            "--secret", "env:SECRET", "--subject",
            "C=FI,O=Example,CN=device 1", "--learn-anchors",
            "--iterations", "1000", *more)

    def renew(self, url, *more, status=DONE):
        return self.expect(status, "renew", "--server", url, "--state",
                           "device", *more)

    def contents(self, folder="device"):
        """The files of a folder with their bytes."""
        found = {}
        for path in glob.glob(self.path(folder) + "/*"):
            with open(path, "rb") as f:
                found[os.path.basename(path)] = f.read()
        return found

    def states(self):
        """The states of all certificates, in the order of issue."""
        return re.findall(r"\b(issued|confirmed|rejected|superseded|"
                          r"revoked)\b",
                          support.labca("list", self.ca))

    def verify(self, anchor, certificate, *more):
        self.assertIn("OK", self.openssl_ok(
            "verify", "-x509_strict", "-CAfile", anchor, *more, certificate))

    def text(self, certificate):
        return self.openssl_ok("x509", "-in", certificate, "-noout", "-text")

    def make_key(self, name, kind="p256"):
        """A key of openssl: p256, p384, p521, rsa2048, rsa3072, rsa4096."""
        option = ["EC", "-pkeyopt", "ec_paramgen_curve:" + EC[kind]] \
            if kind in EC else ["RSA", "-pkeyopt",
                                "rsa_keygen_bits:" + kind[3:]]
        self.openssl_ok("genpkey", "-algorithm", *option, "-out",
                        name + ".key")

    def make(self, name, subject, *extensions, kind="p256", issuer="root",
             serial="1", digest="sha256", ski="hash"):
        """Such a key, and a certificate for it of the issuer, or its own."""
        lines = ["subjectKeyIdentifier=" + ski, *extensions]
        signer = ["-signkey", name + ".key"]
        if name != issuer:
            lines.append("authorityKeyIdentifier=keyid")
            signer = ["-CA", issuer + ".pem", "-CAkey", issuer + ".key",
                      "-set_serial", serial]
        with open(self.path(name + ".ext"), "w") as f:
            f.write("\n".join(lines))
        self.make_key(name, kind)
        self.openssl_ok("req", "-new", "-key", name + ".key", "-subj",
                        subject, "-out", name + ".csr")
        self.openssl_ok("x509", "-req", "-in", name + ".csr", "-days", "30",
                        "-extfile", name + ".ext", "-out", name + ".pem",
                        "-" + digest, *signer)

    def public_key(self, certificate):
        return self.openssl_ok("x509", "-in", certificate, "-noout",
                               "-pubkey")

    def check_pair(self, name):
        self.assertEqual(
            self.openssl_ok("pkey", "-in", name + ".key", "-pubout"),
            self.public_key(name + ".pem"))

    def check_encoding(self, folder="dump"):
        """What we have sent is decoded and encoded again by another codec."""
        files = sorted(glob.glob(self.path(folder) + "/*.der"))
        self.assertTrue(files)
        for path in files:
            with open(path, "rb") as f:
                der = f.read()
            self.assertEqual(schema.encode(schema.decode(der)), der, path)
        return [os.path.basename(path) for path in files]


class MockServer:
    """openssl cmp -port: it gives out one certificate, whatever is asked. It
    remembers the transaction, so each test has its own."""

    def __init__(self, folder, *options, program="openssl"):
        self._process = subprocess.Popen(
            [program, "cmp", "-port", "0", *options], cwd=folder,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        seen = []
        for line in self._process.stdout:
            seen.append(line)
            found = re.match(r"ACCEPT .*:(\d+)", line)
            if found:
                # It answers 404 for well-known paths.
                self.url = "http://127.0.0.1:%s/pkix/" % found[1]
                return
        raise AssertionError("".join(seen))

    def stop(self):
        self._process.terminate()
        self._process.communicate(timeout=10)
