# SPDX-License-Identifier: Apache-2.0
"""What `clqnn quantize` writes is what products read: its bytes as the weights of a gemm, times the identity, give the values that the codes stand for."""
import os
import struct
import tempfile
import unittest

from command_runner import run, write_case
from weight_files import f32, f32_bytes, floats_of, plane_codes, read_weights, stream_codes, values, write_weights

N, K = 6, 64
REAL = values(3, N * K, 0.5)


def identity_planes():
    """pu1, [K][K]."""
    rows = ((1 << i).to_bytes(K // 8, "little") for i in range(K))
    return b"".join(rows)


class Product(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.source, self.target, self.case = (os.path.join(self.folder.name, name + ".safetensors") for name in ("in", "out", "case"))
        write_weights(self.source, {"w": ("F32", [N, K], f32_bytes(REAL))})

    def tearDown(self):
        self.folder.cleanup()

    def quantize(self, *words):
        status, _, err = run("quantize", self.source, "-o", self.target, *words)
        self.assertEqual(status, 0, err)
        return read_weights(self.target)[1]

    def check(self, metadata, a, tensors, expected):
        """expected: [K][N]."""
        metadata = {"clqnn.case": "1", "op": "gemm", "b.layout": "nk", "tolerance": "exact", **metadata}
        write_case(self.case, metadata, {"a": a, **tensors, "y": ("F32", [K, N], f32_bytes(expected))})
        status, out, err = run("check", self.case)
        self.assertEqual((status, out.split("\n")[-2]), (0, "1 passed, 0 failed, 0 skipped"), out + err)

    def test_groups_of_four_bits(self):
        tensors = self.quantize("--bits", "4", "--granularity", "group:32")
        codes, scales, zero_points = stream_codes(tensors["w"][2], N * K, 4, False), floats_of(tensors["w.scales"]), list(tensors["w.zero_points"][2])
        expected = [f32(scales[2 * n + k // 32] * (codes[K * n + k] - zero_points[2 * n + k // 32])) for k in range(K) for n in range(N)]
        parts = {"b": tensors["w"], "b.scale": ("F32", [2, N], f32_bytes([scales[2 * n + g] for g in range(2) for n in range(N)])),
                 "b.zero_point": ("U8", [2, N], bytes(zero_points[2 * n + g] for g in range(2) for n in range(N)))}
        identity = ("F32", [K, K], f32_bytes([float(i == k) for i in range(K) for k in range(K)]))
        self.check({"b.type": "u4", "b.shape": f"{N},{K}", "b.group": "32"}, identity, parts, expected)

    def test_channels_of_eight_bits(self):
        tensors = self.quantize("--symmetric", "--granularity", "channel")
        codes, scales = stream_codes(tensors["w"][2], N * K, 8, True), floats_of(tensors["w.scales"])
        expected = [f32(scales[n] * codes[K * n + k]) for k in range(K) for n in range(N)]
        identity = ("U8", [K, K], bytes(i == k for i in range(K) for k in range(K)))
        self.check({}, identity, {"b": tensors["w"], "b.scale": tensors["w.scales"]}, expected)

    def check_planes(self, words, kind, value):
        tensors = self.quantize(*words)
        bits = 2 if kind == "t2" else int(kind[-1])
        codes, scale = plane_codes(tensors["w"][2], N, K, bits, value), floats_of(tensors["w.scales"])
        expected = [f32(scale[n % len(scale)] * codes[K * n + k]) for k in range(K) for n in range(N)]
        raw = tensors["w"][2]
        parts = {"b": ("U8", [len(raw)], raw), "b.scale": tensors["w.scales"]}
        metadata = {"a.type": "pu1", "a.shape": f"{K},{K}", "b.type": kind, "b.shape": f"{N},{K}"}
        self.check(metadata, ("U8", [K * K // 8], identity_planes()), parts, expected)

    def test_bit_planes(self):
        self.check_planes(["--scheme", "xnor"], "b1", lambda code: 1 - 2 * code[0])
        self.check_planes(["--scheme", "twn", "--granularity", "channel"], "t2", lambda code: code[0] * (1 - 2 * code[1]))
        self.check_planes(["--scheme", "dorefa", "--bits", "2"], "po2", lambda code: 2 * (code[0] + 2 * code[1]) - 3)

    def test_a_wrong_byte_is_noticed(self):
        tensors = self.quantize("--symmetric", "--granularity", "channel")
        codes, scales = stream_codes(tensors["w"][2], N * K, 8, True), floats_of(tensors["w.scales"])
        codes[K + 1] += 1 if codes[K + 1] < 0 else -1
        tensors["w"] = ("I8", [N, K], struct.pack(f"{N * K}b", *codes))
        expected = [f32(scales[n] * stream_codes(read_weights(self.target)[1]["w"][2], N * K, 8, True)[K * n + k]) for k in range(K) for n in range(N)]
        with self.assertRaises(AssertionError):
            self.check({}, ("U8", [K, K], bytes(i == k for i in range(K) for k in range(K))), {"b": tensors["w"], "b.scale": tensors["w.scales"]}, expected)


unittest.main()
