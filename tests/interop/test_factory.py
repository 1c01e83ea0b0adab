# SPDX-License-Identifier: Apache-2.0
"""lwcmp factory, judged by another decoder of docs/factory.md."""
import os
import random
import stat
import struct
import unittest
import zlib

import peers

SECRET_AT = 4096
URL = "http://pki.example:8080/.well-known/cmp"
LABEL, LEARN, IMPLICIT, KEEP = 1, 2, 4, 8
HOST, PATH, PORT, SUBJECT, RECIPIENT, ANCHORS = range(1, 7)
CN_A = bytes.fromhex("300c310a300806035504030c0161")


def decode(part, magic):
    """The flags and the fields of a part, and what lies behind it."""
    assert part[:4] == magic, part[:4]
    version, flags, length = struct.unpack(">BBH", part[4:8])
    assert version == 1, version
    rest, (crc,) = part[8:8 + length], struct.unpack(
        ">I", part[8 + length:12 + length])
    assert crc == zlib.crc32(part[:8 + length])
    fields = {}
    while rest:
        tag, n = struct.unpack(">BH", rest[:3])
        assert 0 < n <= len(rest) - 3 and all(tag > t for t in fields), tag
        fields[tag], rest = rest[3:3 + n], rest[3 + n:]
    return flags, fields, part[12 + length:]


def encode(magic, flags, fields, version=1):
    body = b"".join(struct.pack(">BH", tag, len(value)) + value
                    for tag, value in fields)
    part = magic + struct.pack(">BBH", version, flags, len(body)) + body
    return part + struct.pack(">I", zlib.crc32(part))


class Factory(peers.Device):
    def pack(self, *more, status=peers.DONE, url=URL, trust=True,
             secret="env:SECRET", out="image", **about):
        trusted = ["--trusted", "ca/root.pem"] if trust else []
        return self.expect(status, "factory", "pack", "--server", url, "--ref",
                           peers.REF, "--secret", secret, "--subject", "CN=a",
                           "--out", out, *trusted, *more, **about)

    def show(self, *more, status=peers.DONE, name="image"):
        return self.expect(status, "factory", "show", name, *more)

    def read(self, name="image"):
        with open(self.path(name), "rb") as f:
            return f.read()

    def write(self, image, name="image"):
        with open(self.path(name), "wb") as f:
            f.write(image)

    def parts(self, block_size=SECRET_AT):
        """Flags and fields of the record, and the fields of the secret."""
        image = self.read()
        flags, record, behind = decode(image[:block_size], b"lwFR")
        self.assertEqual(set(behind), {0xff})
        none, secret, behind = decode(image[block_size:], b"lwFS")
        self.assertEqual((none, behind), (0, b""))
        return flags, record, secret

    def root(self):
        self.openssl_ok("x509", "-in", "ca/root.pem", "-outform", "DER",
                        "-out", "root.der")
        return self.read("root.der")

    def test_bytes(self):
        self.pack()
        flags, record, secret = self.parts()
        self.assertEqual(flags, LABEL)
        self.assertEqual(record, {
            HOST: b"pki.example\0", PATH: b"/.well-known/cmp\0",
            PORT: struct.pack(">H", 8080), SUBJECT: CN_A,
            ANCHORS: self.root()})
        self.assertEqual(secret, {1: peers.REF.encode(),
                                  2: peers.SECRET.encode()})

    def test_all_options(self):
        self.make("other", "/CN=other", *peers.CA, issuer="other")
        self.pack("--trusted", "other.pem", "--recipient", "/CN=a",
                  "--learn-anchors", "--implicit-confirm", "--keep-secret",
                  "--label", "--block-size", "2000", url="http://10.0.2.2/p/")
        flags, record, _ = self.parts(2000)
        self.assertEqual(flags, LABEL | LEARN | IMPLICIT | KEEP)
        self.openssl_ok("x509", "-in", "other.pem", "-outform", "DER", "-out",
                        "other.der")
        self.assertEqual(record, {
            HOST: b"10.0.2.2\0", PATH: b"/p/\0", SUBJECT: CN_A,
            RECIPIENT: CN_A, ANCHORS: self.root() + self.read("other.der")})
        self.show("--block-size", "2000")

    def test_label(self):
        known, other = "http://h", "http://h/cmp"
        for number, (url, option, label) in enumerate((
                (known, [], LABEL), (known, ["--no-label"], 0),
                (other, [], 0), (other, ["--label"], LABEL))):
            with self.subTest(url=url, option=option):
                self.pack(*option, url=url, out=str(number))
                self.assertEqual(self.read(str(number))[5], label)

    def test_no_anchor_but_learned_ones(self):
        self.pack("--learn-anchors", trust=False)
        flags, record, _ = self.parts()
        self.assertEqual(flags, LABEL | LEARN)
        self.assertNotIn(ANCHORS, record)

    def test_sources_of_the_secret(self):
        with open(self.path("secret"), "w") as f:
            f.write("from a file\n")
        for source, secret, more in (
                ("env:OTHER", b"other", {"env": {"OTHER": "other"}}),
                ("file:secret", b"from a file", {}),
                ("stdin", b"a pipe", {"stdin": "a pipe\n"}),
                ("fd:0", b"0", {"stdin": "0"}), ("pass:p", b"p", {})):
            with self.subTest(source):
                self.pack(secret=source, **more)
                self.assertEqual(self.parts()[2][2], secret)
                os.remove(self.path("image"))

    def test_the_image_is_private(self):
        self.pack()
        self.assertEqual(stat.S_IMODE(os.stat(self.path("image")).st_mode),
                         0o600)

    def test_an_existing_file_stays(self):
        self.write(b"precious")
        text = self.pack(status=peers.STORAGE)
        self.assertIn("exists", text)
        self.assertEqual(self.read(), b"precious")

    def refused(self, word, *more, status=peers.USAGE, **about):
        with self.subTest(word, more=more):
            text = self.pack(*more, status=status, **about)
            self.assertIn(word, text)
            self.assertNotIn(peers.SECRET, text)
            self.assertFalse(os.path.exists(self.path("image")))

    def test_refusals(self):
        self.refused("trusts", trust=False)
        self.refused("TLS", url="https://h/")
        self.refused("IPv4", url="http://[::1]/")
        self.refused("127", url="http://%s/" % ("h" * 128))
        self.refused("path", url="http://h/a b")
        self.refused("OTHER", secret="env:OTHER")
        self.refused("nothing", secret="env:OTHER", env={"OTHER": ""})
        self.refused("too long", secret="env:OTHER", env={"OTHER": "x" * 129})
        self.refused("--recipient", "--recipient", "a")
        self.refused("no room", "--block-size", "300")
        self.refused("number", "--block-size", "0")
        self.refused("No such", "--trusted", "none", status=peers.STORAGE)
        self.write(b"\x30\x02\x05\x00", "none")
        self.refused("certificate", "--trusted", "none", status=peers.STORAGE)
        self.refused("No such", out="nowhere/image", status=peers.STORAGE)

    def test_longest(self):
        host = "h" * 127
        self.pack(url="http://%s/%s" % (host, "p" * 254),
                  secret="env:OTHER", env={"OTHER": "x" * 128})
        _, record, secret = self.parts()
        self.assertEqual(record[HOST], host.encode() + b"\0")
        self.assertEqual(len(record[PATH]), 256)
        self.assertEqual(secret[2], b"x" * 128)

    def test_largest_block(self):
        self.pack("--block-size", "262144")
        self.parts(262144)
        self.assertIn("reference", self.show("--block-size", "262144"))

    def test_show(self):
        self.pack("--recipient", "C=FI,O=a\\,b")
        text = self.show()
        fingerprint = self.openssl_ok("x509", "-in", "ca/root.pem", "-noout",
                                      "-fingerprint", "-sha256")
        for word in (URL, "CN=a", "C=FI,O=a\\,b", peers.REF,
                     "%d bytes" % len(peers.SECRET), "goes behind the path",
                     fingerprint.split("=")[1].strip()):
            self.assertIn(word, text)
        self.assertNotIn(peers.SECRET, text)

    def test_show_switches(self):
        words = ("learned with", "implicit, if", "secret stays")
        self.pack()
        text = self.show()
        for word in words:
            self.assertNotIn(word, text)
        os.remove(self.path("image"))
        self.pack("--learn-anchors", "--implicit-confirm", "--keep-secret",
                  "--no-label")
        text = self.show()
        for word in (*words, "not in the path"):
            self.assertIn(word, text)

    def test_show_wiped(self):
        self.pack()
        self.write(self.read()[:SECRET_AT] + b"\xff" * SECRET_AT)
        self.assertIn("wiped", self.show())

    def damaged(self, part, word, image):
        with self.subTest(part, word=word):
            self.write(image)
            status, out, text = self.lwcmp("factory", "show", "image")
            self.assertEqual(status, peers.STORAGE, out + text)
            self.assertEqual(len(text.splitlines()), 1, text)
            self.assertIn("the %s at byte" % part, text)
            self.assertIn(word, text)
            self.assertNotIn(peers.SECRET, out + text)

    def test_damaged_record(self):
        self.pack()
        good = self.read()
        flags, fields, _ = decode(good, b"lwFR")
        for word, image in (
                ("erased", b"\xff" * len(good)),
                ("something else", b"\0" + good[1:]),
                ("newer", good[:4] + b"\2" + good[5:]),
                ("cut short", good[:100]), ("cut short", b""),
                ("checksum", good[:50] + bytes([good[50] ^ 1]) + good[51:])):
            self.damaged("record", word, image)
        for word, tag, value in (
                ("makes no sense", SUBJECT, None),
                ("makes no sense", HOST, b"h"),
                ("a subject", SUBJECT, b"\x30\x02\x05\x00"),
                ("a recipient", RECIPIENT, b"\x30\x02\x05\x00"),
                ("a trust anchor", ANCHORS, b"\x30\x02\x05\x00")):
            changed = {**fields, tag: value}
            record = encode(b"lwFR", flags, sorted(
                (t, v) for t, v in changed.items() if v is not None))
            self.damaged("record", word, record + good[len(record):])

    def test_damaged_secret(self):
        self.pack()
        good = self.read()
        record, secret = good[:SECRET_AT], good[SECRET_AT:]
        for word, part in (
                ("something else", b"\0" + secret[1:]),
                ("newer", encode(b"lwFS", 0, [(1, b"r"), (2, b"s")], 2)),
                ("cut short", secret[:-1]), ("cut short", b""),
                ("checksum", secret[:20] + b"\0" + secret[21:]),
                ("makes no sense", encode(b"lwFS", 0, [(1, b"r")]))):
            self.damaged("secret", word, record + part)

    def test_flipped_bits(self):
        """A sample: tests/unit/factory has all of them."""
        self.pack()
        good = self.read()
        _, _, behind = decode(good[:SECRET_AT], b"lwFR")
        inside = [*range(SECRET_AT - len(behind)),
                  *range(SECRET_AT, len(good))]
        for at in random.Random(1).sample(inside, 12):
            image = bytearray(good)
            image[at] ^= 1 << at % 8
            self.write(image)
            self.show(status=peers.STORAGE)

    def test_what_is_no_file(self):
        self.show(name="none", status=peers.STORAGE)
        self.show(name="ca", status=peers.STORAGE)
        self.show("--block-size", "x", status=peers.USAGE)
        self.expect(peers.USAGE, "factory", "show")
        self.expect(peers.USAGE, "factory", "unpack")
        self.assertIn("--keep-secret", self.expect(peers.USAGE, "factory"))
        self.assertIn("--keep-secret", self.expect(peers.DONE, "help",
                                                   "factory"))


if __name__ == "__main__":
    unittest.main()
