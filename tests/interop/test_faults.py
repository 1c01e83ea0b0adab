# SPDX-License-Identifier: Apache-2.0
"""A CA that errs: one clear error each, and the old identity untouched."""
import os
import socket
import unittest

import peers

# fault: exit status, words of the message, states of the CA's certificates
# of this attempt, if the fault is in the answer to the request
FAULTS = {
    "wrong-nonce": (peers.NOT_AUTHENTIC, "nonce", ["issued"]),
    "wrong-transaction-id": (peers.NOT_AUTHENTIC, "transaction", ["issued"]),
    "bad-mac": (peers.NOT_AUTHENTIC, "the answer", ["issued"]),
    "unprotected-error": (peers.NOT_AUTHENTIC, "not authenticated",
                          ["issued"]),
    "wrong-key": (peers.UNACCEPTABLE, "key", ["rejected"]),
    "wrong-key-implicit": (peers.UNACCEPTABLE, "key", ["confirmed"]),
    "html": (peers.HTTP, "html", ["issued"]),
    "hang-up": (peers.NETWORK, "", ["issued"]),
    "drop": (peers.NETWORK, "", []),
    "cut-answer": (peers.NETWORK, "", ["issued"]),
    "reject": (peers.REJECTED, "badCertTemplate", []),
    "waiting": (peers.PENDING, "wait", []),
}
AT_CONFIRM = ["wrong-nonce", "wrong-transaction-id", "bad-mac",
              "unprotected-error", "html", "hang-up", "drop", "cut-answer"]


class Faults(peers.Device):
    def setUp(self):
        super().setUp()
        self.add_secret(peers.REF, peers.SECRET, "never")
        self.url = self.serve().url

    def fault(self, name):
        return "%sfault/%s/pkix/" % (self.url, name)

    def test_lcp_3_6_01_first_enrolment(self):
        for name, (status, words, states) in FAULTS.items():
            with self.subTest(name):
                before = len(self.states())
                text = self.enroll(self.fault(name), status=status,
                                   state=name)
                self.assertIn(words, text.lower() if words.islower()
                              else text)
                self.assertEqual(self.states()[before:], states)
                self.assertNotIn("cert-1", self.contents(name))
                # The next attempt succeeds.
                self.enroll(self.url, "--anew", state=name)

    def test_another_subject_is_told(self):
        told = "another subject than was asked for"
        for fault in "granted-with-mods", "other-subject":
            self.assertIn(told, self.enroll(self.fault(fault), state=fault))
        self.assertNotIn(told, self.enroll(self.url))

    def test_renewal(self):
        self.enroll(self.url)
        for name, (status, words, states) in FAULTS.items():
            with self.subTest(name):
                self.check_renewal(name, status, words)
        self.renew(self.url, "--anew")

    def test_answer_to_certconf(self):
        self.enroll(self.url)
        for name in AT_CONFIRM:
            with self.subTest(name):
                status, words, _ = FAULTS[name]
                self.check_renewal(name + "-at-confirm", status, words)

    def check_renewal(self, name, status, words):
        """The identity of before is what the device still has."""
        before = self.contents()
        active = [n for n in before if n.startswith("cert-")]
        self.assertEqual(len(active), 1)
        text = self.renew(self.fault(name), "--anew", status=status)
        self.assertIn(words, text.lower() if words.islower() else text)
        after = self.contents()
        self.assertEqual(after[active[0]], before[active[0]])
        key = "key-0000000000004c0" + active[0][-1]
        self.assertEqual(after[key], before[key])
        # To the CA the old certificate is superseded once the new one is
        # confirmed, so it knows this device no more.
        if name.endswith(("-at-confirm", "-implicit")):
            self.start_again()

    def start_again(self):
        for name in os.listdir(self.path("device")):
            os.remove(self.path("device/" + name))
        self.enroll(self.url)

    def test_implicit_confirmation_nobody_asked_for(self):
        self.enroll(self.fault("implicit-unasked"), "--dump", "dump")
        self.assertEqual(len(self.check_encoding()), 4)

    def test_wrong_key_confirmed_implicitly(self):
        text = self.enroll(self.fault("wrong-key-implicit"),
                           "--implicit-confirm", "--dump", "dump",
                           status=peers.UNACCEPTABLE)
        self.assertIn("key", text)
        self.assertEqual(len(self.check_encoding()), 2)
        self.assertEqual(self.states(), ["confirmed"])

    def test_no_ca_pubs(self):
        self.enroll(self.fault("no-ca-pubs"), status=peers.UNACCEPTABLE)
        self.assertEqual(self.states(), ["rejected"])

    def test_wrong_secret(self):
        text = self.expect(
            peers.NOT_AUTHENTIC, "enroll", "--server", self.url, "--state",
            "device", "--ref", peers.REF, "--secret", "env:WRONG",
            "--subject", "CN=x", "--learn-anchors",
            env={"WRONG": "not the secret"})
        self.assertIn("not authenticated", text)
        self.assertIn("badMessageCheck", text)
        self.assertIn("secret", text)
        self.assertEqual(self.states(), [])

    def test_spent_secret(self):
        self.add_secret("once", "only")
        words = ["enroll", "--server", self.url, "--ref", "once", "--secret",
                 "pass:only", "--subject", "CN=x", "--learn-anchors",
                 "--state"]
        self.expect(0, *words, "one")
        text = self.expect(peers.REJECTED, *words, "two")
        self.assertIn("notAuthorized", text)

    def test_nobody_listens(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        text = self.enroll("http://127.0.0.1:%d/" % port,
                           status=peers.NETWORK)
        self.assertIn("refused", text)

    def test_lcp_3_6_1_05_silence(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            s.listen()
            self.enroll("http://127.0.0.1:%d/" % s.getsockname()[1],
                        "--timeout", "1", status=peers.NETWORK)


if __name__ == "__main__":
    unittest.main()
