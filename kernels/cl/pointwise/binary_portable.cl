/* SPDX-License-Identifier: Apache-2.0 */
/* Two inputs, any device: a work-item makes a chunk of y, element by element. clqnn/pointwise.h has the formulas. */
static inline float divide_any(float x, float scale)
{
    return x < 0.0f ? -clq_divide(-x, scale) : clq_divide(x, scale);
}

/* The host has refused scales with which a sum could be infinite or denormal. */
static inline int binary_float(const binary_params *p, int a, int b)
{
    const float x = p->a_scale * (float)a, y = p->b_scale * (float)b;
    const float sum = p->kind == BINARY_ADD ? x + y
                      : p->kind == BINARY_SUB ? x - y
                      : p->kind == BINARY_MUL ? x * y
                      : p->kind == BINARY_MIN ? fmin(x, y)
                                              : fmax(x, y);
    const float limit = p->y_scale * 512.0f; /* beyond any quotient that matters; infinite where the scale is huge */
    const float quotient = divide_any(clamp(sum, -limit, limit), p->y_scale);
    return (int)clamp(rint(quotient) + (float)p->y_zero, (float)p->low, (float)p->high);
}

static inline long rescale(const binary_params *p, int x, int operand)
{
    return p->rule == BINARY_FIXED_DOUBLE ? rescale_double(x, p->multiplier[operand], p->shift[operand])
                                          : rescale_single(x, p->multiplier[operand], p->shift[operand]);
}

static inline int binary_fixed(const binary_params *p, int a, int b)
{
    int sum = a * b;
    if (p->kind != BINARY_MUL) {
        const long x = rescale(p, a << p->left_shift, 0), y = rescale(p, b << p->left_shift, 1);
        sum = (int)(p->kind == BINARY_ADD ? x + y : x - y); /* fits: the host has checked */
    }
    return (int)clamp(rescale(p, sum, 2) + p->y_zero, (long)p->low, (long)p->high);
}

__kernel void binary_portable(__global const uchar *a, __global const uchar *b, __global uchar *y, OP_COUNT, const binary_params p)
{
    OP_BEGUN();
    const ulong step_a = p.nest.stride[0][OP_RANK - 1], step_b = p.nest.stride[1][OP_RANK - 1], step_y = p.nest.stride[2][OP_RANK - 1];
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        __global const uchar *row_a = a + p.head.offset[0] + w.at[0], *row_b = b + p.head.offset[1] + w.at[1];
        __global uchar *row_y = y + p.head.offset[2] + w.at[2];
        for (uint i = 0; i < run; i++) {
            const int value_a = (row_a[i * step_a] ^ p.a_flip) - p.a_zero, value_b = (row_b[i * step_b] ^ p.b_flip) - p.b_zero;
            const int value = p.rule == BINARY_FLOAT_EVEN ? binary_float(&p, value_a, value_b) : binary_fixed(&p, value_a, value_b);
            row_y[i * step_y] = (uchar)(value ^ p.y_flip);
        }
        nest_advance(&p.nest, &w, run);
    }
}
