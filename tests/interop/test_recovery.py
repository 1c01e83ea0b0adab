# SPDX-License-Identifier: Apache-2.0
"""Backup of keys (RFC 4211 6.4) and their recovery (RFC 9810 5.3.7, 5.3.8),
with the lab CA."""
import glob
import os
import shutil
import unittest

import peers
import asn1
import dumped
import schema

ARCHIVE_OPTIONS = "1.3.6.1.5.5.7.5.1.4"
OLD_CERT_ID = "1.3.6.1.5.5.7.5.1.5"
PROTOCOL_ENCR_KEY = "1.3.6.1.5.5.7.5.1.6"
SUBJECT = "C=FI,O=Example,CN=device"


class Recovery(peers.Device):
    def setUp(self):
        super().setUp()
        self.add_secret(peers.REF, peers.SECRET, "never")
        self.server = self.serve()

    def url(self, *faults):
        return self.server.url + "".join(
            "fault/%s/" % f for f in faults) + "cmp"

    def ask(self, verb, name, *more, faults=(), status=peers.DONE):
        """Key and certificate go to files of this name."""
        return self.expect(
            status, verb, "--server", self.url(*faults), "--trusted",
            "ca/root.pem", "--certout", name + ".pem", "--newkeyout",
            name + ".key", "--dump", name + ".dump", *more)

    @staticmethod
    def by_secret(reference=peers.REF, subject=SUBJECT):
        return ["--ref", reference, "--secret", "env:SECRET", "--iterations",
                "1000", "--subject", subject]

    def by_key(self, name):
        return ["--cert", name + ".pem", "--key", name + ".key"]

    def backed_up(self, name="one", *more):
        self.ask("enroll", name, "--backup", "ca/archive.pem",
                 *self.by_secret(), *more)

    def message(self, name, number=0):
        return dumped.Message(
            sorted(glob.glob(self.path(name + ".dump") + "/*.der"))[number])

    def control(self, name):
        """Of the request: types, and the value of the last."""
        controls = self.message(name).cert_req_msg["certReq"]["controls"]
        return ([str(c["type"]) for c in controls],
                bytes(controls[-1]["value"]))

    def check_same(self, one, two):
        """The very same key and certificate."""
        with open(self.path(one + ".pem")) as f, \
                open(self.path(two + ".pem")) as g:
            self.assertEqual(f.read(), g.read())
        self.check_pair(two)

    def rsa_archive(self):
        """The archive of the CA has an RSA key."""
        for kind in "pem", "key":
            shutil.copy(self.path("ca/ca." + kind), self.path("root." + kind))
        self.make("archive", "/C=FI/O=Example/CN=RSA archive",
                  "keyUsage=critical,keyEncipherment", kind="rsa2048")
        for kind in "pem", "key":
            shutil.copy(self.path("archive." + kind),
                        self.path("ca/archive." + kind))
        self.server.stop()
        self.server = self.serve()


class Backup(Recovery):
    def test_crmf_06_cmp_5_2_8_3_1_01_in_ir(self):
        self.backed_up()
        messages = [self.message("one", n) for n in range(4)]
        self.assertEqual([m.pvno for m in messages], [3] * 4)
        types, value = self.control("one")
        self.assertEqual(types, [ARCHIVE_OPTIONS])
        self.assertEqual(value[0], 0xa0)
        self.assertEqual(asn1.elements(value)[0][0], 0xa0)
        options = asn1.parse(value, schema.PKIArchiveOptions())
        self.assertEqual(asn1.encode(options), value)
        self.assertEqual(self.states(), ["confirmed"])
        self.check_encoding("one.dump")

    def test_crmf_04_in_cr_and_with_old_cert_id_in_kur(self):
        self.backed_up()
        self.ask("certify", "two", "--subject", "CN=two", "--backup",
                 "ca/archive.pem", *self.by_key("one"))
        self.ask("renew", "three", "--backup", "ca/archive.pem",
                 *self.by_key("one"))
        self.assertEqual(self.control("three")[0],
                         [OLD_CERT_ID, ARCHIVE_OPTIONS])
        self.check_encoding("three.dump")
        self.ask("recover", "back", *self.by_secret())
        self.check_same("three", "back")

    def decrypted(self, name):
        """What the openssl program reads in the envelope."""
        _, value = self.control(name)
        enveloped = b"\x30" + asn1.elements(value)[0][1:]
        with open(self.path("cms"), "wb") as f:
            f.write(asn1.wrap(0x30, bytes.fromhex(
                "06092a864886f70d010703") + asn1.wrap(0xa0, enveloped)))
        self.openssl_ok("cms", "-decrypt", "-inform", "DER", "-in", "cms",
                        "-inkey", "ca/archive.key", "-recip",
                        "ca/archive.pem", "-out", "plain", "-binary")
        with open(self.path("plain"), "rb") as f:
            key = asn1.elements(f.read())[0]
        with open(self.path("plain.key"), "wb") as f:
            f.write(key)
        return self.openssl_ok("pkey", "-inform", "DER", "-in", "plain.key",
                               "-pubout")

    def test_crmf_07_openssl_reads_what_is_for_an_ec_key(self):
        for kind in ("p256", "p384", "rsa2048"):
            self.backed_up(kind, "--keytype", kind)
            self.assertEqual(self.decrypted(kind),
                             self.public_key(kind + ".pem"))

    def test_crmf_07_openssl_reads_what_is_for_an_rsa_key(self):
        self.rsa_archive()
        for kind in ("p256", "rsa3072"):
            self.backed_up(kind, "--keytype", kind)
            self.assertEqual(self.decrypted(kind),
                             self.public_key(kind + ".pem"))
        self.ask("recover", "back", *self.by_secret())
        self.check_same("rsa3072", "back")

    def test_of_a_key_in_a_file(self):
        self.make_key("old")
        self.expect(peers.DONE, "enroll", "--server", self.url(), "--trusted",
                    "ca/root.pem", "--certout", "old.pem", "--newkey",
                    "old.key", "--backup", "ca/archive.pem",
                    *self.by_secret())
        self.ask("recover", "back", *self.by_secret())
        self.check_same("old", "back")

    def test_a_key_that_may_not_leave_its_store(self):
        """It was kept by a request that waits, without --backup."""
        self.make_key("old")
        words = ["enroll", "--server", self.url("waiting=1"), "--trusted",
                 "ca/root.pem", "--newkey", "old.key", "--state", "device",
                 *self.by_secret()]
        self.expect(peers.PENDING, *words)
        said = self.expect(peers.USAGE, *words, "--backup", "ca/archive.pem",
                           "--dump", "dump")
        self.assertIn("may not leave its store", said)
        self.assertFalse(glob.glob(self.path("dump") + "/*.der"))
        words[2] = self.url()
        self.expect(peers.DONE, *words, "--backup", "ca/archive.pem",
                    "--anew")

    def test_a_key_of_a_state_that_may_not_leave_it(self):
        """The next request makes another one."""
        self.enroll(self.url("drop"), "--timeout", "1",
                    status=peers.NETWORK)
        self.enroll(self.url(), "--backup", "ca/archive.pem", "--certout",
                    "one.pem")
        self.expect(peers.DONE, "recover", "--server", self.url(),
                    "--trusted", "ca/root.pem", "--newkeyout", "back.key",
                    "--certout", "back.pem",
                    *self.by_secret(subject="C=FI,O=Example,CN=device 1"))
        self.check_same("one", "back")

    def test_a_request_that_was_lost_goes_out_again(self):
        """With another envelope, and is the same to the CA."""
        words = ["--backup", "ca/archive.pem"]
        self.enroll(self.url("cut=10"), *words, status=peers.HTTP)
        self.enroll(self.url(), *words)
        self.assertEqual(self.states(), ["confirmed"])

    def test_without_a_certificate_to_encrypt_for(self):
        for name in ("missing.pem", "ca/archive.key"):
            said = self.ask("enroll", "one", "--backup", name,
                            *self.by_secret(), status=peers.STORAGE)
            self.assertIn(name, said)
        said = self.ask("enroll", "one", "--backup", "ca/archive.pem",
                        "--central-key", *self.by_secret(),
                        status=peers.USAGE)
        self.assertIn("excludes", said)

    def test_cmp_5_3_19_01_the_certificate_of_the_archive(self):
        """As the CA gives it, if it is asked."""
        self.expect(peers.DONE, "info", "--server", self.url(), "--trusted",
                    "ca/root.pem", "--info", "caProtEncCert", "--out",
                    "archive.der", *self.by_secret()[:-2])
        self.openssl_ok("x509", "-inform", "DER", "-in", "archive.der",
                        "-out", "archive.pem")
        self.ask("enroll", "one", "--backup", "archive.pem",
                 *self.by_secret())
        self.ask("recover", "back", *self.by_secret())
        self.check_same("one", "back")

    def test_for_somebody_else(self):
        said = self.ask("enroll", "one", "--backup", "ca/signer.pem",
                        *self.by_secret(), status=peers.REJECTED)
        self.assertIn("somebody else", said)
        self.assertEqual(self.states(), [])


class Recover(Recovery):
    def test_cmp_5_3_7_01_cmp_5_3_8_01_by_secret(self):
        self.backed_up()
        self.ask("recover", "back", *self.by_secret())
        self.check_same("one", "back")
        self.check_encoding("back.dump")
        request, answer = self.message("back"), self.message("back", 1)
        self.assertEqual((request.body, answer.body), ("krr", "krp"))
        self.assertEqual([request.pvno, answer.pvno], [3, 3])
        self.assertIsNone(request.popo)
        self.assertEqual(set(request.raw_template), {5})
        self.assertIsNone(asn1.field(
            request.cert_req_msg["certReq"], "controls"))
        self.assertEqual(len(os.listdir(self.path("back.dump"))), 2)
        self.assertEqual(self.states(), ["confirmed"])

    def by_another(self, kind, usage):
        """A certificate of the same subject signs."""
        self.backed_up()
        self.make_key("old", kind)
        self.expect(peers.DONE, "enroll", "--server", self.url(), "--trusted",
                    "ca/root.pem", "--newkey", "old.key", "--certout",
                    "old.pem", "--key-usage", "digitalSignature," + usage,
                    *self.by_secret())

    def test_cmp_5_3_7_01_by_an_ec_key(self):
        self.by_another("p256", "keyAgreement")
        self.ask("recover", "back", "--subject", SUBJECT,
                 *self.by_key("old"))
        self.check_same("one", "back")
        types, value = self.control("back")
        self.assertEqual(types, [PROTOCOL_ENCR_KEY])
        self.assertEqual(value, self.message("back").certs[0].spki)
        self.check_encoding("back.dump")

    def test_by_an_rsa_key(self):
        self.by_another("rsa2048", "keyEncipherment")
        self.ask("recover", "back", "--subject", SUBJECT,
                 *self.by_key("old"))
        self.check_same("one", "back")

    def test_the_state_is_lost(self):
        """Enrolled with a backup, lost, recovered, and renewed with it."""
        self.enroll(self.url(), "--backup", "ca/archive.pem", "--certout",
                    "one.pem")
        shutil.rmtree(self.path("device"))
        self.expect(peers.DONE, "recover", "--server", self.url(), "--state",
                    "device", "--certout", "back.pem", "--trusted",
                    "ca/root.pem",
                    *self.by_secret(subject="C=FI,O=Example,CN=device 1"))
        with open(self.path("one.pem")) as f, open(self.path("back.pem")) as g:
            self.assertEqual(f.read(), g.read())
        self.renew(self.url(), "--trusted", "ca/root.pem")
        self.assertEqual(self.states(), ["superseded", "confirmed"])

    def test_it_takes_the_place_of_another(self):
        self.backed_up()
        words = ["--server", self.url(), "--state", "device", "--trusted",
                 "ca/root.pem"]
        self.expect(peers.DONE, "enroll", *words, "--certout", "two.pem",
                    *self.by_secret())
        self.expect(peers.DONE, "recover", *words, "--newkeyout", "back.key",
                    "--certout", "back.pem", *self.by_secret())
        self.check_same("one", "back")

    def test_delayed(self):
        """By krp or by an error; in this process or the next."""
        self.backed_up()
        self.ask("recover", "back", "--wait", "60", *self.by_secret(),
                 faults=["waiting=2"])
        self.check_same("one", "back")
        poll = self.message("back", 2)
        self.assertEqual(int(poll.content[0]["certReqId"]), -1)
        words = ["recover", "--state", "device", "--trusted", "ca/root.pem",
                 *self.by_secret(), "--server"]
        self.expect(peers.PENDING, *words, self.url("waiting=1"))
        self.expect(peers.DONE, *words, self.url())

    def test_what_is_not_there_or_not_his(self):
        self.ask("enroll", "one", *self.by_secret())  # without a backup
        self.backed_up("two", "--san", "dns:two.example")
        self.add_secret("other", peers.SECRET, "never")
        for number, words in enumerate((
                self.by_secret(subject="CN=nobody"),
                self.by_secret("other"))):
            said = self.ask("recover", "back%d" % number, *words,
                            status=peers.REJECTED)
            self.assertIn("addInfoNotAvailable", said)
        self.ask("recover", "back", *self.by_secret())
        self.check_same("two", "back")

    BAD = (
        ("no-pair", peers.NOT_AUTHENTIC, "contradicts itself"),
        ("two-pairs", peers.NOT_AUTHENTIC, "contradicts itself"),
        ("cms-no-key", peers.NOT_AUTHENTIC, "contradicts itself"),
        ("cms-unasked-encryption", peers.NOT_AUTHENTIC, "contradicts itself"),
        ("cms-encrypted-value", peers.UNACCEPTABLE, "is not packed"),
        ("cms-two-recipients", peers.UNACCEPTABLE, "is not packed"),
        ("cms-two-keys", peers.UNACCEPTABLE, "is not packed"),
        ("cms-other-key", peers.UNACCEPTABLE, "for another key"),
        ("cms-bad-padding", peers.UNACCEPTABLE, "damaged"),
        ("cms-bad-wrap", peers.UNACCEPTABLE, "damaged"),
        ("cms-other-recipient", peers.UNACCEPTABLE, "damaged"),
        ("cms-garbage", peers.UNACCEPTABLE, "damaged"),
        ("cms-deep", peers.UNACCEPTABLE, "is not packed"),
        ("wrong-key", peers.UNACCEPTABLE, "for another key"),
        ("fail=badRequest", peers.REJECTED, "badRequest"),
    )

    def refused(self, fault, status, words, *by):
        """Nothing is written, and there is no certConf."""
        said = self.ask("recover", "bad", *by, faults=[fault], status=status)
        self.assertIn(words, said, fault)
        self.assertFalse(glob.glob(self.path("bad.key")), fault)
        self.assertFalse(glob.glob(self.path("bad.pem*")), fault)
        self.assertEqual(len(os.listdir(self.path("bad.dump"))), 2, fault)
        shutil.rmtree(self.path("bad.dump"))

    def test_lcp_4_1_6_04_bad_ones_by_secret(self):
        self.backed_up()
        for fault, status, words in self.BAD:
            self.refused(fault, status, words, *self.by_secret())

    def test_bad_ones_by_key(self):
        self.by_another("p256", "keyAgreement")
        for fault, status, words in self.BAD + (
                ("cms-bad-signature", peers.NOT_AUTHENTIC, "wrong"),
                ("cms-no-kga", peers.NOT_AUTHENTIC, "not to answer"),
                ("cms-self-signed", peers.PATH, "no path"),
                ("cms-secret", peers.NOT_AUTHENTIC, "by a secret")):
            self.refused(fault, status, words, "--subject", SUBJECT,
                         *self.by_key("old"))

    def test_the_old_identity_stays(self):
        """Whatever was wrong with the answer, and the next one is taken."""
        self.enroll(self.url(), "--backup", "ca/archive.pem")
        before = self.contents()
        words = ["recover", "--state", "device", "--trusted", "ca/root.pem",
                 *self.by_secret(subject="C=FI,O=Example,CN=device 1"),
                 "--server"]
        for fault in ("cms-other-key", "wrong-key", "two-pairs"):
            self.lwcmp(*words, self.url(fault))
            after = self.contents()
            for name, content in before.items():
                if "psa" in name or "cert" in name:
                    self.assertEqual(after.get(name), content, fault)
        self.renew(self.url(), "--trusted", "ca/root.pem", "--backup",
                   "ca/archive.pem")
        self.expect(peers.DONE, *words, self.url())

    def test_in_ber(self):
        self.backed_up()
        self.ask("recover", "back", *self.by_secret(), faults=["cms-ber"])
        self.check_same("one", "back")

    def test_loose(self):
        self.backed_up()
        self.ask("recover", "back", "--loose-cms", *self.by_secret(),
                 faults=["cms-loose"])
        self.check_same("one", "back")

    def test_below_a_root(self):
        """caCerts of the answer help to find the path."""
        self.make_ca(self.path("below"), True)
        self.ca = self.path("below")
        self.server = self.serve()
        self.add_secret(peers.REF, peers.SECRET, "never")
        words = ["--server", self.url(), "--trusted", "below/root.pem"]
        self.expect(peers.DONE, "enroll", *words, "--certout", "one.pem",
                    "--newkeyout", "one.key", "--backup", "below/archive.pem",
                    *self.by_secret())
        words[1] = self.url("no-extra-certs")
        self.expect(peers.DONE, "recover", *words, "--certout", "back.pem",
                    "--newkeyout", "back.key", *self.by_secret())
        self.check_same("one", "back")

    def test_options_that_do_not_go_with_it(self):
        for words in (["--newkey", "one.key"], ["--san", "dns:a.example"],
                      ["--backup", "ca/archive.pem"], ["--keytype", "p384"]):
            said = self.ask("recover", "back", *self.by_secret(), *words,
                            status=peers.USAGE)
            self.assertIn("does not go with recover", said)


if __name__ == "__main__":
    unittest.main()
