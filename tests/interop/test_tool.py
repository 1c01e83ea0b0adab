# SPDX-License-Identifier: Apache-2.0
"""The program must not lose what lies around it."""
import os
import re
import resource
import socket
import stat
import subprocess
import unittest

import peers
import support


class Tool(peers.Device):
    def setUp(self):
        super().setUp()
        self.add_secret(peers.REF, peers.SECRET)

    def ask(self, url, status, *more):
        return self.expect(
            status, "enroll", "--server", url, "--ref", peers.REF, "--secret",
            "env:SECRET", "--subject", "CN=x", "--trusted", "ca/root.pem",
            *more)

    def write(self, name, text="precious"):
        with open(self.path(name), "w") as f:
            f.write(text)

    def test_a_request_under_way_keeps_its_key(self):
        url = self.serve("--approve", "manual").url
        files = ["--certout", "x.pem"]
        self.ask(url, peers.PENDING, *files, "--newkeyout", "1.key")
        text = self.ask(url, peers.USAGE, *files, "--newkeyout", "2.key")
        self.assertIn("another key", text)
        self.assertFalse(os.path.exists(self.path("2.key")))
        self.make_key("3")
        self.ask(url, peers.USAGE, *files, "--newkey", "3.key")
        transaction = support.labca("waiting", self.ca).split()[0]
        support.labca("approve", self.ca, transaction)
        self.ask(url, peers.DONE, *files, "--newkey", "1.key")
        self.verify("ca/root.pem", "x.pem")

    def test_help_fits_on_a_terminal(self):
        text = self.expect(peers.DONE, "help")
        verbs = re.findall(r"^  ([a-z]\w*)  ", text, re.M)
        self.assertIn("poll", verbs)
        for verb in verbs:
            text = self.expect(peers.DONE, "help", verb)
            self.assertTrue(text.startswith("usage: lwcmp "), verb)
            self.assertEqual([line for line in text.split("\n")
                              if len(line) > 80], [], verb)

    def test_a_directory_in_the_way_stays(self):
        url = self.serve().url
        os.mkdir(self.path("precious"))
        self.write("precious/journal")
        os.symlink("precious", self.path("x.pem.lwcmp"))
        self.ask(url, peers.STORAGE, "--certout", "x.pem", "--newkeyout",
                 "x.key")
        os.remove(self.path("x.pem.lwcmp"))
        os.rename(self.path("precious"), self.path("x.pem.lwcmp"))
        self.ask(url, peers.STORAGE, "--certout", "x.pem", "--newkeyout",
                 "y.key")
        self.assertEqual(os.listdir(self.path("x.pem.lwcmp")), ["journal"])

    def test_a_directory_for_everybody_is_refused(self):
        os.mkdir(self.path("state"))
        os.chmod(self.path("state"), 0o777)
        self.ask(self.serve().url, peers.STORAGE, "--state", "state")

    def test_one_file_spelled_two_ways(self):
        self.ask(self.serve().url, peers.USAGE, "--certout", "./same",
                 "--newkeyout", "same")
        self.assertFalse(os.path.exists(self.path("same")))

    def test_what_is_no_file_is_not_replaced(self):
        os.mkfifo(self.path("pipe"))
        self.ask(self.serve().url, peers.STORAGE, "--certout", "pipe",
                 "--newkeyout", "x.key")
        self.assertTrue(stat.S_ISFIFO(os.stat(self.path("pipe")).st_mode))

    def test_a_new_key_has_no_passphrase(self):
        self.ask(self.serve().url, peers.USAGE, "--certout", "x.pem",
                 "--newkeyout", "x.key", "--key-pass", "env:SECRET")

    def test_modes(self):
        self.ask(self.serve().url, peers.DONE, "--certout", "x.pem",
                 "--newkeyout", "x.key")
        self.assertEqual(os.stat(self.path("x.key")).st_mode & 0o777, 0o600)
        self.assertEqual(os.stat(self.path("x.pem")).st_mode & 0o077,
                         0o044 & ~self.umask())

    @staticmethod
    def umask():
        mask = os.umask(0)
        os.umask(mask)
        return mask

    def test_a_long_secret(self):
        text = self.expect(
            peers.USAGE, "enroll", "--server", "http://127.0.0.1/", "--ref",
            "x", "--secret", "env:LONG", "--subject", "CN=x", "--state",
            "state", "--learn-anchors", env={"LONG": "x" * 129})
        self.assertIn("LONG", text)

    def redirected(self, redirection, *words):
        done = subprocess.run(
            ["sh", "-c", 'exec "$0" "$@" ' + redirection, peers.LWCMP, *words],
            cwd=self.folder, stderr=subprocess.PIPE, text=True, timeout=60)
        return done.returncode, done.stderr

    def test_stdout_cannot_be_written(self):
        url = self.serve().url
        self.add_secret("many", "hello", "never")
        for number, redirection in enumerate((
                ">/dev/full", ">&-", ">&- 2>&-", "<&- >&- 2>&-")):
            with self.subTest(redirection):
                state = "state%d" % number
                status, text = self.redirected(
                    redirection, "enroll", "--server", url, "--ref", "many",
                    "--secret", "pass:hello", "--subject", "CN=x",
                    "--trusted", "ca/root.pem", "--state", state, "--verbose")
                self.assertEqual(status, peers.DONE, text)
                self.assertTrue("2>" in redirection or "stdout" in text)
                # No file was opened in the place of a stream.
                self.assertEqual(self.contents(state)["lock"], b"")
                self.assertEqual(self.states()[-1], "confirmed")
                status, _ = self.redirected(redirection, "show",
                                            "ca/root.pem")
                self.assertEqual(status, peers.STORAGE)

    def test_no_core_file(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            s.listen()
            process = subprocess.Popen(
                [peers.LWCMP, "enroll", "--server", "http://127.0.0.1:%d/"
                 % s.getsockname()[1], "--ref", "x", "--secret", "pass:x",
                 "--subject", "CN=x", "--learn-anchors", "--state", "state"],
                # The sanitizer would set this limit itself.
                env=dict(os.environ, ASAN_OPTIONS="disable_coredump=0"),
                cwd=self.folder, stderr=subprocess.DEVNULL)
            self.addCleanup(process.wait)
            self.addCleanup(process.kill)
            s.settimeout(30)
            s.accept()
            self.assertEqual(
                resource.prlimit(process.pid, resource.RLIMIT_CORE), (0, 0))


if __name__ == "__main__":
    unittest.main()
