# SPDX-License-Identifier: Apache-2.0
"""How faults are named, put together, and limited to some answers."""
import os
import re
import unittest

import support
from engine_case import EngineTest

import device
import faults
from device import cert_conf, issued
from fault_value import Parameter

EXAMPLES = {"status": "6", "cert-with-status": "2", "fail": "badPOP",
            "error": "badAlg", "error-status": "7", "check-after": "0",
            "poll-nonce": "original", "body": "genp", "text": "hello",
            "info-type": "1.2.3", "info": "0500",
            "pvno": "4", "iterations": "few", "http": "404",
            "http-cmp": "500", "time": "x", "protection-parameters": "null",
            "response": "kup"}


class Names(unittest.TestCase):
    def test_every_fault(self):
        for name in faults.FAULTS:
            for suffix in ("", "-at-confirm", "-at-poll"):
                value = "=" + EXAMPLES[name] if name in EXAMPLES else ""
                faults.Fault(name + suffix + value)
        for name in EXAMPLES:
            self.assertIsInstance(faults.FAULTS[name], Parameter)

    def test_what_is_none(self):
        for name in ("no-such-fault", "", "wrong-nonce=1", "status",
                     "status=x", "fail=badWeather", "pvno=", "body=cpp",
                     "http=99", "chunked=0", "trickle=-1", "retry-after=\n",
                     "waiting=-1", "protection-parameters=boolean",
                     "time-wrong=x", "time-wrong=9999999", "time",
                     "info-type=x", "info=x"):
            with self.assertRaises(ValueError, msg=name):
                faults.Fault(name)

    def test_the_readme_lists_all(self):
        path = os.path.join(support.TOP, "tools", "labca", "README.md")
        with open(path) as f:
            part = f.read().split("\n## Faults\n")[1].split("\n## ")[0]
        rows = re.findall(r"^\| `([a-z0-9-]+)", part, re.M)
        self.assertEqual(sorted(rows), sorted(faults.FAULTS))


class Stages(EngineTest):
    def test_two_at_once(self):
        t = self.begin(fault=("pvno=4", "no-sender-kid"))
        answer = t.send(self.ir())
        self.assertEqual((answer.pvno, answer.sender_kid), (4, None))

    def test_only_at_the_confirmation(self):
        t = self.begin(fault="wrong-nonce-at-confirm")
        nonce = t.nonce
        answer = t.send(self.ir())
        self.assertEqual(answer.recip_nonce, nonce)
        nonce = t.nonce
        self.assertNotEqual(t.send(cert_conf(issued(answer))).recip_nonce,
                            nonce)

    def test_only_at_a_poll(self):
        t = self.begin(fault=("waiting=0", "wrong-nonce-at-poll"))
        nonce = t.nonce
        self.assertEqual(t.send(self.ir()).recip_nonce, nonce)
        nonce = t.nonce
        answer = t.send(("pollReq", [{"certReqId": 0}]))
        self.assertNotEqual(answer.recip_nonce, nonce)

    def test_an_error_to_certconf_is_no_confirmation(self):
        t = self.begin(fault="error-at-confirm=systemFailure")
        cert = issued(t.send(self.ir()))
        self.refused(t.send(cert_conf(cert)), "error", "systemFailure")
        self.assertEqual(self.state_of(cert), "rejected")

    def test_a_spoilt_answer_is_right_the_second_time(self):
        t = self.begin(fault=("bad-mac", "two-responses"))
        der = t.encode(self.ir())
        self.engine.handle(der, t.faults)
        answer = t.receive(self.engine.handle(der, faults.NO_FAULT).der)
        made = device.mac.compute(b"test secret", answer.algorithm,
                                  answer.protected_part)
        self.assertEqual(made, answer.protection)
        self.assertEqual(len(answer.content["response"]), 1)


if __name__ == "__main__":
    unittest.main()
