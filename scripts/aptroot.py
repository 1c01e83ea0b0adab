# SPDX-License-Identifier: Apache-2.0
"""apt with an index of its own in a folder: no root rights, and nothing of the
machine's own apt is touched."""

import os
import subprocess


def make(root, sources):
    """Prepares a folder for the given source lines."""
    for folder in ('etc/sources.list.d', 'etc/apt.conf.d', 'etc/preferences.d',
                   'state/lists/partial', 'cache/archives/partial'):
        os.makedirs(f'{root}/{folder}')
    open(f'{root}/status', 'w').close()
    with open(f'{root}/etc/sources.list.d/newer.list', 'w') as f:
        f.writelines(sources)


def run(root, *command):
    """Runs apt-get or apt-cache: exit status, output, error output."""
    options = [f'Dir::Etc={root}/etc', 'Dir::Etc::sourcelist=/dev/null',
               f'Dir::Etc::sourceparts={root}/etc/sources.list.d',
               f'Dir::State={root}/state', f'Dir::Cache={root}/cache',
               f'Dir::State::status={root}/status', 'APT::Sandbox::User=']
    flags = [x for o in options for x in ('-o', o)]
    done = subprocess.run([command[0], '-q', *flags, *command[1:]], cwd=root,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, check=False)
    return done.returncode, done.stdout, done.stderr
