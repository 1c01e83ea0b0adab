# SPDX-License-Identifier: Apache-2.0
"""Polling with nothing but a transactionID."""
import os
import re
import shutil
import unittest
import urllib.request

from cryptography.hazmat.primitives import serialization

import dumped
import peers
import support

import device
from faults import NO_FAULT

LENIENT = ("--approve", "manual", "--poll-without-nonce", "answer")


class PollById(peers.Device):
    def setUp(self):
        super().setUp()
        self.add_secret(peers.REF, peers.SECRET)

    def ask(self, url, *more):
        """x.key, and the transactionID of the request that waits."""
        text = self.expect(
            peers.PENDING, "enroll", "--server", url, *self.secret,
            "--subject", "CN=x", "--trusted", "ca/root.pem", "--newkeyout",
            "x.key", "--certout", "x.pem", *more)
        return re.search(r"transactionID ([0-9a-f]{32})\b", text)[1]

    @property
    def secret(self):
        return ("--ref", peers.REF, "--secret", "env:SECRET")

    def lose(self):
        shutil.rmtree(self.path("x.pem.lwcmp"))

    def poll(self, url, transaction, *more, status=peers.DONE):
        return self.expect(
            status, "poll", "--server", url, "--transaction", transaction,
            *self.secret, "--trusted", "ca/root.pem", "--newkey", "x.key",
            "--certout", "x.pem", *more)

    def approve(self):
        support.labca("approve", self.ca,
                      support.labca("waiting", self.ca).split()[0])

    def check_result(self):
        self.check_pair("x")
        self.verify("ca/root.pem", "x.pem")
        self.assertEqual(self.states(), ["confirmed"])
        self.assertFalse(os.path.exists(self.path("x.pem.lwcmp")))

    def test_lcp_4_4_03_store_is_lost(self):
        url = self.serve(*LENIENT).url
        transaction = self.ask(url)
        self.lose()
        text = self.poll(url, transaction, status=peers.PENDING)
        self.assertIn("transactionID " + transaction, text)
        self.approve()
        # The wait of the first poll is on record.
        self.poll(url, transaction)
        self.check_result()

    def test_lcp_4_4_07_messages(self):
        url = self.serve(*LENIENT).url
        transaction = self.ask(url)
        self.lose()
        self.approve()
        self.poll(url, transaction.upper(), "--dump", "dump")
        self.assertEqual(self.check_encoding(), [
            "01-pollReq.der", "02-ip.der", "03-certConf.der",
            "04-pkiconf.der"])
        poll = dumped.Message(self.path("dump/01-pollReq.der"))
        self.assertEqual(poll.transaction_id.hex(), transaction)
        self.assertIsNone(poll.recip_nonce)
        self.assertEqual(len(poll.sender_nonce), 16)
        self.assertEqual([int(e["certReqId"]) for e in poll.content], [0])
        self.check_result()

    def test_strict_ca(self):
        url = self.serve("--approve", "manual").url
        transaction = self.ask(url)
        shutil.move(self.path("x.pem.lwcmp"), self.path("kept"))
        self.approve()
        text = self.poll(url, transaction, status=peers.REJECTED)
        self.assertIn("badRecipientNonce", text)
        self.assertIn("nonce of its last answer", text)
        # With what is on record it works, by either command.
        shutil.rmtree(self.path("x.pem.lwcmp"), ignore_errors=True)
        shutil.move(self.path("kept"), self.path("x.pem.lwcmp"))
        self.poll(url, transaction)
        self.check_result()

    def test_it_waits_in_the_run(self):
        url = self.serve("--poll-count", "2", "--poll-without-nonce",
                         "answer").url
        transaction = self.ask(url)
        self.lose()
        self.poll(url, transaction, "--wait", "10")
        self.check_result()

    def waiting(self, server, number, octets=4):
        """A request of another program, whose transactionID is a number."""
        key = device.new_key()
        with open(self.path("x.key"), "wb") as f:
            f.write(key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption()))
        t = device.Transaction(None, device.MacCredential(
            peers.REF.encode(), peers.SECRET.encode()), NO_FAULT)
        t.id = number.to_bytes(octets, "big")
        der = t.encode(device.request_body("cr", key, "CN=x"))
        with urllib.request.urlopen(urllib.request.Request(
                server.url, der,
                {"Content-Type": "application/pkixcmp"})) as answer:
            t.receive(answer.read())
        return t.id

    def test_digits_only(self):
        """What was printed is read as the same again, and not as decimal."""
        self.check_digits(0x41148592, 4, str(0x41148592))

    def test_two_digits_only(self):
        self.check_digits(0x42, 1, "42:")

    def check_digits(self, number, octets, text):
        server = self.serve(*LENIENT)
        self.waiting(server, number, octets)
        text = self.poll(server.url, text, status=peers.PENDING)
        printed = re.search(r"transactionID (\S+)", text)[1]
        self.approve()
        self.poll(server.url, printed, "--anew")
        self.check_result()

    def test_decimal_number_of_another_program(self):
        server = self.serve(*LENIENT)
        number = self.waiting(server, 4114859265)
        self.approve()
        self.poll(server.url, "4114859265", "--dump", "dump")
        poll = dumped.Message(self.path("dump/01-pollReq.der"))
        self.assertEqual(poll.transaction_id, number)
        self.assertIn("02-cp.der", self.check_encoding())
        self.check_result()

    def test_lcp_4_1_4_05_a_pkcs10_request(self):
        """Its number is -1, and its key is elsewhere."""
        url = self.serve(*LENIENT).url
        self.make_key("x")
        self.openssl_ok("req", "-new", "-key", "x.key", "-subj", "/CN=x",
                        "-out", "x.csr")
        text = self.expect(
            peers.PENDING, "p10cr", "--server", url, *self.secret,
            "--trusted", "ca/root.pem", "--csr", "x.csr", "--certout",
            "x.pem")
        transaction = re.search(r"transactionID ([0-9a-f]{32})\b", text)[1]
        self.lose()
        self.approve()
        words = ["poll", "--server", url, "--transaction", transaction,
                 *self.secret, "--trusted", "ca/root.pem", "--csr", "x.csr",
                 "--certout", "x.pem", "--dump", "dump"]
        self.expect(peers.DONE, *words)
        self.assertEqual(self.check_encoding(), [
            "01-pollReq.der", "02-cp.der", "03-certConf.der",
            "04-pkiconf.der"])
        poll = dumped.Message(self.path("dump/01-pollReq.der"))
        self.assertEqual([int(e["certReqId"]) for e in poll.content], [-1])
        self.check_result()

    def test_lcp_4_4_11_where_another_request_went(self):
        url = self.serve(*LENIENT).url
        self.make_key("x")
        text = self.expect(
            peers.PENDING, "certify", "--server", url, *self.secret,
            "--subject", "CN=x", "--trusted", "ca/root.pem", "--newkey",
            "x.key", "--certout", "x.pem")
        transaction = re.search(r"transactionID ([0-9a-f]{32})\b", text)[1]
        self.lose()
        self.approve()
        self.poll(url + ".well-known/cmp/certification", transaction,
                  "--no-label")
        self.check_result()

    def test_another_key(self):
        url = self.serve(*LENIENT).url
        transaction = self.ask(url)
        self.lose()
        self.approve()
        os.rename(self.path("x.key"), self.path("y.key"))
        self.make_key("x")
        self.poll(url, transaction, status=peers.UNACCEPTABLE)
        self.assertFalse(os.path.exists(self.path("x.pem")))
        self.assertEqual(self.states(), ["rejected"])

    def test_unknown_transaction(self):
        self.make_key("x")
        self.poll(self.serve(*LENIENT).url, "f543c501",
                  status=peers.REJECTED)

    def test_ids_that_are_none(self):
        self.make_key("x")
        url = self.serve().url
        for text in ("4294967296", "xyz", "0x12", "12345678901234567", "",
                     "00" * 17):
            self.poll(url, text, status=peers.USAGE)

    def test_renewal_of_the_state(self):
        self.enroll(self.serve().url)
        url = self.serve(*LENIENT).url
        text = self.renew(url, status=peers.PENDING)
        transaction = re.search(r"transactionID ([0-9a-f]{32})\b", text)[1]
        self.approve()
        # What is on record goes on, with its key.
        self.expect(peers.DONE, "poll", "--server", url, "--transaction",
                    transaction, "--state", "device")
        self.assertEqual(self.states(), ["superseded", "confirmed"])
        self.renew(self.serve().url)
        self.assertEqual(self.states()[-1], "confirmed")

    def test_no_key_in_the_state(self):
        self.enroll(self.serve().url)
        before = self.contents()
        text = self.expect(
            peers.STORAGE, "poll", "--server", self.serve().url,
            "--transaction", "f543c501", "--state", "device")
        self.assertIn("no key of a request", text)
        self.assertEqual(self.contents(), before)

    def test_a_key_that_is_not_for_that(self):
        """What lacks then is no key of a request."""
        url = self.serve().url
        self.enroll(url, "--key-usage", "keyAgreement", "--newkeyout", "d.key",
                    "--certout", "d.pem")
        self.make_key("x")
        self.openssl_ok("req", "-new", "-key", "x.key", "-subj", "/CN=x",
                        "-out", "x.csr")
        text = self.expect(
            peers.STORAGE, "poll", "--server", url, "--transaction",
            "f543c501", "--cert", "d.pem", "--key", "d.key", "--trusted",
            "ca/root.pem", "--csr", "x.csr", "--certout", "x.pem")
        self.assertIn("may not be used this way", text)
        self.assertNotIn("no key of a request", text)


if __name__ == "__main__":
    unittest.main()
