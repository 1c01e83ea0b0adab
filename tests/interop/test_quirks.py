# SPDX-License-Identifier: Apache-2.0
"""What servers are forgiven, by name: refused without it, accepted with it
and said on stderr; and what nobody is forgiven."""
import os
import re
import unittest

import peers
import support

ALL = "null-sender,signed-answers,reflected-kid,unprotected-negative," \
    "ip-for-cr,missing-key-usage,anchor-in-extra-certs"


class Case(peers.Device):
    def setUp(self):
        super().setUp()
        self.add_secret(peers.REF, peers.SECRET, "never")
        self.url = self.serve().url
        self.count = 0

    def fault(self, *names):
        return self.url + "".join("fault/%s/" % n for n in names) + "pkix/"

    def acted(self, text):
        return re.findall(r"^lwcmp: quirk ([a-z-]+): ", text, re.M)

    def ask(self, status, verb, words, *more):
        """Another attempt by itself: (stderr and all, quirks that acted)"""
        self.count += 1
        text = self.expect(status, verb, *words, "--state",
                           "device%d" % self.count, "--subject",
                           "CN=device 1", *more)
        return text, self.acted(text)

    def by_secret(self, status, url, *more, verb="enroll"):
        return self.ask(status, verb, [
            "--server", url, "--ref", peers.REF, "--secret", "env:SECRET",
            "--trusted", "ca/root.pem", "--iterations", "1000"], *more)

    def by_cert(self, status, url, *more, trusted="ca/root.pem"):
        """With a certificate of a maker; the CA knows him."""
        if not os.path.exists(self.path("idev.pem")):
            self.make("maker", "/CN=Maker", *peers.CA, issuer="maker")
            self.make("idev", "/CN=idev 1", issuer="maker")
            support.labca("trust", self.ca, self.path("maker.pem"))
        trust = ["--trusted", trusted] if trusted else []
        return self.ask(status, "enroll", [
            "--server", url, "--cert", "idev.pem", "--key", "idev.key",
            *trust], *more)

    def check(self, ask, strict, words, url, quirk, lenient=peers.DONE,
              **more):
        """Each quirk by itself."""
        text, acted = ask(strict, url, **more)
        self.assertIn(words, text)
        self.assertEqual(acted, [])
        others = ",".join(q for q in ALL.split(",") if q != quirk)
        text, acted = ask(strict, url, "--quirk", others, **more)
        self.assertNotIn(quirk, acted)
        text, acted = ask(lenient, url, "--quirk", quirk, **more)
        self.assertEqual(acted, [quirk])
        return text


class Quirks(Case):
    def test_cmp_5_1_1_01_cmp_c_4_01_null_sender(self):
        self.check(self.by_secret, peers.REJECTED, "badMessageCheck",
                   self.fault("null-sender"), "null-sender")
        self.assertEqual(self.states(), ["confirmed"])

    def test_lcp_3_2_02_signed_answers(self):
        for name in ("sign-answer", "sign-answer-at-confirm"):
            self.check(self.by_secret, peers.NOT_AUTHENTIC,
                       "the answer is signed", self.fault(name),
                       "signed-answers")

    def test_lcp_3_5_11_reflected_kid(self):
        self.check(self.by_cert, peers.NOT_AUTHENTIC,
                   "the certificate of who signed", self.fault("reflected-kid"),
                   "reflected-kid")

    def test_lcp_3_5_08_unprotected_rejection(self):
        text = self.check(self.by_secret, peers.NOT_AUTHENTIC,
                          "the answer is not protected",
                          self.fault("reject", "unprotected"),
                          "unprotected-negative", peers.NOT_AUTHENTIC)
        self.assertIn("badCertTemplate", text)
        self.assertIn("(not authenticated)", text)

    def test_lcp_3_6_4_05_cmp_7_03_errors_of_nobody_knows_which(self):
        for name in ("wrong-transaction-id", "wrong-nonce", "no-nonce",
                     "pvno=1"):
            with self.subTest(name):
                text = self.check(
                    self.by_secret, peers.NOT_AUTHENTIC, "failed",
                    self.fault("error=badAlg", name), "unprotected-negative",
                    peers.NOT_AUTHENTIC)
                self.assertIn("badAlg", text)
                self.assertIn("(not authenticated)", text)

    def test_lcp_3_5_04_ip_for_cr(self):
        self.check(self.by_secret, peers.NOT_AUTHENTIC, "does not fit",
                   self.fault("response=ip"), "ip-for-cr", verb="certify")

    def test_lcp_3_5_04_cp_for_ir(self):
        self.check(self.by_secret, peers.NOT_AUTHENTIC, "does not fit",
                   self.fault("response=cp"), "ip-for-cr")

    def test_lcp_3_5_13_missing_key_usage(self):
        self.check(self.by_cert, peers.NOT_AUTHENTIC, "not to answer",
                   self.fault("odd-signer"), "missing-key-usage")

    def test_lcp_4_1_1_no_status_info(self):
        self.by_secret(peers.REJECTED, self.fault("no-status-info"))
        _, acted = self.by_secret(peers.DONE, self.fault("no-status-info"),
                                  "--quirk", "no-status-info")
        self.assertEqual(acted, ["no-status-info"])
        self.assertEqual(self.states(), ["issued", "confirmed"])

    def test_cmp_5_3_18_rejection_without_status_info(self):
        self.by_secret(peers.UNACCEPTABLE,
                       self.fault("no-status-info", "wrong-key"),
                       "--quirk", "no-status-info")
        self.assertEqual(self.states(), ["rejected"])

    def test_anchor_in_extra_certs(self):
        self.by_cert(peers.USAGE, self.fault("root-in-extra-certs"),
                     trusted=None)
        text, acted = self.by_cert(
            peers.DONE, self.fault("root-in-extra-certs"), "--preset", "3gpp",
            "--anchorsout", "learned.pem", "--certout", "new.pem",
            trusted=None)
        self.assertEqual(acted, ["anchor-in-extra-certs"])
        self.assertIn("INSECURE", text)
        self.verify("learned.pem", "new.pem")
        self.assertEqual(self.states(), ["confirmed"])
        # What was learned serves from then on, and no other comes past it.
        words = ["--server", self.url, "--state", "device2"]
        self.assertEqual(self.acted(self.expect(0, "renew", *words)), [])

    def test_legacy(self):
        names = ("null-sender", "sign-answer", "odd-signer", "reflected-kid",
                 "response=cp")
        text, acted = self.by_secret(peers.DONE, self.fault(*names),
                                     "--preset", "legacy")
        self.assertEqual(set(acted), {
            "null-sender", "signed-answers", "reflected-kid", "ip-for-cr",
            "missing-key-usage"}, text)


class Attacks(Case):
    """With all of them on."""

    def refused(self, ask, status, words, *faults, **more):
        before = self.states()
        text, _ = ask(status, self.fault(*faults), "--quirk", ALL, **more)
        self.assertIn(words, text)
        if not any(f.endswith("-at-confirm") for f in faults):
            self.assertNotIn("confirmed", self.states()[len(before):])
        self.assertNotIn("anchors", self.contents("device%d" % self.count))

    def test_lcp_3_5_18_signed_by_a_device(self):
        self.refused(self.by_secret, peers.NOT_AUTHENTIC, "not to answer",
                     "sign-answer", "device-signer")
        self.refused(self.by_secret, peers.PATH, "trust anchor",
                     "sign-answer", "unknown-signer")
        self.refused(self.by_secret, peers.PATH, "trust anchor",
                     "sign-answer", "impostor-signer")

    def test_lcp_3_5_08_unprotected(self):
        self.refused(self.by_secret, peers.NOT_AUTHENTIC, "not protected",
                     "unprotected")
        self.refused(self.by_secret, peers.NOT_AUTHENTIC, "not protected",
                     "waiting", "unprotected")
        self.refused(self.by_secret, peers.NOT_AUTHENTIC, "not protected",
                     "unprotected-at-confirm")

    def test_lcp_3_5_09_wrong_protection(self):
        self.refused(self.by_secret, peers.NOT_AUTHENTIC, "secret", "bad-mac")
        self.refused(self.by_secret, peers.NOT_AUTHENTIC, "secret",
                     "error=badAlg", "bad-mac")
        self.refused(self.by_cert, peers.NOT_AUTHENTIC, "signed",
                     "mac-answer")

    def test_lcp_3_5_04_another_body(self):
        for body in ("kup", "genp", "pkiconf", "pollRep"):
            self.refused(self.by_secret, peers.NOT_AUTHENTIC, "does not fit",
                         "body=" + body)

    def test_lcp_3_3_04_roots(self):
        self.refused(self.by_cert, peers.PATH, "trust anchor",
                     "other-root-in-extra-certs", trusted=None)
        self.refused(self.by_cert, peers.PATH, "trust anchor",
                     "root-in-extra-certs", trusted="maker.pem")
        self.refused(self.by_cert, peers.PATH, "trust anchor",
                     "root-in-extra-certs", "reject", trusted=None)
        self.refused(self.by_cert, peers.PATH, "trust anchor",
                     "root-in-extra-certs", "error=badAlg", trusted=None)
        self.refused(self.by_cert, peers.UNACCEPTABLE, "key",
                     "root-in-extra-certs", "wrong-key", trusted=None)

    def test_lcp_4_1_12_root_in_ca_pubs(self):
        self.refused(self.by_cert, peers.PATH, "trust anchor", "ca-pubs",
                     trusted=None)


if __name__ == "__main__":
    unittest.main()
