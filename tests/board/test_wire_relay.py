# SPDX-License-Identifier: Apache-2.0
"""From the guest's segments to a server's socket, and what is done to the
answer on its way back."""
import socket
import unittest

from packets import ACK, FIN, RST, SYN, Segment
from wire_relay import ENOUGH, FEW, Relay
from wire_tcp import FIRST, Tcp


class RelayCase(unittest.TestCase):
    def relay(self, fault=None):
        self.sent = []
        self.now = 0.0
        self.server, peer = socket.socketpair()
        self.addCleanup(self.server.close)
        self.server.settimeout(10)
        self.tcp = Tcp(self.sent.append,
                       Segment(7, 80, 999, 0, SYN, 60000, 1000, b""), 0)
        relay = Relay(self.tcp, peer, fault)
        self.addCleanup(relay.close)
        self.acked = FIRST + 1
        self.take()
        self.sent.clear()
        return relay

    def take(self, seq=1000, data=b"", flags=ACK):
        self.tcp.take(Segment(7, 80, seq, self.acked & 0xffffffff, flags,
                              60000, None, data), self.now)

    def acknowledge(self):
        """All that was sent."""
        last = self.sent[-1]
        self.acked = last.seq + len(last.data)
        self.take()

    def answer(self):
        return b"".join(s.data for s in self.sent)

    def ended(self):
        return bool(self.sent and self.sent[-1].flags & FIN)

    def was_reset(self):
        return bool(self.sent and self.sent[-1].flags & RST)


class Ways(RelayCase):
    def test_both(self):
        relay = self.relay()
        self.take(data=b"ask")
        relay.move(0)
        self.assertEqual(self.server.recv(9), b"ask")
        self.server.sendall(b"answer")
        relay.move(0)
        self.assertEqual(self.answer(), b"answer")
        self.assertFalse(self.ended())
        self.assertEqual((relay.sent, relay.answered), (3, 6))

    def test_guest_ends(self):
        relay = self.relay()
        self.take(data=b"ask", flags=ACK | FIN)
        relay.move(0)
        self.assertEqual(self.server.recv(9), b"ask")
        self.assertEqual(self.server.recv(9), b"")
        self.assertFalse(self.ended())

    def test_server_ends(self):
        relay = self.relay()
        self.server.sendall(b"answer")
        self.server.close()
        relay.move(0)
        relay.move(0)
        self.assertTrue(self.ended())
        self.assertEqual(self.answer(), b"answer")
        self.assertEqual(relay.reads(), [])

    def test_slow_guest_holds_the_server(self):
        relay = self.relay()
        self.server.setblocking(False)
        with self.assertRaises(BlockingIOError):
            while True:
                self.server.send(b"x" * 10000)
                relay.move(0)
        self.assertEqual(relay.reads(), [])
        self.assertLess(self.tcp.backlog(), 2 * ENOUGH)

    def test_reset_guest_closes_the_socket(self):
        relay = self.relay()
        self.take(flags=RST)
        relay.move(0)
        self.assertEqual(self.server.recv(9), b"")


class Faulty(RelayCase):
    def moved(self, relay, data):
        self.server.sendall(data)
        relay.move(self.now)
        relay.move(self.now)

    def test_end_in_the_middle(self):
        relay = self.relay(("fin", 4))
        self.moved(relay, b"abc")
        self.assertFalse(self.ended())
        self.moved(relay, b"def")
        self.assertEqual(self.answer(), b"abcd")
        self.assertTrue(self.ended())

    def test_reset_when_the_rest_has_arrived(self):
        relay = self.relay(("rst", 4))
        self.moved(relay, b"abcdef")
        self.assertEqual(self.answer(), b"abcd")
        self.assertFalse(self.was_reset())
        self.acknowledge()
        relay.move(0)
        self.assertTrue(self.was_reset())

    def test_reset_before_the_answer(self):
        relay = self.relay(("rst", 0))
        relay.move(0)
        self.assertFalse(self.was_reset())
        self.moved(relay, b"a")
        self.assertTrue(self.was_reset())

    def test_silence(self):
        relay = self.relay(("silent", 2))
        self.moved(relay, b"abc")
        self.server.close()
        relay.move(100)
        self.assertEqual(self.answer()[:2], b"ab")
        self.assertFalse(self.ended() or self.was_reset())

    def test_trickle(self):
        relay = self.relay(("trickle", 0.5))
        self.server.sendall(b"abc")
        self.server.close()
        relay.move(0)
        self.acknowledge()
        relay.move(0.4)
        self.assertEqual([s.data for s in self.sent], [b"a"])
        self.assertFalse(self.ended())
        self.assertEqual(relay.due(), 0.5)
        for now in (0.5, 1.0):
            relay.move(now)
            self.acknowledge()
        self.assertEqual([s.data for s in self.sent][:3], [b"a", b"b", b"c"])
        relay.move(1.0)
        self.assertTrue(self.ended())

    def test_trickle_stops_at_a_guest_that_is_gone(self):
        relay = self.relay(("trickle", 0))
        self.server.sendall(b"x" * 1000)
        for _ in range(1000):
            relay.move(0)
        self.assertEqual(self.tcp.backlog(), FEW)
        self.assertEqual(relay.due(), self.tcp.due())


if __name__ == "__main__":
    unittest.main()
