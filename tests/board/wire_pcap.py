# SPDX-License-Identifier: Apache-2.0
"""Keeps frames in a file that packet analysers read."""
import struct


class Pcap:
    def __init__(self, path):
        self._file = open(path, "wb", buffering=0)
        self._file.write(struct.pack("=IHHIIII", 0xa1b2c3d4, 2, 4, 0, 0,
                                     65535, 1))

    def write(self, frame, now):
        self._file.write(struct.pack("=IIII", int(now),
                                     int(now % 1 * 1000000), len(frame),
                                     len(frame)) + frame)

    def close(self):
        self._file.close()
