# SPDX-License-Identifier: Apache-2.0
"""The hostile peer in short, for `make test`: every case made by hand, and
some of the generated ones. `make hostile` runs all."""
import collections
import io
import unittest

import campaign
import runner

# No divisor in common with the 9 changes of a field.
OPTIONS = ["--every", "31", "--honest-every", "11"]


def _test(group):
    def test(self):
        self.assertTrue(self.results[group])
        text = io.StringIO()
        for result in self.results[group]:
            if result.problems:
                runner.report(result, text)
        self.assertFalse(text.getvalue(), text.getvalue())
    return test


def tests(groups):
    """A TestCase with a test for each group."""
    def run(cls):
        words = sum((["--group", group] for group in groups), OPTIONS)
        cls.results = collections.defaultdict(list)
        for result in campaign.results(campaign.arguments(words)):
            cls.results[result.group].append(result)

    methods = {"test_" + group.replace(" ", "_"): _test(group)
               for group in groups}
    return type("Hostile", (unittest.TestCase,),
                dict(methods, setUpClass=classmethod(run)))
