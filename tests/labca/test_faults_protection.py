# SPDX-License-Identifier: Apache-2.0
"""Faults in header, extraCerts, protection and signer: the one thing is
wrong that the name says, and everything else is right."""
import datetime
import unittest

from engine_case import EngineTest

import asn1
import certificate
import chain
import device
import mac
import names
import protect
import signature
from device import issued, request_body
from message import Refusal


def is_right(answer):
    """Whether the MAC is right by the parameters that the answer names."""
    made = mac.compute(b"test secret", answer.algorithm,
                       answer.protected_part, limits=False)
    return made == answer.protection


def signer(answer):
    return certificate.Certificate(answer.extra_certs[0])


def verify(answer, cert):
    signature.verify(cert.key(), answer.algorithm, answer.protection,
                     answer.protected_part)


class Macs(EngineTest):
    def answer(self, *fault, algorithm=None):
        t = self.begin(self.mac(algorithm=algorithm), fault)
        self.sent, self.sent_nonce = t, t.nonce
        return t.send(self.ir())

    def test_bad_mac(self):
        answer = self.answer("bad-mac")
        made = mac.compute(b"test secret", answer.algorithm,
                           answer.protected_part)
        self.assertEqual(made[:-1], answer.protection[:-1])
        self.assertEqual(made[-1] ^ 1, answer.protection[-1])

    def test_value(self):
        for fault, n in (("empty", 0), ("short", 1), ("long", 33),
                         ("random", 32)):
            answer = self.answer(fault + "-protection")
            self.assertEqual(len(answer.protection), n)
            self.assertFalse(is_right(answer))
        answer = self.answer("no-protection")
        self.assertIsNotNone(answer.algorithm)
        self.assertIsNone(answer.protection)
        answer = self.answer("unprotected")
        self.assertEqual((answer.body, answer.algorithm, answer.protection),
                         ("ip", None, None))
        answer = self.answer("unprotected-error")
        self.assertEqual((answer.body, answer.protection), ("error", None))

    def count(self, answer):
        der = bytes(answer.algorithm["parameters"])
        if str(answer.algorithm["algorithm"]) == mac.PBM:
            return int(asn1.parse(der, mac.schema.PBMParameter())
                       ["iterationCount"])
        return int(mac._pbmac1_parameters(der)[1]["iterationCount"])

    def test_iterations(self):
        for algorithm, least in ((device.pbm(), 0), (device.pbmac1(), 1)):
            for text, n in (("0", least), ("few", 1), ("100001", 100001),
                            ("huge", 2 ** 31 - 1)):
                answer = self.answer("iterations=" + text,
                                     algorithm=algorithm)
                self.assertEqual(self.count(answer), n)
                self.assertEqual(len(answer.protection), 32)
                if text != "huge":
                    self.assertTrue(is_right(answer))

    def test_parameters(self):
        for text, der in (("absent", None), ("null", b"\5\0"),
                          ("octets", b"\4\1x")):
            answer = self.answer("protection-parameters=" + text)
            self.assertEqual(str(answer.algorithm["algorithm"]), mac.PBM)
            self.assertEqual(asn1.octets(answer.algorithm, "parameters"),
                             der)

    def test_by_somebody_without_the_secret(self):
        answer = self.answer("mac-answer")
        self.assertFalse(is_right(answer))
        self.assertEqual(answer.sender_kid, b"4711")

    def test_signed(self):
        answer = self.answer("sign-answer")
        self.assertEqual(answer.extra_certs[0], self.authority.signer.der)
        verify(answer, self.authority.signer)

    def test_header(self):
        for fault, field, expected in (
                ("no-nonce", "recip_nonce", None),
                ("no-sender-nonce", "sender_nonce", None),
                ("short-sender-nonce", "sender_nonce", b"short"),
                ("no-transaction-id", "transaction_id", None),
                ("no-sender-kid", "sender_kid", None),
                ("pvno=1", "pvno", 1), ("pvno=4", "pvno", 4)):
            answer = self.answer(fault)
            self.assertEqual(getattr(answer, field), expected)
            self.assertTrue(is_right(answer))
        answer = self.answer("wrong-nonce")
        self.assertNotEqual(answer.recip_nonce, self.sent_nonce)
        answer = self.answer("wrong-transaction-id")
        self.assertNotEqual(answer.transaction_id, self.sent.id)
        answer = self.answer("wrong-sender-kid")
        self.assertNotEqual(answer.sender_kid, b"4711")
        answer = self.answer("wrong-sender", "wrong-recipient")
        self.assertIn("somebody else", names.to_text(answer.sender_name))
        self.assertEqual(asn1.encode(answer.header["recipient"]),
                         asn1.encode(answer.sender))

    def check_time(self, days, *fault):
        """That messageTime is so many days off, however slow this is."""
        before = datetime.datetime.now(datetime.timezone.utc)
        text = str(self.answer(*fault).header["messageTime"])
        after = datetime.datetime.now(datetime.timezone.utc)
        off = datetime.timedelta(days)
        self.assertRegex(text, r"^[0-9]{14}Z$")
        self.assertTrue((before + off).strftime("%Y%m%d%H%M%SZ") <= text
                        <= (after + off).strftime("%Y%m%d%H%M%SZ"), text)

    def test_time(self):
        self.check_time(0, "pvno=2")
        self.check_time(7300, "time-wrong")
        self.check_time(-400, "time-wrong=-400")
        answer = self.answer("time=20260101120000.5Z")
        self.assertEqual(str(answer.header["messageTime"]),
                         "20260101120000.5Z")
        self.assertTrue(is_right(answer))
        answer = self.answer("no-time")
        self.assertIsNone(asn1.field(answer.header, "messageTime"))
        self.assertTrue(is_right(answer))


class Signers(EngineTest):
    def setUp(self):
        super().setUp()
        self.old = self.enrol()

    def answer(self, *fault):
        t = self.begin(self.old, fault)
        return t.send(request_body("cr", device.new_key()))

    def path_ends(self, answer, words=None):
        """None if the path is right, else the words are in the reason."""
        others = [certificate.Certificate(d) for d in answer.extra_certs[1:]]
        try:
            chain.validate(signer(answer), others, [self.authority.root])
        except Refusal as refusal:
            self.assertIn(words or "nothing", refusal.text)
        else:
            self.assertIsNone(words)

    def test_each_signer(self):
        eku = certificate.EXT_KEY_USAGE
        for fault, words, has_eku, may_sign in (
                ("shuffled-extra-certs-at-poll", None, True, True),
                ("expired-signer", "expired", True, True),
                ("early-signer", "not valid yet", True, True),
                ("device-signer", None, False, True),
                ("signer-without-eku", None, False, True),
                ("signer-without-usage", None, True, False),
                ("unknown-signer", "trust anchor", True, True),
                ("impostor-signer", "trust anchor", True, True),
                ("sha1-signer", "trust anchor", True, True)):
            with self.subTest(fault):
                answer = self.answer(fault)
                cert = signer(answer)
                verify(answer, cert)
                self.assertEqual(answer.sender_name, cert.subject)
                self.assertEqual(answer.sender_kid, cert.ski)
                self.path_ends(answer, words)
                self.assertEqual(cert.extension(eku) is not None, has_eku)
                self.assertEqual(cert.allows("digitalSignature"), may_sign)

    def test_names(self):
        subject = self.authority.signer.subject
        same = signer(self.answer("expired-signer"))
        self.assertEqual(same.subject, subject)
        other = signer(self.answer("device-signer"))
        self.assertNotEqual(other.subject, subject)
        impostor = self.answer("impostor-signer")
        self.assertEqual(signer(impostor).issuer, self.authority.ca.subject)

    def test_sha1(self):
        cert = signer(self.answer("sha1-signer"))
        self.assertEqual(str(cert.algorithm["algorithm"]),
                         signature.ECDSA_SHA1)
        with self.assertRaises(signature.BadSignature):
            cert.check_signed_by(self.authority.ca)

    def test_they_are_not_in_the_database(self):
        self.answer("device-signer")
        with self.store.change() as state:
            self.assertEqual(len(state.certificates()), 2)

    def test_an_answer_under_a_mac_stays(self):
        answer = self.begin(fault="expired-signer").send(self.ir())
        self.assertTrue(is_right(answer))

    def test_mac_instead_of_signature(self):
        answer = self.answer("mac-answer")
        made = mac.compute(b"", answer.algorithm, answer.protected_part)
        self.assertEqual(made, answer.protection)
        answer = self.answer("iterations=few")
        verify(answer, signer(answer))

    def test_value_and_parameters(self):
        answer = self.answer("empty-protection")
        self.assertEqual(answer.protection, b"")
        answer = self.answer("protection-parameters=octets")
        self.assertEqual(asn1.octets(answer.algorithm, "parameters"),
                         b"\4\1x")
        verify(answer, signer(answer))

    def test_extra_certs(self):
        right = [self.authority.signer.der, self.authority.ca.der]
        for fault, expected in (
                ("doubled", [right[0]] * 2 + [right[1]] * 2), ("no", [])):
            answer = self.answer(fault + "-extra-certs")
            self.assertEqual(answer.extra_certs, expected)
            verify(answer, self.authority.signer)
        answer = self.answer("shuffled-extra-certs")
        self.assertEqual(answer.extra_certs[1:], right[::-1])
        self.assertEqual(self.path_ends(answer, "trust anchor"), None)
        answer = self.answer("huge-extra-certs=40")
        self.assertEqual(answer.extra_certs[:2], right)
        serials = {certificate.Certificate(d).serial
                   for d in answer.extra_certs[2:]}
        self.assertEqual(len(serials), 40)

    def test_broken_extra_certs(self):
        t = self.begin(self.old, "broken-extra-certs")
        der = self.engine.handle(t.encode(request_body(
            "cr", device.new_key())), t.faults).der
        self.assertTrue(der.endswith(b"\x30\x03\x02\x01\x05"))
        with self.assertRaises(ValueError):
            t.receive(der)

    def test_the_chain_of_a_foreign_root(self):
        answer = self.answer("unknown-signer")
        root = certificate.Certificate(answer.extra_certs[1])
        self.assertTrue(root.is_ca())
        signer(answer).check_signed_by(root)
        self.assertNotEqual(root.der, self.authority.root.der)

    def test_real_signer(self):
        answer = self.answer()
        self.assertEqual(protect.Signer.of(self.authority).certificate.der,
                         answer.extra_certs[0])
        issued(answer)


if __name__ == "__main__":
    unittest.main()
