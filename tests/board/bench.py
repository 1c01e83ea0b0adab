# SPDX-License-Identifier: Apache-2.0
"""A bench for firmware: a board in its emulator with a flash of its own, and
a lab CA that it reaches through QEMU's network or through the wire."""
import os
import subprocess
import sys

import emulator

sys.path.insert(0, os.path.join(emulator.TREE, "tests", "labca"))

import support
import wire
import wire_faults

LWCMP = os.environ["LWCMP"]
REF, SECRET = "device-0001", "a secret that the factory gave"
SUBJECT = "C=FI,O=Example,CN=device-0001"
BLOCK = {"qemu-mps2-an385": 4096, "qemu-riscv-virt": 256 * 1024}
CA_ADDRESS = "10.0.2.100"
NET = emulator.restricted(CA_ADDRESS)
AGAIN = r"again +in (\d+) s"  # on the console, after a failure


class Bench(support.FolderTest):
    board = "qemu-mps2-an385"
    subject = SUBJECT

    def setUp(self):
        super().setUp()
        self.add_secret(REF, SECRET)
        self.flash = self.path("flash.img")
        self.block = BLOCK[self.board]
        self.image = os.path.join(emulator.TREE, "build", self.board,
                                  "firmware.elf")

    def pack(self, *more, host=CA_ADDRESS, ref=REF, secret=SECRET,
             trusted=True):
        """The bytes of a factory record with its secret."""
        out = self.path("factory.img")
        if os.path.exists(out):
            os.remove(out)
        words = ["--server", "http://%s/.well-known/cmp" % host, "--ref", ref,
                 "--secret", "env:SECRET", "--subject", self.subject,
                 "--block-size", str(self.block), "--out", out, *more]
        if trusted:
            words += ["--trusted", os.path.join(self.ca, "root.pem")]
        subprocess.run([LWCMP, "factory", "pack", *words], check=True,
                       env=dict(os.environ, SECRET=secret), timeout=60)
        with open(out, "rb") as f:
            return f.read()

    def provision(self, *more, **options):
        """A flash that is blank but for the factory record."""
        emulator.blank_flash(self.board, self.flash,
                             self.pack(*more, **options))

    def flash_bytes(self):
        with open(self.flash, "rb") as f:
            return f.read(emulator.FLASH[self.board][1])

    def put_flash(self, at, data):
        with open(self.flash, "r+b") as f:
            f.seek(at)
            f.write(data)

    def boot(self, *words, netdev=NET, port=0, more=""):
        board = emulator.start(self.board, self.image, self.flash, words,
                               netdev, port, more)
        self.addCleanup(board.kill)
        return board

    def run_to_end(self, server, *words, status=0, more=""):
        """Boots, and waits until the firmware stops; its console."""
        board = self.boot(*words, port=server.port, more=more)
        got = board.end(120)
        self.assertEqual(got, status, board.text())
        return board.text()

    def wire(self, server, *faults):
        """A network with these faults, and a name for the CA."""
        w = wire.Wire(wire.network({80: server.port},
                                   {"ca.example": CA_ADDRESS}),
                      wire_faults.Faults(*faults))
        self.addCleanup(w.close)
        return w

    def certificates(self):
        """(serial, state) of all certificates, in the order of issue."""
        lines = support.labca("list", self.ca).splitlines()
        return [tuple(line.split()[:2]) for line in lines]


class NetworkBench(Bench):
    """With a network that errs. A device asks again, after a pause by chance
    that may be longer each time."""

    def fails(self, pattern, *faults, host="ca.example", seconds=60):
        """The console of a device whose first two attempts fail like this."""
        self.provision(host=host)
        board = self.boot(netdev=self.wire(self.serve(), *faults).netdev())
        for most in (2, 4):
            board.wait(r"failed +" + pattern, seconds)
            pause = int(board.wait(AGAIN).group(1))
            self.assertTrue(1 <= pause <= most, pause)

    def recovers(self, pattern, *faults):
        """The network fails once like this, and then no more."""
        self.provision(host="ca.example")
        wire = self.wire(self.serve(), "times=1", *faults)
        board = self.boot(netdev=wire.netdev())
        board.wait(r"failed +" + pattern, 60)
        board.wait("enrolled", 60)
        self.assertEqual(board.end(), 0, board.text())
