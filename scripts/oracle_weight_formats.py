#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Draws random stored weights of each format that clqnn/import.h reads and writes what they mean, as text files that tests/import reads.

    python3 -m venv /tmp/oracle && /tmp/oracle/bin/pip install gguf onnx onnxruntime numpy
    /tmp/oracle/bin/python scripts/oracle_weight_formats.py --count 20 --seed 1 -o /tmp/vectors
    build/dev/bin/import_vectors_test /tmp/vectors

What they mean comes from: the package gguf (GGUF), numpy over single bits (GPTQ, AWQ, MatMulNBits with g_idx beyond 4 bits without zero points), and ONNX Runtime's MatMulNBits run on the identity matrix. The same seed and count give the same files for one version of those packages. --list names the kinds.
A kind whose packages are missing is left out and named; exit status 77 if that are all."""
import argparse
import importlib
import os
import sys

import numpy as np

from oracle.weight_vector import floats, write_vector


def bits_of(words):
    """Single bits of the last axis, low first."""
    return np.unpackbits(np.ascontiguousarray(words).view(np.uint8), axis=-1, bitorder="little")


def codes_of(words, bits):
    """Unsigned codes of a dense stream along the last axis."""
    single = bits_of(words)
    single = single[..., :single.shape[-1] // bits * bits].reshape(*single.shape[:-1], -1, bits).astype(np.int64)
    return (single << np.arange(bits)).sum(axis=-1)


def random_words(random, shape):
    return random.integers(0, 2**32, size=shape, dtype=np.uint64).astype("<u4")


def group_index(random, k, size):
    """As act-order leaves it: every group as long as without it."""
    return random.permutation(np.arange(k) // size).astype("<i4")


def grouped(codes, zeros, scales, index):
    """[k][n] of codes [k][n], zeros and scales [groups][n]."""
    return scales.astype(np.float32)[index] * (codes - zeros[index]).astype(np.float32)


class Draw:
    """One vector: its random numbers, and how large it is."""

    def __init__(self, seed, small):
        self.random, self.small = np.random.default_rng(seed), small

    def pick(self, *values):
        return values[self.random.integers(len(values))]

    def one_of(self, small, large):
        return int(self.random.choice(small if self.small else large))


def gguf_kind(name):
    def draw_vector(draw):
        gguf = importlib.import_module("gguf")
        kind = gguf.GGMLQuantizationType[name]
        elements, size = gguf.GGML_QUANT_SIZES[kind]
        n, k = draw.one_of([1, 2], [1, 3, 7]), elements * draw.one_of([1], [1, 2, 5])
        blocks = draw.random.integers(0, 256, size=(n, k // elements, size), dtype=np.uint8)
        for place in {"Q4_0": [0], "Q4_1": [0, 2], "Q8_0": [0], "Q4_K": [0, 2], "Q6_K": [208]}[name]:
            blocks[:, :, place:place + 2] = floats(draw.random, (n, k // elements, 1)).view(np.uint8)
        weights = gguf.quants.dequantize(blocks.reshape(n, -1), kind)
        return f"gguf {gguf_version()} (MIT)", {"format": "gguf", "type": int(kind), "n": n, "k": k}, {"blocks": blocks}, weights.T
    return draw_vector


def gguf_version():
    return importlib.import_module("importlib.metadata").version("gguf")


def gptq_kind(bits):
    def draw_vector(draw):
        n, k = 32 * draw.one_of([1], [1, 2, 3]), 32 * draw.one_of([1], [1, 3, 5])
        size = draw.pick(16, 32, 64, k, 24)
        size = min(size, k)
        groups = -(-k // size)
        plain, version = draw.random.integers(3) == 0, int(draw.random.integers(2))
        qweight, qzeros = random_words(draw.random, (k * bits // 32, n)), random_words(draw.random, (groups, n * bits // 32))
        if plain:  # every zero point 2^(bits-1)
            value = 2**(bits - 1) - (0 if version else 1)
            stream = np.unpackbits(np.full((groups, n, 1), value, np.uint8), axis=-1, bitorder="little")[:, :, :bits]
            qzeros = np.packbits(stream.reshape(groups, -1), axis=-1, bitorder="little").view("<u4")
        scales = floats(draw.random, (groups, n))
        ordered = bool(draw.random.integers(2))
        index = group_index(draw.random, k, size) if ordered else np.arange(k) // size
        codes = codes_of(np.ascontiguousarray(qweight.T), bits).T
        zeros = codes_of(qzeros, bits)
        zeros = zeros if version else (zeros + 1) % 2**bits
        tensors = {"qweight": qweight, "qzeros": qzeros, "scales": scales}
        if ordered:
            tensors["g_idx"] = index
        fields = {"format": "gptq", "n": n, "k": k, "bits": bits, "group": size, "zeros": version, "scale_type": "f16"}
        return "numpy over single bits", fields, tensors, grouped(codes, zeros, scales, index)
    return draw_vector


def awq(draw):
    n, k = 8 * draw.one_of([1, 2], [1, 3, 9]), draw.one_of([16, 21], [5, 64, 130])
    size = min(k, draw.pick(8, 16, 32, k))
    groups = -(-k // size)
    order = [0, 4, 1, 5, 2, 6, 3, 7]  # where in its word a column stands
    qweight, qzeros = random_words(draw.random, (k, n // 8)), random_words(draw.random, (groups, n // 8))
    scales = floats(draw.random, (groups, n))

    def columns(words):
        return codes_of(words, 4).reshape(len(words), n // 8, 8)[:, :, order].reshape(len(words), n)
    weights = grouped(columns(qweight), columns(qzeros), scales, np.arange(k) // size)
    fields = {"format": "awq", "n": n, "k": k, "group": size, "scale_type": "f16"}
    return "numpy over single bits", fields, {"qweight": qweight, "qzeros": qzeros, "scales": scales}, weights


def run_identity(fields, tensors):
    """The weights that ONNX Runtime multiplies the identity with."""
    run = importlib.import_module("oracle.draw").run
    n, k = fields["n"], fields["k"]
    inputs = [("a", np.eye(k, dtype=np.float32)), ("b", tensors["b"]), ("scales", tensors["scales"]), ("zero_points", tensors.get("zero_points")),
              ("g_idx", tensors.get("g_idx"))]
    (product,) = run("MatMulNBits", inputs, 1, "com.microsoft", {"N": n, "K": k, "bits": fields["bits"], "block_size": fields["group"], "accuracy_level": 1})
    return product


def nbits_kind(bits):
    def draw_vector(draw):
        n, k, size = draw.one_of([1, 3], [1, 2, 5, 32]), draw.one_of([16, 33, 50], [16, 32, 93, 192, 257]), draw.one_of([16, 16, 32], [16, 32, 64, 128])
        blocks = -(-k // size)
        fields = {"format": "matmul_nbits", "n": n, "k": k, "bits": bits, "group": size, "scale_type": "f32"}
        kind = draw.pick("none", "packed", "float", "middle", "index", "index_packed")
        # With float zero points or g_idx ONNX Runtime multiplies before it subtracts: short scales and zero points make that exact.
        is_short = kind in ("float", "index")
        scales = floats(draw.random, (n, blocks), np.float32) if is_short else draw.random.normal(size=(n, blocks)).astype(np.float32)
        tensors = {"b": draw.random.integers(0, 256, size=(n, blocks, size * bits // 8), dtype=np.uint8), "scales": scales}
        zeros = np.full((n, blocks), 2**(bits - 1))
        if kind in ("packed", "index_packed"):
            tensors["zero_points"] = draw.random.integers(0, 256, size=(n, -(-blocks * bits // 8)), dtype=np.uint8)
            zeros = codes_of(tensors["zero_points"], bits)[:, :blocks]
        elif kind == "middle":
            tensors["zero_points"] = np.full((n, -(-blocks * bits // 8)), {2: 0xaa, 4: 0x88, 8: 0x80}[bits], np.uint8)
        elif kind == "float":
            fields["zero_point_type"] = "f32"
            zeros = tensors["zero_points"] = draw.random.integers(0, 2**(bits + 3), size=(n, blocks)).astype(np.float32) / 8
        codes = codes_of(tensors["b"].reshape(n, -1), bits)[:, :k]
        index = np.arange(k) // size
        if kind.startswith("index"):
            index = tensors["g_idx"] = group_index(draw.random, k, size)
        if kind == "index_packed" or (kind == "index" and bits != 4) or (kind == "float" and bits == 8):  # which ONNX Runtime refuses, or gets wrong
            return "numpy over single bits", fields, tensors, grouped(codes.T, zeros.T, tensors["scales"].T, index)
        version = importlib.import_module("onnxruntime").__version__
        return f"ONNX Runtime {version} (MIT), MatMulNBits of the identity", fields, tensors, run_identity(fields, tensors)
    return draw_vector


KINDS = {**{f"gguf_{name.lower()}": gguf_kind(name) for name in ("Q4_0", "Q4_1", "Q8_0", "Q4_K", "Q6_K")}, **{f"gptq_{bits}": gptq_kind(bits) for bits in (2, 3, 4, 8)},
         "awq": awq, **{f"nbits_{bits}": nbits_kind(bits) for bits in (2, 4, 8)}}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10, help="vectors of each kind (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="default: %(default)s")
    parser.add_argument("--kind", action="append", choices=sorted(KINDS), help="may be repeated (default: all)")
    parser.add_argument("--small", action="store_true", help="as small as the format allows")
    parser.add_argument("--list", action="store_true", help="names the kinds and ends")
    parser.add_argument("-o", "--output", help="folder for the vectors")
    options = parser.parse_args()
    if options.list:
        print("\n".join(sorted(KINDS)))
        return 0
    if not options.output:
        parser.error("-o FOLDER is missing")
    os.makedirs(options.output, exist_ok=True)
    written = 0
    for kind in options.kind or sorted(KINDS):
        try:
            for index in range(options.count):
                source, fields, tensors, weights = KINDS[kind](Draw([options.seed, *kind.encode(), index], options.small))
                small = " --small" if options.small else ""
                write_vector(os.path.join(options.output, f"{kind}_{options.seed}_{index}.txt"),
                             f"{source}: scripts/oracle_weight_formats.py --seed {options.seed} --kind {kind}{small}, vector {index}", fields, tensors, weights)
                written += 1
            print(f"{options.count} {kind}")
        except ImportError as error:
            print(f"left out {kind}: {error}", file=sys.stderr)
    return 0 if written else 77


if __name__ == "__main__":
    sys.exit(main())
