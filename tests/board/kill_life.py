# SPDX-License-Identifier: Apache-2.0
"""One device whose power goes off at random moments of an enrolment or a
renewal, until that has ended well; then flash and CA have to agree.

Power goes off by SIGKILL to the emulator. The flash is a file, and both
boards put into it at once what they program: the Cortex-M's is memory that
QEMU shares with the file, so a cut may fall between any two stores of the
processor, within a unit or an erase; the RISC-V's is a chip that QEMU writes
through to the file, so a cut falls between two units, or within an erase. The
host itself stays on. What a real cut does to the unit under way is for
tests/double/flash_sim.

Emulated flash takes no time, so that moments chosen by the clock are hardly
ever those of a write. Some cuts are therefore by the word cut=N, which stops
the machine before the N-th unit or erase.
"""
import collections
import re
import signal
import time

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

import flash_log
import emulator
from bench import REF, SECRET, Bench

import store  # of the lab CA: bench knows the way

END = r"end +all is well"
CUT = 42  # exit status: boards/emulator/emulator.h
LIMIT = 90  # seconds until a device has ended, whatever was cut off before
UNIT = {"qemu-mps2-an385": 8, "qemu-riscv-virt": 4}
BANK = {"qemu-mps2-an385": 8192, "qemu-riscv-virt": 256 * 1024}
OPERATIONS = 1600  # bytes that an enrolment or a renewal programs, or so
JOURNAL, FIRST_CERTIFICATE = 1, 2
KEY_AT, KEY_N = 1 + 36, 32  # in PSA's file of a key: behind flags, attributes

# What the CA does: when it counts a secret as spent, and its options.
MODES = {
    "spent at confirmation": ("confirm", ()),
    "spent at issue": ("issue", ()),
    "polling": ("confirm", ("--poll-count", "1")),
    "polling by error, twice": ("confirm", (
        "--poll-count", "1", "--poll-by", "error", "--poll-confirm")),
}

World = collections.namedtuple("World", "board operation mode")


# What the last line on the console says that a device was doing.
STAGES = {
    "boot": r"\] lwcmp",
    "network": r"\] network",
    "-> request": r"-> +(ir|kur),",
    "<- answer": r"<- +(ip|kup),",
    "<- error": r"<- +error,",
    "-> pollReq": r"-> +pollReq,",
    "<- pollRep": r"<- +pollRep,",
    "waiting": r"\] waiting",
    "-> certConf": r"-> +certConf,",
    "<- pkiconf": r"<- +pkiconf,",
    "the end": r"\] (memory|enrolled|renewed|secret)",
}


def stage_of(lines):
    return next(name for line in reversed(lines)
                for name, pattern in STAGES.items()
                if re.search(pattern, line))


class Life(Bench):
    """Not a test by itself: tests/board/kills.py has many."""

    def __init__(self, world):
        super().__init__()
        self.world = world
        self.board = world.board
        self.consoles = []  # of all boots
        self.killed = []    # the stage of each kill
        self.cut = 0        # by the word

    def add_secret(self, reference, secret="", spend=""):
        super().add_secret(reference, secret, MODES[self.world.mode][0])

    def runTest(self):
        raise NotImplementedError

    def begin(self):
        """A device from the line; before a renewal it enrols in peace."""
        self.provision()
        if self.world.operation == "renewal":
            self.server = self.serve()
            self.run_to_end(self.server)
            self.server.stop()
        self.server = self.serve(*MODES[self.world.mode][1])

    def words(self):
        """A wish to renew is there until the first kur was sent: after that
        the device has to know by itself."""
        asked = any("-> " in c and " kur, " in c for c in self.consoles)
        return () if asked or self.world.operation != "renewal" \
            else ("renew",)

    def stages(self, boot):
        return [name for name, pattern in STAGES.items()
                if re.search(pattern, self.consoles[boot])]

    def start(self, *more):
        """A board, from its first line on."""
        board = self.boot(*self.words(), *more, port=self.server.port)
        board.wait("lwcmp +[0-9]")
        return board

    def boot_to_end(self):
        board = self.start()
        began = time.monotonic()
        try:
            board.wait(END, LIMIT)
            took = time.monotonic() - began
            self.assertEqual(board.end(10), 0)
        finally:
            board.kill()
            self.consoles.append(board.text())
        return took

    def boot_and_kill(self, seconds, after="boot"):
        """So long after that stage has begun; False if it had ended before."""
        board = self.start()
        try:
            if after != "boot":
                board.wait(STAGES[after], LIMIT)
            time.sleep(seconds)
        except emulator.Unexpected:
            pass  # it never came there; has it ended well?
        status = board.kill()
        self.consoles.append(board.text())
        if status != -signal.SIGKILL or re.search(END, board.text()):
            self.assertIn(status, (0, -signal.SIGKILL))
            return False
        self.killed.append(stage_of(board.lines))
        return True

    def boot_and_cut(self, share):
        """The same at this share of the flash operations, more or less."""
        n = 1 + int(share * OPERATIONS / UNIT[self.board])
        board = self.start("cut=%d" % n)
        try:
            status = board.end(LIMIT)
        finally:
            board.kill()
            self.consoles.append(board.text())
        self.assertIn(status, (0, CUT))
        self.cut += status == CUT
        return status == CUT

    def boot_again(self):
        """Nothing is left to do."""
        self.boot_to_end()
        self.assertNotIn("-> ", self.consoles[-1])

    def check(self):
        """Flash and CA agree on one identity, and nothing else is left."""
        slot = self.check_flash()
        self.check_ca(self.kept[flash_log.RECORD, FIRST_CERTIFICATE + slot])

    def check_flash(self):
        flash, size = self.flash_bytes(), BANK[self.board]
        banks = flash[2 * self.block:]
        self.kept = flash_log.read([banks[:size], banks[size:2 * size]],
                                   UNIT[self.board])
        journal = self.kept[flash_log.RECORD, JOURNAL]
        slot, phase = journal[2] - 1, journal[3]
        self.assertEqual((slot, phase),
                         (int(self.world.operation == "renewal"), 0))
        self.assertEqual(
            [k for k in sorted(self.kept) if k[0] == flash_log.ITS
             or k[1] in (FIRST_CERTIFICATE, FIRST_CERTIFICATE + 1)],
            [(flash_log.ITS, slot + 1),
             (flash_log.RECORD, FIRST_CERTIFICATE + slot)])
        self.assertNotIn(SECRET.encode(), flash)
        self.assertEqual(flash[self.block:2 * self.block],
                         b"\xff" * self.block)
        self.check_key(self.kept[flash_log.ITS, slot + 1], slot)
        return slot

    def check_key(self, key, slot):
        der = self.kept[flash_log.RECORD, FIRST_CERTIFICATE + slot]
        number = int.from_bytes(key[KEY_AT:KEY_AT + KEY_N], "big")
        self.assertEqual(
            x509.load_der_x509_certificate(der).public_key().public_numbers(),
            ec.derive_private_key(number, ec.SECP256R1()).public_key()
            .public_numbers())

    def check_ca(self, der):
        with store.Store(self.ca).change() as state:
            rows = [(row["state"], row["der"]) for row in
                    state.certificates()]
            spent = state.secret(REF.encode())["spent"]
        renewed = ["superseded"] * (self.world.operation == "renewal")
        self.assertEqual([row[0] for row in rows], renewed + ["confirmed"])
        self.assertEqual(rows[-1][1], der)
        self.assertTrue(spent)
