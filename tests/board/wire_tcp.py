# SPDX-License-Identifier: Apache-2.0
"""The server's side of one TCP connection, as bytes in and segments out. It
knows neither sockets nor clocks: the caller says what time it is.

Segments that come too early are dropped, as a small stack does; lost ones are
sent again, all from the first octet that is not acknowledged.
"""
from packets import ACK, FIN, PSH, RST, SYN, Segment

FIRST = 0xfffff800  # sequence number: wraps in every connection of 2 KB
WINDOW = 65535
MSS = 1460
WAIT, LONGEST = 0.25, 4.0  # seconds until a segment is sent again
TRIES = 10
WORD = 0xffffffff


def ahead(a, b):
    """By how much a is behind b in the sequence: negative if before it."""
    return (a - b + 0x80000000 & WORD) - 0x80000000


class Tcp:
    def __init__(self, send, syn, now):
        self._send = send
        self._ports = {"source": syn.target, "target": syn.source}
        self.first = syn.seq
        self._next = syn.seq + 1 & WORD      # the guest's next octet
        self._una = FIRST                    # our first unacknowledged octet
        self._mss = min(syn.mss or 536, MSS)
        self._window = syn.window
        self._out = bytearray()              # from _una on
        self._flight = 0                     # octets of it, and FIN, sent
        self._ended = False                  # FIN follows _out
        self.received = bytearray()          # for the caller to take
        self.established = self.peer_ended = self.dead = False
        self._acknowledged = False           # our FIN
        self.again = 0                       # segments sent again
        self._tries, self._wait = 0, WAIT
        self._due = now + WAIT
        self._open()

    # What the caller does.

    def feed(self, data, now):
        self._out += data
        self._pump(now)

    def end(self, now):
        """No more data; what was fed still goes."""
        self._ended = True
        self._pump(now)

    def reset(self):
        if not self.dead:
            self._emit(RST | ACK, self._una + self._flight)
        self.dead = True

    def idle(self):
        """Whether the guest has all that was fed."""
        return self.established and not self._out

    def backlog(self):
        return len(self._out)

    def finished(self):
        return self.dead or self.peer_ended and self._acknowledged

    def due(self):
        return None if self.finished() else self._due

    # What the guest and the clock do.

    def take(self, s, now):
        """A segment of the guest."""
        if self.dead:
            return
        if s.flags & RST:
            self.dead = 0 <= ahead(s.seq, self._next) < WINDOW
        elif s.flags & SYN:
            if self.established:
                self._acknowledge()
            else:
                self._open()
        elif s.flags & ACK:
            self._take_ack(s, now)
            self._take_data(s)
            self._pump(now)

    def tick(self, now):
        if self._due is None or now < self._due or self.finished():
            return
        probe = self.established and self._window == 0
        self._tries += not probe
        if self._tries > TRIES:
            self.reset()
            return
        self.again += 1
        self._wait = min(self._wait * 2, LONGEST)
        self._due = now + self._wait
        self._flight = 0
        if not self.established:
            self._open()
        elif probe:
            self._push(1)
        else:
            self._pump(now)

    # The rest is ours.

    def _emit(self, flags, seq, data=b"", mss=None):
        self._send(Segment(**self._ports, seq=seq & WORD, ack=self._next,
                           flags=flags, window=WINDOW - len(self.received),
                           mss=mss, data=bytes(data)))

    def _open(self):
        self._emit(SYN | ACK, FIRST, mss=MSS)

    def _acknowledge(self):
        self._emit(ACK, self._una + self._flight)

    def _take_ack(self, s, now):
        if not self.established:
            if s.ack != FIRST + 1 & WORD:
                return
            self._una = s.ack
            self.established, self._due, self._tries = True, None, 0
            self._wait = WAIT
        n = ahead(s.ack, self._una)
        if 0 < n <= len(self._out) + self._ended:
            self._acknowledged = n > len(self._out)
            self._una = s.ack
            del self._out[:n]
            self._flight = max(self._flight - n, 0)
            self._tries, self._wait = 0, WAIT
            self._due = now + WAIT if self._flight else None
        if n >= 0:
            if self._window == 0 and s.window:
                self._flight = 0  # the probe may not have been taken
            self._window = s.window

    def _take_data(self, s):
        if not self.established:
            return
        fin = bool(s.flags & FIN)
        seen = ahead(self._next, s.seq)
        fresh = s.data[seen:] if seen >= 0 else b""
        room = WINDOW - len(self.received)
        if 0 <= seen <= len(s.data) and not self.peer_ended:
            self.received += fresh[:room]
            self._next = self._next + len(fresh[:room]) & WORD
            if fin and len(fresh) <= room:
                self.peer_ended = True
                self._next = self._next + 1 & WORD
        if s.data or fin or seen:
            self._acknowledge()

    def _pump(self, now):
        """Sends what the guest's window allows."""
        if not self.established or self.dead or self._acknowledged:
            return
        while self._push(min(self._mss, self._window - self._flight)):
            pass
        waiting = self._flight or self._out
        if waiting and self._due is None:
            self._due = now + self._wait

    def _push(self, room):
        """Sends one segment; whether there was anything to send."""
        data = self._out[self._flight:self._flight + max(room, 0)]
        end = self._flight + len(data)
        fin = self._ended and self._flight <= len(self._out) == end
        if not data and not fin:
            return False
        self._emit(ACK | (PSH if data else 0) | (FIN if fin else 0),
                   self._una + self._flight, data)
        self._flight = end + fin
        return True
