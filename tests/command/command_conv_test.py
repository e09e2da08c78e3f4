# SPDX-License-Identifier: Apache-2.0
"""Convolutions in list, explain, verify, check and bench; with downloads falsified each says so, and a failure's repeat line and case file repeat it."""
import os
import re
import tempfile
import unittest

from command_runner import agrees_or_saturates, last_line, run, run_json, write_case

FALSIFY = os.environ["CLQNN_FALSIFY"]
SHAPE = "mb2_ic5_ih6_iw7_oc9_kh3_kw3_sh1_sw1_ph1_pw1_g1"


def conv(y):
    """A 1x3 image of one channel, [1 2 3], by the kernel [1 0 -1] with padding 1, x's zero point 1: [-1 -2 1]."""
    tensors = {"x": ("U8", [1, 1, 3, 1], bytes([1, 2, 3])), "w": ("I8", [1, 1, 3, 1], bytes([1, 0, 255])), "x.zero_point": ("U8", [], bytes([1])),
               "y": ("I32", [1, 1, 3, 1], b"".join(value.to_bytes(4, "little", signed=True) for value in y))}
    return {"clqnn.case": "1", "op": "conv", "layout": "nhwc", "w.layout": "ohwi", "pads": "0,1,0,1"}, tensors


class Conv(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def test_list_and_explain(self):
        status, variants = run_json("list", "--op", "conv")
        self.assertEqual(status, 0)
        self.assertIn("conv_i8_portable", [variant["name"] for variant in variants if variant["admitted"]])
        self.assertEqual({variant["op"] for variant in variants}, {"conv"})
        status, (plan,) = run_json("explain", "conv", "ic5_ih6_iw7_oc9_kh3_ph1_mb2")
        self.assertEqual((status, plan["op"], plan["shape"], plan["types"]), (0, "conv", SHAPE, "u8s8u8"))
        admitted = [candidate["variant"] for candidate in plan["candidates"] if candidate["admitted"]]
        self.assertEqual(admitted[0], plan["variant"])
        self.assertLessEqual(plan["accumulator_bound"], 128 * 128 * 45 + 20000)

    def test_check(self):
        good, bad = os.path.join(self.folder.name, "good"), os.path.join(self.folder.name, "bad")
        write_case(good, *conv([-1, -2, 1]))
        write_case(bad, *conv([-1, 2, 1]))
        self.assertEqual(run("check", good, "--quiet"), (0, "1 passed, 0 failed, 0 skipped\n", ""))
        status, out, _ = run("check", bad)
        self.assertEqual(status, 1)
        self.assertIn("FAIL first difference at [0,0,1,0] expected 2 got -2", out)

    def test_bench(self):
        words = ("bench", "--shape", SHAPE, "--peer", "reference,onednn,onnxruntime,openblas", "--min-time", "0.02")
        status, (row,) = run_json(*words)
        self.assertEqual((status, row["op"], row["shape"], row["verified"], row["repeat"]), (0, "conv", SHAPE, True, 1))
        self.assertEqual(row["ops"], 2 * 2 * 6 * 7 * 9 * 45)
        self.assertEqual(row["bytes"], 2 * 6 * 7 * (5 + 9) + 9 * 45)
        self.assertGreater(row["ns_repeated"], 0)
        self.assertGreater(row["ns_sequence"], 0)
        self.assertTrue(row["peers"]["reference"]["agrees"])
        self.assertIn("openblas", row["peers_absent"])
        for name in ("onednn", "onnxruntime"):
            self.assertTrue(name in row["peers_absent"] or agrees_or_saturates(row["peers"][name]), name)
        status, (row,) = run_json(*words, LD_PRELOAD=FALSIFY)
        self.assertEqual((status, row["verified"]), (1, False))
        self.assertIn("expected", row["error"])

    def test_suites(self):
        path = os.path.join(self.folder.name, "own.txt")
        with open(path, "w") as file:
            file.write("ic8_ih5_oc8_kh3_ph1 u8s8u8 x3\n5x6x7 u8s8u8\nic8_ih5_oc8_kh3_ph1_g8 s8s8s8\n")
        status, out, err = run("bench", "--suite", path, "--peer", "reference", "--min-time", "0.02")
        self.assertEqual(status, 0, err)
        self.assertIn(" x3 ", out)
        self.assertRegex(out, r"sum weighted by repeat, reference: .* \(3 of 3 layers\)")
        self.assertRegex(out, r"the same of calls in sequences, reference: .* \(3 of 3 layers\)")
        self.assertNotIn("one sequence", out)  # not all are convolutions
        status, out, err = run("bench", "--suite", path, "--op", "conv", "--peer", "reference", "--min-time", "0.01")
        self.assertEqual(status, 0, err)
        self.assertRegex(out, r"all layers in one sequence, reference: [0-9.]+ us, ratio [0-9.]+")
        rows = run_json("bench", "--suite", path, "--op", "conv", "--peer", "none", "--min-time", "0.01")[1]
        self.assertEqual([(row["op"], row["repeat"]) for row in rows], [("conv", 3), ("conv", 1)])
        for suite in ("resnet50", "mobilenet_v2"):  # read whole, since no line has these types
            status, _, err = run("bench", "--op", "conv", "--suite", suite, "--types", "s8s8s8")
            self.assertEqual(status, 2)
            self.assertIn("no shape of types", err)
        for line, named in (("ic8_ih5_oc8_kh9 u8s8u8", "no output"), ("ic8_ih5_oc8_kh3 u8s8u8 x0", '"x0"'), ("ic8_ih5_oc8_kh3 u8s8u8 rotate", '"rotate"'),
                            ("5x6x7 u8s8u8 x2 x3", '"x3"')):
            with open(path, "w") as file:
                file.write(line + "\n")
            status, _, err = run("bench", "--suite", path)
            self.assertEqual(status, 2, line)
            self.assertIn(named, err)

    def test_falsified_verify(self):
        folder = self.folder.name
        words = ("verify", "--quick", "--variant", "conv_i8_portable", "--seed", "3")
        status, out, err = run(*words, folder=folder, LD_PRELOAD=FALSIFY)
        self.assertEqual(status, 1, err)
        self.assertRegex(out, r"FAIL conv_i8_portable, seed 3, case \d+: .*\n    y\[\d+\]\[[\d,]+\]\[\d+\] \(image, pixel, channel\): accumulator -?\d+, expected .*, got ")
        repeat = re.search(r"repeat: clqnn (verify --op conv .*)", out).group(1).split()
        self.assertEqual(run(*repeat, folder=folder, LD_PRELOAD=FALSIFY)[0], 1)
        status, out, _ = run(*repeat, folder=folder)
        self.assertEqual((status, last_line(out)), (0, "1 passed, 0 failed, 0 skipped"))
        cases = [os.path.join(folder, name) for name in os.listdir(folder)]
        self.assertTrue(cases)
        status, out, _ = run("check", *cases)
        self.assertEqual(status, 0, out)
        self.assertRegex(last_line(out), r"^[1-9]\d* passed, 0 failed, 0 skipped")


unittest.main()
