# SPDX-License-Identifier: Apache-2.0
"""The DHCP server, with a request of busybox and some made by hand."""
import unittest

import packets
import wire
import wire_dhcp
from packets import packed

GUEST, ROUTER = packed("192.0.2.15"), packed("192.0.2.1")
NET = wire.network({})._replace(guest=GUEST, router=ROUTER)
WANTED = b"\x32\4" + GUEST
BUSYBOX = bytes.fromhex("010106009e477976000200") + b"\0" * 17 + \
    bytes.fromhex("0e4657b07284") + b"\0" * 202 + bytes.fromhex(
        "638253633501033204c000020f3604c00002013902024037070103060c0f1c2a3c0c"
        "756468637020312e33352e303d07010e4657b07284ff0000000000000000")


def dhcp(kind, *more, number=b"\1\2\3\4"):
    return b"\1\1\6\0" + number + b"\0" * 20 + b"\2\0\0\0\0\2" + b"\0" * 202 \
        + bytes.fromhex("638253633501") + bytes([kind]) + b"".join(more) + \
        b"\xff"


class Dhcp(unittest.TestCase):
    def test_busybox(self):
        _, answer, reply = wire_dhcp.reply_to(BUSYBOX, NET)
        self.assertEqual(answer, wire_dhcp.PACK)
        self.assertEqual(reply[4:8], BUSYBOX[4:8])

    def test_discover(self):
        kind, answer, reply = wire_dhcp.reply_to(dhcp(1), NET)
        self.assertEqual((kind, answer), (1, wire_dhcp.OFFER))
        self.assertEqual(reply[:8], b"\2\1\6\0\1\2\3\4")
        self.assertEqual(reply[16:20], GUEST)
        self.assertEqual(reply[28:34], b"\2\0\0\0\0\2")
        self.assertIn(bytes.fromhex("350102") + b"\x36\4" + ROUTER, reply)

    def test_request(self):
        _, answer, reply = wire_dhcp.reply_to(dhcp(3, WANTED), NET)
        self.assertEqual(answer, wire_dhcp.PACK)
        self.assertIn(b"\6\4" + NET.dns, reply)

    def test_request_of_another_address(self):
        _, answer, reply = wire_dhcp.reply_to(dhcp(3, b"\x32\4\1\2\3\4"), NET)
        self.assertEqual(answer, wire_dhcp.NAK)
        self.assertEqual(reply[16:20], b"\0" * 4)

    def test_request_to_another_server(self):
        request = dhcp(3, WANTED, b"\x36\4\1\1\1\1")
        self.assertIsNone(wire_dhcp.reply_to(request, NET)[2])

    def test_release(self):
        self.assertEqual(wire_dhcp.reply_to(dhcp(7), NET), (7, None, None))

    def test_bad(self):
        for request in (b"", dhcp(1)[:239], b"\2" + dhcp(1)[1:],
                        dhcp(1)[:-1] + b"\x32\4\1"):
            with self.assertRaises(packets.Bad):
                wire_dhcp.reply_to(request, NET)


if __name__ == "__main__":
    unittest.main()
