# SPDX-License-Identifier: Apache-2.0
"""Random operands, and one node run in ONNX Runtime: what the models of the oracle are made of."""
import numpy as np
import onnx
import onnxruntime
from onnx import helper

from case_file_writer import Tensor

DTYPES = {"uint8": "U8", "int8": "I8", "int32": "I32", "float32": "F32"}


def tensor_of(array):
    return Tensor(DTYPES[array.dtype.name], list(array.shape), np.ascontiguousarray(array).tobytes())


class Draw:
    """Random operands. Sizes are small and mostly odd; values cover their whole type with the extremes drawn often."""

    def __init__(self, seed, small):
        self.random, self.small = np.random.default_rng(seed), small

    def size(self):
        return int(self.random.choice([1, 2, 3, 5, 7, 8, 13, 16, 17, 31, 33, 64, 65, 100, 129]))

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


def random_floats(draw, shape):
    spread = np.float32(10.0 ** draw.random.uniform(-3, 3))
    return ((draw.random.random(shape) - draw.random.choice([0.0, 0.3, 0.5, 1.0])) * spread).astype(np.float32)


def scalar(values):
    """One value as ONNX's operators want it, without dimensions; more as they are."""
    return values if len(values) > 1 else values.reshape(())
