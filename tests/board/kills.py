# SPDX-License-Identifier: Apache-2.0
"""Many lives that are cut off, by several workers at once."""
import collections
import itertools
import multiprocessing
import os
import random
import shutil
import statistics
import traceback

from kill_life import BANK, MODES, Life, World

OPERATIONS = ("enrolment", "renewal")
IN_A_ROW = (1, 1, 1, 2, 2, 4)  # kills of one life, if it does not end before
FOLDER = "build/qemu-kills"  # what is left of lives that ended badly

Result = collections.namedtuple("Result", "world killed problem name")


def worlds(operation):
    """In turn; what a secret is good for does not matter for a renewal."""
    modes = [m for m in MODES if operation == "enrolment"
             or m != "spent at issue"]
    return [World(board, operation, mode) for mode in modes
            for board in sorted(BANK)]


def _undisturbed(world):
    """Seconds from the first line of the console to the last."""
    took = []
    for _ in range(3):
        life = Life(world)
        life.setUp()
        try:
            life.begin()
            took.append(life.boot_to_end())
            life.boot_again()
            life.check()
        finally:
            life.doCleanups()
    return statistics.median(took)


def _keep(life, name):
    """For whoever looks into a life that ended badly."""
    folder = os.path.join(FOLDER, name)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for file in ("flash.img", "ca"):
        (shutil.copytree if file == "ca" else shutil.copy)(
            life.path(file), os.path.join(folder, file))
    with open(os.path.join(folder, "consoles"), "w", encoding="utf-8") as f:
        f.write("\n--- power off\n".join(life.consoles))


def _live(job):
    """A life with kills; the moments are drawn from the seed."""
    world, span, most, name = job
    chance = random.Random(name)
    life, problem = Life(world), None
    life.setUp()
    try:
        life.begin()
        for _ in range(min(chance.choice(IN_A_ROW), most)):
            if not life.boot_and_kill(chance.uniform(0, span)):
                break
        else:
            life.boot_to_end()
        life.boot_again()
        life.check()
    except Exception:  # of whatever kind, it is a life that ended badly
        problem = traceback.format_exc()
        _keep(life, name)
    finally:
        life.doCleanups()
    return Result(world, life.killed, problem, name)


def _jobs(operation, spans, seed, left):
    """Endless; `left` has how many kills are wanted still."""
    turn = itertools.cycle(w for w in worlds(operation) if w in spans)
    for i, world in enumerate(turn):
        yield world, spans[world], left[operation], \
            "%s-%s-%d" % (seed, operation, i)


def campaign(kills, seed, workers, chosen=None):
    """The Result of each life, until there were that many kills of each
    operation."""
    with multiprocessing.Pool(workers) as pool:
        every = [w for o in OPERATIONS for w in worlds(o)
                 if chosen is None or w in chosen]
        spans = dict(zip(every, pool.map(_undisturbed, every, 1)))
        for world, span in spans.items():
            print("  %.2f s undisturbed: %s" % (span, ", ".join(world)),
                  flush=True)
        for operation in OPERATIONS:
            left = {operation: kills}
            jobs = _jobs(operation, spans, seed, left)
            while left[operation] > 0:
                batch = itertools.islice(jobs, workers)
                for result in pool.imap_unordered(_live, list(batch)):
                    left[operation] -= len(result.killed)
                    yield result
