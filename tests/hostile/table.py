# SPDX-License-Identifier: Apache-2.0
"""All cases, in a fixed order."""
import collections

import cases_certs
import cases_fields
import cases_holes
import cases_http
import cases_pbmac1
import cases_polling
import cases_protection
import cases_replay
import cases_texts
import cases_values

_MESSAGES = (cases_holes, cases_values, cases_texts, cases_replay,
             cases_polling)
_TRUST = (cases_protection, cases_pbmac1, cases_certs, cases_http,
          cases_fields)

# The groups, in two halves.
MESSAGES = tuple(m.GROUP for m in _MESSAGES)
TRUST = tuple(m.GROUP for m in _TRUST) + (cases_fields.FORGED,)


def cases(seen, options):
    """Of the generated cases every so many; those made by hand always."""
    found = [c for m in _MESSAGES + _TRUST for c in m.cases(seen)]
    names = collections.Counter(c.name for c in found)
    twice = [name for name in names if names[name] > 1]
    assert not twice, "two cases have the same name: %s" % twice
    assert {c.group for c in found} == set(MESSAGES + TRUST)
    groups = options.group or MESSAGES + TRUST
    return [c for i, c in enumerate(found)
            if (c.special or i % options.every == 0)
            and c.group in groups and options.only in c.name]
