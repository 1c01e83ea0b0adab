# SPDX-License-Identifier: Apache-2.0
"""Which part of the project owns which bytes of a firmware image: from the
ELF file and the map that GNU ld wrote beside it."""

import collections
import re
import subprocess

# What a file's name says of its owner; the first that fits.
#
# Mbed TLS is in two: X.509 is what is there because certificates are read.
# That takes pk, asn1 and oid along: PSA has its own way to keys, and its RSA
# and ECDSA use little of asn1.
OWNERS = [
    (r'/libmbedtls\.a\((x509|pk|asn1|oid|pem|base64)', 'mbedtls-x509'),
    (r'/libmbedtls\.a\(', 'mbedtls-crypto'),
    (r'/liblwip\.a\(', 'lwip'),
    (r'\blib(c|g|m|gcc|nosys|semihost)(_nano)?\.a\(|/crt\w+\.o$', 'libc'),
    (r'(?:^|/)port/(\w+)/', r'port/\1'),
    (r'(?:^|/)crypto/psa/', 'provider'),
    (r'(?:^|/)src/\w+\.o$', 'core'),
    (r'(?:^|/)boards/common/', 'application'),
    (r'(?:^|/)boards/', 'board'),
    (r'^linker stubs$', 'linker'),
]
FILL = 'fill'

Section = collections.namedtuple('Section', 'name address size nobits writes')
Part = collections.namedtuple('Part', 'section address size owner')

NUMBERS = r'\s+0x([0-9a-f]+)\s+0x([0-9a-f]+)'
OUTPUT_LINE = re.compile(r'([.\w]\S*)' + NUMBERS)
INPUT_LINE = re.compile(r' (\S+)' + NUMBERS + r'(?: (.*))?$')


def owner_of(name):
    for pattern, owner in OWNERS:
        match = re.search(pattern, name)
        if match:
            return match.expand(owner)
    return 'other'


def readelf(option, elf):
    return subprocess.run(['readelf', option, '-W', elf], check=True,
                          stdout=subprocess.PIPE, text=True).stdout


def sections(elf):
    """What takes memory in the device."""
    found = []
    for line in readelf('-S', elf).splitlines():
        match = re.match(r'\s*\[ *\d+\] (\S+) +(\S+) +(\w+) \w+ (\w+) \w+ '
                         r'+([A-Zop]*) ', line)
        if match and 'A' in match[5]:
            name, kind, address, size, flags = match.groups()
            found.append(Section(name, int(address, 16), int(size, 16),
                                 kind == 'NOBITS', 'W' in flags))
    return found


def symbols(elf):
    """Name -> address, without the bit that says Thumb."""
    found = {}
    for line in readelf('-s', elf).splitlines():
        match = re.match(r' *\d+: (\w+) +\S+ +FUNC .* (\S+)$', line)
        if match:
            found[match[2]] = int(match[1], 16) & ~1
    return found


def parts(path):
    """The pieces of the image, as the map has them, fill included."""
    with open(path, encoding='utf-8') as f:
        _, _, text = f.read().partition('\nLinker script and memory map\n')
    if not text:
        raise ValueError(f'{path} is no map of a finished link')
    # A long name has a line of its own.
    text = re.sub(r'^( ?\S+)\n +(?=0x[0-9a-f]+ +0x)', r'\1 ', text,
                  flags=re.M)
    section = None
    found = []
    for line in text.splitlines():
        out = OUTPUT_LINE.match(line)
        if out:
            section = out[1]
        match = INPUT_LINE.match(line)
        if match and int(match[3], 16):
            owner = FILL if match[1] == '*fill*' else owner_of(match[4] or '')
            found.append(Part(section, int(match[2], 16), int(match[3], 16),
                              owner))
    found = [clipped(*pair) for pair in zip(found, [*found[1:], None])]
    return [p for p in found if p.size]


def clipped(part, after):
    """Strings that were merged into those of an earlier file are still in the
    map, at the address of what comes behind them."""
    if after is None or after.section != part.section:
        return part
    return part._replace(size=min(part.size, after.address - part.address))
