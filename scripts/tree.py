# SPDX-License-Identifier: Apache-2.0
"""The files of the tree that people write: not built, not ignored by git."""

import os
import subprocess

BUILT = ('.git', 'build', '__pycache__')


def files():
    """What git has or would take; all files where there is no git."""
    git = subprocess.run(
        ['git', 'ls-files', '-z', '--cached', '--others',
         '--exclude-standard'], stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, check=False) \
        if os.path.exists('.git') else None
    if git and git.returncode == 0:
        return sorted(p for p in set(git.stdout.split('\0'))
                      if os.path.isfile(p))
    found = []
    for folder, folders, names in os.walk('.'):
        folders[:] = [x for x in folders if x not in BUILT]
        found += [os.path.normpath(os.path.join(folder, x)) for x in names]
    return sorted(found)


def is_make(path):
    return path.endswith('.mk') or os.path.basename(path) == 'Makefile'


def is_python(path, text):
    return path.endswith('.py') or text.startswith('#!/usr/bin/python3')


def is_source(path):
    return (path.endswith(('.c', '.h', '.py', '.sh')) or is_make(path)
            or os.access(path, os.X_OK) or path == 'Kconfig')


def sources():
    return [p for p in files() if is_source(p)]
