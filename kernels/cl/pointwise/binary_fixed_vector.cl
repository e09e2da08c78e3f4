/* SPDX-License-Identifier: Apache-2.0 */
/* Sums, differences and products under the fixed-point rules on a CPU, 16 elements at a time, in binary64 instead of shifts and
 * multiplications of 64 bits. The host has compared this arithmetic with the rule for all 65,536 pairs of bytes
 * (host/pointwise/binary_fixed_proof.c computes what sixteen() computes, operation by operation), so the results are the same. A
 * work-group of one work-item makes a chunk of y. */
#pragma OPENCL EXTENSION cl_khr_fp64 : enable
#define MAGIC 6755399441055744.0   /* 1.5 * 2^52: adding it rounds to the nearest even integer, which then stands in the low bits */

typedef struct fixed_row {
    __global const uchar *a, *b;
    __global uchar *y;
    bool a_moves, b_moves;
} fixed_row;

/* The params as values: read once, since the compiler cannot know that y does not overlap them. */
typedef struct fixed_constants {
    double a_factor, b_factor, zero_term, a_zero, b_zero, low, high;
    ulong tie, tie_sign;
    uchar a_flip, b_flip, y_shift;
    bool streams;
} fixed_constants;

INLINED fixed_constants fixed_load(const binary_fixed_params *p)
{
    const binary_params *base = &p->base;
    return (fixed_constants){as_double(p->a_factor), as_double(p->b_factor), as_double(p->zero_term), (double)base->a_zero, (double)base->b_zero,
                             (double)(base->low - base->y_zero), (double)(base->high - base->y_zero), p->tie, p->tie_sign, (uchar)base->a_flip, (uchar)base->b_flip,
                             (uchar)(base->y_zero + base->y_flip), base->streams != 0};
}

#define FIXED_SUM 0
#define FIXED_PRODUCT 1         /* one rounding */
#define FIXED_PRODUCT_TWICE 2   /* to an integer, ties up, then once more */

INLINED uchar8 fixed_eight(const fixed_constants *c, int form, uchar8 a, uchar8 b)
{
    const double8 x = convert_double8(convert_int8(a)), z = convert_double8(convert_int8(b));
    const double8 raw = form == FIXED_SUM ? x * c->a_factor + z * c->b_factor + c->zero_term : (x - c->a_zero) * (z - c->b_zero) * c->a_factor;
    const double8 sum = form == FIXED_PRODUCT_TWICE ? (raw + c->zero_term + MAGIC - MAGIC) * c->b_factor : raw;
    const double8 moved = sum + as_double8((as_ulong8(sum) & c->tie_sign) | c->tie);
    const double8 lifted = moved > c->low ? moved : c->low;
    const double8 limited = lifted < c->high ? lifted : c->high; /* before the rounding: both limits are integers */
    return convert_uchar8(as_ulong8(limited + MAGIC)) + c->y_shift; /* modulo 256 */
}

/* The whole sixteens of begin .. end; returns where they end. */
INLINED uint fixed_run(const binary_fixed_params *p, int form, const fixed_row *row, uint begin, uint end)
{
    const fixed_row r = *row;
    const fixed_constants c = fixed_load(p);
    const uchar16 a_constant = (uchar16)(r.a[0] ^ c.a_flip), b_constant = (uchar16)(r.b[0] ^ c.b_flip);
    uint i = begin;
    for (; i + 16 <= end; i += 16) {
        const uchar16 a = r.a_moves ? LOAD16(uchar, r.a + i) ^ c.a_flip : a_constant, b = r.b_moves ? LOAD16(uchar, r.b + i) ^ c.b_flip : b_constant;
        const uchar16 value = (uchar16)(fixed_eight(&c, form, a.lo, b.lo), fixed_eight(&c, form, a.hi, b.hi));
        if (c.streams) STREAM16(uchar, r.y + i, value);
        else STORE16(uchar, r.y + i, value);
    }
    return i;
}

/* Functions of their own, each with one loop and its constants in registers. */
static __attribute__((noinline)) uint fixed_run_sum(const binary_fixed_params *p, const fixed_row *row, uint begin, uint end)
{
    return fixed_run(p, FIXED_SUM, row, begin, end);
}

static __attribute__((noinline)) uint fixed_run_product(const binary_fixed_params *p, const fixed_row *row, uint begin, uint end)
{
    return fixed_run(p, FIXED_PRODUCT, row, begin, end);
}

static __attribute__((noinline)) uint fixed_run_twice(const binary_fixed_params *p, const fixed_row *row, uint begin, uint end)
{
    return fixed_run(p, FIXED_PRODUCT_TWICE, row, begin, end);
}

static uint fixed_whole_run(const binary_fixed_params *p, const fixed_row *row, uint begin, uint end)
{
    if (p->base.kind != BINARY_MUL) return fixed_run_sum(p, row, begin, end);
    return p->b_factor ? fixed_run_twice(p, row, begin, end) : fixed_run_product(p, row, begin, end);
}

static void fixed_few(const binary_params *p, const fixed_row *row, uint begin, uint end)
{
    for (uint i = begin; i < end; i++) row->y[i] = binary_byte(p, row->a[row->a_moves ? i : 0], row->b[row->b_moves ? i : 0]);
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void binary_fixed_vector(__global const uchar *a, __global const uchar *b, __global uchar *y, OP_COUNT,
                                                                         const binary_fixed_params params)
{
    const binary_params p = params.base;
    OP_BEGUN();
    const ulong step_a = p.nest.stride[0][OP_RANK - 1], step_b = p.nest.stride[1][OP_RANK - 1], step_y = p.nest.stride[2][OP_RANK - 1];
    const bool is_plain = step_a <= 1 && step_b <= 1 && step_y == 1;
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        const fixed_row row = {a + p.head.offset[0] + w.at[0], b + p.head.offset[1] + w.at[1], y + p.head.offset[2] + w.at[2], step_a != 0, step_b != 0};
        if (is_plain) {
            const uint begin = p.streams ? min(run, (uint)(-(ulong)row.y & 15)) : 0; /* where can be streamed to */
            fixed_few(&p, &row, 0, begin);
            fixed_few(&p, &row, fixed_whole_run(&params, &row, begin, run), run);
        }
        for (uint i = 0; !is_plain && i < run; i++) row.y[i * step_y] = binary_byte(&p, row.a[i * step_a], row.b[i * step_b]);
        nest_advance(&p.nest, &w, run);
    }
}
