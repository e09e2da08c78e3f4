#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run_under_oclgrind.sh CHECKS LOG PROGRAM ARGUMENT...: runs the program on oclgrind's simulated device with its checks (accesses out of bounds always, and those
# that CHECKS names: "--data-races --uninitialized"). Fails if the program does or if the log is not empty. -O0: oclgrind does not know the scoped-alias
# intrinsics that inlining leaves behind. Exit status 77 where oclgrind is not installed.
checks=$1
log=$2
shift 2
command -v oclgrind >/dev/null || { echo "skipped: oclgrind is not installed"; exit 77; }
rm -rf "$log" "$CLQNN_CACHE_DIR" # programs are built from text each time
# shellcheck disable=SC2086
oclgrind --build-options -O0 $checks --log "$log" "$@" || exit 1
if [ -s "$log" ]; then
  head -60 "$log"
  exit 1
fi
