# SPDX-License-Identifier: Apache-2.0
"""A device whose CA does not answer, or whose connection breaks."""
import unittest

from bench import NetworkBench


class Connection(NetworkBench):
    def test_server_refuses(self):
        self.fails("no connection.*while connecting", "tcp=refuse")

    def test_server_is_silent(self):
        self.fails(r"no (connection|answer).*while connecting", "tcp=ignore")

    def test_server_says_nothing_more(self):
        self.fails("no answer in time.*while waiting for the answer",
                   "tcp=silent:100", seconds=90)

    def test_refused_once(self):
        self.recovers("no connection", "tcp=refuse")

    def test_connection_is_cut(self):
        self.recovers("no connection", "tcp=rst:300")

    def test_connection_ends(self):
        self.recovers("no connection", "tcp=fin:300")

    def test_bad_wire(self):
        """TCP sends again what is lost, doubled or swapped."""
        self.provision()
        wire = self.wire(self.serve(), "lost=0.05", "doubled=0.05",
                         "swapped=0.05", "damaged=0.02", "seed=7")
        board = self.boot(netdev=wire.netdev())
        board.wait("enrolled", 250)


if __name__ == "__main__":
    unittest.main()
