/* SPDX-License-Identifier: Apache-2.0 */
/* The common epilogue as AVX-512 assembly text: rule FLOAT_EVEN to 8 bits with the column's multiplier, from complete sums in registers; the same
 * bytes as requantize_float_even of epilogue/requantize. About 12 instructions a row of 32 columns.
 *
 * X86_BYTES_2(row0, c0, c1, row1, c2, c3) turns the sums of two rows (zmm<c0>, zmm<c1> and zmm<c2>, zmm<c3>) into 32 bytes each, X86_BYTES_1 those of
 * one. zmm28, zmm29 hold the multipliers, zmm30 the zero point as words, zmm31 the order of dwords; %[job] points at a struct that has an x86_bytes
 * at offset 64; X86_ADDRESS_<row> is where a row goes.
 *
 * Exact for multipliers of magnitude below 1, so that no product reaches 2^31 (vcvtps2dq would make it INT_MIN): rounded to nearest even, saturated
 * to 16 bits, shifted by the zero point with saturation, to u8: monotone steps that leave values within [low, high] as they are. s8 goes through u8
 * by a zero point raised by 128 and a flipped top bit. */
typedef struct x86_bytes {
    int16 low, high; /* bytes */
    int16 order;
    int zero_point;  /* twice the same word */
    int flip;
} x86_bytes;

#define X86_SCALE(c, multiplier) \
    "vcvtdq2ps %%zmm" #c ",%%zmm" #c "\n\tvmulps %%zmm" #multiplier ",%%zmm" #c ",%%zmm" #c "\n\tvcvtps2dq %%zmm" #c ",%%zmm" #c "\n\t"
#define X86_WORDS(c0, c1) "vpackssdw %%zmm" #c1 ",%%zmm" #c0 ",%%zmm" #c0 "\n\tvpaddsw %%zmm30,%%zmm" #c0 ",%%zmm" #c0 "\n\t"
#define X86_BYTES_ROW(c0, c1) X86_SCALE(c0, 28) X86_SCALE(c1, 29) X86_WORDS(c0, c1)
#define X86_CLAMP(c) \
    "vpmaxub 64(%[job]),%%zmm" #c ",%%zmm" #c "\n\tvpminub 128(%[job]),%%zmm" #c ",%%zmm" #c "\n\tvpermd %%zmm" #c ",%%zmm31,%%zmm" #c "\n\t" \
    "vpxord 260(%[job])%{1to16%},%%zmm" #c ",%%zmm" #c "\n\t"
#define X86_BYTES_2(row0, c0, c1, row1, c2, c3) \
    X86_BYTES_ROW(c0, c1) X86_BYTES_ROW(c2, c3) "vpackuswb %%zmm" #c2 ",%%zmm" #c0 ",%%zmm" #c0 "\n\t" X86_CLAMP(c0) \
    "vmovdqu64 %%ymm" #c0 "," X86_ADDRESS_##row0 "\n\tvextracti64x4 $1,%%zmm" #c0 "," X86_ADDRESS_##row1 "\n\t"
#define X86_BYTES_1(row0, c0, c1) \
    X86_BYTES_ROW(c0, c1) "vpackuswb %%zmm" #c0 ",%%zmm" #c0 ",%%zmm" #c0 "\n\t" X86_CLAMP(c0) "vmovdqu64 %%ymm" #c0 "," X86_ADDRESS_##row0 "\n\t"

/* The same for 16 columns: rows in zmm<c0> and zmm<c2>. */
#define X86_HALF_BYTES_2(row0, c0, row1, c2) \
    X86_SCALE(c0, 28) X86_SCALE(c2, 28) X86_WORDS(c0, c2) "vpackuswb %%zmm" #c0 ",%%zmm" #c0 ",%%zmm" #c0 "\n\t" X86_CLAMP(c0) \
    "vmovdqu64 %%xmm" #c0 "," X86_ADDRESS_##row0 "\n\tvextracti32x4 $1,%%zmm" #c0 "," X86_ADDRESS_##row1 "\n\t"
#define X86_HALF_BYTES_1(row0, c0) \
    X86_SCALE(c0, 28) X86_WORDS(c0, c0) "vpackuswb %%zmm" #c0 ",%%zmm" #c0 ",%%zmm" #c0 "\n\t" X86_CLAMP(c0) "vmovdqu64 %%xmm" #c0 "," X86_ADDRESS_##row0 "\n\t"

inline x86_bytes x86_bytes_of(const gemm_params *p)
{
    const int shift = p->out == GEMM_OUT_S8 ? 128 : 0;
    const int zero_point = (p->zero_point + shift) & 0xffff;
    x86_bytes r;
    r.zero_point = zero_point | zero_point << 16;
    r.low = (int16)((p->low + shift) * 0x01010101);
    r.high = (int16)((p->high + shift) * 0x01010101);
    r.flip = shift * 0x01010101;
    r.order = (int16)(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
    return r;
}

/* True if x86_bytes serves 32 columns with these multipliers. */
inline bool x86_bytes_exact(__global const int *multipliers)
{
    const float16 most = fmax(fabs(as_float16(vload16(0, multipliers))), fabs(as_float16(vload16(1, multipliers))));
    return !any(most >= 1.0f);
}

/* `count` bytes of a finished row that fills no whole panel. */
inline void x86_store_bytes(const uchar *from, __global uchar *to, int count)
{
    int i = 0;
    for (; i + 16 <= count; i += 16) vstore2(vload2(0, (const ulong *)(from + i)), 0, (__global ulong *)(to + i));
    if (i + 8 <= count) *(__global ulong *)(to + i) = *(const ulong *)(from + i), i += 8;
    if (i + 4 <= count) *(__global uint *)(to + i) = *(const uint *)(from + i), i += 4;
    for (; i < count; i++) to[i] = from[i];
}

/* The same from memory of a buffer. */
inline void x86_load_part(__global const uchar *from, uchar *to, int count)
{
    int i = 0;
    for (; i + 16 <= count; i += 16) vstore2(vload2(0, (__global const ulong *)(from + i)), 0, (ulong *)(to + i));
    if (i + 8 <= count) *(ulong *)(to + i) = *(__global const ulong *)(from + i), i += 8;
    if (i + 4 <= count) *(uint *)(to + i) = *(__global const uint *)(from + i), i += 4;
    for (; i < count; i++) to[i] = from[i];
}
