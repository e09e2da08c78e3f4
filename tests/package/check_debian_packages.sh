#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# check_debian_packages.sh CPACK BUILD OUTPUT VERSION TOOLS: makes the Debian packages of the build and looks for the files and dependencies that each must
# have. Skipped (77) without dpkg-deb or dpkg-shlibdeps.
set -euo pipefail
cpack=$1 build=$2 output=$3 version=$4 tools=$5
for program in dpkg-deb dpkg-shlibdeps file; do
    command -v "$program" >/dev/null || { echo "skipped: $program is not installed"; exit 77; }
done
rm -rf "$output"
"$cpack" --config "$build/CPackConfig.cmake" -G DEB -B "$output"
architecture=$(dpkg --print-architecture)
failed=0
complain() { echo "check_debian_packages.sh: $*" >&2; failed=1; }

# expect PACKAGE DEPENDENCY... -- PATTERN...: every dependency is named, every pattern matches a file of the package.
expect() {
    local file=$output/$1_${version}_$architecture.deb
    shift
    [ -e "$file" ] || { complain "no ${file##*/}, only: $(ls "$output"/*.deb)"; return; }
    local contents depends
    contents=$(dpkg-deb --fsys-tarfile "$file" | tar -t)
    depends=$(dpkg-deb -f "$file" Depends)
    while [ "$1" != -- ]; do
        [[ $depends == *$1* ]] || complain "${file##*/} does not depend on $1: '$depends'"
        shift
    done
    shift
    for pattern in "$@"; do grep -qE "^\./usr/$pattern\$" <<<"$contents" || complain "${file##*/} has no $pattern"; done
    echo "${file##*/}: $(grep -vc '/$' <<<"$contents") files; Depends: $depends"
}
expect libclqnn0 libc6 libopencl -- 'lib/.*libclqnn\.so\.0' "lib/.*libclqnn\\.so\\.$version" 'lib/.*libclqnn_reference\.so\.0'
expect libclqnn-dev "libclqnn0 (= $version)" -- 'lib/.*libclqnn\.so' 'lib/.*libclqnn\.a' 'lib/.*libclqnn_reference\.a' 'include/clqnn/gemm\.h' \
    'lib/.*cmake/clqnn/clqnn-config\.cmake' 'lib/.*pkgconfig/clqnn\.pc' 'lib/.*pkgconfig/clqnn_reference\.pc'
if [ "$tools" = 1 ]; then
    expect clqnn-tools "libclqnn0 (= $version)" libc6 -- 'bin/clqnn' 'share/clqnn/suites/square\.txt'
fi
exit $failed
