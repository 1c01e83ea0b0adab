# SPDX-License-Identifier: Apache-2.0
"""Faults as words."""
import unittest

from wire_faults import Faults


class FaultWords(unittest.TestCase):
    def test_words(self):
        faults = Faults("dns=id", "tcp=fin:17", "times=2", "seed=4",
                        "lost=0.5", "lose_in=3,4")
        self.assertEqual([faults.strike("tcp") for _ in range(3)],
                         [("fin", 17), ("fin", 17), None])
        self.assertEqual(faults.strike("dns"), "id")
        self.assertIsNone(faults.strike("dhcp"))
        self.assertEqual(faults.lose_in, (3, 4))

    def test_unknown(self):
        for word in ("dns=late", "tcp=slow", "x", "lost=much", "dhcp=id"):
            with self.assertRaises(ValueError, msg=word):
                Faults(word)


if __name__ == "__main__":
    unittest.main()
