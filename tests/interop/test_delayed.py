# SPDX-License-Identifier: Apache-2.0
"""A CA that says waiting to any message (RFC 9483 4.4), and a program that
does not live to see the rest: the next process goes on."""
import os
import subprocess
import time
import unittest

import peers
import support


class Delayed(peers.Device):
    def setUp(self):
        super().setUp()
        self.add_secret(peers.REF, peers.SECRET)

    def run_and_kill(self, *words):
        """Killed while it waits for the time of its next pollReq."""
        process = subprocess.Popen(
            [peers.LWCMP, *words, "--wait", "100", "--dump", "killed"],
            cwd=self.folder, env=dict(os.environ, SECRET=peers.SECRET),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not self.has_pollrep():
            self.assertIsNone(process.poll())
            time.sleep(0.01)
        process.kill()
        process.wait()

    def has_pollrep(self):
        folder = self.path("killed")
        return os.path.isdir(folder) and any(
            name.endswith("-pollRep.der") for name in os.listdir(folder))

    def check_goes_on(self, *words):
        text = self.expect(peers.DONE, *words, "--dump", "dump")
        self.assertEqual(self.check_encoding()[0], "01-pollReq.der")
        return text

    def approve(self):
        support.labca("approve", self.ca,
                      support.labca("waiting", self.ca).split()[0])


class Errands(Delayed):
    def setUp(self):
        super().setUp()
        self.enroll(self.serve().url)
        self.url = self.serve("--approve", "manual", "--check-after",
                              "60").url

    def errand(self, *words):
        words = [*words, "--server", self.url, "--trusted", "ca/root.pem",
                 "--state", "device"]
        self.run_and_kill(*words)
        text = self.expect(peers.PENDING, *words)
        self.assertIn("transactionID " +
                      support.labca("waiting", self.ca).split()[0], text)
        self.approve()
        return self.check_goes_on(*words)

    def test_lcp_4_4_01_lcp_4_4_10_rr(self):
        self.errand("revoke", "--reason", "superseded")
        self.assertEqual(self.states(), ["revoked"])

    def test_lcp_4_4_01_lcp_4_4_10_genm(self):
        text = self.errand("info", "--info", "caCerts")
        self.assertRegex(text, r"caCerts\): \d+ bytes")

    def test_refused_after_all(self):
        words = ["revoke", "--server", self.url, "--trusted", "ca/root.pem",
                 "--state", "device"]
        self.expect(peers.PENDING, *words)
        support.labca("refuse", self.ca,
                      support.labca("waiting", self.ca).split()[0])
        self.expect(peers.REJECTED, *words)
        self.assertEqual(self.states(), ["confirmed"])


class CertConf(Delayed):
    def test_lcp_4_4_01_lcp_4_4_10_cert_conf(self):
        url = self.serve().url + \
            "fault/waiting-confirm=1/fault/check-after=60/"
        words = ["enroll", "--server", url, "--state", "device", "--ref",
                 peers.REF, "--secret", "env:SECRET", "--subject", "CN=x",
                 "--learn-anchors"]
        self.run_and_kill(*words)
        self.assertEqual(self.states(), ["issued"])
        self.check_goes_on(*words)
        self.assertEqual(self.states(), ["confirmed"])


if __name__ == "__main__":
    unittest.main()
