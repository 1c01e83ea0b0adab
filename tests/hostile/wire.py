# SPDX-License-Identifier: Apache-2.0
"""A peer that speaks HTTP, or something like it, on loopback.

An answer is a Wire: pieces of bytes, and numbers that are pauses in seconds.
"""
import collections
import itertools
import socket
import threading
import time

Wire = collections.namedtuple("Wire", "pieces keep")
PATIENCE = 20  # seconds for one answer, however long it would go on


def http(der, status="200 OK", kind="application/pkixcmp", more=(),
         keep=True):
    head = ["HTTP/1.1 " + status, "Content-Type: " + kind,
            "Content-Length: %d" % len(der), *more]
    return Wire([("\r\n".join(head) + "\r\n\r\n").encode("latin-1") + der],
                keep)


def raw(*pieces):
    """Exactly these bytes, and then the end of the connection."""
    return Wire(pieces, False)


def endless(head, piece, pause=0.0):
    return Wire(itertools.chain([head], itertools.cycle([piece, pause])),
                False)


class Peer(threading.Thread):
    """Asks `script` for a Wire for each request; None hangs up."""

    def __init__(self):
        super().__init__(daemon=True)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.script = None

    def run(self):
        while True:
            connection, _ = self._socket.accept()
            connection.settimeout(PATIENCE)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with connection:
                try:
                    self._serve(connection)
                except OSError:
                    pass  # the device has closed, as it may

    def _serve(self, connection):
        with connection.makefile("rb") as stream:
            while True:
                request = _read(stream)
                wire = self.script(request) if request else None
                if wire is None:
                    return
                _send(connection, wire)
                if not wire.keep:
                    return


def _send(connection, wire):
    end = time.monotonic() + PATIENCE
    for piece in wire.pieces:
        if time.monotonic() > end:
            return
        if isinstance(piece, bytes):
            connection.sendall(piece)
        else:
            time.sleep(piece)


def _read(stream):
    """The content of a request; None at the end of the connection."""
    n = 0
    line = stream.readline()
    if not line.startswith(b"POST "):
        return None
    while line.strip():
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            n = int(value)
        line = stream.readline()
    data = stream.read(n)
    return data if len(data) == n else None
