# SPDX-License-Identifier: Apache-2.0
"""With downloads falsified, verify, check and bench say so; a failure's repeat line and case file repeat it."""
import os
import re
import tempfile
import unittest

from command_runner import last_line, run, run_json

FALSIFY = os.environ["CLQNN_FALSIFY"]


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


unittest.main()
