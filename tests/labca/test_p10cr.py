# SPDX-License-Identifier: Apache-2.0
"""p10cr: what it may say, and the number that its answer has."""
import unittest

from engine_case import EngineTest

import certificate
import device
from device import cert_conf, csr_body, issued


class P10cr(EngineTest):
    def setUp(self):
        super().setUp()
        self.key = device.new_key()

    def number(self, answer):
        return int(answer.content["response"][0]["certReqId"])

    def usage(self, name="keyAgreement"):
        return [certificate.key_usage(name)]

    def test_minus_one(self):
        t = self.begin()
        answer = t.send(csr_body(self.key, attributes=[self.usage()]))
        self.assertEqual((answer.body, self.number(answer)), ("cp", -1))
        cert = issued(answer)
        self.assertTrue(cert.allows("keyAgreement"))
        answer = t.send(cert_conf(cert, request_id=-1))
        self.assertEqual(answer.body, "pkiconf")

    def test_zero_by_fault(self):
        for fault, number in (("p10-id", 0), ("p10-id=7", 7)):
            self.secret(fault)
            t = self.begin(self.mac(fault), fault)
            answer = t.send(csr_body(self.key))
            self.assertEqual(self.number(answer), number)
            answer = t.send(cert_conf(issued(answer), request_id=number))
            self.assertEqual(answer.body, "pkiconf")

    def test_another_number_in_certconf(self):
        t = self.begin()
        cert = issued(t.send(csr_body(self.key)))
        self.refused(t.send(cert_conf(cert)), "error", "badRequest")

    def test_polling(self):
        for fault, number in (("waiting=1", -1), (("waiting=1", "p10-id"), 0),
                              ("waiting-by-error=1", -1)):
            t = self.begin(fault=fault)
            t.send(csr_body(device.new_key()))
            answer = t.send(("pollReq", [{"certReqId": number}]))
            self.assertEqual(answer.body, "pollRep")
            self.assertEqual(int(answer.content[0]["certReqId"]), number)
            answer = t.send(("pollReq", [{"certReqId": number}]))
            self.assertEqual(answer.body, "cp")

    def test_version_is_zero(self):
        answer = self.begin().send(csr_body(self.key, version=1))
        self.refused(answer, "error", "badDataFormat")

    def test_two_extension_requests(self):
        answer = self.begin().send(csr_body(
            self.key, attributes=[self.usage(), self.usage()]))
        self.refused(answer, "error", "badDataFormat")

    def test_signed_with_another_key(self):
        answer = self.begin().send(csr_body(
            self.key, pop_key=device.new_key()))
        self.refused(answer, "cp", "badPOP")


if __name__ == "__main__":
    unittest.main()
