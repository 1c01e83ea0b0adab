# SPDX-License-Identifier: Apache-2.0
"""The counts of scripts/instructions and its plugin, for a program that was
counted by hand; the sizes of scripts/image-size. Skipped where there is no
cross compiler or no QEMU."""
import json
import os
import shutil
import subprocess
import tempfile
import unittest

from emulator import TREE, Emulator

HERE = os.path.join(TREE, "tests", "board", "instructions")
GCC = ["arm-none-eabi-gcc", "-mcpu=cortex-m3", "-mthumb"]
COUNTER = os.path.join(TREE, "build", "counter.so")
NEEDED = ("arm-none-eabi-gcc", "qemu-system-arm", "make")

# What is merged, padded, zero, and in a section with a long name.
SOURCE = {
    "src/one.c": """
        const char *text_one(void) { return "the same text in both"; }
        int a_function_whose_name_needs_a_line(void) { return 1; }
        char small = 1, zeros[5];""",
    "boards/common/two.c": """
        extern const char *text_one(void);
        extern int a_function_whose_name_needs_a_line(void);
        extern char small, zeros[5];
        static const char *text(void) { return "the same text in both"; }
        static int table[7];
        int main(void)
        {
            table[small] = zeros[small] + text_one()[small] + text()[small];
            return a_function_whose_name_needs_a_line() + table[0];
        }"""}
SCRIPT = """
SECTIONS
{
    .text 0 : { *(.text .text.*) *(.rodata .rodata.*) . = ALIGN(4); }
    .stack 0x20000000 (NOLOAD) : { . += 512; }
    .data : { *(.data .data.*) }
    .bss (NOLOAD) : { *(.bss .bss.* COMMON) . = ALIGN(64); }
}"""


def run(*words, **more):
    return subprocess.run(words, check=True, stdout=subprocess.PIPE,
                          text=True, **more).stdout


def script(name, *words):
    return run(os.path.join(TREE, "scripts", name), *words,
               env=dict(os.environ, COUNTER=COUNTER))


@unittest.skipUnless(all(map(shutil.which, NEEDED)), "tools are missing")
class Tool(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.elf = self.path("image.elf")

    def path(self, name):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    def link(self, script_path, *objects):
        run(*GCC, "-nostdlib", "-T", script_path, "-Wl,-Map="
            + self.path("image.map"), "-o", self.elf, *objects)


class Instructions(Tool):
    @classmethod
    def setUpClass(cls):
        run("make", "-s", "-C", TREE, "build/counter.so", "BOOTSTRAP=no")

    def setUp(self):
        super().setUp()
        self.out = self.path("counts")
        program = self.path("src/tiny.o")
        run(*GCC, "-c", "-o", program, os.path.join(HERE, "tiny.S"))
        self.link(os.path.join(HERE, "tiny.ld"), program)

    def execute(self, plugin):
        with Emulator([
                "qemu-system-arm", "-machine", "mps2-an385", "-nographic",
                "-monitor", "none", "-serial", "stdio", "-net", "none",
                "-semihosting-config", "enable=on,target=native", "-kernel",
                self.elf, "-plugin", plugin]) as board:
            return board.end(), board.text()

    def counts(self, *arguments):
        status, _ = self.execute("file=%s,out=%s%s" % (
            COUNTER, self.out, "".join("," + a for a in arguments)))
        self.assertEqual(status, 17)
        with open(self.out, encoding="ascii") as f:
            return dict((k, int(v)) for k, v in map(str.split, f))

    def ranges(self):
        """One for each function, but lead_in; two are counted together."""
        lines = run("arm-none-eabi-nm", "-S", self.elf).splitlines()
        names = {"begin": "markers", "end": "markers", "start": "start",
                 "work": "work", "other": "other"}
        for line in lines:
            words = line.split()
            if len(words) == 4 and words[3] in names:
                low, size = int(words[0], 16), int(words[1], 16)
                yield "range=%s:%x-%x" % (names[words[3]], low, low + size)

    def test_all(self):
        self.assertEqual(self.counts(*self.ranges()), {
            "start": 3 + 2 * 5 + 3, "work": 2 * 24, "other": 2 * 4,
            "markers": 2 * 2, "elsewhere": 11, "total": 87})

    def test_between_markers(self):
        plugin = script("instructions", "words", self.elf, self.out, "begin",
                        "end").split()[1]
        markers = [a for a in plugin.split(",") if a[:3] in ("fro", "to=")]
        self.assertEqual(self.counts(*self.ranges(), *markers), {
            "start": 2 * 2, "work": 2 * 24, "other": 2 * 4, "markers": 2 * 1,
            "elsewhere": 0, "total": 62, "begins": 2})

    def test_script(self):
        flag, plugin = script("instructions", "words", self.elf, self.out,
                              "begin", "end").split()
        self.assertEqual(flag, "-plugin")
        self.assertEqual(self.execute(plugin)[0], 17)
        report = script("instructions", "report", self.out).split()
        self.assertEqual(report, ["core", "62", "total", "62", "begun", "2",
                                  "times"])

    def test_wrong_arguments(self):
        for argument in ("range=x", "range=x:5", "range=x:5-4", "range=x:1-2z",
                         "from=", "to=0q", "other=1",
                         "range=%s:1-2" % ("x" * 32)):
            status, text = self.execute("file=%s,out=%s,%s" % (
                COUNTER, self.out, argument))
            self.assertEqual(status, 1)
            self.assertIn("counter: wrong argument: " + argument, text)
        self.assertIn("out=FILE is missing",
                      self.execute("file=" + COUNTER)[1])


class ImageSize(Tool):
    def setUp(self):
        super().setUp()
        objects = []
        for name, text in SOURCE.items():
            with open(self.path(name), "w", encoding="ascii") as f:
                f.write(text)
            objects.append(self.path(name)[:-2] + ".o")
            run(*GCC, "-Os", "-fdata-sections", "-ffunction-sections", "-c",
                "-o", objects[-1], self.path(name))
        with open(self.path("link.ld"), "w", encoding="ascii") as f:
            f.write(SCRIPT)
        self.link(self.path("link.ld"), *objects)

    def test_adds_up(self):
        table = script("image-size", self.elf, "--json", self.path("s.json"))
        rows = {name: (int(flash), int(ram)) for name, flash, ram in
                map(str.split, table.splitlines()[1:])}
        total = rows.pop("total")
        self.assertEqual(total, tuple(map(sum, zip(*rows.values()))))
        text, data, bss = map(int, run(
            "arm-none-eabi-size", self.elf).splitlines()[1].split()[:3])
        self.assertEqual(total, (text + data, data + bss))
        with open(self.path("s.json"), encoding="ascii") as f:
            self.assertEqual(json.load(f), {"image_flash_bytes": total[0],
                                            "image_ram_bytes": total[1]})
        self.assertEqual(rows["stack"], (0, 512))
        self.assertEqual(rows["core"][1], 1 + 5)
        self.assertEqual(rows["application"][1], 7 * 4)
        self.assertEqual(set(rows), {"core", "application", "stack", "fill"})

    def test_no_range_is_empty_or_overlaps(self):
        plugin = script("instructions", "words", self.elf, "out").split()[1]
        ranges = [[int(x, 16) for x in a.split(":")[1].split("-")]
                  for a in plugin.split(",") if a.startswith("range=")]
        end = 0
        for low, high in ranges:
            self.assertTrue(end <= low < high, ranges)
            end = high


if __name__ == "__main__":
    unittest.main()
