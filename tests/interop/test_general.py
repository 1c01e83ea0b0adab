# SPDX-License-Identifier: Apache-2.0
"""General messages: what they ask, and what becomes of the answer."""
import os
import unittest

import peers
import support
from asker import Asker

import asn1
import crl
import profiles
import successor
from general import ANSWERS, ID_IT


class Mock:
    """The mock server of openssl gives back what it is asked."""

    def setUp(self):
        super().setUp()
        self.make("root", "/CN=Root", *peers.CA)
        self.make("server", "/CN=Server", "keyUsage=digitalSignature",
                  "extendedKeyUsage=1.3.6.1.5.5.7.3.28")
        self.make("device", "/CN=device", "keyUsage=digitalSignature")

    def mock(self, *options):
        server = peers.MockServer(self.folder, "-rsp_cert", "device.pem",
                                  *options, program=self.program)
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


class OwnOpenSsl(Mock, peers.Device):
    """The machine's own."""

    program = "openssl"

    def test_another_answer(self):
        """It gives back rootCaCert where rootCaKeyUpdate is due."""
        self.info(self.signing(), "--info", "rootCaCert", "--infoout", "x",
                  status=peers.NOT_AUTHENTIC)
        self.assertFalse(os.path.exists(self.path("x")))
        self.assertFalse(os.path.exists(self.path("x.lwcmp")))


@unittest.skipIf(peers.NO_OPENSSL35, "NO_OPENSSL35=yes")
class OpenSsl35(Mock, peers.Device):
    program = peers.OPENSSL35

    def test_no_new_root(self):
        text = self.info(self.signing(), "--info", "rootCaCert")
        self.assertIn("(rootCaCert): the CA has nothing", text)


class Lab(Asker):
    def test_lcp_4_3_01_cmp_5_3_19_01_every_question_of_the_ca(self):
        successor.create(self.ca)
        profiles.write(self.ca, "default", {"subject": "CN="})
        oid = bytes.fromhex("06072a8648ce3d0201")
        crl.issue(self.ca, "ca", [])
        status = support.authority.Authority(self.ca).ca.subject
        for tag in (0xa4, 0x30, 0xa1, 0x30, 0x30):
            status = asn1.wrap(tag, status)
        values = {ID_IT + "10": oid, ID_IT + "16": b"\x30\x04\x0c\x02fi",
                  ID_IT + "22": status}
        for kind in ANSWERS:
            with self.subTest(kind):
                more = []
                if kind in values:
                    with open(self.path("value"), "wb") as f:
                        f.write(values[kind])
                    more = ["--value", "value"]
                self.ask("info", "--info", kind, "--infoout", "out", *more)
                self.assertTrue(self.file("out"))
                self.check_encoding()
                infos = self.sent().content
                self.assertEqual(len(infos), 1)
                self.assertEqual(str(infos[0]["infoType"]), kind)
                self.assertEqual(bytes(asn1.field(infos[0], "infoValue")
                                       or b""), values.get(kind, b""))
                os.remove(self.path("out"))

    def identity(self):
        """All but who signs for the CA, which is new to the device."""
        return {name: value for name, value in self.contents().items()
                if name != "signer"}

    def test_nothing_is_left_in_the_state(self):
        before = self.identity()
        self.ask("cacerts")
        self.assertEqual(self.identity(), before)

    def test_a_question_that_the_ca_does_not_know(self):
        text = self.ask("info", "--info", "1.2.3", status=peers.REJECTED)
        self.assertIn("1.2.3", text)
        url = self.serve("--unknown-info", "absent").url
        text = self.ask("info", "--info", "1.2.3", url=url)
        self.assertIn("the CA has nothing", text)

    def test_lcp_4_4_03_a_question_that_waits(self):
        url = self.serve("--poll-count", "1", "--check-after", "1").url
        self.ask("cacerts", "--out", "ca.pem", url=url, status=peers.PENDING)
        self.assertIn("errand", self.contents())
        self.ask("cacerts", "--out", "ca.pem", "--wait", "9", url=url)
        self.assertNotIn("errand", self.contents())
        self.verify("ca/root.pem", "ca.pem")

    def test_a_question_that_waits_without_a_state(self):
        """What the next run needs lies beside the output meanwhile."""
        url = self.serve("--poll-count", "1", "--check-after", "1").url
        words = ["cacerts", "--server", url, "--ref", peers.REF, "--secret",
                 "env:SECRET", "--out", "ca.pem"]
        self.expect(peers.PENDING, *words)
        self.assertTrue(os.path.exists(self.path("ca.pem.lwcmp")))
        text = self.expect(peers.DONE, *words, "--wait", "9", "--verbose")
        self.assertIn("lwcmp: going on", text)
        self.assertNotIn("genm", text)
        self.assertFalse(os.path.exists(self.path("ca.pem.lwcmp")))

    # Faults of genp

    def test_lcp_4_3_02_faults_of_the_list(self):
        for fault in ("info-type=1.2.3", "info-type=1.3.6.1.5.5.7.4.20",
                      "two-infos", "no-infos", "body=ip", "body=pkiconf",
                      "body=rp"):
            with self.subTest(fault):
                self.ask("info", "--info", "caCerts", "--infoout", "out",
                         url=self.fault(fault), status=peers.NOT_AUTHENTIC)
                self.assertFalse(os.path.exists(self.path("out")))

    def test_lcp_4_3_1_01_faults_of_certificates(self):
        for fault in ("info-empty", "info-text", "info=0500",
                      "info=30020500"):
            with self.subTest(fault):
                self.ask("cacerts", "--out", "out", url=self.fault(fault),
                         status=peers.NOT_AUTHENTIC)
                self.assertFalse(os.path.exists(self.path("out")))
        self.assertIn("no certificates", self.ask(
            "cacerts", "--out", "out", url=self.fault("info-absent")))
        self.assertFalse(os.path.exists(self.path("out")))

    def test_lcp_4_3_2_03_faults_of_roots(self):
        before = self.contents()["anchors"]
        for fault, status in (
                ("root-link", peers.PATH),
                ("root-other-key", peers.UNACCEPTABLE),
                ("root-not-self-signed", peers.UNACCEPTABLE),
                ("root-weak", peers.NOT_AUTHENTIC),
                ("root-without-link", peers.NOT_AUTHENTIC),
                ("info-empty", peers.NOT_AUTHENTIC),
                ("info-text", peers.NOT_AUTHENTIC)):
            with self.subTest(fault):
                text = self.ask("rootupdate", url=self.fault(fault),
                                status=status)
                self.assertIn("nothing was changed", text)
                self.assertEqual(self.contents()["anchors"], before)
        self.ask("rootupdate", url=self.fault("root-good"))
        self.assertNotEqual(self.contents()["anchors"], before)

    def test_lcp_4_3_3_02_faults_of_templates(self):
        for fault in ("info-empty", "info-text", "info=300430003000"):
            with self.subTest(fault):
                self.ask("template", "--out", "out", url=self.fault(fault),
                         status=peers.NOT_AUTHENTIC)
                self.assertFalse(os.path.exists(self.path("out")))

    # Certificates and roots

    def test_lcp_7_1_09_lcp_4_3_1_01_lcp_4_3_1_02_ca_certs(self):
        before = self.identity()
        text = self.ask("cacerts", "--out", "ca.pem")
        self.assertIn("no trust anchors", text)
        self.assertEqual(self.text("ca.pem"), self.text("ca/root.pem"))
        self.assertEqual(self.identity(), before)  # and none among anchors

    def test_lcp_7_1_10_lcp_4_3_2_01_root_update(self):
        text = self.ask("rootupdate")
        self.assertIn("no successor", text)
        value = asn1.field(self.sent().content[0], "infoValue")
        self.assertEqual(bytes(value), self.root())
        successor.create(self.ca)
        self.ask("rootupdate", "--anchorsout", "anchors.pem")
        new = successor.read(self.ca).new_with_new
        self.assertEqual(self.contents()["anchors"], self.root() + new)
        self.verify("anchors.pem", "ca/new-with-new.pem")
        # The next question is about the new one.
        self.ask("rootupdate")
        value = asn1.field(self.sent().content[0], "infoValue")
        self.assertEqual(bytes(value), new)
        self.renew(self.url)

    def test_root_update_without_a_state(self):
        successor.create(self.ca)
        words = ["rootupdate", "--server", self.url, "--ref", peers.REF,
                 "--secret", "env:SECRET", "--anchorsout", "new.pem"]
        self.expect(peers.DONE, *words, "--trusted", "ca/root.pem")
        self.assertEqual(self.text("new.pem"),
                         self.text("ca/new-with-new.pem"))
        self.assertFalse(os.path.exists(self.path("new.pem.lwcmp")))
        os.remove(self.path("new.pem"))
        self.expect(peers.USAGE, *words, "--trusted", "ca/root.pem",
                    "--trusted", "ca/new-with-new.pem")
        self.expect(peers.DONE, *words, "--trusted", "ca/root.pem",
                    "--trusted", "ca/signer.pem", "--oldroot", "ca/root.pem")
        self.assertTrue(os.path.exists(self.path("new.pem")))


if __name__ == "__main__":
    unittest.main()
