# SPDX-License-Identifier: Apache-2.0
"""The whole wire: frames into its socket, frames out."""
import socket
import threading
import unittest

import packets
import wire
from packets import ACK, FIN, RST, SYN, Segment, packed
from wire_faults import Faults
from wire_tcp import FIRST

GUEST, CA = packed("10.0.2.15"), packed("10.0.2.100")


class WholeWire(unittest.TestCase):
    def setUp(self):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(self.server.close)
        threading.Thread(target=self.serve, daemon=True).start()
        port = self.server.getsockname()[1]
        self.wire = wire.Wire(wire.network({80: port, 81: 1}))
        self.addCleanup(self.wire.close)
        self.guest = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.addCleanup(self.guest.close)
        self.guest.settimeout(10)
        self.guest.bind(("127.0.0.1", 0))

    def serve(self):
        try:
            while True:
                peer, _ = self.server.accept()
                with peer:
                    peer.sendall(peer.recv(100).upper())
        except OSError:
            pass

    def send(self, kind, data, to=wire.MAC):
        self.guest.sendto(
            packets.write_frame(to, b"\2\0\0\0\0\2", kind, data),
            ("127.0.0.1", self.wire.port))

    def tcp(self, flags, seq, ack=0, data=b"", port=80):
        s = Segment(2000, port, seq, ack, flags, 4000, None, data)
        self.send(packets.IPV4, packets.write_tcp(GUEST, CA, s))

    def take(self):
        frame = packets.read_frame(self.guest.recv(2000))
        self.assertEqual(frame.to, b"\2\0\0\0\0\2")
        return packets.read_tcp(packets.read_ip(frame.data))

    def test_arp(self):
        ask = packets.write_arp(1, b"\2\0\0\0\0\2", GUEST, b"\0" * 6, CA)
        self.send(packets.ARP, ask[:-4] + packed("10.0.2.99"),
                  packets.BROADCAST)
        self.send(packets.ARP, ask, packets.BROADCAST)
        frame = packets.read_frame(self.guest.recv(2000))
        self.assertEqual(packets.read_arp(frame.data),
                         (2, wire.MAC, CA, GUEST))

    def test_connection(self):
        self.tcp(SYN, 999)
        self.assertEqual(self.take().flags, SYN | ACK)
        self.tcp(ACK, 1000, FIRST + 1, b"hello")
        self.assertEqual(self.take().ack, 1005)
        answer = self.take()
        self.assertEqual(answer.data, b"HELLO")
        end = FIRST + 1 + 5 + 1
        if not answer.flags & FIN:
            self.assertTrue(self.take().flags & FIN)
        self.tcp(ACK | FIN, 1005, end)
        self.assertEqual(self.take().ack, 1006)
        self.assertTrue(self.wire.wait(
            "closed: 5 octets sent, 5 answered", 10))
        self.tcp(ACK | FIN, 1005, end)  # as if that had not arrived
        self.assertEqual(self.take().flags, ACK)

    def test_nobody_there(self):
        for port in (81, 9):
            self.tcp(SYN, 999, port=port)
            s = self.take()
            self.assertEqual((s.flags, s.ack), (RST | ACK, 1000))

    def test_guest_starts_again(self):
        self.tcp(SYN, 999)
        self.take()
        self.tcp(SYN, 5)
        self.assertEqual(self.take().ack, 6)
        # The server serves one at a time: the first connection is closed.
        self.tcp(ACK, 6, FIRST + 1, b"new")
        self.take()
        self.assertEqual(self.take().data, b"NEW")
        self.assertEqual(self.wire.connections, 2)

    def test_faults_come_and_go(self):
        self.wire.disturb(Faults("tcp=refuse"))
        self.tcp(SYN, 999)
        self.assertEqual(self.take().flags, RST | ACK)
        self.wire.disturb(Faults("lose_in=1"))
        self.tcp(SYN, 999)
        self.tcp(SYN, 999)
        self.assertEqual(self.take().flags, SYN | ACK)
        self.assertEqual(self.wire.incoming.frames, 2)

    def test_bad_frame_is_told(self):
        self.guest.sendto(b"short", ("127.0.0.1", self.wire.port))
        self.assertTrue(self.wire.wait("bad frame: frame of 5", 10))
        self.assertEqual(len(self.wire.problems), 1)

    def test_wait_ends(self):
        self.assertIsNone(self.wire.wait("never", 0.01))


if __name__ == "__main__":
    unittest.main()
