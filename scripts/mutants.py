# SPDX-License-Identifier: Apache-2.0
"""Makes mutants of a C file that is written in this tree's style: small
changes, each of which some test should notice."""

import bisect
import collections
import re

# `before` and `after` are the lines around the change, for people and as the
# name of the mutant.
Mutant = collections.namedtuple('Mutant', 'path function before after text')
Function = collections.namedtuple('Function', 'name result start end')

COMPARISONS = {'==': ['!='], '!=': ['=='], '<': ['<=', '>='],
               '<=': ['<', '>'], '>': ['>=', '<='], '>=': ['>', '<']}
SWAPS = {'&&': ['||'], '||': ['&&'], 'true': ['false'], 'false': ['true'],
         ' + ': [' - '], ' - ': [' + '], ' | ': [' & '], ' & ': [' | '],
         '<<': ['>>'], '>>': ['<<'], '++': ['--'], '--': ['++']}
SKIPPED = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])+\'|'
                     r'^[ \t]*#(?:\\\n|.)*', re.S | re.M)
TOKEN = re.compile(r'==|!=|<=|>=|&&|\|\||<<|>>|->|\+\+|--|'
                   r'(?<= )[<>](?= )| [-+|&] (?=[\w(*~!])|\btrue\b|\bfalse\b')
NUMBER = re.compile(r'\b(0x[0-9a-fA-F]+|\d+)(?=u?\b)')
DECLARATION = re.compile(r'\s*(static|const|struct|enum|unsigned|int|char|bool'
                         r'|size_t|u?int\d+_t)\b')
KEYWORD = re.compile(r'\s*(if|for|while|switch|return|do|else|goto|continue)\b')
LABEL = re.compile(r'\s*(case [^:;]*|default):')
ROW = re.compile(r'^    \{.*\},\n', re.M)


def blank(text):
    """Comments, strings and directives become blanks, lines stay lines."""
    def spaces(m):
        return re.sub(r'[^\n]', ' ', m[0])
    # A directive ends with its line, not with the file.
    pattern = SKIPPED.pattern.replace(r'(?:\\\n|.)*', r'(?:\\\n|[^\n])*')
    return re.sub(pattern, spaces, text, flags=re.S | re.M)


def functions_of(code):
    """A body begins and ends with a brace in the first column."""
    for m in re.finditer(r'^([\w \*]+?)(\w+)\(([^;{}]*)\)\n\{\n(.*?)^\}', code,
                         re.S | re.M):
        yield Function(m[2], m[1].replace('static', '').strip(),
                       m.start(4), m.end(4))


def closing(code, start):
    """Where the parenthesis that opens at start is closed."""
    depth = 0
    for i in range(start, len(code)):
        depth += {'(': 1, ')': -1}.get(code[i], 0)
        if depth == 0:
            return i
    raise ValueError('a parenthesis is left open')


def in_declared_size(code, at):
    """A number between brackets of a declaration is the room of an array."""
    line = code[code.rfind('\n', 0, at) + 1:at]
    return bool(DECLARATION.match(line) and re.search(r'\w\[[^\]]*$', line))


def tokens(code, f):
    for m in TOKEN.finditer(code, f.start, f.end):
        for other in COMPARISONS.get(m[0], SWAPS.get(m[0], [])):
            yield m.start(), m.end(), other
    for m in re.finditer(r'!(?!=)', code[f.start:f.end]):
        yield f.start + m.start(), f.start + m.end(), ''


def numbers(code, f):
    for m in NUMBER.finditer(code, f.start, f.end):
        value = int(m[1], 0)
        if not in_declared_size(code, m.start()):
            yield m.start(1), m.end(1), str(value + 1)
            if value > 0:
                yield m.start(1), m.end(1), str(value - 1)


def conditions(code, f):
    """Not where turning round a comparison does the same."""
    for m in re.finditer(r'\b(?:if|while) \(', code[f.start:f.end]):
        start = f.start + m.end() - 1
        end = closing(code, start) + 1
        inside = code[start:end]
        if not re.match(r'\(!?[^&|]*(==|!=)[^&|]*\)$|\(![\w.>()&, -]*\)$',
                        inside):
            yield start, end, f'(!{inside})'


def statements(code, f):
    """Start and end of what ends with a semicolon outside parentheses."""
    start, depth = f.start, 0
    for i in range(f.start, f.end):
        c = code[i]
        depth += {'(': 1, ')': -1}.get(c, 0)
        if depth == 0 and c in ';{}':
            if c == ';':
                begin = start
                while LABEL.match(code, begin, i):
                    begin = LABEL.match(code, begin, i).end()
                yield begin, i
            start = i + 1


def removals(code, f):
    for start, end in statements(code, f):
        text = code[start:end]
        if (text.strip() and not DECLARATION.match(text)
                and not KEYWORD.match(text) and '}' not in text):
            yield start + len(text) - len(text.lstrip()), end, ''


def returns(code, f):
    others = {'bool': ['true', 'false'], 'void': []}.get(f.result, ['0', '1'])
    if f.result.startswith('struct') or '*' in f.result:
        others = []
    for m in re.finditer(r'\breturn ([^;]+);', code[f.start:f.end]):
        if m[1] not in ('true', 'false') and not m[1].isdigit():
            for other in others:
                yield f.start + m.start(1), f.start + m.end(1), other


def rows(code):
    """A row of a table that stands outside functions is removed."""
    for m in ROW.finditer(code):
        name = re.findall(r'(\w+)(?:\[\w*\])+ = \{', code[:m.start()])
        yield Function(name[-1] if name else '?', '', 0, 0), \
            (m.start(), m.end() - 1, '')


def changes(code):
    bodies = list(functions_of(code))
    for f in bodies:
        for kind in (tokens, numbers, conditions, removals, returns):
            for change in kind(code, f):
                yield f, change
    starts = [f.start for f in bodies]
    for f, change in rows(code):
        i = bisect.bisect(starts, change[0]) - 1
        if i < 0 or change[0] > bodies[i].end:
            yield f, change


def lines_around(text, start, end):
    first = text.rfind('\n', 0, start) + 1
    last = text.find('\n', end)
    return first, last


def squeeze(text):
    return re.sub(r'\s+', ' ', text).strip()


def mutants_of(path):
    with open(path, encoding='utf-8') as f:
        text = f.read()
    seen = set()
    for function, (start, end, other) in changes(blank(text)):
        changed = text[:start] + other + text[end:]
        first, last = lines_around(text, start, end)
        if changed not in seen:
            seen.add(changed)
            yield Mutant(path, function.name, squeeze(text[first:last]),
                         squeeze(text[first:start] + other + text[end:last]),
                         changed)
