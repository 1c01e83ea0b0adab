# SPDX-License-Identifier: Apache-2.0
"""The bytes of Ethernet, ARP, IPv4, UDP and TCP: read strictly, so that a
driver or a stack that gets them wrong is noticed, and written."""
import collections
import ipaddress
import struct

ARP, IPV4 = 0x0806, 0x0800
UDP, TCP = 17, 6
FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16
BROADCAST = b"\xff" * 6
SHORTEST = 60  # octets of a frame without its check sequence

Frame = collections.namedtuple("Frame", "to sender kind data")
Ip = collections.namedtuple("Ip", "source target protocol data")
Udp = collections.namedtuple("Udp", "source target data")
Segment = collections.namedtuple(
    "Segment", "source target seq ack flags window mss data")


class Bad(ValueError):
    """A frame that no sound stack sends."""


def packed(address):
    return ipaddress.IPv4Address(address).packed


def text_of(address):
    return str(ipaddress.IPv4Address(address))


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def read_frame(data):
    if not 14 <= len(data) <= 1514:
        raise Bad("frame of %d octets" % len(data))
    return Frame(data[:6], data[6:12], int.from_bytes(data[12:14], "big"),
                 data[14:])


def write_frame(to, sender, kind, data):
    frame = to + sender + struct.pack("!H", kind) + data
    return frame.ljust(SHORTEST, b"\0")


def read_ip(data):
    if len(data) < 20 or data[0] >> 4 != 4 or data[0] & 15 < 5:
        raise Bad("IPv4 header")
    n = (data[0] & 15) * 4
    total, fragment = struct.unpack("!2xH2xH", data[:8])
    if not n <= total <= len(data):
        raise Bad("IPv4 length %d in %d octets" % (total, len(data)))
    if checksum(data[:n]):
        raise Bad("IPv4 checksum")
    if fragment & 0xbfff:
        raise Bad("IPv4 fragment")
    return Ip(data[12:16], data[16:20], data[9], data[n:total])


def write_ip(source, target, protocol, data):
    head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(data), 0, 0x4000, 64,
                       protocol, 0, source, target)
    return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + data


def pseudo(ip, n):
    return ip.source + ip.target + struct.pack("!HH", ip.protocol, n)


def read_udp(ip):
    if len(ip.data) < 8:
        raise Bad("UDP header")
    source, target, n, check = struct.unpack("!HHHH", ip.data[:8])
    if not 8 <= n <= len(ip.data):
        raise Bad("UDP length %d in %d octets" % (n, len(ip.data)))
    if check and checksum(pseudo(ip, n) + ip.data[:n]):
        raise Bad("UDP checksum")
    return Udp(source, target, ip.data[8:n])


def write_udp(source, target, port, to_port, data):
    n = 8 + len(data)
    head = struct.pack("!HHH", port, to_port, n)
    ip = Ip(source, target, UDP, None)
    check = checksum(pseudo(ip, n) + head + b"\0\0" + data) or 0xffff
    return write_ip(source, target, UDP,
                    head + struct.pack("!H", check) + data)


def read_tcp(ip):
    data = ip.data
    n = data[12] >> 4 << 2 if len(data) >= 20 else 0
    if not 20 <= n <= len(data):
        raise Bad("TCP header")
    if checksum(pseudo(ip, len(data)) + data):
        raise Bad("TCP checksum")
    source, target, seq, ack, _, flags, window = struct.unpack("!HHIIBBH",
                                                               data[:16])
    return Segment(source, target, seq, ack, flags, window,
                   mss_of(data[20:n]), data[n:])


def mss_of(options):
    """The maximum segment size among the options, or None."""
    while options and options[0] != 0:
        if options[0] == 1:
            options = options[1:]
            continue
        if len(options) < 2 or not 2 <= options[1] <= len(options):
            raise Bad("TCP options")
        if options[:2] == b"\2\4":
            return int.from_bytes(options[2:4], "big")
        options = options[options[1]:]
    return None


def write_tcp(source, target, s):
    options = b"" if s.mss is None else struct.pack("!BBH", 2, 4, s.mss)
    head = struct.pack("!HHIIBBHHH", s.source, s.target, s.seq, s.ack,
                       (20 + len(options)) << 2, s.flags, s.window, 0, 0)
    data = head + options + s.data
    check = checksum(pseudo(Ip(source, target, TCP, None), len(data)) + data)
    return write_ip(source, target, TCP,
                    data[:16] + struct.pack("!H", check) + data[18:])


def read_arp(data):
    """(operation, sender's MAC, sender's address, wanted address)"""
    if data[:6] != bytes.fromhex("000108000604") or len(data) < 28:
        raise Bad("ARP")
    return (int.from_bytes(data[6:8], "big"), data[8:14], data[14:18],
            data[24:28])


def write_arp(operation, mac, address, to_mac, to):
    return bytes.fromhex("000108000604") + struct.pack("!H", operation) + \
        mac + address + to_mac + to
