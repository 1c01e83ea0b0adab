# SPDX-License-Identifier: Apache-2.0
"""Counts what goes over the wire: a relay on loopback between the device and
its server."""
import socket
import threading


class Relay:
    """Listens, passes bytes to another port, and counts them."""

    def __init__(self, port):
        self.sent = self.received = self.connections = 0
        self._to = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            server = socket.create_connection(("127.0.0.1", self._to))
            for way in ((client, server, "sent"), (server, client,
                                                   "received")):
                threading.Thread(target=self._pass, args=way,
                                 daemon=True).start()

    def _pass(self, source, sink, counter):
        try:
            while data := source.recv(65536):
                setattr(self, counter, getattr(self, counter) + len(data))
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def close(self):
        self._listener.close()
