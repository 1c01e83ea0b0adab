# SPDX-License-Identifier: Apache-2.0
"""Where fuzzing starts from: inputs made of the test vectors."""

import base64
import glob
import hashlib
import os
import re

VECTORS = 'tests/vectors'
LONGEST = 4096


def read(path):
    with open(path, 'rb') as f:
        return f.read()


def pem(path):
    text = read(path).decode()
    for body in re.findall('-----BEGIN [^-]*-----([^-]*)-----', text):
        yield base64.b64decode(body)


def hex_column(path):
    """The first field of each line; "+N" stands for N octets of zero."""
    for line in read(path).decode().splitlines():
        m = re.match(r'((?:[0-9a-f]{2})*)(\+\d+)?(\s|$)', line)
        if m and (m[1] or m[2]):
            yield bytes.fromhex(m[1]) + bytes(int(m[2] or 0))


def message():
    for path in glob.glob(f'{VECTORS}/cmp/*.der'):
        yield read(path)
    for path in glob.glob(f'{VECTORS}/**/*.crt', recursive=True):
        yield from pem(path)
    for path in glob.glob(f'{VECTORS}/der/*.txt'):
        yield from hex_column(path)


def engine():
    """Each fault of the peer in each answer of each kind of transaction; see
    the comment in fuzz_engine.c."""
    honest, calm = bytes([0, 0]), bytes(4)
    for setup in (0, 1, 2, 3, 4, 7, 8, 0x18, 0x60, 0xc0):
        for peer in (0, 1, 2, 8, 0x18, 0x20):
            yield bytes([setup, peer]) + calm + honest * 2
            yield bytes([setup, peer, 0, 0, 7, 0]) + honest * 3
        for fault in range(80):
            yield bytes([setup, 0]) + calm + bytes([fault, 0]) + honest
            yield bytes([setup, 0]) + calm + honest + bytes([fault, 0])
    for setup in (0, 3):
        for fails in range(1, 40):
            yield bytes([setup, 0, fails, 0, 0, 0]) + honest * 2
            yield bytes([setup, 0, 0, fails, 0, 0]) + honest * 2
        for peer in (0x40, 0x80, 0xc0):
            for polls in (0, 0x10, 0x20, 0x0e):
                yield (bytes([setup, peer, 0, 0, 0, polls]) + honest +
                       b'\0' + honest + b'\3' + calm[:3] + b'\1' + honest * 4)
    for setup in (0, 1, 3):
        for more in range(0xf8, 0x100):
            asks = bytes([0, 0, more, 0])
            yield bytes([setup, 0]) + asks + honest * 2
            yield bytes([setup, 0x40]) + asks + honest * 2 + asks + honest * 3
            for element in range(0, 60, 3):
                edit = bytes([1, element % 7, 0, element, 2, 5, 0])
                yield (bytes([setup, 0]) + asks + bytes([0]) + edit + honest +
                       asks + honest * 2)
    for change in range(7):
        for element in range(0, 60, 2):
            edit = bytes([1, change, 0, element, 2, 5, 0])
            yield bytes([3, 0]) + calm + bytes([0]) + edit + honest


def http():
    heads = [b'', b'Content-Length: 5\r\n', b'Connection: close\r\n',
             b'Transfer-Encoding: chunked\r\n', b'Retry-After: 60\r\n',
             b'Transfer-Encoding: chunked\r\nContent-Length: 5\r\n']
    bodies = [b'', b'12345', b'123456789', b'5\r\n12345\r\n0\r\n\r\n',
              b'3;a=b\r\n123\r\n2\r\n45\r\n0\r\nX: y\r\n\r\n']
    lines = [b'HTTP/1.1 200 OK', b'HTTP/1.0 200', b'HTTP/1.1 503 Busy',
             b'HTTP/1.1 100 Go on\r\n\r\nHTTP/1.1 200 OK']
    for line in lines:
        for head in heads:
            for body in bodies:
                yield (b'\x01\x02\x03\x00' + line +
                       b'\r\nContent-Type: application/pkixcmp\r\n' + head +
                       b'\r\n' + body)


def journal():
    yield from hex_column(f'{VECTORS}/der/journal.txt')


def cms():
    for path in glob.glob(f'{VECTORS}/cms/*.der'):
        yield read(path)


def crl():
    for path in glob.glob(f'{VECTORS}/crl/*.der'):
        yield read(path)


SEEDS = {'message': message, 'engine': engine, 'http': http,
         'journal': journal, 'cms': cms, 'crl': crl}


def write(target, folder):
    os.makedirs(folder, exist_ok=True)
    for data in SEEDS[target]():
        if len(data) <= LONGEST:
            name = hashlib.sha256(data).hexdigest()[:16]
            with open(f'{folder}/{name}', 'wb') as f:
                f.write(data)
