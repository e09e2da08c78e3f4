/* SPDX-License-Identifier: Apache-2.0 */
/* Two inputs on a CPU: a work-group of one work-item makes a chunk of y, 16 elements at a time where rows are contiguous (or one input is
 * constant along them). CLQNN_FLOAT_EVEN only. The device's division is correctly rounded. */
#define MAGIC 12582912.0f   /* 1.5 * 2^23: adding it rounds |x| <= 2^22 to the nearest even integer, which then stands in the low bits */

/* A run whose elements lie side by side in y, and in a and b unless one of them does not move. */
typedef struct binary_row {
    __global const uchar *a, *b;
    __global uchar *y;
    bool a_moves, b_moves;
} binary_row;

static void binary_few(const binary_params *p, const binary_row *row, uint begin, uint end)
{
    for (uint i = begin; i < end; i++) row->y[i] = binary_byte(p, row->a[row->a_moves ? i : 0], row->b[row->b_moves ? i : 0]);
}

/* The params as vectors: read once, since the compiler cannot know that y does not overlap them. */
typedef struct binary_constants {
    float a_zero, b_zero, a_scale, b_scale, y_scale, low, high;
    uchar a_flip, b_flip, y_shift;
    bool streams;
} binary_constants;

INLINED binary_constants binary_load(const binary_params *p)
{
    return (binary_constants){(float)p->a_zero, (float)p->b_zero, p->a_scale, p->b_scale, p->y_scale, (float)(p->low - p->y_zero), (float)(p->high - p->y_zero),
                              (uchar)p->a_flip, (uchar)p->b_flip, (uchar)(p->y_zero + p->y_flip), p->streams};
}

INLINED float16 binary_value(uchar16 bytes, uchar flip, float zero, float scale)
{
    return scale * (convert_float16(bytes ^ flip) - zero);
}

INLINED uchar16 binary_sixteen(const binary_constants *c, int kind, float16 x, float16 y)
{
    const float16 sum = kind == BINARY_ADD ? x + y
                        : kind == BINARY_SUB ? x - y
                        : kind == BINARY_MUL ? x * y
                        : kind == BINARY_MIN ? (x < y ? x : y)
                                             : (x > y ? x : y);
    const float16 quotient = sum / c->y_scale; /* may be infinite */
    const float16 lifted = quotient > c->low ? quotient : c->low;
    const float16 limited = lifted < c->high ? lifted : c->high; /* before the rounding: both limits are integers */
    return convert_uchar16(as_int16(limited + MAGIC)) + c->y_shift; /* modulo 256; flipping the sign is adding 128 */
}

/* The whole sixteens of begin .. end; returns where they end. */
INLINED uint binary_run(const binary_params *p, int kind, bool a_moves, bool b_moves, const binary_row *row, uint begin, uint end)
{
    __global const uchar *a = row->a, *b = row->b;
    __global uchar *y = row->y;
    const binary_constants c = binary_load(p);
    const float16 a_constant = binary_value((uchar16)a[0], c.a_flip, c.a_zero, c.a_scale), b_constant = binary_value((uchar16)b[0], c.b_flip, c.b_zero, c.b_scale);
    uint i = begin;
    for (; i + 16 <= end; i += 16) {
        const float16 x = a_moves ? binary_value(LOAD16(uchar, a + i), c.a_flip, c.a_zero, c.a_scale) : a_constant;
        const float16 z = b_moves ? binary_value(LOAD16(uchar, b + i), c.b_flip, c.b_zero, c.b_scale) : b_constant;
        const uchar16 value = binary_sixteen(&c, kind, x, z);
        if (c.streams) STREAM16(uchar, y + i, value);
        else STORE16(uchar, y + i, value);
    }
    return i;
}

/* Functions of their own, each with one loop and its constants in registers. */
#define BINARY_LOOPS(name, kind) \
    static __attribute__((noinline)) uint name##_both(const binary_params *p, const binary_row *row, uint begin, uint end) \
    { \
        return binary_run(p, kind, true, true, row, begin, end); \
    } \
    static __attribute__((noinline)) uint name##_a(const binary_params *p, const binary_row *row, uint begin, uint end) \
    { \
        return binary_run(p, kind, true, false, row, begin, end); \
    } \
    static __attribute__((noinline)) uint name##_b(const binary_params *p, const binary_row *row, uint begin, uint end) \
    { \
        return binary_run(p, kind, false, true, row, begin, end); \
    } \
    static uint name(const binary_params *p, const binary_row *row, uint begin, uint end) \
    { \
        return row->a_moves && row->b_moves ? name##_both(p, row, begin, end) : row->a_moves ? name##_a(p, row, begin, end) : name##_b(p, row, begin, end); \
    }
BINARY_LOOPS(binary_add, BINARY_ADD)
BINARY_LOOPS(binary_sub, BINARY_SUB)
BINARY_LOOPS(binary_mul, BINARY_MUL)
BINARY_LOOPS(binary_min, BINARY_MIN)
BINARY_LOOPS(binary_max, BINARY_MAX)

static void binary_whole_run(const binary_params *p, const binary_row *row, uint run)
{
    const uint begin = p->streams ? min(run, (uint)(-(ulong)row->y & 15)) : 0; /* where can be streamed to */
    binary_few(p, row, 0, begin);
    const uint end = p->kind == BINARY_ADD ? binary_add(p, row, begin, run)
                     : p->kind == BINARY_SUB ? binary_sub(p, row, begin, run)
                     : p->kind == BINARY_MUL ? binary_mul(p, row, begin, run)
                     : p->kind == BINARY_MIN ? binary_min(p, row, begin, run)
                                             : binary_max(p, row, begin, run);
    binary_few(p, row, end, run);
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void binary_vector(__global const uchar *a, __global const uchar *b, __global uchar *y, OP_COUNT,
                                                                          const binary_params p)
{
    OP_BEGUN();
    const ulong step_a = p.nest.stride[0][OP_RANK - 1], step_b = p.nest.stride[1][OP_RANK - 1], step_y = p.nest.stride[2][OP_RANK - 1];
    const bool is_plain = step_a <= 1 && step_b <= 1 && step_a + step_b > 0 && step_y == 1;
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        const binary_row row = {a + p.head.offset[0] + w.at[0], b + p.head.offset[1] + w.at[1], y + p.head.offset[2] + w.at[2], step_a != 0, step_b != 0};
        if (is_plain) binary_whole_run(&p, &row, run);
        for (uint i = 0; !is_plain && i < run; i++) row.y[i * step_y] = binary_byte(&p, row.a[i * step_a], row.b[i * step_b]);
        nest_advance(&p.nest, &w, run);
    }
}
