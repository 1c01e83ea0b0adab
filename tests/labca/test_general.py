# SPDX-License-Identifier: Apache-2.0
"""tools/labca/general.py, profiles.py, successor.py, fault_general.py"""
import unittest

from engine_case import EngineTest
from pyasn1.type import char, univ

import asn1
import certificate
import profiles
import schema
import successor
from general import ID_IT


def genm(*questions):
    """The body; a question is an OID or (OID, value)."""
    pairs = [q if isinstance(q, tuple) else (q, None) for q in questions]
    return ("genm", [{"infoType": oid, "infoValue": value}
                     for oid, value in pairs])


def profile(*named):
    return [{"infoType": profiles.CERT_PROFILE, "infoValue": asn1.wrap(
        0x30, b"".join(asn1.encode(char.UTF8String(n)) for n in named))}]


class GeneralTest(EngineTest):
    def ask(self, *questions, fault=None, **header):
        return self.begin(fault=fault).send(genm(*questions), **header)

    def value(self, answer, oid):
        """The infoValue of the one answer."""
        self.assertEqual(answer.body, "genp")
        infos = asn1.elements(answer.raw_content)
        self.assertEqual(len(infos), 1)
        self.assertEqual(str(answer.content[0]["infoType"]), oid)
        parts = asn1.elements(infos[0])
        return parts[1] if len(parts) == 2 else None

    def of(self, number, value=None, answered=None, **more):
        return self.value(self.ask((ID_IT + str(number), value), **more),
                          ID_IT + str(answered or number))


class Answers(GeneralTest):
    def test_lcp_4_3_1_01_ca_certs(self):
        self.assertEqual(asn1.elements(self.of(17)), [self.authority.ca.der])
        successor.create(self.folder)
        self.assertEqual(len(asn1.elements(self.of(17))), 3)
        self.refused(self.ask((ID_IT + "17", b"\5\0")), "error", "badRequest")

    def test_lcp_4_3_2_02_root(self):
        root = self.authority.root
        self.assertIsNone(self.of(20, root.der, 18))
        successor.create(self.folder)
        update = successor.read(self.folder)
        for asked in (root.der, None):
            parts = asn1.elements(self.of(20, asked, 18))
            self.assertEqual(parts, [
                update.new_with_new, asn1.wrap(0xa0, update.new_with_old),
                asn1.wrap(0xa1, update.old_with_new)])
        self.assertIsNone(self.of(20, update.new_with_new, 18))

    def test_lcp_4_3_2_03_the_new_root(self):
        successor.create(self.folder)
        update = successor.read(self.folder)
        new, link, back = map(certificate.Certificate, (
            update.new_with_new, update.new_with_old, update.old_with_new))
        new.check_signed_by(new)
        link.check_signed_by(self.authority.root)
        back.check_signed_by(new)
        self.assertEqual(new.spki, link.spki)
        self.assertEqual(back.spki, self.authority.root.spki)
        self.assertNotEqual(new.spki, back.spki)

    def test_lcp_4_3_3_02_template(self):
        self.assertIsNone(self.of(19))
        profiles.write(self.folder, "default", {
            "subject": "C=FI,CN=", "san": "dns:a,ip:",
            "key_usage": "digitalSignature", "ext_key_usage": "",
            "keys": "p256,rsa2048"})
        profiles.write(self.folder, "other", {"subject": ""})
        value = asn1.parse(self.of(19), schema.CertReqTemplateContent())
        self.assertEqual(len(value["certTemplate"]["extensions"]), 3)
        self.assertEqual([str(s["type"]) for s in value["keySpec"]],
                         [profiles.ALGORITHM, profiles.RSA_LENGTH])
        self.assertEqual(
            self.of(19, generalInfo=profile("other")),
            bytes.fromhex("30063004a5023000"))

    def test_others(self):
        for number in (2, 3):
            self.assertTrue(asn1.elements(self.of(number)))
        self.assertTrue(self.of(4))
        kinds = {profiles.EC: 2, profiles.RSA: 2}
        for oid, parts in kinds.items():
            value = self.of(10, asn1.encode(univ.ObjectIdentifier(oid)), 11)
            self.assertEqual(len(asn1.elements(value)), parts)
        self.assertIsNone(
            self.of(10, asn1.encode(univ.ObjectIdentifier("1.2.3")), 11))
        self.assertEqual(
            self.of(16, b"\x30\x04\x0c\x02fi"), b"\x30\x04\x0c\x02en")

    def test_unknown(self):
        self.refused(self.ask("1.2.3"), "error", "badRequest")
        self.engine.policy.unknown_info = "absent"
        self.assertIsNone(self.value(self.ask("1.2.3"), "1.2.3"))

    def test_lcp_4_3_01_one_question(self):
        for questions in ((), (ID_IT + "17", ID_IT + "4")):
            self.refused(self.ask(*questions), "error", "badRequest")

    def test_by_signature(self):
        signer = self.enrol()
        answer = self.begin(signer).send(genm(ID_IT + "17"))
        self.assertTrue(self.value(answer, ID_IT + "17"))

    def test_a_spent_secret_asks_nothing(self):
        with self.store.change() as state:
            state.spend(b"4711")
        self.refused(self.ask(ID_IT + "17"), "error", "notAuthorized")


class Delays(GeneralTest):
    def test_a_question_waits(self):
        self.engine.policy.poll_count = 1
        t = self.begin()
        answer = t.send(genm(ID_IT + "17"))
        self.assertEqual(answer.body, "error")
        self.assertEqual(
            int(answer.content["pKIStatusInfo"]["status"]), 3)
        poll = ("pollReq", [{"certReqId": -1}])
        self.assertEqual(t.send(poll).body, "pollRep")
        nonce = t.recip_nonce
        answer = t.send(poll)
        self.assertTrue(self.value(answer, ID_IT + "17"))
        t.recip_nonce = nonce
        self.assertEqual(t.send(poll).raw_body, answer.raw_body)

    def test_the_same_question_again(self):
        self.engine.policy.poll_count = 1
        t = self.begin()
        der = t.encode(genm(ID_IT + "17"))
        first = self.engine.handle(der, t.faults).der
        self.assertEqual(self.engine.handle(der, t.faults).der, first)
        self.refused(t.send(genm(ID_IT + "4")), "error", "transactionIdInUse")

    def test_refused(self):
        self.engine.policy.manual = True
        t = self.begin()
        t.send(genm(ID_IT + "17"))
        with self.store.change() as state:
            state.set_wait(t.id, decision="refused")
        self.refused(t.send(("pollReq", [{"certReqId": -1}])), "error",
                     "notAuthorized")


class Profiles(GeneralTest):
    def setUp(self):
        super().setUp()
        profiles.write(self.folder, "known", {})

    def test_lcp_3_1_26_where_it_may_stand(self):
        good = profile("known")
        self.assertEqual(self.begin().send(self.ir(), generalInfo=good).body,
                         "ip")
        self.ask(ID_IT + "19", generalInfo=good)
        self.refused(self.ask(ID_IT + "17", generalInfo=good), "error",
                     "badRequest")
        t = self.begin()
        t.send(self.ir())
        self.refused(t.send(("certConf", []), generalInfo=good), "error",
                     "badRequest")

    def test_lcp_3_1_27_one_name(self):
        for infos, fail in (
                (profile("known", "known"), "badRequest"),
                (profile(), "badRequest"),
                (profile("known") * 2, "badRequest"),
                (profile("unknown"), "badRequest"),
                ([{"infoType": profiles.CERT_PROFILE}], "badDataFormat"),
                ([{"infoType": profiles.CERT_PROFILE,
                   "infoValue": b"\x0c\x05known"}], "badDataFormat")):
            self.refused(self.begin().send(self.ir(), generalInfo=infos),
                         "error", fail)

    def test_what_cannot_be_a_profile(self):
        for fields in ({"subject": "X=1"}, {"keys": "rsa"}, {"keys": "p1"},
                       {"san": "dns"}, {"san": "fax:1"}):
            with self.assertRaises(ValueError):
                profiles.write(self.folder, "bad", fields)
        self.assertNotIn("bad", profiles.read(self.folder))


class Faults(GeneralTest):
    def test_in_the_list(self):
        answer = self.ask(ID_IT + "17", fault="info-type=1.2.3")
        self.assertEqual(str(answer.content[0]["infoType"]), "1.2.3")
        for fault, n in (("two-infos", 2), ("no-infos", 0)):
            answer = self.ask(ID_IT + "17", fault=fault)
            self.assertEqual(len(asn1.elements(answer.raw_content)), n)
        for fault, value in (("info-absent", None),
                             ("info-empty", b"\x30\x00"),
                             ("info-text", b"\x0c\x02no"),
                             ("info=0500", b"\5\0")):
            self.assertEqual(self.of(17, fault=fault), value)

    def root(self, fault):
        """(new_with_new, new_with_old) as certificates."""
        parts = asn1.elements(self.of(20, answered=18, fault=fault))
        new = certificate.Certificate(parts[0])
        if parts[1][0] != 0xa0:
            return new, None
        return new, certificate.Certificate(asn1.elements(parts[1])[0])

    def signed(self, cert, issuer):
        try:
            cert.check_signed_by(issuer)
            return True
        except Exception:  # BadSignature, or of the library
            return False

    def test_of_the_root(self):
        for fault, self_signed, linked, same in (
                ("root-good", True, True, True),
                ("root-link", True, False, True),
                ("root-other-key", True, True, False),
                ("root-not-self-signed", False, True, True)):
            new, link = self.root(fault)
            self.assertEqual(self.signed(new, new), self_signed, fault)
            self.assertEqual(self.signed(link, self.authority.root), linked,
                             fault)
            self.assertEqual(new.spki == link.spki, same, fault)
        self.assertIsNone(self.root("root-without-link")[1])


if __name__ == "__main__":
    unittest.main()
