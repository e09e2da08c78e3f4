#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Draws random quantized single-operator .tflite models, runs TFLite's kernels on them and writes what they computed as case files.

    python3 -m venv /tmp/oracle && /tmp/oracle/bin/pip install ai-edge-litert flatbuffers numpy
    /tmp/oracle/bin/python scripts/oracle_tflite.py --count 200 --seed 1 -o /tmp/cases
    clqnn check /tmp/cases/*.safetensors

The operators are in scripts/oracle/tflite_layers.py and tflite_operators.py, each with a table KINDS of functions draw -> (operator of case files, arrays,
metadata); --list names them. TFLite rescales sums in fixed point, by two roundings in most kernels and by one in some: each kernel is asked by a model of
one element, and the cases say it. --kernels optimized and delegates (XNNPACK) show how far those depart from the reference kernels. The same seed and count give the same
files for one version of ai-edge-litert.
"""
import argparse
import importlib
import os
import sys

from case_file_writer import write_case


def load_oracle():
    """All kinds by name, and the two modules that draw and run."""
    try:
        model, draw = importlib.import_module("oracle.tflite_model"), importlib.import_module("oracle.tflite_draw")
    except ImportError as error:
        sys.exit(f"{error}: this script needs the packages ai-edge-litert, flatbuffers and numpy (--help)")
    kinds = {}
    for name in ("tflite_layers", "tflite_operators"):
        kinds.update(importlib.import_module(f"oracle.{name}").KINDS)
    return kinds, model, draw


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100, help="models of each kind (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="default: %(default)s")
    parser.add_argument("--kind", action="append", help="may be repeated (default: all)")
    parser.add_argument("--kernels", choices=["reference", "optimized", "delegates"], default="reference", help="default: %(default)s")
    parser.add_argument("--list", action="store_true", help="names the kinds and ends")
    parser.add_argument("-o", "--output", help="folder for the case files")
    options = parser.parse_args()
    kinds, model, draw_module = load_oracle()
    if options.list:
        print("\n".join(sorted(kinds)))
        return
    unknown = [kind for kind in options.kind or [] if kind not in kinds]
    if unknown or not options.output:
        parser.error(f"unknown kind {unknown[0]} (--list names them)" if unknown else "-o FOLDER is missing")
    os.makedirs(options.output, exist_ok=True)
    runtime = model.Runtime(options.kernels)
    print(f"ai-edge-litert {model.VERSION}, {options.kernels} kernels")
    for kind in options.kind or sorted(kinds):
        for index in range(options.count):
            draw = draw_module.TfliteDraw([options.seed, *kind.encode(), index], runtime)
            op, arrays, metadata = kinds[kind](draw)
            tensors = {name: draw_module.tensor_of(array) for name, array in arrays.items() if array is not None}
            source = (f"TFLite's {options.kernels} kernels, ai-edge-litert {model.VERSION} (Apache-2.0), scripts/oracle_tflite.py --seed {options.seed} "
                      f"--kind {kind}, model {index}")
            write_case(os.path.join(options.output, f"tflite_{kind}_{options.seed}_{index}.safetensors"), op, tensors, source, **metadata)
        print(f"{options.count} {kind}")


if __name__ == "__main__":
    main()
