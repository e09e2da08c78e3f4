# SPDX-License-Identifier: Apache-2.0
"""Matrix products and dynamic quantization. Types are drawn from what ONNX Runtime's CPU provider takes: zero points of a are per tensor there."""
import numpy as np

from .draw import random_floats, run


def lead(draw):
    return [(), (), (), (2,), (3,), (2, 3)][draw.random.integers(6)]


def gemm(draw):
    """m, n, k and the shapes of a and b: b with the leading dimensions of a or none."""
    m, n, k, leading = draw.size(), draw.size(), draw.size(), lead(draw)
    return m, n, k, leading + (m, k), (leading if draw.random.integers(2) else ()) + (k, n)


def matmul_integer(draw):
    _, n, _, a_shape, b_shape = gemm(draw)
    a_type, b_type = "uint8" if draw.random.integers(2) else "int8", "uint8" if draw.random.integers(2) else "int8"
    a, b = draw.matrix(a_type, a_shape), draw.matrix(b_type, b_shape, True)
    a_zero, b_zero = draw.zero_point(a_type, 1), draw.zero_point(b_type, draw.channels(n) if len(b_shape) == 2 else 1)
    (y,) = run("MatMulInteger", [("a", a), ("b", b), ("az", a_zero.reshape(())), ("bz", b_zero if len(b_zero) > 1 else b_zero.reshape(()))], 1)
    return "gemm", {"a": a, "b": b, "y": y, "a.zero_point": a_zero, "b.zero_point": b_zero}, {}


def qlinear_matmul(draw):
    _, n, k, a_shape, b_shape = gemm(draw)
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


def dynamic_quantize(draw):
    x = random_floats(draw, (draw.size(), draw.size()))
    y, scale, zero = run("DynamicQuantizeLinear", [("x", x)], 3)
    return "dynamic_quantize", {"x": x, "y": y, "y.scale": scale, "y.zero_point": zero}, {}


def matmul_integer_to_float(draw):
    _, n, _, a_shape, b_shape = gemm(draw)
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
