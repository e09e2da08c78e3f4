/* SPDX-License-Identifier: Apache-2.0 */
/* binary_vector with AVX-512's unpacking, rounding and saturating packing, 64 elements at a time. CLQNN_FLOAT_EVEN only; the host has
 * seen to it that no quotient reaches 2^31. Bytes become floats by two unpackings: beside the upper half of 2^23 a byte is the float 2^23
 * + byte. Unpacking and packing work within lanes of 16 bytes, so that the one undoes the other's order. Stands between
 * pointwise/binary_row and pointwise/binary_rows. */
#define BINARY_KERNEL binary_avx512
#define BINARY_WIDTH 64

#define X86_TWO(name, instruction) \
    INLINED uint16 name(uint16 first, uint16 second) \
    { \
        uint16 result; \
        __asm__(instruction " %2, %1, %0" : "=v"(result) : "v"(first), "v"(second)); \
        return result; \
    }
X86_TWO(unpack_low_bytes, "vpunpcklbw")
X86_TWO(unpack_high_bytes, "vpunpckhbw")
X86_TWO(unpack_low_words, "vpunpcklwd")
X86_TWO(unpack_high_words, "vpunpckhwd")
X86_TWO(pack_words, "vpackssdw")
X86_TWO(pack_bytes, "vpackuswb")
X86_TWO(add_words, "vpaddsw")
X86_TWO(max_bytes, "vpmaxub")
X86_TWO(min_bytes, "vpminub")

INLINED uint16 round_even(float16 x)
{
    uint16 result;
    __asm__("vcvtps2dq %{rn-sae%}, %1, %0" : "=v"(result) : "v"(x));
    return result;
}

/* The params as vectors: read once, since the compiler cannot know that y does not overlap them. */
typedef struct avx512_constants {
    float a_zero, b_zero, a_scale, b_scale, y_scale;   /* zero points above 2^23 */
    uint16 a_flip, b_flip, y_flip, y_zero, low, high;  /* in every byte, y_zero in every word */
    bool streams;
} avx512_constants;

INLINED avx512_constants avx512_load(const binary_params *p)
{
    return (avx512_constants){8388608.0f + (float)p->a_zero, 8388608.0f + (float)p->b_zero, p->a_scale, p->b_scale, p->y_scale, (uint16)((uint)p->a_flip * 0x01010101u),
                              (uint16)((uint)p->b_flip * 0x01010101u), (uint16)((uint)p->y_flip * 0x01010101u), (uint16)((uint)p->y_zero * 0x00010001u),
                              (uint16)((uint)p->low * 0x01010101u), (uint16)((uint)p->high * 0x01010101u), p->streams != 0};
}

typedef struct four_vectors {
    float16 v0, v1, v2, v3;
} four_vectors;

/* scale * (byte - zero) of 64 bytes. */
INLINED four_vectors widen(uint16 bytes, float zero, float scale)
{
    const uint16 none = 0u, exponent = 0x4B004B00u;
    const uint16 low = unpack_low_bytes(bytes, none), high = unpack_high_bytes(bytes, none);
    return (four_vectors){scale * (as_float16(unpack_low_words(low, exponent)) - zero), scale * (as_float16(unpack_high_words(low, exponent)) - zero),
                          scale * (as_float16(unpack_low_words(high, exponent)) - zero), scale * (as_float16(unpack_high_words(high, exponent)) - zero)};
}

INLINED float16 combine(int kind, float16 x, float16 y)
{
    return kind == BINARY_ADD   ? x + y
           : kind == BINARY_SUB ? x - y
           : kind == BINARY_MUL ? x * y
           : kind == BINARY_MIN ? (x < y ? x : y)
                                : (x > y ? x : y);
}

INLINED uint16 narrow(const avx512_constants *c, int kind, four_vectors x, four_vectors y)
{
    const uint16 q0 = round_even(combine(kind, x.v0, y.v0) / c->y_scale), q1 = round_even(combine(kind, x.v1, y.v1) / c->y_scale);
    const uint16 q2 = round_even(combine(kind, x.v2, y.v2) / c->y_scale), q3 = round_even(combine(kind, x.v3, y.v3) / c->y_scale);
    const uint16 bytes = pack_bytes(add_words(pack_words(q0, q1), c->y_zero), add_words(pack_words(q2, q3), c->y_zero));
    return min_bytes(max_bytes(bytes, c->low), c->high) ^ c->y_flip;
}

/* The whole vectors of begin .. end; returns where they end. */
INLINED uint binary_run(const binary_params *p, int kind, bool a_moves, bool b_moves, const binary_row *row, uint begin, uint end)
{
    const binary_row r = *row;
    const avx512_constants c = avx512_load(p);
    const four_vectors a_constant = widen((uint16)((uint)r.a[0] * 0x01010101u) ^ c.a_flip, c.a_zero, c.a_scale);
    const four_vectors b_constant = widen((uint16)((uint)r.b[0] * 0x01010101u) ^ c.b_flip, c.b_zero, c.b_scale);
    uint i = begin;
    for (; i + 64 <= end; i += 64) {
        const four_vectors x = a_moves ? widen(*(__global const uint16_anywhere *)(r.a + i) ^ c.a_flip, c.a_zero, c.a_scale) : a_constant;
        const four_vectors z = b_moves ? widen(*(__global const uint16_anywhere *)(r.b + i) ^ c.b_flip, c.b_zero, c.b_scale) : b_constant;
        const uint16 value = narrow(&c, kind, x, z);
        if (c.streams) __builtin_nontemporal_store(value, (__global uint16 *)(r.y + i));
        else *(__global uint16_anywhere *)(r.y + i) = value;
    }
    return i;
}
