#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# check_results_chart.sh SOURCE: the README's chart is what scripts/plot_results.py draws from the committed results, and a result that was not verified is
# refused. Skipped (77) without Python.
set -euo pipefail
cd "$1"
command -v python3 >/dev/null || { echo "skipped: python3 is not installed"; exit 77; }
title=$(sed -nE 's/.*aria-label="([^"]*)".*/\1/p' docs/images/demo_layers.svg)
diff docs/images/demo_layers.svg <(python3 scripts/plot_results.py docs/images/demo_layers.json --title "$title") \
    || { echo "check_results_chart.sh: docs/images/demo_layers.svg is not drawn from demo_layers.json" >&2; exit 1; }
false_results=$(mktemp)
trap 'rm -f "$false_results"' EXIT
sed 's/"verified":[[:space:]]*true/"verified": false/' docs/images/demo_layers.json >"$false_results"
if python3 scripts/plot_results.py "$false_results" >/dev/null 2>&1; then
    echo "check_results_chart.sh: unverified results were drawn" >&2
    exit 1
fi
