#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# check_kernel_example.sh CMAKE SOURCE WORK: does what docs/adding_a_kernel.md says on a copy of the sources: its two files and its line, then builds the
# command and verifies the variant. Skipped (77) where the document's variant is in the list already, or Ninja is missing.
set -euo pipefail
cmake=$1 source=$2 work=$3
page=$source/docs/adding_a_kernel.md
command -v ninja >/dev/null || { echo "skipped: ninja is not installed"; exit 77; }
# block MARKER: the fenced block that follows <!-- MARKER -->.
block() { awk -v marker="<!-- $1 -->" '$0 == marker { armed = 1 } /^```/ { if (inside) exit; inside = armed; next } inside' "$page"; }
line=$(block line)
name=$(sed -nE 's/^X\(([a-z0-9_]+)\)$/\1/p' <<<"$line")
[ -n "$name" ] || { echo "check_kernel_example.sh: no line X(name) in $page" >&2; exit 1; }
mkdir -p "$work/tree"
for entry in CMakeLists.txt include reference host kernels cmake tools bench LICENSE README.md CHANGELOG.md; do
    rm -rf "$work/tree/$entry"
    cp -a "$source/$entry" "$work/tree/$entry"
done
block kernel >"$work/tree/kernels/cl/gemm/$name.cl"
block variant >"$work/tree/host/gemm/$name.c"
sed -i "s/^X(gemm_i8_portable)/$line\n&/" "$work/tree/host/gemm/variants.def"
"$cmake" -S "$work/tree" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCLQNN_WERROR=ON -DCLQNN_BUILD_TESTS=OFF -DCLQNN_BUILD_EXAMPLES=OFF
"$cmake" --build "$work/build" --target clqnn_command
cd "$work"
verdict=$("$work/build/bin/clqnn" verify --variant "$name" --quick --no-progress)
echo "$verdict"
[[ $verdict == *" 0 failed"* && $verdict != *" 0 passed"* ]]
"$work/build/bin/clqnn" list | grep "$name"
