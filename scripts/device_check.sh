#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# device_check.sh OUT [STEP...]: for a machine with a GPU, or any other OpenCL device: builds the command, then runs the steps devices, verify (--full) and
# bench (every suite), all of them where none is named, and leaves their results in the folder OUT. Needs no PoCL.
# The device is CLQNN_DEVICE, else the first GPU. CLQNN_COMMAND: a command built before, instead of a build. A step that fails does not stop the
# others; the exit status is then 1.
set -uo pipefail
[ $# -ge 1 ] || { echo "usage: device_check.sh OUT [devices] [verify] [bench]" >&2; exit 2; }
mkdir -p "$1" || exit 2
out=$(cd "$1" && pwd)
shift
steps=${*:-devices verify bench}
for step in $steps; do
    case $step in devices | verify | bench) ;; *) echo "device_check.sh: unknown step '$step' (devices, verify, bench)" >&2; exit 2 ;; esac
done
cd "$(dirname "$0")/.." || exit 2
log=$out/log.txt
: >"$log"
failed=0
say() { echo "== $*" | tee -a "$log"; }
# attempt COMMAND...: runs it, with its output on the screen and in the log.
attempt() {
    local status
    "$@" 2>&1 | tee -a "$log"
    status=${PIPESTATUS[0]}
    [ "$status" = 0 ] || { say "FAILED with status $status: $*"; failed=1; }
    return "$status"
}

# In containers NVIDIA's driver is often there without the vendor file that the loader looks for.
nvidia=libnvidia-opencl.so.1
has_nvidia() {
    local folder
    [[ $(ldconfig -p 2>/dev/null) != *$nvidia* ]] || return 0
    local paths=${LD_LIBRARY_PATH:-}
    for folder in ${paths//:/ }; do [ ! -e "$folder/$nvidia" ] || return 0; done
    return 1
}
if [ -z "${OCL_ICD_VENDORS:-}" ] && has_nvidia && ! grep -qs "$nvidia" /etc/OpenCL/vendors/*.icd; then
    say "no vendor file names $nvidia: OCL_ICD_VENDORS=$nvidia"
    export OCL_ICD_VENDORS=$nvidia
fi

command=${CLQNN_COMMAND:-}
if [ -z "$command" ]; then
    say "packages"
    attempt scripts/install_packages.sh device || say "going on with what is installed"
    say "build"
    attempt cmake -S . -B build/device -DCMAKE_BUILD_TYPE=Release -DCLQNN_BUILD_TESTS=OFF -DCLQNN_BUILD_EXAMPLES=OFF || exit 1
    attempt cmake --build build/device --parallel "$(nproc)" || exit 1
    command=build/device/bin/clqnn
fi
{
    date -u +%Y-%m-%dT%H:%M:%SZ
    "$command" --version
    uname -srm
    nvidia-smi --query-gpu=name,driver_version,clocks.max.sm --format=csv 2>/dev/null
} >"$out/environment.txt"

for step in $steps; do
    say "$step"
    case $step in
    devices) attempt "$command" devices --json "$out/devices.json" ;;
    verify) attempt "$command" verify --full --no-progress --json "$out/verify.json" ;;
    bench)
        for suite in bench/suites/*.txt; do
            name=$(basename "$suite" .txt)
            say "bench $name"
            attempt "$command" bench --suite "$suite" --peer none --min-time 0.3 --no-progress --json "$out/bench_$name.json"
        done
        ;;
    esac
done
if [ "$failed" = 0 ]; then say "every step held; results in $out"; else say "some steps failed; results in $out, log in $log"; fi
exit "$failed"
