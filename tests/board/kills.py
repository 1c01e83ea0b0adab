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
IN_A_ROW = (1, 1, 1, 2, 3, 5)  # cuts of one life, if it does not end before
BATCH = 4  # lives of a worker until kills are counted
SHORT = 0.1  # seconds that a stage takes, or so
FOLDER = "build/qemu-kills"  # what is left of lives that ended badly

Result = collections.namedtuple("Result", "world killed cut problem name")


def worlds():
    """How often a secret can be used does not matter for a renewal."""
    return [World(board, operation, mode) for operation in OPERATIONS
            for mode in MODES for board in sorted(BANK)
            if (operation, mode) != ("renewal", "spent at issue")]


def _undisturbed(world):
    """Seconds from the first line of the console to the last; its stages."""
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
    return statistics.median(took), life.stages(0)


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


def _is_over(life, span, stages, chance):
    """A boot that is cut off, unless it ends before: at any moment, or at one
    of a stage that may be short, or at any operation of flash."""
    how, share = chance.randrange(3), chance.random()
    if how == 0:
        return not life.boot_and_cut(share)
    if how == 1:
        return not life.boot_and_kill(share * span)
    return not life.boot_and_kill(share ** 3 * SHORT, chance.choice(stages))


def _live(job):
    """A life with cuts; the moments are drawn from its name."""
    world, (span, stages), name = job
    chance = random.Random(name)
    life, problem = Life(world), None
    life.setUp()
    try:
        life.begin()
        if not any(_is_over(life, span, stages, chance)
                   for _ in range(chance.choice(IN_A_ROW))):
            life.boot_to_end()
        life.boot_again()
        life.check()
    except Exception:  # of whatever kind, it is a life that ended badly
        problem = traceback.format_exc()
        _keep(life, name)
    finally:
        life.doCleanups()
    return Result(world, life.killed, life.cut, problem, name)


def _jobs(spans, operation, seed):
    """In turn, for ever."""
    turn = itertools.cycle(w for w in spans if w.operation == operation)
    for i, world in enumerate(turn):
        yield world, spans[world], "%s-%s-%d" % (seed, operation, i)


def campaign(chosen, kills, seed, workers):
    """The Result of each life in these worlds, until there were that many
    kills of each operation."""
    with multiprocessing.Pool(workers) as pool:
        spans = dict(zip(chosen, pool.map(_undisturbed, chosen, 1)))
        for world, (span, _) in spans.items():
            print("# %.2f s undisturbed: %s" % (span, ", ".join(world)),
                  flush=True)
        for operation in OPERATIONS:
            left = kills
            jobs = _jobs(spans, operation, seed)
            while left > 0:
                batch = list(itertools.islice(jobs, BATCH * workers))
                for result in pool.imap_unordered(_live, batch):
                    left -= len(result.killed)
                    yield result
