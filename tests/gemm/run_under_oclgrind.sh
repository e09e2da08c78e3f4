#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run_under_oclgrind.sh LOG PROGRAM ARGUMENT...: runs the program on oclgrind's simulated device with its checks for data races, reads of uninitialised memory and
# accesses out of bounds. Fails if the program does or if the log is not empty. -O0: oclgrind does not know the scoped-alias intrinsics that inlining leaves behind.
# Exit status 77 where oclgrind is not installed.
log=$1
shift
command -v oclgrind >/dev/null || { echo "skipped: oclgrind is not installed"; exit 77; }
rm -rf "$log" "$CLQNN_CACHE_DIR" # programs are built from text each time
oclgrind --build-options -O0 --data-races --uninitialized --log "$log" "$@" || exit 1
if [ -s "$log" ]; then
  head -60 "$log"
  exit 1
fi
