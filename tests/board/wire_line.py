# SPDX-License-Identifier: Apache-2.0
"""What a bad line does to frames of one direction. The fate of the n-th frame
hangs on seed and n alone."""
import random

HELD = 0.05  # seconds after which a frame that was overtaken comes anyway


class Line:
    def __init__(self, seed=0, lost=0.0, doubled=0.0, swapped=0.0,
                 damaged=0.0, lose=()):
        """Rates from 0 to 1; lose has the numbers of frames, from 1 on."""
        self.rates = (lost, doubled, swapped, damaged)
        self.lose = set(lose)
        self.frames = self.dropped = 0
        self._random = random.Random(seed)
        self._held = None
        self._due = None

    def carry(self, frame, now):
        """The frames that come out when this one goes in."""
        self.frames += 1
        lost, doubled, swapped, damaged = (
            self._random.random() < rate for rate in self.rates)
        where = self._random.random()
        if lost or self.frames in self.lose:
            self.dropped += 1
            return []
        if damaged:
            frame = flipped(frame, int(where * len(frame) * 8))
        frames = [frame] * (2 if doubled else 1)
        if swapped and self._held is None:
            self._held, self._due = frames, now + HELD
            return []
        frames += self._held or []
        self._held = None
        return frames

    def late(self, now):
        """Frames that nothing has overtaken."""
        if self._held is None or now < self._due:
            return []
        frames, self._held = self._held, None
        return frames

    def due(self):
        return None if self._held is None else self._due


def flipped(frame, bit):
    octets = bytearray(frame)
    octets[bit // 8] ^= 1 << bit % 8
    return bytes(octets)
