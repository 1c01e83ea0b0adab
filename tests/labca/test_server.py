# SPDX-License-Identifier: Apache-2.0
"""HTTP and the command line."""
import http.client
import json
import os
import socket
import stat
import subprocess
import sys
import unittest

import support

import message

CMP = {"Content-Type": "application/pkixcmp"}


class Http(support.FolderTest):
    def setUp(self):
        super().setUp()
        self.server = self.serve()
        self.request = support.vector("irpbm.1.der")

    def connect(self, server=None):
        server = server or self.server
        connection = http.client.HTTPConnection(server.host, server.port,
                                                timeout=10)
        self.addCleanup(connection.close)
        return connection

    def ask(self, connection, method="POST", path="/pkix/", body=None,
            headers=CMP):
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer, answer.read()

    def test_any_path(self):
        connection = self.connect()
        for path in ("/", "/pkix/", "/.well-known/cmp", "/a?b=c",
                     "/.well-known/cmp/p/lab/initialization"):
            answer, data = self.ask(connection, path=path, body=self.request)
            self.assertEqual(answer.status, 200)
            self.assertEqual(answer.getheader("Content-Type"),
                             "application/pkixcmp")
            self.assertEqual(message.Request(data).body, "error")
        self.assertIn("ir 0b3cab98 from CN=dev1 (3078) -> error",
                      self.server.log())

    def test_refusals(self):
        for status, method, headers, body in (
                (405, "GET", CMP, None), (405, "PUT", CMP, b"x"),
                (415, "POST", {"Content-Type": "text/plain"}, b"x"),
                (413, "POST", dict(CMP, **{"Content-Length": "102401"}), b""),
                (411, "POST", dict(CMP, **{"Content-Length": "-1"}), b"")):
            answer, _ = self.ask(self.connect(), method, "/", body, headers)
            self.assertEqual(answer.status, status)

    def test_no_message_gets_an_error_body(self):
        answer, data = self.ask(self.connect(), body=b"hello")
        self.assertEqual(answer.status, 400)
        self.assertEqual(message.Request(data).body, "error")

    def test_keep_alive_and_close(self):
        connection = self.connect()
        self.ask(connection, body=self.request)
        self.assertIsNotNone(connection.sock)
        for options in (("--close",), ("--http", "1.0")):
            connection = self.connect(self.serve(*options))
            self.ask(connection, body=self.request)
            self.assertIsNone(connection.sock)

    def test_faults_for_all_requests(self):
        connection = self.connect(self.serve(
            "--fault", "content-type=text/plain", "--fault", "http-cmp=503"))
        answer, _ = self.ask(connection, body=self.request)
        self.assertEqual((answer.status, answer.getheader("Content-Type")),
                         (503, "text/plain"))

    def test_a_connection_that_breaks_off_hurts_nobody(self):
        with socket.create_connection((self.server.host,
                                       self.server.port)) as s:
            s.sendall(b"POST / HTTP/1.1\r\nContent-Type: application/pkixcmp"
                      b"\r\nContent-Length: 50\r\n\r\nhalf")
        answer, _ = self.ask(self.connect(), body=self.request)
        self.assertEqual(answer.status, 200)

    @unittest.skipUnless(os.path.exists("/proc/net/if_inet6"), "no IPv6")
    def test_ipv6(self):
        server = self.serve("--listen", "::1")
        self.assertIn("[::1]", server.url)
        answer, _ = self.ask(self.connect(server), body=self.request)
        self.assertEqual(answer.status, 200)


class Process(support.FolderTest):
    def test_starts_and_ends_cleanly(self):
        path, log = self.path("port"), self.path("log")
        process = subprocess.Popen(
            [sys.executable, support.TOOL, "serve", self.ca, "--port-file",
             path, "--log", log], stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.kill)
        with process.stdout as f:
            line = f.readline()
        with open(path) as f:
            self.assertEqual(line, "listening on http://127.0.0.1:%d/\n"
                             % int(f.read()))
        process.terminate()
        self.assertEqual(process.wait(20), 0)

    def test_an_error_is_one_line(self):
        done = subprocess.run([sys.executable, support.TOOL, "list",
                               self.path("nowhere")], text=True,
                              stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 1)
        self.assertTrue(done.stderr.startswith("labca: "))
        self.assertEqual(done.stderr.count("\n"), 1)


class CommandLine(support.FolderTest):
    def test_init(self):
        support.labca("init", self.path("new"))
        self.ca = self.path("new")
        names = sorted(os.listdir(self.ca))
        self.assertEqual(names, ["archive.key", "archive.pem", "ca.key",
                                 "ca.pem", "kga.key", "kga.pem",
                                 "labca.sqlite", "root.pem", "signer.key",
                                 "signer.pem"])
        for name in ("ca.key", "kga.key", "signer.key", "labca.sqlite"):
            mode = os.stat(os.path.join(self.ca, name)).st_mode
            self.assertEqual(stat.S_IMODE(mode), 0o600)
        done = support.labca("init", self.ca, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("has a CA already", done.stderr)

    def test_signer_is_a_cmc_ca_below_root(self):
        for intermediate in (False, True):
            folder = self.path("ca%d" % intermediate)
            self.make_ca(folder, intermediate)
            self.openssl_ok(
                "verify", "-x509_strict", "-CAfile", folder + "/root.pem",
                "-untrusted", folder + "/ca.pem", folder + "/signer.pem")
            text = self.openssl_ok("x509", "-noout", "-text", "-in",
                                   folder + "/signer.pem")
            self.assertIn("CMC Certificate Authority", text)

    def test_secrets(self):
        made = support.labca("secret", self.ca, "1").strip()
        self.assertGreaterEqual(len(made), 20)
        self.assertNotEqual(made, support.labca("secret", self.ca, "2"))
        self.assertEqual(support.labca("secret", self.ca, "3", "--secret",
                                       "x"), "")
        with open(self.path("file"), "w") as f:
            f.write("secret in a file\n")
        support.labca("secret", self.ca, "4", "--secret-file",
                      self.path("file"))
        for words in (("1",), ("5", "--secret", "")):
            done = support.labca("secret", self.ca, *words, check=False)
            self.assertEqual(done.returncode, 1)
            self.assertTrue(done.stderr.startswith("labca: "))

    def test_errors_are_one_line(self):
        empty = self.path("empty")
        with open(empty, "w") as f:
            f.write("nothing\n")
        for words in (("list", self.path("nowhere")),
                      ("trust", self.ca, empty),
                      ("cert", self.ca, "00"), ("decode", empty),
                      ("init", self.path("x"), "--name", "nonsense"),
                      ("serve", self.ca, "--fault", "nothing"),
                      ("serve", self.ca, "--poll-confirm"),
                      ("serve", self.ca, "--check-after", "-1"),
                      ("approve", self.ca, "00")):
            done = support.labca(*words, check=False)
            self.assertEqual(done.returncode, 1)
            self.assertTrue(done.stderr.startswith("labca: "), done.stderr)
            self.assertEqual(done.stderr.count("\n"), 1)

    def test_empty_list(self):
        self.assertEqual(support.labca("list", self.ca), "")
        text = support.labca("list", self.ca, "--json")
        self.assertEqual(json.loads(text), [])

    def test_decode(self):
        text = support.labca("decode", os.path.join(support.VECTORS,
                                                    "irpbm.1.der"))
        self.assertIn("PKIHeader", text)


if __name__ == "__main__":
    unittest.main()
