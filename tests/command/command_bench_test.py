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
        self.assertIn("clblast", row["peers_absent"])  # it has products of floats alone, or is not built
        self.assertTrue(("onednn" in row["peers"]) != ("onednn" in row["peers_absent"]))
        if "onednn" in row["peers"]:
            self.assertTrue(agrees_or_saturates(row["peers"]["onednn"]))
            self.assertTrue(row["peers"]["onednn"]["version"])

    def test_every_type(self):
        for types in ("u8s8s32", "s8s8s8", "u8u8f32", "s8u8f16", "f32s8f32", "f16s8f16"):
            status, (row,) = run_json("bench", "--shape", "17x19x23", "--types", types, "--peer", "none", "--min-time", "0.01")
            self.assertEqual((status, row["types"], row["verified"]), (0, types, True))
            self.assertGreater(row["ns_sequence"], 0)

    def test_floats(self):
        wanted = ["f16f16f16", "f32f32f32", "bf16bf16f32", "f16bf16f32", "f16f16s8", "f8e4m3f16bf16", "f16u4f16:g128", "f16s8f16:g128", "f32u4f32:g32", "bf16s3f32:g40",
                  "f16u4f16:g32:a8", "f8e4m3u4f16:g32"]
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "own.txt")
            with open(path, "w") as file:
                file.write("".join(f"7x35x150 {types}\n" for types in wanted))
            status, rows = run_json("bench", "--suite", path, "--peer", "reference", "--min-time", "0.01")
        self.assertEqual((status, [row["types"] for row in rows]), (0, wanted))
        for row in rows:
            types = row["types"]
            self.assertTrue(row["verified"], row)
            self.assertGreater(row["ns_sequence"], 0)
            self.assertEqual(row["ops"], 2 * 7 * 35 * 150)
            self.assertEqual(row["peers"]["reference"].get("agrees"), None if types == "f16f16s8" else True)
            self.assertGreater(row["peak_gops"], row["gops"])
            self.assertNotIn("vpmaddwd", row["peak_instruction"])
            if ":" in types:  # as they are packed
                self.assertEqual(row["bytes"], row["packed_bytes"] + 7 * 150 * (4 if types[:3] == "f32" else 1 if types[:2] == "f8" else 2) + 7 * 35 * (4 if "f32:" in types else 2))
    def test_peers_of_floats(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "own.txt")
            with open(path, "w") as file:
                file.write("3:20x30x40 f16f16f16\n20x35x150 f16u4f16:g32\n20x32x64 f16s8bf16:g32\n9x32x64 bf16bf16bf16\n")
            status, rows = run_json("bench", "--suite", path, "--min-time", "0.01", "--peer", "onednn,openblas,clblast,onnxruntime")
        self.assertEqual((status, len(rows)), (0, 4))
        self.assertEqual(rows[0]["bytes"], 3 * 2 * (20 * 40 + 40 * 30 + 20 * 30))
        for row in rows:
            self.assertEqual(len(row["peers"]) + len(row["peers_absent"]), 4)
            for name, peer in row["peers"].items():
                self.assertNotEqual(peer.get("agrees"), False, (row["types"], name))  # CLBlast's HGEMM is not compared

    def test_convolutions_of_floats(self):
        wanted = ["f16f16f16", "bf16bf16bf16", "f32f32f32", "f16f16u8", "f8e4m3bf16f32"]
        shapes = ["mb2_ic20_ih9_iw10_oc18_kh3_kw3_sh1_sw1_ph1_pw1_g1", "mb1_ic32_ih9_iw10_oc32_kh3_kw3_sh2_sw2_ph1_pw1_g32"]
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "own.txt")
            with open(path, "w") as file:
                file.write("".join(f"{shape} {types}\n" for shape in shapes for types in wanted))
            status, rows = run_json("bench", "--suite", path, "--peer", "reference,onednn,onnxruntime,openblas,clblast", "--min-time", "0.01")
        self.assertEqual((status, [row["types"] for row in rows]), (0, wanted * 2))
        for row in rows:
            self.assertTrue(row["verified"], row)
            self.assertEqual(row["ops"], 2 * 9 * (2 * 9 * 10 * 18 * 20 if row["shape"] == shapes[0] else 5 * 5 * 32))
            self.assertEqual(row["peers"]["reference"].get("agrees"), None if row["types"] == "f16f16u8" else True)
            self.assertFalse({"openblas", "clblast"} & set(row["peers"]))
            for name, peer in row["peers"].items():
                self.assertNotEqual(peer.get("agrees"), False, (row["types"], name))
        for types in ("f16f16f8e4m3", "f16u4f16:g20", "f16f16s32"):
            status, _, err = run("explain", "conv", shapes[0], "--types", types)
            self.assertEqual(status, 2)
        status, out, _ = run("explain", "conv", shapes[0], "--types", "f16f16u8")
        self.assertEqual(status, 0)
        self.assertRegex(out, "conv_mixed_portable +[0-9]")
        self.assertNotIn("overflow", out)

    def test_float_words(self):
        for types, named in (("f16u4f16:g0", "g0"), ("f16u4f16:g128:a9", "a9"), ("f16u5f16:g8", "u5")):
            status, _, err = run("bench", "--shape", "1x2x64", "--types", types)
            self.assertEqual(status, 2)
            self.assertIn(named, err)
        status, (row,) = run_json("bench", "--shape", "1x2x64", "--types", "f16u4f16", "--peer", "none")
        self.assertEqual((status, row["verified"]), (1, False))
        self.assertIn("no gemm of these types", row["error"])
        status, out, _ = run("explain", "gemm", "5x6x64", "--types", "f16u4f16:g32")
        self.assertEqual(status, 0)
        self.assertIn("gemm 5x6x64 f16u4f16:g32", out)
        self.assertRegex(out, "gemm_weights_portable +[0-9]")
        self.assertNotIn("overflow", out)

    def test_suites_of_floats(self):
        folder = os.path.join(os.path.dirname(os.path.realpath(os.environ["CLQNN_COMMAND"])), "..", "share", "clqnn", "suites")
        for suite, rows in (("half", 30), ("weight_only", 55), ("half_conv", 40)):
            with open(os.path.join(folder, suite + ".txt")) as file:
                lines = [line for line in file if line.strip() and line[0] != "#"]
            self.assertGreaterEqual(len(lines), rows)
            with tempfile.TemporaryDirectory() as own:  # every line is read, only the last is timed
                path = os.path.join(own, "own.txt")
                with open(path, "w") as file:
                    file.write("".join(lines) + "1x1x1 s8s8s8\n")
                self.assertEqual(len(run_json("bench", "--suite", path, "--types", "s8s8s8", "--peer", "none", "--min-time", "0.01")[1]), 1)

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
