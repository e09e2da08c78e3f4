# SPDX-License-Identifier: Apache-2.0
"""check: right, wrong, damaged and unknown case files."""
import os
import struct
import tempfile
import unittest

from command_runner import last_line, run, run_json, write_case


def integers(*values):
    return struct.pack(f"<{len(values)}i", *values)


def floats(*values):
    return struct.pack(f"<{len(values)}f", *values)


def gemm(y):
    """[[1, 2], [3, 4]] x [[1, -1], [2, 0]] = [[5, -1], [11, -3]]"""
    tensors = {"a": ("U8", [2, 2], bytes([1, 2, 3, 4])), "b": ("I8", [2, 2], struct.pack("4b", 1, -1, 2, 0)), "y": ("I32", [2, 2], integers(*y))}
    return {"clqnn.case": "1", "op": "gemm"}, tensors


def dynamic(first):
    """-1 .. 1.55 in 255 steps of 0.01: zero point 100."""
    x = floats(-1.0, 0.0, 1.55)
    scale = struct.unpack("<f", struct.pack("<f", 2.55 / 255))[0]
    tensors = {"x": ("F32", [3], x), "y": ("U8", [3], bytes([first, 100, 255])), "y.scale": ("F32", [1], floats(scale)),
               "y.zero_point": ("U8", [1], bytes([100]))}
    return {"clqnn.case": "1", "op": "dynamic_quantize", "tolerance": "rel=1e-6"}, tensors


class Check(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, case):
        path = os.path.join(self.folder.name, name)
        write_case(path, *case)
        return path

    def test_right(self):
        path = self.write("right", gemm([5, -1, 11, -3]))
        self.assertEqual(run("check", path), (0, f"{path}: ok\n1 passed, 0 failed, 0 skipped\n", ""))

    def test_wrong(self):
        path = self.write("wrong", gemm([5, -1, 12, -3]))
        status, out, _ = run("check", path)
        self.assertEqual(status, 1)
        self.assertIn("FAIL first difference at [1,0] expected 12 got 11", out)
        self.assertEqual(last_line(out), "0 passed, 1 failed, 0 skipped")

    def test_dynamic(self):
        status, out, _ = run("check", self.write("dynamic", dynamic(0)))
        self.assertEqual((status, last_line(out)), (0, "1 passed, 0 failed, 0 skipped"), out)
        status, out, _ = run("check", self.write("wrong", dynamic(1)))
        self.assertEqual(status, 1, out)
        self.assertIn("FAIL first difference", out)

    def test_several(self):
        good, bad = self.write("good", gemm([5, -1, 11, -3])), self.write("bad", gemm([5, -1, 11, 3]))
        other = self.write("other", ({"clqnn.case": "1", "op": "gemm", "b.type": "s4", "b.shape": "2,2"},
                                     {"a": ("U8", [1, 2], bytes(2)), "b": ("U8", [2], bytes(2)), "y": ("I32", [1, 2], bytes(8))}))
        damaged = os.path.join(self.folder.name, "damaged")
        with open(good, "rb") as source, open(damaged, "wb") as target:
            target.write(source.read()[:-3])
        status, entries = run_json("check", good, bad, other, damaged, "/no/such/file")
        self.assertEqual(status, 1)
        self.assertEqual([entry["result"] for entry in entries], ["ok", "FAIL", "skip", "FAIL", "FAIL"], entries)
        self.assertIn("s4", entries[2]["message"])
        status, out, _ = run("check", good, other, "--quiet")
        self.assertEqual((status, out), (0, "1 passed, 0 failed, 1 skipped\n"))


unittest.main()
