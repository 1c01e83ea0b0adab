# SPDX-License-Identifier: Apache-2.0
"""The values that faults take, and how they are read."""
import schema

REQUIRED = object()


class Parameter:
    """A fault that takes a value: read() turns its text into the value, and
    make() the value into the dictionary of stages. Without a default the
    value must be given."""

    def __init__(self, read, make, default=REQUIRED):
        self._read = read
        self._make = make
        self._default = default

    def stages(self, name, text):
        if text is None and self._default is REQUIRED:
            raise ValueError("fault '%s' needs a value" % name)
        try:
            value = self._default if text is None else self._read(text)
        except ValueError as e:
            raise ValueError("fault '%s': %s" % (name, e)) from e
        return self._make(value)


def number(text):
    return int(text)


def count(text):
    value = int(text)
    if value < 0:
        raise ValueError("'%s' is negative" % text)
    return value


def days(text):
    value = int(text)
    if not -10000 <= value <= 1000000:
        raise ValueError("'%s' is not from -10000 to 1000000" % text)
    return value


def seconds(text):
    value = float(text)
    if not 0 <= value <= 3600:
        raise ValueError("'%s' is not from 0 to 3600" % text)
    return value


def hexadecimal(text):
    return bytes.fromhex(text)


def line(text):
    if not text.isprintable():
        raise ValueError("not printable")
    return text


def one_of(table):
    """Reads a key of a table into its value."""
    def read(text):
        if text not in table:
            raise ValueError("'%s' is none of %s" % (text, ", ".join(table)))
        return table[text]
    return read


def status(text):
    """A PKIStatus by name or number; there need not be such a status."""
    if text in schema.PKI_STATUS:
        return schema.PKI_STATUS.index(text)
    return int(text)


def failure(text):
    """A bit of PKIFailureInfo by name or number, as a bit string."""
    if text in schema.FAIL_INFO:
        bit = schema.FAIL_INFO.index(text)
    else:
        bit = count(text)
    if bit > 1000:
        raise ValueError("bit %d is too far" % bit)
    return "'%s1'B" % ("0" * bit)
