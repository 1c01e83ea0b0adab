# SPDX-License-Identifier: Apache-2.0
"""The archives of the running Debian or Ubuntu, as its apt sources name them.

Both forms of source file are read, and mirror lists. Archives of other
parties, told by their suites, are left out.
"""

import collections
import glob
import re

Archive = collections.namedtuple('Archive', 'uri suites components')


def read(path):
    try:
        with open(path, encoding='utf-8') as f:
            return f.read()
    except OSError:
        return ''


def release():
    return dict(re.findall(r'^(\w+)="?(.*?)"?$', read('/etc/os-release'),
                           re.M))


def one_line(text):
    for line in text.splitlines():
        words = re.sub(r'\[.*?\]|#.*', ' ', line).split()
        if len(words) >= 4 and words[0] in ('deb', 'deb-src'):
            yield Archive(words[1], [words[2]], words[3:])


def deb822(text):
    for paragraph in re.split(r'\n\s*\n', text):
        lines = [x for x in paragraph.splitlines() if not x.startswith('#')]
        fields = {k.lower(): v.split() for k, v in re.findall(
            r'^([\w-]+):((?:.*\n?)(?:[ \t].*\n?)*)', '\n'.join(lines), re.M)}
        if fields.get('enabled') != ['no']:
            for uri in fields.get('uris', []):
                yield Archive(uri, fields.get('suites', []),
                              fields.get('components', []))


def sources():
    for path in ['/etc/apt/sources.list',
                 *sorted(glob.glob('/etc/apt/sources.list.d/*.list'))]:
        yield from one_line(read(path))
    for path in sorted(glob.glob('/etc/apt/sources.list.d/*.sources')):
        yield from deb822(read(path))


def mirrors(uri):
    """Cloud images name a file that lists the mirrors."""
    listed = re.match(r'mirror\+file:/*(/.*)', uri)
    if not listed:
        return [uri]
    return [line.split()[0] for line in read(listed[1]).splitlines()
            if line.strip() and not line.startswith('#')]


def archives():
    codename = release().get('VERSION_CODENAME', '')
    found = {}
    for source in sources():
        if any(suite.split('-')[0] == codename for suite in source.suites):
            for uri in mirrors(source.uri):
                if re.match('https?://', uri):
                    at = found.setdefault(uri.rstrip('/'), source)
                    at.suites.extend(source.suites)
                    at.components.extend(source.components)
    return [Archive(uri, sorted(set(at.suites)), sorted(set(at.components)))
            for uri, at in found.items()]


def lines(kind, suites):
    """Lines of a source file: `deb` or `deb-src`, of these suites."""
    name = release().get('ID', '')
    keys = f'/usr/share/keyrings/{name}-archive-keyring.gpg'
    for archive in archives():
        if 'security' in archive.uri:
            continue
        for suite in suites:
            parts = ' '.join(archive.components)
            yield f'{kind} [signed-by={keys}] {archive.uri} {suite} {parts}\n'


def newer_suites():
    """Source lines for suites newer than the running one."""
    name = release().get('ID', '')
    yield from lines('deb-src', {'debian': ['trixie', 'sid'],
                                 'ubuntu': ['devel']}.get(name, []))
