# SPDX-License-Identifier: Apache-2.0
"""Safetensors files of weights for the tests of `clqnn quantize`: made, read, and decoded in plain Python."""
import json
import random
import struct

from command_runner import write_case


def f32(value):
    return struct.unpack("<f", struct.pack("<f", value))[0]


def f32_bytes(values):
    return struct.pack(f"<{len(values)}f", *values)


def f16_bytes(values):
    return struct.pack(f"<{len(values)}e", *values)


def bf16_bytes(values):
    """Cut off, not rounded."""
    return b"".join(struct.pack("<f", value)[2:] for value in values)


def values(seed, count, scale=1.0):
    """Multiples of 2^-6, which f16 holds too."""
    source = random.Random(seed)
    return [round(source.gauss(0.0, scale) * 64) / 64 for _ in range(count)]


def write_weights(path, tensors, metadata=None):
    """tensors: name -> (dtype, shape, bytes)."""
    write_case(path, metadata or {"note": "made by a test"}, tensors)


def read_weights(path):
    """(metadata, name -> (dtype, shape, bytes))."""
    with open(path, "rb") as file:
        raw = file.read()
    length = struct.unpack("<Q", raw[:8])[0]
    header, data = json.loads(raw[8 : 8 + length]), raw[8 + length :]
    metadata = header.pop("__metadata__", {})
    return metadata, {name: (entry["dtype"], entry["shape"], data[entry["data_offsets"][0] : entry["data_offsets"][1]]) for name, entry in header.items()}


def floats_of(tensor):
    return list(struct.unpack(f"<{len(tensor[2]) // 4}f", tensor[2]))


def stream_codes(raw, count, bits, signed):
    """Element i in bits i * bits .. of the bytes, low bits first."""
    number = int.from_bytes(raw, "little")
    codes = [number >> i * bits & (1 << bits) - 1 for i in range(count)]
    return [code - (1 << bits) if signed and code >> (bits - 1) else code for code in codes]


def plane_codes(raw, rows, row, bits, value):
    """The bit planes of clqnn/bits.h: value(bits of a code, plane 0 first). Bits behind a row's end must be 0."""
    words = struct.unpack(f"<{len(raw) // 4}I", raw)
    groups, result = (row + 31) // 32, []
    assert len(words) == rows * groups * bits, (len(words), rows, groups, bits)
    for r in range(rows):
        for i in range(groups * 32):
            base = (r * groups + i // 32) * bits
            code = [words[base + plane] >> i % 32 & 1 for plane in range(bits)]
            if i < row:
                result.append(value(code))
            else:
                assert not any(code), "bits behind the end of a row"
    return result


def affine_parameters(low, high, bits, signed, symmetric, restricted=False):
    """Scale and zero point of clqnn/quantizer.h, in binary32."""
    most = (1 << bits - signed) - 1
    least = (-most - 1 if signed else 0) + restricted
    if symmetric:
        scale = f32(max(abs(low), abs(high)) / ((most - least) / 2))
        return (scale if scale else 1.0), 0, least, most
    low, high = min(low, 0.0), max(high, 0.0)
    width = f32(high - low)
    scale = f32(width / (most - least)) if width else 1.0
    return scale, max(least, min(most, least + round(f32(-low / scale)))), least, most


def affine_codes(real, parameters):
    scale, zero_point, least, most = parameters
    return [max(least, min(most, round(f32(x / scale)) + zero_point)) for x in real]
