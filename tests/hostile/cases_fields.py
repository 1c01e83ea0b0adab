# SPDX-License-Identifier: Apache-2.0
"""Each field of each answer, changed in every way of der.CHANGES; expected is
what rules.py says of it."""
import der
import fields
import rules
from answer import TEXT, Answer, enrich
from case import BY_MAC, case, outcome, pki_conf
from lab import DONE, REJECTED

GROUP = "fields"
FORGED = "fields without credentials"

# How deep the walk goes below an element; elsewhere to the bottom.
DEPTH = {"header.sender.value": 1, "header.recipient.value": 0,
         "certificate": 3, "caPubs.value.0": 2, "extraCerts.value.0": 2,
         "extraCerts.value.1": 2}


def _too_deep(name):
    for top, depth in DEPTH.items():
        _, found, below = (name + ".").partition(top + ".")
        if found and below.count(".") > depth:
            return True
    return False


# Shapes of answers, out of the honest one.

def as_error(answer):
    """An error message with everything that may be in it."""
    info = der.seq(der.Node(0x02, b"\2"), TEXT,
                   der.Node(0x03, b"\4\x10"))
    answer.set_body(0xb7, der.seq(info, der.Node(0x02, b"\1"),
                                  TEXT))
    return enrich(answer)


def as_rejection(answer):
    """ip, cp or kup that says no."""
    info = der.seq(der.Node(0x02, b"\2"), TEXT,
                   der.Node(0x03, b"\4\x10"))
    response = der.seq(der.Node(0x02, b"\0"), info)
    answer.set_body(answer.tree.kids[1].tag, der.seq(der.seq(response)))
    return answer


SHAPES = {"positive": (enrich, DONE), "error": (as_error, REJECTED),
          "rejection": (as_rejection, REJECTED)}


class Walk:
    """All changes of one kind of answer."""

    def __init__(self, operation, phase, shape, example):
        self.operation, self.phase, self.shape = operation, phase, shape
        self.make, self.good = SHAPES[shape]
        self.example = example
        own = rules.EXTRA_CERTS_OF_MAC if operation in BY_MAC \
            else rules.EXTRA_CERTS_OF_SIGNATURE
        # The certificates of an answer that grants nothing are not needed,
        # and later messages are verified with what is known already.
        if operation in BY_MAC and (phase or shape != "positive") \
                or operation not in BY_MAC and phase:
            own = own.replace("=cert", "=ok").replace("=signer", "=ok")
            own = own.replace("* cert", "* ok").replace("* signer", "* ok")
        if operation != "ir":
            own += rules.CA_PUBS_UNUSED
        self.rows = rules.read(own) + rules.read(rules.TABLE)

    def shaped(self, honest):
        return self.make(Answer(honest))

    def places(self):
        yield fields.Place(".", ())
        for place in fields.places(self.shaped(self.example).tree):
            if not _too_deep(place.name):
                yield place

    def cases(self, every=1):
        for i, (place, change) in enumerate(
                (p, c) for p in self.places() for c in der.CHANGES):
            if i % every == 0 and self._alters(place, change):
                yield self._sealed(place, change)

    def cases_without_credentials(self, every=1):
        """The same without the key that could protect it again."""
        for i, (place, change) in enumerate(
                (p, c) for p in self.places() for c in der.CHANGES):
            if i % every == 0 and self._is_protected(place) \
                    and self._alters(place, change):
                yield self._unsealed(place, change)

    @staticmethod
    def _is_protected(place):
        return place.name.startswith(("header", "body"))

    def _alters(self, place, change):
        message = self.shaped(self.example)
        before = message.encode()
        return _changed(message, place, change) != before

    def _name(self, text, place, change):
        return "%s %s, %s%s" % (("answer", "confirmation")[self.phase],
                                self.shape + text, place.name,
                                " " + change)

    def _sealed(self, place, change):
        def answer(x):
            message = self.shaped(x.honest())
            if self._is_protected(place):
                _changed(message, place, change)
                return message.seal(x.lab).encode()
            return _changed(message.seal(x.lab), place, change)

        word = rules.expected(self.rows, place.name, change)
        return case(GROUP, self._name("", place, change), self.operation,
                    {1: pki_conf, self.phase: answer},
                    outcome(word, self.operation, self.phase, self.good),
                    special=False)

    def _unsealed(self, place, change):
        def answer(x):
            return _changed(self.shaped(x.honest()).seal(x.lab), place,
                            change)

        return case(FORGED, self._name(" forged", place, change),
                    self.operation, {self.phase: answer},
                    outcome("bad", self.operation, self.phase),
                    special=False)


def _changed(message, place, change):
    """Changes a place and gives the DER of all."""
    if place.path:
        message.change(place.path, der.CHANGES[change])
        return message.encode()
    top = der.seq(message.tree)
    der.CHANGES[change](top, 0)
    return b"".join(kid.encode() for kid in top.kids)


# operation, phase, shape, every so many with and without credentials; numbers
# that have no divisor in common with the 9 changes, or some never come.
WALKS = (("ir", 0, "positive", 2, 8), ("kur", 0, "positive", 4, 8),
         ("ir", 1, "positive", 2, 8), ("kur", 1, "positive", 4, 8),
         ("ir", 0, "error", 4, 16), ("kur", 0, "error", 5, 16),
         ("kur", 1, "error", 10, 16), ("ir", 0, "rejection", 4, 16),
         ("kur", 0, "rejection", 5, 16), ("cr-mac", 0, "positive", 7, 20),
         ("cr", 0, "positive", 7, 20), ("ir-trusted", 0, "positive", 11, 40),
         ("ir-pbmac1", 0, "positive", 5, 40))


def cases(seen):
    """`seen` has an honest exchange of each operation."""
    for operation, phase, shape, sealed, forged in WALKS:
        walk = Walk(operation, phase, shape,
                    seen[operation].answers[phase])
        yield case(GROUP, "%s %s as it should be" % (
            ("answer", "confirmation")[phase], shape), operation,
            {phase: lambda x, w=walk: w.shaped(x.honest()).seal(
                x.lab).encode()},
            outcome("ok", operation, phase, walk.good))
        yield from walk.cases(sealed)
        yield from walk.cases_without_credentials(forged)
