# SPDX-License-Identifier: Apache-2.0
"""General messages: what they ask, and what becomes of the answer."""
import os
import unittest

import peers


class Mock(peers.Device):
    """The mock server of openssl gives back what it is asked."""

    def setUp(self):
        super().setUp()
        self.make("root", "/CN=Root", *peers.CA)
        self.make("server", "/CN=Server", "keyUsage=digitalSignature",
                  "extendedKeyUsage=1.3.6.1.5.5.7.3.28")
        self.make("device", "/CN=device", "keyUsage=digitalSignature")

    def mock(self, *options):
        server = peers.MockServer(self.folder, "-rsp_cert", "device.pem",
                                  *options)
        self.addCleanup(server.stop)
        return server.url

    def signing(self):
        return self.mock("-srv_cert", "server.pem", "-srv_key", "server.key",
                         "-srv_trusted", "root.pem")

    def info(self, url, *more, status=peers.DONE):
        return self.expect(status, "info", "--server", url, "--trusted",
                           "root.pem", "--cert", "device.pem", "--key",
                           "device.key", "--dump", "dump", *more)

    def test_by_signature(self):
        text = self.info(self.signing(), "--info", "caCerts")
        self.assertIn("1.3.6.1.5.5.7.4.17 (caCerts): the CA has nothing",
                      text)
        self.assertEqual(self.check_encoding(), ["01-genm.der",
                                                 "02-genp.der"])
        self.assertFalse(os.path.exists(self.path("info.lwcmp")))

    def test_by_secret(self):
        url = self.mock("-srv_ref", "1234", "-srv_secret", "pass:test")
        self.expect(peers.DONE, "info", "--server", url, "--ref", "1234",
                    "--secret", "pass:test", "--hmac-sha1", "--info",
                    "1.2.3.4")

    def test_a_value_there_and_back(self):
        with open(self.path("value"), "wb") as f:
            f.write(b"\x0c\x02hi")
        self.info(self.signing(), "--info", "1.2.840.99.1", "--value",
                  "value", "--infoout", "back")
        with open(self.path("back"), "rb") as f:
            self.assertEqual(f.read(), b"\x0c\x02hi")
        text = self.info(self.signing(), "--info", "1.2.840.99.1", "--value",
                         "value")
        self.assertIn("1.2.840.99.1: 4 bytes\n0c026869\n", text)

    def test_a_question_that_cannot_be(self):
        url = self.signing()
        self.info(url, "--info", "caCert", status=peers.USAGE)
        with open(self.path("value"), "wb") as f:
            f.write(b"\x0c\x02hi\0")
        self.info(url, "--info", "1.2.3", "--value", "value",
                  status=peers.STORAGE)

    def test_another_answer(self):
        """It gives back rootCaCert where rootCaKeyUpdate is due."""
        self.info(self.signing(), "--info", "rootCaCert", "--infoout", "x",
                  status=peers.NOT_AUTHENTIC)
        self.assertFalse(os.path.exists(self.path("x")))
        self.assertFalse(os.path.exists(self.path("x.lwcmp")))


if __name__ == "__main__":
    unittest.main()
