# SPDX-License-Identifier: Apache-2.0
"""Requests of openssl, for those that send them or take names out of them."""
import peers
from dumped import Message

SAN = "subjectAltName=DNS:a.example"


class Requests(peers.Device):
    def setUp(self):
        super().setUp()
        self.add_secret(peers.REF, peers.SECRET, "never")

    def csr(self, name="a", *more, kind="p256", form="PEM"):
        self.make_key(name, kind)
        self.openssl_ok("req", "-new", "-key", name + ".key", "-subj",
                        "/C=FI/CN=device " + name, "-outform", form, "-out",
                        name + ".csr", *(more or ("-addext", SAN)))

    def printable(self):
        """Options of openssl req for names of PrintableString."""
        with open(self.path("req.conf"), "w", encoding="ascii") as f:
            f.write("[req]\nstring_mask = nombstr\n"
                    "distinguished_name = name\n[name]\n")
        return "-config", "req.conf"

    def p10cr(self, url, *more, name="a", status=peers.DONE):
        return self.expect(
            status, "p10cr", "--server", url, "--csr", name + ".csr", "--ref",
            peers.REF, "--secret", "env:SECRET", "--iterations", "1000",
            "--trusted", "ca/root.pem", *more)

    def in_file(self, url, *more, name="a", status=peers.DONE):
        return self.p10cr(url, "--certout", name + ".pem", "--dump", "dump",
                          *more, name=name, status=status)

    def sent(self, folder="dump"):
        return [Message(self.path(folder + "/" + n))
                for n in self.check_encoding(folder)]

    def polled(self, folder="dump"):
        return [int(m.content[0]["certReqId"])
                for m in self.sent(folder) if m.body == "pollReq"]

    def read(self, name):
        with open(self.path(name), "rb") as f:
            return f.read()
