# SPDX-License-Identifier: Apache-2.0
"""labca serve --tls-cert, with Python's own client."""
import http.client
import ssl
import unittest

import support


class Tls(support.FolderTest):

    def setUp(self):
        super().setUp()
        self.openssl_ok("req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key",
                        "-out", "cert", "-subj", "/CN=server", "-addext",
                        "subjectAltName=IP:127.0.0.1", "-days", "9")
        self.options = ("--tls-cert", self.path("cert"), "--tls-key",
                        self.path("key"))

    def get(self, server, own=False):
        """HTTP status of a GET, which is no CMP."""
        context = ssl.create_default_context(cafile=self.path("cert"))
        if own:
            context.load_cert_chain(self.path("cert"), self.path("key"))
        client = http.client.HTTPSConnection(server.host, server.port,
                                             timeout=20, context=context)
        self.addCleanup(client.close)
        client.request("GET", "/")
        return client.getresponse().status

    def test_url(self):
        server = self.serve(*self.options)
        self.assertTrue(server.url.startswith("https://127.0.0.1:"))
        self.assertEqual(self.get(server), 405)

    def test_clients(self):
        server = self.serve(*self.options, "--tls-clients", self.path("cert"))
        self.assertEqual(self.get(server, own=True), 405)
        with self.assertRaises(OSError):
            self.get(server)

    def test_options(self):
        for words in (["--tls-key", self.path("key")],
                      ["--tls-clients", self.path("cert")],
                      ["--tls-cert", self.path("none")],
                      ["--tls-cert", self.path("cert")]):
            done = support.labca("serve", self.ca, *words, check=False)
            self.assertEqual(done.returncode, 1, words)
            self.assertTrue(done.stderr.startswith("labca: "), done.stderr)


if __name__ == "__main__":
    unittest.main()
