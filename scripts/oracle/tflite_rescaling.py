# SPDX-License-Identifier: Apache-2.0
"""The integers that TFLite derives from scales, recomputed here, and a probe for the rounding that a kernel of it has."""
import math

import numpy as np

from .tflite_model import Operand, fill


def round_away(x):
    """To the nearest integer, ties away from zero."""
    return math.floor(x + 0.5) if x >= 0 else -math.floor(0.5 - x)


def quantize_multiplier(real):
    """TFLite's multiplier in units of 2^-31 and shift to the left for a real factor of 0 or more. Exact: a double times 2^31 is a double, and `round_away` adds to an integer's half only."""
    if real == 0:
        return 0, 0
    fraction, shift = math.frexp(float(real))
    multiplier = round_away(math.ldexp(fraction, 31))
    if multiplier == 1 << 31:
        multiplier, shift = 1 << 30, shift + 1
    return (0, 0) if shift < -31 else (multiplier, shift)


def fixed_tensors(factors):
    """The tensors `multiplier` and `shift` of a case."""
    pairs = [quantize_multiplier(factor) for factor in factors]
    return {"multiplier": np.array([pair[0] for pair in pairs], np.int32), "shift": np.array([pair[1] for pair in pairs], np.int32)}


def activation_clamp(name, dtype, scale, zero_point):
    """Limits of a result in quantized units, as TFLite's fused activations have them; None without one."""
    info = np.iinfo(dtype)

    def quantized(real):
        return int(zero_point) + round_away(float(np.float32(real) / np.float32(scale)))
    low, high = {"NONE": (None, None), "RELU": (0.0, None), "RELU6": (0.0, 6.0), "RELU_N1_TO_1": (-1.0, 1.0)}[name]
    if low is None:
        return None
    return max(info.min, quantized(low)), min(info.max, quantized(high)) if high is not None else info.max


def probe_model(op):
    """Version, options and inputs of a model whose only element is 1 * 1 with a factor of 0.375."""
    def part(name, dtype, shape, values):
        scale = np.array([0.375 if name != "w" else 1], np.float32)
        return Operand(dtype, scale, values=np.full(shape, values, dtype), constant=name != "x")
    x, w, bias = part("x", "int8", [1, 1, 1, 1], 1), part("w", "int8", [1, 1, 1, 1], 1), part("bias", "int32", [1], 0)
    step = {"padding": 1, "strideH": 1, "strideW": 1}
    return {
        "CONV_2D": (3, fill("Conv2DOptionsT", **step), [x, w, bias]),
        "DEPTHWISE_CONV_2D": (3, fill("DepthwiseConv2DOptionsT", **step, depthMultiplier=1), [x, w, bias]),
        "TRANSPOSE_CONV": (3, fill("TransposeConvOptionsT", **step), [part("shape", "int32", [4], 1), w, x]),
        "FULLY_CONNECTED": (4, fill("FullyConnectedOptionsT"), [x, part("w", "int8", [1, 1], 1), bias]),
        "MUL": (2, fill("MulOptionsT"), [x, w]),
        "MEAN": (2, fill("ReducerOptionsT", keepDims=True), [x, part("axes", "int32", [2], [1, 2])]),
    }[op]


def rounding_rule(runtime, op):
    """fixed_double or fixed_single, by how the kernel rounds 0.375 with a multiplier of 0.75 and a shift of 1: to 1 in two steps (0.75, 1, 0.5, 1), to 0 in one."""
    version, options, inputs = probe_model(op)
    y = runtime.run(op, version, options, inputs, Operand("int8", np.ones(1, np.float32)))
    return "fixed_double" if int(y.reshape(-1)[0]) == 1 else "fixed_single"
