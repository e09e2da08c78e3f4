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

/* What all elements of a line share: the divisor, or the logarithm of the sum. */
static inline float softmax_shared(const softmax_params *p, ulong sum, __global const uchar *tables)
{
    if (p->is_log) return (float)softmax_log(sum, (__global const long *)(tables + SOFTMAX_EXP_BYTES)) * 0x1p-40f;
    return (float)sum * p->y_scale;
}

/* The byte of y, unsigned, of an element that lies d below the largest. */
static inline int softmax_element(const softmax_params *p, float shared, __global const uint *exponentials, int d)
{
    float quotient = 0.0f;
    if (p->is_log) {
        const float below = p->x_scale * (float)d;
        quotient = -clq_divide(min(below + shared, p->y_scale * 512.0f), p->y_scale); /* beyond 512 it is clamped anyway */
    } else {
        quotient = clq_divide((float)exponentials[d], shared);
    }
    return clamp((int)rint(clamp(quotient, -1000.0f, 1000.0f)) + p->y_zero, p->low, p->high);
}
