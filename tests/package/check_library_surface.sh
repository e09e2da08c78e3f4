#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# check_library_surface.sh LIBDIR INCLUDE: the shared libraries export what the headers declare and nothing else, need the OpenCL loader and libc only,
# and carry their soname; no object of the static library calls what a library must not call.
set -euo pipefail
libdir=$1 include=$2
failed=0
complain() { echo "check_library_surface.sh: $*" >&2; failed=1; }

# declared FILES: names of the functions that carry CLQNN_API.
declared() { cat "$@" | sed -nE 's/^CLQNN_API .*[ *](clqnn_[a-z0-9_]+)\(.*/\1/p' | sort; }
exported() { nm -D --defined-only "$1" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | sort; }
needed() { readelf -d "$1" | sed -nE 's/.*\(NEEDED\).*\[(.*)\]/\1/p'; }

compare() {
    local library=$libdir/$1 difference
    difference=$(diff <(exported "$library") - || true)
    [ -z "$difference" ] || complain "$1 exports (<) other names than the headers declare (>):"$'\n'"$difference"
    [ "$(exported "$library" | wc -l)" -gt 0 ] || complain "$1 exports nothing"
    [[ $(readelf -d "$library") == *"soname: [$1.0]"* ]] || complain "$1 has another soname than $1.0"
}
headers=$(find "$include/clqnn" -name '*.h' ! -name 'reference*.h')
compare libclqnn.so < <(declared $headers) # not a pipe: its subshell would keep `failed`
compare libclqnn_reference.so < <(declared "$include"/clqnn/reference*.h)

for name in $(needed "$libdir/libclqnn.so"); do
    case $name in libOpenCL.so.1 | libc.so.6 | libm.so.6 | libpthread.so.0 | ld-linux*) ;; *) complain "libclqnn.so needs $name" ;; esac
done
for name in $(needed "$libdir/libclqnn_reference.so"); do
    case $name in libc.so.6 | libm.so.6) ;; *) complain "libclqnn_reference.so needs $name" ;; esac
done
for archive in libclqnn.a libclqnn_reference.a; do
    forbidden=$(nm --undefined-only "$libdir/$archive" 2>/dev/null | awk '{ print $2 }' | grep -xE '_?exit|_Exit|quick_exit|abort|printf|puts|putchar|__printf_chk|fprintf|__fprintf_chk|perror|__assert_fail|setenv|putenv' || true)
    [ -z "$forbidden" ] || complain "$archive calls" $forbidden
    foreign=$(nm --defined-only --extern-only "$libdir/$archive" 2>/dev/null | awk 'NF == 3 { print $3 }' | grep -vE '^clqn?n?_' || true)
    [ -z "$foreign" ] || complain "$archive defines names without the project's prefix:" $foreign
done
exit $failed
