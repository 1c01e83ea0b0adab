# SPDX-License-Identifier: Apache-2.0
"""Frames that other stacks have sent, read; and ours, read again."""
import unittest

import packets
from packets import Segment, packed

GUEST, CA = packed("192.0.2.15"), packed("192.0.2.80")
# Of Linux, from the IP header on.
SYN = bytes.fromhex(
    "4500003ccc4f40004006ea0cc000020fc0000250817c005019653a3d00000000a002faf0"
    "99b10000020405b40402080abf709a1b000000000103030a")


class Packets(unittest.TestCase):
    def test_checksum(self):
        # The example of RFC 1071 3, and a header known from textbooks.
        self.assertEqual(packets.checksum(
            bytes.fromhex("0001f203f4f5f6f7")), 0x220d)
        self.assertEqual(packets.checksum(bytes.fromhex(
            "45000073000040004011b861c0a80001c0a800c7")), 0)
        self.assertEqual(packets.checksum(b"\1"), 0xfeff)

    def test_ip_header(self):
        ip = packets.read_ip(SYN)
        self.assertEqual(ip[:3], (GUEST, CA, 6))
        self.assertEqual(len(ip.data), 40)

    def test_bad_ip(self):
        for at, octets, why in (
                (0, b"\x65", "header"), (0, b"\x44", "header"),
                (2, b"\0\x13", "length 19"), (2, b"\0\x3d", "length 61"),
                (6, b"\x20", "fragment"), (7, b"\1", "fragment")):
            data = SYN[:at] + octets + SYN[at + len(octets):]
            head = data[:10] + b"\0\0" + data[12:20]
            data = data[:10] + packets.checksum(head).to_bytes(2, "big") + \
                data[12:]
            with self.assertRaisesRegex(packets.Bad, why):
                packets.read_ip(data)
        with self.assertRaisesRegex(packets.Bad, "checksum"):
            packets.read_ip(SYN[:9] + b"\x11" + SYN[10:])

    def test_bad_udp(self):
        for n in (7, 10):
            ip = packets.Ip(GUEST, CA, 17, bytes([0, 1, 0, 2, 0, n, 0, 0, 9]))
            with self.assertRaisesRegex(packets.Bad, "UDP length"):
                packets.read_udp(ip)

    def test_udp_checksum_is_never_zero(self):
        # Zero would say that there is none.
        for n in range(0x10000):
            data = packets.write_udp(CA, GUEST, 1, 2, n.to_bytes(2, "big"))
            self.assertNotEqual(data[26:28], b"\0\0")

    def test_tcp(self):
        self.assertEqual(
            packets.read_tcp(packets.read_ip(SYN)),
            Segment(0x817c, 80, 0x19653a3d, 0, packets.SYN, 64240, 1460, b""))

    def test_tcp_checksum(self):
        ip = packets.read_ip(SYN)
        for at in range(40):
            data = bytearray(ip.data)
            data[at] ^= 16
            with self.assertRaises(packets.Bad, msg=str(at)):
                packets.read_tcp(ip._replace(data=bytes(data)))

    def test_tcp_both_ways(self):
        s = Segment(80, 0xb556, 1, 0xfffffffe, 0x12, 512, 1460, b"odd")
        ip = packets.read_ip(packets.write_tcp(CA, GUEST, s))
        self.assertEqual(packets.read_tcp(ip), s)

    def test_udp_both_ways(self):
        ip = packets.read_ip(packets.write_udp(CA, GUEST, 53, 7, b"text!"))
        self.assertEqual(packets.read_udp(ip), (53, 7, b"text!"))
        bad = ip._replace(data=ip.data[:-1] + b"?")
        with self.assertRaisesRegex(packets.Bad, "UDP checksum"):
            packets.read_udp(bad)

    def test_options(self):
        self.assertEqual(packets.mss_of(bytes.fromhex("0101020405b4")), 1460)
        self.assertIsNone(packets.mss_of(bytes.fromhex("0402000205b4")))
        for options in ("0200", "02", "0205b4"):
            with self.assertRaises(packets.Bad):
                packets.mss_of(bytes.fromhex(options))

    def test_short_frame_is_padded(self):
        frame = packets.write_frame(b"a" * 6, b"b" * 6, packets.ARP, b"x")
        self.assertEqual(len(frame), 60)
        with self.assertRaises(packets.Bad):
            packets.read_frame(frame[:13])


if __name__ == "__main__":
    unittest.main()
