# SPDX-License-Identifier: Apache-2.0
"""No device exits with 3, whatever the reason; a report that cannot be written exits with 1."""
import os
import tempfile
import unittest

from command_runner import run

NEED_DEVICE = [["devices"], ["list"], ["explain", "gemm", "1x1x1"], ["verify", "--quick"], ["check", "x"], ["bench", "--shape", "1x1x1"]]


class ExitStatus(unittest.TestCase):
    def test_no_platform(self):
        with tempfile.TemporaryDirectory() as empty:
            for words in NEED_DEVICE:
                with self.subTest(words=words):
                    status, _, err = run(*words, OCL_ICD_VENDORS=empty, OPENCL_VENDOR_PATH=empty)
                    self.assertEqual(status, 3, err)
                    self.assertIn("device", err)

    def test_no_match(self):
        for words in NEED_DEVICE:
            with self.subTest(words=words):
                status, _, err = run(*words, "--device", "no such device")
                self.assertEqual(status, 3, err)
                self.assertIn("no such device", err)

    def test_environment_names_the_device(self):
        self.assertEqual(run("list", CLQNN_DEVICE="no such device")[0], 3)
        self.assertEqual(run("list", "--device", "0", CLQNN_DEVICE="no such device")[0], 0)

    def test_list_without_device_still_lists(self):
        with tempfile.TemporaryDirectory() as empty:
            _, out, _ = run("list", OCL_ICD_VENDORS=empty, OPENCL_VENDOR_PATH=empty)
        self.assertIn("gemm_i8_portable", out)
        self.assertIn("no device", out)

    def test_unwritable_json(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "missing", "out.json")
            status, _, err = run("devices", "--json", path)
            self.assertEqual(status, 1)
            self.assertIn(path, err)


unittest.main()
