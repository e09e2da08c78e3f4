#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# build_with_pkg_config.sh CONSUMER LIBDIR BUILD: builds the programs of CONSUMER from what pkg-config says of the package in LIBDIR, in C and C++, shared
# and static, and runs them. Skipped (77) without pkg-config.
set -euo pipefail
consumer=$1 libdir=$2 build=$3
command -v pkg-config >/dev/null || { echo "skipped: pkg-config is not installed"; exit 77; }
export PKG_CONFIG_PATH=$libdir/pkgconfig LD_LIBRARY_PATH=$libdir
rm -rf "$build"
mkdir -p "$build"
flags=$(pkg-config --cflags clqnn clqnn_reference)
shared=$(pkg-config --libs clqnn clqnn_reference)
static="$libdir/libclqnn.a $libdir/libclqnn_reference.a $(pkg-config --static --libs clqnn clqnn_reference | sed -E 's/-lclqnn(_reference)?( |$)/ /g')"
set -x
"${CC:-cc}" -std=c11 -Wall -Wextra -Werror $flags "$consumer/package_consumer.c" -o "$build/shared_c" $shared
"${CC:-cc}" -std=c11 -Wall -Wextra -Werror $flags "$consumer/package_consumer.c" -o "$build/static_c" $static
"${CXX:-c++}" -std=c++17 -Wall -Wextra -Werror $flags "$consumer/package_consumer_cpp.cpp" -o "$build/shared_cpp" $shared
"${CXX:-c++}" -std=c++17 -Wall -Wextra -Werror $flags "$consumer/package_consumer_cpp.cpp" -o "$build/static_cpp" $static
"$build/shared_c"
"$build/shared_cpp"
unset LD_LIBRARY_PATH
"$build/static_c"
"$build/static_cpp"
[ "$(pkg-config --modversion clqnn)" = "$(pkg-config --modversion clqnn_reference)" ]
