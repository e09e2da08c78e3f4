# SPDX-License-Identifier: Apache-2.0
"""A weight vector: the tensors of one stored weight and what it must dequantize to, as a text file that tests/import reads."""
import numpy as np


def hexed(array):
    return np.ascontiguousarray(array).tobytes().hex()


def floats(random, shape, dtype=np.float16):
    """Scales as files have them, most of them ordinary, some negative, zero, subnormal or as large as binary16 goes. All of them are values of binary16."""
    values = np.exp(random.uniform(np.log(1e-4), np.log(2.0), size=shape)) * random.choice([1.0, 1.0, 1.0, -1.0], size=shape)
    odd = random.random(shape) < 0.1
    values[odd] = random.choice([0.0, -0.0, 65504.0, 6e-8, -3e-6, 1.0], size=shape)[odd]
    return values.astype(np.float16).astype(dtype)


def write_vector(path, source, fields, tensors, weights):
    """`fields`: key -> number or word; `tensors`: name -> array; `weights`: float32 [k][n]."""
    lines = [f"# {source}"]
    lines += [f"{key} {value}" for key, value in fields.items()]
    lines += [f"hex {name} {hexed(array)}" for name, array in tensors.items()]
    lines.append(f"hex w {hexed(weights.astype(np.float32))}")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
