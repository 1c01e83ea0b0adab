# SPDX-License-Identifier: Apache-2.0
"""Messages that other implementations made, against schema and protection."""
import glob
import os
import unittest

import support

import asn1
import certificate
import mac
import message
import schema
import signature


def names():
    return sorted(os.path.basename(p) for p in glob.glob(
        os.path.join(support.VECTORS, "*.[0-9].der")))


class Recorded(unittest.TestCase):
    def test_there_are_messages(self):
        self.assertGreater(len(names()), 60)

    def test_decode_and_encode_give_the_same_octets(self):
        for name in names():
            with self.subTest(name):
                der = support.vector(name)
                self.assertEqual(schema.encode(schema.decode(der)), der)

    def test_one_octet_more_or_less_is_refused(self):
        der = support.vector("ir.1.der")
        for bad in (der + b"\0", der[:-1], b"", der[1:]):
            with self.assertRaises(ValueError):
                schema.decode(bad)

    def test_mac_of_all_messages_of_a_transaction(self):
        for n in "1234":
            request = message.Request(support.vector("irpbm.%s.der" % n))
            for secret, right in ((b"test", True), (b"tesu", False)):
                made = mac.compute(secret, request.algorithm,
                                   request.protected_part)
                self.assertEqual(made == request.protection, right)

    def test_signatures_of_all_messages_of_a_transaction(self):
        for name in ("ir", "kur", "p10"):
            signers = []
            for der in glob.glob(os.path.join(
                    support.VECTORS, name + ".[0-9].der")):
                with open(der, "rb") as f:
                    signers += message.Request(f.read()).extra_certs
            signers = [certificate.Certificate(der) for der in signers]
            for der in glob.glob(os.path.join(
                    support.VECTORS, name + ".[0-9].der")):
                with self.subTest(der), open(der, "rb") as f:
                    self.verify(message.Request(f.read()), signers)

    def verify(self, request, signers):
        key = next(c.key() for c in signers if c.ski == request.sender_kid
                   or c.subject == request.sender_name)
        signature.verify(key, request.algorithm, request.protection,
                         request.protected_part)
        with self.assertRaises(signature.BadSignature):
            signature.verify(key, request.algorithm, request.protection,
                             request.protected_part + b"\0")

    def test_proof_of_possession(self):
        for name in ("ir.1.der", "irpbm.1.der", "kur.1.der"):
            with self.subTest(name):
                request = message.Request(support.vector(name))
                msg = request.content[0]
                popo = msg["popo"].getComponent()
                raw = asn1.elements(
                    asn1.elements(request.raw_content)[0])[0]
                spki = asn1.encode(
                    msg["certReq"]["certTemplate"]["publicKey"])
                signature.verify(signature.load_key(b"\x30" + spki[1:]),
                                 popo["algorithmIdentifier"],
                                 popo["signature"].asOctets(), raw)


class Encoding(unittest.TestCase):
    """asn1.build against octets that were worked out by hand."""

    def check(self, spec, value, octets):
        self.assertEqual(asn1.encode(asn1.build(spec, value)).hex(" "),
                         octets)

    def test_fail_info_is_trimmed(self):
        self.check(schema.PKIFailureInfo(), "badPOP", "03 03 06 00 40")
        self.check(schema.PKIFailureInfo(), "badRequest", "03 02 05 20")

    def test_pkiconf(self):
        self.check(schema.PKIBody(), ("pkiconf", ""), "b3 02 05 00")

    def test_null_dn(self):
        self.check(schema.GeneralName(), message.name_field(b"\x30\0"),
                   "a4 02 30 00")

    def test_tags_in_a_template(self):
        self.check(schema.CertTemplate(), {
            "version": 2, "subject": asn1.Der(b"\x30\0")},
            "30 07 80 01 02 a5 02 30 00")

    def test_poll_req(self):
        self.check(schema.PKIBody(), ("pollReq", [{"certReqId": 0}]),
                   "b9 07 30 05 30 03 02 01 00")

    def test_length_forms(self):
        for n, head in ((0x7f, "04 7f"), (0x80, "04 81 80"),
                        (0xff, "04 81 ff"), (0x100, "04 82 01 00")):
            self.assertEqual(asn1.header(4, n).hex(" "), head)


if __name__ == "__main__":
    unittest.main()
