# SPDX-License-Identifier: Apache-2.0
"""The console and the end of a board, played by shell scripts; the relay
behind QEMU's own network."""
import os
import socket
import subprocess
import tempfile
import threading
import unittest

import emulator
from emulator import Emulator, Unexpected


def shell(script):
    return Emulator(["/bin/sh", "-c", script])


class Console(unittest.TestCase):
    def test_lines_and_status(self):
        with shell("echo one; echo two 2; echo >&2 three; exit 42") as board:
            self.assertEqual(board.wait(r"two (\d)").group(1), "2")
            self.assertEqual(board.end(), 42)
            self.assertEqual(board.lines, ["one", "two 2", "three"])

    def test_same_line_twice(self):
        with shell("echo up; echo up; echo down") as board:
            board.wait("up")
            board.wait("up")
            with self.assertRaisesRegex(Unexpected, "the end came.*\nup"):
                board.wait("up", 100000)

    def test_deadline(self):
        with shell("echo odd; exec sleep 100") as board:
            board.wait("odd")
            with self.assertRaisesRegex(Unexpected, "passed before 'even'"):
                board.wait("even", 0.05)
            with self.assertRaisesRegex(Unexpected, "no end after"):
                board.end(0.05)

    def test_kill(self):
        board = shell("echo on; exec sleep 100")
        board.wait("on")
        board.kill()
        self.assertEqual(board.end(), -9)
        board.kill()

    def test_no_input(self):
        with shell("read x || echo nothing") as board:
            board.wait("nothing")

    def test_bytes_that_are_no_text(self):
        with shell(r"printf 'a\377b\r\nlast'") as board:
            board.end()
            self.assertEqual(board.lines, ["a\ufffdb", "last"])


class Flash(unittest.TestCase):
    def test_blank(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "flash.img")
            emulator.blank_flash("qemu-mps2-an385", path, b"record")
            self.assertEqual(os.path.getsize(path), 1 << 24)
            self.assertLess(os.stat(path).st_blocks * 512, 1 << 20)
            with open(path, "rb") as f:
                self.assertEqual(f.read(65537),
                                 b"record" + b"\xff" * 65530 + b"\0")


class Relay(unittest.TestCase):
    def relay(self, serve, data):
        """What comes out when this goes in, from a server like that."""
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        port = listener.getsockname()[1]

        def accept():
            with listener.accept()[0] as peer:
                serve(peer)
        threading.Thread(target=accept, daemon=True).start()
        done = subprocess.run(
            [os.path.join(emulator.TREE, "scripts", "relay")], input=data,
            env={**os.environ, "RELAY_PORT": str(port)},
            stdout=subprocess.PIPE, timeout=30, check=True)
        return done.stdout

    def test_end_of_guest_is_handed_on(self):
        def serve(peer):
            with peer.makefile("rb") as f:
                peer.sendall(f.read()[::-1])
        data = os.urandom(200000)
        self.assertEqual(self.relay(serve, data), data[::-1])

    def test_end_of_server_is_handed_on(self):
        read, write = os.pipe()  # a guest that says nothing and stays
        with socket.create_server(("127.0.0.1", 0)) as listener:
            child = subprocess.Popen(
                [os.path.join(emulator.TREE, "scripts", "relay"),
                 str(listener.getsockname()[1])],
                stdin=read, stdout=subprocess.PIPE)
            with listener.accept()[0] as peer:
                peer.sendall(b"bye")
            self.assertEqual(child.communicate(timeout=30)[0], b"bye")
        os.close(read)
        os.close(write)


if __name__ == "__main__":
    unittest.main()
