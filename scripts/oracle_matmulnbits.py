#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every combination of shapes, blocks, zero points and bias of MatMulNBits with 4 and 8 bits, computed by ONNX Runtime and by clqnn.

    python3 -m venv /tmp/oracle && /tmp/oracle/bin/pip install onnxruntime onnx numpy
    /tmp/oracle/bin/python scripts/oracle_matmulnbits.py --clqnn build/dev/bin/clqnn

m 1, 2, 100; n 1, 2, 32, 288; k 16, 32, 93, 192, 1024, 1234; blocks of 16, 32, 64, 128; zero points none, packed and, of 4 bits, float (ONNX Runtime's CPU
kernel has no float ones of 8 bits); with and without bias: 2880 products with random numbers. Each result must lie within twice the largest bound of an
element: docs/numerics.md, "Half and mixed precision". The case files go to a folder of their own, or to --output, where they stay.
Exit status: 0 all agree; 1 some differ, or were skipped; 77 the packages are missing.
"""
import argparse
import itertools
import os
import re
import subprocess
import sys
import tempfile

from case_file_writer import write_case

SHAPES = list(itertools.product((1, 2, 100), (1, 2, 32, 288), (16, 32, 93, 192, 1024, 1234)))
BLOCKS = (16, 32, 64, 128)
FILES_A_RUN = 400  # of one command line


def draw_all(folder, seed, part, parts):
    """Writes the cases; their paths."""
    try:
        import numpy as np
        from oracle import draw, nbits_models as models
    except ImportError as error:
        print(f"skipped: {error}: this script needs the packages onnxruntime, onnx and numpy", file=sys.stderr)
        sys.exit(77)
    combinations = [(shape, bits, block, kind, bias) for shape, bits, block in itertools.product(SHAPES, (4, 8), BLOCKS)
                    for kind, bias in itertools.product(models.kinds_of(bits), (False, True))]
    paths = []
    for index, (shape, bits, block, kind, bias) in list(enumerate(combinations))[part::parts]:
        op, arrays, metadata = models.matmul_nbits_of(np.random.default_rng([seed, index]), shape, bits, block, kind, bias)
        tensors = {name: draw.tensor_of(array) for name, array in arrays.items() if array is not None}
        name = f"{'x'.join(map(str, shape))}_b{bits}_g{block}_{kind}{'_bias' * bias}"
        paths.append(os.path.join(folder, f"nbits_{name}.safetensors"))
        source = f"ONNX Runtime {draw.onnxruntime.__version__}, scripts/oracle_matmulnbits.py --seed {seed}, {name}"
        write_case(paths[-1], op, tensors, source, **metadata)
    return paths


def check(clqnn, device, paths):
    """Passed, failed and skipped cases; prints the lines of all that did not pass."""
    totals = [0, 0, 0]
    for first in range(0, len(paths), FILES_A_RUN):
        command = [clqnn, *(["--device", device] if device else []), "check", *paths[first:first + FILES_A_RUN]]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        closing = re.search(r"(\d+) passed, (\d+) failed, (\d+) skipped", done.stdout)
        if closing is None:
            sys.exit(f"{' '.join(command[:3])} ended with {done.returncode}: {done.stderr.strip()}")
        totals = [total + int(count) for total, count in zip(totals, closing.groups())]
        for line in done.stdout.splitlines():
            if "FAIL" in line or re.search(r"\bskip", line) and line != closing.group(0):
                print(line)
    return totals


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clqnn", default="clqnn", help="the command (default: %(default)s in PATH)")
    parser.add_argument("--device", help="as the command's --device")
    parser.add_argument("--seed", type=int, default=1, help="default: %(default)s")
    parser.add_argument("--part", default="0/1", help="only combinations I, I+N, I+2N, ..: I/N (default: %(default)s, all)")
    parser.add_argument("-o", "--output", help="folder that keeps the case files")
    options = parser.parse_args()
    part = re.fullmatch(r"(\d+)/([1-9]\d*)", options.part)
    if part is None or int(part[1]) >= int(part[2]):
        parser.error(f"--part {options.part}: wanted I/N with I below N")
    with tempfile.TemporaryDirectory() as folder:
        if options.output:
            folder = options.output
            os.makedirs(folder, exist_ok=True)
        passed, failed, skipped = check(options.clqnn, options.device, draw_all(folder, options.seed, int(part[1]), int(part[2])))
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 0 if passed > 0 and failed == 0 and skipped == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
