#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# install_and_move.sh CMAKE BUILD PREFIX: installs the build, then moves the tree to PREFIX, so that a path written into a file at install time is found out.
set -euo pipefail
cmake=$1 build=$2 prefix=$3
rm -rf "$prefix" "$prefix.first"
"$cmake" --install "$build" --prefix "$prefix.first" >"$prefix.log"
mv "$prefix.first" "$prefix"
if grep -rlE "$prefix.first|$build" "$prefix" --include='*.cmake' --include='*.pc'; then
    echo "install_and_move.sh: the files above name a folder of this machine" >&2
    exit 1
fi
for file in include/clqnn/clqnn.h share/doc/clqnn/LICENSE; do
    [ -e "$prefix/$file" ] || { echo "install_and_move.sh: $file is not installed" >&2; exit 1; }
done
if [ -e "$build/bin/clqnn" ]; then
    "$prefix/bin/clqnn" --version
    [ -e "$prefix/share/clqnn/suites/square.txt" ] || { echo "install_and_move.sh: the suites are not installed" >&2; exit 1; }
fi
echo "installed $(find "$prefix" -type f | wc -l) files"
