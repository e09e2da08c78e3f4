# SPDX-License-Identifier: Apache-2.0
"""clqnn quantize: the file that it writes, down to the codes, its report, and what it refuses."""
import json
import math
import os
import struct
import tempfile
import unittest

from command_runner import last_line, run
from weight_files import (affine_codes, affine_parameters, bf16_bytes, f16_bytes, f32, f32_bytes, floats_of, plane_codes, read_weights, stream_codes, values,
                          write_weights)

SHAPE = [6, 5, 8]
COUNT = 240
REAL = values(1, COUNT)

BAD_WORDS = [
    ([], "no file"),
    (["a", "b", "-o", "c"], '"b"'),
    (["a"], "-o"),
    (["a", "-o"], "-o"),
    (["a", "-o", "b", "--scheme", "frob"], '"frob"'),
    (["a", "-o", "b", "--bits", "0"], "0 bits"),
    (["a", "-o", "b", "--bits", "33"], "33 bits"),
    (["a", "-o", "b", "--bits", "-1"], '"-1"'),
    (["a", "-o", "b", "--bits", "9"], "9 bits"),
    (["a", "-o", "b", "--scheme", "wrpn", "--bits", "1"], "1 bits"),
    (["a", "-o", "b", "--scheme", "dorefa", "--bits", "8"], "8 bits"),
    (["a", "-o", "b", "--scheme", "twn", "--bits", "2"], "2 was given"),
    (["a", "-o", "b", "--scheme", "twn", "--symmetric"], "--symmetric"),
    (["a", "-o", "b", "--scheme", "bnn", "--granularity", "channel"], '"channel"'),
    (["a", "-o", "b", "--scheme", "xnor", "--method", "mse"], "--method"),
    (["a", "-o", "b", "--granularity", "row"], '"row"'),
    (["a", "-o", "b", "--granularity", "group:0"], '"group:0"'),
    (["a", "-o", "b", "--granularity", "group:32x"], '"group:32x"'),
    (["a", "-o", "b", "--granularity", "group:99999999999"], '"group:99999999999"'),
    (["a", "-o", "b", "--axis", "1"], '"1"'),
    (["a", "-o", "b", "--granularity", "channel", "--axis", "8"], '"8"'),
    (["a", "-o", "b", "--granularity", "channel", "--axis", "x"], '"x"'),
    (["a", "-o", "b", "--restricted", "--bits", "1"], "--restricted"),
    (["a", "-o", "b", "--method", "best"], '"best"'),
    (["a", "-o", "b", "--method", "moving-average"], '"moving-average"'),
    (["a", "-o", "b", "--method", "percentile:0"], '"percentile:0"'),
    (["a", "-o", "b", "--method", "percentile:101"], '"percentile:101"'),
    (["a", "-o", "b", "--method", "mean-std:x"], '"mean-std:x"'),
    (["a", "-o", "b", "--method", "kl:3"], '"kl:3"'),
    (["a", "-o", "b", "--calibrate-bits", "8"], "--calibrate-bits"),
    (["a", "-o", "b", "--calibrate", "c", "--calibrate-bits", "33"], "33 bits"),
    (["a", "-o", "b", "--calibrate", "c", "--calibrate-method", "frob"], '"frob"'),
]


class Quantize(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.source = os.path.join(self.folder.name, "in.safetensors")
        self.target = os.path.join(self.folder.name, "out.safetensors")

    def tearDown(self):
        self.folder.cleanup()

    def write(self, **tensors):
        write_weights(self.source, tensors)

    def write_real(self, real=REAL, shape=None):
        self.write(w=("F32", shape or SHAPE, f32_bytes(real)), bias=("F32", [6], f32_bytes([1.0] * 6)), ids=("I64", [2, 1], struct.pack("<2q", 3, 4)))

    def quantize(self, *words):
        """(metadata, tensors, report of w) of a run that has to succeed."""
        status, out, err = run("quantize", self.source, "-o", self.target, *words, "--json", "-")
        self.assertEqual(status, 0, err)
        report = {row["tensor"]: row for row in json.loads(out)}
        return *read_weights(self.target), report

    def refuse(self, needle, *words):
        status, _, err = run("quantize", self.source, "-o", self.target, *words)
        self.assertEqual(status, 1, err)
        self.assertIn(needle, err)
        self.assertFalse(os.path.exists(self.target))

    def check_affine(self, words, bits, signed, symmetric, restricted=False, dtype="F32", pack=f32_bytes):
        self.write(w=(dtype, SHAPE, pack(REAL)))
        metadata, tensors, report = self.quantize("--bits", str(bits), *words)
        parameters = affine_parameters(min(REAL), max(REAL), bits, signed, symmetric, restricted)
        expected = affine_codes(REAL, parameters)
        stored = tensors["w"]
        self.assertEqual(stored[0], ("I8" if signed else "U8") if bits == 8 else "U8")
        self.assertEqual(stored[1], SHAPE if bits == 8 else [(COUNT * bits + 7) // 8])
        self.assertEqual(stream_codes(stored[2], COUNT, bits, signed), expected)
        self.assertEqual(floats_of(tensors["w.scales"]), [parameters[0]])
        self.assertEqual("w.zero_points" in tensors, not symmetric)
        if not symmetric:
            self.assertEqual(tensors["w.zero_points"][:2], ("I8" if signed else "U8", [1]))
            self.assertEqual(stream_codes(tensors["w.zero_points"][2], 1, 8, signed), [parameters[1]])
        self.assertEqual(metadata["w.type"], ("s" if signed else "u") + str(bits))
        self.assertEqual((metadata["w.scheme"], metadata["w.shape"], metadata["clqnn.quantize"]), ("affine", "6,5,8", "1"))
        back = [f32(parameters[0] * (q - parameters[1])) for q in expected]
        noise = sum((x - y) ** 2 for x, y in zip(REAL, back))
        self.assertAlmostEqual(report["w"]["signal_to_noise_db"], 10 * math.log10(sum(x * x for x in REAL) / noise), places=6)
        self.assertEqual(report["w"]["range"], [min(REAL), max(REAL)])
        self.assertEqual(report["w"]["bytes_before"], COUNT * (4 if dtype == "F32" else 2))
        self.assertEqual(report["w"]["bytes_after"], (COUNT * bits + 7) // 8 + 4 + (not symmetric))

    def test_bad_words(self):
        for words, named in BAD_WORDS:
            with self.subTest(words=words):
                status, out, err = run("quantize", *words)
                self.assertEqual(status, 2, err)
                self.assertIn(named, err)
                self.assertEqual(out, "")

    def test_affine_codes_of_every_width(self):
        for bits in (1, 2, 3, 4, 7, 8):
            with self.subTest(bits=bits):
                self.check_affine([], bits, signed=False, symmetric=False)
        self.check_affine(["--signed"], 8, signed=True, symmetric=False)
        self.check_affine(["--symmetric"], 8, signed=True, symmetric=True)
        self.check_affine(["--symmetric", "--restricted"], 4, signed=True, symmetric=True, restricted=True)
        self.check_affine(["--restricted"], 5, signed=False, symmetric=False, restricted=True)

    def test_last_byte_is_filled_up(self):
        real = REAL[:7]
        self.write(w=("F32", [1, 7], f32_bytes(real)))
        stored = self.quantize("--bits", "3")[1]["w"]
        self.assertEqual((stored[1], len(stored[2]), stored[2][2] >> 5), ([3], 3, 0))
        self.assertEqual(stream_codes(stored[2], 7, 3, False), affine_codes(real, affine_parameters(min(real), max(real), 3, False, False)))

    def test_half_floats(self):
        self.check_affine(["--symmetric"], 8, True, True, dtype="F16", pack=f16_bytes)
        exact = [struct.unpack("<f", b"\0\0" + struct.pack("<f", x)[2:])[0] for x in REAL]
        self.write(w=("BF16", SHAPE, bf16_bytes(REAL)))
        tensors = self.quantize("--symmetric")[1]
        self.assertEqual(stream_codes(tensors["w"][2], COUNT, 8, True), affine_codes(exact, affine_parameters(min(exact), max(exact), 8, True, True)))

    def check_slots(self, words, slot_of, slots, scale_shape):
        """4 bits, asymmetric: each slot for itself."""
        self.write_real()
        metadata, tensors, _ = self.quantize("--bits", "4", *words)
        codes = stream_codes(tensors["w"][2], COUNT, 4, False)
        zero_points, scales = list(tensors["w.zero_points"][2]), floats_of(tensors["w.scales"])
        self.assertEqual((len(scales), tensors["w.scales"][1], tensors["w.zero_points"][1]), (slots, scale_shape, scale_shape))
        for slot in range(slots):
            at = [i for i in range(COUNT) if slot_of(i) == slot]
            mine = [REAL[i] for i in at]
            parameters = affine_parameters(min(mine), max(mine), 4, False, False)
            self.assertEqual((scales[slot], zero_points[slot]), parameters[:2])
            self.assertEqual([codes[i] for i in at], affine_codes(mine, parameters))
        return metadata

    def test_channels_and_groups(self):
        metadata = self.check_slots(["--granularity", "channel"], lambda i: i // 40, 6, [6])
        self.assertEqual((metadata["w.axis"], "w.block" in metadata), ("0", False))
        self.check_slots(["--granularity", "channel", "--axis", "1"], lambda i: i // 8 % 5, 5, [5])
        self.check_slots(["--granularity", "channel", "--axis", "-1"], lambda i: i % 8, 8, [8])
        metadata = self.check_slots(["--granularity", "group:4"], lambda i: i // 4, 60, [6, 5, 2])
        self.assertEqual((metadata["w.axis"], metadata["w.block"]), ("2", "4"))
        self.check_slots(["--granularity", "group:3", "--axis", "1"], lambda i: i // 40 * 16 + i // 8 % 5 // 3 * 8 + i % 8, 96, [6, 2, 8])

    def test_what_is_kept(self):
        self.write_real()
        metadata, tensors, report = self.quantize()
        self.assertEqual(metadata["note"], "made by a test")
        self.assertEqual(tensors["bias"], ("F32", [6], f32_bytes([1.0] * 6)))
        self.assertEqual(tensors["ids"], ("I64", [2, 1], struct.pack("<2q", 3, 4)))
        self.assertEqual((report["bias"]["result"], report["ids"]["result"], report["w"]["result"]), ("kept", "kept", "quantized"))
        self.assertIn("one dimension", report["bias"]["reason"])
        tensors = self.quantize("--include", "x*,b*s")[1]
        self.assertEqual((tensors["bias"][0], tensors["w"][0]), ("U8", "F32"))
        self.write(a=("F32", [2, 2], f32_bytes([1, 2, 3, 4])), ab=("F32", [2, 2], f32_bytes([1, 2, 3, 4])))
        tensors = self.quantize("--exclude", "?b")[1]
        self.assertEqual((tensors["a"][0], tensors["ab"][0]), ("U8", "F32"))

    def test_no_device(self):
        self.write_real()
        status, _, err = run("quantize", self.source, "-o", self.target, OCL_ICD_VENDORS=self.folder.name, OPENCL_VENDOR_PATH=self.folder.name)
        self.assertEqual((status, os.path.exists(self.target)), (3, False), err)

    def test_text(self):
        self.write_real()
        status, out, err = run("quantize", self.source, "-o", self.target)
        self.assertEqual((status, err), (0, ""))
        self.assertIn("w [6,5,8] F32: affine u8 per tensor, range ", out)
        self.assertIn("bias [6] F32: kept, one dimension", out)
        self.assertEqual(last_line(out), "1 quantized, 2 kept, 0 calibrated, 1000 -> 285 bytes")
        _, out, _ = run("quantize", self.source, "-o", self.target, "--quiet")
        self.assertEqual(out, "1 quantized, 2 kept, 0 calibrated, 1000 -> 285 bytes\n")

    def test_same_bytes_each_time_and_in_place(self):
        self.write_real()
        self.quantize("--bits", "3", "--method", "mse", "--granularity", "channel")
        with open(self.target, "rb") as file:
            first = file.read()
        self.target = self.source
        self.quantize("--bits", "3", "--method", "mse", "--granularity", "channel")
        with open(self.source, "rb") as file:
            self.assertEqual(file.read(), first)

    def test_constants(self):
        constants = {"zero": 0.0, "positive": 0.75, "negative": -3.0}
        self.write(**{name: ("F32", [1, 7], f32_bytes([value] * 7)) for name, value in constants.items()})
        for words in ([], ["--symmetric"], ["--method", "mse"], ["--method", "kl"], ["--method", "gauss"], ["--method", "percentile"]):
            _, tensors, report = self.quantize(*words)
            for name, value in constants.items():
                with self.subTest(name=name, words=words):
                    scale = floats_of(tensors[name + ".scales"])[0]
                    zero_point = tensors[name + ".zero_points"][2][0] if not words[:1] == ["--symmetric"] else 0
                    codes = stream_codes(tensors[name][2], 7, 8, "--symmetric" in words)
                    self.assertTrue(2.0**-126 <= scale < math.inf)
                    self.assertTrue(all(abs(scale * (q - zero_point) - value) <= scale for q in codes), (codes, scale, zero_point))
            self.assertIsNone(report["zero"]["signal_to_noise_db"])

    def test_methods(self):
        real = values(5, 4000)
        real[17] = 40.0
        self.write(w=("F32", [40, 100], f32_bytes(real)))
        clips, noise = {}, {}
        for method in ("min-max", "percentile:99", "percentile", "mse", "kl", "gauss", "laplace", "mean-std:2", "mean-std"):
            report = self.quantize("--bits", "4", "--symmetric", "--method", method)[2]["w"]
            clips[method], noise[method] = report["clip"], report["signal_to_noise_db"]
            self.assertEqual(report["method"], method.split(":")[0])
        self.assertGreater(clips["min-max"][1], 37.0)
        for method in clips:
            if method != "min-max":
                self.assertLessEqual(clips[method][1], clips["min-max"][1], method)
        for method in ("mse", "gauss", "laplace", "mean-std"):
            self.assertLess(clips[method][1], 10.0, method)
            self.assertGreater(noise["mse"], noise[method] - 0.05, method)
        self.assertGreater(noise["mse"], noise["min-max"] + 3.0)
        self.assertLess(clips["mean-std:2"][1], clips["mean-std"][1])
        self.assertLess(clips["percentile:99"][1], clips["percentile"][1] + 1e-6)
        for words in (["--granularity", "group:25"], ["--granularity", "channel", "--symmetric"]):
            by_slot = [self.quantize("--bits", "3", "--method", method, *words)[2]["w"]["signal_to_noise_db"] for method in ("min-max", "mse")]
            self.assertGreater(by_slot[1], by_slot[0], words)

    def test_signs(self):
        self.write_real()
        signs = [-1 if x < 0 else 1 for x in REAL]
        metadata, tensors, report = self.quantize("--scheme", "bnn")
        self.assertEqual((tensors["w"][0], tensors["w"][1], metadata["w.type"]), ("U32", [30], "b1"))
        self.assertEqual(plane_codes(tensors["w"][2], 30, 8, 1, lambda code: 1 - 2 * code[0]), signs)
        self.assertNotIn("w.scales", tensors)
        self.assertEqual(report["w"]["clip"], [-1, 1])
        metadata, tensors, _ = self.quantize("--scheme", "xnor")
        self.assertEqual(plane_codes(tensors["w"][2], 30, 8, 1, lambda code: 1 - 2 * code[0]), signs)
        for channel, scale in enumerate(floats_of(tensors["w.scales"])):
            self.assertAlmostEqual(scale, sum(abs(x) for x in REAL[40 * channel : 40 * channel + 40]) / 40, places=6)
        self.assertEqual(metadata["w.axis"], "0")

    def test_ternary(self):
        self.write_real()
        metadata, tensors, _ = self.quantize("--scheme", "twn")
        threshold = 0.7 * sum(abs(x) for x in REAL) / COUNT
        codes = [(x > threshold) - (x < -threshold) for x in REAL]
        kept = [abs(x) for x in REAL if abs(x) > threshold]
        self.assertEqual(metadata["w.type"], "t2")
        self.assertEqual(plane_codes(tensors["w"][2], 30, 8, 2, lambda code: code[0] * (1 - 2 * code[1])), codes)
        self.assertAlmostEqual(floats_of(tensors["w.scales"])[0], sum(kept) / len(kept), places=5)

    def test_levels_of_dorefa_and_wrpn(self):
        self.write_real()
        most = max(abs(math.tanh(x)) for x in REAL)
        for bits in (2, 3, 7):
            metadata, tensors, _ = self.quantize("--scheme", "dorefa", "--bits", str(bits))
            levels = (1 << bits) - 1
            got = plane_codes(tensors["w"][2], 30, 8, bits, lambda code: 2 * sum(bit << i for i, bit in enumerate(code)) - levels)
            self.assertEqual((metadata["w.type"], floats_of(tensors["w.scales"])), (f"po{bits}", [f32(1 / levels)]))
            for x, value in zip(REAL, got):
                self.assertLessEqual(abs(math.tanh(x) / most - value / levels), 1.0001 / levels)
        metadata, tensors, _ = self.quantize("--scheme", "dorefa")
        self.assertEqual((metadata["w.type"], len(floats_of(tensors["w.scales"]))), ("b1", 1))
        for bits in (2, 4, 8):
            metadata, tensors, _ = self.quantize("--scheme", "wrpn", "--bits", str(bits))
            levels = (1 << bits - 1) - 1
            scale = f32(1 / levels)
            self.assertEqual((metadata["w.type"], floats_of(tensors["w.scales"])), (f"s{bits}", [scale]))
            expected = [max(-levels, min(levels, round(f32(x / scale)))) for x in REAL]
            self.assertEqual(stream_codes(tensors["w"][2], COUNT, bits, True), expected)

    def test_calibration(self):
        self.write_real()
        data = os.path.join(self.folder.name, "data.safetensors")
        samples = [[abs(x) for x in values(7 + i, 6, 1.0 + i)] for i in range(4)]
        flat = [x for sample in samples for x in sample]
        write_weights(data, {"conv1": ("F32", [4, 2, 3], f32_bytes(flat)), "fc": ("F16", [2, 2], f16_bytes([-1.0, 0.5, 0.25, 3.0]))})
        metadata, tensors, report = self.quantize("--calibrate", data)
        self.assertEqual(floats_of(tensors["conv1.activation.range"]), [min(flat), max(flat)])
        scale, zero_point, _, _ = affine_parameters(-1.0, 3.0, 8, False, False)
        self.assertEqual((floats_of(tensors["fc.activation.scale"]), list(tensors["fc.activation.zero_point"][2])), ([scale], [zero_point]))
        self.assertEqual((metadata["fc.activation.type"], metadata["fc.activation.method"]), ("u8", "min-max"))
        self.assertEqual(report["conv1"]["samples"], 4)
        running = max(samples[0])
        for sample in samples[1:]:
            running += 0.1 * (max(sample) - running)
        tensors = self.quantize("--calibrate", data, "--calibrate-method", "moving-average", "--calibrate-bits", "4")[1]
        self.assertAlmostEqual(floats_of(tensors["conv1.activation.range"])[1], running, places=5)
        tensors = self.quantize("--calibrate", data, "--calibrate-method", "sample-average")[1]
        self.assertAlmostEqual(floats_of(tensors["conv1.activation.range"])[1], sum(max(sample) for sample in samples) / 4, places=5)
        os.remove(self.target)
        self.refuse("no.safetensors", "--calibrate", os.path.join(self.folder.name, "no.safetensors"))
        write_weights(data, {"conv1": ("F32", [1, 2], f32_bytes([math.inf, 1.0]))})
        self.refuse("'conv1'", "--calibrate", data)
        write_weights(data, {"conv1": ("I8", [1, 2], b"ab")})
        self.refuse("I8", "--calibrate", data)
        write_weights(data, {})
        self.refuse("no activations", "--calibrate", data)

    def test_bad_files(self):
        self.refuse("No such file")
        self.write_real()
        with open(self.source, "r+b") as file:
            file.truncate(os.path.getsize(self.source) - 1)
        self.refuse("truncated")
        self.refuse(self.source)
        for bad in (math.nan, math.inf, -math.inf):
            self.write_real(REAL[:100] + [bad] + REAL[101:])
            self.refuse("element 100")
        self.write_real()
        self.refuse("--include nothing*", "--include", "nothing*")
        self.refuse("none of 3 tensors", "--exclude", "*")
        self.refuse("no axis 3", "--granularity", "channel", "--axis", "3")
        self.refuse("groups of 9", "--granularity", "group:9")
        self.write(bias=("F32", [6], f32_bytes([1.0] * 6)))
        self.refuse("two dimensions")
        self.write(w=("F32", [2, 2], f32_bytes([1, 2, 3, 4])), **{"w.scales": ("F32", [1], f32_bytes([1]))})
        self.refuse("'w.scales' is given twice")
        self.write_real()
        self.target = os.path.join(self.folder.name, "none", "out.safetensors")
        self.refuse(self.target)


unittest.main()
