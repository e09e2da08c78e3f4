#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# check_weight_formats.sh PYTHON SCRIPTS FOLDER PROGRAM: fresh vectors of every format from the packages that define it, then PROGRAM over them. 77 where PYTHON lacks the packages.
set -euo pipefail
python=$1 scripts=$2 folder=$3 program=$4
rm -rf "$folder"
"$python" -c 'import numpy' 2>/dev/null || { echo "skipped: $python has no numpy"; exit 77; }
PYTHONDONTWRITEBYTECODE=1 "$python" "$scripts/oracle_weight_formats.py" --count 25 --seed "${CLQNN_ORACLE_SEED:-2}" -o "$folder"
"$program" "$folder"
rm -rf "$folder"
