#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What a fleet did in an outage of its CA: a table, limits, a plot.

usage: tests/fleet/fleet.py PROGRAM --json FILE --plot FILE [--write]

Runs the simulation, prints and judges its numbers and writes the figures.
The plot has to be what the file says, or is written with --write.
"""

import argparse
import html
import json
import math
import subprocess
import sys

# Of fleet.c.
HOURS = 12
OUTAGE = (2, 6)

# run: (words, colour)
RUNS = {
    'with_jitter': ('a moment of its own, and jitter (the default)',
                    '#0b5fad'),
    'without_spread': ('jitter alone', '#d97706'),
    'without_jitter': ('neither', '#9aa0a6'),
}
# (run, number, limit, whether the limit is a floor)
LIMITS = [
    ('with_jitter', 'peak_rate', 50, False),
    ('with_jitter', 'recovery_seconds', 3600, False),
    ('with_jitter', 'not_recovered', 0, False),
    ('with_jitter', 'affected', 1000, True),
    ('without_spread', 'peak_rate_after_outage', 100, False),
    ('without_spread', 'recovery_seconds', 3600, False),
    ('without_spread', 'not_recovered', 0, False),
    ('without_spread', 'affected', 10000, True),
    ('without_jitter', 'peak_rate', 1000, True),
]
FIGURES = {
    'fleet_peak_rate_with_jitter': ('with_jitter', 'peak_rate'),
    'fleet_peak_rate_without_jitter': ('without_jitter', 'peak_rate'),
    'fleet_recovery_seconds': ('with_jitter', 'recovery_seconds'),
}

WIDTH, HEIGHT = 840, 420
LEFT, RIGHT, TOP, BOTTOM = 70, 820, 84, 370
DECADES = 5  # from 1 to 100,000 requests per second


def simulate(program):
    out = subprocess.run([program], check=True, stdout=subprocess.PIPE,
                         text=True).stdout
    runs = {}
    for line in out.splitlines():
        name, *values = line.split()
        if name == 'run':
            run = runs[values[0]] = {}
        elif name == 'rates':
            run[name] = [int(v) for v in values]
        else:
            run[name] = int(values[0])
    return runs


def show(runs):
    print(f'  {"":<24}' + ''.join(f'{name:>16}' for name in runs))
    for number in next(iter(runs.values())):
        if number != 'rates':
            print(f'  {number:<24}' + ''.join(
                f'{run[number]:>16}' for run in runs.values()))


def judge(runs):
    for name, number, limit, floor in LIMITS:
        value = runs[name][number]
        if value < limit if floor else value > limit:
            yield (f'{name}: {number} is {value}, '
                   f'{"at least" if floor else "at most"} {limit} is due')


def across(hours):
    return LEFT + (RIGHT - LEFT) * hours / HOURS


def up(rate):
    return BOTTOM - (BOTTOM - TOP) * math.log10(max(rate, 1)) / DECADES


def text(x, y, words, anchor='middle', more=''):
    return (f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}"{more}>'
            f'{html.escape(words)}</text>')


def axes():
    begin, end = map(across, OUTAGE)
    yield (f'<rect x="{begin:.0f}" y="{TOP}" width="{end - begin:.0f}" '
           f'height="{BOTTOM - TOP}" fill="#f1f3f4"/>')
    yield text((begin + end) / 2, TOP + 16, 'the CA is away', more=
               ' fill="#5f6368"')
    for decade in range(DECADES + 1):
        y = up(10 ** decade)
        yield (f'<path d="M{LEFT} {y:.0f}H{RIGHT}" stroke="#dadce0" '
               f'stroke-width="1"/>')
        yield text(LEFT - 8, y + 4, f'{10 ** decade:,}', 'end')
    for hour in range(HOURS + 1):
        yield text(across(hour), BOTTOM + 18, str(hour))
    yield text((LEFT + RIGHT) / 2, HEIGHT - 10, 'hours')
    middle = (TOP + BOTTOM) // 2
    yield text(16, middle, 'requests per second', more=
               f' transform="rotate(-90 16 {middle})"')


def curve(rates, colour):
    points = ' '.join(f'{across(HOURS * i / len(rates)):.1f},{up(rate):.1f}'
                      for i, rate in enumerate(rates))
    return (f'<polyline points="{points}" fill="none" stroke="{colour}" '
            f'stroke-width="1.5"/>')


def legend(runs):
    for i, (name, (words, colour)) in enumerate(RUNS.items()):
        y = 34 + 16 * i
        rate = runs[name]['peak_rate']
        yield (f'<path d="M{LEFT} {y - 4}h24" stroke="{colour}" '
               f'stroke-width="3"/>')
        yield text(LEFT + 32, y, f'{words}: at most {rate:,} requests in a '
                   'second', 'start')


def draw(runs):
    title = '100,000 devices, a CA that is away for four hours, ' \
        'the busiest second of every two minutes'
    return '\n'.join([
        '<!-- SPDX-License-Identifier: Apache-2.0 -->',
        '<!-- Written by make fleet-plot. -->',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" '
        f'height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12" fill="#202124">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        text(LEFT, 16, title, 'start', ' font-weight="bold"'),
        *axes(), *legend(runs),
        *(curve(runs[name]['rates'], RUNS[name][1])
          for name in reversed(RUNS)),
        '</svg>', ''])


def check_plot(path, drawn, write):
    if write:
        with open(path, 'w', encoding='ascii') as f:
            f.write(drawn)
        return
    try:
        with open(path, encoding='ascii') as f:
            same = f.read() == drawn
    except FileNotFoundError:
        same = False
    if not same:
        yield f'{path} is not what the fleet did: make fleet-plot'


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('program')
    parser.add_argument('--json', required=True)
    parser.add_argument('--plot', required=True)
    parser.add_argument('--write', action='store_true')
    args = parser.parse_args()

    runs = simulate(args.program)
    show(runs)
    with open(args.json, 'w', encoding='ascii') as f:
        json.dump({name: runs[run][number]
                   for name, (run, number) in FIGURES.items()}, f, indent=2)
    sys.exit('\n'.join([*judge(runs), *check_plot(
        args.plot, draw(runs), args.write)]) or None)


if __name__ == '__main__':
    main()
