# SPDX-License-Identifier: Apache-2.0
"""The life of a device with the lab CA."""
import os
import unittest

import peers
import support


class Life(peers.Device):
    def setUp(self):
        super().setUp()
        self.add_secret(peers.REF, peers.SECRET)

    def test_enrol_and_renew(self):
        url = self.serve().url
        text = self.enroll(url, "--certout", "first.pem", "--anchorsout",
                           "anchors.pem", "--dump", "dump")
        self.assertIn("device 1", text)
        self.assertEqual(self.states(), ["confirmed"])
        self.verify("anchors.pem", "first.pem")
        for number in (2, 3):
            name = "renewed%d.pem" % number
            self.renew(url, "--certout", name, "--dump", "dump%d" % number)
            self.verify("anchors.pem", name)
            self.assertEqual(self.states(),
                             ["superseded"] * (number - 1) + ["confirmed"])
        self.assertNotEqual(self.public_key("renewed2.pem"),
                            self.public_key("renewed3.pem"))
        self.assertEqual(len(self.check_encoding()), 4)
        self.assertEqual(len(self.check_encoding("dump3")), 4)

    def test_http_09_well_known_path(self):
        server = self.serve()
        self.enroll(server.url + ".well-known/cmp")
        self.renew(server.url + ".well-known/cmp/p/profile")
        self.assertEqual(self.states(), ["superseded", "confirmed"])

    def confirms_again(self, fault):
        good = self.serve().url
        for act, count in ((self.enroll, 1), (self.renew, 2)):
            act("%sfault/%s/" % (good, fault), status=peers.NETWORK)
            self.assertIn("going on with the request", act(good))
            self.assertEqual(len(self.states()), count)
            self.assertEqual(self.states()[-1], "confirmed")

    def test_pkiconf_is_lost(self):
        """The CA knows no other certificate any more."""
        self.confirms_again("hang-up-at-confirm")

    def test_certconf_is_lost(self):
        self.confirms_again("drop-at-confirm")

    def test_implicit_confirm(self):
        url = self.serve().url
        self.enroll(url, "--implicit-confirm", "--dump", "dump")
        self.assertEqual(self.states(), ["confirmed"])
        self.assertEqual(len(self.check_encoding()), 2)
        self.renew(url, "--implicit-confirm")
        self.assertEqual(self.states(), ["superseded", "confirmed"])

    def test_implicit_confirm_refused(self):
        self.enroll(self.serve("--implicit-confirm", "refuse").url,
                    "--implicit-confirm", "--dump", "dump")
        self.assertEqual(self.states(), ["confirmed"])
        self.assertEqual(len(self.check_encoding()), 4)

    def test_http_13_http_1_0(self):
        url = self.serve("--http", "1.0").url
        self.enroll(url)
        self.renew(url)

    def test_http_15_connection_closed_after_each_answer(self):
        url = self.serve("--close").url
        self.enroll(url)
        self.renew(url)

    def test_ipv6(self):
        try:
            server = self.serve("--listen", "::1")
        except AssertionError:
            self.skipTest("no IPv6 on this machine")
        self.enroll(server.url)

    def test_host_name(self):
        port = self.serve().port
        self.enroll("http://localhost:%d/" % port)

    def test_requested_content(self):
        self.enroll(
            self.serve().url, "--certout", "first.pem", "--san",
            "dns:device.example,ip:192.0.2.7", "--san", "uri:urn:dev:1",
            "--key-usage", "digitalSignature,keyAgreement",
            "--ext-key-usage", "clientAuth")
        text = self.text("first.pem")
        for part in ("DNS:device.example", "IP Address:192.0.2.7",
                     "URI:urn:dev:1", "Digital Signature, Key Agreement",
                     "TLS Web Client Authentication",
                     "C = FI, O = Example, CN = device 1"):
            self.assertIn(part, text)

    def test_names_survive_renewal(self):
        url = self.serve().url
        self.enroll(url, "--san", "dns:device.example")
        self.renew(url, "--certout", "renewed.pem")
        self.assertIn("DNS:device.example", self.text("renewed.pem"))

    def test_p384(self):
        url = self.serve().url
        self.enroll(url, "--keytype", "p384", "--certout", "first.pem")
        self.renew(url, "--keytype", "p384")
        self.assertIn("P-384", self.text("first.pem"))
        self.assertEqual(self.states(), ["superseded", "confirmed"])


class Intermediate(peers.Device):
    intermediate = True

    def test_chain(self):
        self.add_secret(peers.REF, peers.SECRET)
        url = self.serve().url
        self.enroll(url, "--certout", "first.pem", "--chainout", "chain.pem",
                    "--anchorsout", "anchors.pem")
        self.verify("anchors.pem", "first.pem", "-untrusted", "chain.pem")
        self.renew(url, "--certout", "renewed.pem")
        self.verify("anchors.pem", "renewed.pem", "-untrusted", "chain.pem")


class Files(peers.Device):
    """Keys and certificates in files, as with other tools."""

    def setUp(self):
        super().setUp()
        self.add_secret(peers.REF, peers.SECRET)
        self.url = self.serve().url

    def enroll_to_files(self):
        return self.expect(
            0, "enroll", "--server", self.url, "--ref", peers.REF,
            "--secret", "stdin", "--subject", "/C=FI/O=Example/CN=device 2",
            "--trusted", "ca/root.pem", "--newkeyout", "first.key",
            "--certout", "first.pem", stdin=peers.SECRET + "\n")

    def renew_from_files(self, *more, status=0):
        return self.expect(
            status, "renew", "--server", self.url, "--cert", "first.pem",
            "--key", "first.key", "--trusted", "ca/root.pem",
            "--newkeyout", "second.key", "--certout", "second.pem", *more)

    def test_enrol_and_renew(self):
        self.enroll_to_files()
        self.check_pair("first")
        with open(self.path("first.key")) as f:
            self.assertIn("BEGIN PRIVATE KEY", f.read())
        self.assertEqual(os.stat(self.path("first.key")).st_mode & 0o777,
                         0o600)
        self.renew_from_files()
        self.check_pair("second")
        self.assertEqual(self.states(), ["superseded", "confirmed"])
        self.assertEqual([], [name for name in os.listdir(self.folder)
                              if "lwcmp" in name])

    def test_certify(self):
        self.enroll_to_files()
        self.make_key("tls")
        self.expect(
            0, "certify", "--server", self.url, "--cert", "first.pem",
            "--key", "first.key", "--trusted", "ca/root.pem", "--subject",
            "C=FI,O=Example,CN=device 2", "--newkey", "tls.key",
            "--certout", "tls.pem", "--dump", "dump")
        self.check_pair("tls")
        self.verify("ca/root.pem", "tls.pem")
        self.assertEqual(self.states(), ["confirmed", "confirmed"])
        self.assertEqual(len(self.check_encoding()), 4)

    def test_enrol_with_a_makers_certificate(self):
        self.make("maker", "/CN=Maker", *peers.CA, issuer="maker")
        self.make("idev", "/CN=idev 1", issuer="maker")
        support.labca("trust", self.ca, self.path("maker.pem"))
        self.expect(
            0, "enroll", "--server", self.url, "--cert", "idev.pem", "--key",
            "idev.key", "--trusted", "ca/root.pem", "--subject",
            "C=FI,O=Example,CN=idev 1", "--state", "device")
        self.assertEqual(self.states(), ["confirmed"])
        self.renew(self.url, "--trusted", "ca/root.pem")
        self.assertEqual(self.states(), ["superseded", "confirmed"])

    def test_a_key_file_is_never_overwritten(self):
        self.enroll_to_files()
        with open(self.path("second.key"), "w") as f:
            f.write("precious")
        self.renew_from_files(status=peers.STORAGE)
        with open(self.path("second.key")) as f:
            self.assertEqual(f.read(), "precious")


if __name__ == "__main__":
    unittest.main()
