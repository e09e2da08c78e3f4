/* SPDX-License-Identifier: Apache-2.0 */
/* Packed integers with groups (host/layout/group_panels.c) as vectors of LANES columns, for CPU kernels. Nothing here is an instruction by name: a code becomes a
 * float by an `and`, an `or` that sets the exponent under which its bits count ones, and an exact subtraction of 2^23 or 2^15 and the zero point. */
#if LANES != 8 && LANES != 16
#error "LANES must be 8 or 16"
#endif
#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
#define FLOATS JOIN(float, LANES)
#define UINTS JOIN(uint, LANES)
#define INTS JOIN(int, LANES)
#define VECTORS (PANEL / LANES)   /* of a panel */
#define TO_FLOATS(x) JOIN(convert_float, LANES)(x)
#define TO_UINTS(x) JOIN(convert_uint, LANES)(x)
#define AS_FLOATS(x) JOIN(as_float, LANES)(x)
#define AS_UINTS(x) JOIN(as_uint, LANES)(x)
#define AS_INTS(x) JOIN(as_int, LANES)(x)
#define UNROLL _Pragma("unroll")
#define ALWAYS static inline __attribute__((always_inline))
typedef FLOATS floats_anywhere __attribute__((aligned(4)));
typedef JOIN(ushort, LANES) ushorts_anywhere __attribute__((aligned(2)));
typedef JOIN(uchar, LANES) uchars_anywhere __attribute__((aligned(1)));
#define PRIVATE_FLOATS(pointer) (*(floats_anywhere *)(pointer))

#ifdef __has_builtin
#if __has_builtin(__builtin_prefetch)
#define AHEAD(pointer) __builtin_prefetch((__global const uchar *)(pointer) + 4096, 0, 3)   /* what DRAM's speed needs */
#endif
#endif
#ifndef AHEAD
#define AHEAD(pointer)
#endif

#define WIDE_ROWS
/* Of f32, f16 and bf16. */
ALWAYS FLOATS mixed_lanes(__global const uchar *x, ulong place, int type)
{
    if (type == MIXED_F32) return *(__global const floats_anywhere *)(x + place * 4);
    if (type == MIXED_F16) return JOIN(vload_half, LANES)(0, (__global const half *)(x + place * 2));
    return AS_FLOATS(TO_UINTS(*(__global const ushorts_anywhere *)(x + place * 2)) << (UINTS)16);
}

/* ---- Codes ---- */

#define WORDS(place) (*(__global const UINTS *)(block + (place)))

/* Rows 4 * quad .. + 3 of a block as the bytes of a word. `block` is the first of these columns. */
ALWAYS UINTS group_quad(__global const uint *block, int bits, int quad)
{
    if (bits == 8) return WORDS(0);
    if (bits == 4) return (quad ? WORDS(0) >> (UINTS)4 : WORDS(0)) & (UINTS)0x0f0f0f0f;
    if (bits == 2) return (WORDS(0) >> (UINTS)(2 * quad)) & (UINTS)0x03030303;
    if (bits == 3) return ((WORDS(quad / 4 * PANEL) >> (UINTS)(2 * (quad % 4))) & (UINTS)0x03030303) | ((WORDS(2 * PANEL) >> (UINTS)quad) & (UINTS)0x01010101) << (UINTS)2;
    return ((WORDS(quad / 2 * PANEL) >> (UINTS)(4 * (quad % 2))) & (UINTS)0x0f0f0f0f) | ((WORDS(2 * PANEL) >> (UINTS)(2 * quad)) & (UINTS)0x03030303) << (UINTS)4;
}

#define CODE_ROWS(bits) ((bits) == 8 ? 4 : (bits) == 4 ? 8 : (bits) == 3 ? 32 : 16)
#define CODE_WORDS(bits) ((bits) == 3 || (bits) == 6 ? 3 : 1)

#define BASE_LOW 8388608.0f   /* 2^23: a code in bits 0 .. 7 counts ones */
#define BASE_HIGH 32768.0f    /* 2^15: in bits 8 .. 15 */

/* Byte i of the words: BASE_LOW + code for an even i, BASE_HIGH + code for an odd one. */
ALWAYS FLOATS quad_float(UINTS quad, int i)
{
    const UINTS half_quad = i < 2 ? quad : quad >> (UINTS)16;
    return i % 2 ? AS_FLOATS((half_quad & (UINTS)0xff00) | (UINTS)0x47000000) : AS_FLOATS((half_quad & (UINTS)0xff) | (UINTS)0x4b000000);
}

/* ---- What belongs to groups ---- */

/* Zero points of integers, or what stands for them where there are none: the bias of codes. */
ALWAYS UINTS group_minus_codes(const mixed_params *p, __global const uchar *packed, ulong place)
{
    if (p->has_offsets || (p->zero_point_type != MIXED_S8 && p->zero_point_type != MIXED_U8)) return (UINTS)((uint)p->code_bias);
    __global const uchar *zeros = packed + p->zero_points;
    const int width = p->code_bits == 3 ? 4 : p->code_bits == 6 ? 8 : p->code_bits;
    if (width == 8) return TO_UINTS(*(__global const uchars_anywhere *)(zeros + place));
    UINTS codes;
    for (int lane = 0; lane < LANES; lane += 8) {
        __global const uchar *bytes = zeros + (place + lane) * width / 8; /* of eight columns, at a multiple of as many bits */
        const uint word = width == 4 ? *(__global const uint *)bytes : *(__global const ushort *)bytes;
        const uint8 eight = ((uint8)(word) >> (uint8)(0, 1, 2, 3, 4, 5, 6, 7) * (uint)width) & ((1u << width) - 1u);
#if LANES == 8
        codes = eight;
#else
        if (lane) codes.hi = eight;
        else codes.lo = eight;
#endif
    }
    return codes;
}

ALWAYS FLOATS group_minus(const mixed_params *p, __global const uchar *packed, ulong place)
{
    return TO_FLOATS(group_minus_codes(p, packed, place));
}

ALWAYS ulong group_place(const mixed_params *p, int panel, int group)
{
    return ((ulong)panel * ((p->packed_rows + p->group_rows - 1) / p->group_rows) + group) * PANEL;
}

/* Whether weights are scale * (code - minus), nothing else. */
ALWAYS bool group_is_plain(const mixed_params *p)
{
    return !p->has_offsets && p->zero_point_type != MIXED_F32 && p->zero_point_type != MIXED_F16 && p->zero_point_type != MIXED_BF16;
}

/* ---- Rows of a, and results ---- */

/* Elements begin .. begin + count of a row, as floats, zero behind the row's last. */
static __attribute__((noinline)) void stage_row(const mixed_params *p, __global const uchar *a, ulong first, int begin, int count, float *to)
{
    const int there = clamp(p->k - begin, 0, count);
    int k = 0;
    if (p->a_column == 1 && mixed_size(p->a_type) > 1) {
        for (; k + LANES <= there; k += LANES) PRIVATE_FLOATS(to + k) = mixed_lanes(a, first + begin + k, p->a_type);
    }
    for (; k < there; k++) to[k] = mixed_load(a, first + (begin + k) * p->a_column, p->a_type);
    for (; k < count; k++) to[k] = 0.0f;
}

/* Where the results of one call go. */
typedef struct group_target {
    __global const float *tables;
    __global const uchar *residual, *row_scales;
    __global uchar *c;
    ulong residual_first, c_first, first_row;   /* of this batch */
} group_target;

/* Results of a row, of up to 16 columns from `column` on. The sums are scaled in place. */
ALWAYS void store_lanes(const mixed_params *p, const group_target *to, __local float *sums, uint row, int column)
{
    __local float16 *scaled = (__local float16 *)sums;
    *scaled *= group_row_scale(p, to->row_scales, to->first_row + row);
    mixed_store_lanes(p, to->tables, to->residual, to->c, sums, column, to->residual_first + row * p->residual_row + column, to->c_first + row * p->c_row + column,
                      p->n - column);
}
