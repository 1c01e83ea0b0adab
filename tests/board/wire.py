#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The network of an emulated board: an Ethernet peer that QEMU reaches with
-netdev dgram, where one UDP datagram is one frame. It answers ARP, DHCP and
DNS, and relays TCP connections to ports on loopback. The board reaches these
and nothing else, since nothing else is there.

usage: wire.py [--listen PORT] [--name NAME=ADDRESS] --to PORT=LOCALPORT
               [--pcap FILE] [--qemu] [FAULT ...]
"""
import argparse
import collections
import re
import select
import socket
import sys
import threading
import time

import packets
import wire_dhcp
import wire_dns
import wire_faults
from packets import packed, text_of
from wire_pcap import Pcap
from wire_relay import Relay
from wire_tcp import Tcp

MAC = bytes.fromhex("020000000001")
# As in QEMU's own network, with the CA where guestfwd may put it.
NAMES = {"ca.example": "10.0.2.100"}
LINGER = 5.0  # seconds for which a closed connection still answers

Network = collections.namedtuple(
    "Network", "router dns guest lease zone ports")


def network(ports, names=None, lease=3600):
    """ports: what the guest sees -> where it is on loopback."""
    zone = {k.lower(): packed(v) for k, v in (names or NAMES).items()}
    return Network(packed("10.0.2.2"), packed("10.0.2.3"),
                   packed("10.0.2.15"), lease, zone, dict(ports))


class Wire:
    """Runs in a thread of its own from its creation until close()."""

    def __init__(self, net, faults=None, port=0, pcap=None, echo=None):
        self.net = net
        self.events = []       # lines, the oldest first
        self.problems = []     # frames of the guest that are not sound
        self.relays = {}       # by address and port of both sides
        self.connections = 0
        self._addresses = {net.router, net.dns, *net.zone.values()}
        self.disturb(faults or wire_faults.Faults())
        self._pcap = Pcap(pcap) if pcap else None
        self._echo = echo
        self._news = threading.Condition()
        self._guest = self._mac = None
        self._closed = {}      # connections that are over, until when
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", port))
        self._udp.setblocking(False)
        self.port = self._udp.getsockname()[1]
        self._stop, self._wake = socket.socketpair()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def netdev(self, name="n0"):
        """For QEMU's option -netdev."""
        return ("dgram,id=%s,local.type=inet,local.host=127.0.0.1,"
                "local.port=0,remote.type=inet,remote.host=127.0.0.1,"
                "remote.port=%d" % (name, self.port))

    def disturb(self, faults):
        """From now on these; frames are numbered from 1 again."""
        self.faults = faults
        self.incoming, self.outgoing = faults.lines()

    def wait(self, pattern, seconds):
        """The match of the first event like this, or None in time."""
        def find():
            found = (re.search(pattern, e) for e in self.events)
            return next((m for m in found if m), None)
        with self._news:
            self._news.wait_for(find, seconds)
            return find()

    def close(self):
        self._stop.close()
        self._thread.join()

    def _note(self, text):
        with self._news:
            self.events.append(text)
            self._news.notify_all()
        if self._echo:
            self._echo(text)

    # The loop.

    def _run(self):
        try:
            while self._turn():
                pass
        finally:
            for relay in self.relays.values():
                relay.close()
            for thing in (self._udp, self._wake, self._pcap):
                if thing:
                    thing.close()

    def _turn(self):
        relays = list(self.relays.values())
        readers = [self._udp, self._wake]
        readers += [s for r in relays for s in r.reads()]
        writers = [s for r in relays for s in r.writes()]
        ready, _, _ = select.select(readers, writers, [], self._patience())
        if self._udp in ready:
            self._receive()
        now = time.monotonic()
        for frame in self.incoming.late(now):
            self._take(frame)
        for frame in self.outgoing.late(now):
            self._transmit(frame)
        for key, relay in list(self.relays.items()):
            relay.move(now)
            self._retire(key, relay, now)
        return self._wake not in ready

    def _patience(self):
        """Seconds until something is due by the clock."""
        times = [self.incoming.due(), self.outgoing.due()]
        times += [r.due() for r in self.relays.values()]
        times = [t for t in times if t is not None]
        return max(min(times) - time.monotonic(), 0) if times else None

    def _receive(self):
        try:
            frame, self._guest = self._udp.recvfrom(65536)
        except OSError:  # what QEMU has left behind when it went
            return
        if self._pcap:
            self._pcap.write(frame, time.time())
        for each in self.incoming.carry(frame, time.monotonic()):
            self._take(each)

    def _send(self, kind, data, to=None):
        frame = packets.write_frame(to or self._mac, MAC, kind, data)
        for each in self.outgoing.carry(frame, time.monotonic()):
            self._transmit(each)

    def _transmit(self, frame):
        if self._pcap:
            self._pcap.write(frame, time.time())
        try:
            self._udp.sendto(frame, self._guest)
        except OSError:  # as a cable that leads nowhere
            pass

    # The frames.

    def _take(self, data):
        try:
            frame = packets.read_frame(data)
            if frame.to not in (MAC, packets.BROADCAST):
                return
            self._mac = frame.sender
            if frame.kind == packets.ARP:
                self._take_arp(frame.data)
            elif frame.kind == packets.IPV4:
                self._take_ip(packets.read_ip(frame.data))
        except packets.Bad as e:
            self.problems.append(str(e))
            self._note("bad frame: %s" % e)

    def _take_arp(self, data):
        operation, mac, address, wanted = packets.read_arp(data)
        if operation == 1 and wanted in self._addresses:
            self._send(packets.ARP,
                       packets.write_arp(2, MAC, wanted, mac, address))

    def _take_ip(self, ip):
        if ip.protocol == packets.UDP:
            udp = packets.read_udp(ip)
            if udp.target == wire_dhcp.SERVER_PORT:
                self._take_dhcp(udp.data)
            elif (udp.target == wire_dns.PORT
                    and ip.target == self.net.dns):
                self._take_dns(ip.source, udp)
        elif ip.protocol == packets.TCP and ip.target in self._addresses:
            self._take_tcp(ip, packets.read_tcp(ip))

    def _take_dhcp(self, data):
        kind, answer, reply = wire_dhcp.reply_to(data, self.net)
        silent = self.faults.strike("dhcp")
        self._note("dhcp %s -> %s" % (
            wire_dhcp.NAMES.get(kind, kind),
            silent or wire_dhcp.NAMES.get(answer, "nothing")))
        if reply is None or silent:
            return
        self._send(packets.IPV4, packets.write_udp(
            self.net.router, b"\xff" * 4, wire_dhcp.SERVER_PORT,
            wire_dhcp.CLIENT_PORT, reply), packets.BROADCAST)

    def _take_dns(self, guest, udp):
        fault = self.faults.strike("dns")
        name, reply = wire_dns.reply_to(udp.data, self.net.zone, fault)
        address = self.net.zone.get(name)
        self._note("dns %s -> %s" % (
            name, fault or (text_of(address) if address else "nxdomain")))
        if reply is not None:
            self._send(packets.IPV4, packets.write_udp(
                self.net.dns, guest, wire_dns.PORT, udp.source, reply))

    # TCP.

    def _take_tcp(self, ip, s):
        key = (ip.source, s.source, ip.target, s.target)
        now = time.monotonic()
        syn = s.flags & (packets.SYN | packets.ACK) == packets.SYN
        relay = self.relays.get(key)
        if syn and (relay is None or s.seq != relay.tcp.first):
            # A guest that was reset takes the same port again.
            self._open(key, s, now)
        elif relay:
            relay.tcp.take(s, now)
        elif not s.flags & packets.RST:
            self._refuse(key, s)

    def _open(self, key, s, now):
        old = self.relays.pop(key, None)
        if old:
            old.close()
        self._closed.pop(key, None)
        fault = self.faults.strike("tcp")
        how = fault[0] if fault else None
        where = "tcp %s:%d" % (text_of(key[2]), key[3])
        if how == "ignore":
            self._note(where + " ignored")
            return
        try:
            if how == "refuse":
                raise ConnectionRefusedError
            peer = socket.create_connection(
                ("127.0.0.1", self.net.ports[key[3]]))
        except (KeyError, OSError):
            self._note(where + " refused")
            self._refuse(key, s)
            return
        self.connections += 1
        self._note(where + " open")
        tcp = Tcp(lambda s: self._send_tcp(key, s), s, now)
        self.relays[key] = Relay(tcp, peer, fault)

    def _refuse(self, key, s):
        length = len(s.data) + bool(s.flags & packets.SYN) + \
            bool(s.flags & packets.FIN)
        self._send_tcp(key, packets.Segment(
            key[3], key[1], s.ack if s.flags & packets.ACK else 0,
            s.seq + length & 0xffffffff, packets.RST | packets.ACK, 0, None,
            b""))

    def _send_tcp(self, key, s):
        self._send(packets.IPV4, packets.write_tcp(key[2], key[0], s))

    def _retire(self, key, relay, now):
        """A closed connection stays for a while, to acknowledge a FIN that
        comes again."""
        if not relay.tcp.finished():
            return
        if key not in self._closed:
            self._closed[key] = now + (0 if relay.tcp.dead else LINGER)
            self._note("tcp %s:%d %s: %d octets sent, %d answered, %d again"
                       % (text_of(key[2]), key[3],
                          "reset" if relay.tcp.dead else "closed",
                          relay.sent, relay.answered, relay.tcp.again))
        if now >= self._closed[key]:
            del self.relays[key], self._closed[key]


def pair(text):
    left, _, right = text.partition("=")
    return left, right


def arguments():
    parser = argparse.ArgumentParser(
        description="The network of an emulated board.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="faults:\n" + wire_faults.__doc__)
    parser.add_argument("--listen", type=int, default=0, metavar="PORT")
    parser.add_argument("--name", type=pair, action="append",
                        metavar="NAME=ADDRESS")
    parser.add_argument("--to", type=pair, action="append", default=[],
                        metavar="PORT=LOCALPORT")
    parser.add_argument("--pcap", metavar="FILE")
    parser.add_argument("fault", nargs="*")
    return parser.parse_args()


def main():
    options = arguments()
    net = network({int(a): int(b) for a, b in options.to},
                  dict(options.name or NAMES))
    wire = Wire(net, wire_faults.Faults(*options.fault), options.listen,
                options.pcap, lambda text: print(text, flush=True))
    print(wire.netdev(), flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        wire.close()
        sys.exit(0)


if __name__ == "__main__":
    main()
