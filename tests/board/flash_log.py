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


def _records(data, unit):
    """(kind, name, payload, marked) of all records. Behind them there may be
    one whose header was cut off."""
    at = 0
    while at < len(data) and data[at] != 0xff:
        if not any(data[at:at + unit]):
            at += unit  # a mark more
            continue
        kind, version, n, name, crc = struct.unpack_from(">BBHQI", data, at)
        if version != 1 or zlib.crc32(data[at:at + 12]) != crc:
            if data[at + 16:].strip(b"\xff"):
                raise ValueError("no record at %d" % at)
            return
        payload = data[at + 16:at + 16 + n]
        check, = struct.unpack_from(">I", data, at + 16 + n)
        at += -(-(20 + n) // unit) * unit
        marked = not any(data[at:at + unit])
        if marked and zlib.crc32(payload) != check:
            raise ValueError("a damaged record before %d" % at)
        yield kind, name, payload, marked
        at += unit


def read(banks, unit=UNIT):
    """What counts in the newer of these banks: {(kind, name): payload}"""
    found = []
    for data in banks:
        if data[0] == 0xff:
            continue
        kept = [r for r in _records(data, unit) if r[3]]
        if kept and kept[0][0] == BANK:
            found.append((kept[0][1] >> 32, kept))
    newest = max(found)[1]
    last = {(kind, name): payload for kind, name, payload, _ in newest[1:]}
    return {k: v for k, v in last.items() if v}
