# SPDX-License-Identifier: Apache-2.0
"""The mock server of the openssl program, in two versions, which nobody here
has written. It gives out the certificate that it was started with, so the key
for that one is what is asked to be certified."""
import subprocess
import unittest

import peers


class MockServer:
    """The tests for each version."""

    def setUp(self):
        super().setUp()
        self.make("root", "/CN=Root", *peers.CA)
        self.make("server", "/CN=Server", "keyUsage=digitalSignature",
                  "extendedKeyUsage=1.3.6.1.5.5.7.3.28")
        self.make("old", "/CN=device", "keyUsage=digitalSignature",
                  "subjectAltName=DNS:device.example", serial="77")
        # For kur it compares oldCertID with the certificate that it is going
        # to give out.
        self.make("new", "/CN=device", "keyUsage=digitalSignature",
                  serial="77")

    def mock(self, *options):
        server = peers.MockServer(self.folder, "-rsp_cert", "new.pem",
                                  *options, program=self.program)
        self.addCleanup(server.stop)
        return server.url

    def by_secret(self, verb, url, *more, status=peers.DONE,
                  trust=("--trusted", "root.pem")):
        return self.expect(
            status, verb, "--server", url, "--ref", "1234", "--secret",
            "pass:test", "--subject", "CN=device", *trust,
            "--newkey", "new.key", "--certout", "out.pem", "--dump", "dump",
            *more)

    def check_result(self, messages):
        self.assertEqual(self.text("out.pem"), self.text("new.pem"))
        self.assertEqual(len(self.check_encoding()), messages)

    def mac_server(self, *more):
        return self.mock("-srv_ref", "1234", "-srv_secret", "pass:test",
                         *more)

    def signing_server(self, *more):
        return self.mock("-srv_cert", "server.pem", "-srv_key", "server.key",
                         "-srv_trusted", "root.pem", *more)

    def test_lcp_7_1_06_ir_by_mac(self):
        text = self.by_secret("enroll", self.mac_server(), "--hmac-sha1")
        self.assertIn("lwcmp: --hmac-sha1: ", text)
        self.check_result(4)

    def test_cr_by_mac(self):
        self.by_secret("certify", self.mac_server(), "--hmac-sha1")
        self.check_result(4)

    def test_ir_with_implicit_confirm(self):
        self.by_secret("enroll", self.mac_server("-grant_implicitconf"),
                       "--hmac-sha1", "--implicit-confirm")
        self.check_result(2)

    def test_ca_pubs(self):
        self.by_secret("enroll", self.mac_server("-rsp_capubs", "root.pem"),
                       "--hmac-sha1", "--anchorsout", "anchors.pem",
                       trust=["--learn-anchors"])
        self.assertEqual(self.text("anchors.pem"), self.text("root.pem"))

    def test_hmac_sha1_has_to_be_allowed(self):
        text = self.by_secret("enroll", self.mac_server(),
                              status=peers.NOT_AUTHENTIC)
        self.assertIn("--hmac-sha1", text)

    def test_wrong_secret(self):
        url = self.mock("-srv_ref", "1234", "-srv_secret", "pass:other")
        self.by_secret("enroll", url, "--hmac-sha1",
                       status=peers.NOT_AUTHENTIC)

    def test_error(self):
        url = self.mac_server("-pkistatus", "2", "-failure", "9",
                              "-statusstring", "bad proof")
        text = self.by_secret("enroll", url, "--hmac-sha1",
                              status=peers.REJECTED)
        self.assertIn("badPOP", text)
        self.assertIn("bad proof", text)

    def test_lcp_7_1_13_lcp_4_4_01_polling(self):
        """The later version delays each of its messages, pkiConf too."""
        self.by_secret("enroll", self.mac_server(
            "-poll_count", "2", "-check_after", "1"), "--hmac-sha1", "--wait",
            "20")
        names = "".join(self.check_encoding())
        self.assertEqual(names.count("pollReq"), self.polls)
        self.assertEqual(self.text("out.pem"), self.text("new.pem"))

    def sign(self, verb, url, *more):
        return self.expect(
            peers.DONE, verb, "--server", url, "--cert", "old.pem", "--key",
            "old.key", "--trusted", "root.pem", "--newkey", "new.key",
            "--certout", "out.pem", "--dump", "dump", *more)

    def test_lcp_7_1_02_lcp_7_2_01_ir_by_signature(self):
        self.sign("enroll", self.signing_server(), "--subject", "CN=device")
        self.check_result(4)

    def test_lcp_7_1_03_cr_by_signature(self):
        self.sign("certify", self.signing_server(), "--subject", "CN=device")
        self.check_result(4)

    def test_path_10_serial_numbers(self):
        """Nobody should give such ones, but some have."""
        for serial in "0", "-129", "0x7f" + 24 * "00", "0x" + 21 * "ff":
            with self.subTest(serial):
                for name in "old", "new":
                    self.make(name, "/CN=device", "keyUsage=digitalSignature",
                              serial=serial)
                self.make("server", "/CN=Server", "keyUsage=digitalSignature",
                          "extendedKeyUsage=1.3.6.1.5.5.7.3.28",
                          serial=serial)
                self.sign("renew", self.signing_server())
                self.assertEqual(self.text("out.pem"), self.text("new.pem"))

    def test_lcp_7_1_04_kur(self):
        self.sign("renew", self.signing_server())
        self.check_result(4)

    def test_kur_with_implicit_confirm(self):
        self.sign("renew", self.signing_server("-grant_implicitconf"),
                  "--implicit-confirm")
        self.check_result(2)


class OwnOpenSsl(MockServer, peers.Device):
    """The machine's own."""

    program = "openssl"
    polls = 2


@unittest.skipIf(peers.NO_OPENSSL35, "NO_OPENSSL35=yes")
class OpenSsl35(MockServer, peers.Device):
    program = peers.OPENSSL35
    polls = 4

    def test_it_is_another_one(self):
        done = subprocess.run([self.program, "version"], check=True,
                              stdout=subprocess.PIPE, text=True)
        self.assertIn("OpenSSL 3.5", done.stdout)


if __name__ == "__main__":
    unittest.main()
