# SPDX-License-Identifier: Apache-2.0
"""Small helpers around pyasn1: raw TLVs, optional fields, building values.

What is signed, MACed or hashed must be the received bytes, so the readers
below cut them out of the message instead of encoding a decoded value again.
"""
from pyasn1.codec.der import decoder, encoder
from pyasn1.type import univ


class Der(bytes):
    """Bytes that are a complete DER value already."""


def header(tag, n):
    if n < 0x80:
        return bytes([tag, n])
    size = n.to_bytes((n.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size


def wrap(tag, content):
    return header(tag, len(content)) + content


def elements(der):
    """The elements inside one constructed TLV, each with its header."""
    _, at, end = _span(der, 0)
    found = []
    while at < end:
        _, _, after = _span(der, at)
        found.append(der[at:after])
        at = after
    return found


def _span(der, at):
    """Tag, start and end of the content of the TLV at an offset."""
    tag, n, start = der[at], der[at + 1], at + 2
    if n & 0x80:
        size = n & 0x7f
        n = int.from_bytes(der[start:start + size], "big")
        start += size
    return tag, start, start + n


def parse(der, spec):
    """Decode exactly one value; ValueError says why it is none."""
    try:
        value, rest = decoder.decode(bytes(der), asn1Spec=spec)
    except Exception as e:  # pyasn1 lets IndexError and others through
        raise ValueError(str(e).split(", tagSet")[0][:200]) from e
    if rest:
        raise ValueError("%d octets after the value" % len(rest))
    return value


class _SequenceEncoder:
    """Writes the fields that are there. The one of pyasn1 drops an optional
    field that is an empty SEQUENCE OF, such as the NULL-DN subject of a
    template, or else invents optional fields whose own are all optional."""

    def encode(self, value, asn1Spec=None, encodeFun=None, **options):
        der = b""
        for at, kind in enumerate(value.componentType.namedTypes):
            item = value.getComponentByPosition(at, default=None,
                                                instantiate=False)
            if item is None and not (kind.isOptional or kind.isDefaulted):
                raise ValueError("%s is missing" % kind.name)
            if item is not None \
                    and not (kind.isDefaulted and item == kind.asn1Object):
                der += encodeFun(item, None, **options)
        for tag in value.tagSet.superTags:
            der = wrap(tag.tagClass | tag.tagFormat | tag.tagId, der)
        return der


def _encoder():
    """Newer releases of pyasn1 write the names of the tables in capitals."""
    new = hasattr(encoder, "TYPE_MAP")
    tags = encoder.TAG_MAP if new else encoder.tagMap
    types = dict(encoder.TYPE_MAP if new else encoder.typeMap)
    types[univ.Sequence.typeId] = _SequenceEncoder()
    return encoder.Encoder(tags, types)


encode = _encoder()


def field(sequence, name):
    """A field, or None if it is absent; pyasn1 would invent an empty one."""
    return sequence.getComponentByName(name, default=None, instantiate=False)


def octets(sequence, name):
    value = field(sequence, name)
    return None if value is None else bytes(value)


def build(spec, value):
    """A value of the type of spec out of dict, list, (choice, value) and
    plain values; fields that are None are left out."""
    if isinstance(value, Der):
        return parse(_retag(spec, value), spec)
    if isinstance(spec, univ.Choice):
        return _build_fields(spec, dict([value]))
    if isinstance(spec, univ.Sequence):
        return _build_fields(spec, value)
    if isinstance(spec, (univ.SequenceOf, univ.SetOf)):
        made = spec.clone()
        made.clear()
        for at, item in enumerate(value):
            _put(made, at, build(spec.componentType, item))
        return made
    if isinstance(spec, univ.BitString) and isinstance(value, bytes):
        return spec.clone(hexValue=value.hex())
    return spec.clone(value)


def _build_fields(spec, fields):
    made = spec.clone()
    for name, value in fields.items():
        if value is not None:
            at = spec.componentType.getPositionByName(name)
            kind = spec.componentType.getTypeByPosition(at)
            _put(made, at, build(kind, value))
    return made


def _put(made, at, value):
    """A copy of a type loses the form of its size constraints in pyasn1
    0.4, so only the tags are compared."""
    made.setComponentByPosition(at, value, matchConstraints=False)


def _retag(spec, der):
    """Put the context tags of a field on a value that has none yet."""
    plain = spec.__class__().tagSet
    if spec.tagSet == plain:
        return der
    outer = [t.tagClass | t.tagFormat | t.tagId for t in spec.tagSet.superTags]
    if len(spec.tagSet) == len(plain):
        return bytes([outer[-1]]) + der[1:]
    for tag in outer[len(plain):]:
        der = wrap(tag, der)
    return der
