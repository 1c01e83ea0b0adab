# SPDX-License-Identifier: Apache-2.0
"""Keys that the CA makes (RFC 9483 4.1.6), with the lab CA."""
import glob
import unittest

import peers
import schema


class CentralKey(peers.Device):
    def setUp(self):
        super().setUp()
        self.add_secret(peers.REF, peers.SECRET)
        self.server = self.serve()

    def url(self, *faults):
        return self.server.url + "".join(
            "fault/%s/" % f for f in faults) + "cmp"

    def ask(self, verb, name, *more, faults=(), status=peers.DONE):
        return self.expect(
            status, verb, "--server", self.url(*faults), "--central-key",
            "--trusted", "ca/root.pem", "--certout", name + ".pem",
            "--newkeyout", name + ".key", "--dump", name + ".dump", *more)

    def by_secret(self, *more):
        return ["--ref", peers.REF, "--secret", "env:SECRET", "--iterations",
                "1000", "--subject", "C=FI,O=Example,CN=device", *more]

    def by_key(self, name):
        return ["--cert", name + ".pem", "--key", name + ".key"]

    def first(self, kind="p256", usage="keyAgreement"):
        """A key and a certificate that a later message is signed with."""
        self.make_key("first", kind)
        self.expect(peers.DONE, "enroll", "--server", self.url(),
                    "--trusted", "ca/root.pem", "--newkey", "first.key",
                    "--certout", "first.pem", "--key-usage",
                    "digitalSignature," + usage, *self.by_secret())

    def sent(self, name):
        """The messages of a dump, decoded by another codec."""
        found = []
        for path in sorted(glob.glob(self.path(name + ".dump") + "/*.der")):
            with open(path, "rb") as f:
                found.append(schema.decode(f.read()))
        return found

    def check(self, name, kind="p256"):
        self.check_pair(name)
        self.verify("ca/root.pem", name + ".pem")
        self.assertIn({"p256": "256 bit", "p384": "384 bit",
                       "rsa2048": "2048 bit"}[kind],
                      self.text(name + ".pem"))

    def test_lcp_4_1_6_3_01_by_secret(self):
        self.ask("enroll", "one", *self.by_secret())
        self.check("one")
        self.assertEqual(self.states(), ["confirmed"])

    def test_lcp_3_1_01_lcp_4_1_6_01_lcp_4_1_6_02_the_request(self):
        self.ask("enroll", "one", *self.by_secret())
        self.assertEqual(len(self.check_encoding("one.dump")), 4)
        messages = self.sent("one")
        self.assertEqual([int(m["header"]["pvno"]) for m in messages], [3] * 4)
        request = messages[0]["body"]["ir"][0]
        self.assertFalse(request["popo"].isValue)
        key = request["certReq"]["certTemplate"]["publicKey"]
        self.assertEqual(str(key["algorithm"]["algorithm"]),
                         "1.2.840.10045.2.1")
        self.assertEqual(len(key["subjectPublicKey"]), 0)
        answer = messages[1]["body"]["ip"]["response"][0]
        key = answer["certifiedKeyPair"]["privateKey"]["envelopedData"]
        self.assertEqual(key["recipientInfos"][0].getName(), "pwri")

    def test_lcp_3_1_03_other_requests_have_pvno_2(self):
        self.first()
        self.expect(peers.DONE, "renew", "--server", self.url(), "--trusted",
                    "ca/root.pem", "--newkeyout", "one.key", "--certout",
                    "one.pem", "--dump", "one.dump", *self.by_key("first"))
        self.assertEqual([int(m["header"]["pvno"]) for m in self.sent("one")],
                         [2] * 4)

    def test_lcp_4_1_6_03_all_kinds_of_keys_by_secret_and_pbmac1(self):
        for kind in ("p384", "rsa2048"):
            self.add_secret(kind, peers.SECRET)
            self.ask("enroll", kind, "--keytype", kind, "--pbmac1",
                     *self.by_secret("--ref", kind)[2:])
            self.check(kind, kind)

    def test_lcp_4_1_6_2_01_by_an_ec_key(self):
        self.first()
        self.ask("renew", "two", *self.by_key("first"))
        self.assertEqual(len(self.check_encoding("two.dump")), 4)
        self.check("two")
        self.ask("certify", "three", "--subject", "CN=three",
                 "--keytype", "rsa2048", *self.by_key("first"),
                 faults=["cms-ber"], status=peers.REJECTED)  # superseded
        self.assertEqual(self.states(), ["superseded", "confirmed"])

    def test_lcp_4_1_6_2_05_a_certificate_that_is_not_for_that(self):
        self.make_key("first")
        self.expect(peers.DONE, "enroll", "--server", self.url(),
                    "--trusted", "ca/root.pem", "--newkey", "first.key",
                    "--certout", "first.pem", *self.by_secret())
        said = self.ask("certify", "two", "--subject", "CN=two",
                        *self.by_key("first"), status=peers.REJECTED)
        self.assertIn("keyAgreement", said)

    def test_lcp_4_1_6_1_01_by_an_rsa_key(self):
        self.first("rsa2048", "keyEncipherment")
        self.ask("certify", "two", "--subject", "CN=two",
                 *self.by_key("first"))
        self.check("two")
        self.ask("certify", "three", "--subject", "CN=three",
                 *self.by_key("first"), faults=["cms-issuer-serial"])
        self.check("three")

    def test_cmp_5_2_2_02_good_variants(self):
        self.first()
        for n, fault in enumerate((
                "cms-128", "cms-192", "cms-sha384", "cms-sha512", "cms-ber",
                "cms-issuer-serial", "cms-no-ukm", "cms-version-0",
                "cms-by-ca", "cms-by-signer")):
            name = "good%d" % n
            self.ask("certify", name, "--subject", "CN=" + name,
                     *self.by_key("first"), faults=[fault])
            self.check(name)

    def test_good_variants_by_secret(self):
        for fault in ("cms-128", "cms-sha512", "cms-ber", "cms-mac-salt",
                      "cms-no-kga", "cms-self-signed"):
            self.add_secret(fault, peers.SECRET)
            self.ask("enroll", fault, "--ref", fault, *self.by_secret()[2:],
                     faults=[fault])
            self.check(fault)

    BAD = (
        ("cms-encrypted-value", "is not packed"),
        ("cms-two-recipients", "is not packed"),
        ("cms-two-keys", "is not packed"),
        ("cms-garbage", "damaged"),
        ("cms-deep", "is not packed"),
        ("cms-bad-padding", "damaged"),
        ("cms-bad-wrap", "damaged"),
        ("cms-other-recipient", "damaged"),
        ("cms-loose", "is not packed"),
        ("cms-other-key", "for another key"),
        ("cms-other-public", "for another key"),
        ("cms-sha1-kdf", "an algorithm"),
        ("cms-other-hash", "an algorithm"),
    )

    def refused(self, fault, words, *more):
        """Nothing is written, and the CA is told so in certConf."""
        before = len(self.states())
        said = self.ask("certify", "bad", *more, faults=[fault],
                        status=self.code(words))
        self.assertIn(words, said, fault)
        self.assertFalse(glob.glob(self.path("bad.key")), fault)
        self.assertFalse(glob.glob(self.path("bad.pem*")), fault)
        self.assertEqual(self.states()[before:], ["rejected"], fault)

    @staticmethod
    def code(words):
        if words in ("is not packed", "damaged", "for another key"):
            return peers.UNACCEPTABLE
        return peers.PATH if words == "no path" else peers.NOT_AUTHENTIC

    def test_lcp_4_1_6_04_lcp_4_1_6_06_lcp_4_1_6_08_bad_ones_by_key(self):
        self.first()
        for fault, words in self.BAD + (
                ("cms-bad-digest", "wrong"), ("cms-bad-signature", "wrong"),
                ("cms-no-kga", "not to answer"),
                ("cms-self-signed", "no path"),
                ("cms-secret", "by a secret")):
            self.refused(fault, words, "--subject", "CN=bad",
                         *self.by_key("first"))

    def test_lcp_4_1_6_16_bad_ones_by_secret(self):
        for fault, words in self.BAD[:-2] + (
                ("cms-bad-digest", "our secret"),
                ("cms-no-secret", "is signed"),
                ("cms-pwri-kek", "an algorithm"),
                ("cms-iterations", "iterations")):
            self.add_secret(fault, peers.SECRET)
            self.refused(fault, words, "--ref", fault, *self.by_secret()[2:])

    def test_lcp_4_1_1_17_a_key_that_is_missing_or_was_not_asked_for(self):
        self.first()
        said = self.ask("certify", "bad", "--subject", "CN=bad",
                        *self.by_key("first"), faults=["cms-no-key"],
                        status=peers.NOT_AUTHENTIC)
        self.assertIn("contradicts itself", said)
        said = self.expect(
            peers.NOT_AUTHENTIC, "certify", "--server",
            self.url("cms-unasked-key"), "--trusted", "ca/root.pem",
            "--certout", "bad.pem", "--newkeyout", "other.key", "--subject",
            "CN=bad", *self.by_key("first"))
        self.assertIn("contradicts itself", said)

    def test_lcp_4_1_6_07_as_openssl_packs_it(self):
        self.first()
        text = self.ask("certify", "two", "--subject", "CN=two",
                        "--loose-cms", *self.by_key("first"),
                        faults=["cms-loose"])
        self.assertIn("lwcmp: --loose-cms: ", text)
        self.check("two")
        self.assertNotIn("lwcmp: --loose-cms: ", self.ask(
            "certify", "three", "--subject", "CN=three", "--loose-cms",
            *self.by_key("first")))

    def test_lcp_7_1_07_in_the_store_of_a_device(self):
        self.enroll(self.url(), "--central-key", "--certout", "one.pem",
                    "--key-usage", "digitalSignature,keyAgreement")
        self.renew(self.url(), "--certout", "two.pem")
        self.renew(self.url(), "--central-key", "--certout", "three.pem")
        self.renew(self.url(), "--certout", "four.pem")
        self.assertEqual(self.states(), ["superseded"] * 3 + ["confirmed"])

    def test_polling_goes_on_in_another_process(self):
        words = ["--state", "device", *self.by_secret()]
        ask = ["enroll", "--central-key", "--trusted", "ca/root.pem",
               "--certout", "one.pem", "--server"]
        self.expect(peers.PENDING, *ask, self.url("waiting=1"), *words)
        self.expect(peers.DONE, *ask, self.url(), *words)
        self.assertEqual(self.states(), ["confirmed"])

    def test_the_file_of_the_key_is_there_already(self):
        self.make_key("one")
        said = self.ask("enroll", "one", *self.by_secret(),
                        status=peers.STORAGE)
        self.assertIn("exists already", said)
        self.assertEqual(self.states(), [])


if __name__ == "__main__":
    unittest.main()
