#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the reference's float conversions (libclqnn_reference) with ml_dtypes and with ONNX Runtime's Cast.

From binary32 all multiples of 2^12, as bits, and their neighbours are tried, so that each tie of each type is met; back all codes.
Needs numpy, ml_dtypes, onnx and onnxruntime. A NaN has to be a NaN, of the same sign beside ml_dtypes; everything else the same bits.
"""
import argparse
import ctypes
import sys

import ml_dtypes
import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

# Without saturation ONNX Runtime 1.32 departs from its own documentation: magnitudes from 480 up to 512 become 448 in f8e4m3, from 61440 up to 65536 NaN in f8e5m2.
RUNTIME_DEPARTS = {"f8e4m3": (480, 512), "f8e5m2": (61440, 65536)}
LOWER_HALVES = [(step * 0x1000 + near) % 0x10000 for step in range(16) for near in (-1, 0, 1)]
SATURATES, OVERFLOWS = 0, 1

# name: numpy type of the codes, ml_dtypes type, ONNX type, whether a rule of overflow is given
FORMATS = {
    "f16": (np.uint16, np.float16, TensorProto.FLOAT16, False),
    "bf16": (np.uint16, ml_dtypes.bfloat16, TensorProto.BFLOAT16, False),
    "f8e4m3": (np.uint8, ml_dtypes.float8_e4m3fn, TensorProto.FLOAT8E4M3FN, True),
    "f8e5m2": (np.uint8, ml_dtypes.float8_e5m2, TensorProto.FLOAT8E5M2, True),
}


def floats():
    upper = np.arange(1 << 16, dtype=np.uint32) << 16
    return np.concatenate([upper | lower for lower in LOWER_HALVES]).astype(np.uint32).view(np.float32)


def narrow(library, name, x, rule):
    codes, _, _, has_rule = FORMATS[name]
    function = getattr(library, f"clqnn_reference_f32_to_{name}")
    function.restype = ctypes.c_uint16 if codes is np.uint16 else ctypes.c_uint8
    function.argtypes = [ctypes.c_float] + ([ctypes.c_int] if has_rule else [])
    arguments = [rule] if has_rule else []
    return np.fromiter((function(value, *arguments) for value in x), codes, len(x))


def widen(library, name, codes):
    function = getattr(library, f"clqnn_reference_{name}_to_f32")
    function.restype = ctypes.c_float
    function.argtypes = [ctypes.c_uint16 if codes.dtype == np.uint16 else ctypes.c_uint8]
    return np.fromiter((function(int(code)) for code in codes), np.float32, len(codes))


def cast(name, x, rule):
    """ONNX Runtime's Cast, whose result is read through a second Cast back to binary32: exact for all these types."""
    _, _, target, has_rule = FORMATS[name]
    attributes = {"saturate": 1 - rule} if has_rule else {}
    nodes = [helper.make_node("Cast", ["x"], ["n"], to=target, **attributes), helper.make_node("Cast", ["n"], ["y"], to=TensorProto.FLOAT)]
    shape = [len(x)]
    graph = helper.make_graph(nodes, "cast", [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
                              [helper.make_tensor_value_info("y", TensorProto.FLOAT, shape)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 19)], ir_version=9)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"x": x})[0]


def differences(expected, got, with_sign):
    """Numbers of the elements that differ; floats in binary32."""
    nan = np.isnan(expected) & np.isnan(got)
    if with_sign:
        nan &= np.signbit(expected) == np.signbit(got)
    same = expected.view(np.uint32) == got.view(np.uint32)
    return np.flatnonzero(~(nan | same))


def report(what, x, expected, got, with_sign, departs=(0, 0)):
    """Prints the outcome; the count of differences outside of the magnitudes `departs`."""
    wrong = differences(expected, got, with_sign)
    known = (np.abs(x[wrong]) >= departs[0]) & (np.abs(x[wrong]) < departs[1])
    print(f"{what}: {len(x) - len(wrong)} of {len(x)} equal" + (f", {known.sum()} known to differ" if known.any() else ""))
    wrong = wrong[~known]
    for i in wrong[:5]:
        print(f"    {x[i]!r}: expected {float(expected[i]).hex()}, got {float(got[i]).hex()}")
    return len(wrong)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", default="build/dev/lib/libclqnn_reference.so", help="libclqnn_reference")
    library = ctypes.CDLL(parser.parse_args().library)
    x = floats()
    wrong = 0
    for name, (codes, peer_type, _, has_rule) in FORMATS.items():
        all_codes = np.arange(np.iinfo(codes).max + 1, dtype=codes)
        wrong += report(f"{name} to f32, ml_dtypes", all_codes, all_codes.view(peer_type).astype(np.float32), widen(library, name, all_codes), True)
        with np.errstate(all="ignore"):
            peer = x.astype(peer_type).astype(np.float32)
        for rule in (SATURATES, OVERFLOWS) if has_rule else (OVERFLOWS,):
            got = widen(library, name, narrow(library, name, x, rule))
            if rule == OVERFLOWS:
                wrong += report(f"f32 to {name}, ml_dtypes", x, peer, got, True)
            wrong += report(f"f32 to {name}, ONNX Runtime, saturate = {1 - rule}", x, cast(name, x, rule), got, False,
                            RUNTIME_DEPARTS.get(name, (0, 0)) if rule == OVERFLOWS else (0, 0))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
