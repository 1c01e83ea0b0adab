# SPDX-License-Identifier: Apache-2.0
"""The next root: its key in a certificate by itself, and the two that link it
to the root of today (RFC 9810 section 4.4.1)."""
import os

import asn1
import authority
import certificate
import schema

FILES = ("new-with-new", "new-with-old", "old-with-new")


class Update:
    """The three certificates as DER."""

    def __init__(self, new_with_new, new_with_old, old_with_new):
        self.new_with_new = new_with_new
        self.new_with_old = new_with_old
        self.old_with_new = old_with_new


def read(folder):
    """The Update that is announced, or None."""
    if not os.path.exists(os.path.join(folder, FILES[0] + ".pem")):
        return None
    found = []
    for name in FILES:
        with open(os.path.join(folder, name + ".pem")) as f:
            found += authority.from_pem(f.read())
    return Update(*found)


def create(folder):
    """Make the next root; FileExistsError if there is one."""
    old = authority.read_certificate(folder, "root")
    same = authority.read_certificate(folder, "ca").der == old.der
    old_key = authority.read_key(folder, "ca" if same else "root")
    new_key = authority.new_key(folder, "new-root")
    made = link(old, old_key, new_key)
    # The first one says that all of them are there.
    for name, der in reversed(list(zip(FILES, (
            made.new_with_new, made.new_with_old, made.old_with_new)))):
        authority.write_certificate(folder, name,
                                    certificate.Certificate(der))


def link(old, old_key, new_key, signed_by=None, linked=None):
    """An Update of the root. Faults have new_with_new signed by another key,
    and new_with_old made for another."""
    new = authority.make_ca(old.subject, new_key, None, signed_by or new_key)
    bridge = authority.make_ca(old.subject, linked or new_key, old, old_key)
    back = certificate.make(old.subject, old.spki, authority.ca_extensions(),
                            authority.CA_DAYS, new, new_key)
    return Update(new.der, bridge.der, back)


def content(update):
    """RootCaKeyUpdateContent as DER; new_with_old may be None."""
    return asn1.encode(asn1.build(schema.RootCaKeyUpdateContent(), {
        "newWithNew": asn1.Der(update.new_with_new),
        "newWithOld": update.new_with_old and asn1.Der(update.new_with_old),
        "oldWithNew": asn1.Der(update.old_with_new)}))
