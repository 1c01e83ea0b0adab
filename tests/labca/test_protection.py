# SPDX-License-Identifier: Apache-2.0
"""Who may ask, and how answers are protected (RFC 9483 3.1 to 3.5)."""
import os
import unittest

from engine_case import EngineTest

import asn1
import certificate
import device
import faults
import message
import names
import signature
from device import cert_conf, issued, request_body


class Protection(EngineTest):
    def test_every_mac_is_answered_in_kind_with_a_fresh_salt(self):
        algorithms = [device.pbm(owf, mac) for owf in (
            "1.3.14.3.2.26", "2.16.840.1.101.3.4.2.1",
            "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3") for mac in (
            "1.3.6.1.5.5.8.1.2", "1.2.840.113549.2.7", "1.2.840.113549.2.9",
            "1.2.840.113549.2.10", "1.2.840.113549.2.11")]
        for n, algorithm in enumerate(algorithms + [device.pbmac1()]):
            with self.subTest(n):
                t = self.begin(self.mac(algorithm=algorithm))
                answer = t.send(self.ir())
                self.assertEqual(answer.body, "ip")
                self.check_mac(answer, algorithm)

    def check_mac(self, answer, asked):
        self.assertEqual(answer.sender_kid, b"4711")
        given = asn1.elements(asn1.encode(answer.algorithm))[0]
        asked = asn1.encode(asked)
        self.assertNotEqual(given, asked)
        self.assertEqual(len(given), len(asked))
        made = device.mac.compute(b"test secret", answer.algorithm,
                                  answer.protected_part)
        self.assertEqual(made, answer.protection)

    def test_mac_parameters_out_of_bounds(self):
        for algorithm in (
                device.pbm(iterations=99), device.pbm(iterations=100001),
                device.pbm(salt=b"short"), device.pbmac1(iterations=2**31)):
            credential = self.mac(algorithm=algorithm)
            credential.protect = lambda data: b"\0" * 32
            answer = self.begin(credential).send(self.ir())
            self.refused(answer, "error", "badAlg")

    def test_a_wrong_secret_gets_an_unprotected_error(self):
        for credential in (self.mac(secret=b"other"), self.mac("unknown")):
            answer = self.begin(credential).send(self.ir())
            self.refused(answer, "error", "badMessageCheck")
            self.assertIsNone(answer.protection)

    def test_a_message_without_protection(self):
        credential = self.mac()
        credential.protect = lambda data: None
        answer = self.begin(credential).send(self.ir())
        self.refused(answer, "error", "badMessageCheck")

    def test_signed_answers_carry_signer_and_chain_but_no_root(self):
        t = self.begin(self.enrol())
        answer = t.send(request_body("cr", device.new_key()))
        self.assertEqual(answer.extra_certs, [
            self.authority.signer.der, self.authority.ca.der])
        self.assertEqual(answer.sender_kid, self.authority.signer.ski)
        signature.verify(self.authority.signer.key(), answer.algorithm,
                         answer.protection, answer.protected_part)

    def test_ca_pubs_only_in_ip_after_a_mac(self):
        def ca_pubs(answer):
            return asn1.field(answer.content, "caPubs")
        answer = self.begin().send(self.ir())
        self.assertEqual(asn1.encode(ca_pubs(answer)[0]),
                         self.authority.root.der)
        self.assertEqual(answer.extra_certs, [self.authority.ca.der])
        answer = self.begin().send(request_body("cr", device.new_key()))
        self.assertIsNone(ca_pubs(answer))
        answer = self.begin(self.enrol()).send(self.ir())
        self.assertIsNone(ca_pubs(answer))

    def test_sender_and_key_identifier_name_the_certificate(self):
        other = message.name_field(names.from_text("CN=other"))
        credential = self.enrol()
        for header in ({"sender": other}, {"senderKID": b"other"}):
            answer = self.begin(credential).send(self.ir(), **header)
            self.refused(answer, "error", "badMessageCheck")

    def test_signature_of_another_key(self):
        credential = self.enrol()
        credential.key = device.new_key()
        answer = self.begin(credential).send(self.ir())
        self.refused(answer, "error", "badMessageCheck")

    def test_certificate_without_digital_signature(self):
        credential = self.enrol(extensions=[
            certificate.key_usage("keyAgreement")])
        answer = self.begin(credential).send(self.ir())
        self.refused(answer, "error", "badMessageCheck")


class Trust(EngineTest):
    def maker(self, days=100):
        """A device maker's CA and a device that it has certified."""
        key, ca_key = device.new_key(), device.new_key()
        ca = certificate.Certificate(certificate.make(
            names.from_text("CN=Maker"), certificate.public_der(ca_key),
            [certificate.basic_constraints(True)], 100, None, ca_key))
        cert = certificate.Certificate(certificate.make(
            names.from_text("CN=IDevID"), certificate.public_der(key),
            [certificate.key_usage("digitalSignature")], days, ca, ca_key))
        return ca, device.KeyCredential(key, cert)

    def test_only_trusted_makers(self):
        ca, credential = self.maker()
        answer = self.begin(credential).send(self.ir())
        self.refused(answer, "error", "signerNotTrusted")
        credential.certs.append(ca.der)
        answer = self.begin(credential).send(self.ir())
        self.refused(answer, "error", "signerNotTrusted")
        with self.store.change() as state:
            state.add_anchor(ca.der)
        t = self.begin(credential)
        cert = issued(t.send(self.ir()))
        credential.certs = []
        self.assertEqual(t.send(cert_conf(cert)).body, "pkiconf")

    def test_a_maker_certificate_cannot_be_renewed_here(self):
        ca, credential = self.maker()
        with self.store.change() as state:
            state.add_anchor(ca.der)
        answer = self.begin(credential).send(
            request_body("kur", device.new_key(), "CN=IDevID"))
        self.refused(answer, "kup", "notAuthorized")

    def test_an_expired_certificate(self):
        ca, credential = self.maker(days=-1)
        with self.store.change() as state:
            state.add_anchor(ca.der)
        answer = self.begin(credential).send(self.ir())
        self.refused(answer, "error", "signerNotTrusted")

    def test_an_end_entity_certifies_nobody(self):
        credential = self.enrol()
        key = device.new_key()
        child = certificate.Certificate(certificate.make(
            names.from_text("CN=child"), certificate.public_der(key), [], 10,
            credential.cert, credential.key))
        made = device.KeyCredential(key, child)
        made.certs.append(credential.cert.der)
        answer = self.begin(made).send(self.ir())
        self.refused(answer, "error", "signerNotTrusted")

    def test_the_own_ca_certificates_are_no_devices(self):
        for name in ("ca", "signer"):
            credential = device.KeyCredential(
                getattr(self.authority, name + "_key"),
                getattr(self.authority, name))
            answer = self.begin(credential).send(self.ir())
            self.refused(answer, "error", "signerNotTrusted")


class Header(EngineTest):
    def check(self, fail, **header):
        answer = self.begin().send(self.ir(), **header)
        self.refused(answer, "error", fail)
        return answer

    def test_versions(self):
        for pvno in (1, 4):
            self.assertEqual(
                self.check("unsupportedVersion", pvno=pvno).pvno, 2)
        self.assertEqual(self.begin().send(self.ir(), pvno=3).pvno, 3)

    def test_identifiers(self):
        self.check("badDataFormat", transactionID=None)
        self.check("badSenderNonce", senderNonce=None)
        self.check("badSenderNonce", senderNonce=b"n" * 15)
        self.check("badRecipientNonce", recipNonce=b"n" * 16)

    def test_answer_matches_the_request(self):
        t = self.begin()
        nonce = t.nonce
        answer = t.send(self.ir())
        self.assertEqual(answer.transaction_id, t.id)
        self.assertEqual(answer.recip_nonce, nonce)
        self.assertEqual(len(answer.sender_nonce), 16)
        self.assertEqual(names.to_text(asn1.encode(
            answer.header["recipient"].getComponent())[2:]), "CN=4711")
        self.assertEqual(answer.sender_name, self.authority.ca.subject)
        self.assertIsNotNone(asn1.field(answer.header, "messageTime"))

    def test_bodies_that_are_not_served(self):
        answer = self.begin().send(("genm", []))
        self.refused(answer, "error", "badRequest")
        self.assertIsNotNone(answer.protection)

    def test_nonsense_is_answered_with_an_error(self):
        for der in (b"", b"\x30", b"\x30\x80\0\0", b"<html>", os.urandom(99)):
            answer = self.engine.handle(der, faults.Fault())
            self.assertEqual(answer.http, 400)
            self.refused(message.Request(answer.der), "error",
                         "badDataFormat")

    def test_authenticated_nonsense_never_breaks_the_server(self):
        t = self.begin(self.mac())
        good = t.encode(self.ir())
        parts = asn1.elements(good)
        for at in range(len(parts[1])):
            body = bytearray(parts[1])
            body[at] ^= 0x41
            bits = b"\0" + t.credential.protect(
                asn1.wrap(0x30, parts[0] + bytes(body)))
            der = asn1.wrap(0x30, parts[0] + bytes(body) + asn1.wrap(
                0xa0, asn1.wrap(3, bits)))
            answer = message.Request(
                self.engine.handle(der, faults.Fault()).der)
            self.assertIn(answer.body, ("error", "ip", "cp", "kup"))


if __name__ == "__main__":
    unittest.main()
