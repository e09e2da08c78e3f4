/* SPDX-License-Identifier: Apache-2.0 */
/* Zero points and bias before the sums are known; scales, multipliers, thresholds and clamps made to measure behind them. */
#include <math.h>
#include <stdlib.h>

#include "bits_numerics.h"

static int64_t count_of(clq_per per, int64_t vector) { return per == CLQ_PER_NONE ? 0 : per == CLQ_PER_TENSOR ? 1 : vector; }

static bool make_zero_points(clq_random *random, clq_owned_memory *owned, clqnn_type type, int64_t count, clqnn_quantization *quantization)
{
    int32_t low, high;
    if (count == 0) return true;
    int32_t *const values = clq_own(owned, (size_t)count * sizeof *values);
    if (!values) return false;
    clq_value_range(type, &low, &high);
    for (int64_t i = 0; i < count; i++) values[i] = (int32_t)clq_random_range(random, low, high);
    quantization->zero_points = values;
    quantization->zero_point_count = count;
    return true;
}

bool clq_bits_numerics_make(const clq_bits_numerics *numerics, clq_random *random, clq_owned_memory *owned, clqnn_gemm_desc *desc)
{
    const int64_t n = desc->n, span = 3 + (int64_t)sqrt((double)desc->k) * 2;
    if (!make_zero_points(random, owned, numerics->a_type, numerics->a_zero, &desc->a.quantization)) return false;
    if (!make_zero_points(random, owned, numerics->b_type, count_of(numerics->b_zero, n), &desc->b.quantization)) return false;
    if (numerics->bias_type != CLQNN_S32) return true;
    int32_t *const bias = clq_own(owned, (size_t)n * sizeof *bias);
    if (!bias) return false;
    for (int64_t j = 0; j < n; j++) bias[j] = (int32_t)clq_random_range(random, -span, span);
    desc->bias = bias;
    desc->bias_type = CLQNN_S32;
    return true;
}

/* ---- Behind the sums ---- */

typedef struct sums { const int32_t *values; int64_t rows, n; } sums;

static double largest(const sums *all)
{
    double most = 1;
    for (int64_t i = 0; i < all->rows * all->n; i++) most = fmax(most, fabs((double)all->values[i]));
    return most;
}

static int32_t some_sum(clq_random *random, const sums *all, int64_t column)
{
    return all->rows > 0 ? all->values[clq_random_range(random, 0, all->rows - 1) * all->n + column] : 0;
}

/* Each is met by a sum of its column, or next to one; some are beyond all. */
static bool make_thresholds(const clq_bits_numerics *numerics, clq_random *random, clq_owned_memory *owned, const sums *all, clqnn_gemm_desc *desc)
{
    const int64_t count = count_of(numerics->threshold, all->n);
    int32_t *const thresholds = clq_own(owned, (size_t)count * sizeof *thresholds), *const directions = clq_own(owned, (size_t)count * sizeof *directions);
    if (!thresholds || !directions) return false;
    for (int64_t j = 0; j < count; j++) {
        const int32_t kind = (int32_t)clq_random_range(random, 0, 15);
        thresholds[j] = kind == 0 ? INT32_MIN : kind == 1 ? INT32_MAX : some_sum(random, all, j) + (kind < 12 ? 0 : kind < 14 ? 1 : -1);
        directions[j] = numerics->directions == CLQ_DIRECTIONS_FALLING || clq_random_range(random, 0, 1) ? -1 : 1;
    }
    desc->thresholds = thresholds;
    desc->threshold_count = count;
    desc->directions = numerics->directions == CLQ_DIRECTIONS_NONE ? NULL : directions;
    return true;
}

static bool make_scales(clq_random *random, clq_owned_memory *owned, int64_t count, double typical, clqnn_quantization *quantization)
{
    const bool ties = clq_random_range(random, 0, 2) == 0; /* powers of two */
    if (count == 0) return true;
    float *const values = clq_own(owned, (size_t)count * sizeof *values);
    if (!values) return false;
    for (int64_t i = 0; i < count; i++) {
        const float value = (float)typical * clq_random_float(random, 0.4f, 2.0f);
        values[i] = ties ? ldexpf(1.0f, (int)lrintf(log2f(value))) : value;
    }
    quantization->scales = values;
    quantization->scale_count = count;
    return true;
}

static bool make_fixed(const clq_bits_numerics *numerics, clq_random *random, clq_owned_memory *owned, double ratio, clqnn_gemm_desc *desc)
{
    const int64_t count = count_of(numerics->fixed, desc->n);
    const bool ties = clq_random_range(random, 0, 2) == 0;
    int32_t *const multipliers = clq_own(owned, (size_t)count * sizeof *multipliers), *const shifts = clq_own(owned, (size_t)count * sizeof *shifts);
    if (!multipliers || !shifts) return false;
    for (int64_t i = 0; i < count; i++) {
        int exponent = 0;
        const double mantissa = frexp(ratio * (double)clq_random_float(random, 0.5f, 2.0f), &exponent);
        multipliers[i] = ties ? 1 << 30 : (int32_t)(mantissa * 2147483647.0);
        shifts[i] = exponent < -31 ? -31 : exponent;
    }
    desc->multipliers = multipliers;
    desc->shifts = shifts;
    desc->fixed_count = count;
    return true;
}

static bool make_requantization(const clq_bits_numerics *numerics, clq_random *random, clq_owned_memory *owned, const sums *all, clqnn_gemm_desc *desc)
{
    int32_t low, high;
    clq_value_range(numerics->c_type, &low, &high);
    const double ratio = 0.7 * (high - low) / largest(all); /* most of the range and a little beyond */
    const double a = numerics->a_scale ? 0.03 : 1.0, b = numerics->b_scale != CLQ_PER_NONE ? 0.2 : 1.0;
    if (!make_zero_points(random, owned, numerics->c_type, numerics->c_zero, &desc->c.quantization)) return false;
    desc->rounding = numerics->rounding;
    desc->has_clamp = numerics->clamp;
    if (numerics->clamp) {
        desc->clamp_min = (float)clq_random_range(random, low, high);
        desc->clamp_max = (float)clq_random_range(random, (int64_t)desc->clamp_min, high);
    }
    if (numerics->rounding != CLQNN_FLOAT_EVEN) return make_fixed(numerics, random, owned, ratio, desc);
    return make_scales(random, owned, numerics->a_scale, a, &desc->a.quantization)
           && make_scales(random, owned, count_of(numerics->b_scale, desc->n), b, &desc->b.quantization) && make_scales(random, owned, 1, a * b / ratio, &desc->c.quantization);
}

static bool make_floats(const clq_bits_numerics *numerics, clq_random *random, clq_owned_memory *owned, const sums *all, clqnn_gemm_desc *desc)
{
    const float most = (float)largest(all);
    const double b = numerics->b_scale != CLQ_PER_NONE ? 8.0 / (double)most : 1.0;
    if (!make_scales(random, owned, numerics->a_scale, 0.7, &desc->a.quantization)) return false;
    if (!make_scales(random, owned, count_of(numerics->b_scale, desc->n), b, &desc->b.quantization)) return false;
    desc->has_clamp = numerics->clamp;
    if (numerics->clamp) {
        desc->clamp_min = clq_random_float(random, -most * 0.5f, 0.5f);
        desc->clamp_max = clq_random_float(random, 0.5f, most);
    }
    if (numerics->bias_type != CLQNN_F32) return true;
    float *const bias = clq_own(owned, (size_t)desc->n * sizeof *bias);
    if (!bias) return false;
    for (int64_t j = 0; j < desc->n; j++) bias[j] = clq_random_float(random, -3.0f, 3.0f);
    desc->bias = bias;
    desc->bias_type = CLQNN_F32;
    return true;
}

bool clq_bits_numerics_finish(const clq_bits_numerics *numerics, clq_random *random, clq_owned_memory *owned, const int32_t *accumulators, int64_t rows,
                              clqnn_gemm_desc *desc)
{
    const sums all = {accumulators, rows, desc->n};
    desc->has_row_scales = numerics->row_scales;
    switch (numerics->c_type) {
    case CLQNN_S32: return true;
    case CLQNN_B1: return make_thresholds(numerics, random, owned, &all, desc);
    case CLQNN_F32:
    case CLQNN_F16: return make_floats(numerics, random, owned, &all, desc);
    default: return make_requantization(numerics, random, owned, &all, desc);
    }
}
