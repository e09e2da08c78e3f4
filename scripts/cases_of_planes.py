#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""cases_of_planes.py FOLDER: case files of packing and unpacking, made by numpy from the definitions of clqnn/bits.h alone."""
import json
import pathlib
import sys

import numpy as np

CODES = {"U8": np.uint8, "I8": np.int8, "F32": np.float32, "F16": np.float16, "I32": np.int32}


def planes_of(codes, bits):
    """Rows of codes as bytes: groups of 32 values, a word for each plane, value i in bit i; filled up with zeros."""
    rows = codes.reshape(-1, codes.shape[-1]).astype(np.uint32)
    groups = -(-rows.shape[1] // 32)
    padded = np.zeros((rows.shape[0], groups * 32), np.uint32)
    padded[:, : rows.shape[1]] = rows
    lanes = padded.reshape(rows.shape[0], groups, 1, 32)
    planes = lanes >> np.arange(bits, dtype=np.uint32).reshape(1, 1, bits, 1) & 1
    words = (planes << np.arange(32, dtype=np.uint32)).sum(axis=-1, dtype=np.uint32)
    return np.frombuffer(words.astype("<u4").tobytes(), np.uint8)


def write(path, metadata, tensors):
    header, data = {"__metadata__": {"clqnn.case": "1", **metadata}}, b""
    for name, array in tensors.items():
        dtype = next(code for code, kind in CODES.items() if array.dtype == kind)
        raw = np.ascontiguousarray(array).tobytes()
        header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)


def packed(name, kind, shape):
    return {f"{name}.type": kind, f"{name}.shape": ",".join(map(str, shape))}


def main():
    folder = pathlib.Path(sys.argv[1])
    random = np.random.default_rng(7)
    shape = (2, 3, 45)
    x = (random.integers(-24, 25, shape) / 8).astype(np.float32)
    x.flat[:6] = [0.0, -0.0, np.inf, -np.inf, np.nan, -0.125]
    limits = (random.integers(-8, 9, shape[-1]) / 8).astype(np.float32)
    source = "scripts/cases_of_planes.py, numpy, seed 7"
    signs = np.where(x < limits, 1, 0)
    write(folder / "planes_pack_b1.safetensors", {"op": "pack_bits", "source": source, **packed("y", "b1", shape)}, {"x": x, "threshold": limits, "y": planes_of(signs, 1)})
    half = np.float32(0.5)
    ternary = np.where(x > half, 1, np.where(x < -half, 3, 0))
    write(folder / "planes_pack_t2.safetensors", {"op": "pack_bits", "source": source, **packed("y", "t2", shape)},
          {"x": x, "threshold": np.array([half]), "y": planes_of(ternary, 2)})
    scale, zero = np.float32(0.25), 5
    levels = np.clip(np.rint(np.nan_to_num(x, nan=0.0, posinf=1e9, neginf=-1e9) / scale) + zero, 0, 15).astype(np.int32)
    write(folder / "planes_pack_pu4.safetensors", {"op": "pack_bits", "source": source, **packed("y", "pu4", shape)},
          {"x": x, "y": planes_of(levels, 4), "y.scale": np.array([scale]), "y.zero_point": np.array([zero], np.int32)})
    odd = random.integers(0, 8, shape)
    values = (scale * (2 * odd - 7)).astype(np.float32)
    write(folder / "planes_unpack_po3.safetensors", {"op": "unpack_bits", "source": source, **packed("x", "po3", shape)},
          {"x": planes_of(odd, 3), "y": values, "x.scale": np.array([scale])})
    signed = random.integers(-4, 4, shape)
    write(folder / "planes_unpack_ps3.safetensors", {"op": "unpack_bits", "source": source, **packed("x", "ps3", shape)},
          {"x": planes_of(signed & 7, 3), "y": signed.astype(np.int8), "x.scale": np.array([scale]), "y.scale": np.array([scale])})


main()
