# SPDX-License-Identifier: Apache-2.0
"""ADD, SUB, MUL, pooling, SOFTMAX, CONCATENATION, LOGISTIC, TANH, RESIZE_NEAREST_NEIGHBOR, RESIZE_BILINEAR and MEAN of TFLite, mostly int8."""
import math

import numpy as np

from .tflite_draw import clamp_metadata, options, scales, text, zero_points
from .tflite_layers import Window
from .tflite_model import Operand
from .tflite_rescaling import fixed_tensors, quantize_multiplier, rounding_rule

OFF_BY_ONE = {"tolerance": "abs=1"}
ADD_LEFT_SHIFT = 20


def pair(draw):
    """Two inputs that broadcast."""
    dtype, shape = draw.dtype(), [draw.choose(1, 2, 3, 5, 16, 33, 65) for _ in range(draw.choose(1, 2, 3, 4))]
    other = draw.choose(shape, shape, [1] * (len(shape) - 1) + shape[-1:], [1] * len(shape))
    return draw.input(dtype, shape), draw.input(dtype, other)


def sum_of(draw, kind, code):
    (a, b), activation = pair(draw), draw.activation()
    y = Operand(a.dtype, draw.near(a.scale + b.scale, 2), draw.zero_point(a.dtype))
    result = draw.runtime.run(code, 2, options(f"{code.capitalize()}OptionsT", activation, potScaleInt16=False), [a, b], y)
    twice = 2 * max(float(a.scale[0]), float(b.scale[0]))
    arrays = {"a": a.values, "b": b.values, "y": result, **zero_points(a=a, b=b, y=y), **fixed_tensors([twice / ((1 << ADD_LEFT_SHIFT) * float(y.scale[0]))])}
    a_fixed, b_fixed = quantize_multiplier(float(a.scale[0]) / twice), quantize_multiplier(float(b.scale[0]) / twice)
    return kind, arrays, {"requantize": rounding_rule(draw.runtime, "MUL"), "add__left_shift": ADD_LEFT_SHIFT, "a__multiplier": a_fixed[0], "a__shift": a_fixed[1], "b__multiplier": b_fixed[0],
                          "b__shift": b_fixed[1], **clamp_metadata(activation, y)}


def add(draw):
    return sum_of(draw, "add", "ADD")


def sub(draw):
    return sum_of(draw, "sub", "SUB")


def mul(draw):
    (a, b), activation = pair(draw), draw.activation()
    y = Operand(a.dtype, draw.near(a.scale * b.scale * np.float32(90), 2), draw.zero_point(a.dtype))
    result = draw.runtime.run("MUL", 2, options("MulOptionsT", activation), [a, b], y)
    factor = float(a.scale[0] * b.scale[0] / y.scale[0])  # in binary32
    arrays = {"a": a.values, "b": b.values, "y": result, **zero_points(a=a, b=b, y=y), **fixed_tensors([factor])}
    return "mul", arrays, {"requantize": rounding_rule(draw.runtime, "MUL"), **clamp_metadata(activation, y)}


def pool(draw, code, kind):
    """x and y are quantized alike; a window that saw no pixel would have no average, and SAME never makes one."""
    window, activation, dtype = Window(draw, False), draw.activation(), draw.dtype()
    x = draw.input(dtype, [draw.choose(1, 1, 2), *window.input, draw.choose(1, 2, 3, 7, 16, 17, 33)])
    y = Operand(dtype, x.scale, x.zero_point)
    chosen = options("Pool2DOptionsT", activation, **window.fields(), filterHeight=window.kernel[0], filterWidth=window.kernel[1])
    result = draw.runtime.run(code, 2, chosen, [x], y)
    metadata = {"kind": kind, "layout": "nhwc", "kernel": text(window.kernel), "strides": text(window.strides), "pads": text(window.pads)}
    return "pool", {"x": x.values, "y": result, **scales(x=x, y=y), **zero_points(x=x, y=y)}, {**metadata, **clamp_metadata(activation, y)}


def average_pool(draw):
    op, arrays, metadata = pool(draw, "AVERAGE_POOL_2D", "average")
    return op, arrays, {**metadata, "average__rounding": "half_away"}


def max_pool(draw):
    return pool(draw, "MAX_POOL_2D", "max")


def softmax(draw):
    """Over the last dimension; TFLite's result has scale 1/256 and its type's lowest value as zero point. Distances become multiples of 2^-26; 31 of them and more do not count."""
    dtype, beta = draw.dtype(), draw.choose(1.0, 1.0, 0.5, 2.0)
    x = draw.input(dtype, [draw.choose(1, 2, 3, 5, 17), draw.choose(1, 2, 3, 5, 33, 100, 300)], draw.scale(1, 3e-4, 2))
    y = Operand(dtype, np.array([1 / 256], np.float32), np.iinfo(dtype).min)
    result = draw.runtime.run("SOFTMAX", 2, options("SoftmaxOptionsT", beta=beta), [x], y)
    multiplier, shift = quantize_multiplier(beta * float(x.scale[0]) * (1 << 26))
    metadata = {"softmax__multiplier": multiplier, "softmax__shift": shift, "softmax__diff_min": -math.floor(31 * (1 << 26) / 2**shift)}
    return "softmax", {"x": x.values, "y": result, **scales(y=y), **zero_points(y=y)}, {"axis": -1, "requantize": "fixed_double", **metadata}


def concatenation(draw):
    """int8 wants one quantization for all; uint8 may rescale, by a reciprocal in binary32."""
    dtype, rank = draw.dtype(), draw.choose(1, 2, 3, 4)
    axis, shape, count = int(draw.random.integers(rank)), [draw.choose(1, 2, 3, 5, 17) for _ in range(rank)], draw.choose(1, 2, 3)
    y = Operand(dtype, draw.scale(), draw.zero_point(dtype))
    inputs, arrays = [], {**scales(y=y), **zero_points(y=y)}
    for i in range(count):
        x = draw.input(dtype, shape[:axis] + [draw.choose(1, 3, 16, 33)] + shape[axis + 1:], draw.near(y.scale))
        if dtype == "int8" or draw.random.integers(2):
            x.scale, x.zero_point = y.scale, y.zero_point
        inputs.append(x)
        arrays |= {f"x{i}": x.values, **scales(**{f"x{i}": x}), **zero_points(**{f"x{i}": x})}
    arrays["y"] = draw.runtime.run("CONCATENATION", 2, options("ConcatenationOptionsT", axis=axis), inputs, y)
    return "concat", arrays, {"axis": axis}


def function(draw, code, name, scale, zero_point):
    """int8 with the result's quantization that TFLite prescribes."""
    x = draw.input("int8", [draw.choose(1, 3, 17, 64), draw.choose(1, 5, 33, 129)], draw.scale(1, 1e-3, 0.1))
    y = Operand("int8", np.array([scale], np.float32), zero_point)
    result = draw.runtime.run(code, 2, None, [x], y)
    return "lut", {"x": x.values, "y": result, **scales(x=x, y=y), **zero_points(x=x, y=y)}, {"function": name, **OFF_BY_ONE}


def logistic(draw):
    return function(draw, "LOGISTIC", "sigmoid", 1 / 256, -128)


def tanh(draw):
    return function(draw, "TANH", "tanh", 1 / 128, 0)


def nearest_indices(extent, size, align_corners, half_pixel):
    """Source indices by TFLite's formula, which multiplies by input / output, and by this library's, which divides by output / input as ONNX does; both in binary32."""
    one, half, i = np.float32(1), np.float32(0.5), np.arange(size, dtype=np.float32)
    extent, size = np.float32(extent), np.float32(size)
    if align_corners:
        theirs = i * ((extent - one) / (size - one) if size > 1 else extent / size) + half
        ours = (i * (extent - one)) / (size - one) + half if size > 1 else i
    else:
        theirs = (i + (half if half_pixel else 0)) * (extent / size)
        ours = (i + half) / (size / extent) - half + half if half_pixel else i / (size / extent)
    return np.minimum(np.floor(theirs), extent - one), np.minimum(np.floor(ours), extent - one)


def resize_nearest(draw):
    """Only extents for which both formulas choose the same pixels (docs/numerics.md has an example of others)."""
    align_corners, half_pixel = draw.choose((False, False), (True, False), (False, True))
    while True:
        dtype = draw.dtype()
        x = draw.input(dtype, [draw.choose(1, 2), *(draw.choose(1, 2, 3, 5, 7, 8, 14) for _ in range(2)), draw.choose(1, 3, 16, 17)])
        sizes = [draw.choose(2 * extent, 1, 2, 3, 5, 8, 13) for extent in x.values.shape[1:3]]
        pairs = [nearest_indices(extent, size, align_corners, half_pixel) for extent, size in zip(x.values.shape[1:3], sizes)]
        if all(np.array_equal(theirs, ours) for theirs, ours in pairs):
            break
    y = Operand(dtype, x.scale, x.zero_point)
    chosen = options("ResizeNearestNeighborOptionsT", alignCorners=align_corners, halfPixelCenters=half_pixel)
    size_operand = Operand("int32", values=np.array(sizes, np.int32), constant=True)
    result = draw.runtime.run("RESIZE_NEAREST_NEIGHBOR", 3, chosen, [x, size_operand], y)
    coordinates, nearest = ("align_corners", "round_prefer_ceil") if align_corners else ("half_pixel", "round_prefer_ceil") if half_pixel else ("asymmetric", "floor")
    return "resize", {"x": x.values, "y": result}, {"mode": "nearest", "coordinates": coordinates, "nearest": nearest, "layout": "nhwc"}


def resize_bilinear(draw):
    """int8; x and y are quantized alike. Extents small enough that the rounded step leaves no image."""
    align_corners, half_pixel = draw.choose((False, False), (True, False), (False, True))
    x = draw.input("int8", [draw.choose(1, 2), *(draw.choose(1, 2, 3, 5, 7, 8, 14) for _ in range(2)), draw.choose(1, 3, 16, 33, 70)])
    sizes = [draw.choose(2 * extent, 1, 2, 3, 5, 8, 13, 29) for extent in x.values.shape[1:3]]
    y = Operand("int8", x.scale, x.zero_point)
    chosen = options("ResizeBilinearOptionsT", alignCorners=align_corners, halfPixelCenters=half_pixel)
    result = draw.runtime.run("RESIZE_BILINEAR", 3, chosen, [x, Operand("int32", values=np.array(sizes, np.int32), constant=True)], y)
    coordinates = "align_corners" if align_corners else "half_pixel" if half_pixel else "asymmetric"
    return "resize", {"x": x.values, "y": result}, {"mode": "linear", "coordinates": coordinates, "layout": "nhwc", "requantize": "fixed_double"}


def mean_fixed(x, y, count):
    """The factor sx / sy as multiplier and shift, divided by the count in integers."""
    multiplier, shift = quantize_multiplier(float(x.scale[0]) / float(y.scale[0]))
    bits = min(count.bit_length() - 1, 32, 31 + shift)
    return {"multiplier": np.array([(multiplier << bits) // count], np.int32), "shift": np.array([shift - bits], np.int32)}


def mean(draw):
    dtype = draw.dtype()
    x = draw.input(dtype, [draw.choose(1, 2, 3), draw.choose(1, 2, 3, 7, 14), draw.choose(1, 2, 5, 7), draw.choose(1, 3, 16, 33)])
    y = Operand(dtype, draw.near(x.scale), draw.zero_point(dtype))
    axes, keep = draw.choose([1, 2], [1, 2], [3], [1], [2, 3], [0], [0, 2], [0, 1, 2, 3]), bool(draw.random.integers(2))
    axes_operand = Operand("int32", values=np.array(axes, np.int32), constant=True)
    result = draw.runtime.run("MEAN", 2, options("ReducerOptionsT", keepDims=keep), [x, axes_operand], y)
    count = int(np.prod([x.values.shape[axis] for axis in axes]))
    arrays = {"x": x.values, "y": result, **zero_points(x=x, y=y), **mean_fixed(x, y, count)}
    return "reduce", arrays, {"kind": "mean", "axes": text(axes), "requantize": rounding_rule(draw.runtime, "MEAN")}


KINDS = {"add": add, "sub": sub, "mul": mul, "average_pool": average_pool, "max_pool": max_pool, "softmax": softmax, "concatenation": concatenation,
         "logistic": logistic, "tanh": tanh, "resize_nearest": resize_nearest, "resize_bilinear": resize_bilinear, "mean": mean}
