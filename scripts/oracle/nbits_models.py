# SPDX-License-Identifier: Apache-2.0
"""MatMulNBits: products of floats by weights of 4 and 8 bits in blocks along k, stored [n][block], zero points packed, in floats, or none."""
import numpy as np

from .draw import run


def pack_rows(values, bits):
    """[.., count] small integers as bytes, the first in the low bits; a row ends on a byte."""
    if bits == 8:
        return values.astype(np.uint8)
    padded = np.concatenate([values, np.zeros(values.shape[:-1] + (values.shape[-1] % 2,), values.dtype)], axis=-1)
    return (padded[..., 0::2] | padded[..., 1::2] << 4).astype(np.uint8)


def kinds_of(bits):
    """ONNX Runtime's CPU kernel has no float zero points of 8 bits."""
    return ["none", "packed", "float"][:3 if bits == 4 else 2]


def matmul_nbits(draw):
    bits, block = int(draw.random.choice([4, 8])), int(draw.random.choice([16, 32, 64, 128]))
    m, n, k = int(draw.random.choice([1, 2, 9])), int(draw.random.choice([1, 2, 19, 32])), int(draw.random.choice([16, 32, 93, 192]))
    return matmul_nbits_of(draw.random, (m, n, k), bits, block, kinds_of(bits)[draw.random.integers(len(kinds_of(bits)))], bool(draw.random.integers(2)))


def matmul_nbits_of(random, shape, bits, block, kind, has_bias):
    """One case: operator, arrays, metadata. kind: of zero points."""
    m, n, k = shape
    groups, middle = -(-k // block), 1 << (bits - 1)
    a = random.standard_normal((m, k)).astype(np.float32)
    q = random.integers(0, 1 << bits, size=(n, k))
    scales = random.uniform(0.01, 0.1, size=(n, groups)).astype(np.float32)
    bias = random.standard_normal(n).astype(np.float32) if has_bias else None
    zeros = random.integers(0, 1 << bits, size=(n, groups)) if kind == "packed" else None
    if kind == "float":
        zeros = random.uniform(0, 1 << bits, size=(n, groups)).astype(np.float32)
    blocks = np.zeros((n, groups * block), q.dtype)
    blocks[:, :k] = q
    packed = pack_rows(blocks.reshape(n, groups, block), bits)
    given = zeros if zeros is None else zeros.reshape(-1) if kind == "float" else pack_rows(zeros, bits).reshape(-1)
    (y,) = run("MatMulNBits", [("a", a), ("b", packed), ("s", scales.reshape(-1)), ("z", given), ("index", None), ("bias", bias)], 1, "com.microsoft",
               {"K": k, "N": n, "bits": bits, "block_size": block})
    expected, used = np.full((n, groups), middle) if zeros is None else zeros, np.repeat(np.arange(groups), block)[:k]
    magnitudes = np.abs(a).astype(np.float64) @ ((np.abs(q) + np.abs(expected[:, used])) * scales[:, used]).T.astype(np.float64)
    largest = float(magnitudes.max()) + (float(np.abs(bias).max()) if bias is not None else 0.0)
    tensors = {"a": a, "y": y, "b.scale": np.ascontiguousarray(scales.T), "bias": bias}
    tensors["b.zero_point"] = np.ascontiguousarray(expected.T.astype(np.float32 if kind == "float" else np.int32))
    metadata = {"b__layout": "nk", "b__group": min(block, k), "tolerance": f"abs={2 * (k + 5) * 2.0 ** -24 * largest:.9g}"}
    if bits == 8:
        tensors["b"] = q.astype(np.uint8)
    else:
        dense = pack_rows(q.reshape(-1), 4)
        tensors["b"] = dense
        metadata |= {"b__type": "u4", "b__shape": f"{n},{k}"}
    return "gemm", tensors, metadata


KINDS = {"matmul_nbits": matmul_nbits}
