#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns ONNX's node tests of quantized operators and of products of floats into case files.

Reads folders that hold test_*/model.onnx and test_*/test_data_set_0 (Debian: libonnx-testdata; PyPI: onnx, below
onnx/backend/test/data/node). A test that the format has no words for is named with the reason and left out.
"""
import argparse
import math
import os
import sys

from case_file_writer import Tensor, write_case, write_list
from onnx_wire import Model, Unsupported, read_tensor

DEFAULT_ROOT = "/usr/share/libonnx-testdata/data/node"


def per_channel(tensor, what):
    """A parameter as [] or [channels]; ONNX also allows [.., channels, 1] and [.., 1, channels]."""
    long = [size for size in tensor.shape if size != 1]
    if len(long) > 1:
        raise Unsupported(f"{what} of shape {tensor.shape}")
    return tensor.reshaped(long if long else [1] if tensor.shape else [])


def as_f32(tensor):
    """Scales of half precision as the float32 of the same value."""
    return tensor if tensor.dtype == "F32" else Tensor.of("F32", tensor.shape, tensor.values())


def add_quantization(tensors, name, scale, zero_point):
    if scale is not None:
        tensors[f"{name}.scale"] = as_f32(per_channel(scale, f"{name}.scale"))
    if zero_point is not None:
        tensors[f"{name}.zero_point"] = per_channel(zero_point, f"{name}.zero_point")


def matmul_integer(values, outputs, _attributes):
    a, b, a_zero, b_zero = values
    tensors = {"a": a, "b": b, "y": outputs[0]}
    add_quantization(tensors, "a", None, a_zero)
    add_quantization(tensors, "b", None, b_zero)
    return "gemm", tensors, {}


def qlinear_matmul(values, outputs, _attributes):
    a, a_scale, a_zero, b, b_scale, b_zero, y_scale, y_zero = values
    tensors = {"a": a, "b": b, "y": outputs[0]}
    add_quantization(tensors, "a", a_scale, a_zero)
    add_quantization(tensors, "b", b_scale, b_zero)
    add_quantization(tensors, "y", y_scale, y_zero)
    return "gemm", tensors, {}


def dynamic_quantize(values, outputs, _attributes):
    tensors = {"x": values[0], "y": outputs[0]}
    add_quantization(tensors, "y", outputs[1], outputs[2])
    return "dynamic_quantize", tensors, {}


def conv_metadata(x, attributes):
    if attributes.get("auto_pad", "NOTSET") != "NOTSET":
        raise Unsupported("auto_pad")
    spatial = len(x.shape) - 2
    return {"layout": "nchw", "w__layout": "oihw", "strides": write_list(attributes.get("strides", [1] * spatial)),
            "pads": write_list(attributes.get("pads", [0] * 2 * spatial)), "dilations": write_list(attributes.get("dilations", [1] * spatial)),
            "groups": attributes.get("group", 1)}


def conv_integer(values, outputs, attributes):
    x, w, x_zero, w_zero = values
    tensors = {"x": x, "w": w, "y": outputs[0]}
    add_quantization(tensors, "x", None, x_zero)
    add_quantization(tensors, "w", None, w_zero)
    return "conv", tensors, conv_metadata(x, attributes) | {"w__axis": 0}


def qlinear_conv(values, outputs, attributes):
    x, x_scale, x_zero, w, w_scale, w_zero, y_scale, y_zero, bias = values
    tensors = {"x": x, "w": w, "y": outputs[0]}
    if bias is not None:
        tensors["bias"] = bias
    add_quantization(tensors, "x", x_scale, x_zero)
    add_quantization(tensors, "w", w_scale, w_zero)
    add_quantization(tensors, "y", y_scale, y_zero)
    return "conv", tensors, conv_metadata(x, attributes) | {"w__axis": 0}


def axis_metadata(scale, attributes):
    if attributes.get("block_size", 0):
        return {"axis": attributes.get("axis", 1), "block": attributes["block_size"]}
    return {"axis": attributes.get("axis", 1)} if scale.shape not in ([], [1]) else {}


def unpacked(zero):
    """Zero points of 4 bits as the integers that they are."""
    return Tensor.of("I32", zero.logical, zero.values()) if zero.packed else zero


def quantize(values, outputs, attributes):
    x, scale, zero = values
    tensors = {"x": x, "y": outputs[0], "y.scale": as_f32(scale)}
    if zero is not None:
        tensors["y.zero_point"] = unpacked(zero)
    return "quantize", tensors, axis_metadata(scale, attributes) | outputs[0].metadata("y")


def dequantize(values, outputs, attributes):
    x, scale, zero = values
    tensors = {"x": x, "y": outputs[0], "x.scale": as_f32(scale)}
    if zero is not None:
        tensors["x.zero_point"] = unpacked(zero)
    return "dequantize", tensors, axis_metadata(scale, attributes) | x.metadata("x")


def sum_tolerance(a, b, bias):
    """Twice the bound of docs/numerics.md on a sum of k products in any order, for an a [..,m,k] and b [..,k,n] of any broadcast: k + 2 roundings of the largest
    sum of magnitudes there can be; twice, since the expected sum has an error of its own."""
    k = a.shape[-1]
    largest = k * max(map(abs, a.values())) * max(map(abs, b.values())) + (max(map(abs, bias.values())) if bias else 0.0)
    return {"tolerance": f"abs={2 * (k + 2) * 2.0 ** -24 * largest:.9g}"}


def matmul(values, outputs, _attributes):
    a, b = values
    if a.dtype != "F32":
        raise Unsupported(f"MatMul of {a.dtype}")
    return "gemm", {"a": a, "b": b, "y": outputs[0]}, sum_tolerance(a, b, None)


def gemm(values, outputs, attributes):
    a, b, bias = values
    if a.dtype != "F32" or attributes.get("alpha", 1.0) != 1.0 or attributes.get("beta", 1.0) != 1.0 or attributes.get("transA", 0):
        raise Unsupported("Gemm with factors or a transposed A")
    n = outputs[0].shape[-1]
    if bias is not None and math.prod(bias.shape) != n:
        raise Unsupported(f"C of shape {bias.shape}")
    tensors = {"a": a, "b": b, "y": outputs[0]} | ({"bias": bias.reshaped([n])} if bias is not None else {})
    return "gemm", tensors, sum_tolerance(a, b, bias) | ({"b__layout": "nk"} if attributes.get("transB", 0) else {})


# Operator: (number of inputs that its function takes, function)
OPERATORS = {"MatMulInteger": (4, matmul_integer), "QLinearMatMul": (8, qlinear_matmul), "DynamicQuantizeLinear": (1, dynamic_quantize),
             "ConvInteger": (4, conv_integer), "QLinearConv": (9, qlinear_conv), "QuantizeLinear": (3, quantize), "DequantizeLinear": (3, dequantize), "MatMul": (2, matmul),
             "Gemm": (3, gemm)}


def convert(folder):
    """(op, tensors, metadata) of one test folder, or None for a test of another operator."""
    model = Model(os.path.join(folder, "model.onnx"))
    if len(model.nodes) != 1 or model.nodes[0].op not in OPERATORS:
        return None
    node, data = model.nodes[0], os.path.join(folder, "test_data_set_0")
    values = dict(model.constants)
    for index, name in enumerate(model.inputs):
        values[name] = read_tensor(os.path.join(data, f"input_{index}.pb"))
    outputs = [read_tensor(os.path.join(data, f"output_{index}.pb")) for index in range(len(model.outputs))]
    count, function = OPERATORS[node.op]
    names = node.inputs + [""] * (count - len(node.inputs))
    return function([values[name] if name else None for name in names], outputs, node.attributes)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", action="append", help=f"folder with test_* folders; may be repeated (default: {DEFAULT_ROOT})")
    parser.add_argument("-o", "--output", required=True, help="folder for the case files")
    options = parser.parse_args()
    os.makedirs(options.output, exist_ok=True)
    written = 0
    for root in options.root or [DEFAULT_ROOT]:
        if not os.path.isdir(root):
            sys.exit(f"{root} is not a folder: install libonnx-testdata or name one with --root")
        for test in sorted(os.listdir(root)):
            if not os.path.isfile(os.path.join(root, test, "model.onnx")):
                continue
            try:
                case = convert(os.path.join(root, test))
            except Unsupported as reason:
                if any(word in test for word in ("quant", "qlinear", "integer")):
                    print(f"left out {test}: {reason}")
                continue
            if case is None:
                continue
            op, tensors, metadata = case
            path = os.path.join(options.output, f"onnx_{test.removeprefix('test_')}.safetensors")
            write_case(path, op, tensors, f"ONNX node test {test} (Apache-2.0)", **metadata)
            written += 1
    print(f"{written} case files in {options.output}")


if __name__ == "__main__":
    main()
