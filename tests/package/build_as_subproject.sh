#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# build_as_subproject.sh CMAKE SOURCE BUILD: a parent project takes the sources by add_subdirectory, links the static libraries and runs; the parent gets
# neither tests, tools nor examples.
set -euo pipefail
cmake=$1 source=$2 build=$3
rm -rf "$build"
"$cmake" -S "$source/tests/package/subproject" -B "$build" -DCLQNN_SOURCE="$source" -DCMAKE_BUILD_TYPE=Debug
"$cmake" --build "$build" --parallel 2
program=$(find "$build" -name parent -type f)
"$program"
if [ -e "$build/clqnn/tests" ] || [ -e "$build/clqnn/tools" ]; then
    echo "build_as_subproject.sh: tests or tools were configured in a parent project" >&2
    exit 1
fi
