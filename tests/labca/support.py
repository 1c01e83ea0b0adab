# SPDX-License-Identifier: Apache-2.0
"""Folders, a running lab CA and the openssl program for these tests."""
import contextlib
import importlib.machinery
import importlib.util
import io
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest
from unittest import mock

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
TOOL = os.path.join(TOP, "tools", "labca", "labca")
VECTORS = os.path.join(TOP, "tests", "vectors", "cmp")
sys.path.insert(0, os.path.dirname(TOOL))

import authority
import store

NAME = "C=FI,O=Example,CN=Test Lab CA"
DN = "/C=FI/O=Example/CN=Test Lab CA"


# The CA writes to the disk before each answer; memory is faster.
FOLDERS = "/dev/shm" if os.path.isdir("/dev/shm") else None


def new_folder():
    return tempfile.mkdtemp(prefix="labca-test-", dir=FOLDERS)


def vector(name):
    with open(os.path.join(VECTORS, name), "rb") as f:
        return f.read()


def labca(*words, check=True):
    """Run the command in this process, which is faster than to start one;
    its standard output, or the finished process."""
    out, err = io.StringIO(), io.StringIO()
    status = 0
    with mock.patch.object(sys, "argv", [TOOL, *words]), \
            contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            command.main()
        except SystemExit as e:
            status = _status(e.code)
    done = subprocess.CompletedProcess(words, status, out.getvalue(),
                                       err.getvalue())
    if not check:
        return done
    if status:
        raise AssertionError("labca %s: %s" % (words, done.stderr))
    return done.stdout


def _status(code):
    """What Python makes of the argument of sys.exit()."""
    if isinstance(code, str):
        print(code, file=sys.stderr)
        return 1
    return code or 0


def _load(path):
    """The command as a module, although its file is named like a command."""
    loader = importlib.machinery.SourceFileLoader("labca_command", path)
    spec = importlib.util.spec_from_loader(loader.name, loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


command = _load(TOOL)


class Server:
    """labca serve in a thread of this process, which starts faster."""

    def __init__(self, folder, *options):
        self._log_path = os.path.join(folder, "log")
        self._httpd = command.make_server(command.parser().parse_args(
            ["serve", folder, "--log", self._log_path, *options]))
        self.url = self._httpd.url()
        self.host, self.port = self._httpd.server_address[:2]
        self._thread = threading.Thread(target=self._httpd.serve_forever,
                                        args=(0.02,), daemon=True)
        self._thread.start()

    def log(self):
        with open(self._log_path) as f:
            return f.read()

    def stop(self):
        """Threads that wait for a client go on, but the log is going."""
        self._httpd.note = lambda peer, text: None
        self._httpd.shutdown()
        self._thread.join()
        self._httpd.server_close()


class FolderTest(unittest.TestCase):
    """A temporary folder for each test, and a CA in it."""

    intermediate = False
    name = NAME

    def setUp(self):
        self.folder = new_folder()
        self.addCleanup(shutil.rmtree, self.folder)
        self.ca = self.path("ca")
        self.make_ca(self.ca, self.intermediate)

    @classmethod
    def make_ca(cls, folder, intermediate=False):
        """What labca init does, in this process: it is faster."""
        authority.create(folder, cls.name, intermediate)
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

    def start_openssl(self, *words):
        """A process that runs while the test goes on."""
        process = subprocess.Popen(["openssl", *words], cwd=self.folder,
                                   stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def openssl_ok(self, *words):
        status, text = self.openssl(*words)
        self.assertEqual(status, 0, text)
        return text
