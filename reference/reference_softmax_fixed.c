/* SPDX-License-Identifier: Apache-2.0 */
/* The integers that softmax under CLQNN_FIXED_* is made of: an exponential and a reciprocal in Q31, step by step as docs/numerics.md lists them. */
#include <stdint.h>

#include "clqnn/reference.h"
#include "clqnn/reference_shape.h"
#include "softmax_fixed.h"

/* a * b / 2^31, ties up, saturated. */
static int32_t multiply(int32_t a, int32_t b)
{
    return clqnn_reference_requantize_fixed_double(a, b, 0, 0, INT32_MIN, INT32_MAX);
}

/* x / 2^shift, ties away from zero. */
static int32_t divide(int32_t x, int shift)
{
    const int64_t unit = INT64_C(1) << shift, magnitude = ((x < 0 ? -(int64_t)x : x) + unit / 2) / unit;
    return (int32_t)(x < 0 ? -magnitude : magnitude);
}

static int32_t scale_up(int32_t x, int32_t factor)
{
    const int64_t product = (int64_t)x * factor;
    return product > INT32_MAX ? INT32_MAX : product < INT32_MIN ? INT32_MIN : (int32_t)product;
}

int32_t clqnn_reference_exp_q31(int32_t a)
{
    static const int32_t powers[7] = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242}; /* e^-(1/4), e^-(1/2), .., e^-16 */
    const int32_t at_eighth = 1895147668, third = 715827883, quarter = 1 << 24;
    if (a >= 0) return INT32_MAX;
    const int64_t depth = -(int64_t)a;
    const int32_t quarters = (int32_t)((depth - 1) / quarter), rest = (int32_t)(depth - (int64_t)quarters * quarter); /* rest in (0, 1/4] */
    const int32_t x = (1 << 28) - rest * 32; /* around -1/8 */
    const int32_t square = multiply(x, x), cube = multiply(square, x), fourth = multiply(square, square);
    const int32_t tail = divide(multiply(divide(fourth, 2) + cube, third) + square, 1);
    int32_t result = at_eighth + multiply(at_eighth, x + tail);
    for (int i = 0; i < 7; i++) {
        if (quarters >> i & 1) result = multiply(result, powers[i]);
    }
    return result;
}

int32_t clqnn_reference_reciprocal_q31(int32_t x)
{
    const int32_t half = (int32_t)(((int64_t)x + (INT64_C(1) << 31)) / 2), one = 1 << 29; /* (1 + x) / 2; one of Q29 */
    int32_t guess = 1515870810 + multiply(half, -1010580540); /* 48/17 - 32/17 * half, Q29 */
    for (int i = 0; i < 3; i++) guess += scale_up(multiply(guess, one - multiply(half, guess)), 4);
    return scale_up(guess, 2);
}

void clq_softmax_fixed_table(const clqnn_softmax_desc *desc, int32_t table[256])
{
    for (int32_t d = 0; d < 256; d++) {
        const int32_t scaled = clqnn_reference_requantize_fixed_double(-d, desc->multiplier, desc->shift, 0, INT32_MIN, INT32_MAX);
        table[d] = -d < desc->diff_min ? 0 : clqnn_reference_exp_q31(scaled);
    }
}

int32_t clq_softmax_fixed_term(int32_t exponential)
{
    return divide(exponential, 12);
}

int32_t clq_softmax_fixed_element(int32_t exponential, uint64_t sum)
{
    int zeros = 0;
    while (sum << zeros < UINT64_C(1) << 31) zeros++;
    const int32_t reciprocal = clqnn_reference_reciprocal_q31((int32_t)((sum << zeros) - (UINT64_C(1) << 31)));
    const int32_t result = divide(multiply(reciprocal, exponential), 35 - zeros);
    return result > 255 ? 255 : result;
}
