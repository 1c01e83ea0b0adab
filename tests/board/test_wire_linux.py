# SPDX-License-Identifier: Apache-2.0
"""The wire against an independent TCP/IP: that of Linux, behind a tap. Skipped
where namespaces or taps are not allowed."""
import os
import socket
import subprocess
import sys
import threading
import unittest

import wire
from wire_faults import Faults

HERE = os.path.dirname(os.path.abspath(__file__))
GUEST = ["unshare", "-rn", "/usr/bin/python3",
         os.path.join(HERE, "linux_guest.py")]


def possible():
    probe = "import os; os.open('/dev/net/tun', os.O_RDWR)"
    try:
        subprocess.run(["ip", "-V"], stdout=subprocess.DEVNULL, check=True)
        return subprocess.run(
            ["unshare", "-rn", sys.executable, "-c", probe],
            stderr=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


class Backwards:
    """A server that answers with what it got, from the end on."""

    def __init__(self):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                peer, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(peer,),
                             daemon=True).start()

    def _serve(self, peer):
        with peer, peer.makefile("rb") as f:
            n = int.from_bytes(f.read(4), "big")
            try:
                peer.sendall(f.read(n)[::-1])
            except OSError:
                pass

    def close(self):
        self._listener.close()


@unittest.skipUnless(possible(), "no network namespace with a tap here")
class Linux(unittest.TestCase):
    def guest(self, *actions, faults=()):
        """What a Linux guest prints, line by line."""
        server = Backwards()
        self.addCleanup(server.close)
        self.wire = wire.Wire(wire.network({80: server.port}),
                              Faults(*faults))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            s.bind(("127.0.0.1", 0))
            done = subprocess.run(
                [*GUEST, str(s.fileno()), str(self.wire.port), *actions],
                stdout=subprocess.PIPE, text=True, pass_fds=[s.fileno()],
                stdin=subprocess.DEVNULL, timeout=100, check=True)
        self.wire.close()
        self.assertEqual(self.wire.problems, [])
        return done.stdout.splitlines()

    def test_exchange(self):
        self.assertEqual(
            self.guest("exchange:1", "exchange:5000", "exchange:300000"),
            ["same after 1", "same after 5000", "same after 300000"])
        self.assertEqual(self.wire.connections, 3)

    def test_small_receive_window(self):
        self.assertEqual(self.guest("exchange:100000:20:2304"),
                         ["same after 100000"])

    def test_lost_doubled_swapped(self):
        faults = ("lost=0.1", "doubled=0.1", "swapped=0.1", "seed=7")
        self.assertEqual(self.guest("exchange:20000", "exchange:3000",
                                    faults=faults),
                         ["same after 20000", "same after 3000"])

    def test_each_early_frame_lost(self):
        for n in range(2, 8):
            for way in ("in", "out"):
                with self.subTest(n=n, way=way):
                    self.assertEqual(
                        self.guest("exchange:2000",
                                   faults=["lose_%s=%d" % (way, n)]),
                        ["same after 2000"])

    def test_damaged(self):
        self.assertEqual(self.guest("exchange:5000",
                                    faults=["damaged=0.2", "seed=3"]),
                         ["same after 5000"])

    def test_refused_once(self):
        self.assertEqual(
            self.guest("exchange:10", "exchange:10",
                       faults=["tcp=refuse", "times=1"]),
            ["ConnectionRefusedError after 0", "same after 10"])

    def test_ignored(self):
        self.assertEqual(self.guest("exchange:9:1", faults=["tcp=ignore"]),
                         ["TimeoutError after 0"])

    def test_cut(self):
        self.assertEqual(
            self.guest("exchange:5000", faults=["tcp=fin:1700"]),
            ["end after 1700"])
        self.assertEqual(
            self.guest("exchange:5000", faults=["tcp=rst:1700"]),
            ["ConnectionResetError after 1700"])
        self.assertEqual(
            self.guest("exchange:5000", faults=["tcp=rst:0"]),
            ["ConnectionResetError after 0"])

    def test_silent(self):
        self.assertEqual(
            self.guest("exchange:5000:1", "exchange:5000",
                       faults=["tcp=silent:700", "times=1"]),
            ["TimeoutError after 700", "same after 5000"])
        self.assertEqual(self.guest("exchange:9:1", faults=["tcp=silent:0"]),
                         ["TimeoutError after 0"])

    def test_trickle(self):
        self.assertEqual(
            self.guest("exchange:300", faults=["tcp=trickle:0.001"]),
            ["same after 300"])
        self.assertGreater(self.wire.outgoing.frames, 300)

    def test_names(self):
        answers = self.guest("resolve:ca.example", "resolve:other.example")
        self.assertEqual(answers[0][:16] + answers[0][-8:],
                         "1234858000010001" + "0a000264")
        self.assertEqual(answers[1][:16], "1234858300010000")

    def test_names_silent(self):
        self.assertEqual(self.guest("resolve:ca.example",
                                    faults=["dns=silent"]),
                         ["TimeoutError"])


if __name__ == "__main__":
    unittest.main()
