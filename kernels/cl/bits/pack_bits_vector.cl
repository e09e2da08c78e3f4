/* SPDX-License-Identifier: Apache-2.0 */
/* Values to bit planes on a CPU whose division is correctly rounded (after bits/bit_lanes and convert/convert_integer_lanes): a work-group of one work-item
 * makes the words of a chunk of groups, 32 values at a time where they are neighbours. Each pair of types has a loop of its own. */
#define AHEAD 2048   /* bytes of x that are asked for before they are read */
#define PACK_INTEGER CONVERT_S8   /* stands for all integers */
#define PACK_LEVELS PACK_PU       /* stands for pu, ps and po */

/* What a run needs of the params, read once. */
typedef struct pack_run {
    __global const uchar *x;          /* the run's first element */
    __global const float *thresholds; /* and its threshold */
    __global uint *words;
    ulong x_stride, word_stride;      /* bytes, words from group to group */
    uint threshold_stride, groups;
    int x_type, bits;
    bool varies, is_odd;
    float x_scale, x_zero, y_scale, low, high;   /* limits less the zero point */
    int y_zero;
} pack_run;

INLINED float16 load_integer(__global const uchar *x, int type, int half_number)
{
    if (type == CONVERT_U8) return convert_float16(LOAD16(uchar, x + 16 * half_number));
    if (type == CONVERT_S8) return convert_float16(LOAD16(char, x + 16 * half_number));
    if (type == CONVERT_U4) return convert_float16(as_int16(as_uint16(load_nibbles(x + 8 * half_number)) >> 28));
    return convert_float16(load_nibbles(x + 8 * half_number) >> 28);
}

/* Codes in the low byte. */
INLINED int16 code_levels(const pack_run *r, float16 real)
{
    if (!r->is_odd) return quantize_sixteen(real, r->y_scale, r->low, r->high) + r->y_zero;
    const float16 quotient = real / r->y_scale;
    const float16 level = ((quotient == quotient ? quotient : 1.0f) + r->high) * 0.5f; /* NaN has the value +1 */
    const float16 lifted = level > 0.0f ? level : 0.0f;
    return as_int16((lifted < r->high ? lifted : r->high) + MAGIC);
}

/* One group; x_type and kind are constants of the caller. */
INLINED void pack_group(const pack_run *r, __global const uchar *x, __global const float *thresholds, __global uint *words, int x_type, int kind)
{
    float16 real[2], threshold[2];
    if (x_type == PACK_INTEGER) {
        real[0] = r->x_scale * (load_integer(x, r->x_type, 0) - r->x_zero);
        real[1] = r->x_scale * (load_integer(x, r->x_type, 1) - r->x_zero);
    } else {
        load_floats(x, x_type, 0, 2, real);
    }
    if (kind == PACK_LEVELS) {
        const int16 low = code_levels(r, real[0]), high = code_levels(r, real[1]);
        for (int j = 0; j < r->bits; j++) words[j] = bits_of_masks(low << (31 - j) >> 31, high << (31 - j) >> 31);
        return;
    }
    threshold[0] = r->varies ? LOAD16(float, thresholds) : thresholds[0];
    threshold[1] = r->varies ? LOAD16(float, thresholds + 16) : thresholds[0];
    if (kind == PACK_B1) {
        words[0] = bits_of_masks(real[0] < threshold[0], real[1] < threshold[1]);
    } else {
        const uint nonzero = bits_of_masks(fabs(real[0]) > threshold[0], fabs(real[1]) > threshold[1]);
        words[0] = nonzero;
        words[1] = nonzero & bits_of_masks(real[0] < 0.0f, real[1] < 0.0f);
    }
}

#define FROM(type, x_type, kind_name, kind)                                                                                                 \
    static __attribute__((noinline)) void pack_##type##_##kind_name(const pack_run *r)                                                      \
    {                                                                                                                                        \
        __global const uchar *x = r->x;                                                                                                      \
        __global const float *thresholds = r->thresholds;                                                                                    \
        __global uint *words = r->words;                                                                                                     \
        for (uint i = 0; i < r->groups; i++) {                                                                                               \
            __builtin_prefetch((const void *)((ulong)x + AHEAD), 0, 2);                                                                      \
            if (bytes_of_type(x_type) == 4) __builtin_prefetch((const void *)((ulong)x + AHEAD + 64), 0, 2);                                \
            pack_group(r, x, thresholds, words, x_type, kind);                                                                               \
            x += r->x_stride;                                                                                                                \
            thresholds += r->threshold_stride;                                                                                               \
            words += r->word_stride;                                                                                                         \
        }                                                                                                                                    \
    }
#define FROM_EACH(type, x_type) FROM(type, x_type, b1, PACK_B1) FROM(type, x_type, t2, PACK_T2) FROM(type, x_type, levels, PACK_LEVELS)
FROM_EACH(f32, CONVERT_F32)
FROM_EACH(f16, CONVERT_F16)
FROM_EACH(bf16, CONVERT_BF16)
FROM_EACH(integer, PACK_INTEGER)

#define RUN(type) kind == PACK_B1 ? pack_##type##_b1(r) : kind == PACK_T2 ? pack_##type##_t2(r) : pack_##type##_levels(r)

static void pack_whole(const pack_run *r, int kind)
{
    if (r->x_type == CONVERT_F32) RUN(f32);
    else if (r->x_type == CONVERT_F16) RUN(f16);
    else if (r->x_type == CONVERT_BF16) RUN(bf16);
    else RUN(integer);
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void pack_bits_vector(__global const uchar *x, __global const uchar *thresholds, __global uchar *y, OP_COUNT,
                                                                              const pack_bits_params p)
{
    OP_BEGUN();
    const bool is_nibble = is_nibble_type(p.x_type);
    const ulong x_stride = p.nest.stride[PACK_X][OP_RANK - 1], y_stride = p.nest.stride[PACK_Y][OP_RANK - 1], last_stride = p.nest.stride[PACK_LAST][OP_RANK - 1];
    const uint size = bytes_of_type(p.x_type);
    pack_run r = {x, (__global const float *)(thresholds + p.head.offset[1]), (__global uint *)(y + p.head.offset[2]), is_nibble ? x_stride / 2 : x_stride * size,
                  y_stride / 32 * (ulong)p.bits, p.varies ? (uint)last_stride : 0, 0, p.x_type, p.bits, p.varies != 0, p.kind == PACK_PO,
                  p.x_scale, (float)p.x_zero, p.y_scale, (float)(p.low - p.y_zero), (float)(p.high - p.y_zero), p.y_zero};
    __global const float *limits = r.thresholds;
    __global uint *all_words = r.words;
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        const ulong at = w.at[PACK_X], first = w.at[PACK_LAST], left = p.last - first;
        const bool is_plain = p.x_step == 1 && !(is_nibble && ((at | x_stride) & 1));
        const uint whole = !is_plain ? 0 : last_stride ? (uint)min((ulong)run, left / 32) : left >= 32 ? run : 0;
        r.x = x + p.head.offset[0] + (is_nibble ? at / 2 : at * size);
        r.thresholds = limits + (p.varies ? first : 0);
        r.words = all_words + w.at[PACK_Y] / 32 * (ulong)p.bits;
        r.groups = whole;
        pack_whole(&r, p.kind);
        for (uint i = whole; i < run; i++) {
            pack_few(&p, x + p.head.offset[0], at + i * x_stride, r.thresholds + (p.varies ? i * last_stride : 0), (uint)min((ulong)32, left - i * last_stride),
                     r.words + i * r.word_stride);
        }
        nest_advance(&p.nest, &w, run);
    }
}
