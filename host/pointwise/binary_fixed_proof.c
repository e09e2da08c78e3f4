/* SPDX-License-Identifier: Apache-2.0 */
#include "pointwise/binary_fixed_proof.h"

#include <math.h>

#include "pointwise/fixed_point.h"

#define TIE 0x1p-30
#define MAGIC 6755399441055744.0   /* 1.5 * 2^52 */

/* Bytes as the kernels see them: unsigned values less their zero points. */
typedef struct byte_values {
    int32_t zero;            /* of the unsigned value */
    int32_t rescaled[256];   /* by the input's own multiplier; of mul, the value itself */
} byte_values;

static void fill_values(const clqnn_binary_desc *desc, const clqnn_tensor *tensor, const clqnn_fixed *fixed, byte_values *values)
{
    values->zero = clq_quantization_zero_point(&tensor->quantization, 0) + (tensor->type == CLQNN_S8 ? 128 : 0);
    for (int32_t i = 0; i < 256; i++) {
        const int32_t value = i - values->zero;
        values->rescaled[i] = desc->kind == CLQNN_MUL ? value : (int32_t)clq_fixed_rescale(desc->rounding, value * (1 << desc->left_shift), fixed);
    }
}

/* The least sum whose result, without zero point, is `wanted` or more; INT64_MAX where there is none of 32 bits. Rescaling is monotonic. */
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

/* The kernel's result of a sum or product in binary64, limited to low .. high. */
static int32_t rounded(const clq_binary_fixed *fixed, double sum, int32_t low, int32_t high)
{
    const double tie = fixed->ties_away && signbit(sum) ? -fixed->tie : fixed->tie;
    const double moved = sum + tie;
    const double lifted = moved > (double)low ? moved : (double)low;
    const double limited = lifted < (double)high ? lifted : (double)high;
    const double shifted = limited + MAGIC;
    return (int32_t)(shifted - MAGIC);
}

static double factor_of(const clqnn_fixed *fixed)
{
    return ldexp((double)fixed->multiplier, fixed->shift - 31);
}

static void choose(const clqnn_binary_desc *desc, int32_t a_zero, int32_t b_zero, clq_binary_fixed *fixed)
{
    const double y = factor_of(&desc->y_fixed), unit = ldexp(1.0, desc->left_shift);
    *fixed = (clq_binary_fixed){.a_factor = y, .tie = TIE, .ties_away = desc->rounding == CLQNN_FIXED_DOUBLE};
    if (desc->kind == CLQNN_MUL) {
        const int32_t right = desc->y_fixed.shift < 0 ? -desc->y_fixed.shift : 0;
        if (!fixed->ties_away) return;
        fixed->a_factor = ldexp(y, right); /* the product with it is exact: 17 bits by 31 */
        fixed->b_factor = ldexp(1.0, -right);
        fixed->zero_term = ldexp(1.0, (right > 0 ? 0 : desc->y_fixed.shift) - 33); /* a quarter of the product's unit: ties go up, nothing else moves */
        return;
    }
    fixed->a_factor = factor_of(&desc->a_fixed) * unit * y;
    fixed->b_factor = factor_of(&desc->b_fixed) * unit * (desc->kind == CLQNN_SUB ? -y : y);
    fixed->zero_term = -((double)a_zero * fixed->a_factor + (double)b_zero * fixed->b_factor);
}

/* The kernel's sum or product of two bytes, before the last rounding. */
static double combine(const clqnn_binary_desc *desc, const clq_binary_fixed *fixed, int32_t a_zero, int32_t b_zero, int32_t a, int32_t b)
{
    const double x = (double)a, z = (double)b;
    if (desc->kind != CLQNN_MUL) return x * fixed->a_factor + z * fixed->b_factor + fixed->zero_term;
    const double raw = (x - (double)a_zero) * (z - (double)b_zero) * fixed->a_factor;
    if (fixed->b_factor == 0.0) return raw;
    const double lifted = raw + fixed->zero_term, shifted = lifted + MAGIC;
    return (shifted - MAGIC) * fixed->b_factor;
}

bool clq_binary_fixed_prove(const clq_binary_problem *problem, clq_binary_fixed *fixed)
{
    const clqnn_binary_desc *desc = &problem->desc;
    const int32_t y_zero = clq_quantization_zero_point(&desc->y.quantization, 0), low = problem->low - y_zero, high = problem->high - y_zero;
    byte_values a, b;
    int64_t least[257];   /* least[k - low]: from which sum on the result is k or more; ends beyond all sums */
    fill_values(desc, &desc->a, &desc->a_fixed, &a);
    fill_values(desc, &desc->b, &desc->b_fixed, &b);
    choose(desc, a.zero, b.zero, fixed);
    for (int32_t k = low + 1; k <= high; k++) least[k - low] = least_sum(desc, k);
    least[high - low + 1] = INT64_MAX;
    int32_t k = low;
    for (int32_t i = 0; i < 256; i++) {
        for (int32_t j = 0; j < 256; j++) {
            const int64_t left = a.rescaled[i], right = b.rescaled[j];
            const int64_t sum = desc->kind == CLQNN_MUL ? left * right : desc->kind == CLQNN_SUB ? left - right : left + right;
            const double approximate = combine(desc, fixed, a.zero, b.zero, i, j);
            while (sum >= least[k - low + 1]) k++;
            while (k > low && sum < least[k - low]) k--;
            if (rounded(fixed, approximate, low, high) != k) return false;
        }
    }
    return true;
}
