# SPDX-License-Identifier: Apache-2.0
"""scripts/conformance on a tree of a few lines."""
import json
import os
import subprocess
import tempfile
import unittest

SCRIPT = os.path.abspath(os.path.join(
    os.path.dirname(__file__), "../../scripts/conformance"))
REQUIREMENTS = """
feature colour WITH_COLOUR
feature sound WITH_SOUND
feature taste none
== One
LCP-1.1-01 | 9483 1.1 | M | - | it is there
LCP-1.1-02 | 9483 1.1 | X | colour | it is not grey
LCP-1.1-03 | 9483 1.1 | M | sound | it rings
CMP-B-01 | 9810 B | S | - | it | <is> good
== Two
HTTP-01 | 9811 1 | M | taste | it is sweet
"""
C = """
static void test_lcp_1_1_01_lcp_1_1_02_both(void **state)
{
}
static const struct row rows[] = {{"CMP-B-01 a row"}};
"""


class Conformance(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.write("Kconfig", "config WITH_COLOUR\n")
        self.write("tests/conformance.txt", REQUIREMENTS)
        self.write("tests/conformance-decided.txt", "")
        self.write("tests/unit/deep/test_a.c", C)
        os.mkdir(self.folder + "/docs")
        self.record("test_lcp_1_1_01_lcp_1_1_02_both", "CMP-B-01 a row")

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as f:
            f.write(text)

    def record(self, *names, source="unit/deep/test_a"):
        self.write("build/tests.json", json.dumps({
            "tests": len(names), "passed": {source: names}}))

    def run_it(self, verb, status=0):
        done = subprocess.run([SCRIPT, verb], cwd=self.folder, text=True,
                              stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
        self.assertEqual(done.returncode, status, done.stdout)
        return done.stdout

    def counts(self, total, still_open, done, status=0):
        text = self.run_it("judge", status)
        with open(self.folder + "/build/conformance.json") as f:
            self.assertEqual(list(json.load(f).values()),
                             [total, still_open, done])
        return text

    def test_all_is_well(self):
        self.counts(2, 0, 3)
        self.run_it("write")
        self.run_it("check")
        with open(self.folder + "/docs/conformance.md") as f:
            text = f.read()
        self.assertIn("| CMP-B-01 | 9810 B | S | it \\| \\<is> good | done | "
                      "unit/deep/test_a: CMP-B-01 a row |", text)
        self.assertIn("| X/colour | it is not grey | done |", text)
        self.assertIn("it rings | not yet |  |", text)
        self.assertIn("it is sweet | not yet |  |", text)

    def test_a_test_that_did_not_pass(self):
        self.record("CMP-B-01 a row")
        text = self.counts(2, 2, 1, status=1)
        self.assertIn("not passed: unit/deep/test_a: test_lcp_1_1_01", text)
        self.assertIn("open: LCP-1.1-02", text)

    def test_a_test_of_that_name_in_another_file(self):
        self.record("test_lcp_1_1_01_lcp_1_1_02_both", source="unit/test_a")
        self.counts(2, 2, 0, status=1)

    def test_a_feature_that_has_come(self):
        self.write("Kconfig", "config WITH_COLOUR\nconfig WITH_SOUND\n")
        self.assertIn("open: LCP-1.1-03", self.counts(3, 1, 3, status=1))

    def test_what_was_decided(self):
        self.write("Kconfig", "config WITH_COLOUR\nconfig WITH_SOUND\n")
        for kind, total in (("not applicable", 2), ("limit", 3),
                            ("reviewed", 3)):
            with self.subTest(kind):
                self.write("tests/conformance-decided.txt",
                           "LCP-1.1-03 | %s | a reason\n" % kind)
                self.counts(total, 0, 3)

    def test_sum(self):
        self.write("Kconfig", "config WITH_COLOUR\nconfig WITH_SOUND\n")
        self.write("tests/conformance-decided.txt",
                   "LCP-1.1-03 | sum of | LCP-1.1\n")
        self.counts(3, 0, 4)
        self.record("CMP-B-01 a row")
        self.counts(3, 3, 1, status=1)

    def test_python(self):
        self.write("tests/interop/test_b.py", "class A:\n"
                   "    def test_lcp_1_1_03_x(self): pass\n")
        self.record("test_b.A.test_lcp_1_1_03_x", source="interop/test_b")
        self.counts(2, 2, 1, status=1)

    def test_a_section_is_no_id(self):
        self.write("tests/conformance.txt", REQUIREMENTS.replace(
            "== Two", "CMP-5.3.18-01 | 9810 5 | O | - | it is long\n== Two"))
        self.write("tests/unit/test_d.c",
                   "static void test_cmp_5_3_18_x(void **state)")
        self.assertNotIn("5_3_18", self.run_it("judge"))

    def test_another_document(self):
        self.run_it("write")
        self.write("tests/unit/deep/test_a.c", C.replace("_both", "_all"))
        self.assertIn("make conformance", self.run_it("check", 1))

    def test_no_record(self):
        os.remove(self.folder + "/build/tests.json")
        self.assertIn("make test", self.run_it("judge", 1))

    def test_what_nobody_has_decided_like_that(self):
        for name, text, words in (
                ("tests/unit/test_c.c",
                 "static void test_lcp_1_1_09_x(void **s)", "lcp_1_1_09"),
                ("tests/unit/test_c.c", 'char *s = "HTTP-77 x";', "HTTP-77"),
                ("Kconfig", "config WITH_COLOUR\nconfig WITH_SMELL\n",
                 "WITH_SMELL"),
                ("tests/conformance.txt",
                 REQUIREMENTS.replace("| taste", "| smell"), "HTTP-01"),
                ("tests/conformance.txt",
                 REQUIREMENTS.replace("HTTP-01", "LCP-1.1-01"), "9811"),
                ("tests/conformance-decided.txt", "LCP-1.1-03 | maybe | x",
                 "maybe"),
                ("tests/conformance-decided.txt", "LCP-9.9-99 | limit | x",
                 "LCP-9.9-99"),
                ("tests/conformance-decided.txt",
                 "LCP-1.1-01 | not applicable | x", "has a test")):
            with self.subTest(words):
                self.setUp()
                self.write(name, text)
                self.assertIn(words, self.run_it("write", 1))


if __name__ == "__main__":
    unittest.main()
