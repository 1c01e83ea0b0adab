# SPDX-License-Identifier: Apache-2.0
"""Faults in genp. Those that begin with root- make a new root for one answer,
whatever was asked; the key of the old one signs the link where it should."""
import os
import re

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pyasn1.type import char

import asn1
import authority
import fault_value
import successor
from fault_value import Parameter


def _genp(change):
    """A stage that changes the list in genp."""
    def stage(body, x):
        if not isinstance(body, bytes) and body[0] == "genp":
            change(body[1], x)
    return {"body": stage}


def _value(value_of):
    def change(infos, x):
        for info in infos:
            info["infoValue"] = value_of(x)
    return _genp(change)


def _oid(text):
    if not re.fullmatch(r"[012](\.[0-9]+)+", text):
        raise ValueError("'%s' is not in dotted numbers" % text)
    return text


def _type(oid):
    def change(infos, x):
        for info in infos:
            info["infoType"] = oid
    return _genp(change)


def _repeat(infos, x):
    infos *= 2


def _none(infos, x):
    infos.clear()


def _new_key():
    return ec.generate_private_key(ec.SECP256R1())


def _old_key(x):
    """Of the root: the CA's own, where there is no other."""
    name = "root" if os.path.exists(
        os.path.join(x.authority.folder, "root.key")) else "ca"
    return authority.read_key(x.authority.folder, name)


def _weak_key():
    return rsa.generate_private_key(65537, 1024)


def _root(link=None, new=_new_key, **keys):
    """keys: names of further arguments of successor.link()."""
    def value_of(x):
        more = {name: _new_key() for name in keys}
        update = successor.link(x.authority.root, (link or _old_key)(x),
                                new(), **more)
        return successor.content(update)
    return _value(value_of)


def _root_without_link(x):
    update = successor.link(x.authority.root, _old_key(x), _new_key())
    update.new_with_old = None
    return successor.content(update)


FAULTS = {
    "info-type": Parameter(_oid, _type),
    "two-infos": _genp(_repeat),
    "no-infos": _genp(_none),
    "info-absent": _value(lambda x: None),
    "info-empty": _value(lambda x: b"\x30\x00"),
    "info-text": _value(lambda x: asn1.encode(char.UTF8String("no"))),
    "info": Parameter(fault_value.hexadecimal,
                      lambda der: _value(lambda x: der)),
    "root-link": _root(lambda x: _new_key()),
    "root-other-key": _root(linked=True),
    "root-not-self-signed": _root(signed_by=True),
    "root-weak": _root(new=_weak_key),
    "root-without-link": _value(_root_without_link),
    "root-good": _root(),
}
