/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a as the integer kernels of packed weights read them (gemm_weights_bytes.cl): quantized by the call, in the order of the packed rows.
 *
 *   rows     a byte for each packed row; where GROUP_A_IS_WIDE(bits) of the codes, 16 bits for each, the middle two of every four exchanged
 *   terms    [lines] floats, the rows' scales; [lines] integers, what stands for zero in the rows; [lines][groups] sums of groups, less that
 *
 * Bytes are the quantized values of s8, those of u8 less 128; wide values are less their zero point. Padding is 0. A work-item makes a run of whole groups. */
#define GROUP_SCALES(terms) ((__global float *)(terms))
#define GROUP_ZEROS(terms, lines) ((__global int *)(terms) + (lines))
#define GROUP_SUMS(terms, lines) ((__global int *)(terms) + 2 * (lines))

typedef JOIN(char, LANES) chars_anywhere __attribute__((aligned(1)));
typedef JOIN(short, LANES) shorts_anywhere __attribute__((aligned(2)));
#define TO_CHARS(x) JOIN(convert_char, LANES)(x)
#define TO_SHORTS(x) JOIN(convert_short, LANES)(x)
#define TO_INTS(x) JOIN(convert_int, LANES)(x)

/* What makes stored integers of a row's floats. */
typedef struct byte_terms {
    float scale, zero, low, high, limit;
    int shift;       /* of the quantized value, as it is stored */
    bool is_wide;
} byte_terms;

static byte_terms byte_terms_of(const mixed_params *p, float2 parameters)
{
    const bool is_signed = p->a_quantized == MIXED_S8, is_wide = GROUP_A_IS_WIDE(p->code_bits);
    byte_terms t = {parameters.x, parameters.y, is_signed ? -127.0f : 0.0f, is_signed ? 127.0f : 255.0f, parameters.x * 512.0f, 0, is_wide};
    t.shift = is_wide ? (int)parameters.y : is_signed ? 0 : 128;
    return t;
}

/* quantized_value of LANES values, and what it stands for added to the sums. */
static inline INTS quantize_lanes(FLOATS x, const byte_terms *t)
{
    const FLOATS number = x == x ? x : (FLOATS)0.0f;
    const FLOATS quotient = isinf(t->scale) ? (FLOATS)0.0f : clamp(number, -t->limit, t->limit) / (FLOATS)t->scale;   /* correctly rounded on CPUs */
    return TO_INTS(clamp(rint(quotient) + t->zero, t->low, t->high));
}

static inline void store_bytes(__global uchar *rows, ulong place, INTS x, bool is_wide)
{
    if (!is_wide) {
        *(__global chars_anywhere *)(rows + place) = TO_CHARS(x);
        return;
    }
    const JOIN(short, LANES) y = TO_SHORTS(x);
#if LANES == 8
    *(__global shorts_anywhere *)(rows + 2 * place) = y.s02134657;
#else
    *(__global shorts_anywhere *)(rows + 2 * place) = y.s021346578a9bcedf;
#endif
}

static inline void store_byte(__global uchar *rows, ulong place, int x, bool is_wide)
{
    if (!is_wide) ((__global char *)rows)[place] = (char)x;
    else ((__global short *)rows)[place + ((place & 3) == 1 ? 1 : (place & 3) == 2 ? -1 : 0)] = (short)x;
}

/* One group of a row, packed rows begin .. end; its sum. */
static int make_group(const mixed_params *p, const byte_terms *t, __global const uchar *a, ulong first, __global const int *order, int begin, int end, __global uchar *line)
{
    const int there = min(p->group, p->k - begin / p->group_rows * p->group), zero = (int)t->zero;
    int k = begin, sum = 0;
    if (!p->order && p->a_column == 1 && mixed_size(p->a_type) > 1) {
        const ulong from = first + begin / p->group_rows * (ulong)p->group - begin;
        INTS sums = 0;
        for (; k + LANES <= begin + there; k += LANES) {
            const INTS x = quantize_lanes(mixed_lanes(a, from + k, p->a_type), t);
            store_bytes(line, k, x - t->shift, t->is_wide);
            sums += x - zero;
        }
        UNROLL for (int lane = 0; lane < LANES; lane++) sum += sums[lane];
    }
    for (; k < end; k++) {
        const int column = column_of_row(p, order, k);
        const int x = column < 0 ? 0 : (int)quantized_value(mixed_load(a, first + column * p->a_column, p->a_type), (float2)(t->scale, t->zero), p->a_quantized == MIXED_S8);
        store_byte(line, k, column < 0 ? 0 : x + zero - t->shift, t->is_wide);
        sum += x;
    }
    return sum;
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void group_bytes(__global const uchar *a, __global const uchar *b, __global uchar *rows,
                                                                         __global uchar *row_terms, OP_COUNT, const mixed_params p)
{
    OP_BEGUN();
    const uint outer = get_group_id(2) / max(p.inner_batches, 1), inner = get_group_id(2) % max(p.inner_batches, 1), row = get_group_id(1);
    const int begin = (int)get_group_id(0) * p.run, end = min(p.packed_rows, begin + p.run);
    if (row >= (uint)p.m || begin >= end) return;
    const ulong first = outer * p.a_batch[0] + inner * p.a_batch[1] + row * p.a_row, line = get_group_id(2) * p.m + row, lines = get_num_groups(2) * p.m;
    __global const uchar *source = a + p.head.offset[0];
    __global uchar *terms = row_terms + p.head.offset[3];
    const byte_terms t = byte_terms_of(&p, parameters_of_row(range_of_row(&p, source, first), p.a_quantized == MIXED_S8));
    __global uchar *target = rows + p.head.offset[2] + line * p.packed_rows * (t.is_wide ? 2 : 1);
    const int groups = (p.packed_rows + p.group_rows - 1) / p.group_rows;
    if (begin == 0) {
        GROUP_SCALES(terms)[line] = t.scale;
        GROUP_ZEROS(terms, lines)[line] = (int)t.zero - t.shift;
    }
    for (int k = begin; k < end; k += p.group_rows) {
        GROUP_SUMS(terms, lines)[line * groups + k / p.group_rows] =
            make_group(&p, &t, source, first, (__global const int *)(b + p.head.offset[1] + p.order), k, min(end, k + p.group_rows), target);
    }
}
