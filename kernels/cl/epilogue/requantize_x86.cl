/* SPDX-License-Identifier: Apache-2.0 */
/* The common epilogue for AVX-512: rule FLOAT_EVEN to 8 bits with the column's multiplier and complete sums, 32 columns a row; the same bytes as
 * requantize_float_even of epilogue/requantize. About 13 instructions a row.
 *
 * Why this is exact: the product is clamped from above in float (vcvtps2dq turns what is above int32 into INT_MIN, which is right only
 * below), then rounded to nearest even, saturated to 16 bits, shifted by the zero point with saturation and to u8: monotone steps that leave values
 * within [low, high] as they are. s8 goes through u8 by a zero point raised by 128 and a flipped top bit. */
typedef struct x86_requantizer {
    float16 multiplier[2];
    float16 limit;
    int16 zero_point;   /* 16-bit pairs */
    int16 low, high, flip; /* bytes */
    int16 order;
} x86_requantizer;

inline x86_requantizer x86_requantizer_of(const gemm_params *p)
{
    const int shift = p->out == GEMM_OUT_S8 ? 128 : 0;
    const int zero_point = (p->zero_point + shift) & 0xffff;
    x86_requantizer r;
    r.limit = 65536.0f;
    r.zero_point = (int16)(zero_point | zero_point << 16);
    r.low = (int16)((p->low + shift) * 0x01010101);
    r.high = (int16)((p->high + shift) * 0x01010101);
    r.flip = (int16)(shift * 0x01010101);
    r.order = (int16)(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
    return r;
}

#define X86_BINARY(name, instruction) \
    inline int16 name(int16 a, int16 b) \
    { \
        int16 d; \
        __asm__(instruction " %2,%1,%0" : "=v"(d) : "v"(a), "v"(b)); \
        return d; \
    }
X86_BINARY(x86_pack_words, "vpackssdw")
X86_BINARY(x86_add_words, "vpaddsw")
X86_BINARY(x86_pack_bytes, "vpackuswb")
X86_BINARY(x86_max_bytes, "vpmaxub")
X86_BINARY(x86_min_bytes, "vpminub")
X86_BINARY(x86_permute, "vpermd")

inline int16 x86_scale(int16 sum, float16 multiplier, float16 limit)
{
    const float16 product = convert_float16(sum) * multiplier;
    float16 limited;
    int16 rounded;
    __asm__("vminps %2,%1,%0" : "=v"(limited) : "v"(product), "v"(limit));
    __asm__("vcvtps2dq %1,%0" : "=v"(rounded) : "v"(limited));
    return rounded;
}

/* Two rows' 4 x 16 sums to 2 x 32 bytes: .lo is the first row. */
inline int16 x86_requantize(const x86_requantizer *r, __private const int16 *row0, __private const int16 *row1)
{
    const int16 words0 = x86_pack_words(x86_scale(row0[0], r->multiplier[0], r->limit), x86_scale(row0[1], r->multiplier[1], r->limit));
    const int16 words1 = x86_pack_words(x86_scale(row1[0], r->multiplier[0], r->limit), x86_scale(row1[1], r->multiplier[1], r->limit));
    const int16 bytes = x86_pack_bytes(x86_add_words(words0, r->zero_point), x86_add_words(words1, r->zero_point));
    return x86_permute(r->order, x86_min_bytes(x86_max_bytes(bytes, r->low), r->high) ^ r->flip);
}

inline void x86_store_bytes(int8 bytes, __global uchar *c, int count)
{
    if (count >= 32) vstore8(bytes, 0, (__global int *)c);
    else __asm__ volatile("vmovdqu8 %1,(%0)%{%2%}" : : "r"(c), "v"(bytes), "Yk"((uint)((1u << count) - 1u)) : "memory");
}
