#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# install_packages.sh build|test: installs the Debian packages that are missing. Without root and with nothing missing it does nothing.
set -euo pipefail
build="cmake ninja-build gcc g++ pkg-config ocl-icd-opencl-dev opencl-headers pocl-opencl-icd libcjson-dev libxxhash-dev libfp16-dev libdnnl-dev libopenblas-dev dataset-fashion-mnist"
test="libcmocka-dev oclgrind python3 libonnx-testdata libgemmlowp-dev file"
case "${1:-build}" in
build) wanted="$build" ;;
test) wanted="$build $test" ;;
*) echo "install_packages.sh: unknown set '$1' (build or test)" >&2; exit 2 ;;
esac
missing=""
for package in $wanted; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
echo "installing:$missing"
run=""
[ "$(id -u)" = 0 ] || run="sudo"
$run apt-get update -q >/dev/null
DEBIAN_FRONTEND=noninteractive $run apt-get install -y -q --no-install-recommends $missing >/dev/null
