/* SPDX-License-Identifier: Apache-2.0 */
/* From a line's sum to elements of y under CLQNN_FIXED_*: docs/numerics.md has the steps. Apart from the float rule, whose loops vectorise. */

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

/* What all elements of a line share: the sum's reciprocal, and the shift from a product with it to units of 1/256. */
typedef struct softmax_factor {
    int reciprocal, shift;
} softmax_factor;

static inline softmax_factor softmax_fixed_factor(uint sum)
{
    const int zeros = (int)clz(sum);
    const softmax_factor factor = {reciprocal_q31((int)((sum << zeros) - (1u << 31))), 35 - zeros};
    return factor;
}

/* The byte of y, unsigned, of an exponential. */
static inline int softmax_fixed_element(softmax_factor factor, uint exponential)
{
    return (int)min((multiply_q31(factor.reciprocal, (int)exponential) + (1L << (factor.shift - 1))) >> factor.shift, 255L);
}
