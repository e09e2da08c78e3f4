# SPDX-License-Identifier: Apache-2.0
"""bench and explain of the operators without weights: every operator, the fields, the suite; falsified downloads are noticed."""
import os
import tempfile
import unittest

from command_runner import run, run_json

FALSIFY = os.environ["CLQNN_FALSIFY"]
CALLS = [  # operator, shape, types, bytes of inputs and output
    ("add", "3x5x70", "u8u8", 3 * 1050), ("add", "3x5x70:row", "u8s8", 2 * 1050 + 70), ("sub", "999:fixed", "s8s8", 3 * 999), ("mul", "40x40:fixed", "u8u8", 4800),
    ("min", "77", "s8u8", 231), ("max", "77", "u8u8", 231), ("lut", "9x100", "s8s8", 1800), ("quantize", "9x101", "f32s4", 909 * 4 + 455),
    ("quantize", "5x64", "f16u8", 960), ("dequantize", "5x64", "u4f32", 320 * 4 + 160), ("requantize", "5x64", "s16s8", 960), ("cast", "9x101", "f32bf16", 909 * 6),
    ("cast", "7x33", "f8e4m3f16", 231 * 3), ("quantize", "5x64", "f8e5m2u8", 640), ("dequantize", "5x64", "u8bf16", 960),
    ("pool", "2x9x9x20:k3:s2:p1", "u8u8", 2 * 20 * (81 + 25)), ("pool", "2x7x7x64:average:global", "s8s8", 2 * 64 * 50), ("pool", "2x5x9x9:k2:average:first", "u8u8", 10 * (81 + 64)),
    ("concat", "2x3x30", "u8u8", 720), ("concat", "2x3x30:axis0:n3:rescaled", "s8s8", 1080), ("transpose", "2x30x40:perm021", "s16s16", 9600),
    ("transpose", "20x30", "f32f32", 4800), ("pad", "2x6x7x8:p2", "u8u8", 16 * (42 + 110)), ("resize", "1x5x6x32", "u8u8", 32 * 150),
    ("resize", "1x16x5x6:up3:first:linear", "u8u8", 16 * 300), ("reduce", "4x50x64:axis1", "u8u8", 4 * 64 * 51), ("reduce", "50x64:axis0:sum", "s8s8", 64 * 51),
    ("pack_bits", "5x40", "f32b1", 800 + 40), ("pack_bits", "3x64", "u8t2", 192 + 48), ("unpack_bits", "5x40", "pu3f32", 120 + 800),
    ("scale", "9x101", "f32f16", 909 * 6 + 4), ("unscale", "33x70", "f16f32", 2310 * 6 + 4), ("unscale", "5000", "bf16bf16", 20004),
    ("softmax", "30x70", "u8u8", 4200), ("softmax", "30x70:log", "u8s8", 4200), ("layer_norm", "30x70", "s8s8", 4200)]


class BenchOperators(unittest.TestCase):
    def test_every_operator(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "own.txt")
            with open(path, "w") as file:
                file.writelines(f"{op} {shape} {types}\n" for op, shape, types, _ in CALLS)
            status, rows = run_json("bench", "--suite", path, "--min-time", "0.003")
            self.assertEqual(status, 0, [row.get("error") for row in rows])
            self.assertEqual([(row["op"], sorted(row["shape"].split(":")), row["types"], row["bytes"]) for row in rows],
                             [(op, sorted(shape.split(":")), types, size) for op, shape, types, size in CALLS])
            for row in rows:
                self.assertTrue(row["verified"], row)
                self.assertGreater(row["copy_gbs"], 0)
                self.assertNotIn("ns_sequence", row)
                self.assertAlmostEqual(row["gbs"], row["bytes"] / row["ns_pipelined"], delta=1e-6 * row["gbs"])
            self.assertEqual(len(run_json("bench", "--suite", path, "--op", "resize", "--min-time", "0.003")[1]), 2)
            with open(path, "w") as file:
                file.write("pool\n")
            status, _, err = run("bench", "--suite", path)
            self.assertEqual(status, 2)
            self.assertIn("a shape is missing", err)

    def test_large_call_is_sampled_at_both_ends(self):
        words = ("bench", "--op", "dequantize", "--shape", "9x1048577", "--types", "u4f16", "--min-time", "0.003")
        self.assertTrue(run_json(*words)[1][0]["verified"])

    def test_suite(self):
        status, _, err = run("bench", "--op", "pool", "--types", "s32s32")  # read whole, since no line has these types
        self.assertEqual(status, 2)
        self.assertIn("no shape of types", err)

    def test_refusals(self):
        status, (row,) = run_json("bench", "--op", "add", "--shape", "64", "--types", "f32f32", "--min-time", "0.003")
        self.assertEqual((status, row["verified"]), (1, False))
        self.assertIn("CLQNN_", row["error"])
        status, (row,) = run_json("bench", "--op", "add", "--shape", "64", "--variant", "binary_portable", "--min-time", "0.003")
        self.assertEqual((status, row["variant"]), (0, "binary_portable"))

    def test_explain(self):
        for op, shape, types, size in CALLS:
            status, (plan,) = run_json("explain", op, shape, "--types", types)
            self.assertEqual((status, plan["op"], plan["bytes"]), (0, op, size))
            admitted = [candidate for candidate in plan["candidates"] if candidate["admitted"]]
            self.assertEqual(admitted[0]["variant"], plan["variant"])
            self.assertEqual([c["estimated_seconds"] for c in admitted], sorted(c["estimated_seconds"] for c in admitted))
            self.assertTrue(all(candidate["reason"] for candidate in plan["candidates"] if not candidate["admitted"]))
        status, out, _ = run("explain", "pool", "8x8")
        self.assertEqual((status, out), (2, ""))

    @unittest.skipIf(os.environ.get("CLQNN_SANITIZED") == "1", "a sanitizer wants to be the first library")
    def test_falsified(self):
        for shape in ("3x700", "64x131072"):  # compared whole; sampled
            status, (row,) = run_json("bench", "--op", "add", "--shape", shape, "--min-time", "0.003", LD_PRELOAD=FALSIFY)
            self.assertEqual((status, row["verified"]), (1, False))
            self.assertIn("expected", row["error"])


unittest.main()
