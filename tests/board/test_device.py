# SPDX-License-Identifier: Apache-2.0
"""The life of a device without an operating system: first boot, restart,
renewal, and what is left in its flash."""
import datetime
import re
import unittest

from cryptography import x509

import flash_log
from bench import SECRET, Bench

KEY = b"PSA\0KEY\0"  # begins a private key in the store


def serial_of(console):
    return re.findall(r"serial +([0-9a-f]+)", console)[-1]


class Life(Bench):
    def test_life(self):
        self.provision()
        server = self.serve()
        first = self.run_to_end(server)
        self.assertIn("this is the first boot", first)
        self.assertRegex(first, r"-> +ir, \d+ bytes")
        self.assertRegex(first, r"<- +ip, \d+ bytes")
        self.assertRegex(first, r"-> +certConf, \d+ bytes")
        self.assertRegex(first, r"<- +pkiconf, \d+ bytes")
        self.assertIn("subject     C=FI, O=Example, CN=device-0001", first)
        self.assertEqual(self.certificates(),
                         [(serial_of(first), "confirmed")])

        second = self.run_to_end(server)
        self.assertIn("nothing to do", second)
        self.assertNotIn("->", second)
        self.assertEqual(serial_of(second), serial_of(first))

        third = self.run_to_end(server, "renew")
        self.assertRegex(third, r"-> +kur, \d+ bytes")
        self.assertEqual(self.certificates(),
                         [(serial_of(first), "superseded"),
                          (serial_of(third), "confirmed")])
        self.assertEqual(serial_of(self.run_to_end(server)), serial_of(third))

    def test_secret_is_wiped(self):
        self.provision()
        self.assertIn(SECRET.encode(), self.flash_bytes())
        self.assertIn("is wiped", self.run_to_end(self.serve()))
        flash = self.flash_bytes()
        self.assertNotIn(SECRET.encode(), flash)
        self.assertEqual(flash[self.block:2 * self.block],
                         b"\xff" * self.block)

    def test_secret_is_kept(self):
        self.provision("--keep-secret")
        server = self.serve()
        self.assertIn("is kept", self.run_to_end(server))
        self.assertIn(SECRET.encode(), self.flash_bytes())
        self.run_to_end(server)
        self.assertIn(SECRET.encode(), self.flash_bytes())

    def test_old_key_is_gone(self):
        self.provision()
        server = self.serve()
        self.run_to_end(server)
        flash = self.flash_bytes()
        self.assertEqual(flash.count(KEY), 1)
        at = flash.index(KEY)
        old = flash[at + 36:at + 68]  # behind its attributes
        self.run_to_end(server, "renew")
        flash = self.flash_bytes()
        self.assertEqual(flash.count(KEY), 1)
        self.assertNotIn(old, flash)

    def test_bytes_of_the_store(self):
        """They are as docs/flash.md tells."""
        self.provision()
        self.run_to_end(self.serve())
        flash = self.flash_bytes()[2 * self.block:]
        kept = flash_log.read([flash[:8192], flash[8192:16384]])
        self.assertEqual(sorted(kept), [(flash_log.ITS, 1),
                                        (flash_log.RECORD, 1),
                                        (flash_log.RECORD, 2),
                                        (flash_log.RECORD, 6)])
        self.assertEqual(kept[flash_log.ITS, 1][1:9], KEY)
        certificate = kept[flash_log.RECORD, 2]
        self.assertEqual(x509.load_der_x509_certificate(certificate).subject
                         .rfc4514_string(), "CN=device-0001,O=Example,C=FI")

    def test_time_of_the_ca(self):
        """Without a clock it is at least as late as the CA has said."""
        self.provision()
        first = self.run_to_end(self.serve("--days", "30", "--fault",
                                           "time-wrong=25"))
        self.assertIn("enrolled", first)
        second = self.run_to_end(self.serve())
        self.assertIn("renewal     is due", second)
        self.assertIn("nothing to do", self.run_to_end(self.serve()))

    def test_learned_anchor(self):
        self.provision("--learn-anchors", trusted=False)
        server = self.serve()
        self.run_to_end(server)
        self.assertIn("renewed", self.run_to_end(server, "renew"))

    def test_polling(self):
        self.provision()
        server = self.serve("--poll-count", "2")
        self.assertEqual(
            self.run_to_end(server).count("asking again in 1 s"), 2)

    def test_implicit_confirmation(self):
        self.provision("--implicit-confirm")
        self.assertNotIn("certConf", self.run_to_end(self.serve()))
        self.assertEqual(self.certificates()[0][1], "confirmed")


class Time(Bench):
    """A device without a clock, and a CA that was wrong about the time."""

    def test_ca_was_ahead(self):
        """What is issued then has expired, as far as the device knows."""
        self.provision()
        self.run_to_end(self.serve("--days", "365",
                                   "--fault", "time-wrong=200"))
        board = self.boot("renew", port=self.serve("--days", "30").port)
        board.wait("failed +a certificate has expired")
        board.wait("renewed", 30)
        self.assertEqual(board.end(), 0, board.text())

    def test_ca_was_years_ahead(self):
        """Beyond the end of what it issues nobody believes it."""
        self.provision()
        self.run_to_end(self.serve("--days", "365", "--fault", "time-wrong"))
        server = self.serve("--days", "30")
        self.assertIn("nothing to do", self.run_to_end(server))
        self.assertNotIn("failed", self.run_to_end(server, "renew"))


class SubCa(Bench):
    intermediate = True

    def test_life(self):
        self.provision()
        server = self.serve()
        self.run_to_end(server)
        self.assertIn("renewed", self.run_to_end(server, "renew"))


class LostAnswer(Bench):
    """The CA has confirmed, and the device does not know."""

    def loses_pkiconf(self, octets, *words):
        wire = self.wire(self.server, "tcp=rst:%d" % octets, "times=1")
        board = self.boot(*words, netdev=wire.netdev())
        board.wait(r"-> +certConf", 60)
        board.wait("failed +no connection", 60)
        return board

    def confirms_again(self, board, count):
        board.wait(r"-> +certConf", 60)
        board.wait(r"<- +pkiconf", 60)
        self.assertEqual(board.end(), 0, board.text())
        self.assertEqual(len(self.certificates()), count)
        self.assertEqual(self.certificates()[-1][1], "confirmed")

    def test_connection_is_cut(self):
        self.provision(host="ca.example")
        self.server = self.serve()
        self.confirms_again(self.loses_pkiconf(1500), 1)
        self.confirms_again(self.loses_pkiconf(1700, "renew"), 2)

    def test_power_is_cut(self):
        self.provision(host="ca.example")
        self.server = self.serve()
        for count, octets, words in ((1, 1500, ()), (2, 1700, ("renew",))):
            self.loses_pkiconf(octets, *words).kill()
            board = self.boot(netdev=self.wire(self.server).netdev())
            self.confirms_again(board, count)


class PowerCut(Bench):
    """The machine stops at a write to flash, and starts again."""

    def test_enrolment(self):
        self.add_secret("4711", SECRET, "never")
        self.provision(ref="4711")
        blank = self.flash_bytes()
        server = self.serve()
        cut = 1
        while True:
            self.put_flash(0, blank)
            board = self.boot("cut=%d" % cut, port=server.port)
            status = board.end(120)
            if status == 0:
                break
            self.assertEqual(status, 42, board.text())
            self.assertIn("good" if "enrolled" in board.text() else "enrolled",
                          self.run_to_end(server))
            cut += 7
        self.assertGreater(cut, 100)

    def test_renewal(self):
        """With a secret for one use, which is spent."""
        self.provision()
        server = self.serve()
        first = self.run_to_end(server)
        cut, status = 1, 42
        while status == 42:
            board = self.boot("cut=%d" % cut, "renew", port=server.port)
            status = board.end(120)
            again = self.run_to_end(server)
            self.assertIn("confirmed" if "renewed" in again else "good", again)
            self.assertEqual(self.certificates()[-1],
                             (serial_of(again), "confirmed"))
            cut += 9
        self.assertEqual(status, 0)
        self.assertNotEqual(serial_of(again), serial_of(first))
        self.assertGreater(cut, 100)


class RiscV(Bench):
    """The same application on another processor, which has a clock."""
    board = "qemu-riscv-virt"

    def test_life(self):
        self.provision()
        server = self.serve("--days", "30")
        first = self.run_to_end(server)
        self.assertIn("enrolled", first)
        self.assertNotIn("INSECURE", first)
        self.assertIn("nothing to do", self.run_to_end(server))
        self.assertNotIn(SECRET.encode(), self.flash_bytes())

    def later(self, server, days, *words, **more):
        """The console of a boot that many days from now."""
        then = datetime.datetime.now(datetime.timezone.utc) + \
            datetime.timedelta(days=days)
        return self.run_to_end(
            server, *words, more="-rtc base=%s" % then.strftime("%FT%T"),
            **more)

    def test_expired(self):
        """A secret that was kept enrols again, also after a power cut."""
        self.add_secret("4711", SECRET, "never")
        self.provision("--keep-secret", ref="4711")
        first = self.run_to_end(self.serve("--days", "30"))
        server = self.serve("--days", "365")
        cut = self.later(server, 40, "cut=100", status=42)
        self.assertRegex(cut, r"-> +ir")
        second = self.later(server, 40)
        self.assertRegex(second, r"-> +(ir|certConf)")
        self.assertIn("enrolled", second)
        self.assertNotEqual(serial_of(second), serial_of(first))
        self.assertIn("nothing to do", self.later(server, 40))

    def test_clock_is_not_set(self):
        """It says 1970, and what the CA says counts from the first answer."""
        self.provision()
        server = self.serve()
        console = self.run_to_end(server, more="-rtc base=1970-01-02")
        self.assertIn("enrolled", console)
        self.assertNotIn("failed", console)

    def test_renewal_is_due(self):
        self.provision()
        server = self.serve("--days", "30")
        first = self.run_to_end(server)
        for days, due in ((19, False), (22, True)):
            console = self.later(server, days)
            self.assertEqual("renewal     is due" in console, due, console)
            self.assertEqual(serial_of(console) != serial_of(first), due)


if __name__ == "__main__":
    unittest.main()
