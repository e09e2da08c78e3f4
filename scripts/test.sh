#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing (Debian 12), builds everything with warnings as errors and runs all tests, then those of the sanitizers' labels under the
# address, undefined-behaviour and thread sanitizers. Exit status 0: everything held.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install_packages.sh test
CTEST_PARALLEL_LEVEL=${CTEST_PARALLEL_LEVEL:-$(nproc)}
export CTEST_PARALLEL_LEVEL
for preset in dev asan-ubsan tsan; do
    echo "== $preset =="
    cmake --workflow --preset "$preset"
done
