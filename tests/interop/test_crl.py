# SPDX-License-Identifier: Apache-2.0
"""CRLs: who is on one may not answer, and one is fetched from the CA."""
import datetime
import os
import unittest

import peers
import support
from dumped import Message

import authority
import certificate
import crl
import names


def issue(folder, *certificates, name="ca", days=crl.DAYS):
    """The next CRL of the lab CA in its file; these are on it."""
    entries = [crl.entry(c.serial, certificate.now()) for c in certificates]
    crl.issue(folder, name, entries, days)


class Lab(peers.Device):
    """A device that has enrolled; the CA has a signer of its own."""

    def setUp(self):
        super().setUp()
        self.add_secret(peers.REF, peers.SECRET, "never")
        self.url = self.serve().url
        self.enroll(self.url)
        self.lab = authority.Authority(self.ca)

    def crl_file(self, name="ca"):
        return crl.path(self.ca, name)


class Status(Lab):
    def renew_with(self, *more, status=peers.DONE):
        return self.renew(self.url, *more, status=status)

    def test_lcp_3_5_14_revoked_signer(self):
        issue(self.ca, self.lab.signer)
        text = self.renew_with("--crls", self.crl_file(), status=peers.PATH)
        self.assertIn("revoked", text)
        self.assertEqual(self.states(), ["confirmed", "issued"])
        self.renew_with("--anew")

    def test_lcp_3_5_14_not_revoked(self):
        issue(self.ca, certificate.Certificate(self.lab.ca.der))
        self.renew_with("--crls", self.crl_file(), "--require-status")

    def test_pem(self):
        issue(self.ca, self.lab.signer)
        self.openssl_ok("crl", "-inform", "DER", "-in", self.crl_file(),
                        "-out", "crl.pem")
        self.renew_with("--crls", "crl.pem", status=peers.PATH)

    def test_several_in_a_file_and_several_files(self):
        issue(self.ca, self.lab.signer)
        self.make("root", "/CN=Root", "basicConstraints=critical,CA:TRUE",
                  "keyUsage=critical,keyCertSign,cRLSign")
        other = os.path.join(self.folder, "other")
        authority.create(other, "CN=Other CA", False)
        issue(other)
        for name, path in (("a", crl.path(other, "ca")),
                           ("b", self.crl_file())):
            self.openssl_ok("crl", "-inform", "DER", "-in", path, "-out", name)
        with open(self.path("both"), "w") as f:
            for name in ("a", "b"):
                with open(self.path(name)) as part:
                    f.write(part.read())
        self.renew_with("--crls", "both", status=peers.PATH)
        self.renew_with("--crls", "a", "--crls", "b", status=peers.PATH)
        self.renew_with("--crls", "a")

    def test_lcp_3_5_14_expired(self):
        issue(self.ca, days=-1)
        self.renew_with("--crls", self.crl_file(), "--require-status",
                        status=peers.PATH)
        self.renew_with("--crls", self.crl_file(), "--anew")

    def test_lcp_3_5_14_no_crl(self):
        text = self.renew_with("--require-status", status=peers.PATH)
        self.assertIn("--crls", text)
        self.renew_with("--anew")

    def test_no_crl_in_the_file(self):
        for content in (b"", b"\x30\x00",
                        b"-----BEGIN X509 CRL-----\nMAA=\n"):
            with self.subTest(content):
                with open(self.path("bad"), "wb") as f:
                    f.write(content)
                self.renew_with("--crls", "bad", status=peers.STORAGE)
        self.renew_with("--crls", "absent", status=peers.STORAGE)
        self.assertEqual(self.states(), ["confirmed"])


class Fetch(Lab):
    def fetch(self, *more, url=None, status=peers.DONE):
        return self.expect(status, "crl", "--server", url or self.url,
                           "--state", "device", "--dump", "dump", "--out",
                           "got.crl", *more)

    def by_issuer(self, *more, **rest):
        return self.fetch("--crl-issuer", support.NAME, *more, **rest)

    def got(self):
        with open(self.path("got.crl"), "rb") as f:
            return f.read()

    def test_lcp_4_3_4_01_lcp_4_3_4_02_by_issuer(self):
        issue(self.ca, self.lab.signer)
        self.assertIn("CRL with 1 entries", self.by_issuer())
        self.assertEqual(self.got(), crl.read(self.ca, "ca"))
        self.check_encoding()
        message = Message(self.path("dump/01-genm.der"))
        self.assertEqual(str(message.content[0]["infoType"]),
                         crl.ID_IT + "22")

    def test_lcp_7_1_12_lcp_4_3_4_04_then_it_is_used(self):
        issue(self.ca, self.lab.signer)
        self.by_issuer()
        self.renew(self.url, "--crls", "got.crl", status=peers.PATH)

    def test_lcp_4_3_4_02_by_point(self):
        issue(self.ca)
        url = self.serve("--crl-url", "http://crl.example/ca.crl").url
        self.enroll(url, "--certout", "device.pem", state="other")
        self.fetch("--crl-of", "device.pem", url=url)
        self.check_encoding()
        self.assertEqual(self.got(), crl.read(self.ca, "ca"))

    def test_lcp_4_3_4_03_newer(self):
        issue(self.ca)
        self.by_issuer()
        self.assertIn("no CRL that is newer",
                      self.fetch("--have", "got.crl"))
        issue(self.ca, self.lab.signer)
        self.assertIn("1 entries", self.fetch("--have", "got.crl"))
        self.assertEqual(self.got(), crl.read(self.ca, "ca"))

    def test_lcp_4_3_4_04_of_another_ca(self):
        """Trusted, and the signature is good, but nobody asked for it."""
        issue(self.ca)
        self.by_issuer()
        before = self.got()
        other = os.path.join(self.folder, "other")
        authority.create(other, "CN=Other CA", False)
        for _ in range(2):
            issue(other)
        with open(self.crl_file(), "wb") as f:
            f.write(crl.read(other, "ca"))
        url = self.serve("--crl-url", "http://crl.example/ca.crl").url
        self.enroll(url, "--certout", "device.pem", state="other-device")
        trusted = ("--trusted", os.path.join(other, "ca.pem"))
        for words in (("--crl-issuer", support.NAME),
                      ("--crl-of", "device.pem"), ("--have", "got.crl")):
            with self.subTest(words):
                self.assertIn("another CA", self.fetch(
                    *words, *trusted, url=url, status=peers.NOT_AUTHENTIC))
                self.assertEqual(self.got(), before)
        self.fetch("--current", *trusted)
        self.assertEqual(self.got(), crl.read(other, "ca"))

    def part(self, extensions=()):
        """The next CRL in its file is one of a part."""
        der = crl.make(self.lab.ca, self.lab.ca_key, [], 9,
                       certificate.now(), extensions=extensions)
        with open(self.crl_file(), "wb") as f:
            f.write(der)

    def test_path_07_a_part_in_place_of_all(self):
        der = crl.make(self.lab.ca, self.lab.ca_key, [], 1,
                       certificate.now() - datetime.timedelta(days=1))
        with open(self.path("old.crl"), "wb") as f:
            f.write(der)
        self.part([{"extnID": "2.5.29.28", "critical": True,
                    "extnValue": b"\x30\x03\x81\x01\xff"}])
        self.assertIn("another part", self.fetch(
            "--have", "old.crl", status=peers.NOT_AUTHENTIC))
        self.by_issuer()
        self.part()
        self.fetch("--have", "old.crl")

    def test_nothing(self):
        self.assertIn("the CA has no CRL", self.by_issuer())
        self.assertFalse(os.path.exists(self.path("got.crl")))

    def test_lcp_4_3_4_05_current(self):
        issue(self.ca)
        self.fetch("--current")
        self.check_encoding()
        self.assertEqual(self.got(), crl.read(self.ca, "ca"))

    def test_lcp_4_3_4_04_refused(self):
        issue(self.ca)
        self.by_issuer()
        before = self.got()
        due = {"crl-signature": peers.NOT_AUTHENTIC,
               "crl-other-issuer": peers.PATH,
               "crl-old": peers.NOT_AUTHENTIC,
               "crl-expired": peers.PATH,
               "crl-two": peers.NOT_AUTHENTIC,
               "crl-no-crl": peers.NOT_AUTHENTIC,
               "crl-unknown": peers.NOT_AUTHENTIC,
               "crl-unknown-entry": peers.NOT_AUTHENTIC,
               "crl-delta": peers.NOT_AUTHENTIC,
               "crl-indirect": peers.NOT_AUTHENTIC}
        for fault, status in due.items():
            with self.subTest(fault):
                self.fetch("--have", "got.crl", status=status,
                           url=self.serve("--fault", fault).url)
                self.assertEqual(self.got(), before)

    def test_what_is_wanted(self):
        self.fetch(status=peers.USAGE)
        issue(self.ca)
        self.by_issuer()
        self.fetch("--crl-issuer", "CN=Other", "--have", "got.crl",
                   status=peers.USAGE)
        self.assertEqual(names.from_text(support.NAME),
                         self.lab.ca.subject)

    def test_the_certificate_stays(self):
        """The CRL does not take its place."""
        text = self.fetch("--crl-of", "got.crl", status=peers.USAGE)
        self.assertIn("is given for two things", text)


class BelowARoot(peers.Device):
    intermediate = True

    def test_lcp_4_3_4_04_the_ca_is_not_an_anchor(self):
        """By secret there is no chain of one's own."""
        self.add_secret(peers.REF, peers.SECRET, "never")
        url = self.serve().url
        self.enroll(url, "--certout", "x.pem", "--chainout", "chain.pem")
        issue(self.ca)
        words = ["crl", "--server", url, "--ref", peers.REF, "--secret",
                 "env:SECRET", "--trusted", "ca/root.pem", "--out", "x.crl",
                 "--crl-of"]
        text = self.expect(peers.PATH, *words, "x.pem")
        self.assertIn("behind", text)
        self.assertFalse(os.path.exists(self.path("x.crl")))
        with open(self.path("both.pem"), "w") as both:
            for name in ("x.pem", "chain.pem"):
                with open(self.path(name)) as f:
                    both.write(f.read())
        self.expect(peers.DONE, *words, "both.pem")
        with open(self.path("x.crl"), "rb") as f:
            self.assertEqual(f.read(), crl.read(self.ca, "ca"))


if __name__ == "__main__":
    unittest.main()
