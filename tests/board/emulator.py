# SPDX-License-Identifier: Apache-2.0
"""A board in its emulator: started, listened to, switched off."""
import os
import re
import signal
import subprocess
import threading

TREE = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
# Of each board: the size of its flash, and of what it uses of it.
MIB = 1024 * 1024
FLASH = {"qemu-mps2-an385": (16 * MIB, MIB // 16),
         "qemu-riscv-virt": (32 * MIB, MIB)}
RESTRICTED = "user,id=n0,restrict=on"


class Unexpected(AssertionError):
    """Another end than the test waits for; has the console's text."""


def blank_flash(board, path, image=b""):
    """A file of flash: the image at the begin, then erased bytes 0xff as far
    as the board uses it, and then a hole."""
    size, used = FLASH[board]
    with open(path, "wb") as f:
        f.write(image.ljust(used, b"\xff"))
        f.truncate(size)


def restricted(address="10.0.2.100"):
    """QEMU's own network, from which only the port in RELAY_PORT is reached,
    as port 80 of the address."""
    relay = os.path.join(TREE, "scripts", "relay")
    return "%s,guestfwd=tcp:%s:80-cmd:%s" % (RESTRICTED, address,
                                             relay.replace(",", ",,"))


def start(board, image, flash, words=(), netdev=RESTRICTED, port=0, more=""):
    """A board of boards/: words are for the image, netdev and more for QEMU,
    and port is what a restricted network leads to."""
    return Emulator(
        [os.path.join(TREE, "boards", board, "run"), image, flash, *words],
        {"NETDEV": netdev, "QEMU_MORE": more, "RELAY_PORT": str(port)})


class Emulator:
    """A program whose output is lines of a console."""

    def __init__(self, command, env=None):
        self.lines = []
        self._seen = 0  # lines that wait() has gone past
        self._ended = False
        self._news = threading.Condition()
        self._child = subprocess.Popen(
            command, env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace")
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()

    def _read(self):
        with self._child.stdout as console:
            for line in console:
                with self._news:
                    self.lines.append(line.rstrip("\r\n"))
                    self._news.notify_all()
        with self._news:
            self._ended = True
            self._news.notify_all()

    def _find(self, pattern):
        while self._seen < len(self.lines):
            self._seen += 1
            match = re.search(pattern, self.lines[self._seen - 1])
            if match:
                return match
        return None

    def wait(self, pattern, seconds=30):
        """The match of the next line that is like this. Each line is looked
        at once."""
        with self._news:
            found = []
            self._news.wait_for(
                lambda: found.append(self._find(pattern)) or found[-1]
                or self._ended, seconds)
            if found[-1]:
                return found[-1]
            why = "the end came" if self._ended else "%g s passed" % seconds
        raise Unexpected("%s before '%s'\n%s" % (why, pattern, self.text()))

    def end(self, seconds=60):
        """The exit status, when the board has stopped by itself."""
        try:
            status = self._child.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Unexpected("no end after %g s\n%s"
                             % (seconds, self.text())) from None
        self._reader.join()
        return status

    def kill(self):
        """Power off, in the middle of whatever happens; the exit status."""
        if self._child.poll() is None:
            self._child.send_signal(signal.SIGKILL)
        status = self._child.wait()
        self._reader.join(10)
        return status

    def text(self):
        return "\n".join(self.lines)
