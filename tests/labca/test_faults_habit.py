# SPDX-License-Identifier: Apache-2.0
"""Habits of other servers: what they refuse, and what they send along."""
import unittest

from engine_case import EngineTest

import certificate
import device
import message
import names
from device import cert_conf, issued


class NullSender(device.MacCredential):
    def header(self):
        return dict(super().header(), sender=message.name_field(names.EMPTY))


class Habits(EngineTest):
    def test_null_sender(self):
        self.refused(self.begin(fault="null-sender").send(self.ir()),
                     "error", "badMessageCheck")
        nobody = NullSender(b"4711", b"test secret")
        answer = self.begin(nobody, "null-sender").send(self.ir())
        self.assertEqual(answer.body, "ip")
        # It is about secrets only.
        answer = self.begin(self.enrol(), "null-sender").send(self.ir())
        self.assertEqual(answer.body, "ip")

    def test_no_status_info(self):
        t = self.begin(fault="no-status-info")
        cert = issued(t.send(self.ir()))
        self.refused(t.send(cert_conf(cert, statusInfo={"status": 0})), "error",
                     "badDataFormat")
        self.assertEqual(self.state_of(cert), "issued")

        t = self.begin(fault="no-status-info")
        cert = issued(t.send(self.ir()))
        answer = t.send(cert_conf(cert, statusInfo=None))
        self.assertEqual(answer.body, "pkiconf")
        self.assertEqual(self.state_of(cert), "confirmed")

    def test_reflected_kid(self):
        credential = self.enrol()
        answer = self.begin(credential, "reflected-kid").send(self.ir())
        self.assertEqual(answer.sender_kid, credential.cert.ski)

    def test_odd_signer(self):
        t = self.begin(self.enrol(), "odd-signer")
        answer = t.send(self.ir())
        signer = certificate.Certificate(answer.extra_certs[0])
        self.assertFalse(signer.allows("digitalSignature"))
        answer = t.send(cert_conf(issued(answer)))
        self.assertEqual((answer.body, answer.sender_kid),
                         ("pkiconf", signer.ski))
        # A MAC stays one.
        answer = self.begin(fault="odd-signer").send(self.ir())
        self.assertEqual(answer.sender_kid, b"4711")

    def test_response(self):
        t = self.begin(fault="response=cp")
        answer = t.send(self.ir())
        self.assertEqual(answer.body, "cp")
        self.assertEqual(t.send(cert_conf(issued(answer))).body, "pkiconf")

    def extra_certs(self, fault, reference):
        credential = self.enrol(reference=reference)
        answer = self.begin(credential, fault).send(self.ir())
        return [certificate.Certificate(der) for der in answer.extra_certs]

    def test_roots(self):
        right = self.extra_certs(None, "a")
        certs = self.extra_certs("root-in-extra-certs", "b")
        self.assertEqual(certs[-1].der, self.authority.root.der)
        self.assertEqual(len(certs), len(right) + 1)
        other = self.extra_certs("other-root-in-extra-certs", "c")[-1]
        self.assertEqual(other.subject, other.issuer)
        self.assertNotEqual(other.subject, self.authority.root.subject)


if __name__ == "__main__":
    unittest.main()
