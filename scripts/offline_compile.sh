#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# offline_compile.sh PRINT_PROGRAM [FOLDER]: compiles the GPU variants' programs, exactly as the library composes them, for devices that need not be here,
# and checks registers, spills and that the instruction which a variant is named for is in the code. Prints a table; the outputs stay in FOLDER if given.
#   NVIDIA  clang-15 + libclc-15 -> PTX -> ptxas (CUDA toolkit, or PyPI's nvidia-cuda-nvcc-cu12; PTXAS names another)
#   AMD     clang-15 + libclc-15
#   Khronos, Arm   clang-15's front end only: it must accept the program and call the extension's function
#   Intel   ocloc
# A compiler that is missing is a counted skip. Exit 1: something failed; 77: nothing could be compiled.
set -euo pipefail
print_program=${1:?usage: offline_compile.sh PRINT_PROGRAM [FOLDER]}
here=$(cd "$(dirname "$0")" && pwd)
folder=${2:-$(mktemp -d)}
mkdir -p "$folder"
[ -n "${2:-}" ] || trap 'rm -rf "$folder"' EXIT
clang=${CLANG:-clang-15}
libclc=${LIBCLC:-/usr/lib/clc}
find_ptxas() {
    command -v ptxas || python3 -c 'import glob, site
found = [p for s in site.getsitepackages() + [site.getusersitepackages()] for p in glob.glob(s + "/nvidia/**/bin/ptxas", recursive=True)]
print(found[0] if found else "")' 2>/dev/null || true
}
ptxas=${PTXAS:-$(find_ptxas)}
compiled=0 failed=0 skipped=0
row() { printf '%-24s %-9s %-8s %s\n' "$1" "$2" "$3" "$4"; }
pass() { row "$1" "$2" ok "$3"; compiled=$((compiled + 1)); }
fail() { row "$1" "$2" FAILED "$3"; failed=$((failed + 1)); }
skip() { row "$1" "$2" skipped "$3"; skipped=$((skipped + 1)); }

# front VARIANT OUTPUT CLANG_OPTIONS...: the variant's program through clang; its messages go to OUTPUT.log.
front() {
    local variant=$1 output=$2 options
    shift 2
    # libclc has no fma of halves for NVIDIA; the product and sum in its place are contracted to the same instruction
    "$print_program" "$variant" | if [[ $* == *nvptx* && $variant == *_f16 ]]; then sed 's/= fma(value, weight\[j\], parts\[i\]\[j\])/= value * weight[j] + parts[i][j]/; s/FP_CONTRACT OFF/FP_CONTRACT ON/'; else cat; fi >"$folder/$variant.cl"
    options=$("$print_program" --options "$variant")
    # shellcheck disable=SC2086 # the options are several words
    "$clang" -x cl $options -Xclang -finclude-default-header -O3 -w "$@" -S -o "$output" "$folder/$variant.cl" >"$output.log" 2>&1
}

# nvidia VARIANT ARCH OPCODE:LEAST...
nvidia() {
    local variant=$1 arch=$2 base="$folder/$1.$2" text
    shift 2
    if ! front "$variant" "$base.ptx" -target nvptx64-nvidia-nvcl -march=sm_80 -Xclang -cl-ext=+cl_khr_fp16 -Xclang -mlink-builtin-bitcode -Xclang "$libclc/nvptx64--nvidiacl.bc"; then
        fail "$variant" "$arch" "clang: $(grep -m1 error "$base.ptx.log")"
        return
    fi
    sed -i "s/^\.target sm_[0-9]*/.target $arch/; s/^\.version .*/.version 8.0/" "$base.ptx"
    if ! "$ptxas" -arch="$arch" -v "$base.ptx" -o "$base.cubin" >"$base.log" 2>&1; then
        fail "$variant" "$arch" "ptxas: $(grep -m1 -iE 'error|fatal' "$base.log")"
        return
    fi
    if text=$(python3 "$here/check_cubin.py" "$base.log" "$base.cubin" "$@"); then pass "$variant" "$arch" "$text"; else fail "$variant" "$arch" "$text"; fi
}

# amd VARIANT ARCH INSTRUCTION
amd() {
    local variant=$1 arch=$2 instruction=$3 base="$folder/$1.$2" count text
    if ! front "$variant" "$base.s" -target amdgcn-amd-amdhsa -mcpu="$arch" -nogpulib -mcode-object-version=4 -Xclang -mlink-builtin-bitcode \
        -Xclang "$libclc/amdgcn--amdhsa.bc"; then
        fail "$variant" "$arch" "clang: $(grep -m1 error "$base.s.log")"
        return
    fi
    count=$(grep -cE "^[[:space:]]+$instruction" "$base.s" || true)
    text="$(awk '/; NumVgprs:/{v = v (v ? "," : "") $3} /; ScratchSize:/{s += $3} /\.vgpr_spill_count:/{p += $2} END{printf "registers %s, scratch %d, spills %d", v, s, p}' "$base.s"), $instruction $count"
    if [ "$count" -eq 0 ] || [[ $text != *"spills 0,"* ]]; then fail "$variant" "$arch" "$text"; else pass "$variant" "$arch" "$text"; fi
}

# spir VARIANT EXTENSION FUNCTION: the front end's view of an extension's built-in function.
spir() {
    local variant=$1 extension=$2 function=$3 base="$folder/$1.spir" count
    if ! front "$variant" "$base.ll" -target spir64 -Xclang "-cl-ext=+$extension" "${@:4}" -emit-llvm; then
        fail "$variant" spir64 "clang: $(grep -m1 error "$base.ll.log")"
        return
    fi
    count=$(grep -cE "call .*@_Z[0-9]+$function" "$base.ll" || true)
    if [ "$count" -gt 0 ]; then pass "$variant" spir64 "$function $count"; else fail "$variant" spir64 "no call of $function"; fi
}

# intel VARIANT DEVICE
intel() {
    local variant=$1 device=$2 base="$folder/$1.$2"
    "$print_program" "$variant" >"$base.cl"
    mkdir -p "$base.out"
    if ocloc compile -q -file "$base.cl" -device "$device" -options "$("$print_program" --options "$variant")" -out_dir "$base.out" -output k >"$base.log" 2>&1; then
        pass "$variant" "$device" "built"
    else
        fail "$variant" "$device" "ocloc: $(grep -m1 -i error "$base.log")"
    fi
}

mapfile -t variants < <("$print_program" | awk '/ (nv_mma_s8|dot_[a-z0-9]+)$/{print $1}')
[ "${#variants[@]}" -gt 0 ] || { echo "offline_compile.sh: $print_program lists no GPU variant" >&2; exit 1; }
have_clang=0
command -v "$clang" >/dev/null && [ -f "$libclc/nvptx64--nvidiacl.bc" ] && have_clang=1
for variant in "${variants[@]}" gemm_i8_local conv_i8_local; do
    case $variant in
    *_nv_mma | *_dp4a)
        opcodes=(IDP:4)
        [[ $variant == *_nv_mma ]] && opcodes=(IMMA:32 LDSM:12 LDGSTS:12)
        for arch in sm_80 sm_90; do
            if [ "$have_clang" = 0 ]; then skip "$variant" "$arch" "no $clang or libclc: apt-get install clang-15 libclc-15"
            elif [ -z "$ptxas" ]; then skip "$variant" "$arch" "no ptxas: CUDA toolkit, or pip install nvidia-cuda-nvcc-cu12"
            else nvidia "$variant" "$arch" "${opcodes[@]}"; fi
        done ;;
    *_sdot4)
        for arch in gfx906 gfx1100; do
            if [ "$have_clang" = 0 ]; then skip "$variant" "$arch" "no $clang or libclc: apt-get install clang-15 libclc-15"
            else amd "$variant" "$arch" v_dot4; fi
        done ;;
    *_khr)
        if [ "$have_clang" = 0 ]; then skip "$variant" spir64 "no $clang: apt-get install clang-15"
        else spir "$variant" cl_khr_integer_dot_product dot_4x8packed_ss_int -cl-std=CL3.0 -D__opencl_c_integer_dot_product_input_4x8bit_packed; fi ;;
    *_arm)
        if [ "$have_clang" = 0 ]; then skip "$variant" spir64 "no $clang: apt-get install clang-15"
        else spir "$variant" cl_arm_integer_dot_product_int8 arm_dot; fi ;;
    *)
        if command -v ocloc >/dev/null; then intel "$variant" dg2-g10
        else skip "$variant" dg2-g10 "no ocloc: apt-get install intel-opencl-icd libigc-tools"; fi ;;
    esac
done
# Products and convolutions of floats through local memory.
for row in "gemm_mixed_local_f16 HFMA2:8 v_pk_fma_f16" "conv_mixed_local_f16 HFMA2:8 v_pk_fma_f16" "conv_mixed_local FFMA:64 v_(dual_)?fm[ac][a-z]*_f32" \
    "gemm_mixed_slices16 FFMA:16 v_(dual_)?fm[ac][a-z]*_f32" "gemm_weights_slices16 FFMA:16 v_(dual_)?fm[ac][a-z]*_f32"; do
    read -r variant opcode instruction <<<"$row"
    for arch in sm_80 sm_90; do
        if [ "$have_clang" = 0 ] || [ -z "$ptxas" ]; then skip "$variant" "$arch" "no $clang, libclc or ptxas"; else nvidia "$variant" "$arch" "$opcode"; fi
    done
    for arch in gfx906 gfx1100; do
        if [ "$have_clang" = 0 ]; then skip "$variant" "$arch" "no $clang or libclc: apt-get install clang-15 libclc-15"; else amd "$variant" "$arch" "$instruction"; fi
    done
    if command -v ocloc >/dev/null; then intel "$variant" dg2-g10; else skip "$variant" dg2-g10 "no ocloc: apt-get install intel-opencl-icd libigc-tools"; fi
done
# Operators for any device: that they compile and store something.
for variant in $("$print_program" | awk '$3 == "operator" && /_portable / && NF == 3 {print $1}' | sort -u); do
    if [ "$have_clang" = 0 ]; then skip "$variant" gfx1100 "no $clang or libclc: apt-get install clang-15 libclc-15"
    else amd "$variant" gfx1100 '(global|flat)_store_[a-z0-9]+'; fi
done
echo "$compiled compiled, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] || exit 1
[ "$compiled" -gt 0 ] || exit 77
