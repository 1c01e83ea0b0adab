# SPDX-License-Identifier: Apache-2.0
"""Bytes of the core on Cortex-M4 -Os, as options and profiles have it."""

import collections
import glob
import os
import re
import subprocess

ARM = ['arm-none-eabi-gcc', '-std=c99', '-mcpu=cortex-m4', '-mthumb', '-Os',
       '-ffreestanding', '-ffunction-sections', '-fdata-sections', '-Iinclude',
       '-Isrc']
OUT = 'build/figures'
HOST = 'boards/host/defconfig'

# Counted apart: what outlives a transaction belongs to the life of a device,
# not to CMP, and no other client has it.
LIFE = ('journal', 'record', 'engine_identity', 'engine_resume', 'engine_peer',
        'lifecycle')
TRUST = ('gentime', 'validity', 'anchors', 'engine_anchors')

# Options that are on by default, and beyond the base.
BASE = {'WITH_PBMAC1': False, 'WITH_CHUNKED': False}
# What the smallest comparable client has not.
PEER = {**BASE, 'WITH_POLLING': False}
# Enrols with the certificate of its maker, and renews. Without signatures
# there would be no renewal, so a secret alone is of less use.
MINIMAL = {**PEER, 'WITH_PBM': False}

# What RFC 9483 has for an end entity, over HTTP, with either MAC.
RFC9483 = ('WITH_P10CR', 'WITH_RR', 'WITH_GENM', 'WITH_CERT_PROFILE',
           'WITH_CENTRAL_KEY', 'WITH_CRL', 'WITH_PBMAC1', 'WITH_CHUNKED')

# default: whether it is on; needs: what else has to be on for it
Option = collections.namedtuple('Option', 'default needs')


def run(*words, **more):
    return subprocess.run(words, check=True, stdout=subprocess.PIPE,
                          text=True, **more).stdout


def compile_arm(sources, name, flags):
    folder = f'{OUT}/{name}'
    os.makedirs(folder, exist_ok=True)
    objects = []
    for source in sources:
        objects.append(f'{folder}/{os.path.basename(source)[:-2]}.o')
        run(*ARM, *flags, '-c', source, '-o', objects[-1])
    return objects


def sizes(objects):
    """(text and constants, static RAM)"""
    lines = run('arm-none-eabi-size', '-t', *objects).splitlines()
    text, data, bss = map(int, lines[-1].split()[:3])
    return text + data, data + bss


def part_of(source):
    name = os.path.basename(source)
    return ('life' if name.startswith(LIFE)
            else 'trust' if name.startswith(TRUST) else 'core')


def core_sources(*parts):
    return [s for s in sorted(glob.glob('src/*.c')) if part_of(s) in parts]


def flags_of(values):
    return [f'-DLWCMP_{name}={int(on)}' for name, on in values.items()]


def text_of(name, values, *parts):
    """Bytes of these parts of the core, with options that differ."""
    return sizes(compile_arm(core_sources(*parts), name, flags_of(values)))[0]


def options():
    """The options of Kconfig that switch parts of the library."""
    with open('Kconfig', encoding='utf-8') as f:
        blocks = re.split(r'^config ', f.read(), flags=re.M)[1:]
    found = {}
    for block in blocks:
        name = block.split()[0]
        needs = ' '.join(re.findall(r'^ +(?:depends on|select) (.*)', block,
                                    re.M))
        if name.startswith('WITH_'):
            found[name] = Option(
                re.search(r'^ +default y', block, re.M) is not None,
                re.findall(r'(?<!!)\bWITH_\w+', needs))
    return found


def with_option(values, name, known):
    """These options and one more, with all that it needs."""
    values = dict(values)
    left = [name]
    while left:
        name = left.pop()
        values[name] = True
        left += [n for n in known[name].needs if not values.get(
            n, known[n].default)]
    return values


def with_all(names):
    """These options, and what is on by default."""
    known = options()
    values = {name: option.default for name, option in known.items()}
    for name in names:
        values = with_option(values, name, known)
    return values


def full():
    """All of RFC 9483."""
    return with_all(RFC9483)


def everything():
    """Every option of the host."""
    with open(HOST, encoding='utf-8') as f:
        return with_all(re.findall(r'^LWCMP_(WITH_\w+)=y', f.read(), re.M))
