/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm_parameters.h"

#include <math.h>

#include "plane_rows.h"
#include "seeded_random.h"

enum { TARGET = 50 }; /* typical magnitude of a requantized output */

/* Takes 4-byte values from the problem's memory one array after another. */
typedef struct arena { unsigned char *next; } arena;

static void *take(arena *memory, int64_t count)
{
    void *const start = memory->next;
    memory->next += (size_t)count * 4;
    return start;
}

size_t clq_gemm_parameters_size(const clq_gemm_case *spec)
{
    /* a: zero points and scales; b: zero points, scales, bias, multipliers, shifts; c: one of each; at least one value a kind */
    return (size_t)(2 * (spec->m + 1) + 5 * (spec->n + 1) + 4) * 4;
}

static int64_t count_of(clq_per per, int64_t vector) { return per == CLQ_PER_NONE ? 0 : per == CLQ_PER_TENSOR ? 1 : vector; }

static void make_zero_points(clq_random *random, arena *memory, clqnn_quantization *quantization, clqnn_type type, int64_t count, bool extreme)
{
    const int32_t low = type == CLQNN_S8 ? -128 : 0, high = type == CLQNN_S8 ? 127 : 255;
    int32_t *const values = take(memory, count);
    for (int64_t i = 0; i < count; i++) {
        const int64_t value = clq_random_range(random, low, high);
        values[i] = extreme ? (value & 1 ? low : high) : (int32_t)value;
    }
    quantization->zero_points = count > 0 ? values : NULL;
    quantization->zero_point_count = count;
}

static float power_of_two_near(float x) { return ldexpf(1.0f, (int)lrintf(log2f(x))); }

static void make_scales(clq_random *random, arena *memory, clqnn_quantization *quantization, int64_t count, float typical, bool ties)
{
    float *const values = take(memory, count);
    for (int64_t i = 0; i < count; i++) {
        const float value = typical * clq_random_float(random, 0.4f, 2.0f);
        values[i] = ties ? power_of_two_near(value) : value;
    }
    quantization->scales = count > 0 ? values : NULL;
    quantization->scale_count = count;
}

/* Mean of data of one pattern, before the zero point. */
static double mean_of(clqnn_type type, clq_data data)
{
    const double low = type == CLQNN_S8 ? -128.0 : 0.0;
    if (clq_is_planes(type)) return data == CLQ_DATA_LOWEST ? -1.0 : data == CLQ_DATA_HIGHEST ? 1.0 : 0.0;
    switch (data) {
    case CLQ_DATA_LOWEST: return low;
    case CLQ_DATA_HIGHEST: return low + 255.0;
    case CLQ_DATA_SMALL: return type == CLQNN_S8 ? 0.0 : 1.5;
    case CLQ_DATA_EXTREMES: return type == CLQNN_S8 ? -0.3 : 91.0;
    case CLQ_DATA_RANDOM: break;
    }
    return low + 127.5;
}

static double mean_zero_point(const clqnn_quantization *quantization)
{
    double sum = 0.0;
    for (int64_t i = 0; i < quantization->zero_point_count; i++) sum += quantization->zero_points[i];
    return quantization->zero_point_count > 0 ? sum / (double)quantization->zero_point_count : 0.0;
}

/* What the sums are about: sum = mean of its column + deviation, roughly. */
typedef struct accumulator_estimate { double a_mean, b_mean, deviation; } accumulator_estimate;

static accumulator_estimate estimate(const clq_gemm_case *spec, const clqnn_gemm_desc *desc)
{
    static const double spread = 74.0; /* of uniform bytes */
    const bool centred = spec->dynamic != CLQNN_STATIC; /* the quantizer centres float data */
    const double a = centred ? 0.0 : mean_of(spec->a_type, spec->a_data) - mean_zero_point(&desc->a.quantization);
    const double b = mean_of(spec->b_type, spec->b_data) - mean_zero_point(&desc->b.quantization);
    const double k = spec->k > 0 ? (double)spec->k : 1.0, b_spread = clq_is_planes(spec->b_type) ? 0.9 : spread;
    return (accumulator_estimate){ .a_mean = a, .b_mean = b,
                                   .deviation = sqrt(k) * sqrt(spread * spread * (b_spread * b_spread + b * b) + a * a * b_spread * b_spread) };
}

static void make_fixed(clq_random *random, arena *memory, const clq_gemm_case *spec, clqnn_gemm_desc *desc, double ratio)
{
    const int64_t count = spec->n > 0 ? count_of(spec->fixed, spec->n) : 1;
    const bool ties = clq_random_range(random, 0, 2) == 0;
    int32_t *const multipliers = take(memory, count), *const shifts = take(memory, count);
    /* a left shift must not push the accumulator out of 32 bits: small k only */
    const bool left = spec->k <= 128 && clq_random_range(random, 0, 5) == 0;
    for (int64_t i = 0; i < count; i++) {
        int exponent = 0;
        const double real = ratio * (double)clq_random_float(random, 0.3f, 3.0f);
        const double mantissa = frexp(real, &exponent);
        multipliers[i] = ties ? 1 << 30 : (int32_t)(mantissa * 2147483647.0);
        shifts[i] = left ? (int32_t)clq_random_range(random, 0, 3) : exponent;
        if (left) multipliers[i] >>= clq_random_range(random, 6, 12);
    }
    desc->multipliers = multipliers;
    desc->shifts = shifts;
    desc->fixed_count = count;
}

/* An s32 bias takes the mean of its column away, where that cannot overflow, so that outputs do not all meet the same end of their range. */
static void make_bias(clq_random *random, arena *memory, const clq_gemm_case *spec, clqnn_gemm_desc *desc, const accumulator_estimate *sums)
{
    if (spec->bias_type == CLQNN_TYPE_NONE) return;
    const double largest = 2147483000.0 - (double)spec->k * 255.0 * 255.0;
    const double offset = (double)spec->k * sums->a_mean * sums->b_mean;
    const int64_t span = (int64_t)(1.5 * sums->deviation);
    if (spec->bias_type == CLQNN_S32) {
        int32_t *const values = take(memory, spec->n > 0 ? spec->n : 1);
        for (int64_t i = 0; i < spec->n; i++) {
            const double value = (double)clq_random_range(random, -span, span) - offset;
            values[i] = (int32_t)fmax(fmin(value, largest), -largest);
        }
        desc->bias = values;
    } else {
        float *const values = take(memory, spec->n > 0 ? spec->n : 1);
        for (int64_t i = 0; i < spec->n; i++) values[i] = clq_random_float(random, -2.0f * TARGET, 2.0f * TARGET);
        desc->bias = values;
    }
    desc->bias_type = spec->bias_type;
}

static void make_clamp(clq_random *random, const clq_gemm_case *spec, clqnn_gemm_desc *desc)
{
    if (!spec->clamp) return;
    desc->has_clamp = 1;
    if (spec->c_type == CLQNN_S8 || spec->c_type == CLQNN_U8) {
        const int32_t low = spec->c_type == CLQNN_S8 ? -128 : 0;
        desc->clamp_min = (float)(low + clq_random_range(random, 0, 120));
        desc->clamp_max = (float)(low + clq_random_range(random, 130, 255));
    } else {
        desc->clamp_min = clq_random_float(random, -1.0f * TARGET, 0.0f);
        desc->clamp_max = clq_random_float(random, 6.0f, 1.0f * TARGET);
    }
}

void clq_gemm_parameters_make(const clq_gemm_case *spec, clqnn_gemm_desc *desc, void *memory_start)
{
    arena memory = { .next = memory_start };
    clq_random random = clq_random_seed(spec->seed, 1);
    const bool ties = clq_random_range(&random, 0, 2) == 0;
    const bool to_bytes = spec->c_type == CLQNN_S8 || spec->c_type == CLQNN_U8;
    desc->rounding = spec->rounding;
    desc->dynamic = spec->dynamic;
    desc->dynamic_type = spec->dynamic == CLQNN_STATIC ? CLQNN_TYPE_NONE : spec->dynamic_type;
    make_zero_points(&random, &memory, &desc->a.quantization, spec->a_type, count_of(spec->a_zero, spec->m), spec->extreme_zero);
    make_zero_points(&random, &memory, &desc->b.quantization, spec->b_type, count_of(spec->b_zero, spec->n), spec->extreme_zero);
    make_zero_points(&random, &memory, &desc->c.quantization, spec->c_type, count_of(spec->c_zero, 1), spec->extreme_zero);

    /* one element's typical real value is about TARGET output steps */
    const float a_typical = spec->a_scale == CLQ_PER_NONE ? 1.0f : 0.03f;
    const accumulator_estimate sums = estimate(spec, desc);
    const double ratio = TARGET / sums.deviation;
    const float b_typical = spec->b_scale == CLQ_PER_NONE ? 1.0f : to_bytes ? 0.004f : (float)(ratio / (double)a_typical);
    if (spec->aim != CLQ_AIM_SPREAD) {
        const int64_t mean = (int64_t)floor((double)spec->k * sums.a_mean * sums.b_mean);
        clq_gemm_parameters_aim(spec, desc, mean, memory.next);
        make_clamp(&random, spec, desc);
        return;
    }
    make_scales(&random, &memory, &desc->a.quantization, count_of(spec->a_scale, spec->m), a_typical, ties);
    make_scales(&random, &memory, &desc->b.quantization, count_of(spec->b_scale, spec->n), b_typical, ties);
    if (to_bytes && spec->rounding == CLQNN_FLOAT_EVEN) {
        make_scales(&random, &memory, &desc->c.quantization, 1, (float)((double)(a_typical * b_typical) / ratio), ties);
    }
    if (spec->rounding != CLQNN_FLOAT_EVEN) make_fixed(&random, &memory, spec, desc, ratio);
    make_bias(&random, &memory, spec, desc, &sums);
    make_clamp(&random, spec, desc);
}
