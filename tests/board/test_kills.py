# SPDX-License-Identifier: Apache-2.0
"""A dozen of power cuts at random moments, of the 200 of `make qemu-kills`;
and that such a life can end badly, too."""
import secrets
import sqlite3
import unittest

import kill_life
import kills

CORTEX, RISCV = "qemu-mps2-an385", "qemu-riscv-virt"
CHOSEN = [kill_life.World(*w) for w in (
    (CORTEX, "enrolment", "spent at issue"),
    (RISCV, "enrolment", "polling"),
    (CORTEX, "renewal", "polling"),
    (RISCV, "renewal", "spent at confirmation"))]


class Kills(unittest.TestCase):
    def test_dozen(self):
        seed = secrets.token_hex(4)
        print("# seed %s" % seed)
        for result in kills.campaign(CHOSEN, 6, seed, 1):
            self.assertIsNone(result.problem, result)


class Judge(unittest.TestCase):
    """What is not a good end is seen."""

    def setUp(self):
        self.life = kill_life.Life(CHOSEN[0])
        self.life.setUp()
        self.addCleanup(self.life.doCleanups)
        self.life.begin()
        self.before = self.life.flash_bytes()
        self.life.boot_to_end()
        self.life.check()

    def spoil(self, change):
        with sqlite3.connect(self.life.path("ca/labca.sqlite")) as db:
            db.execute(change)
        self.assertRaises(AssertionError, self.life.check)

    def test_not_confirmed(self):
        self.spoil("UPDATE certificates SET state = 'issued'")

    def test_another_is_pending(self):
        self.spoil("INSERT INTO certificates SELECT '1', der, subject, "
                   "not_before, not_after, 'issued', '', NULL "
                   "FROM certificates")

    def test_secret_is_not_wiped(self):
        block = self.life.block
        self.life.put_flash(block, self.before[block:2 * block])
        self.assertRaises(AssertionError, self.life.check)

    def test_end_is_too_late_for_a_kill(self):
        self.assertFalse(self.life.boot_and_kill(0, "waiting"))
        self.assertFalse(self.life.boot_and_cut(1))


if __name__ == "__main__":
    unittest.main()
