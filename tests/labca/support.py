# SPDX-License-Identifier: Apache-2.0
"""Folders, a running lab CA and the openssl program for these tests."""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
TOOL = os.path.join(TOP, "tools", "labca", "labca")
VECTORS = os.path.join(TOP, "tests", "vectors", "cmp")
sys.path.insert(0, os.path.dirname(TOOL))

import authority
import store

NAME = "C=FI,O=Example,CN=Test Lab CA"
DN = "/C=FI/O=Example/CN=Test Lab CA"


def vector(name):
    with open(os.path.join(VECTORS, name), "rb") as f:
        return f.read()


def labca(*words, check=True):
    """Run the command; its standard output, or the finished process."""
    done = subprocess.run([sys.executable, TOOL, *words], timeout=30,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True)
    if not check:
        return done
    if done.returncode:
        raise AssertionError("labca %s: %s" % (words, done.stderr))
    return done.stdout


class Server:
    """labca serve as a process of its own."""

    def __init__(self, folder, *options):
        self._log_path = os.path.join(folder, "log")
        self._process = subprocess.Popen(
            [sys.executable, TOOL, "serve", folder, "--log", self._log_path,
             *options], stdout=subprocess.PIPE, text=True)
        line = self._process.stdout.readline()
        assert line.startswith("listening on http://"), line
        self.url = line.split()[-1]
        self.host, _, port = self.url[len("http://"):-1].rpartition(":")
        self.host, self.port = self.host.strip("[]"), int(port)

    def log(self):
        with open(self._log_path) as f:
            return f.read()

    def stop(self):
        self._process.terminate()
        status = self._process.wait(10)
        self._process.stdout.close()
        return status


class FolderTest(unittest.TestCase):
    """A temporary folder for each test, and a CA in it."""

    intermediate = False

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="labca-test-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.ca = self.path("ca")
        self.make_ca(self.ca, self.intermediate)

    @staticmethod
    def make_ca(folder, intermediate=False):
        """What labca init does, in this process: it is faster."""
        authority.create(folder, NAME, intermediate)
        store.Store.create(folder)

    def add_secret(self, reference, secret="hello", spend="confirm"):
        with store.Store(self.ca).change() as state:
            state.add_secret(reference.encode(), secret.encode(), spend)

    def path(self, name):
        return os.path.join(self.folder, name)

    def serve(self, *options):
        server = Server(self.ca, *options)
        self.addCleanup(server.stop)
        return server

    def openssl(self, *words):
        """(exit status, everything that the openssl program said)"""
        done = subprocess.run(["openssl", *words], cwd=self.folder,
                              stdout=subprocess.PIPE, timeout=30,
                              stderr=subprocess.STDOUT, text=True)
        return done.returncode, done.stdout

    def openssl_ok(self, *words):
        status, text = self.openssl(*words)
        self.assertEqual(status, 0, text)
        return text
