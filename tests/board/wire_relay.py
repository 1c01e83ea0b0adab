# SPDX-License-Identifier: Apache-2.0
"""Carries one TCP connection of the guest to a port on loopback, and does to
the answer what a bad server or a bad way does."""
import socket

ENOUGH = 65536  # octets on their way to the guest
FEW = 64        # the same while each is a segment of its own


class Relay:
    def __init__(self, tcp, peer, fault):
        """peer: a socket that is connected. fault: None, ("trickle", pause)
        or (how, after), where how is fin, rst or silent."""
        self.tcp = tcp
        self.sent = self.answered = 0  # octets of the guest, of the server
        self._socket = peer
        self._socket.setblocking(False)
        self._answer = bytearray()
        self._over = False             # the server has ended
        self._half = False             # it knows that the guest has
        how, value = fault or (None, None)
        self._pause = value if how == "trickle" else None
        self._next = 0.0
        self._cut, self._after = (how, value) if how != "trickle" else \
            (None, None)

    def reads(self):
        """The socket, if it is to be waited for."""
        wanted = self._socket and not self._over and \
            self.tcp.backlog() + len(self._answer) < ENOUGH
        return [self._socket] if wanted else []

    def writes(self):
        return [self._socket] if self._socket and self.tcp.received else []

    def due(self):
        times = [self.tcp.due()]
        if self._pause is not None and self._answer and self._may_trickle():
            times.append(self._next)
        return min((t for t in times if t is not None), default=None)

    def move(self, now):
        """Moves what can be moved, both ways."""
        self.tcp.tick(now)
        if self._socket:
            self._to_server()
        if self._socket and not self._over:
            self._from_server()
        self._to_guest(now)
        if self.tcp.finished():
            self.close()

    def close(self):
        if self._socket:
            self._socket.close()
        self._socket = None

    def _to_server(self):
        tcp = self.tcp
        try:
            if tcp.received:
                n = self._socket.send(tcp.received)
                self.sent += n
                del tcp.received[:n]
            if tcp.peer_ended and not tcp.received and not self._half:
                self._half = True
                self._socket.shutdown(socket.SHUT_WR)
        except BlockingIOError:
            pass
        except OSError:
            self._over = True

    def _from_server(self):
        if not self.reads():
            return
        try:
            data = self._socket.recv(ENOUGH)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        self._answer += data
        self._over = not data

    def _to_guest(self, now):
        n = len(self._answer)
        if self._pause is not None:
            n = int(n > 0 and self._may_trickle() and now >= self._next)
            self._next = now + self._pause if n else self._next
        if self._cut:
            n = min(n, self._after - self.answered)
        if n:
            self.tcp.feed(self._answer[:n], now)
            self.answered += n
            del self._answer[:n]
        if self._cut and self._answer and self.answered == self._after:
            self._break(now)
        elif self._over and not self._answer:
            self.tcp.end(now)

    def _may_trickle(self):
        return self.tcp.established and self.tcp.backlog() < FEW

    def _break(self, now):
        """The answer stops here, when the guest has what was before."""
        if self._cut == "fin":
            self.tcp.end(now)
        elif self._cut == "rst" and self.tcp.idle():
            self.tcp.reset()
