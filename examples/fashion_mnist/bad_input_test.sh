#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# bad_input_test.sh PROGRAM FOLDER: the program refuses wrong command lines and data sets that are missing, truncated or mislabelled, and says why.
set -euo pipefail
program=$1
work=$2
rm -rf "$work"
mkdir -p "$work"
failures=0

# expect STATUS TEXT ARGUMENTS..: the exit status, and the text on stderr.
expect() {
    local status=$1 text=$2 got=0
    shift 2
    "$program" "$@" >"$work/out" 2>"$work/err" || got=$?
    if [[ $got -ne $status ]] || ! grep -qF -- "$text" "$work/err"; then
        echo "FAIL: $* gave $got, expected $status and '$text'; said: $(cat "$work/err")"
        failures=$((failures + 1))
    fi
}

# idx DIMENSIONS.. : the header of an IDX file of bytes.
idx() {
    printf '%b' "\\x00\\x00\\x08\\x0$#"
    for size in "$@"; do printf '%b' "$(printf '\\x%02x\\x%02x\\x%02x\\x%02x' $((size >> 24)) $((size >> 16 & 255)) $((size >> 8 & 255)) $((size & 255)))"; done
}

# data_set FOLDER LABEL: 100 + 100 black images, all labels LABEL (an octal byte).
data_set() {
    mkdir -p "$1"
    for part in train t10k; do
        { idx 100 28 28; head -c 78400 /dev/zero; } | gzip >"$1/$part-images-idx3-ubyte.gz"
        { idx 100; head -c 100 /dev/zero | tr '\0' "$2"; } | gzip >"$1/$part-labels-idx1-ubyte.gz"
    done
}

expect 2 "--epochs needs a number, not 'many'" --epochs many
expect 2 "--images 150 is no multiple of 100" --images 150
expect 2 "not 'vgg'" --network vgg
expect 2 "--resume needs --checkpoint-dir" --resume
expect 2 "unexpected argument '--fast'" --fast
expect 77 "apt-get install dataset-fashion-mnist" "$work/nowhere"
data_set "$work/mislabelled" '\012'
expect 1 "holds a label above 9" "$work/mislabelled"
data_set "$work/truncated" '\001'
{ idx 100 28 28; head -c 50000 /dev/zero; } | gzip >"$work/truncated/train-images-idx3-ubyte.gz"
expect 1 "train-images-idx3-ubyte.gz" "$work/truncated"
data_set "$work/damaged" '\001'
head -c 60 "$work/damaged/t10k-images-idx3-ubyte.gz" >"$work/cut" && mv "$work/cut" "$work/damaged/t10k-images-idx3-ubyte.gz"
expect 1 "t10k-images-idx3-ubyte.gz" "$work/damaged"
[[ $failures -eq 0 ]] && echo "all refused"
exit $((failures > 0))
