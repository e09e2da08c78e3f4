/* SPDX-License-Identifier: Apache-2.0 */
/* The exponentials of softmax under CLQNN_FIXED_*: the steps of docs/numerics.md, on numbers that are not negative wherever a shift rounds. */
#include "pointwise/fixed_point.h"
#include "softmax/softmax_problem.h"

#define QUARTER (1 << 24)       /* of Q26 */

static int32_t times(int32_t a, int32_t b)
{
    return (int32_t)clq_fixed_rescale(CLQNN_FIXED_SINGLE, a, &(clqnn_fixed){.multiplier = b});
}

/* exp(-depth / 2^26) in Q31: of what is left below whole quarters by a polynomial around 1/8, times a constant for each bit of their number. */
static int32_t exponential(int64_t depth)
{
    static const int32_t by_bit[] = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};
    if (depth <= 0) return INT32_MAX;
    const int64_t quarters = (depth - 1) / QUARTER;
    const int32_t x = (1 << 28) - (int32_t)(depth - quarters * QUARTER) * 32, x2 = times(x, x), x3 = times(x2, x), x4 = times(x2, x2);
    const int32_t thirds = times(715827883, (x4 + 2) / 4 + x3) + x2; /* of twice the polynomial; x4 is not negative */
    const int32_t series = x + (thirds >= 0 ? (thirds + 1) / 2 : -((1 - thirds) / 2));
    int32_t result = 1895147668 + times(series, 1895147668);
    for (int bit = 0; bit < 7; bit++) {
        if (quarters & (INT64_C(1) << bit)) result = times(result, by_bit[bit]);
    }
    return result;
}

void clq_softmax_fill_fixed(const clqnn_fixed *fixed, int32_t diff_min, void *tables)
{
    int32_t *exponentials = tables, *terms = exponentials + SOFTMAX_EXP_BYTES / sizeof *exponentials;
    for (int32_t d = 0; d < 256; d++) {
        exponentials[d] = -d >= diff_min ? exponential(-clq_fixed_rescale(CLQNN_FIXED_DOUBLE, -d, fixed)) : 0;
        terms[d] = (int32_t)(((int64_t)exponentials[d] + (1 << 11)) >> 12);
    }
}
