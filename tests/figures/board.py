# SPDX-License-Identifier: Apache-2.0
"""What an enrolment and a renewal take on a board: memory and instructions,
measured in the emulator against the lab CA.

usage: board.py BOARD     (LWCMP names the program; prints "name value" lines)
"""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [os.path.join(TREE, "tests", "board"),
                os.path.join(TREE, "scripts")]

import bench
import linkmap

INSTRUCTIONS = os.path.join(TREE, "scripts", "instructions")
# A transaction ends where the device looks back at it.
MARKERS = ["lwcmp_begin", "lwcmp_memory_say"]
MEMORY = re.compile(r"memory +stack (\d+) of (\d+), crypto (\d+) of (\d+), "
                    r"contexts (\d+), buffer (\d+)")


def library_ram(elf):
    """Variables of Mbed TLS: its table of keys, mostly."""
    writes = {s.name for s in linkmap.sections(elf) if s.writes}
    return sum(p.size for p in linkmap.parts(elf[:-4] + ".map")
               if p.section in writes and p.owner.startswith("mbedtls"))


class Lives(bench.Bench):
    """Names of two parts, as the bytes on the wire are measured with."""

    name = "O=Example,CN=Root CA"
    subject = "O=Example,CN=device-1"

    def runTest(self):
        self.provision()
        self.server = self.serve()
        self.measure("ir")
        self.measure("kur", "renew")

    def count(self, out):
        done = subprocess.run([INSTRUCTIONS, "words", self.image, out,
                               *MARKERS], check=True, cwd=TREE,
                              stdout=subprocess.PIPE, text=True)
        return done.stdout.strip()

    def measure(self, name, *words):
        out = self.path(name + ".counts")
        console = self.run_to_end(self.server, *words, more=self.count(out))
        stack, stack_size, heap, arena, contexts, buffer = map(
            int, MEMORY.search(console).groups())
        with open(out) as f:
            counts = dict(map(str.split, f))
        ram = stack + arena + contexts + buffer + library_ram(self.image)
        for figure, value in (("stack_peak_%s_bytes", stack),
                              ("heap_peak_%s_bytes", heap),
                              ("txn_ram_%s_bytes", ram),
                              ("txn_instructions_%s", counts["total"]),
                              ("txn_instructions_core_%s", counts["core"])):
            print("  %-26s %11s" % (figure % name, value))


def main():
    Lives.board = sys.argv[1]
    lives = Lives()
    lives.setUp()
    try:
        lives.runTest()
    finally:
        lives.doCleanups()


if __name__ == "__main__":
    main()
