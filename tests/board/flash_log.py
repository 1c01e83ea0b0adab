# SPDX-License-Identifier: Apache-2.0
"""The bytes of a store in flash as docs/flash.md tells them, written and read
by somebody who has not seen the code."""
import struct
import zlib

UNIT = 8
ITS, RECORD, BANK = 1, 2, 0x4c


def record(kind, name, payload=b""):
    head = struct.pack(">BBHQ", kind, 1, len(payload), name)
    data = head + struct.pack(">I", zlib.crc32(head)) + payload + \
        struct.pack(">I", zlib.crc32(payload))
    return data + b"\xff" * (-len(data) % UNIT) + bytes(UNIT)


def bank(size, sequence, *records):
    name = sequence << 32 | size | UNIT
    data = record(BANK, name) + b"".join(records)
    return data.ljust(size, b"\xff")


def _records(data):
    """(kind, name, payload, marked) of all records."""
    at = 0
    while at < len(data) and data[at] != 0xff:
        if not any(data[at:at + UNIT]):
            at += UNIT  # a mark more
            continue
        kind, version, n, name, crc = struct.unpack_from(">BBHQI", data, at)
        payload = data[at + 16:at + 16 + n]
        check, = struct.unpack_from(">I", data, at + 16 + n)
        if version != 1 or zlib.crc32(data[at:at + 12]) != crc:
            raise ValueError("no record at %d" % at)
        at += -(-(20 + n) // UNIT) * UNIT
        marked = not any(data[at:at + UNIT])
        if marked and zlib.crc32(payload) != check:
            raise ValueError("a damaged record before %d" % at)
        yield kind, name, payload, marked
        at += UNIT


def read(banks):
    """What counts in the newer of these banks: {(kind, name): payload}"""
    found = []
    for data in banks:
        if data[0] == 0xff:
            continue
        kept = [r for r in _records(data) if r[3]]
        if kept and kept[0][0] == BANK:
            found.append((kept[0][1] >> 32, kept))
    newest = max(found)[1]
    last = {(kind, name): payload for kind, name, payload, _ in newest[1:]}
    return {k: v for k, v in last.items() if v}
