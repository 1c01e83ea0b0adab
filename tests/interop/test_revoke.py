# SPDX-License-Identifier: Apache-2.0
"""Revocation: what is asked, and what becomes of it."""
import os
import unittest

import dumped
import peers
import support

import asn1
import store


# CRLReason (RFC 5280 5.3.1)
REASONS = {0: "unspecified", 1: "keyCompromise", 2: "cACompromise",
           3: "affiliationChanged", 4: "superseded",
           5: "cessationOfOperation", 6: "certificateHold",
           8: "removeFromCRL", 9: "privilegeWithdrawn", 10: "aACompromise"}


class Revoke(peers.Device):
    def setUp(self):
        super().setUp()
        self.add_secret(peers.REF, peers.SECRET)

    def get(self, url, name, *more, ref=peers.REF):
        """name.key and name.pem, by the secret."""
        self.expect(peers.DONE, "enroll", "--server", url, "--ref", ref,
                    "--secret", "env:SECRET", "--subject", "CN=" + name,
                    "--trusted", "ca/root.pem", "--newkeyout", name + ".key",
                    "--certout", name + ".pem", *more)

    def revoke(self, url, *more, status=peers.DONE):
        return self.expect(status, "revoke", "--server", url, "--trusted",
                           "ca/root.pem", *more)

    def signing(self, name):
        return "--cert", name + ".pem", "--key", name + ".key"

    def reasons(self):
        with store.Store(self.ca).change() as state:
            return [row["reason"] for row in state.revoked()]

    def serial(self):
        return support.labca("list", self.ca).split()[0]

    def check_request(self, reason, name=None):
        """The rr as another codec reads it: these fields and no others."""
        self.check_encoding()
        rr = dumped.Message(self.path("dump/01-rr.der"))
        self.assertEqual(len(rr.content), 1)
        details = rr.content[0]
        template = details["certDetails"]
        self.assertEqual(dumped.present(template),
                         {"serialNumber", "issuer"})
        self.assertEqual("%040x" % int(template["serialNumber"]),
                         self.serial())
        with open(self.ca + "/ca.pem") as f:
            ca = support.authority.certificate.Certificate(
                support.authority.from_pem(f.read())[0])
        self.assertEqual(asn1.elements(asn1.encode(template["issuer"])),
                         [ca.subject])
        self.assertEqual(
            [(str(e["extnID"]), bytes(e["extnValue"]), bool(e["critical"]))
             for e in details["crlEntryDetails"]],
            [("2.5.29.21", bytes((10, 1, reason)), False)])
        self.assertIsNone(rr.recip_nonce)
        return rr


class WhoAsks(Revoke):
    def test_lcp_7_1_08_lcp_4_2_01_lcp_4_2_04_identity_of_the_state(self):
        url = self.serve().url
        self.enroll(url)
        before = self.contents()
        text = self.revoke(url, "--state", "device", "--reason",
                           "cessationOfOperation", "--dump", "dump")
        self.assertIn("has revoked", text)
        self.assertEqual(self.states(), ["revoked"])
        self.assertEqual(self.reasons(), [5])
        rr = self.check_request(5)
        self.assertEqual("%040x" % rr.certs[0].serial, self.serial())
        after = self.contents()
        after.pop("lock", None)
        before.pop("lock", None)
        after.pop("signer", None)
        before.pop("signer", None)
        self.assertEqual(after, before)
        # It is worth nothing now, and only the application can say so.
        text = self.renew(url, status=peers.REJECTED)
        self.assertIn("certRevoked", text)
        text = self.revoke(url, "--state", "device", status=peers.REJECTED)
        self.assertIn("certRevoked", text)

    def test_lcp_4_2_03_certificate_in_files(self):
        url = self.serve().url
        self.get(url, "x")
        self.revoke(url, *self.signing("x"), "--dump", "dump")
        self.check_request(0)
        self.assertEqual(self.states(), ["revoked"])
        self.assertFalse(os.path.exists(self.path("revoke.lwcmp")))

    def test_cmp_b_01_by_secret(self):
        url = self.serve().url
        self.get(url, "x")
        secret = ("--ref", peers.REF, "--secret", "env:SECRET")
        self.revoke(url, *secret, status=peers.USAGE)
        self.revoke(url, *secret, "--revoke", "x.pem", "--reason", "1",
                    "--dump", "dump")
        self.check_request(1)
        self.assertEqual(self.reasons(), [1])

    def test_by_name_and_number(self):
        url = self.serve().url
        self.get(url, "x")
        self.expect(peers.DONE, "rr", "--server", url, "--trusted",
                    "ca/root.pem", *self.signing("x"), "--issuer",
                    support.NAME, "--serial", self.serial(), "--reason",
                    "KEYCOMPROMISE", "--dump", "dump")
        self.check_request(1)

    def test_lcp_4_2_03_all_reasons(self):
        """Each by its name; the last one of each row ends the certificate."""
        self.add_secret("all", peers.SECRET, "never")
        url = self.serve().url
        rows = ([0], [1], [2], [3], [4], [5], [6, 8, 9], [10])
        for n, row in enumerate(rows):
            self.get(url, "x%d" % n, ref="all")
            for reason in row:
                with self.subTest(reason):
                    text = self.revoke(
                        url, *self.signing("x%d" % n), "--revoke",
                        "x%d.pem" % n, "--reason", REASONS[reason], "--dump",
                        "dump%d" % reason)
                    rr = dumped.Message(
                        self.path("dump%d/01-rr.der" % reason))
                    self.assertEqual(
                        [bytes(e["extnValue"])
                         for e in rr.content[0]["crlEntryDetails"]],
                        [bytes((10, 1, reason))])
                    self.assertIn("the hold on the certificate has ended"
                                  if reason == 8 else "has revoked", text)
        self.assertEqual(self.states(), ["revoked"] * len(rows))

    def test_of_somebody_else(self):
        url = self.serve().url
        self.get(url, "x")
        text = self.revoke(url, *self.signing("x"), "--issuer", support.NAME,
                           "--serial", "0123", status=peers.REJECTED)
        self.assertIn("badCertId", text)
        self.assertEqual(self.states(), ["confirmed"])

    def test_what_cannot_be(self):
        url = self.serve().url
        self.get(url, "x")
        for more in (["--reason", "7"], ["--reason", "boredom"],
                     ["--issuer", "CN=x", "--serial", "0x12"]):
            self.revoke(url, *self.signing("x"), *more, status=peers.USAGE)
        self.revoke(url, *self.signing("x"), "--revoke", "x.key",
                    status=peers.STORAGE)
        self.assertEqual(self.states(), ["confirmed"])


class Answers(Revoke):
    def setUp(self):
        super().setUp()
        self.url = self.serve().url
        self.get(self.url, "x")

    def fault(self, name, status):
        return self.revoke(self.url + "fault/%s/" % name,
                           *self.signing("x"), status=status)

    def test_cmp_5_2_3_02_warning(self):
        self.assertIn("is going to revoke",
                      self.fault("status=4", peers.DONE))

    def test_rev_certs(self):
        self.fault("rev-certs", peers.DONE)

    def test_lcp_4_2_05_rejected(self):
        text = self.fault("fail=badCertId", peers.REJECTED)
        self.assertIn("badCertId", text)
        self.assertNotIn("renewed", text)
        self.assertNotIn("other names", self.fault("fail=badRequest",
                                                   peers.REJECTED))
        self.assertEqual(self.states(), ["confirmed"])
        self.fault("error=systemUnavail", peers.REJECTED)

    def check_bad(self, name):
        self.fault(name, peers.NOT_AUTHENTIC)

    def test_lcp_4_2_05_two_statuses(self):
        self.check_bad("two-statuses")

    def test_lcp_4_2_05_no_status(self):
        self.check_bad("no-statuses")

    def test_cmp_5_2_3_02_granted_with_mods(self):
        self.check_bad("status=1")

    def test_lcp_4_2_05_waiting_in_rp(self):
        self.check_bad("status=3")

    def test_cmp_5_2_3_02_notification(self):
        self.check_bad("status=5")

    def test_no_such_status(self):
        self.check_bad("status=7")

    def test_lcp_4_2_05_fail_info(self):
        self.check_bad("fail-info")

    def test_lcp_4_2_05_other_certificate(self):
        self.check_bad("other-rev-certs")

    def test_lcp_3_5_08_unprotected(self):
        self.check_bad("unprotected")

    def test_lcp_3_5_04_other_body(self):
        self.check_bad("body=genp")


class Mock:
    """The mock server of openssl."""

    def setUp(self):
        super().setUp()
        self.make("root", "/CN=Root", *peers.CA)
        self.make("server", "/CN=Server", "keyUsage=digitalSignature",
                  "extendedKeyUsage=1.3.6.1.5.5.7.3.28")
        self.make("device", "/CN=device", "keyUsage=digitalSignature",
                  serial="77")

    def mock(self, *options):
        server = peers.MockServer(self.folder, "-rsp_cert", "device.pem",
                                  *options, program=self.program)
        self.addCleanup(server.stop)
        return server.url

    def signing(self):
        """What goes to a server that signs."""
        url = self.mock("-srv_cert", "server.pem", "-srv_key", "server.key",
                        "-srv_trusted", "root.pem")
        return ("revoke", "--server", url, "--trusted", "root.pem", "--cert",
                "device.pem", "--key", "device.key")

    def test_by_signature(self):
        self.expect(peers.DONE, *self.signing(), "--reason", "superseded",
                    "--dump", "dump")
        self.assertEqual(self.check_encoding(), ["01-rr.der", "02-rp.der"])
        rp = dumped.Message(self.path("dump/02-rp.der"))
        self.assertEqual(int(rp.content["revCerts"][0]["serialNumber"]), 77)

    def test_by_secret(self):
        url = self.mock("-srv_ref", "1234", "-srv_secret", "pass:test")
        self.expect(peers.DONE, "revoke", "--server", url, "--ref", "1234",
                    "--secret", "pass:test", "--hmac-sha1", "--revoke",
                    "device.pem")


class OwnOpenSsl(Mock, peers.Device):
    """The machine's own says yes to its certificate only."""

    program = "openssl"

    def test_another(self):
        self.expect(peers.REJECTED, *self.signing(), "--issuer", "CN=Root",
                    "--serial", "78")


@unittest.skipIf(peers.NO_OPENSSL35, "NO_OPENSSL35=yes")
class OpenSsl35(Mock, peers.Device):
    program = peers.OPENSSL35


if __name__ == "__main__":
    unittest.main()
