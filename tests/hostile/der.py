# SPDX-License-Identifier: Apache-2.0
"""DER as a tree that can be changed and written wrongly on purpose.

The codec of the lab CA writes what is right; this one writes what it is told.
"""

HUGE = 20000
WRONG_TAG = {0x02: 0x0a, 0x03: 0x04, 0x04: 0x0c, 0x05: 0x04, 0x06: 0x0d,
             0x0c: 0x16, 0x17: 0x18, 0x18: 0x17, 0x30: 0x31, 0x31: 0x30}


class Node:
    """One element. A constructed one has kids, any other has content."""

    def __init__(self, tag, content=b"", kids=None):
        self.tag, self.content, self.kids = tag, content, kids
        self.length = write_length
        self.end = b""
        self.copies = 1

    def encode(self):
        content = self.content
        if self.kids is not None:
            content = b"".join(kid.encode() for kid in self.kids)
        one = bytes([self.tag]) + self.length(len(content)) + content
        return (one + self.end) * self.copies

    def at(self, path):
        node = self
        for i in path:
            node = node.kids[i]
        return node


def parse(der):
    """The tree of exactly one element, which is DER in its lengths."""
    node, rest = _take(der)
    assert not rest
    return node


def split(row):
    """Elements one behind the other, as bytes."""
    found = []
    while row:
        before = row
        _, row = _take(row, False)
        found.append(before[:len(before) - len(row)])
    return found


def _take(der, deep=True):
    tag, n, start = der[0], der[1], 2
    if n & 0x80:
        start += n & 0x7f
        n = int.from_bytes(der[2:start], "big")
    content, rest = der[start:start + n], der[start + n:]
    assert len(content) == n
    if not deep or not tag & 0x20:
        return Node(tag, content), rest
    return Node(tag, kids=[parse(kid) for kid in split(content)]), rest


def inside(der):
    """The elements in a constructed one; they themselves stay unread."""
    return split(_take(der, False)[0].content)


def seq(*kids, tag=0x30):
    """A constructed element of nodes and of bytes that are DER already."""
    return Node(tag, kids=[k if isinstance(k, Node) else parse(k)
                           for k in kids])


def octets(content):
    return Node(0x04, content)


# How a length is written.

def write_length(n):
    if n < 0x80:
        return bytes([n])
    size = n.to_bytes((n.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(size)]) + size


def _longer_length(n):
    size = n.to_bytes((n.bit_length() + 7) // 8 or 1, "big")
    return bytes([0x81 + len(size), 0]) + size


def _indefinite(n):
    return b"\x80"


def _lie(n):
    return b"\x84\x7f\xff\xff\xff"


# What can be done to any element. Each function gets parent and position.

def absent(parent, i):
    del parent.kids[i]


def doubled(parent, i):
    parent.kids[i].copies = 2


def empty(parent, i):
    node = parent.kids[i]
    node.content, node.kids = b"", node.kids and []


def huge(parent, i):
    """Far too much, in the form that the element has."""
    node = parent.kids[i]
    if node.kids is None:
        node.content += bytes(HUGE)
    else:
        node.kids.append(octets(bytes(HUGE)))


def mistagged(parent, i):
    node = parent.kids[i]
    node.tag = WRONG_TAG.get(node.tag, node.tag & 0xe0 | 0x1d)


def long_length(parent, i):
    parent.kids[i].length = _longer_length


def indefinite(parent, i):
    parent.kids[i].length = _indefinite
    parent.kids[i].end = b"\0\0"


def length_lie(parent, i):
    parent.kids[i].length = _lie


def trailing(parent, i):
    node = parent.kids[i]
    if node.kids is None:
        node.content += b"\0"
    else:
        node.kids.append(Node(0x05))


CHANGES = {f.__name__.replace("_", "-"): f for f in (
    absent, doubled, empty, huge, mistagged, long_length, indefinite,
    length_lie, trailing)}
