/* SPDX-License-Identifier: Apache-2.0 */
#include "pointwise/binary_rule.h"

#include <math.h>

#include "pointwise/fixed_point.h"

static float combine(clqnn_binary_kind kind, float x, float y)
{
    switch (kind) {
    case CLQNN_ADD: return x + y;
    case CLQNN_SUB: return x - y;
    case CLQNN_MUL: return x * y;
    case CLQNN_MIN: return x < y ? x : y;
    default: return x > y ? x : y;
    }
}

static void fill_float(const binary_params *p, uint8_t *results)
{
    const float low = (float)p->low, high = (float)p->high;
    float b_values[256];
    for (int i = 0; i < 256; i++) b_values[i] = p->b_scale * (float)(i - p->b_zero);
    for (int i = 0; i < 256; i++) {
        const float a = p->a_scale * (float)(i - p->a_zero);
        for (int j = 0; j < 256; j++) {
            const float y = rintf(combine((clqnn_binary_kind)p->kind, a, b_values[j]) / p->y_scale) + (float)p->y_zero;
            results[i * 256 + j] = (uint8_t)(y < low ? low : y > high ? high : y);
        }
    }
}

/* One input's values, rescaled by its own multiplier; of mul, the value itself. */
static void fill_values(const clqnn_binary_desc *desc, int32_t zero, const clqnn_fixed *fixed, int64_t values[256])
{
    for (int32_t i = 0; i < 256; i++) {
        const int32_t value = i - zero;
        values[i] = desc->kind == CLQNN_MUL ? value : clq_fixed_rescale(desc->rounding, value * (1 << desc->left_shift), fixed);
    }
}

/* The least sum of 32 bits whose result, without zero point, is `wanted` or more; INT64_MAX where there is none. Rescaling is monotonic. */
static int64_t least_sum(const clqnn_binary_desc *desc, int32_t wanted)
{
    int64_t low = INT32_MIN, high = (int64_t)INT32_MAX + 1;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (clq_fixed_rescale(desc->rounding, (int32_t)middle, &desc->y_fixed) >= wanted) high = middle;
        else low = middle + 1;
    }
    return low > INT32_MAX ? INT64_MAX : low;
}

static void fill_fixed(const clqnn_binary_desc *desc, const binary_params *p, uint8_t *results)
{
    int64_t a[256], b[256], least[257];   /* least[k]: from which sum on y is k or more; ends beyond all sums */
    fill_values(desc, p->a_zero, &desc->a_fixed, a);
    fill_values(desc, p->b_zero, &desc->b_fixed, b);
    for (int32_t k = p->low + 1; k <= p->high; k++) least[k] = least_sum(desc, k - p->y_zero);
    least[p->high + 1] = INT64_MAX;
    int32_t k = p->low;
    for (int i = 0; i < 256; i++) {
        for (int j = 0; j < 256; j++) {
            const int64_t sum = desc->kind == CLQNN_MUL ? a[i] * b[j] : desc->kind == CLQNN_SUB ? a[i] - b[j] : a[i] + b[j];
            while (sum >= least[k + 1]) k++;
            while (k > p->low && sum < least[k]) k--;
            results[i * 256 + j] = (uint8_t)k;
        }
    }
}

void clq_binary_fill_results(const clq_binary_problem *problem, const binary_params *scalars, uint8_t results[CLQ_BINARY_PAIRS])
{
    if (problem->desc.rounding == CLQNN_FLOAT_EVEN) fill_float(scalars, results);
    else fill_fixed(&problem->desc, scalars, results);
}
