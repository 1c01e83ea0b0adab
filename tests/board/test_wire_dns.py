# SPDX-License-Identifier: Apache-2.0
"""The DNS server against queries made by hand."""
import unittest

import packets
import wire_dns

CA = bytes([192, 0, 2, 80])
QUERY = bytes.fromhex("abcd01000001000000000000"
                      "026361076578616d706c650000010001")


class Dns(unittest.TestCase):
    ZONE = {"ca.example": CA}

    def test_known(self):
        name, reply = wire_dns.reply_to(QUERY, self.ZONE)
        self.assertEqual(name, "ca.example")
        self.assertEqual(reply, bytes.fromhex("abcd85800001000100000000")
                         + QUERY[12:]
                         + bytes.fromhex("c00c000100010000003c0004") + CA)

    def test_capitals(self):
        query = QUERY.replace(b"ca", b"CA")
        self.assertIn(CA, wire_dns.reply_to(query, self.ZONE)[1])

    def test_ipv6_has_no_answer_but_the_name(self):
        query = QUERY[:-3] + b"\x1c" + QUERY[-2:]
        reply = wire_dns.reply_to(query, self.ZONE)[1]
        self.assertEqual(reply[2:12], bytes.fromhex("85800001000000000000"))

    def test_unknown(self):
        reply = wire_dns.reply_to(QUERY, {})[1]
        self.assertEqual(reply[2:8], bytes.fromhex("858300010000"))

    def test_faults(self):
        def reply(fault):
            return wire_dns.reply_to(QUERY, self.ZONE, fault)[1]
        self.assertIsNone(reply("silent"))
        self.assertEqual(reply("nxdomain"), wire_dns.reply_to(QUERY, {})[1])
        self.assertEqual(reply("id")[2:], reply(None)[2:])
        self.assertNotEqual(reply("id")[:2], QUERY[:2])
        self.assertEqual(reply("truncated"), reply(None)[:-3])
        self.assertEqual(reply("garbage")[:2], QUERY[:2])

    def test_bad(self):
        for query in (b"", QUERY[:-1], QUERY[:12], QUERY[:2] + b"\x81"
                      + QUERY[3:], QUERY[:12] + b"\xc0" + QUERY[13:]):
            with self.assertRaises(packets.Bad):
                wire_dns.reply_to(query, self.ZONE)


if __name__ == "__main__":
    unittest.main()
