#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# check_network_onnx.sh SCRIPT EXAMPLE FOLDER: exports a small form of the example's network and runs it in ONNX Runtime: every layer's bytes must agree. Exit
# status 77, a counted skip, without ONNX Runtime (CLQNN_PYTHON: the interpreter that has it) and on CPUs where its products of u8 and s8 saturate.
set -euo pipefail
script=$1 example=$2 folder=$3
python=${CLQNN_PYTHON:-python3}
if ! "$python" -c 'import numpy, onnx, onnxruntime' 2>/dev/null; then
    echo "skipped: $python has no onnxruntime, onnx and numpy"
    exit 77
fi
if ! grep -qE 'avx512_vnni|avx_vnni|asimddp' /proc/cpuinfo; then
    echo "skipped: ONNX Runtime saturates sums of two products on this CPU"
    exit 77
fi
mkdir -p "$folder"
exported=$folder/$(basename "$example").safetensors
"$example" --image 80 --width 50 --classes 203 --runs 1 --batch 2 --export "$exported"
"$python" "$script" "$exported" --runs 0
