# SPDX-License-Identifier: Apache-2.0
"""Faults in the protection of an answer, be it a MAC or a signature."""
import os

import asn1
import fault_value
import mac
import message
import protect
import schema
from fault_value import Parameter

# The CA itself does not count further than this; the MAC is random then.
AFFORDABLE = 1000000
ITERATIONS = {"few": 1, "many": AFFORDABLE, "huge": 2 ** 31 - 1}

PARAMETERS = {"absent": None, "null": b"\x05\x00", "octets": b"\x04\x01x",
              "integer": b"\x02\x01\x01", "empty": b"\x30\x00",
              "bits": b"\x03\x02\x00x", "set": b"\x31\x00"}


class Altered:
    """A peer that says something else in its header, or protects in
    another way."""

    def __init__(self, peer, protect=None, **fields):
        self.signs = peer.signs
        self.certs = peer.certs
        self.protect = protect or peer.protect
        self._peer = peer
        self._fields = fields

    def header(self):
        return dict(self._peer.header(), **self._fields)


def _value(change):
    """Another value of the protection; None leaves it out."""
    return {"peer": lambda peer, x: Altered(
        peer, lambda data: change(peer.protect(data)))}


def _last_bit(der, x):
    at = message.protection_offset(der)
    return der[:at] + bytes([der[at] ^ 1]) + der[at + 1:]


def _with_mac(peer, algorithm, secret, **fields):
    """A MAC by an algorithm that may be out of all bounds."""
    parsed = asn1.parse(algorithm, schema.AlgorithmIdentifier())
    return Altered(peer, lambda data: mac.compute(
        secret, parsed, data, limits=False), protectionAlg=algorithm,
        **fields)


def _iterations(n):
    def stage(peer, x):
        if not isinstance(peer, protect.MacPeer):
            return peer
        right = peer.request.algorithm
        least = 1 if str(right["algorithm"]) == mac.PBMAC1 else 0
        algorithm = mac.fresh(right, max(n, least))
        if n > AFFORDABLE:
            return Altered(peer, lambda data: os.urandom(32),
                           protectionAlg=algorithm)
        return _with_mac(peer, algorithm, peer.row["secret"])
    return {"peer": stage}


def _iteration_count(text):
    n = ITERATIONS.get(text)
    return fault_value.count(text) if n is None else n


def _mac_answer(peer, x):
    """What somebody can make who knows no secret: one that is empty."""
    return _with_mac(protect.NoPeer(x.authority), mac.password_based(1000),
                     b"", senderKID=x.received.sender_kid)


def _parameters(der):
    """The protection is right for the parameters that are not there."""
    def stage(peer, x):
        right = peer.header().get("protectionAlg")
        if right is None:
            return peer
        oid = asn1.parse(right, schema.AlgorithmIdentifier())["algorithm"]
        return Altered(peer, protectionAlg={"algorithm": str(oid),
                                            "parameters": der})
    return {"peer": stage}


def _unprotected_error(der, x):
    return x.plain(("error", {"pKIStatusInfo": message.status_info(
        "rejection", "fault: an error without protection",
        "systemFailure")}))


FAULTS = {
    "bad-mac": {"message": _last_bit},
    "empty-protection": _value(lambda value: b""),
    "short-protection": _value(lambda value: value[:1]),
    "long-protection": _value(lambda value: value + b"\0"),
    "random-protection": _value(lambda value: os.urandom(len(value))),
    "no-protection": _value(lambda value: None),
    "unprotected": {"peer": lambda peer, x: protect.NoPeer(x.authority)},
    "unprotected-error": {"message": _unprotected_error},
    "iterations": Parameter(_iteration_count, _iterations),
    "mac-answer": {"peer": _mac_answer},
    "protection-parameters": Parameter(
        fault_value.one_of(PARAMETERS), _parameters),
}
