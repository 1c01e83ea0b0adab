# SPDX-License-Identifier: Apache-2.0
"""A CA that wants time (RFC 9483 4.4): the lab CA. The mock servers of
openssl are in test_openssl_server.py."""
import os
import re
import unittest

import peers
import support


class Polling(peers.Device):
    def setUp(self):
        super().setUp()
        self.add_secret(peers.REF, peers.SECRET)

    def names(self, folder="dump"):
        return [re.sub(r"^\d+-|\.der$", "", n)
                for n in self.check_encoding(folder)]

    def test_waiting_in_the_run(self):
        for number, options in enumerate((
                [], ["--poll-by", "error"], ["--poll-nonce", "original"],
                ["--check-after", "0"])):
            with self.subTest(options):
                self.add_secret(str(number), "hello")
                url = self.serve("--poll-count", "1", *options).url
                self.expect(0, "enroll", "--server", url, "--ref",
                            str(number), "--secret", "pass:hello", "--subject",
                            "CN=x", "--learn-anchors", "--state",
                            "device%d" % number, "--wait", "10", "--dump",
                            "dump%d" % number)
                self.assertEqual(self.names("dump%d" % number)[2::2][:2],
                                 ["pollReq", "pollReq"])
                self.assertEqual(self.states()[-1], "confirmed")

    def test_renewal_and_confirmation_wait(self):
        self.enroll(self.serve().url)
        url = self.serve("--poll-count", "1", "--poll-confirm").url
        self.renew(url, "--wait", "10")
        self.assertEqual(self.states(), ["superseded", "confirmed"])

    def test_another_process_goes_on(self):
        server = self.serve("--approve", "manual")
        text = self.enroll(server.url, status=peers.PENDING)
        self.assertIn("the same command again goes on", text)
        self.enroll(server.url, status=peers.PENDING)
        self.assertEqual(self.states(), [])
        transaction = support.labca("waiting", self.ca).split()[0]
        support.labca("approve", self.ca, transaction)
        self.enroll(server.url, "--dump", "dump")
        self.assertEqual(self.names()[0], "pollReq")
        self.assertEqual(self.states(), ["confirmed"])

    def test_refused_after_all(self):
        server = self.serve("--approve", "manual")
        self.enroll(server.url, status=peers.PENDING)
        transaction = support.labca("waiting", self.ca).split()[0]
        support.labca("refuse", self.ca, transaction)
        self.enroll(server.url, status=peers.REJECTED)
        self.assertEqual(self.states(), [])

    def test_files_wait_too(self):
        server = self.serve("--approve", "manual")
        words = ["enroll", "--server", server.url, "--ref", peers.REF,
                 "--secret", "env:SECRET", "--subject", "CN=x", "--trusted",
                 "ca/root.pem", "--certout", "x.pem"]
        text = self.expect(peers.PENDING, *words, "--newkeyout", "x.key")
        self.assertIn("--newkey", text)
        transaction = support.labca("waiting", self.ca).split()[0]
        support.labca("approve", self.ca, transaction)
        self.expect(0, *words, "--newkey", "x.key")
        self.verify("ca/root.pem", "x.pem")
        self.assertFalse(os.path.exists(self.path("x.pem.lwcmp")))

    def test_begin_anew(self):
        server = self.serve("--approve", "manual")
        self.enroll(server.url, status=peers.PENDING)
        self.enroll(self.serve().url, "--anew")
        self.assertEqual(self.states(), ["confirmed"])

    def test_waiting_again_for_pollrep(self):
        url = self.serve().url + "fault/waiting=2/fault/waiting-for-poll-rep/"
        self.enroll(url, "--wait", "10")
        self.assertEqual(self.states(), ["confirmed"])

    def test_pollrep_for_another_request(self):
        url = self.serve().url + "fault/waiting=2/fault/request-id-at-poll=7/"
        self.enroll(url, "--wait", "10", status=peers.NOT_AUTHENTIC)


if __name__ == "__main__":
    unittest.main()
