#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Draws random quantized single-node models, runs them in ONNX Runtime and writes what it computed as case files.

    python3 -m venv /tmp/oracle && /tmp/oracle/bin/pip install onnxruntime onnx numpy
    /tmp/oracle/bin/python scripts/oracle_onnxruntime.py --count 200 --seed 1 -o /tmp/cases
    clqnn check /tmp/cases/*.safetensors

Kinds: matmul_integer, qlinear_matmul, dynamic_quantize, and ONNX Runtime's own matmul_integer_to_float and dynamic_quantize_matmul.
The same seed and count give the same files for one version of ONNX Runtime. Types are drawn from what its CPU provider takes (zero points of a
are per tensor there). Its AVX2 kernels without VNNI saturate sums of two u8 x s8 products: draw on a machine with VNNI or pass --small, which
keeps b within 7 bits.
"""
import argparse
import os
import sys

from case_file_writer import Tensor, write_case

try:
    import numpy as np
    import onnx
    import onnxruntime
    from onnx import TensorProto, helper
except ImportError as error:
    if "--help" in sys.argv or "-h" in sys.argv:
        np = onnx = onnxruntime = None
    else:
        sys.exit(f"{error}: this script needs the packages onnxruntime, onnx and numpy (--help)")

DTYPES = {"uint8": "U8", "int8": "I8", "int32": "I32", "float32": "F32"}


def tensor_of(array):
    return Tensor(DTYPES[array.dtype.name], list(array.shape), np.ascontiguousarray(array).tobytes())


class Draw:
    """Random operands. Sizes are small and mostly odd; values cover their whole type with the extremes drawn often."""

    def __init__(self, seed, small):
        self.random, self.small = np.random.default_rng(seed), small

    def size(self):
        return int(self.random.choice([1, 2, 3, 5, 7, 8, 13, 16, 17, 31, 33, 64, 65, 100, 129]))

    def lead(self):
        return [(), (), (), (2,), (3,), (2, 3)][self.random.integers(6)]

    def matrix(self, dtype, shape, narrow=False):
        info = np.iinfo(dtype)
        low, high = (info.min // 2, info.max // 2) if narrow and self.small else (info.min, info.max)
        out = self.random.integers(low, high, size=shape, endpoint=True, dtype=dtype)
        ends = self.random.random(shape) < 0.1
        out[ends] = self.random.choice(np.array([low, high], dtype), size=shape)[ends]
        return out

    def zero_point(self, dtype, count):
        info = np.iinfo(dtype)
        choice = self.random.integers(3)
        value = self.random.integers(info.min, info.max, size=count, endpoint=True, dtype=dtype)
        return value if choice == 0 else np.full(count, info.min if choice == 1 else (info.min + info.max + 1) // 2, dtype)

    def scale(self, count):
        return np.exp(self.random.uniform(np.log(1e-3), np.log(0.5), size=count)).astype(np.float32)

    def gemm(self):
        """m, n, k and the shapes of a and b: b with the leading dimensions of a or none."""
        m, n, k, lead = self.size(), self.size(), self.size(), self.lead()
        return m, n, k, lead + (m, k), (lead if self.random.integers(2) else ()) + (k, n)

    def channels(self, n):
        return n if self.random.integers(2) else 1


def run(op, inputs, output_count, domain="", attributes=None):
    """One node over named arrays; an array of None is an input left out."""
    names = [name if value is not None else "" for name, value in inputs]
    while names and not names[-1]:
        names.pop()
    outputs = [f"y{index}" for index in range(output_count)]
    node = helper.make_node(op, names, outputs, domain=domain, **(attributes or {}))
    given = {name: value for name, value in inputs if value is not None}
    infos = [helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(value.dtype), value.shape) for name, value in given.items()]
    graph = helper.make_graph([node], "case", infos, [onnx.ValueInfoProto(name=name) for name in outputs])
    opsets = [helper.make_opsetid("", 13)] + ([helper.make_opsetid(domain, 1)] if domain else [])
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return session.run(None, given)


def matmul_integer(draw):
    _, n, _, a_shape, b_shape = draw.gemm()
    a_type, b_type = "uint8" if draw.random.integers(2) else "int8", "uint8" if draw.random.integers(2) else "int8"
    a, b = draw.matrix(a_type, a_shape), draw.matrix(b_type, b_shape, True)
    a_zero, b_zero = draw.zero_point(a_type, 1), draw.zero_point(b_type, draw.channels(n) if len(b_shape) == 2 else 1)
    (y,) = run("MatMulInteger", [("a", a), ("b", b), ("az", a_zero.reshape(())), ("bz", b_zero if len(b_zero) > 1 else b_zero.reshape(()))], 1)
    return "gemm", {"a": a, "b": b, "y": y, "a.zero_point": a_zero, "b.zero_point": b_zero}, {}


def qlinear_matmul(draw):
    _, n, k, a_shape, b_shape = draw.gemm()
    a_type = "uint8" if draw.random.integers(2) else "int8"
    b_type = "int8" if a_type == "int8" or draw.random.integers(2) else "uint8"
    a, b = draw.matrix(a_type, a_shape), draw.matrix(b_type, b_shape, True)
    channels = draw.channels(n) if len(b_shape) == 2 else 1
    a_scale, b_scale = draw.scale(1), draw.scale(channels)
    a_zero, b_zero, y_zero = draw.zero_point(a_type, 1), draw.zero_point(b_type, channels), draw.zero_point(a_type, 1)
    y_scale = (a_scale * b_scale.mean() * np.float32(40 * np.sqrt(k) + 1)).astype(np.float32)
    shape = () if channels == 1 else (n,)
    (y,) = run("QLinearMatMul", [("a", a), ("as", a_scale.reshape(())), ("az", a_zero.reshape(())), ("b", b), ("bs", b_scale.reshape(shape)),
                                 ("bz", b_zero.reshape(shape)), ("ys", y_scale.reshape(())), ("yz", y_zero.reshape(()))], 1)
    return "gemm", {"a": a, "b": b, "y": y, "a.scale": a_scale, "a.zero_point": a_zero, "b.scale": b_scale, "b.zero_point": b_zero,
                    "y.scale": y_scale, "y.zero_point": y_zero}, {}


def random_floats(draw, shape):
    spread = np.float32(10.0 ** draw.random.uniform(-3, 3))
    return ((draw.random.random(shape) - draw.random.choice([0.0, 0.3, 0.5, 1.0])) * spread).astype(np.float32)


def dynamic_quantize(draw):
    x = random_floats(draw, (draw.size(), draw.size()))
    y, scale, zero = run("DynamicQuantizeLinear", [("x", x)], 3)
    return "dynamic_quantize", {"x": x, "y": y, "y.scale": scale, "y.zero_point": zero}, {}


def matmul_integer_to_float(draw):
    _, n, _, a_shape, b_shape = draw.gemm()
    a_type = "uint8" if draw.random.integers(2) else "int8"
    b_type = "int8" if a_type == "int8" or draw.random.integers(2) else "uint8"
    a, b = draw.matrix(a_type, a_shape), draw.matrix(b_type, b_shape, True)
    channels = draw.channels(n) if len(b_shape) == 2 else 1
    a_scale, b_scale = draw.scale(1), draw.scale(channels)
    a_zero, b_zero = draw.zero_point(a_type, 1), draw.zero_point(b_type, channels)
    bias = random_floats(draw, (n,)) if draw.random.integers(2) else None
    shape = () if channels == 1 else (n,)
    (y,) = run("MatMulIntegerToFloat", [("a", a), ("b", b), ("as", a_scale.reshape(())), ("bs", b_scale.reshape(shape)), ("az", a_zero.reshape(())),
                                        ("bz", b_zero.reshape(shape)), ("bias", bias)], 1, "com.microsoft")
    return "gemm", {"a": a, "b": b, "y": y, "a.scale": a_scale, "a.zero_point": a_zero, "b.scale": b_scale, "b.zero_point": b_zero, "bias": bias}, {}


def dynamic_quantize_matmul(draw):
    m, n, k = draw.size(), draw.size(), draw.size()
    b_type = "uint8" if draw.random.integers(2) else "int8"
    a, b, channels = random_floats(draw, (m, k)), draw.matrix(b_type, (k, n), True), draw.channels(n)
    b_scale, b_zero = draw.scale(channels), draw.zero_point(b_type, channels)
    bias = random_floats(draw, (n,)) if draw.random.integers(2) else None
    shape = () if channels == 1 else (n,)
    (y,) = run("DynamicQuantizeMatMul", [("a", a), ("b", b), ("bs", b_scale.reshape(shape)), ("bz", b_zero.reshape(shape)), ("bias", bias)], 1,
               "com.microsoft")
    return "gemm", {"a": a, "b": b, "y": y, "b.scale": b_scale, "b.zero_point": b_zero, "bias": bias}, {"a__dynamic": "tensor"}


KINDS = {"matmul_integer": matmul_integer, "qlinear_matmul": qlinear_matmul, "dynamic_quantize": dynamic_quantize,
         "matmul_integer_to_float": matmul_integer_to_float, "dynamic_quantize_matmul": dynamic_quantize_matmul}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100, help="models of each kind (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="default: %(default)s")
    parser.add_argument("--kind", action="append", choices=sorted(KINDS), help="may be repeated (default: all)")
    parser.add_argument("--small", action="store_true", help="keep b within 7 bits")
    parser.add_argument("-o", "--output", required=True, help="folder for the case files")
    options = parser.parse_args()
    os.makedirs(options.output, exist_ok=True)
    for kind in options.kind or sorted(KINDS):
        for index in range(options.count):
            draw = Draw([options.seed, sorted(KINDS).index(kind), index], options.small)
            op, arrays, metadata = KINDS[kind](draw)
            tensors = {name: tensor_of(array) for name, array in arrays.items() if array is not None}
            source = f"ONNX Runtime {onnxruntime.__version__}, scripts/oracle_onnxruntime.py --seed {options.seed} --kind {kind}, model {index}"
            write_case(os.path.join(options.output, f"ort_{kind}_{options.seed}_{index}.safetensors"), op, tensors, source, **metadata)
        print(f"{options.count} {kind}")


if __name__ == "__main__":
    main()
