# SPDX-License-Identifier: Apache-2.0
"""A DNS server (RFC 1035) for one table of names, and ways to err."""
import struct

from packets import Bad

PORT = 53
A, IN = 1, 1
NO_SUCH_NAME = 3
FAULTS = ("silent", "nxdomain", "garbage", "id", "truncated")


def read_question(query):
    """(transaction id, name, type, the octets of the question)"""
    if len(query) < 12 or query[2] & 0x80 or query[4:6] != b"\0\1":
        raise Bad("DNS query")
    labels, at = [], 12
    while at < len(query) and 0 < query[at] < 64:
        labels.append(query[at + 1:at + 1 + query[at]])
        at += 1 + query[at]
    if len(query) < at + 5 or query[at]:
        raise Bad("DNS name")
    return (int.from_bytes(query[:2], "big"),
            b".".join(labels).decode("latin-1").lower(),
            int.from_bytes(query[at + 1:at + 3], "big"), query[12:at + 5])


def reply_to(query, zone, fault=None):
    """(name, reply); reply None to say nothing."""
    number, name, kind, question = read_question(query)
    if fault == "silent":
        return name, None
    if fault == "garbage":
        return name, query[:2] + b"\x81\x80" + b"\xff" * 60
    address = None if fault == "nxdomain" else zone.get(name)
    answer = b""
    if address and kind == A:
        answer = struct.pack("!HHHIH", 0xc00c, A, IN, 60, 4) + address
    code = 0 if address else NO_SUCH_NAME
    if fault == "id":
        number ^= 0x5555
    reply = struct.pack("!HHHHHH", number, 0x8580 | code, 1,
                        bool(answer), 0, 0) + question + answer
    return name, reply[:-3] if fault == "truncated" else reply
