#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# check_hygiene_finds_faults.sh FOLDER: plants one fault after the other in an invented tree and expects check_hygiene.sh to name each.
set -euo pipefail
folder=$1
check=$(cd "$(dirname "$0")" && pwd)/check_hygiene.sh
failed=0
spdx='/* SPDX-License-Identifier: Apache-2.0 */'
clean() { rm -rf "$folder"; mkdir -p "$folder"/{host/device,kernels/cl/gemm,kernels/cl/dot}; printf '%s\nint clean;\n' "$spdx" >"$folder/host/clean.c"
    printf '%s\n#ifndef CLQ_CLEAN_H\n#define CLQ_CLEAN_H\n#endif\n' "$spdx" >"$folder/host/clean.h"; }
# plant FILE WORDS TEXT: the check must fail and say WORDS.
plant() {
    clean
    printf '%b' "$3" >"$folder/$1"
    local output
    if output=$(bash "$check" "$folder" 2>&1) || [[ $output != *"$2"* ]]; then
        echo "check_hygiene_finds_faults.sh: '$2' was not found in $1: $output" >&2
        failed=1
    fi
}
clean
bash "$check" "$folder" || { echo "check_hygiene_finds_faults.sh: a clean tree is refused" >&2; failed=1; }
plant host/bare.c "has no SPDX line" 'int bare;\n'
plant host/long.c "has 801 lines" "$spdx\n$(printf '\\n%.0s' $(seq 800))"
plant host/device/clean.c "several files are called" "$spdx\n"
plant host/unguarded.h "has no include guard" "$spdx\nint unguarded;\n"
plant host/twin.h "several headers have the include guard" "$spdx\n#ifndef CLQ_CLEAN_H\n#define CLQ_CLEAN_H\n#endif\n"
plant host/late.c "unfinished work" "$spdx\n/* TODO: later */\n"
plant host/off.c "code switched off" "$spdx\n#if 0\n#endif\n"
plant host/noisy.c "end the process or print" "$spdx\nvoid f(void) { printf(\"x\"); }\n"
plant host/fatal.c "end the process or print" "$spdx\nvoid f(void) { abort(); }\n"
plant host/environment.c "change the environment" "$spdx\nvoid f(void) { setenv(\"A\", \"B\", 1); }\n"
plant host/launches.c "launches go through" "$spdx\nvoid f(void) { clEnqueueNDRangeKernel(q); }\n"
plant kernels/cl/gemm/vendor.cl "vendor's name" "$spdx\n#ifdef cl_nv_device_attribute_query\n#endif\n"
exit $failed
