# SPDX-License-Identifier: Apache-2.0
"""A case: what is done to the device, and what has to come of it."""
import collections

import der
import lab
import schema
import wire
from answer import Answer

# name      unique
# group     heading in the report
# operation see lab.Device
# changes   {n: f}: f(exchange) is the answer to the n-th message, as DER or
#           as a Wire; other messages get the honest answer
# outcome   set of (exit status, bodies that the device has sent by then)
# options   more words of the command line
# said      what the error text must have in it
# special   made by hand: checked in every run, and always followed by an
#           honest attempt
# exempt    reason why what the honest CA has not given may be kept
Case = collections.namedtuple(
    "Case", "name group operation changes outcome options said special "
    "exempt")

REQUEST = {"ir": "ir", "ir-trusted": "ir", "ir-pbmac1": "ir", "cr": "cr",
           "cr-mac": "cr", "kur": "kur"}
BY_MAC = ("ir", "ir-trusted", "ir-pbmac1", "cr-mac")


def case(group, name, operation, changes, outcome, options=(), said="",
         special=True, exempt=None):
    if callable(changes):
        changes = {0: changes}
    return Case("%s: %s" % (operation, name), group, operation, changes,
                outcome, tuple(options), said, special, exempt)


def sent_by(operation, phase):
    """What the device has sent when it gets the answer of this phase."""
    return (REQUEST[operation],) + ("certConf",) * phase


def outcome(words, operation, phase=0, good=lab.DONE):
    """Words of rules.py and some more, any of them may come true; `good` is
    what comes of an answer without fault."""
    at = sent_by(operation, phase)
    full = sent_by(operation, 1)
    fine = {(good, full if good == lab.DONE else at)}
    bad = {(lab.NOT_AUTHENTIC, at)}
    turned_down = {(lab.UNACCEPTABLE, full)}
    echo = {(lab.NOT_AUTHENTIC, full)}
    path = {(lab.PATH, at)}
    network, http = {(lab.NETWORK, at)}, {(lab.HTTP, at)}
    known = {
        "ok": fine, "bad": bad, "any": fine | bad, "name": fine | bad | echo,
        "cert": turned_down, "alg": turned_down | echo,
        "root": fine | turned_down, "signer": bad | path, "path": path,
        "http": http, "network": network, "broken": http | network,
        "rejected": {(lab.REJECTED, at)},
        "too-long": {(lab.INTERNAL, at)}, "implicit": {(lab.DONE, at)},
        "later": echo, "junk": {(lab.HTTP, full)},
        "own": {(lab.UNACCEPTABLE, at)}}
    return set().union(*(known[word] for word in words.split()))


def pki_conf(x):
    """The CA might not know what the device confirms; this one does."""
    message = x.answer()
    message.set_body(0xb3, der.Node(0x05))
    return message.seal(x.lab).encode()


def confirmed(change, confirm=pki_conf):
    """Changes of the answer, where the confirmation has to fit."""
    return {0: change, 1: confirm}


class Exchange:
    """One run of the device, seen from the peer."""

    def __init__(self, of_case, its_lab, device, seen):
        self.case, self.lab, self.device = of_case, its_lab, device
        self.seen = seen  # of former transactions, see cases_replay.py
        self.requests, self.answers = [], []
        self.error = None

    def script(self, request):
        """The Wire for a request. One that is repeated, since no byte of an
        answer came, is not a new message."""
        if not self.requests or request != self.requests[-1]:
            self.requests.append(request)
        try:
            change = self.case.changes.get(len(self.requests) - 1)
            made = change(self) if change else self.honest()
        except Exception as e:  # shown with the case
            self.error = e
            raise OSError from e
        if isinstance(made, bytes):
            made = wire.http(made)
        return made

    @property
    def request(self):
        return self.requests[-1]

    def honest(self):
        """What the honest CA answers, as DER."""
        made = self.lab.answer(self.request)
        self.answers.append(made)
        return made

    def answer(self):
        return Answer(self.honest())

    def sent(self):
        return tuple(schema.BODIES[der.inside(r)[1][0] & 0x1f][0]
                     for r in self.requests)
