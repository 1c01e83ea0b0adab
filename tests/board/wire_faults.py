# SPDX-License-Identifier: Apache-2.0
"""What goes wrong on the wire, and how often. As text, one per word:

dhcp=silent             no DHCP answer
dns=silent|nxdomain|garbage|id|truncated
                        id: an answer with another transaction id
tcp=refuse|ignore       SYN is answered with RST, or not at all
tcp=fin:N|rst:N|silent:N
                        after N octets of the answer the connection ends, is
                        reset, or says nothing more
tcp=trickle:SECONDS     the answer comes octet by octet, so far apart
times=N                 each of the above the first N times only
lost=RATE doubled=RATE swapped=RATE damaged=RATE seed=N
                        frames, in both directions; damaged: towards the guest
lose_in=N,N lose_out=N,N
                        frames by number, from the guest and towards it
"""
import wire_dns
from wire_line import Line

TCP = ("refuse", "ignore", "fin", "rst", "silent", "trickle")
RATES = ("lost", "doubled", "swapped", "damaged")


class Faults:
    def __init__(self, *words):
        self.dhcp = self.dns = self.tcp = self.times = None
        self.rates = dict.fromkeys(RATES, 0.0)
        self.seed = 0
        self.lose_in = self.lose_out = ()
        self._done = {}
        for word in words:
            name, _, value = word.partition("=")
            self._set(name, value)

    def _set(self, name, value):
        if name in self.rates:
            self.rates[name] = float(value)
        elif name in ("seed", "times"):
            setattr(self, name, int(value))
        elif name in ("lose_in", "lose_out"):
            setattr(self, name, tuple(map(int, value.split(","))))
        elif (name == "dhcp" and value == "silent"
                or name == "dns" and value in wire_dns.FAULTS):
            setattr(self, name, value)
        elif name == "tcp" and value.split(":")[0] in TCP:
            self.tcp = self._tcp(value)
        else:
            raise ValueError("no such fault: %s=%s" % (name, value))

    def _tcp(self, value):
        how, _, number = value.partition(":")
        if how in ("refuse", "ignore"):
            return how, None
        return how, float(number or 0) if how == "trickle" else \
            int(number or 0)

    def strike(self, kind):
        """The fault of this kind, if it still acts; counts."""
        fault = getattr(self, kind)
        if fault is None:
            return None
        done = self._done[kind] = self._done.get(kind, 0) + 1
        return fault if self.times is None or done <= self.times else None

    def lines(self):
        """From the guest, and towards it."""
        calm = {**self.rates, "damaged": 0.0}
        return (Line(2 * self.seed, lose=self.lose_in, **calm),
                Line(2 * self.seed + 1, lose=self.lose_out, **self.rates))
