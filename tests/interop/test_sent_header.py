# SPDX-License-Identifier: Apache-2.0
"""What the program sends, judged by others: header and protection. Bodies are
in test_sent_request.py and test_sent_later.py."""
import unittest

from pyasn1_modules import rfc4210

import dumped
import lives
import peers
import support
import asn1
import message
import names
from dumped import REQUESTS, present

NULL_DN = asn1.wrap(0xa4, names.EMPTY)
# Those that RFC 9483 3.1 speaks of and that are always ours to send.
ALWAYS = {"pvno", "sender", "recipient", "protectionAlg", "senderKID",
          "transactionID", "senderNonce"}


def name_field(der):
    return asn1.wrap(0xa4, der)


class Header(lives.Sent):
    def test_crmf_01_read_by_a_schema_of_somebody_else(self):
        for _, m in self.sent():
            read = asn1.parse(m.der, rfc4210.PKIMessage())
            self.assertEqual(read["body"].getName(), m.body)

    def test_lcp_3_1_03_pvno_3_is_not_needed(self):
        """A template with a key asks for no encrypted one, and certConf
        without hashAlg is version 2."""
        for _, m in self.sent():
            self.assertEqual(m.pvno, 2)
            if m.body in REQUESTS:
                self.assertIn("publicKey", present(m.template))
            if m.body == "certConf":
                self.assertIsNone(asn1.field(m.content[0], "hashAlg"))

    def test_lcp_3_1_06_recipient_is_always_a_directory_name(self):
        for _, m in self.sent():
            self.assertEqual(m.header["recipient"].getName(),
                             "directoryName")

    def test_lcp_3_1_06_unknown_recipient(self):
        ir = self.operation(lives.in_store, "enrolled").request
        self.assertEqual(ir.raw_recipient, NULL_DN)

    def test_lcp_3_1_08_later_messages_go_to_who_has_answered(self):
        for operation in self.operations():
            for got, m in zip(operation.received, operation.sent[1:]):
                self.assertEqual(m.raw_recipient, got.raw_sender)

    def test_lcp_3_1_08_not_to_who_was_asked(self):
        cr, conf = self.operation(lives.in_files, "agreement").sent
        self.assertEqual(cr.raw_recipient, name_field(
            names.from_text(lives.RECIPIENT)))
        self.assertNotEqual(conf.raw_recipient, cr.raw_recipient)

    def test_lcp_3_1_10_no_message_time(self):
        for _, m in self.sent():
            self.assertIsNone(asn1.field(m.header, "messageTime"))

    def test_lcp_3_1_13_algorithm_fits_the_key(self):
        for operation, m in self.signed():
            self.check_algorithm(operation.signer.key(), m.algorithm)

    def test_lcp_3_1_15_sender_kid_is_the_key_identifier(self):
        with_one = [(o, m) for o, m in self.signed() if o.signer.ski]
        self.assertGreater(len(with_one), 5)
        for operation, m in with_one:
            self.assertEqual(m.sender_kid, operation.signer.ski)

    def test_lcp_3_1_15_no_key_identifier_no_sender_kid(self):
        operation = self.operation(lives.of_a_maker, "made")
        self.assertIsNone(operation.signer.ski)
        self.assertIsNone(operation.request.sender_kid)

    def general_info(self, m):
        return [(str(i["infoType"]), asn1.octets(i, "infoValue"))
                for i in asn1.field(m.header, "generalInfo") or []]

    def test_lcp_3_1_22_implicit_confirm_if_wanted(self):
        asked = set()
        for operation, m in self.requests():
            if not operation.ours("certConf"):
                asked.add(m.body)
                self.assertEqual(self.general_info(m), [
                    (message.IMPLICIT_CONFIRM, message.NULL)])
        self.assertEqual(asked, set(REQUESTS))

    def test_lcp_3_1_22_a_certificate_is_confirmed_else(self):
        for operation, m in self.requests():
            if operation.ours("certConf"):
                self.assertEqual(self.general_info(m), [])

    def test_lcp_1_8_01_only_fields_that_the_profile_speaks_of(self):
        for operation, m in self.sent():
            fields = present(m.header)
            fields.add("senderKID")  # if the certificate has one
            first = m.body in REQUESTS
            wanted = set(ALWAYS) if first else ALWAYS | {"recipNonce"}
            if first and not operation.ours("certConf"):
                wanted.add("generalInfo")
            self.assertEqual(fields, wanted)

    def test_lcp_4_1_5_02_secret_is_named_twice(self):
        for _, m in self.by_secret():
            self.assertEqual(m.sender_kid, peers.REF.encode())
            self.assertEqual(m.raw_sender, name_field(
                names.from_text("CN=" + peers.REF)))

    def test_cmp_c_4_01_reference_number_secret_and_certconf(self):
        operation = self.operation(lives.in_store, "enrolled")
        ir, conf = operation.sent
        self.assertEqual((ir.body, conf.body), ("ir", "certConf"))
        for m in operation.sent:
            self.assertEqual(m.sender_kid, peers.REF.encode())
            self.check_protection(operation, m)


class Protection(lives.Sent):
    def test_lcp_3_2_01_every_message_is_protected(self):
        for operation, m in self.sent():
            self.check_protection(operation, m)

    def test_cmp_5_1_3_02_protection_is_whole_octets(self):
        for _, m in self.sent():
            outer = asn1.elements(m.der)[2]
            bits, = asn1.elements(outer)
            self.assertEqual(outer[0], 0xa0)
            self.assertEqual(bits, asn1.wrap(0x03, b"\0" + m.protection))

    def test_cmp_5_1_3_3_01_signatures_as_their_standards_say(self):
        for operation, m in self.signed():
            self.check_encoding_of_signature(operation.signer.key(),
                                             m.protection)

    def test_lcp_3_3_02_no_self_signed_certificates(self):
        """Although the store of the renewed one has the root as well."""
        count = 0
        for _, m in self.signed():
            for cert in m.certs:
                count += 1
                self.assertNotEqual(cert.subject, cert.issuer)
        self.assertGreater(count, 5)


class Nameless(peers.Device):
    def test_cmp_5_1_1_01_known_by_its_key_identifier(self):
        self.make("maker", "/CN=Maker", *peers.CA, issuer="maker")
        self.make("nameless", "/", "subjectAltName=critical,DNS:a.example",
                  issuer="maker")
        support.labca("trust", self.ca, self.path("maker.pem"))
        self.make_key("new")
        self.expect(
            peers.DONE, "enroll", "--server", self.serve().url, "--cert",
            "nameless.pem", "--key", "nameless.key", "--trusted",
            "ca/root.pem", "--subject", "CN=x", "--newkey", "new.key",
            "--certout", "new.pem", "--dump", "new")
        operation = dumped.Operation(self, "new", "nameless")
        self.assertIsNotNone(operation.signer.ski)
        for m in operation.sent:
            self.assertEqual(m.raw_sender, NULL_DN)
            self.assertEqual(m.sender_kid, operation.signer.ski)


if __name__ == "__main__":
    unittest.main()
