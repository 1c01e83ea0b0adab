# SPDX-License-Identifier: Apache-2.0
"""An answer that can be taken apart, changed, and protected again by whoever
holds the credentials of the CA."""
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

import der
import fields
import macs
from asn1 import wrap
from macs import oid_der

TEXT = wrap(0x30, wrap(0x0c, b"a text"))


class Answer:
    def __init__(self, encoded):
        self.tree = der.parse(encoded)
        self._parts = list(self.tree.kids)
        self.protection = self._part(0xa0)
        self.extra_certs = self._part(0xa1)
        self._algorithm = self._read_algorithm()

    def _part(self, tag):
        found = [k for k in self._parts[2:] if k.tag == tag]
        return found[0] if found else None

    def encode(self):
        return self.tree.encode()

    # Fields by the names of fields.py

    def find(self, name):
        parent, i = fields.find(self.tree, name)
        return parent.kids[i]

    def has(self, name):
        return any(p.name == name for p in fields.places(self.tree))

    def change(self, path, change):
        change(self.tree.at(path[:-1]), path[-1])

    def remove(self, name):
        parent, i = fields.find(self.tree, name)
        del parent.kids[i]

    def set_header(self, n, value):
        """Put a field [n] into the header, or another one in its place."""
        kids = self.tree.kids[0].kids
        tag = 0xa0 + n
        at = [i for i in range(3, len(kids)) if kids[i].tag == tag]
        if at:
            del kids[at[0]]
        later = [i for i in range(3, len(kids)) if kids[i].tag > tag]
        kids.insert(later[0] if later else len(kids),
                    der.seq(value, tag=tag))

    def set_body(self, tag, content):
        self.tree.kids[1] = der.seq(content, tag=tag)

    def set_extra_certs(self, *ders):
        """No certificates: no field."""
        self.tree.kids = [k for k in self.tree.kids
                          if k is not self.extra_certs]
        self.extra_certs = None
        if ders:
            self.extra_certs = der.seq(der.seq(*ders), tag=0xa1)
            self.tree.kids.append(self.extra_certs)

    def certificates(self):
        """DER of what is in extraCerts."""
        if self.extra_certs is None:
            return []
        return [k.encode() for k in self.extra_certs.kids[0].kids]

    # Protection

    def covered(self):
        outside = (self.protection, self.extra_certs)
        return wrap(0x30, b"".join(
            k.encode() for k in self.tree.kids
            if all(k is not part for part in outside)))

    def set_protection(self, value):
        """None leaves the message without."""
        self.tree.kids = [k for k in self.tree.kids
                          if k is not self.protection]
        self.protection = None
        if value is not None:
            bits = der.Node(0x03, b"\0" + value)
            self.protection = der.seq(bits, tag=0xa0)
            at = len(self.tree.kids) - (self.extra_certs is not None)
            self.tree.kids.insert(at, self.protection)

    def seal(self, lab):
        """Protection as it has to be, with the credentials of the CA."""
        now = self._read_algorithm() or self._algorithm
        data = self.covered()
        if now is None:
            self.sign(lab.authority.signer_key)
        else:
            self.set_protection(now(data))
        return self

    def sign(self, key, hash_class=hashes.SHA256):
        self.set_protection(key.sign(self.covered(), ec.ECDSA(hash_class())))
        return self

    def _read_algorithm(self):
        """The MAC that protectionAlg describes, or None."""
        try:
            return macs.read(self.find(
                "header.protectionAlg.value.parameters"))
        except KeyError:
            return None


def enrich(answer):
    """Every field that may stand in an answer and means nothing to us."""
    unknown = der.seq(oid_der("1.3.6.1.4.1.55555.1"), TEXT)
    bare = der.seq(oid_der("1.3.6.1.4.1.55555.2"))
    answer.set_header(3, der.octets(os.urandom(20)))
    answer.set_header(7, TEXT)
    answer.set_header(8, der.seq(unknown, bare))
    if answer.has("body.content.response.0.certifiedKeyPair"):
        pair = answer.find("body.content.response.0.certifiedKeyPair")
        pair.kids.append(der.seq(der.seq(der.Node(0x02, b"\0")), tag=0xa1))
        answer.find("body.content.response.0").kids.append(
            der.octets(b"rspInfo"))
        answer.find("body.content.response.0.status").kids.append(
            der.parse(TEXT))
    return answer
