# SPDX-License-Identifier: Apache-2.0
"""All cases, by several workers at once."""
import argparse
import multiprocessing
import multiprocessing.util
import os

import runner
import table

_own = {}  # of a worker: its runner and its cases


def arguments(words=None):
    p = argparse.ArgumentParser(
        prog="hostile", description="A hostile peer and the device: no "
        "answer may do it harm. LWCMP in the environment names the program "
        "under test.")
    p.add_argument("--every", type=int, default=1, metavar="N",
                   help="of the generated cases, every N-th only")
    p.add_argument("--honest-every", type=int, default=1, metavar="N",
                   help="an honest attempt behind every N-th of the others")
    p.add_argument("--only", default="", metavar="TEXT",
                   help="cases with this in the name")
    p.add_argument("--group", action="append", metavar="NAME",
                   help="cases of this group; may be given several times")
    p.add_argument("--list", action="store_true", help="only their names")
    p.add_argument("--json", metavar="FILE", help="write the sums there")
    p.add_argument("--jobs", type=int, default=os.cpu_count(), metavar="N")
    return p.parse_args(words)


def cases(options):
    """The table, which needs an honest answer of each kind to look at."""
    first = runner.Runner()
    try:
        return table.cases(first.seen, options)
    finally:
        first.close()


def _start(options):
    _own["runner"] = runner.Runner(options.honest_every)
    _own["cases"] = table.cases(_own["runner"].seen, options)
    multiprocessing.util.Finalize(None, _own["runner"].close, exitpriority=1)


def _check(i):
    return _own["runner"].check(_own["cases"][i])


def results(options):
    """The Result of each case, as they come."""
    count = len(cases(options))
    pool = multiprocessing.Pool(options.jobs, _start, (options,))
    with pool:
        yield from pool.imap_unordered(_check, range(count), 4)
        pool.close()
        pool.join()
