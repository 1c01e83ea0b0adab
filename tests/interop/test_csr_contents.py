# SPDX-License-Identifier: Apache-2.0
"""enroll and certify with names and extensions out of a CSR of openssl."""
import unittest

import csrs
import peers
import asn1
import names


class Contents(csrs.Requests):
    """--csr with a request of our own."""

    def ask(self, verb, *more, status=peers.DONE):
        return self.expect(
            status, verb, "--server", self.serve().url, "--csr", "a.csr",
            "--ref", peers.REF, "--secret", "env:SECRET", "--iterations",
            "1000", "--trusted", "ca/root.pem", "--dump", "dump", *more)

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
        text = self.expect(peers.USAGE, "renew", "--csr", "a.csr")
        self.assertIn("does not go with renew", text)


if __name__ == "__main__":
    unittest.main()
