#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns gemmlowp's captured layer (test_data.cc, Debian: libgemmlowp-dev) into a fixed_double case.

gemmlowp computes, for u8 a, b and c,

    c = clamp(((acc + c_offset) * c_mult + 2^(c_shift - 1)) >> c_shift)     acc = sum_k (a + a_offset) * (b + b_offset)

which fixed_double says exactly: zero points are the negated offsets, the bias is c_offset in every column, and with the multiplier
c_mult * 2^(31 - c_shift) and a shift of 0 the doubling high multiply is (x * c_mult + 2^(c_shift - 1)) / 2^c_shift with ties towards +infinity.
The script computes the layer itself and refuses to write a case that its own arithmetic does not reproduce.

In the file a lies as [m][k] (is_a_transposed), b as [n][k] (not is_b_transposed), c as [n][m] (not is_c_transposed).
"""
import argparse
import gzip
import os
import re
import sys

from case_file_writer import Tensor, write_case

DEFAULT_FOLDER = "/usr/share/doc/libgemmlowp-dev/examples/test"


def read_source(folder):
    for name in ("test_data.cc", "test_data.cc.gz"):
        path = os.path.join(folder, name)
        if os.path.exists(path):
            with (gzip.open if name.endswith(".gz") else open)(path, "rt") as stream:
                return stream.read()
    sys.exit(f"{folder} has no test_data.cc: install libgemmlowp-dev or name its folder with --folder")


def parse(text):
    constants = {name: value for name, value in re.findall(r"extern const (?:int|bool) (\w+) = (-?\w+);", text)}
    arrays = {name: bytes(int(word) for word in body.replace(",", " ").split())
              for name, body in re.findall(r"unsigned char (\w+)\[\w+\] = \{([^}]*)\}", text)}
    if (constants["is_a_transposed"], constants["is_b_transposed"], constants["is_c_transposed"]) != ("true", "false", "false"):
        sys.exit("the layer does not lie as this script expects")
    return {name: int(value) for name, value in constants.items() if re.fullmatch(r"-?\d+", value)}, arrays


def expected_value(a_row, b_row, layer):
    """One element of c, from the formula above, in Python's exact integers."""
    acc = sum((x + layer["a_offset"]) * (y + layer["b_offset"]) for x, y in zip(a_row, b_row))
    scaled = ((acc + layer["c_offset"]) * layer["c_mult_int"] + (1 << layer["c_shift"] - 1)) >> layer["c_shift"]
    return min(max(scaled, 0), 255)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", default=DEFAULT_FOLDER, help="where test_data.cc or test_data.cc.gz lies (default: %(default)s)")
    parser.add_argument("--rows", type=int, default=0, help="only the first rows of a and c (default: all)")
    parser.add_argument("--columns", type=int, default=0, help="only the first columns of b and c (default: all)")
    parser.add_argument("-o", "--output", required=True, help="the case file")
    options = parser.parse_args()
    layer, arrays = parse(read_source(options.folder))
    m, n, k = layer["m"], layer["n"], layer["k"]
    if (len(arrays["a_data"]), len(arrays["b_data"]), len(arrays["expected_c_data"])) != (m * k, n * k, m * n):
        sys.exit("the arrays do not have the sizes that the constants say")
    rows, columns = min(options.rows or m, m), min(options.columns or n, n)
    a_rows = [arrays["a_data"][i * k:(i + 1) * k] for i in range(rows)]
    b_rows = [arrays["b_data"][j * k:(j + 1) * k] for j in range(columns)]
    c = [arrays["expected_c_data"][j * m + i] for i in range(rows) for j in range(columns)]
    for index in range(0, rows * columns, max(1, rows * columns // 2048)):
        i, j = divmod(index, columns)
        if expected_value(a_rows[i], b_rows[j], layer) != c[index]:
            sys.exit(f"the formula does not give the captured output at [{i},{j}]: {expected_value(a_rows[i], b_rows[j], layer)}, not {c[index]}")
    tensors = {"a": Tensor("U8", [rows, k], b"".join(a_rows)), "b": Tensor("U8", [columns, k], b"".join(b_rows)),
               "y": Tensor("U8", [rows, columns], bytes(c)), "a.zero_point": Tensor.of("I32", [1], [-layer["a_offset"]]),
               "b.zero_point": Tensor.of("I32", [1], [-layer["b_offset"]]), "bias": Tensor.of("I32", [columns], [layer["c_offset"]] * columns),
               "multiplier": Tensor.of("I32", [1], [layer["c_mult_int"] << 31 - layer["c_shift"]]), "shift": Tensor.of("I32", [1], [0])}
    part = "" if (rows, columns) == (m, n) else f", first {rows} rows and {columns} columns"
    write_case(options.output, "gemm", tensors, f"gemmlowp test/test_data.cc{part} (Apache-2.0, the gemmlowp authors)", requantize="fixed_double",
               b__layout="nk")
    print(f"{options.output}: {rows}x{columns}x{k}")


if __name__ == "__main__":
    main()
