/* SPDX-License-Identifier: Apache-2.0 */
/* From a line's sum to elements of y. clqnn/softmax.h has the formulas. */
#define SOFTMAX_LN2_Q40 762123384786L

/* floor(2^40 ln(s / 2^31)): whole powers of two, a table of ln(1 + i / 256), two terms of the series for the rest. s is at least 2^31. */
static inline long softmax_log(ulong s, __global const long *table)
{
    const int whole = 32 - (int)clz(s); /* bits beyond 32 */
    const ulong mantissa = whole > 0 ? s >> whole : s;
    const uint part = (uint)(mantissa >> 23) - 256;
    const ulong head = (ulong)(part + 256) << 23;
    const long rest = (long)(((mantissa - head) << 32) / head);
    return max(whole, 0) * SOFTMAX_LN2_Q40 + table[part] + (rest << 8) - ((rest * rest) >> 25);
}

/* a * b / 2^31, ties up. */
static inline int multiply_q31(int a, int b)
{
    return (int)(((long)a * b + (1L << 30)) >> 31);
}

/* 1 / (1 + x) in units of 2^-31, x likewise: Newton's steps from 48/17 - 32/17 * (1 + x) / 2, in units of 2^-29. */
static inline int reciprocal_q31(int x)
{
    const int half_sum = (int)(((long)x + (1L << 31)) >> 1);
    int guess = 1515870810 + multiply_q31(half_sum, -1010580540);
    for (int i = 0; i < 3; i++) guess += multiply_q31(guess, (1 << 29) - multiply_q31(half_sum, guess)) * 4;
    return (int)min((long)guess * 2, (long)INT_MAX);
}

/* What all elements of a line share: the divisor, or the logarithm of the sum; in fixed point its reciprocal and the shift to 1/256. */
typedef struct softmax_factor {
    float real;
    int reciprocal, shift;
} softmax_factor;

static inline softmax_factor softmax_shared(const softmax_params *p, ulong sum, __global const uchar *tables)
{
    softmax_factor shared = {0.0f, 0, 0};
    if (p->is_fixed) {
        const int zeros = (int)clz((uint)sum);
        shared.reciprocal = reciprocal_q31((int)(((uint)sum << zeros) - (1u << 31)));
        shared.shift = 35 - zeros;
    } else if (p->is_log) {
        shared.real = (float)softmax_log(sum, (__global const long *)(tables + SOFTMAX_EXP_BYTES)) * 0x1p-40f;
    } else {
        shared.real = (float)sum * p->y_scale;
    }
    return shared;
}

/* The byte of y, unsigned, of an element that lies d below the largest. */
static inline int softmax_element(const softmax_params *p, softmax_factor shared, __global const uint *exponentials, int d)
{
    if (p->is_fixed) return (int)min((multiply_q31(shared.reciprocal, (int)exponentials[d]) + (1L << (shared.shift - 1))) >> shared.shift, 255L);
    float quotient = 0.0f;
    if (p->is_log) {
        const float below = p->x_scale * (float)d;
        quotient = -clq_divide(min(below + shared.real, p->y_scale * 512.0f), p->y_scale); /* beyond 512 it is clamped anyway */
    } else {
        quotient = clq_divide((float)exponentials[d], shared.real);
    }
    return clamp((int)rint(clamp(quotient, -1000.0f, 1000.0f)) + p->y_zero, p->low, p->high);
}
