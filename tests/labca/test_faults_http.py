# SPDX-License-Identifier: Apache-2.0
"""Faults of HTTP, as they look on the wire."""
import http.client
import shutil
import socket
import time
import unittest

import support

import message

CMP = "application/pkixcmp"


class HttpFaults(unittest.TestCase):
    """One server for all: each request names its faults in the path."""

    @classmethod
    def setUpClass(cls):
        cls.folder = support.new_folder()
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        support.FolderTest.make_ca(cls.folder)
        cls.server = support.Server(cls.folder)
        cls.addClassCleanup(cls.server.stop)
        cls.request = support.vector("irpbm.1.der")

    def post(self, *faults, timeout=10):
        """A connection on which the request has been sent."""
        path = "".join("/fault/%s" % name for name in faults) + "/pkix/"
        head = ("POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\n"
                "Content-Length: %d\r\n\r\n" % (path, CMP,
                                                len(self.request)))
        connection = socket.create_connection(
            (self.server.host, self.server.port), timeout)
        self.addCleanup(connection.close)
        connection.sendall(head.encode() + self.request)
        return connection

    def ask(self, *faults):
        """(HTTPResponse, body) of an answer that ends."""
        answer = http.client.HTTPResponse(self.post(*faults))
        self.addCleanup(answer.close)
        answer.begin()
        return answer, answer.read()

    def is_cmp(self, answer, data, status=200):
        self.assertEqual((answer.status, answer.getheader("Content-Type")),
                         (status, CMP))
        self.assertEqual(message.Request(data).body, "error")

    def test_other_replies(self):
        for faults, status, kind, start in (
                (["html"], 200, "text/html", b"<html>"),
                (["empty"], 200, CMP, b""),
                (["content-type"], 200, "application/octet-stream", b"0"),
                (["content-type=text%2Fplain"], 200, "text/plain", b"0"),
                (["http=404"], 404, "text/plain", b"fault: HTTP 404"),
                (["http=500"], 500, "text/plain", b"fault: HTTP 500")):
            answer, data = self.ask(*faults)
            self.assertEqual((answer.status,
                              answer.getheader("Content-Type")),
                             (status, kind))
            self.assertTrue(data.startswith(start))
            self.assertEqual(data == b"", faults == ["empty"])

    def test_cmp_body_with_any_status(self):
        for status in (200, 400, 404, 503, 599):
            self.is_cmp(*self.ask("http-cmp=%d" % status), status=status)

    def test_retry_after(self):
        for faults, status, value in (
                (["http=503", "retry-after"], 503, "60"),
                (["http-cmp=503", "retry-after=0"], 503, "0"),
                (["http=503", "retry-after=soon"], 503, "soon")):
            answer, _ = self.ask(*faults)
            self.assertEqual((answer.status,
                              answer.getheader("Retry-After")),
                             (status, value))

    def test_redirect(self):
        for fault, where in (("redirect", "/elsewhere/"),
                             ("redirect=http:%2F%2Fh.example%2F",
                              "http://h.example/")):
            answer, _ = self.ask(fault)
            self.assertEqual((answer.status, answer.getheader("Location")),
                             (302, where))

    def test_chunked(self):
        for fault in ("chunked", "chunked=1", "chunked=100000"):
            answer, data = self.ask(fault)
            self.assertEqual(answer.getheader("Transfer-Encoding"),
                             "chunked")
            self.is_cmp(answer, data)
        raw = self.read(self.post("chunked=7"))
        self.assertIn(b"\r\n\r\n7\r\n0", raw)
        self.assertTrue(raw.endswith(b"\r\n0\r\n\r\n"))

    def test_no_length(self):
        answer, data = self.ask("no-length")
        self.assertIsNone(answer.getheader("Content-Length"))
        self.is_cmp(answer, data)

    def read(self, connection, enough=None):
        """Everything until the server closes, or enough of it."""
        data = b""
        while enough is None or len(data) < enough:
            more = connection.recv(10000)
            if not more:
                break
            data += more
        return data

    def test_lost_answers(self):
        for fault in ("hang-up", "drop"):
            self.assertEqual(self.read(self.post(fault)), b"")
        with self.assertRaises(http.client.IncompleteRead) as caught:
            self.ask("cut-answer")
        got = caught.exception
        self.assertIn(len(got.partial) - got.expected, (0, -1))

    def test_silence(self):
        connection = self.post("silence", timeout=0.3)
        with self.assertRaises(socket.timeout):
            connection.recv(1)

    def test_trickle(self):
        start = time.monotonic()
        connection = self.post("trickle=0.02")
        data = self.read(connection, 10)
        self.assertGreaterEqual(time.monotonic() - start, 0.02 * 9)
        self.assertLess(len(data), 30)
        self.assertTrue(data.startswith(b"HTTP/1.1 2"))
        self.is_cmp(*self.ask("trickle=0"))

    def test_one_octet_a_second(self):
        connection = self.post("trickle", timeout=3)
        self.assertEqual(connection.recv(1), b"H")
        connection.settimeout(0.3)
        with self.assertRaises(socket.timeout):
            connection.recv(1)

    def test_endless(self):
        for fault, words in (
                ("endless", b"Connection: close\r\n\r\n0"),
                ("endless-chunked", b"Transfer-Encoding: chunked"),
                ("endless-head", b"\r\nX-Fault: xxx")):
            connection = self.post(fault)
            data = self.read(connection, 20000)
            self.assertGreaterEqual(len(data), 20000)
            self.assertIn(words, data)
            if fault == "endless-head":
                self.assertNotIn(b"\r\n\r\n", data)
            connection.close()

    def test_they_get_along_with_faults_of_the_message(self):
        answer, data = self.ask("pvno=4", "http-cmp=500", "chunked=9")
        self.is_cmp(answer, data, 500)
        self.assertEqual(message.Request(data).pvno, 4)
        self.assertIn("[fault pvno=4, http-cmp=500, chunked=9]",
                      self.server.log())

    def test_the_server_still_answers(self):
        for fault in ("silence", "endless", "trickle"):
            self.post(fault)
        self.is_cmp(*self.ask())

    def test_unknown_fault(self):
        for fault in ("nothing", "http=99", "wrong-nonce=1"):
            answer, data = self.ask(fault)
            self.assertEqual(answer.status, 404)
            self.assertIn(b"fault", data)


if __name__ == "__main__":
    unittest.main()
