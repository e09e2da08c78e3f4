/* SPDX-License-Identifier: Apache-2.0 */
/* Bit planes to values on a CPU whose division is correctly rounded (after bits/bit_lanes and convert/convert_integer_lanes): a work-group of one work-item
 * makes the values of a chunk of groups, 32 at a time where they are neighbours. The nest is over groups. */
#define UNPACK_INTEGER CONVERT_S8   /* stands for all integers */

/* What a run needs of the params, read once. */
typedef struct unpack_run {
    __global const uint *words;
    __global uchar *y;                /* the run's first element */
    ulong word_stride, y_stride;      /* words, bytes from group to group */
    uint groups;
    int bits, kind, y_type;
    bool streams;
    float scale, zero;
    float y_scale, low, high;         /* limits less the zero point */
    uchar y_zero;
} unpack_run;

/* The values of half `half_number` of a group. */
INLINED float16 group_reals(const unpack_run *r, __global const uint *words, int half_number)
{
    const int16 first = masks_of_bits(words[0], half_number);
    if (r->kind == PACK_B1) return as_float16(as_int16((float16)r->scale) ^ (first & INT_MIN));
    if (r->kind == PACK_T2) {
        const int16 negative = masks_of_bits(words[1], half_number) & INT_MIN;
        return as_float16((as_int16((float16)r->scale) ^ negative) & first);
    }
    int16 code = first & 1;
    for (int j = 1; j < r->bits; j++) code |= masks_of_bits(words[j], half_number) & (1 << j);
    if (r->kind == PACK_PS) code = code << (32 - r->bits) >> (32 - r->bits);
    if (r->kind == PACK_PO) code = 2 * code - ((1 << r->bits) - 1);
    return r->scale * (convert_float16(code) - r->zero);
}

INLINED void store_group_half(const unpack_run *r, __global uchar *y, int y_type, int half_number, float16 real, bool streams)
{
    if (y_type != UNPACK_INTEGER) {
        store_floats(y, y_type, 16 * half_number, 1, &real, 0, streams);
        return;
    }
    const uchar16 code = convert_uchar16(quantize_sixteen(real, r->y_scale, r->low, r->high)) + r->y_zero;
    if (is_nibble_type(r->y_type)) store_nibbles(y + 8 * half_number, code);
    else STORE16(uchar, y + 16 * half_number, code);
}

#define TO(type, y_type, streamed)                                                              \
    static __attribute__((noinline)) void unpack_##type(const unpack_run *r)                    \
    {                                                                                           \
        __global const uint *words = r->words;                                                  \
        __global uchar *y = r->y;                                                               \
        for (uint i = 0; i < r->groups; i++) {                                                  \
            store_group_half(r, y, y_type, 0, group_reals(r, words, 0), streamed);              \
            store_group_half(r, y, y_type, 1, group_reals(r, words, 1), streamed);              \
            words += r->word_stride;                                                            \
            y += r->y_stride;                                                                   \
        }                                                                                       \
    }
TO(f32, CONVERT_F32, false)
TO(f32_past_caches, CONVERT_F32, true)
TO(f16, CONVERT_F16, false)
TO(f16_past_caches, CONVERT_F16, true)
TO(bf16, CONVERT_BF16, false)
TO(integer, UNPACK_INTEGER, false)

/* Stores past the caches need addresses aligned to a vector. */
static void unpack_whole(const unpack_run *r)
{
    const bool streams = r->streams && (((ulong)r->y | r->y_stride) & 63) == 0;
    if (r->y_type == CONVERT_F32 && streams) unpack_f32_past_caches(r);
    else if (r->y_type == CONVERT_F32) unpack_f32(r);
    else if (r->y_type == CONVERT_F16 && streams) unpack_f16_past_caches(r);
    else if (r->y_type == CONVERT_F16) unpack_f16(r);
    else if (r->y_type == CONVERT_BF16) unpack_bf16(r);
    else unpack_integer(r);
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void unpack_bits_vector(__global const uchar *x, __global uchar *y, OP_COUNT, const unpack_bits_params p)
{
    OP_BEGUN();
    const bool is_nibble = is_nibble_type(p.y_type);
    __global const uint *words = (__global const uint *)(x + p.head.offset[0]);
    const ulong x_stride = p.nest.stride[UNPACK_X][OP_RANK - 1], y_stride = p.nest.stride[UNPACK_Y][OP_RANK - 1], last_stride = p.nest.stride[UNPACK_LAST][OP_RANK - 1];
    const uint size = bytes_of_type(p.y_type);
    unpack_run r = {words, y, x_stride / 32 * (ulong)p.bits, is_nibble ? y_stride / 2 : y_stride * size, 0, p.bits, p.kind, p.y_type, p.streams != 0, p.x_scale, (float)p.x_zero,
                    p.y_scale, (float)(p.low - p.y_zero), (float)(p.high - p.y_zero), (uchar)p.y_zero};
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        const ulong at = w.at[UNPACK_Y], left = p.last - w.at[UNPACK_LAST];
        const uint whole = p.y_step != 1 ? 0 : last_stride ? (uint)min((ulong)run, left / 32) : left >= 32 ? run : 0;
        r.words = words + w.at[UNPACK_X] / 32 * (ulong)p.bits;
        r.y = y + p.head.offset[1] + (is_nibble ? at / 2 : at * size);
        r.groups = whole;
        unpack_whole(&r);
        for (uint i = whole; i < run; i++) {
            unpack_few(&p, words, w.at[UNPACK_X] + i * x_stride, 1, y + p.head.offset[1], at + i * y_stride, p.y_step, 0, (uint)min((ulong)32, left - i * last_stride));
        }
        nest_advance(&p.nest, &w, run);
    }
}
