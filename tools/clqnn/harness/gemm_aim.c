/* SPDX-License-Identifier: Apache-2.0 */
/* Random sums almost never meet a tie of a rounding; these parameters make them meet it. */
#include <math.h>

#include "gemm_parameters.h"
#include "seeded_random.h"

enum { OUTPUT_REACH = 60 }; /* outputs lie within this distance of the zero point */

typedef struct aim_values {
    int32_t *c_zero, *bias, *multipliers, *shifts;
    float *c_scale, *a_scales, *b_scales;
} aim_values;

static aim_values lay_out(const clq_gemm_case *spec, void *memory)
{
    int32_t *const words = memory;
    float *const floats = memory;
    const int64_t m = spec->m, n = spec->n + 1;
    return (aim_values){ .c_zero = words, .c_scale = floats + 1, .a_scales = floats + 2, .b_scales = floats + 2 + m, .bias = words + 2 + m + n,
                         .multipliers = words + 2 + m + 2 * n, .shifts = words + 2 + m + 3 * n };
}

/* Neighbouring floats: all rows of a column stay within some units in the last place of its boundary. */
static void set_row_scales(const clq_gemm_case *spec, clqnn_gemm_desc *desc, float *scales, float first)
{
    const int64_t count = spec->a_scale == CLQ_PER_NONE ? 0 : spec->a_scale == CLQ_PER_TENSOR ? (spec->m > 0) : spec->m;
    for (int64_t i = 0; i < count; i++) scales[i] = i % 4 == 0 || spec->aim == CLQ_AIM_TIES ? first : nextafterf(scales[i - 1], 1.0f);
    desc->a.quantization.scales = count > 0 ? scales : NULL;
    desc->a.quantization.scale_count = count;
}

/* The multiplier wanted for a column: a power of two, or so small that only sums of some millions reach the output. */
static double wanted_multiplier(clq_random *random, clq_aim aim)
{
    return aim == CLQ_AIM_TIES ? ldexp(1.0, -(int)clq_random_range(random, 1, 4)) : (double)clq_random_float(random, 2e-6f, 1e-5f);
}

/* A column's scale; returns the multiplier that it really makes. */
static double set_scale(const clqnn_gemm_desc *desc, double wanted, float *scale)
{
    const double a = desc->a.quantization.scale_count > 0 ? (double)desc->a.quantization.scales[0] : 1.0;
    const double c = (double)desc->c.quantization.scales[0];
    *scale = (float)(wanted * c / a);
    return (double)(float)(a * (double)*scale) / c;
}

/* A column's fixed multiplier; returns what it stands for. Powers of two are given both as 2^30 and as 2^31 - 1, whose ties lie in different steps. */
static double set_fixed(double wanted, bool largest, int32_t *multiplier, int32_t *shift)
{
    int exponent = 0;
    const double mantissa = frexp(wanted, &exponent);
    *multiplier = (int32_t)(mantissa * 2147483648.0);
    *shift = exponent;
    if (largest && *multiplier == 1 << 30) {
        *multiplier = INT32_MAX;
        *shift = exponent - 1;
    }
    return ldexp((double)*multiplier, *shift - 31);
}

void clq_gemm_parameters_aim(const clq_gemm_case *spec, clqnn_gemm_desc *desc, int64_t mean, void *memory)
{
    const aim_values values = lay_out(spec, memory);
    const bool fixed = spec->rounding != CLQNN_FLOAT_EVEN;
    const bool vector = (fixed ? spec->fixed : spec->b_scale) == CLQ_PER_VECTOR && spec->n > 0;
    clq_random random = clq_random_seed(spec->seed, 2);
    *values.c_zero = spec->c_type == CLQNN_U8 ? 128 : 1;
    *values.c_scale = spec->aim == CLQ_AIM_TIES ? 1.0f : clq_random_float(&random, 0.03f, 0.3f);
    desc->c.quantization = (clqnn_quantization){ .zero_points = values.c_zero, .zero_point_count = 1 };
    if (!fixed) {
        desc->c.quantization.scales = values.c_scale;
        desc->c.quantization.scale_count = 1;
        set_row_scales(spec, desc, values.a_scales, spec->aim == CLQ_AIM_TIES ? 1.0f : 0.03f);
    }
    double real = 0.0;
    for (int64_t j = 0; j < (spec->n > 0 ? spec->n : 1); j++) {
        if (j == 0 || vector) {
            const double wanted = wanted_multiplier(&random, spec->aim);
            real = fixed ? set_fixed(wanted, j % 2 == 1, &values.multipliers[j], &values.shifts[j]) : set_scale(desc, wanted, &values.b_scales[j]);
        }
        const double output = (double)clq_random_range(&random, -OUTPUT_REACH, OUTPUT_REACH) + 0.5;
        const double sum = spec->aim == CLQ_AIM_TIES ? (double)clq_random_range(&random, -40, 40) : output / real;
        values.bias[j] = (int32_t)(lrint(sum) - mean);
    }
    if (fixed) {
        desc->multipliers = values.multipliers;
        desc->shifts = values.shifts;
        desc->fixed_count = vector ? spec->n : 1;
    } else {
        desc->b.quantization.scales = values.b_scales;
        desc->b.quantization.scale_count = vector ? spec->n : 1;
    }
    desc->bias = values.bias;
    desc->bias_type = CLQNN_S32;
}
