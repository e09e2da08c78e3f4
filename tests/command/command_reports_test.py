# SPDX-License-Identifier: Apache-2.0
"""devices, list, explain and verify: text, JSON and exit status."""
import json
import os
import re
import tempfile
import unittest

from command_runner import last_line, run, run_json


class Reports(unittest.TestCase):
    def test_devices(self):
        status, devices = run_json("devices")
        self.assertEqual(status, 0)
        self.assertTrue(devices)
        for device in devices:
            for field in ("index", "platform", "name", "driver", "type", "global_bytes", "extensions", "capabilities"):
                self.assertIn(field, device)
            for capability in device["capabilities"]:
                self.assertTrue(capability["name"] and capability["verdict"])
        status, out, _ = run("devices")
        self.assertIn(devices[0]["name"], out)
        self.assertNotIn("\033", out)

    def test_list(self):
        status, variants = run_json("list", "--op", "gemm")
        self.assertEqual(status, 0)
        by_name = {variant["name"]: variant for variant in variants}
        self.assertTrue(by_name["gemm_i8_portable"]["admitted"])
        self.assertEqual(by_name["gemm_i8_portable"]["reason"], "")
        for variant in variants:
            self.assertEqual(variant["admitted"], variant["reason"] == "", variant)
        capabilities = {entry["name"]: entry["available"] for entry in run_json("devices", "--device", "0")[1][0]["capabilities"]}
        for variant in run_json("list", "--device", "0")[1]:
            needs = [word for word in variant["needs"].split(",") if word]
            self.assertEqual(variant["admitted"], all(capabilities[word] for word in needs), variant)
        _, table, _ = run("list", "--markdown")
        self.assertEqual(table.count("\n| `gemm_i8_") + table.count("\n| `gemm_codes_"), len(variants))

    def test_explain(self):
        status, out, _ = run("explain", "gemm", "8:5x7x9", "--types", "s8s8s32")
        self.assertEqual(status, 0)
        self.assertIn("cannot overflow", out)
        status, (plan,) = run_json("explain", "gemm", "8:5x7x9", "--types", "s8s8s32")
        self.assertEqual((plan["shape"], plan["types"]), ("8:5x7x9", "s8s8s32"))
        admitted = [candidate["variant"] for candidate in plan["candidates"] if candidate["admitted"]]
        self.assertEqual(admitted[0], plan["variant"])
        for candidate in plan["candidates"]:
            self.assertTrue(candidate["admitted"] or candidate["reason"])
        self.assertLessEqual(plan["accumulator_bound"], 128 * 128 * 9)
        self.assertGreater(plan["accumulator_bound_any_weights"], plan["accumulator_bound"])

    def test_explain_overflow(self):
        _, out, _ = run("explain", "gemm", "1x1x200000", "--types", "u8s8s32")
        self.assertIn("CLQNN_OVERFLOW", out)

    def test_verify(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "verify.json")
            status, out, err = run("verify", "--quick", "--op", "gemm", "--variant", "gemm_i8_portable", "--seed", "7", "--json", path, folder=folder)
            self.assertEqual(status, 0, out + err)
            passed, failed, skipped = map(int, re.fullmatch(r"(\d+) passed, (\d+) failed, (\d+) skipped", last_line(out)).groups())
            self.assertGreaterEqual(passed, 36)
            self.assertEqual((failed, skipped), (0, 0))
            with open(path) as file:
                (entry,) = json.load(file)
            self.assertEqual((entry["variant"], entry["passed"], entry["failed"], entry["seed"]), ("gemm_i8_portable", passed, 0, 7))
            self.assertEqual(os.listdir(folder), ["verify.json"])

    def test_verify_one_case(self):
        status, out, _ = run("verify", "--quick", "--op", "gemm", "--variant", "auto", "--case", "5", "--quiet")
        self.assertEqual((status, out), (0, "1 passed, 0 failed, 0 skipped\n"))

    def test_verify_counts_lacking_variants(self):
        lacking = [variant["name"] for variant in run_json("list")[1] if not variant["admitted"]]
        if not lacking:
            self.skipTest("this device has every variant")
        status, out, _ = run("verify", "--quick", "--variant", lacking[0])
        self.assertEqual((status, last_line(out)), (0, "0 passed, 0 failed, 1 skipped"))


unittest.main()
