# SPDX-License-Identifier: Apache-2.0
"""The TCP server against a guest made of single segments."""
import unittest

from packets import ACK, FIN, RST, SYN, Segment
from wire_tcp import FIRST, TRIES, WAIT, Tcp, ahead


class TcpCase(unittest.TestCase):
    """A guest that sends from 1000 on."""

    def setUp(self):
        self.sent = []
        syn = Segment(2000, 80, 999, 0, SYN, 4000, 1000, b"")
        self.tcp = Tcp(self.sent.append, syn, 0)

    def take(self, seq, ack, flags=ACK, window=4000, data=b"", now=0):
        self.sent.clear()
        self.tcp.take(Segment(2000, 80, seq, FIRST + ack & 0xffffffff, flags,
                              window, None, data), now)
        return [(ahead(s.seq, FIRST), s.ack, s.flags, s.data)
                for s in self.sent]

    def opened(self):
        self.assertEqual(self.take(1000, 1), [])
        self.assertTrue(self.tcp.established)

    def flow(self):
        return [(ahead(s.seq, FIRST), len(s.data)) for s in self.sent]


class TcpServer(TcpCase):
    def test_open(self):
        s = self.sent[0]
        self.assertEqual((s.source, s.target, s.seq, s.ack, s.flags, s.mss),
                         (80, 2000, FIRST, 1000, SYN | ACK, 1460))
        self.opened()

    def test_open_again(self):
        self.assertEqual(len(self.take(999, 0, SYN)), 1)
        self.sent.clear()
        self.tcp.tick(WAIT)
        self.assertEqual(self.sent[0].flags, SYN | ACK)

    def test_wrong_acknowledgement_does_not_open(self):
        self.take(1000, 2)
        self.assertFalse(self.tcp.established)

    def test_data(self):
        self.opened()
        self.assertEqual(self.take(1000, 1, data=b"abc"),
                         [(1, 1003, ACK, b"")])
        self.assertEqual(self.take(1000, 1, data=b"abcde"),
                         [(1, 1005, ACK, b"")])
        self.assertEqual(self.tcp.received, b"abcde")

    def test_gap_is_not_taken(self):
        self.opened()
        self.assertEqual(self.take(1001, 1, data=b"b"), [(1, 1000, ACK, b"")])
        self.assertEqual(self.tcp.received, b"")

    def test_keep_alive(self):
        self.opened()
        self.assertEqual(self.take(999, 1), [(1, 1000, ACK, b"")])

    def test_window_and_segment_size(self):
        self.opened()
        self.tcp.feed(b"x" * 5000, 0)
        self.assertEqual(self.flow(), [(1, 1000), (1001, 1000), (2001, 1000),
                                       (3001, 1000)])
        self.take(1000, 2001)
        self.assertEqual(self.flow(), [(4001, 1000)])

    def test_lost_segment_comes_again(self):
        self.opened()
        self.tcp.feed(b"x" * 1500, 0)
        self.sent.clear()
        self.tcp.tick(WAIT / 2)
        self.assertEqual(self.flow(), [])
        self.tcp.tick(WAIT)
        self.assertEqual(self.flow(), [(1, 1000), (1001, 500)])
        self.take(1000, 1501, now=WAIT)
        self.assertTrue(self.tcp.idle())
        self.assertIsNone(self.tcp.due())

    def test_ever_longer_between_tries(self):
        self.opened()
        self.tcp.feed(b"x", 0)
        self.tcp.tick(WAIT)
        self.sent.clear()
        self.tcp.tick(2 * WAIT)
        self.assertEqual(self.flow(), [])
        self.tcp.tick(3 * WAIT)
        self.assertEqual(self.flow(), [(1, 1)])

    def test_window_shrinks_and_the_lost_is_found(self):
        self.opened()
        self.tcp.feed(b"x" * 2000, 0)
        self.take(1000, 1, window=500)
        self.tcp.tick(WAIT)
        self.assertEqual(self.flow(), [(1, 500)])
        self.take(1000, 2001, window=500)
        self.sent.clear()
        self.tcp.feed(b"y", 1)
        self.assertEqual(self.flow(), [(2001, 1)])

    def test_guest_is_gone(self):
        self.opened()
        self.tcp.feed(b"x", 0)
        for n in range(TRIES + 1):
            self.assertFalse(self.tcp.dead)
            self.tcp.tick(1000 * (n + 1))
        self.assertTrue(self.tcp.dead)

    def test_closed_window_is_probed(self):
        self.opened()
        self.take(1000, 1, window=0)
        self.tcp.feed(b"xyz", 0)
        self.assertEqual(self.flow(), [])
        for n in range(TRIES + 5):
            self.sent.clear()
            self.tcp.tick(1000 * (n + 1))
            self.assertEqual(self.flow(), [(1, 1)])
        self.take(1000, 1, window=10)
        self.assertEqual(self.flow(), [(1, 3)])


class TcpEnd(TcpCase):
    def test_guest_ends_first(self):
        self.opened()
        self.assertEqual(self.take(1000, 1, ACK | FIN, data=b"a"),
                         [(1, 1002, ACK, b"")])
        self.tcp.end(0)
        self.assertEqual(self.sent[-1].flags, ACK | FIN)
        self.assertFalse(self.tcp.finished())
        self.take(1002, 2)
        self.assertTrue(self.tcp.finished())

    def test_server_ends_first(self):
        self.opened()
        self.tcp.feed(b"ab", 0)
        self.tcp.end(0)
        self.assertEqual(self.sent[-1].flags, ACK | FIN)
        self.take(1000, 4)
        self.assertFalse(self.tcp.finished())
        self.assertEqual(self.take(1000, 4, ACK | FIN),
                         [(4, 1001, ACK, b"")])
        self.assertTrue(self.tcp.finished())
        self.assertEqual(self.take(1000, 4, ACK | FIN),
                         [(4, 1001, ACK, b"")])

    def test_end_comes_again(self):
        self.opened()
        self.tcp.end(0)
        self.sent.clear()
        self.tcp.tick(WAIT)
        self.assertEqual(self.sent[-1].flags, ACK | FIN)

    def test_old_end_is_none(self):
        self.opened()
        self.take(1000, 1, data=b"abc")
        self.take(1000, 1, ACK | FIN, data=b"a")
        self.assertFalse(self.tcp.peer_ended)

    def test_reset_by_guest(self):
        self.opened()
        self.take(5, 1, RST)
        self.assertFalse(self.tcp.dead)
        self.take(1000, 1, RST)
        self.assertTrue(self.tcp.finished())

    def test_reset_by_server(self):
        self.opened()
        self.sent.clear()
        self.tcp.reset()
        self.tcp.reset()
        self.assertEqual([s.flags for s in self.sent], [RST | ACK])
        self.assertEqual(self.take(1000, 1, data=b"a"), [])


if __name__ == "__main__":
    unittest.main()
