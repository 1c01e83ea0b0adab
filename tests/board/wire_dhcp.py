# SPDX-License-Identifier: Apache-2.0
"""A DHCP server (RFC 2131) with one lease, for whoever asks."""
import struct

from packets import Bad, packed

SERVER_PORT, CLIENT_PORT = 67, 68
COOKIE = bytes.fromhex("63825363")
DISCOVER, OFFER, REQUEST, DECLINE, PACK, NAK, RELEASE = range(1, 8)
NAMES = {DISCOVER: "discover", OFFER: "offer", REQUEST: "request",
         DECLINE: "decline", PACK: "ack", NAK: "nak", RELEASE: "release"}
MASK, ROUTER, DNS, ADDRESS, LEASE, TYPE, SERVER = 1, 3, 6, 50, 51, 53, 54


def read_options(data):
    options = {}
    while data and data[0] != 255:
        if data[0] == 0:
            data = data[1:]
            continue
        if len(data) < 2 or len(data) < 2 + data[1]:
            raise Bad("DHCP options")
        options[data[0]] = data[2:2 + data[1]]
        data = data[2 + data[1]:]
    return options


def write_options(options):
    return b"".join(bytes([kind, len(value)]) + value
                    for kind, value in options.items()) + b"\xff"


def reply_to(request, network):
    """(kind of request, kind of reply, reply); reply None to say nothing."""
    if len(request) < 240 or request[236:240] != COOKIE or request[0] != 1:
        raise Bad("DHCP message")
    options = read_options(request[240:])
    kind = int.from_bytes(options.get(TYPE, b""), "big")
    answer = {DISCOVER: OFFER, REQUEST: PACK}.get(kind)
    if answer is None or options.get(SERVER, network.router) != network.router:
        return kind, None, None
    wanted = options.get(ADDRESS, request[12:16])
    if kind == REQUEST and wanted != network.guest:
        answer = NAK
    more = {} if answer == NAK else {
        MASK: packed("255.255.255.0"), ROUTER: network.router,
        DNS: network.dns, LEASE: struct.pack("!I", network.lease)}
    yours = b"\0" * 4 if answer == NAK else network.guest
    reply = b"\2" + request[1:3] + b"\0" + request[4:8] + b"\0\0" + \
        request[10:12] + b"\0" * 4 + yours + b"\0" * 4 + request[24:44] + \
        b"\0" * 192 + COOKIE + write_options(
            {TYPE: bytes([answer]), SERVER: network.router, **more})
    return kind, answer, reply.ljust(300, b"\0")
