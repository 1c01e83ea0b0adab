# SPDX-License-Identifier: Apache-2.0
"""What ir, cr and kur may ask for, and when they come again."""
import unittest

from engine_case import EngineTest

import asn1
import certificate
import device
import message
import names
import schema
from device import cert_conf, issued, request_body
from pyasn1_modules import rfc5280


class Contents(EngineTest):
    def rejected(self, fail, body=None, **changes):
        answer = self.begin().send(body or self.ir(**changes))
        self.refused(answer, "ip", fail)
        self.assertIsNone(asn1.field(answer.content["response"][0],
                                     "certifiedKeyPair"))

    def test_proof_of_possession(self):
        self.rejected("badPOP", pop_key=device.new_key())
        self.rejected("badPOP", popo=None)
        self.rejected("badPOP", popo=("raVerified", ""))

    def test_template(self):
        self.rejected("badCertTemplate", template={"publicKey": None})
        self.rejected("badCertTemplate", template={"serialNumber": 5})
        self.rejected("badCertTemplate", template={"version": 0})
        self.rejected("badCertTemplate", subject="")
        self.rejected("badCertTemplate", subject=None)

    def test_extensions_of_a_ca(self):
        self.rejected("badCertTemplate",
                      extensions=[certificate.basic_constraints(True)])
        self.rejected("badCertTemplate",
                      extensions=[certificate.key_usage("keyCertSign")])
        broken = certificate.key_usage("digitalSignature")
        broken["extnValue"] = b"\4\1"
        self.rejected("badCertTemplate", extensions=[broken])

    def alt_name(self, text="dev.example"):
        return certificate.extension(
            certificate.ALT_NAME,
            asn1.build(rfc5280.SubjectAltName(), [("dNSName", text)]))

    def test_extensions_are_copied(self):
        asked = [self.alt_name(),
                 certificate.key_usage("digitalSignature", "keyAgreement"),
                 certificate.extended_key_usage("1.3.6.1.5.5.7.3.2")]
        cert = issued(self.begin().send(self.ir(extensions=asked)))
        given = {str(e["extnID"]): bytes(e["extnValue"])
                 for e in cert.extensions}
        for extension in asked:
            self.assertEqual(given[extension["extnID"]],
                             extension["extnValue"])
        self.assertFalse(cert.is_ca())
        self.assertEqual(cert.ski, certificate.key_identifier(cert.spki))

    def test_empty_subject_makes_the_alternative_name_critical(self):
        cert = issued(self.begin().send(self.ir(
            subject="", extensions=[self.alt_name()])))
        self.assertEqual(cert.subject, names.EMPTY)
        critical = {str(e["extnID"]): bool(e["critical"])
                    for e in cert.extensions}
        self.assertTrue(critical[certificate.ALT_NAME])

    def test_what_is_not_granted_is_told(self):
        answer = self.begin().send(self.ir(
            template={"issuer": asn1.Der(names.from_text("CN=elsewhere"))},
            extensions=[certificate.extension("1.2.3.4", asn1.build(
                schema.PKIFreeText(), ["hello"]))]))
        status = answer.content["response"][0]["status"]
        self.assertEqual(int(status["status"]), 1)
        self.assertIn("issuer", str(status["statusString"][0]))
        self.assertIn("1.2.3.4", str(status["statusString"][0]))

    def test_serial_numbers(self):
        serial = issued(self.begin().send(self.ir())).serial
        self.assertTrue(0 < serial < 1 << 159)

    def test_exactly_one_request(self):
        kind, requests = self.ir()
        answer = self.begin().send((kind, requests * 2))
        self.refused(answer, "error", "badRequest")


class Repetition(EngineTest):
    def test_a_rebuilt_request_gets_the_same_answer(self):
        t = self.begin()
        body, nonce = self.ir(), t.nonce
        first = self.engine.handle(t.encode(body), t.faults).der
        t.credential.algorithm = device.pbm(salt=b"other salt")
        self.assertEqual(self.engine.handle(t.encode(body), t.faults).der,
                         first)
        t.receive(first)
        t.nonce = nonce
        with self.store.change() as state:
            self.assertEqual(len(state.certificates()), 1)

    def test_even_after_the_secret_is_spent(self):
        self.secret("once", "issue")
        t = self.begin(self.mac("once"))
        body = self.ir()
        der = t.encode(body)
        self.assertEqual(self.engine.handle(der, t.faults).der,
                         self.engine.handle(der, t.faults).der)

    def test_another_request_with_the_same_identifier(self):
        t = self.begin()
        t.send(self.ir())
        t.recip_nonce = None
        self.refused(t.send(self.ir()), "error", "transactionIdInUse")

    def test_another_key_with_the_same_nonce(self):
        t = self.begin()
        nonce = t.nonce
        t.send(self.ir())
        t.nonce, t.recip_nonce = nonce, None
        self.refused(t.send(self.ir()), "error", "transactionIdInUse")


class Update(EngineTest):
    def setUp(self):
        super().setUp()
        self.old = self.enrol(extensions=[
            certificate.key_usage("digitalSignature", "keyAgreement")])
        self.key = device.new_key()

    def kur(self, **changes):
        changes.setdefault("subject", "CN=device")
        return request_body("kur", self.key, **changes)

    def old_cert_id(self, serial):
        return [{"type": "1.3.6.1.5.5.7.5.1.5", "value": asn1.encode(
            asn1.build(schema.CertId(), {
                "issuer": message.name_field(self.authority.ca.subject),
                "serialNumber": serial}))}]

    def test_supersedes_when_confirmed(self):
        t = self.begin(self.old)
        answer = t.send(self.kur(controls=self.old_cert_id(
            self.old.cert.serial)))
        cert = issued(answer)
        self.assertEqual(answer.body, "kup")
        self.assertEqual(cert.subject, self.old.cert.subject)
        self.assertTrue(cert.allows("keyAgreement"))
        self.assertEqual(self.state_of(self.old.cert), "confirmed")
        nonce = t.recip_nonce
        for _ in range(2):
            t.recip_nonce = nonce
            self.assertEqual(t.send(cert_conf(cert)).body, "pkiconf")
            self.assertEqual(self.state_of(self.old.cert), "superseded")
        answer = self.begin(self.old).send(self.kur())
        self.refused(answer, "error", "signerNotTrusted")
        new = device.KeyCredential(self.key, cert)
        self.assertEqual(self.begin(new).send(self.kur()).body, "kup")

    def test_lost_answer_after_implicit_confirmation(self):
        t = self.begin(self.old)
        der = t.encode(self.kur(), implicit=True)
        first = self.engine.handle(der, t.faults).der
        self.assertEqual(self.state_of(self.old.cert), "superseded")
        self.assertEqual(self.engine.handle(der, t.faults).der, first)

    def test_a_rejected_one_changes_nothing(self):
        t = self.begin(self.old)
        cert = issued(t.send(self.kur()))
        t.send(cert_conf(cert, accept=False))
        self.assertEqual(self.state_of(self.old.cert), "confirmed")

    def test_refusals(self):
        for body, fail in (
                (self.kur(subject="CN=another"), "badCertTemplate"),
                (self.kur(controls=self.old_cert_id(1)), "badCertId")):
            self.refused(self.begin(self.old).send(body), "kup", fail)

    def test_under_a_mac(self):
        self.refused(self.begin().send(self.kur()), "error",
                     "wrongIntegrity")


if __name__ == "__main__":
    unittest.main()
