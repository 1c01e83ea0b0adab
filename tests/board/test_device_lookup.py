# SPDX-License-Identifier: Apache-2.0
"""A device that gets no address, or does not find its CA."""
import os
import unittest

from bench import NetworkBench


class Lookup(NetworkBench):
    def test_name_is_looked_up(self):
        self.provision(host="ca.example")
        board = self.boot(netdev=self.wire(self.serve()).netdev())
        self.assertEqual(board.end(), 0, board.text())

    def test_no_dhcp_answer(self):
        self.provision()
        wire = self.wire(self.serve(), "dhcp=silent")
        board = self.boot(netdev=wire.netdev())
        for _ in range(2):
            board.wait("no address from DHCP yet; asking on", 20)
        wire.faults.dhcp = None
        board.wait("enrolled", 60)

    def test_dns_is_silent(self):
        self.fails(r"no (connection|answer).*looking up", "dns=silent")

    def test_dns_knows_no_such_name(self):
        self.fails("no connection.*looking up", "dns=nxdomain")

    def test_dns_answers_garbage(self):
        self.fails(r"no (connection|answer).*looking up", "dns=garbage")

    def test_nothing_else_is_reached(self):
        """The network of the demonstration leads to one port only."""
        server = self.serve()
        self.provision(host="10.0.2.2:%d" % server.port)
        board = self.boot(port=server.port)
        board.wait("failed +no connection.*while connecting", 60)
        self.assertFalse(os.path.exists(os.path.join(self.ca, "log")))


if __name__ == "__main__":
    unittest.main()
