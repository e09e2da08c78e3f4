# SPDX-License-Identifier: Apache-2.0
"""Element by element: ONNX's QuantizeLinear and DequantizeLinear, which define their results, and ONNX Runtime's own QLinearAdd, QLinearMul, QLinearSigmoid and QLinearLeakyRelu. The kernels of the
sum and the product may be off by one (docs/numerics.md says why): those cases allow it."""
import numpy as np

from .draw import random_floats, run, scalar

OFF_BY_ONE = {"tolerance": "abs=1"}


def shape_of(draw):
    return tuple(draw.size() for _ in range(draw.random.integers(1, 3)))


def dtype_of(draw):
    return "uint8" if draw.random.integers(2) else "int8"


def parameters(draw, dtype, count=1):
    return draw.scale(count), draw.zero_point(dtype, count)


def binary(draw, op, y_scale_of):
    dtype, shape = dtype_of(draw), shape_of(draw)
    b_shape = [shape, shape, shape[-1:], (1,) * len(shape)][draw.random.integers(4)]
    a, b = draw.matrix(dtype, shape), draw.matrix(dtype, b_shape)
    (a_scale, a_zero), (b_scale, b_zero), y_zero = parameters(draw, dtype), parameters(draw, dtype), draw.zero_point(dtype, 1)
    y_scale = (y_scale_of(a_scale, b_scale) * np.float32(draw.random.uniform(0.5, 2))).astype(np.float32)
    (y,) = run(op, [("a", a), ("as", scalar(a_scale)), ("az", scalar(a_zero)), ("b", b), ("bs", scalar(b_scale)), ("bz", scalar(b_zero)), ("ys", scalar(y_scale)),
                    ("yz", scalar(y_zero))], 1, "com.microsoft")
    return {"a": a, "b": b, "y": y, "a.scale": a_scale, "a.zero_point": a_zero, "b.scale": b_scale, "b.zero_point": b_zero, "y.scale": y_scale, "y.zero_point": y_zero}


def qlinear_add(draw):
    return "add", binary(draw, "QLinearAdd", lambda a, b: a + b), OFF_BY_ONE


def qlinear_mul(draw):
    return "mul", binary(draw, "QLinearMul", lambda a, b: a * b * np.float32(90)), OFF_BY_ONE


def table(draw, op, y_scale, attributes=None):
    dtype, shape = dtype_of(draw), shape_of(draw)
    x, (x_scale, x_zero), y_zero = draw.matrix(dtype, shape), parameters(draw, dtype), draw.zero_point(dtype, 1)
    (y,) = run(op, [("x", x), ("xs", scalar(x_scale)), ("xz", scalar(x_zero)), ("ys", scalar(y_scale)), ("yz", scalar(y_zero))], 1, "com.microsoft", attributes)
    return {"x": x, "y": y, "x.scale": x_scale, "x.zero_point": x_zero, "y.scale": y_scale, "y.zero_point": y_zero}


def qlinear_sigmoid(draw):
    return "lut", table(draw, "QLinearSigmoid", np.array([1 / 256], np.float32) * np.float32(draw.random.uniform(0.7, 2))), {"function": "sigmoid"}


def qlinear_leaky_relu(draw):
    alpha = np.float32(draw.random.choice([0.01, 0.1, 0.2, 0.3]))
    return "lut", table(draw, "QLinearLeakyRelu", draw.scale(1), {"alpha": float(alpha)}), {"function": "leaky_relu", "alpha": repr(float(alpha))}


def axis_of(draw, shape):
    """An axis and its length, or none."""
    if draw.random.integers(2):
        return None, 1
    axis = int(draw.random.integers(len(shape)))
    return axis, shape[axis]


def quantize_linear(draw):
    dtype, shape = dtype_of(draw), shape_of(draw)
    axis, count = axis_of(draw, shape)
    x, (y_scale, y_zero) = random_floats(draw, shape), parameters(draw, dtype, count)
    y_scale = (y_scale * max(float(np.abs(x).max()), 1e-30) / 10).astype(np.float32)
    (y,) = run("QuantizeLinear", [("x", x), ("ys", y_scale if axis is not None else scalar(y_scale)), ("yz", y_zero if axis is not None else scalar(y_zero))], 1,
               attributes={"axis": axis or 0})
    return "quantize", {"x": x, "y": y, "y.scale": y_scale, "y.zero_point": y_zero}, {"axis": axis or 0}


def dequantize_linear(draw):
    dtype, shape = "int32" if draw.random.integers(4) == 0 else dtype_of(draw), shape_of(draw)
    axis, count = axis_of(draw, shape)
    x, x_scale = draw.matrix(dtype, shape), draw.scale(count)
    x_zero = None if dtype == "int32" else draw.zero_point(dtype, count)
    (y,) = run("DequantizeLinear", [("x", x), ("xs", x_scale if axis is not None else scalar(x_scale)),
                                    ("xz", None if x_zero is None else x_zero if axis is not None else scalar(x_zero))], 1, attributes={"axis": axis or 0})
    return "dequantize", {"x": x, "y": y, "x.scale": x_scale, "x.zero_point": x_zero}, {"axis": axis or 0}


KINDS = {"qlinear_add": qlinear_add, "qlinear_mul": qlinear_mul, "qlinear_sigmoid": qlinear_sigmoid, "qlinear_leaky_relu": qlinear_leaky_relu,
         "quantize_linear": quantize_linear, "dequantize_linear": dequantize_linear}
