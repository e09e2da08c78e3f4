#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# check_readme_example.sh SOURCE PROGRAM: the C block that follows <!-- example --> in README.md is examples/readme_gemm/readme_gemm.c to the byte (but for
# its SPDX line), and PROGRAM, built from that file, prints the block that follows <!-- output -->.
set -euo pipefail
source=$1 program=$2
# block MARKER: the fenced block that follows the marker.
block() { awk -v marker="<!-- $1 -->" '$0 == marker { armed = 1 } /^```/ { if (inside) exit; inside = armed; next } inside' "$source/README.md"; }
[ -n "$(block example)" ] && [ -n "$(block output)" ] || { echo "check_readme_example.sh: README.md has no example or no output" >&2; exit 1; }
diff <(block example) <(tail -n +2 "$source/examples/readme_gemm/readme_gemm.c") || { echo "check_readme_example.sh: README.md (<) and readme_gemm.c (>) differ" >&2; exit 1; }
diff <(block output) <("$program") || { echo "check_readme_example.sh: README.md's output (<) and the program's (>) differ" >&2; exit 1; }
block example | tail -n 5
