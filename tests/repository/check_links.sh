#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# check_links.sh SOURCE: every relative link of a Markdown page leads to a file of the repository.
set -euo pipefail
cd "$1"
failed=0
count=0
while IFS=: read -r page target; do
    target=${target%%#*}
    [ -n "$target" ] || continue
    count=$((count + 1))
    [ -e "$(dirname "$page")/$target" ] || { echo "check_links.sh: $page links to $target, which is not there" >&2; failed=1; }
done < <(find . -name '*.md' -not -path './build/*' -not -path './.git/*' -print0 | xargs -0 grep -HoE '\]\([^)]+\)' | sed -E 's/\]\(([^)]*)\)/\1/' | grep -vE ':(https?|mailto):')
[ "$count" -gt 5 ] || { echo "check_links.sh: only $count links found" >&2; failed=1; }
echo "$count links"
exit $failed
