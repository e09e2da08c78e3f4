# SPDX-License-Identifier: Apache-2.0
"""bench: the fields that others read, the suites, peers that are absent, bad suite files."""
import json
import os
import re
import tempfile
import unittest

from command_runner import agrees_or_saturates, run, run_json

FIELDS = {"op": str, "shape": str, "types": str, "variant": str, "device": str, "driver": str, "threads": int, "verified": bool, "ops": int, "bytes": int,
          "ns_min": (int, float), "ns_median": (int, float), "ns_pipelined": (int, float), "ns_sequence": (int, float), "sequence_calls": int,
          "sequence_joined": int, "runs": int, "gops": (int, float), "peak_gops": (int, float),
          "peers": dict}


class Bench(unittest.TestCase):
    def test_json(self):
        status, rows = run_json("bench", "--shape", "3:33x47x29", "--types", "u8s8u8", "--peer", "reference,clblast,onednn", "--min-time", "0.02")
        self.assertEqual(status, 0)
        (row,) = rows
        for field, kind in FIELDS.items():
            self.assertIsInstance(row[field], kind, field)
        self.assertEqual((row["op"], row["shape"], row["types"], row["verified"]), ("gemm", "3:33x47x29", "u8s8u8", True))
        self.assertEqual(row["ops"], 2 * 3 * 33 * 47 * 29)
        self.assertEqual(row["bytes"], 3 * (33 * 29 + 29 * 47 + 33 * 47))
        self.assertLessEqual(row["ns_min"], row["ns_median"])
        self.assertAlmostEqual(row["gops"], row["ops"] / row["ns_min"], delta=1e-6 * row["gops"])
        self.assertGreater(row["peak_gops"], row["gops"])
        self.assertGreater(row["ns_sequence"], 0)
        self.assertTrue(4 <= row["sequence_calls"] <= 64)
        self.assertIn(row["sequence_joined"], (0, row["sequence_calls"]))
        self.assertTrue(row["peers"]["reference"]["agrees"])
        self.assertIn("clblast", row["peers_absent"])
        self.assertTrue(("onednn" in row["peers"]) != ("onednn" in row["peers_absent"]))
        if "onednn" in row["peers"]:
            self.assertTrue(agrees_or_saturates(row["peers"]["onednn"]))
            self.assertTrue(row["peers"]["onednn"]["version"])

    def test_every_type(self):
        for types in ("u8s8s32", "s8s8s8", "u8u8f32", "s8u8f16", "f32s8f32", "f16s8f16"):
            status, (row,) = run_json("bench", "--shape", "17x19x23", "--types", types, "--peer", "none", "--min-time", "0.01")
            self.assertEqual((status, row["types"], row["verified"]), (0, types, True))
            self.assertGreater(row["ns_sequence"], 0)

    def test_forced_variant_and_rotation(self):
        status, (row,) = run_json("bench", "--shape", "2x4096x4096", "--rotate", "--peer", "none", "--min-time", "0.02")
        self.assertEqual(status, 0)
        self.assertGreaterEqual(row["rotated"] * 4096 * 4096, 512 << 20)
        self.assertGreater(row["read_gbs"], 0)
        self.assertGreater(row["sequence_calls"], 0)
        self.assertEqual(row["sequence_calls"] % row["rotated"], 0)  # all copies, each as often
        self.assertGreater(row["ns_sequence"], 0)
        status, (row,) = run_json("bench", "--shape", "5x6x7", "--variant", "gemm_i8_portable", "--peer", "none", "--min-time", "0.01")
        self.assertEqual((status, row["variant"], row["sequence_joined"]), (0, "gemm_i8_portable", 0))  # its launches are not shared anywhere
        self.assertGreater(row["ns_sequence"], 0)

    def test_suite_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "own.txt")
            with open(path, "w") as file:
                file.write("# two\n\n5x6x7 u8s8u8\n  2:3x4x5   s8s8s32 # rest\n")
            status, out, err = run("bench", "--suite", path, "--peer", "none", "--min-time", "0.01")
            self.assertEqual(status, 0, err)
            self.assertIn("2:3x4x5", out)
            self.assertIn("geometric mean", out)
            self.assertRegex(out, r"us median +pipelined +sequence +GOPS")
            self.assertEqual(len(run_json("bench", "--suite", path, "--types", "s8s8s32", "--peer", "none", "--min-time", "0.01")[1]), 1)
            for line, named in (("5x6x7", "types"), ("5x6 u8s8u8", '"5x6"'), ("5x6x7 u8s8u8 turn", '"turn"'), ("5x6x7 u8s8u8 rotate x", '"x"'), ("# none", "no shape")):
                with open(path, "w") as file:
                    file.write("1x1x1 u8s8u8\n" * (line[0] != "#") + line + "\n")
                status, _, err = run("bench", "--suite", path)
                self.assertEqual(status, 2, line)
                self.assertIn(named, err)

    def test_means_of_both_forms(self):
        with tempfile.TemporaryDirectory() as folder:
            path, results = os.path.join(folder, "own.txt"), os.path.join(folder, "results.json")
            with open(path, "w") as file:
                file.write("50x60x70 u8s8u8 x3\n40x30x20 s8s8s32\n")
            status, out, err = run("bench", "--suite", path, "--peer", "reference", "--min-time", "0.02", "--json", results)
            self.assertEqual(status, 0, err)
            with open(results) as file:
                rows = json.load(file)
        self.assertRegex(out, r"reference +seq\n")
        for line, field in (("sum weighted by repeat", "ns_pipelined"), ("the same of calls in sequences", "ns_sequence")):
            library, peer, ratio, mean = map(float, re.search(line + r", reference: ([\d.]+) us beside ([\d.]+) us, ratio ([\d.]+); geometric mean ([\d.]+)", out).groups())
            ratios = [row["peers"]["reference"]["ns_pipelined"] / row[field] for row in rows]
            self.assertAlmostEqual(library, (3 * rows[0][field] + rows[1][field]) * 1e-3, delta=0.1)
            self.assertAlmostEqual(peer, sum(row["repeat"] * row["peers"]["reference"]["ns_pipelined"] for row in rows) * 1e-3, delta=0.1)
            self.assertAlmostEqual(ratio, peer / library, delta=0.01 * ratio)
            self.assertAlmostEqual(mean, (ratios[0] * ratios[1]) ** 0.5, delta=0.002)


unittest.main()
