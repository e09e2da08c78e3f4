/* SPDX-License-Identifier: Apache-2.0 */
/* Two inputs on a CPU: a work-group of one work-item makes a chunk of y, 16 elements at a time where rows are contiguous (or one input is constant along them).
 * CLQNN_FLOAT_EVEN only. The device's division is correctly rounded. */
#define MAGIC 12582912.0f   /* 1.5 * 2^23: adding it rounds |x| <= 2^22 to the nearest even integer, which then stands in the low bits */

static inline float16 binary_value(uchar16 bytes, int flip, float zero, float scale)
{
    return scale * (convert_float16(bytes ^ (uchar)flip) - zero);
}

static inline uchar16 binary_sixteen(const binary_params *p, float16 x, float16 y)
{
    const float16 sum = p->kind == BINARY_ADD ? x + y
                        : p->kind == BINARY_SUB ? x - y
                        : p->kind == BINARY_MUL ? x * y
                        : p->kind == BINARY_MIN ? (x < y ? x : y)
                                                : (x > y ? x : y);
    const float16 low = (float)(p->low - p->y_zero), high = (float)(p->high - p->y_zero);
    const float16 quotient = sum / p->y_scale; /* may be infinite */
    const float16 lifted = quotient > low ? quotient : low;
    const float16 limited = lifted < high ? lifted : high; /* before the rounding: both limits are integers */
    return convert_uchar16(as_int16(limited + MAGIC) - 0x4B400000 + p->y_zero) ^ (uchar)p->y_flip;
}

/* A run whose elements lie side by side in y, and in a and b unless their step is 0. */
static inline void binary_run(const binary_params *p, __global const uchar *a, __global const uchar *b, __global uchar *y, uint run, bool a_moves, bool b_moves)
{
    const float a_zero = (float)p->a_zero, b_zero = (float)p->b_zero;
    const float16 a_constant = binary_value((uchar16)a[0], p->a_flip, a_zero, p->a_scale), b_constant = binary_value((uchar16)b[0], p->b_flip, b_zero, p->b_scale);
    uint i = 0;
    for (; i + 16 <= run; i += 16) {
        const float16 x = a_moves ? binary_value(vload16(0, a + i), p->a_flip, a_zero, p->a_scale) : a_constant;
        const float16 z = b_moves ? binary_value(vload16(0, b + i), p->b_flip, b_zero, p->b_scale) : b_constant;
        vstore16(binary_sixteen(p, x, z), 0, y + i);
    }
    for (; i < run; i++) y[i] = binary_byte(p, a[a_moves ? i : 0], b[b_moves ? i : 0]);
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void binary_vector(__global const uchar *a, __global const uchar *b, __global uchar *y, OP_COUNT,
                                                                          const binary_params p)
{
    OP_BEGUN();
    const ulong step_a = p.nest.stride[0][OP_RANK - 1], step_b = p.nest.stride[1][OP_RANK - 1], step_y = p.nest.stride[2][OP_RANK - 1];
    const bool is_plain = step_a <= 1 && step_b <= 1 && step_y == 1;
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        __global const uchar *row_a = a + p.head.offset[0] + w.at[0], *row_b = b + p.head.offset[1] + w.at[1];
        __global uchar *row_y = y + p.head.offset[2] + w.at[2];
        if (is_plain) binary_run(&p, row_a, row_b, row_y, run, step_a == 1, step_b == 1);
        for (uint i = 0; !is_plain && i < run; i++) row_y[i * step_y] = binary_byte(&p, row_a[i * step_a], row_b[i * step_b]);
        nest_advance(&p.nest, &w, run);
    }
}
