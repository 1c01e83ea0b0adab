# SPDX-License-Identifier: Apache-2.0
"""General messages: genm and its answer genp (RFC 9483 section 4.3, RFC 9810
section 5.3.19). One question, one answer.

ANSWERS has a function for each question. It gets the Exchange and the
infoValue of the question as DER, or None; it gives that of the answer, or
None: there is nothing."""
from pyasn1.type import char, univ

import asn1
import crl
import polling
import profiles
import schema
import successor
from message import Refusal, Reply

ID_IT = "1.3.6.1.5.5.7.4."
AES256_CBC = "2.16.840.1.101.3.4.1.42"
LANGUAGE = "en"


def _sequence_of(*ders):
    return asn1.wrap(0x30, b"".join(ders))


def _no_value(function):
    """A question that has no value."""
    def check(x, value):
        if value is not None:
            raise Refusal("badRequest", "this question has no infoValue")
        return function(x)
    return check


def _ca_certs(x):
    """The CA that issues, and what leads from one root to the other."""
    update = successor.read(x.authority.folder)
    links = [update.new_with_old, update.old_with_new] if update else []
    return _sequence_of(x.authority.ca.der, *links)


def _root_update(x, value):
    """For the root that is asked about; for the only one if none is."""
    if value is not None and value != x.authority.root.der:
        return None
    update = successor.read(x.authority.folder)
    return update and successor.content(update)


def _template(x):
    return profiles.template(x.authority.folder, profiles.asked(x.request))


def _algorithm(oid, parameters=None):
    return asn1.encode(asn1.build(schema.AlgorithmIdentifier(), {
        "algorithm": oid, "parameters": parameters}))


def _curve(oid):
    return _algorithm(profiles.EC, asn1.encode(univ.ObjectIdentifier(oid)))


def _rsa():
    return _algorithm(profiles.RSA, b"\x05\x00")


def _sign_key_types(x):
    return _sequence_of(*map(_curve, profiles.CURVES.values()), _rsa())


def _key_parameters(x, value):
    """AlgorithmIdentifier for the OID of a kind of key."""
    kind = None if value is None else str(
        _read(value, univ.ObjectIdentifier()))
    known = {profiles.EC: _curve(profiles.CURVES["p256"]),
             profiles.RSA: _rsa()}
    return known.get(kind)


def _languages(x, value):
    """The one of those named that this CA speaks."""
    _read(value or b"", univ.SequenceOf(componentType=char.UTF8String()))
    return _sequence_of(asn1.encode(char.UTF8String(LANGUAGE)))


def _read(der, spec):
    try:
        return asn1.parse(der, spec)
    except ValueError as e:
        raise Refusal("badDataFormat", "the infoValue of this question: %s"
                      % e) from e


def _archive(x):
    """caProtEncCert: what keys for the archive are encrypted for."""
    return x.authority.archive.der


# Question: (infoType of the answer, function)
ANSWERS = {
    ID_IT + "1": (ID_IT + "1", _no_value(_archive)),
    ID_IT + "2": (ID_IT + "2", _no_value(_sign_key_types)),
    ID_IT + "3": (ID_IT + "3", _no_value(lambda x: _sequence_of(_rsa()))),
    ID_IT + "4": (ID_IT + "4", _no_value(lambda x: _algorithm(AES256_CBC))),
    ID_IT + "6": (ID_IT + "6", _no_value(crl.current)),
    ID_IT + "10": (ID_IT + "11", _key_parameters),
    ID_IT + "16": (ID_IT + "16", _languages),
    ID_IT + "17": (ID_IT + "17", _no_value(_ca_certs)),
    profiles.TEMPLATE: (profiles.TEMPLATE, _no_value(_template)),
    ID_IT + "20": (ID_IT + "18", _root_update),
    ID_IT + "22": (ID_IT + "23", crl.status_list),
}


def answer(x):
    """The Reply to genm."""
    kind, value = _question(x.request)
    again = polling.errand_again(x)
    if again is not None:
        return again
    if x.waited is None:
        x.peer.authorize(x.state)
    if polling.has_to_wait(x):
        return polling.begin_errand(x)
    told, value = _find(x, kind, value)
    if x.waited is not None:
        polling.note_errand(x, "answered")
    return Reply(("genp", [{"infoType": told, "infoValue": value}]),
                 "genp %s, %s" % (told, "nothing" if value is None
                                  else "%d octets" % len(value)))


def _question(request):
    content = request.content
    if len(content) != 1:
        raise Refusal("badRequest", "exactly one InfoTypeAndValue is expected")
    value = asn1.field(content[0], "infoValue")
    return str(content[0]["infoType"]), None if value is None \
        else bytes(value)


def _find(x, kind, value):
    if kind in ANSWERS:
        told, function = ANSWERS[kind]
        return told, function(x, value)
    if x.policy.unknown_info == "error":
        raise Refusal("badRequest", "this CA knows nothing of " + kind)
    return kind, None
