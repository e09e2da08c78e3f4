/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm_parameters.h"

#include <math.h>

#include "seeded_random.h"

enum { TARGET = 100 }; /* typical magnitude of a requantized output */

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
    return (size_t)(2 * (spec->m + 1) + 5 * (spec->n + 1) + 2) * 4;
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

/* What |acc| is about, for data spread over the whole range. */
static double typical_accumulator(const clq_gemm_case *spec)
{
    const double rows = spec->k > 0 ? (double)spec->k : 1.0;
    const bool biased = (spec->a_type == CLQNN_U8 && spec->a_zero == CLQ_PER_NONE) || (spec->b_type == CLQNN_U8 && spec->b_zero == CLQ_PER_NONE) ||
                        spec->extreme_zero || spec->a_data == CLQ_DATA_LOWEST || spec->a_data == CLQ_DATA_HIGHEST;
    return (biased ? sqrt(rows) * 14000.0 : sqrt(rows) * 6000.0);
}

static void make_fixed(clq_random *random, arena *memory, const clq_gemm_case *spec, clqnn_gemm_desc *desc, bool ties)
{
    const int64_t count = spec->n > 0 ? count_of(spec->fixed, spec->n) : 1;
    int32_t *const multipliers = take(memory, count), *const shifts = take(memory, count);
    /* a left shift must not push the accumulator out of 32 bits: small k only */
    const bool left = spec->k <= 128 && clq_random_range(random, 0, 5) == 0;
    for (int64_t i = 0; i < count; i++) {
        int exponent = 0;
        const double real = TARGET / typical_accumulator(spec) * (double)clq_random_float(random, 0.3f, 3.0f);
        const double mantissa = frexp(real, &exponent);
        multipliers[i] = ties ? 1 << 30 : (int32_t)(mantissa * 2147483647.0);
        shifts[i] = left ? (int32_t)clq_random_range(random, 0, 3) : exponent;
        if (left) multipliers[i] >>= clq_random_range(random, 6, 12);
    }
    desc->multipliers = multipliers;
    desc->shifts = shifts;
    desc->fixed_count = count;
}

static void make_bias(clq_random *random, arena *memory, const clq_gemm_case *spec, clqnn_gemm_desc *desc)
{
    if (spec->bias_type == CLQNN_TYPE_NONE) return;
    if (spec->bias_type == CLQNN_S32) {
        const int64_t span = (int64_t)(2.0 * typical_accumulator(spec));
        int32_t *const values = take(memory, spec->n > 0 ? spec->n : 1);
        for (int64_t i = 0; i < spec->n; i++) values[i] = (int32_t)clq_random_range(random, -span, span);
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
    const double ratio = TARGET / typical_accumulator(spec);
    const float b_typical = spec->b_scale == CLQ_PER_NONE ? 1.0f : to_bytes ? 0.004f : (float)(ratio / (double)a_typical);
    make_scales(&random, &memory, &desc->a.quantization, count_of(spec->a_scale, spec->m), a_typical, ties);
    make_scales(&random, &memory, &desc->b.quantization, count_of(spec->b_scale, spec->n), b_typical, ties);
    if (to_bytes && spec->rounding == CLQNN_FLOAT_EVEN) {
        make_scales(&random, &memory, &desc->c.quantization, 1, (float)((double)(a_typical * b_typical) / ratio), ties);
    }
    if (spec->rounding != CLQNN_FLOAT_EVEN) make_fixed(&random, &memory, spec, desc, ties);
    make_bias(&random, &memory, spec, desc);
    make_clamp(&random, spec, desc);
}
