#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# install_packages.sh device|build|test: installs the Debian packages that are missing. With nothing missing it does nothing and needs no root.
#   device   what the command needs on a machine whose OpenCL driver is there already
#   build    that, PoCL (a driver for the CPU), the peers of `clqnn bench` and the examples' data
#   test     that and what the tests compare with
set -euo pipefail
device="cmake ninja-build gcc g++ pkg-config ocl-icd-opencl-dev opencl-headers libcjson-dev libxxhash-dev"
build="pocl-opencl-icd libdnnl-dev libopenblas-dev libclblast-dev zlib1g-dev dataset-fashion-mnist"
test="libcmocka-dev libfp16-dev oclgrind python3 libonnx-testdata libgemmlowp-dev file dpkg-dev"
case "${1:-build}" in
device) wanted="$device" ;;
build) wanted="$device $build" ;;
test) wanted="$device $build $test" ;;
*) echo "install_packages.sh: unknown set '$1' (device, build or test)" >&2; exit 2 ;;
esac
command -v dpkg-query >/dev/null || { echo "install_packages.sh: this is no Debian; the packages wanted there are: $wanted" >&2; exit 1; }
missing=""
for package in $wanted; do
    [[ $(dpkg-query -W -f='${Status}' "$package" 2>/dev/null) == *"ok installed"* ]] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
root=""
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { echo "install_packages.sh: not root and no sudo; as root: apt-get install$missing" >&2; exit 1; }
    root=sudo
fi
echo "installing:$missing"
$root apt-get update -q >/dev/null
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >/dev/null
