# SPDX-License-Identifier: Apache-2.0
"""What the mock server of OpenSSL 3.5 can do and that of 3.0 cannot: a new
root, a CRL, keys that the CA makes."""
import os
import unittest

import peers
import schema

CA = peers.CA[0], "keyUsage=critical,keyCertSign,cRLSign"
# What `openssl ca -gencrl` needs.
CONFIG = """[ca]
default_ca = all
[all]
database = index.txt
crlnumber = number.txt
default_md = sha256
default_crl_days = 30
"""


@unittest.skipIf(peers.NO_OPENSSL35, "NO_OPENSSL35=yes")
class OpenSsl35(peers.Device):
    def setUp(self):
        super().setUp()
        self.make("root", "/CN=Root", *CA)
        self.make("server", "/CN=Server", "keyUsage=digitalSignature",
                  "extendedKeyUsage=1.3.6.1.5.5.7.3.28,1.3.6.1.5.5.7.3.32")
        self.make("device", "/CN=device",
                  "keyUsage=digitalSignature,keyAgreement")

    def ask(self, verb, *more, options=(), status=peers.DONE, by="device"):
        server = peers.MockServer(
            self.folder, "-rsp_cert", "device.pem", "-srv_cert", "server.pem",
            "-srv_key", "server.key", "-srv_trusted", "root.pem", *options,
            program=peers.OPENSSL35)
        self.addCleanup(server.stop)
        return self.expect(
            status, verb, "--server", server.url, "--trusted", "root.pem",
            "--cert", by + ".pem", "--key", by + ".key", "--dump", "dump",
            *more)

    def file(self, name):
        with open(self.path(name), "rb") as f:
            return f.read()

    # A new root

    def make_root(self, by="root"):
        """new.pem, and link.pem, by which the old root vouches for it."""
        self.make("new", "/CN=Root", *CA, issuer="new")
        with open(self.path("link.ext"), "w") as f:
            f.write("\n".join(["subjectKeyIdentifier=hash",
                               "authorityKeyIdentifier=keyid", *CA]))
        self.openssl_ok("x509", "-req", "-in", "new.csr", "-days", "30",
                        "-extfile", "link.ext", "-CA", by + ".pem", "-CAkey",
                        by + ".key", "-set_serial", "9", "-out", "link.pem")

    def root_update(self, *options, status=peers.DONE):
        return self.ask("rootupdate", "--anchorsout", "anchors.pem",
                        options=options, status=status)

    def test_lcp_4_3_2_01_lcp_4_3_2_03_new_root(self):
        self.make_root()
        self.root_update("-rsp_newwithnew", "new.pem", "-rsp_newwithold",
                         "link.pem", "-rsp_oldwithnew", "root.pem")
        self.assertEqual(self.check_encoding(),
                         ["01-genm.der", "02-genp.der"])
        self.assertEqual(self.text("anchors.pem"), self.text("new.pem"))

    def test_lcp_4_3_2_03_link_of_another(self):
        self.make("other", "/CN=Root", *CA, issuer="other")
        self.make_root("other")
        text = self.root_update("-rsp_newwithnew", "new.pem",
                                "-rsp_newwithold", "link.pem",
                                status=peers.PATH)
        self.assertIn("no trust anchor has signed", text)
        self.assertFalse(os.path.exists(self.path("anchors.pem")))

    def test_lcp_4_3_2_03_no_link(self):
        self.make_root()
        text = self.root_update("-rsp_newwithnew", "new.pem",
                                status=peers.NOT_AUTHENTIC)
        self.assertIn("without a certificate by the old one", text)

    # CRLs

    def make_crl(self, ca="root"):
        for name, content in (("index.txt", ""), ("number.txt", "01\n"),
                              ("ca.cnf", CONFIG)):
            with open(self.path(name), "w") as f:
                f.write(content)
        self.openssl_ok("ca", "-config", "ca.cnf", "-gencrl", "-cert",
                        ca + ".pem", "-keyfile", ca + ".key", "-out",
                        "ca.crl")

    def crl(self, *more, status=peers.DONE):
        return self.ask("crl", "--out", "got.crl", *more, status=status,
                        options=["-rsp_crl", "ca.crl"])

    def test_lcp_4_3_4_04_crl(self):
        self.make_crl()
        self.crl("--crl-of", "device.pem")
        self.assertEqual(self.check_encoding(),
                         ["01-genm.der", "02-genp.der"])
        self.openssl_ok("crl", "-in", "ca.crl", "-outform", "DER", "-out",
                        "due.crl")
        self.assertEqual(self.file("got.crl"), self.file("due.crl"))
        # It compares thisUpdate.
        self.assertIn("no CRL that is newer", self.crl("--have", "got.crl"))

    def test_lcp_4_3_4_04_crl_with_a_bad_signature(self):
        """By another key with the name of the root."""
        self.make("other", "/CN=Root", *CA, issuer="other")
        self.make_crl("other")
        text = self.crl("--crl-issuer", "CN=Root",
                        status=peers.NOT_AUTHENTIC)
        self.assertIn("the signature of the CRL is wrong", text)
        self.assertFalse(os.path.exists(self.path("got.crl")))

    # Keys that the CA makes

    def central(self, *more, status=peers.DONE, by="device"):
        self.make("made", "/CN=made", "keyUsage=digitalSignature")
        return self.ask(
            "certify", "--central-key", "--subject", "CN=made",
            "--newkeyout", "got.key", "--certout", "got.pem", *more,
            status=status, by=by, options=["-rsp_cert", "made.pem",
                                           "-rsp_key", "made.key"])

    def test_lcp_4_1_6_1_01_key_for_an_rsa_key(self):
        self.make("rsa", "/CN=rsa",
                  "keyUsage=digitalSignature,keyEncipherment", kind="rsa2048")
        text = self.central(by="rsa", status=peers.UNACCEPTABLE)
        self.assertIn("--loose-cms", text)
        text = self.central("--loose-cms", by="rsa")
        self.assertIn("lwcmp: --loose-cms: ", text)
        self.assertEqual(len(self.check_encoding()), 4)
        answer = schema.decode(self.file("dump/02-cp.der"))
        pair = answer["body"]["cp"]["response"][0]["certifiedKeyPair"]
        self.assertEqual(pair["privateKey"]["envelopedData"][
            "recipientInfos"][0].getName(), "ktri")
        self.check_pair("got")

    def test_lcp_4_1_6_2_01_sha1_for_an_ec_key(self):
        """Its KDF is not one of RFC 9481."""
        text = self.central("--loose-cms", status=peers.NOT_AUTHENTIC)
        self.assertIn("an algorithm", text)
        self.assertFalse(os.path.exists(self.path("got.key")))


if __name__ == "__main__":
    unittest.main()
