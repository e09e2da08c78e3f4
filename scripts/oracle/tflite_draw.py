# SPDX-License-Identifier: Apache-2.0
"""Random operands of quantized TFLite models, and the parts of a case that several operators share."""
import numpy as np

from case_file_writer import Tensor

from .tflite_model import Operand, fill, schema
from .tflite_rescaling import activation_clamp

DTYPES = {"uint8": "U8", "int8": "I8", "int32": "I32", "float32": "F32"}
ACTIVATIONS = ["NONE", "NONE", "RELU", "RELU6", "RELU_N1_TO_1"]


def tensor_of(array):
    return Tensor(DTYPES[array.dtype.name], list(array.shape), np.ascontiguousarray(array).tobytes())


def text(values):
    return ",".join(map(str, values))


class TfliteDraw:
    """Values cover their whole type with the extremes drawn often; constant int8 weights lie in [-127, 127], as TFLite's specification asks."""

    def __init__(self, seed, runtime):
        self.random, self.runtime = np.random.default_rng(seed), runtime

    def choose(self, *values):
        return values[int(self.random.integers(len(values)))]

    def values(self, dtype, shape, symmetric=False):
        info = np.iinfo(dtype)
        low, high = (-info.max if symmetric else info.min), info.max
        out = self.random.integers(low, high, size=shape, endpoint=True, dtype=dtype)
        ends = self.random.random(shape) < 0.1
        out[ends] = self.random.choice(np.array([low, high], dtype), size=shape)[ends]
        return out

    def dtype(self):
        return self.choose("int8", "int8", "int8", "uint8")

    def zero_point(self, dtype):
        info = np.iinfo(dtype)
        return int(self.choose(info.min, (info.min + info.max + 1) // 2, self.random.integers(info.min, info.max, endpoint=True)))

    def scale(self, count=1, low=1e-3, high=0.5):
        return np.exp(self.random.uniform(np.log(low), np.log(high), size=count)).astype(np.float32)

    def near(self, scale, spread=1.5):
        return (scale * np.float32(np.exp(self.random.uniform(-np.log(spread), np.log(spread))))).astype(np.float32)

    def input(self, dtype, shape, scale=None):
        return Operand(dtype, self.scale() if scale is None else scale, self.zero_point(dtype), values=self.values(dtype, shape))

    def activation(self):
        return self.choose(*ACTIVATIONS)


def options(kind, activation="NONE", **fields):
    """An object of the schema with a fused activation."""
    return fill(kind, **{} if activation == "NONE" else {"fusedActivationFunction": getattr(schema.ActivationFunctionType, activation)}, **fields)


def clamp_metadata(activation, result):
    limits = activation_clamp(activation, result.dtype, result.scale[0], result.zero_point)
    return {} if limits is None else {"clamp": text(limits)}


def zero_points(**operands):
    """NAME.zero_point of each operand."""
    return {f"{name}.zero_point": np.array([operand.zero_point], operand.dtype) for name, operand in operands.items()}


def scales(**operands):
    return {f"{name}.scale": operand.scale for name, operand in operands.items()}
