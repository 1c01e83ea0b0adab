# SPDX-License-Identifier: Apache-2.0
"""A device that asks the lab CA."""
import peers
import support
from dumped import Message


class Asker(peers.Device):
    """A device that has enrolled at the lab CA, and asks it."""

    def setUp(self):
        super().setUp()
        self.add_secret(peers.REF, peers.SECRET, "never")
        self.url = self.serve().url
        self.enroll(self.url)

    def ask(self, verb, *more, status=peers.DONE, url=None):
        return self.expect(status, verb, "--server", url or self.url,
                           "--state", "device", "--dump", "dump", *more)

    def fault(self, name):
        return self.serve("--fault", name).url

    def sent(self, number=1):
        return Message(self.path("dump/%02d-genm.der" % number))

    def file(self, name):
        with open(self.path(name), "rb") as f:
            return f.read()

    def root(self):
        return support.authority.Authority(self.ca).root.der
