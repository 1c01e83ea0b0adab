# SPDX-License-Identifier: Apache-2.0
"""tools/labca/crl.py, fault_crl.py"""
import os
import unittest

import support
from device import issued
from pyasn1_modules import rfc5280
from test_general import GeneralTest

import asn1
import authority
import certificate
import crl
import names
import signature

URL = "http://crl.example/ca.crl"


def dpn(url):
    der = asn1.wrap(0x86, url.encode())
    for tag in (0xa0, 0xa0):
        der = asn1.wrap(tag, der)
    return der


def issuer(name):
    return asn1.wrap(0xa1, asn1.wrap(0x30, asn1.wrap(0xa4, name)))


def question(source, time=b""):
    return asn1.wrap(0x30, asn1.wrap(0x30, source + time))


class Lists(GeneralTest):
    def issue(self, *entries, name="ca", **more):
        crl.issue(self.folder, name, list(entries), **more)
        return crl.read(self.folder, name)

    def status(self, *question_of, **more):
        return self.of(22, question(*question_of), 23, **more)

    def ca_name(self):
        return self.authority.ca.subject

    def test_lcp_4_3_4_01_by_issuer(self):
        der = self.issue()
        self.assertEqual(self.status(issuer(self.ca_name())),
                         asn1.wrap(0x30, der))
        self.assertIsNone(self.status(issuer(names.from_text("CN=x"))))

    def test_lcp_4_3_4_02_by_point(self):
        self.engine.policy.crl_url = URL
        der = self.issue()
        self.assertEqual(self.status(dpn(URL)), asn1.wrap(0x30, der))
        self.assertIsNone(self.status(dpn(URL + "x")))
        self.engine.policy.crl_url = None
        self.assertIsNone(self.status(dpn(URL)))

    def test_lcp_4_3_4_03_newer_only(self):
        def time_of(der):
            tbs = asn1.parse(der, rfc5280.CertificateList())["tbsCertList"]
            return asn1.encode(tbs["thisUpdate"])
        first = self.issue()
        name = issuer(self.ca_name())
        self.assertIsNone(self.status(name, time_of(first)))
        second = self.issue()
        self.assertNotEqual(time_of(first), time_of(second))
        self.assertEqual(self.status(name, time_of(first)),
                         asn1.wrap(0x30, second))
        self.assertIsNone(self.status(name, time_of(second)))

    def test_none_yet(self):
        self.assertIsNone(self.status(issuer(self.ca_name())))
        self.assertIsNone(self.of(6))

    def test_lcp_4_3_4_05_current(self):
        der = self.issue()
        self.assertEqual(self.of(6), der)

    def test_bad_questions(self):
        one = asn1.wrap(0x30, issuer(self.ca_name()))
        for value in (None, b"\x05\0", b"\x30\0", asn1.wrap(0x30, one * 2)):
            with self.subTest(value):
                answer = self.ask((crl.ID_IT + "22", value))
                self.assertEqual(answer.body, "error")

    def test_points_in_certificates(self):
        self.engine.policy.crl_url = URL
        cert = issued(self.begin().send(self.ir()))
        found = [bytes(e["extnValue"]) for e in cert.extensions
                 if str(e["extnID"]) == crl.POINTS]
        self.assertEqual(found, [asn1.wrap(0x30, asn1.wrap(0x30, dpn(URL)))])


class Commands(support.FolderTest):
    """What is on the list, as openssl sees it."""

    def labca(self, command, *words):
        return support.labca(command, self.ca, *words)

    def text(self, name="ca"):
        return self.openssl_ok(
            "crl", "-inform", "DER", "-in",
            os.path.join(self.ca, name + ".crl"), "-noout", "-text",
            "-CAfile", os.path.join(self.ca, name + ".pem"))

    def test_empty(self):
        self.labca("crl")
        self.assertIn("No Revoked Certificates", self.text())

    def test_numbers_count(self):
        for number in (1, 2, 3):
            self.assertIn("CRL %d with 0 entries" % number, self.labca("crl"))

    def test_as_the_ca_signs(self):
        for pss in (False, True):
            with self.subTest(pss):
                folder = self.path("pss" if pss else "rsa")
                authority.create(folder, "CN=RSA CA", False, "rsa2048",
                                 signature.How("sha384", pss))
                crl.issue(folder, "ca", [])
                self.assertIn("verify OK", self.openssl_ok(
                    "crl", "-inform", "DER", "-in", crl.path(folder, "ca"),
                    "-noout", "-verify", "-CAfile",
                    os.path.join(folder, "ca.pem")))

    def test_signer(self):
        path = os.path.join(self.ca, "signer.pem")
        with open(path) as f:
            cert = certificate.Certificate(
                support.authority.from_pem(f.read())[0])
        self.labca("crl", "--revoked", path)
        self.assertIn("%040X" % cert.serial, self.text())


if __name__ == "__main__":
    unittest.main()
