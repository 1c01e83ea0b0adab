# SPDX-License-Identifier: Apache-2.0
"""enroll and certify with names and extensions out of a CSR of openssl."""
import os
import unittest

import csrs
import peers
import asn1
import names


class Contents(csrs.Requests):
    """--csr with a request of our own."""

    def ask(self, verb, *more, status=peers.DONE, fault=""):
        return self.expect(
            status, verb, "--server", self.serve().url + fault, "--csr",
            "a.csr", "--ref", peers.REF, "--secret", "env:SECRET",
            "--iterations", "1000", "--trusted", "ca/root.pem", "--dump",
            "dump", *more)

    def check_contents(self, verb, kind, name, *more):
        self.ask(verb, "--certout", name + ".pem", *more)
        request = self.sent()[0]
        self.assertEqual(request.body, kind)
        subject = asn1.elements(request.raw_template[5])[0]
        self.assertEqual(names.to_text(subject), "C=FI,CN=device a")
        self.assertIn("a.example", self.text(name + ".pem"))
        self.check_pair(name)

    def test_subject_and_extensions_go_along(self):
        self.csr()
        self.check_contents("enroll", "ir", "a", "--newkey", "a.key")

    def test_for_a_new_key(self):
        self.csr()
        self.check_contents("certify", "cr", "b", "--newkeyout", "b.key")

    def test_without_extensions(self):
        self.csr("a", "-sha256")
        self.ask("enroll", "--state", "device")
        template = self.sent()[0].raw_template
        self.assertEqual(sorted(template), [5, 6])

    def test_the_same_subject_in_another_kind_of_string(self):
        """That of the certificate is of UTF8String, by the fault."""
        self.make_key("a")
        self.openssl_ok("req", "-new", "-key", "a.key", "-subj",
                        "/O=Fault/CN=another subject than asked for", "-out",
                        "a.csr", *self.printable())
        text = self.ask("enroll", "--newkey", "a.key", "--certout", "a.pem",
                        fault="fault/other-subject/")
        self.assertNotIn("another subject than was", text)
        self.csr()
        text = self.ask("enroll", "--newkey", "a.key", "--certout", "a.pem",
                        fault="fault/other-subject/")
        self.assertIn("another subject than was", text)

    def test_a_key_that_is_not_that_of_the_request(self):
        self.csr()
        self.make_key("b")
        text = self.ask("enroll", "--newkey", "b.key", "--certout", "b.pem",
                        status=peers.STORAGE)
        self.assertIn("b.key is not the key of the request in a.csr", text)
        self.assertEqual(self.states(), [])

    def test_what_it_excludes(self):
        self.csr()
        for option in ("subject", "san", "key-usage", "ext-key-usage"):
            text = self.ask("enroll", "--state", "d", "--" + option, "CN=a",
                            status=peers.USAGE)
            self.assertIn("excludes", text)


class Renewal(csrs.Requests):
    """--csr with a renewal, which keeps its names."""

    MORE = ("-addext", csrs.SAN, "-addext", "keyUsage=digitalSignature")

    def setUp(self):
        super().setUp()
        self.url = self.serve().url
        self.csr()
        self.enroll_by("--csr", "a.csr", "--newkey", "a.key", "--certout",
                       "a.pem")

    def enroll_by(self, *more):
        self.expect(
            peers.DONE, "enroll", "--server", self.url, "--ref", peers.REF,
            "--secret", "env:SECRET", "--iterations", "1000", "--trusted",
            "ca/root.pem", *more)

    def new_csr(self, subject, *more):
        self.make_key("b")
        self.openssl_ok("req", "-new", "-key", "b.key", "-subj", subject,
                        "-out", "b.csr", *more)

    def renew_by(self, *more, status=peers.DONE):
        return self.expect(
            status, "renew", "--server", self.url, "--csr", "b.csr",
            "--trusted", "ca/root.pem", "--dump", "dump", *more)

    def from_file(self, *more, status=peers.DONE):
        return self.renew_by("--cert", "a.pem", "--key", "a.key", "--newkey",
                             "b.key", "--certout", "b.pem", *more,
                             status=status)

    def check_renewed(self):
        request = self.sent()[0]
        self.assertEqual(request.body, "kur")
        self.assertEqual(sorted(request.raw_template), [5, 6, 9])
        self.assertIn("a.example", self.text("b.pem"))
        self.check_pair("b")

    def test_the_same_names(self):
        self.new_csr("/C=FI/CN=device a", "-addext", csrs.SAN)
        self.assertNotIn("left to the CA", self.from_file())
        self.check_renewed()

    def test_critical_makes_no_other_names(self):
        self.new_csr("/C=FI/CN=device a", "-addext",
                     csrs.SAN.replace("=", "=critical,"))
        self.from_file()
        self.check_renewed()

    def test_another_kind_of_string_makes_no_other_names(self):
        self.new_csr("/C=FI/CN=device a", "-addext", csrs.SAN,
                     *self.printable())
        self.from_file()
        self.check_renewed()

    def test_what_else_it_has_is_told(self):
        self.new_csr("/C=FI/CN=device a", *self.MORE)
        self.assertIn("what else b.csr has is left to the CA",
                      self.from_file())
        self.check_renewed()

    def test_names_of_the_certificate_go_along_without_any(self):
        self.new_csr("/C=FI/CN=device a")
        self.from_file()
        self.check_renewed()

    def test_other_names(self):
        for subject, san in (("/C=FI/CN=device b", csrs.SAN),
                             ("/C=FI/CN=device a", "subjectAltName=DNS:b")):
            self.new_csr(subject, "-addext", san)
            text = self.from_file(status=peers.USAGE)
            self.assertIn("b.csr has other names", text)
            self.assertFalse(os.path.exists(self.path("dump")))

    def test_another_key(self):
        self.new_csr("/C=FI/CN=device a", "-addext", csrs.SAN)
        self.make_key("b")
        self.assertIn("b.key is not the key of the request in b.csr",
                      self.from_file(status=peers.STORAGE))

    def test_of_a_state(self):
        self.enroll_by("--csr", "a.csr", "--state", "device")
        self.new_csr("/C=FI/CN=device b", "-addext", csrs.SAN)
        self.assertIn("has other names", self.renew_by(
            "--state", "device", status=peers.USAGE))
        self.new_csr("/C=FI/CN=device a", "-addext", csrs.SAN)
        self.renew_by("--state", "device")
        self.assertEqual(self.sent()[0].body, "kur")

    def test_of_nothing(self):
        os.mkdir(self.path("device"))
        self.new_csr("/C=FI/CN=device a")
        self.assertIn("there is no certificate", self.renew_by(
            "--state", "device", status=peers.STORAGE))


if __name__ == "__main__":
    unittest.main()
