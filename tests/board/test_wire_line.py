# SPDX-License-Identifier: Apache-2.0
"""Bad lines."""
import unittest

from wire_line import Line


class Lines(unittest.TestCase):
    FRAMES = [bytes([n]) * 8 for n in range(100)]

    def carried(self, **rates):
        line = Line(5, **rates)
        frames = [f for x in self.FRAMES for f in line.carry(x, 0)]
        return frames + line.late(1)

    def test_calm(self):
        self.assertEqual(self.carried(), self.FRAMES)

    def test_rates(self):
        self.assertEqual(self.carried(lost=1.0), [])
        self.assertEqual(len(self.carried(doubled=1.0)), 200)
        swapped = self.carried(swapped=0.3)
        self.assertNotEqual(swapped, self.FRAMES)
        self.assertEqual(sorted(swapped), self.FRAMES)
        for before, after in zip(self.FRAMES, self.carried(damaged=1.0)):
            bits = int.from_bytes(before, "big") ^ int.from_bytes(after,
                                                                  "big")
            self.assertEqual(bin(bits).count("1"), 1)

    def test_seed(self):
        self.assertEqual(self.carried(lost=0.3), self.carried(lost=0.3))
        self.assertLess(50, len(self.carried(lost=0.3)))
        self.assertLess(len(self.carried(lost=0.3)), 90)

    def test_numbers(self):
        self.assertEqual(self.carried(lose=(1, 100)), self.FRAMES[1:99])

    def test_held_frame_comes_late(self):
        line = Line(swapped=1.0)
        self.assertEqual(line.carry(b"1", 10), [])
        self.assertEqual(line.late(10), [])
        self.assertEqual(line.late(11), [b"1"])
        self.assertIsNone(line.due())


if __name__ == "__main__":
    unittest.main()
