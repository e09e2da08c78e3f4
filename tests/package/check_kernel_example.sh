#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# check_kernel_example.sh CMAKE SOURCE WORK: does what docs/adding_a_kernel.md says on a copy of the sources: the two files and the line of each of its three
# examples, then builds the command and verifies the variants. Skipped (77) where Ninja is missing.
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
for entry in CMakeLists.txt include reference host kernels cmake tools bench tests examples scripts docs LICENSE README.md CHANGELOG.md; do
    rm -rf "$work/tree/$entry"
    cp -a "$source/$entry" "$work/tree/$entry"
done
block kernel >"$work/tree/kernels/cl/gemm/$name.cl"
block variant >"$work/tree/host/gemm/$name.c"
sed -i "s/^X(gemm_i8_portable)/$line\n&/" "$work/tree/host/gemm/variants.def"

conv_line=$(block conv_line)
conv_name=$(sed -nE 's/^X\(([a-z0-9_]+)\)$/\1/p' <<<"$conv_line")
block conv_kernel >"$work/tree/kernels/cl/conv/$conv_name.cl"
block conv_variant >"$work/tree/host/conv/$conv_name.c"
sed -i "s/^X(conv_i8_portable)/$conv_line\n&/" "$work/tree/host/conv/conv_variants.def"

op_name=$(block op_variant | sed -nE 's/^const clq_op_variant clq_([a-z0-9_]+) = \{$/\1/p')
block op_kernel >"$work/tree/kernels/cl/pointwise/$op_name.cl"
block op_variant >"$work/tree/host/pointwise/$op_name.c"
sed -i "s/^extern const clq_op_variant .*/&\nextern const clq_op_variant clq_$op_name;/" "$work/tree/host/pointwise/table_problem.h"
sed -i "s/&clq_table_portable}/\&clq_$op_name, &/" "$work/tree/host/pointwise/table_family.c"
sed -i "s| pointwise/table_portable.c| pointwise/$op_name.c&|" "$work/tree/host/CMakeLists.txt"

"$cmake" -S "$work/tree" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCLQNN_WERROR=ON -DCLQNN_BUILD_TESTS=ON -DCLQNN_BUILD_EXAMPLES=OFF
"$cmake" --build "$work/build" --target clqnn_command pointwise_sweep_test
cd "$work"
check_variant() { # NAME OP
    local verdict
    verdict=$("$work/build/bin/clqnn" verify --op "$2" --variant "$1" --quick --no-progress)
    echo "$verdict"
    [[ $verdict == *" 0 failed"* && $verdict != *" 0 passed"* ]]
    "$work/build/bin/clqnn" list | grep "$1"
}
check_variant "$name" gemm
check_variant "$conv_name" conv
"$work/build/bin/pointwise_sweep_test" table "$op_name"
"$work/build/bin/clqnn" list | grep "$op_name"
