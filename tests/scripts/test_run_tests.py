# SPDX-License-Identifier: Apache-2.0
"""scripts/run-tests: what it counts, and whose names it keeps."""
import json
import os
import subprocess
import tempfile
import unittest

SCRIPT = os.path.abspath(os.path.join(
    os.path.dirname(__file__), "../../scripts/run-tests"))


class RunTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def program(self, path, *lines, status=0):
        full = os.path.join(self.folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w") as f:
            f.write("#!/bin/sh\ncat <<'E'\n%s\nE\nexit %d\n"
                    % ("\n".join(lines), status))
        os.chmod(full, 0o755)
        return path

    def record(self, *programs, status=0):
        done = subprocess.run([SCRIPT, "--record", "record.json", *programs],
                              cwd=self.folder, stdout=subprocess.PIPE)
        self.assertEqual(done.returncode, status, done.stdout)
        with open(self.folder + "/record.json") as f:
            return json.load(f)

    def test_names(self):
        a = self.program("build/gcc/tests/unit/test_a", "1..3",
                         "ok 1 - test_one", "ok 2 - LCP-1.1-01 a row",
                         "ok 3 - test_three # SKIP not here")
        self.assertEqual(self.record(a), {"tests": 2, "passed": {
            "unit/test_a": ["LCP-1.1-01 a row", "test_one"]}})

    def test_left_out_in_one_variant(self):
        a = self.program("build/gcc/tests/unit/test_a", "1..1",
                         "ok 1 - test_one")
        b = self.program("build/clang/tests/unit/test_a", "1..1",
                         "ok 1 - test_one # SKIP not here")
        self.assertEqual(self.record(a, b), {
            "tests": 1, "passed": {"unit/test_a": ["test_one"]}})

    def test_failed_in_one_variant(self):
        a = self.program("build/gcc/tests/unit/test_a", "1..2",
                         "ok 1 - test_one", "ok 2 - test_two")
        b = self.program("build/clang/tests/unit/test_a", "1..2",
                         "not ok 1 - test_one", "ok 2 - test_two", status=1)
        self.assertEqual(self.record(a, b, status=1), {
            "tests": 3, "passed": {"unit/test_a": ["test_two"]}})

    def test_left_out_as_cmocka_says_it(self):
        a = self.program("build/gcc/tests/unit/test_a", "1..2",
                         "not ok 1 # SKIP test_one", "ok 2 - test_two")
        self.assertEqual(self.record(a), {
            "tests": 1, "passed": {"unit/test_a": ["test_two"]}})

    def test_less_than_planned(self):
        a = self.program("build/gcc/tests/unit/test_a", "1..2",
                         "ok 1 - test_one")
        self.record(a, status=1)


if __name__ == "__main__":
    unittest.main()
