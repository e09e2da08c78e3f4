# SPDX-License-Identifier: Apache-2.0
"""With downloads falsified, verify, check and bench say so; a failure's repeat line and case file repeat it."""
import os
import re
import tempfile
import unittest

from command_runner import last_line, run, run_json

FALSIFY = os.environ["CLQNN_FALSIFY"]
FALSIFIED_SEQUENCE = os.environ["CLQNN_FALSIFIED_SEQUENCE"]


class Falsified(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def test_verify(self):
        folder = self.folder.name
        words = ("verify", "--quick", "--variant", "gemm_i8_portable", "--seed", "3")
        status, out, err = run(*words, folder=folder, LD_PRELOAD=FALSIFY)
        self.assertEqual(status, 1, err)
        self.assertRegex(last_line(out), r"^\d+ passed, [1-9]\d* failed, 0 skipped$")
        self.assertRegex(out, r"FAIL gemm_i8_portable, seed 3, case \d+: .*\n    c\[\d+,\d+\]\[\d+\]\[\d+\]: accumulator -?\d+, expected .*, got ")
        repeat = re.search(r"repeat: clqnn (verify --op gemm .*)", out).group(1).split()
        self.assertEqual(run(*repeat, folder=folder, LD_PRELOAD=FALSIFY)[0], 1)
        status, out, _ = run(*repeat, folder=folder)
        self.assertEqual((status, last_line(out)), (0, "1 passed, 0 failed, 0 skipped"))

        cases = [os.path.join(folder, name) for name in os.listdir(folder)]
        self.assertTrue(cases)
        status, out, _ = run("check", *cases)
        self.assertEqual(status, 0, out)
        self.assertRegex(last_line(out), r"^[1-9]\d* passed, 0 failed")
        status, out, _ = run("check", *cases, LD_PRELOAD=FALSIFY)
        self.assertEqual(status, 1, out)
        self.assertIn("FAIL first difference at [", out)

    def test_bench(self):
        words = ("bench", "--shape", "64x64x64", "--peer", "none", "--min-time", "0.01")
        status, (row,) = run_json(*words, LD_PRELOAD=FALSIFY)
        self.assertEqual((status, row["verified"]), (1, False))
        self.assertNotIn("ns_min", row)
        self.assertIn("expected", row["error"])
        status, (row,) = run_json(*words)
        self.assertEqual((status, row["verified"]), (0, True))

    def test_bench_of_sequences(self):
        words = ("--peer", "none", "--min-time", "0.01")
        for shape in (("--shape", "20x30x40"), ("--shape", "20x30x40", "--types", "f32s8f32"), ("--shape", "ic8_ih5_oc8_kh3_ph1")):
            for fault in ("nothing", "equal"):
                status, (row,) = run_json("bench", *shape, *words, LD_PRELOAD=FALSIFIED_SEQUENCE, CLQNN_FALSIFY_SEQUENCE=fault)
                self.assertEqual((status, row["verified"]), (1, False))
                self.assertRegex(row["error"], r"as a sequence of \d+ calls: byte " + ("7" if fault == "equal" else "0") + " of the output: expected")
            status, (row,) = run_json("bench", *shape, *words, LD_PRELOAD=FALSIFIED_SEQUENCE, CLQNN_FALSIFY_SEQUENCE="mixed")
            self.assertEqual((status, row["verified"]), (0, True))

    def test_bench_of_a_suite_as_a_sequence(self):
        path = os.path.join(self.folder.name, "own.txt")
        with open(path, "w") as file:
            file.write("ic8_ih5_oc8_kh3_ph1 u8s8u8 x3\nic8_ih5_oc8_kh1 u8s8u8\n")
        words = ("bench", "--suite", path, "--peer", "none", "--min-time", "0.01")
        status, out, _ = run(*words, LD_PRELOAD=FALSIFIED_SEQUENCE, CLQNN_FALSIFY_SEQUENCE="mixed")
        self.assertEqual(status, 1)
        self.assertRegex(out, r"all layers in one sequence: byte 7 of image 0: expected")
        self.assertEqual(run(*words, LD_PRELOAD=FALSIFIED_SEQUENCE, CLQNN_FALSIFY_SEQUENCE="")[0], 0)


unittest.main()
