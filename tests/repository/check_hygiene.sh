#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# check_hygiene.sh SOURCE: rules of the repository that no compiler keeps. Names every fault as file:line, or file, and exits with 1 if there is one.
#   - every source file carries an SPDX line among its first three lines
#   - no source file is longer than 800 lines, no two files share a name (public headers, named by topic, aside)
#   - every header has an include guard that no other has
#   - no leftovers: words that mark unfinished work, code switched off by the preprocessor
#   - the libraries never end the process nor print: no abort, exit, assert or print function in host/ and reference/
#   - kernels choose no vendor by the preprocessor outside kernels/cl/dot and kernels/cl/tile
#   - clEnqueueNDRangeKernel is called in one file of host/ beside the probes, environment variables are read, never written
set -euo pipefail
cd "$1"
failed=0
complain() { echo "check_hygiene.sh: $1" >&2; failed=1; }
# matches TEXT PATTERN FILES...: complains about every line that matches.
matches() {
    local text=$1 pattern=$2 found
    shift 2
    [ $# -gt 0 ] || return 0
    found=$(grep -nEH "$pattern" "$@" || true)
    [ -z "$found" ] || complain "$text:"$'\n'"$found"
}
mapfile -t files < <(find . -type f -not -path './build/*' -not -path './.git' -not -path './.git/*' | sed 's|^\./||' | sort)
mapfile -t sources < <(printf '%s\n' "${files[@]}" | grep -E '\.(c|h|cpp|cl|def|map|cmake|sh|py|in)$|(^|/)CMakeLists\.txt$|^\.ci/run$')
[ "${#sources[@]}" -gt 0 ] || complain "no source files found in $PWD"

found=$(awk 'FNR <= 3 && /SPDX-License-Identifier: Apache-2\.0/ { licensed[FILENAME] = 1 }
    { lines[FILENAME] = FNR }
    END {
        for (i = 1; i < ARGC; i++) if (!licensed[ARGV[i]]) print ARGV[i] " has no SPDX line"
        for (file in lines) if (lines[file] > 800) print file " has " lines[file] " lines"
    }' "${sources[@]}")
[ -z "$found" ] || complain "$found"
twins=$(printf '%s\n' "${files[@]}" | grep -vE '^include/|(^|/)(CMakeLists\.txt|README\.md)$' | sed 's|.*/||' | sort | uniq -d)
[ -z "$twins" ] || complain "several files are called:"$'\n'"$twins"

mapfile -t headers < <(printf '%s\n' "${sources[@]}" | grep -E '\.h$')
found=$(awk '/^#ifndef [A-Z0-9_]+_H$/ && !(FILENAME in guard) { guard[FILENAME] = $2 }
    END {
        for (i = 1; i < ARGC; i++) if (!(ARGV[i] in guard)) print ARGV[i] " has no include guard"
            else if (owner[guard[ARGV[i]]]++) print "several headers have the include guard " guard[ARGV[i]]
    }' "${headers[@]}" /dev/null | grep -v '^/dev/null' || true)
[ -z "$found" ] || complain "$found"

mapfile -t written < <(printf '%s\n' "${sources[@]}" | grep -vE '^tests/repository/check_hygiene')
matches "unfinished work" '\b(TODO|FIXME|XXX|HACK)\b' "${written[@]}"
matches "code switched off" '^[[:space:]]*#[[:space:]]*if[[:space:]]+0\b' "${written[@]}"
mapfile -t library < <(printf '%s\n' "${sources[@]}" | grep -E '^(host|reference)/.*\.[ch]$')
matches "a library must not end the process or print" '(^|[^_[:alnum:]])(abort|exit|_exit|_Exit|quick_exit|assert|printf|vprintf|fprintf|vfprintf|puts|fputs|putchar|perror)[[:space:]]*\(' \
    $(printf '%s\n' "${library[@]}")
matches "a library must not change the environment" '(^|[^_[:alnum:]])(setenv|unsetenv|putenv)[[:space:]]*\(' $(printf '%s\n' "${library[@]}")
mapfile -t launchers < <(printf '%s\n' "${library[@]}" | grep -vE '^host/device/(launch|probe)\.[ch]$')
matches "launches go through host/device/launch.c" '=[[:space:]]*clEnqueueNDRangeKernel|clEnqueueNDRangeKernel\(' "${launchers[@]}"
mapfile -t kernels < <(printf '%s\n' "${sources[@]}" | grep -E '^kernels/cl/.*\.cl$' | grep -vE '^kernels/cl/(dot|tile)/')
matches "a vendor's name in the preprocessor outside kernels/cl/dot and kernels/cl/tile" \
    '^[[:space:]]*#[[:space:]]*(if|ifdef|ifndef|elif)\b.*(__NV|NV_|nvidia|CUDA|__AMD|amd|AMDGCN|gfx[0-9]|intel|INTEL|__ARM|mali|MALI|qcom|ADRENO|POCL|__x86_64|cl_nv|cl_amd|cl_arm|cl_intel|cl_qcom)' "${kernels[@]}"
echo "${#sources[@]} source files"
exit $failed
