#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# build_with_cmake.sh CMAKE CONSUMER PREFIX BUILD: finds the installed package with find_package, builds the programs of CONSUMER, in C and C++, with the
# shared and the static library, and runs them. A version that the package does not have must be refused.
set -euo pipefail
cmake=$1 consumer=$2 prefix=$3 build=$4
rm -rf "$build"
"$cmake" -S "$consumer" -B "$build" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Release
"$cmake" --build "$build"
for program in clqnn_c clqnn_static_c clqnn_cpp clqnn_static_cpp; do "$build/$program"; done
needed() { readelf -d "$1" | sed -nE 's/.*\(NEEDED\).*\[(.*)\]/\1/p'; }
[[ $(needed "$build/clqnn_c") == *libclqnn.so.0* ]]
if [[ $(needed "$build/clqnn_static_cpp") == *libclqnn* ]]; then
    echo "build_with_cmake.sh: clqnn_static_cpp needs a shared library of the project" >&2
    exit 1
fi
mkdir -p "$build/refused"
printf 'cmake_minimum_required(VERSION 3.16)\nproject(refused C)\nfind_package(clqnn 99 REQUIRED)\n' >"$build/refused/CMakeLists.txt"
if "$cmake" -S "$build/refused" -B "$build/refused/build" -DCMAKE_PREFIX_PATH="$prefix" >"$build/refused/log" 2>&1; then
    echo "build_with_cmake.sh: version 99 was found" >&2
    exit 1
fi
