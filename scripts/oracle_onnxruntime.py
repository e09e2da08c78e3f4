#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Draws random quantized single-node models, runs them in ONNX Runtime and writes what it computed as case files.

    python3 -m venv /tmp/oracle && /tmp/oracle/bin/pip install onnxruntime onnx numpy
    /tmp/oracle/bin/python scripts/oracle_onnxruntime.py --count 200 --seed 1 -o /tmp/cases
    clqnn check /tmp/cases/*.safetensors

The kinds of models are in scripts/oracle/*_models.py, each with a table KINDS of functions draw -> (operator of case files, arrays, metadata); --list
names them. The same seed and count give the same files for one version of ONNX Runtime. Its AVX2 kernels without VNNI saturate sums of two u8 x s8
products: draw on a machine with VNNI or pass --small, which keeps constant operands within 7 bits.
"""
import argparse
import importlib
import os
import sys

from case_file_writer import write_case


def load_kinds():
    """All kinds by name, and the package's draw module."""
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "oracle")
    try:
        draw = importlib.import_module("oracle.draw")
    except ImportError as error:
        sys.exit(f"{error}: this script needs the packages onnxruntime, onnx and numpy (--help)")
    kinds = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith("_models.py"):
            kinds.update(importlib.import_module(f"oracle.{name[:-3]}").KINDS)
    return kinds, draw


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100, help="models of each kind (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="default: %(default)s")
    parser.add_argument("--kind", action="append", help="may be repeated (default: all)")
    parser.add_argument("--list", action="store_true", help="names the kinds and ends")
    parser.add_argument("--small", action="store_true", help="keep b or w within 7 bits")
    parser.add_argument("-o", "--output", help="folder for the case files")
    options = parser.parse_args()
    kinds, draw_module = load_kinds()
    if options.list:
        print("\n".join(sorted(kinds)))
        return
    unknown = [kind for kind in options.kind or [] if kind not in kinds]
    if unknown or not options.output:
        parser.error(f"unknown kind {unknown[0]} (--list names them)" if unknown else "-o FOLDER is missing")
    os.makedirs(options.output, exist_ok=True)
    for kind in options.kind or sorted(kinds):
        for index in range(options.count):
            draw = draw_module.Draw([options.seed, *kind.encode(), index], options.small)
            op, arrays, metadata = kinds[kind](draw)
            tensors = {name: draw_module.tensor_of(array) for name, array in arrays.items() if array is not None}
            version = draw_module.onnxruntime.__version__
            source = f"ONNX Runtime {version}, scripts/oracle_onnxruntime.py --seed {options.seed} --kind {kind}, model {index}"
            write_case(os.path.join(options.output, f"ort_{kind}_{options.seed}_{index}.safetensors"), op, tensors, source, **metadata)
        print(f"{options.count} {kind}")


if __name__ == "__main__":
    main()
