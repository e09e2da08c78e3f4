/* SPDX-License-Identifier: Apache-2.0 */
/* One element of two inputs: clqnn/pointwise.h has the formulas. Inputs are the unsigned values less their zero points, the result is
 * unsigned. */
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

/* The same from bytes. */
static inline uchar binary_byte(const binary_params *p, uchar a, uchar b)
{
    const int value_a = (a ^ p->a_flip) - p->a_zero, value_b = (b ^ p->b_flip) - p->b_zero;
    const int value = p->rule == BINARY_FLOAT_EVEN ? binary_float(p, value_a, value_b) : binary_fixed(p, value_a, value_b);
    return (uchar)(value ^ p->y_flip);
}
