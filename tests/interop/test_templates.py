# SPDX-License-Identifier: Apache-2.0
"""What the CA wants a request to be, what becomes of it, and certProfile."""
import os
import unittest
from unittest import mock

import peers
from asker import Asker
from dumped import Message

import asn1
import profiles


class Templates(Asker):
    """certReqTemplate, what becomes of it, and certProfile."""

    def make_profile(self, name="default", **fields):
        profiles.write(self.ca, name, fields)

    def enroll_by(self, *more, status=peers.DONE):
        return self.expect(
            status, "enroll", "--server", self.url, "--ref", peers.REF,
            "--secret", "env:SECRET", "--trusted", "ca/root.pem",
            "--certout", "x.pem", "--dump", "enrol", *more)

    def template(self):
        return Message(self.path("enrol/01-ir.der")).template

    def test_lcp_4_3_3_01_question(self):
        self.assertIn("nothing particular", self.ask("template"))
        self.assertIsNone(asn1.field(self.sent().content[0], "infoValue"))
        self.assertIsNone(asn1.field(self.sent().header, "generalInfo"))

    def test_lcp_7_1_11_lcp_4_3_3_03_followed(self):
        self.make_profile(
            subject="C=FI,OU=Doors,CN=", san="dns:a.example,ip:,uri:",
            key_usage="digitalSignature,keyAgreement",
            ext_key_usage="", keys="p384,rsa2048")
        text = self.ask("template", "--out", "t.der")
        self.assertIn("C=FI,OU=Doors,CN=", text)
        self.assertIn("p384, rsa2048", text)
        self.enroll_by(
            "--template", "t.der", "--subject", "O=No,CN=door 1", "--san",
            "ip:192.0.2.1,dns:b.example", "--newkeyout", "x.key")
        text = self.text("x.pem")
        self.assertIn("Subject: C = FI, OU = Doors, CN = door 1", text)
        self.assertIn("DNS:a.example, IP Address:192.0.2.1\n", text)
        self.assertIn("Digital Signature, Key Agreement\n", text)
        self.assertNotIn("Extended Key Usage", text)
        self.assertIn("NIST CURVE: P-384", text)
        self.check_pair("x")
        self.assertEqual(len(self.template()["extensions"]), 2)

    def test_lcp_4_3_3_04_nothing_to_fill_with(self):
        self.make_profile(subject="OU=Doors,CN=", san="ip:", ext_key_usage="")
        self.ask("template", "--out", "t.der")
        self.enroll_by("--template", "t.der", "--newkeyout", "x.key")
        self.assertIsNone(asn1.field(self.template(), "extensions"))

    def test_lcp_4_3_3_06_keys_that_do_not_fit(self):
        self.make_profile(keys="rsa1024")
        self.assertIn("no kind", self.ask("template", "--out", "t.der"))
        more = ["--template", "t.der", "--subject", "CN=x", "--newkeyout",
                "x.key"]
        self.enroll_by(*more, status=peers.USAGE)
        self.make_profile(keys="p256")
        self.ask("template", "--out", "t.der")
        self.enroll_by(*more, "--keytype", "p384", status=peers.USAGE)
        self.assertFalse(os.path.exists(self.path("x.key")))

    def test_lcp_4_3_3_04_by_names_only(self):
        """Not by what has the same tag in another extension."""
        self.make_profile(subject="CN=", san="dns:,uri:")
        self.ask("template", "--out", "t.der")
        self.make_key("a")
        self.openssl_ok("req", "-new", "-key", "a.key", "-subj", "/CN=a",
                        "-addext", "1.2.3.4=DER:3006820178860179",
                        "-addext", "subjectAltName=DNS:a.example", "-out",
                        "a.csr")
        self.enroll_by("--template", "t.der", "--csr", "a.csr", "--newkeyout",
                       "x.key")
        self.assertIn("DNS:a.example\n", self.text("x.pem"))

    def test_lcp_4_3_3_04_too_much_to_fill_with(self):
        self.make_profile(subject="CN=", san="dns:,uri:")
        self.ask("template", "--out", "t.der")
        for n, status in ((63, peers.USAGE), (62, peers.DONE)):
            self.enroll_by("--template", "t.der", "--subject", "CN=a", "--san",
                           ",".join("dns:a%u.example" % i for i in range(n)),
                           "--newkeyout", "x.key", status=status)

    def shown(self, *extensions):
        with mock.patch.object(profiles, "_extensions",
                               lambda fields: list(extensions)):
            der = profiles._content({})
        # What is not critical may be said, though DER leaves it out.
        der = der.replace(b"\x2a\x03\x05\1\1\xff", b"\x2a\x03\x05\1\1\0")
        with mock.patch.object(profiles, "template", lambda *words: der):
            return self.ask("template")

    def test_lcp_4_3_3_03_shown(self):
        text = self.shown(
            {"extnID": "1.2.3.1", "extnValue": b"\5\0"},
            {"extnID": "1.2.3.2", "extnValue": b"\5"},
            {"extnID": "1.2.3.3", "extnValue": b""},
            {"extnID": "1.2.3.4", "extnValue": b"\x30\0", "critical": True},
            {"extnID": "1.2.3.5", "extnValue": b"\5\0", "critical": True})
        for line in ("1.2.3.1 = 0500", "1.2.3.2 = 05", "1.2.3.3, to be filled",
                     "1.2.3.4, critical, to be filled", "1.2.3.5 = 0500"):
            self.assertIn("extension : " + line + "\n", text)

    def test_what_is_no_template(self):
        with open(self.path("t.der"), "w") as f:
            f.write("no")
        self.enroll_by("--template", "t.der", "--subject", "CN=x",
                       "--newkeyout", "x.key", status=peers.STORAGE)

    def profile_of(self, path):
        return profiles.asked(Message(self.path(path)))

    def test_lcp_3_1_26_profile(self):
        self.make_profile("doors", subject="OU=Doors,CN=")
        self.make_profile(subject="OU=Others,CN=")
        self.assertIn("OU=Doors", self.ask("template", "--profile", "doors"))
        self.assertIn("OU=Others", self.ask("template"))
        self.assertIn("is not known", self.ask(
            "template", "--profile", "gates", status=peers.REJECTED))
        self.url = self.serve("--poll-count", "1").url
        self.enroll_by("--profile", "doors", "--subject", "CN=x",
                       "--newkeyout", "x.key", "--wait", "9")
        self.assertEqual(self.profile_of("enrol/01-ir.der"), "doors")
        for name in ("03-pollReq", "05-pollReq", "07-certConf"):
            self.assertIsNone(self.profile_of("enrol/%s.der" % name))
        self.check_encoding("enrol")

    def test_lcp_3_1_26_profile_of_a_renewal(self):
        self.make_profile("doors")
        self.renew(self.url, "--profile", "doors", "--dump", "renewal",
                   "--implicit-confirm")
        self.assertEqual(self.profile_of("renewal/01-kur.der"), "doors")
        self.check_encoding("renewal")

    def test_cmp_5_1_1_4_01_p10cr(self):
        self.make_profile("doors")
        self.make_key("x")
        self.openssl_ok("req", "-new", "-key", "x.key", "-subj", "/CN=x",
                        "-out", "x.csr")
        self.expect(
            peers.DONE, "p10cr", "--server", self.url, "--ref", peers.REF,
            "--secret", "env:SECRET", "--trusted", "ca/root.pem", "--csr",
            "x.csr", "--certout", "x.pem", "--dump", "p10", "--profile",
            "doors")
        self.assertEqual(self.profile_of("p10/01-p10cr.der"), "doors")
        self.assertIsNone(self.profile_of("p10/03-certConf.der"))
        self.check_encoding("p10")

    def test_lcp_3_1_26_profile_of_another_question(self):
        self.ask("info", "--info", "caCerts", "--profile", "doors",
                 status=peers.USAGE)
        self.ask("template", "--profile", "\udcff", status=peers.USAGE)


if __name__ == "__main__":
    unittest.main()
