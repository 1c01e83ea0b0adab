# SPDX-License-Identifier: Apache-2.0
"""A CA that errs, and flash that is not as it should be. Each ends in a clear
line on the console, and in another attempt after a pause or in a stop; never
in a fault."""
import random
import struct
import unittest
import zlib

import emulator
import flash_log
from bench import AGAIN, SECRET, Bench


class Server(Bench):
    def test_wrong_secret(self):
        self.provision(secret="another one")
        server = self.serve()
        board = self.boot(port=server.port)
        for _ in range(2):
            board.wait("failed +an error came back without protection")
            board.wait(AGAIN)
        self.assertIn(b"another one", self.flash_bytes())

    def test_other_ca_after_enrolment(self):
        """A server that nobody trusts does not take the identity away."""
        self.provision()
        self.run_to_end(self.serve())
        other = self.path("other")
        self.make_ca(other)
        self.ca, real = other, self.ca
        server = self.serve()
        board = self.boot("renew", port=server.port)
        board.wait("failed")
        board.kill()
        self.ca = real
        self.assertIn("renewed", self.run_to_end(self.serve()))

    def test_too_large(self):
        """Nobody can stop a device with an answer that it has no room for."""
        self.provision()
        server = self.serve("--fault", "text=" + "x" * 3000,
                            "--fault", "reject")
        board = self.boot(port=server.port)
        board.wait("failed +a message is larger than the work buffer")
        board.wait(AGAIN)

    def test_endless_wait(self):
        self.provision()
        server = self.serve("--poll-count", "1", "--check-after", "2147483647")
        self.boot(port=server.port).wait("asking again in 86400 s")

    def test_resets_without_end(self):
        """Each attempt is cut off: there are longer and longer pauses."""
        self.provision(host="ca.example")
        server = self.serve()
        for boot in range(3):
            wire = self.wire(server, "tcp=silent:0")
            board = self.boot(netdev=wire.netdev())
            board.wait(r"-> +ir")
            board.kill()
            self.assertEqual("again" in board.text(), boot > 1, board.text())

    def test_http_error(self):
        self.provision()
        server = self.serve("--fault", "http=503")
        board = self.boot(port=server.port)
        board.wait("failed +the server does not take.*HTTP status 503")
        board.wait(AGAIN)


class Flash(Bench):
    """What the device finds in its flash."""

    def stops(self, pattern):
        board = self.boot()
        board.wait(pattern)
        self.assertEqual(board.end(), 1, board.text())

    def test_random_bytes(self):
        for seed in range(5):
            data = random.Random(seed).randbytes(64 * 1024)
            emulator.blank_flash(self.board, self.flash, data)
            self.stops("the factory record is not there, but something else")

    def test_no_record(self):
        emulator.blank_flash(self.board, self.flash)
        self.stops("the factory record is blank")

    def test_record_is_cut_short(self):
        image = self.pack()
        for size in (13, 40, 200):
            emulator.blank_flash(self.board, self.flash,
                                 image[:size].ljust(self.block, b"\xff"))
            self.stops("the factory record is (cut short|damaged)")

    def test_record_is_damaged(self):
        self.provision()
        self.put_flash(60, b"\0")
        self.stops("the factory record is damaged: the checksum is wrong")

    def test_secret_is_damaged(self):
        self.provision()
        self.put_flash(self.block + 14, b"\0")
        self.stops("the secret is damaged")

    def test_secret_was_wiped_before(self):
        self.provision()
        self.put_flash(self.block, b"\xff" * self.block)
        self.stops("none, and no secret to get one: service is needed")

    def test_wipe_was_cut_off(self):
        self.provision()
        server = self.serve()
        self.run_to_end(server)
        self.put_flash(self.block, b"\xff" * 30 + SECRET.encode())
        self.assertIn("nothing to do", self.run_to_end(server))
        self.assertNotIn(SECRET.encode(), self.flash_bytes())

    def test_store_is_damaged(self):
        """With the secret still there the device enrols anew."""
        self.provision()
        store = random.Random(1).randbytes(16 * 1024)
        self.put_flash(2 * self.block, store)
        console = self.run_to_end(self.serve())
        self.assertIn("the store is damaged and made anew", console)
        self.assertIn("enrolled", console)

    def test_store_is_full(self):
        """Nothing of what is there is lost."""
        self.provision()
        other = flash_log.record(flash_log.ITS, 99, b"\0" + bytes(7960))
        self.put_flash(2 * self.block, flash_log.bank(8192, 1, other))
        board = self.boot(port=self.serve().port)
        for _ in range(2):
            board.wait("failed +the flash store failed or is full")
            board.wait(AGAIN)
        board.kill()
        flash = self.flash_bytes()[2 * self.block:]
        kept = flash_log.read([flash[:8192], flash[8192:16384]])
        self.assertEqual(kept[flash_log.ITS, 99], b"\0" + bytes(7960))
        self.assertEqual(self.certificates(), [])

    def test_store_and_secret_are_gone(self):
        """What is left of the store stays for whoever can read it."""
        self.provision()
        self.run_to_end(self.serve())
        self.put_flash(4 * self.block + 1, b"\0")
        before = self.flash_bytes()
        self.stops("no secret to begin anew: service is needed")
        self.assertEqual(self.flash_bytes(), before)

    def rot(self, kind, name):
        """A byte of the payload of a record, every time that it is there."""
        flash, at = self.flash_bytes(), 2 * self.block
        head = struct.pack(">BB", kind, 1)
        while (at := flash.find(head, at)) >= 0:
            if flash[at + 4:at + 12] == struct.pack(">Q", name) and \
                    zlib.crc32(flash[at:at + 12]).to_bytes(4, "big") == \
                    flash[at + 12:at + 16]:
                self.put_flash(at + 16, b"\0\0")
            at += 2

    def test_life_has_rotted(self):
        self.provision()
        server = self.serve()
        self.run_to_end(server)
        self.rot(flash_log.RECORD, 6)
        self.assertIn("nothing to do", self.run_to_end(server))

    def test_certificate_has_rotted(self):
        """The device looks on; it has no other means."""
        self.provision()
        self.run_to_end(self.serve())
        self.rot(flash_log.RECORD, 2)
        board = self.boot()
        for _ in range(2):
            board.wait("failed +the flash store failed")
            board.wait(AGAIN)

    def test_certificate_has_rotted_and_secret_is_kept(self):
        self.add_secret("4711", SECRET, "never")
        self.provision("--keep-secret", ref="4711")
        server = self.serve()
        self.run_to_end(server)
        self.rot(flash_log.RECORD, 2)
        board = self.boot(port=server.port)
        board.wait(r"-> +ir", 150)
        self.assertEqual(board.end(60), 0, board.text())
        self.assertIn("nothing to do", self.run_to_end(server))

    def test_journal_has_rotted(self):
        self.provision()
        self.run_to_end(self.serve())
        self.rot(flash_log.RECORD, 1)
        board = self.boot()
        board.wait("failed +the flash store failed")
        board.wait(AGAIN)

    def test_key_has_rotted(self):
        """The one that is in use is told; another is removed."""
        self.provision()
        server = self.serve()
        self.run_to_end(server)
        flash = self.flash_bytes()[2 * self.block:]
        at = flash.index(b"PSA\0KEY\0") + 40
        self.put_flash(2 * self.block + at, b"\0\0")
        board = self.boot("renew", port=server.port)
        board.wait("failed +the flash store failed")
        board.kill()
        self.assertEqual([s for _, s in self.certificates()], ["confirmed"])


if __name__ == "__main__":
    unittest.main()
