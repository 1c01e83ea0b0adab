# SPDX-License-Identifier: Apache-2.0
"""What the program sends, judged by others: ir, cr and kur."""
import unittest

from pyasn1.type import univ

import lives
import peers
import asn1
import certificate
import signature
from dumped import present
from wanted import OLD_CERT_ID

# Numbers of the tags in a template.
SUBJECT, PUBLIC_KEY, EXTENSIONS = 5, 6, 9


def tbs(cert):
    """What is signed of a certificate, without the version before it."""
    return asn1.elements(asn1.elements(cert.der)[0])[1:]


def raw_extension(cert, oid):
    """One extension as it stands in a certificate."""
    begin = asn1.encode(univ.ObjectIdentifier(oid))
    found = [e for e in asn1.elements(asn1.elements(tbs(cert)[-1])[0])
             if asn1.elements(e)[0] == begin]
    return found[0] if found else None


class Request(lives.Sent):
    # Requests that wait are like others.
    lives = [life for life in lives.LIVES if life is not lives.polling]

    def test_lcp_4_1_1_02_cert_req_id_is_0(self):
        for _, m in self.requests():
            self.assertEqual(int(m.cert_req_msg["certReq"]["certReqId"]), 0)

    def test_lcp_4_1_1_03_no_version(self):
        for _, m in self.requests():
            self.assertNotIn("version", present(m.template))

    def test_lcp_4_1_1_06_public_key_is_the_one_to_certify(self):
        kinds = set()
        for operation, m in self.requests():
            spki = asn1.wrap(0x30, b"".join(
                asn1.elements(m.raw_template[PUBLIC_KEY])))
            self.assertEqual(spki, operation.new.spki)
            key = m.public_key
            kinds.add((type(key).__name__.lstrip("_"), key.key_size))
        self.assertEqual(kinds, {
            ("EllipticCurvePublicKey", 256), ("EllipticCurvePublicKey", 384),
            ("EllipticCurvePublicKey", 521), ("RSAPublicKey", 2048),
            ("RSAPublicKey", 3072)})

    def extensions(self, m):
        """Those asked for, by their OIDs."""
        found = asn1.field(m.template, "extensions") or []
        return {str(e["extnID"]): asn1.parse(
            e["extnValue"], certificate.SPEC[str(e["extnID"])]())
            for e in found}

    def test_lcp_4_1_1_07_other_names_are_asked_for(self):
        ir = self.operation(lives.in_store, "enrolled").request
        (oid, alt_names), = self.extensions(ir).items()
        self.assertEqual(oid, certificate.ALT_NAME)
        self.assertEqual([(n.getName(), bytes(n.getComponent()))
                          for n in alt_names],
                         [("dNSName", b"device.example"),
                          ("iPAddress", bytes([192, 0, 2, 7]))])

    def test_lcp_4_1_1_07_extensions_are_asked_for(self):
        cr = self.operation(lives.in_files, "rsa").request
        (oid, usage), = self.extensions(cr).items()
        self.assertEqual(oid, certificate.KEY_USAGE)
        self.assertEqual(certificate.usage_bits(usage), ["keyEncipherment"])

    def test_lcp_1_8_01_crmf_02_only_fields_that_the_profile_speaks_of(self):
        for _, m in self.requests():
            self.assertEqual(present(m.cert_req_msg), {"certReq", "popo"})
            self.assertLessEqual(present(m.template), {
                "subject", "publicKey", "extensions"})
            request = m.cert_req_msg["certReq"]
            controls = asn1.field(request, "controls") or []
            self.assertEqual([str(c["type"]) for c in controls],
                             [OLD_CERT_ID] if m.body == "kur" else [])

    def test_crmf_03_controls_are_there_or_not_but_never_empty(self):
        for _, m in self.requests():
            _, _, *controls = asn1.elements(m.raw_cert_request)
            self.assertEqual([len(asn1.elements(c)) for c in controls],
                             [1] if m.body == "kur" else [])


class ProofOfPossession(lives.Sent):
    lives = Request.lives

    def test_lcp_4_1_1_08_cmp_c_3_01_it_is_always_there(self):
        for _, m in self.requests():
            self.assertIsNotNone(m.popo)

    def test_lcp_4_1_1_09_cmp_5_2_8_1_01_it_is_a_signature(self):
        """raVerified is another choice of it."""
        for _, m in self.requests():
            self.assertEqual(m.popo.getName(), "signature")

    def test_lcp_4_1_1_09_also_of_keys_that_will_not_sign(self):
        for name, bit in (("rsa", "keyEncipherment"),
                          ("agreement", "keyAgreement")):
            operation = self.operation(lives.in_files, name)
            self.assertTrue(operation.new.allows(bit))
            self.assertFalse(operation.new.allows("digitalSignature"))
            self.assertEqual(operation.request.popo.getName(), "signature")

    def test_lcp_4_1_1_10_no_poposk_input(self):
        for _, m in self.requests():
            self.assertEqual(present(m.popo.getComponent()),
                             {"algorithmIdentifier", "signature"})

    def test_lcp_4_1_1_12_it_is_over_the_whole_cert_request(self):
        for _, m in self.requests():
            popo = m.popo.getComponent()
            signature.verify(m.public_key, popo["algorithmIdentifier"],
                             popo["signature"].asOctets(),
                             m.raw_cert_request)

    def test_lcp_4_1_1_13_algorithm_fits_the_key(self):
        for _, m in self.requests():
            self.check_algorithm(m.public_key,
                                 m.popo.getComponent()["algorithmIdentifier"])

    def test_cmp_5_1_3_3_01_signatures_as_their_standards_say(self):
        for _, m in self.requests():
            self.check_encoding_of_signature(
                m.public_key, m.popo.getComponent()["signature"].asOctets())


class Kinds(lives.Sent):
    lives = Request.lives

    def renewals(self):
        return self.sent("kur")

    @staticmethod
    def extension_oids(m):
        return [str(e["extnID"])
                for e in asn1.field(m.template, "extensions") or []]

    def test_lcp_4_1_2_01_cr_by_a_certificate_of_the_same_pki(self):
        operation = self.operation(lives.in_files, "further")
        self.assertEqual([m.body for m in operation.messages], ["cr", "cp"])
        signer = operation.request.certs[0]
        self.assertEqual(signer.der, operation.signer.der)
        self.assertEqual(signer.issuer, operation.new.issuer)

    def test_lcp_4_1_3_01_kur_is_answered_by_kup(self):
        for operation, _ in self.renewals():
            self.assertEqual([m.body for m in operation.messages[:2]],
                             ["kur", "kup"])

    def test_lcp_4_1_01_renewal_is_for_who_signs(self):
        for _, m in self.renewals():
            name, = asn1.elements(m.raw_template[SUBJECT])
            self.assertEqual(asn1.wrap(0xa4, name), m.raw_sender)

    def test_lcp_4_1_3_03_subject_is_copied(self):
        """Octet by octet, whatever its strings are."""
        for operation, m in self.renewals():
            self.assertEqual(asn1.elements(m.raw_template[SUBJECT]),
                             [tbs(operation.signer)[4]])

    def test_lcp_4_1_3_03_the_subject_has_several_types_of_strings(self):
        m = self.operation(lives.sha384, "new").request
        subject = m.raw_template[SUBJECT]
        for tag in (b"\x0c\x07Example", b"\x13\x02FI", b"\x16\x06a@b"):
            self.assertIn(tag, subject)

    def test_lcp_4_1_3_03_alternative_names_are_copied(self):
        count = 0
        for operation, m in self.renewals():
            old = raw_extension(operation.signer, certificate.ALT_NAME)
            new = m.raw_template.get(EXTENSIONS)
            if old is None:
                self.assertIsNone(new)
            else:
                count += 1
                self.assertEqual(asn1.elements(new), [old])
        self.assertGreater(count, 2)

    def test_lcp_4_1_3_04_template_has_nothing_else(self):
        """Although the old certificate has more extensions."""
        for operation, m in self.renewals():
            self.assertIsNotNone(operation.signer.ski)
            self.assertLessEqual({"subject", "publicKey"},
                                 present(m.template))
            self.assertLessEqual(set(self.extension_oids(m)),
                                 {certificate.ALT_NAME})

    def test_lcp_4_1_3_05_key_is_new(self):
        for operation, m in self.renewals():
            self.assertNotEqual(operation.new.spki, operation.signer.spki)

    def test_lcp_4_1_3_08_kur_is_signed(self):
        for operation, m in self.renewals():
            self.assertIn(str(m.algorithm["algorithm"]),
                          {**signature.ECDSA, **signature.RSA})


class NoKur(peers.Device):
    def test_lcp_4_1_3_08_no_kur_by_secret(self):
        self.make_key("new")
        for more in ([], ["--state", "device"], ["--cert", "x", "--key", "x"]):
            text = self.expect(
                peers.USAGE, "renew", "--server", "http://127.0.0.1:1/",
                "--trusted", "ca/root.pem", "--ref", peers.REF, "--secret",
                "env:SECRET", "--newkey", "new.key", "--certout", "x.pem",
                "--dump", "dump", *more)
            self.assertIn("--ref", text)


if __name__ == "__main__":
    unittest.main()
