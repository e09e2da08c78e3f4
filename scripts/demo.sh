#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# First contact (Debian 12): installs what is missing, builds the command and the examples in build/demo, shows the devices, times INT8 layers of real
# networks beside oneDNN, each verified bit for bit against the reference first, runs the whole of MobileNet v2, classifies 10,000 real images with a
# quantized network, and trains one and quantizes it by every kind of scheme.
set -euo pipefail
cd "$(dirname "$0")/.."
say() { printf '\n== %s\n' "$*"; }
build=build/demo
export POCL_AFFINITY=${POCL_AFFINITY:-1} # one thread a core: PoCL reads it when the first OpenCL call is made

say "1/7 packages"
scripts/install_packages.sh build
echo "all there"

say "2/7 building in $build"
mkdir -p build
cmake --preset release -B "$build" -DCLQNN_BUILD_TESTS=OFF >"$build.log" 2>&1 || { cat "$build.log" >&2; exit 1; }
cmake --build "$build" >>"$build.log" 2>&1 || { tail -n 40 "$build.log" >&2; exit 1; }
echo "log: $build.log"

say "3/7 clqnn devices"
"$build/bin/clqnn" devices

say "4/7 clqnn bench: layers of BERT-base, ResNet-50, MobileNet v2 and Llama-3-8B, verified, then timed beside oneDNN (the first run compiles the kernels)"
"$build/bin/clqnn" bench --suite scripts/demo_layers.txt --peer onednn --min-time 0.5

say "5/7 mobilenet_v2_int8: a whole network in one sequence, each layer compared with the reference, then timed"
"$build/bin/mobilenet_v2_int8" --runs 50

say "6/7 fashion_mnist_int8: a network fitted, quantized and run on 10,000 images"
"$build/bin/fashion_mnist_int8"

say "7/7 fashion_mnist --quick: a network trained on this device, quantized by the schemes of the field, and run by the integer and bit kernels"
if [ -x "$build/bin/fashion_mnist" ]; then "$build/bin/fashion_mnist" --quick; else echo "left out: it needs zlib and cJSON"; fi

say "done. Next: $build/bin/clqnn --help; docs/embedding.md to link the library; scripts/test.sh to run every test"
