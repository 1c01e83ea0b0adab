# SPDX-License-Identifier: Apache-2.0
"""Runs cases, one after the other, in a lab of its own."""
import collections
import shutil
import sys
import tempfile
import time
import traceback

import judge
from case import Exchange, case
from lab import DONE, Device, Lab
from wire import Peer

Result = collections.namedtuple("Result", "name group problems text seconds")

# An honest attempt follows every so many of the generated cases.
HONEST_EVERY = 20


class Runner:
    def __init__(self, honest_every=1):
        """An honest attempt follows every so many of the other cases."""
        self._honest_every = honest_every
        self.folder = tempfile.mkdtemp(prefix="lwcmp-hostile-")
        self.lab = Lab(self.folder)
        self.peer = Peer()
        self.peer.start()
        self.device = Device(self.lab, "http://127.0.0.1:%d/pkix/"
                             % self.peer.port)
        self.seen = {}
        self._count = collections.Counter()
        self._settle()

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def _settle(self):
        """The identity that renewals begin with; one answer of each kind
        stays in memory, for replays and to be looked at."""
        self.base = self.lab.snapshot()
        self._honest("ir")
        self.device.settle()
        self.base = self.lab.snapshot()
        for operation in ("ir-trusted", "ir-pbmac1", "cr", "cr-mac",
                          "kur"):
            self._honest(operation)

    def _honest(self, operation):
        exchange, run = self._run(case("", "honest", operation, {}, {}))
        if run.status != DONE:
            raise RuntimeError("%s: %s" % (operation, run.err.decode()))
        self.seen[operation] = exchange

    def _run(self, one):
        if not one.group:
            self.lab.restore(self.base)
            self.device.prepare(one.operation)
        exchange = Exchange(one, self.lab, self.device, self.seen)
        self.peer.script = exchange.script
        return exchange, self.device.run(one.operation, *one.options)

    def check(self, one):
        """The Result of a case; a fault of ours counts as wrong, too."""
        try:
            return self._check(one)
        except Exception:
            return Result(one.name, one.group, ["the test failed"],
                          traceback.format_exc(), 0)

    def _check(self, one):
        self.lab.restore(self.base)
        self.device.prepare(one.operation)
        before = self.device.files()
        start = time.monotonic()
        exchange, run = self._run(one)
        seconds = time.monotonic() - start
        problems = self._judge(one, exchange, run, before)
        self._count[one.special] += 1
        every = self._honest_every if one.special else HONEST_EVERY
        if run.status != DONE and self._count[one.special] % every == 0:
            problems += self._go_on(one)
        text = "exit %s, sent %s\n%s" % (run.status, exchange.sent(),
                                         run.err.decode(errors="replace"))
        return Result(one.name, one.group, problems, text, seconds)

    def _judge(self, one, exchange, run, before):
        problems = list(judge.ending(run, exchange.sent(), one.outcome))
        problems += judge.sent_der(exchange.requests)
        problems += judge.said(run, one.said)
        if not one.exempt:
            problems += judge.state(before, self.device.files(),
                                    run.status == DONE, self.lab)
        if exchange.error is not None:
            problems.append("the peer failed: %r" % exchange.error)
        return problems

    def _go_on(self, one):
        """Whatever has happened, the honest CA gives the device what it
        needs, the next time. It does not know of the case."""
        self.lab.restore(self.base)
        before = self.device.files()
        honest = case("again", "again", one.operation, {}, {},
                      options=["--anew"])
        run = self._run(honest)[1]
        problems = ["afterwards: " + p for p in judge.state(
            before, self.device.files(), run.status == DONE, self.lab)]
        if run.status != DONE:
            problems.append("afterwards, an honest attempt fails: %s"
                            % run.err.decode(errors="replace"))
        return problems


def report(result, out=sys.stdout):
    """The whole story of a wrong outcome."""
    print("WRONG %s" % result.name, file=out)
    for problem in result.problems:
        print("    " + problem, file=out)
    for line in result.text.splitlines():
        print("    | " + line, file=out)
