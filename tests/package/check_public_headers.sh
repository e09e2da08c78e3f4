#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# check_public_headers.sh INCLUDE: each public header compiles alone, in C11 and in C++11 and C++17, without a warning; only opencl.h includes OpenCL's.
set -euo pipefail
include=$1
failed=0
count=0
for header in "$include"/clqnn/*.h; do
    name=clqnn/$(basename "$header")
    for language in "${CC:-cc} -x c -std=c11" "${CXX:-c++} -x c++ -std=c++11" "${CXX:-c++} -x c++ -std=c++17"; do
        command -v "${language%% *}" >/dev/null || { echo "skipped: no ${language%% *}"; exit 77; }
        printf '#include <%s>\n#include <%s>\ntypedef int not_empty;\n' "$name" "$name" | $language -Wall -Wextra -Wpedantic -Wshadow -Werror -I"$include" -fsyntax-only - || { echo "check_public_headers.sh: $name with $language" >&2; failed=1; }
    done
    depends=$(printf '#include <%s>\n' "$name" | ${CC:-cc} -x c -I"$include" -M -)
    if [ "$name" != clqnn/opencl.h ] && [[ $depends == *CL/* ]]; then
        echo "check_public_headers.sh: $name includes OpenCL's headers" >&2
        failed=1
    fi
    count=$((count + 1))
done
[ "$count" -gt 5 ] || { echo "check_public_headers.sh: only $count headers in $include/clqnn" >&2; failed=1; }
echo "$count headers"
exit $failed
