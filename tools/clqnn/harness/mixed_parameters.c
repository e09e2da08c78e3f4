/* SPDX-License-Identifier: Apache-2.0 */
/* Scales, bias, clamp, activation and groups of a product's problem. */
#include <string.h>

#include "mixed_problem_data.h"
#include "mixed_values.h"

static bool make_column_scales(clq_mixed_problem *problem, clq_random *random)
{
    const int64_t count = problem->spec.column_scale == CLQ_PER_TENSOR ? 1 : problem->spec.n;
    if (problem->spec.column_scale == CLQ_PER_NONE) return true;
    float *const scales = clq_mixed_problem_own(problem, (size_t)count * sizeof *scales);
    if (!scales) return false;
    for (int64_t i = 0; i < count; i++) scales[i] = clq_random_float(random, 0.25f, 3.0f);
    problem->desc.b.quantization.scales = scales;
    problem->desc.b.quantization.scale_count = count;
    return true;
}

/* Whether all sums are integers. */
static bool is_whole(const clq_mixed_case *spec)
{
    return spec->a_data == CLQ_FLOATS_WHOLE && spec->b_data == CLQ_FLOATS_WHOLE && spec->column_scale == CLQ_PER_NONE && spec->group == 0;
}

static bool make_bias(clq_mixed_problem *problem, clq_random *random)
{
    if (!problem->spec.bias) return true;
    float *const bias = clq_mixed_problem_own(problem, (size_t)problem->spec.n * sizeof *bias);
    if (!bias) return false;
    for (int64_t i = 0; i < problem->spec.n; i++) bias[i] = clq_mixed_value(random, CLQNN_F32, is_whole(&problem->spec) ? CLQ_FLOATS_WHOLE : CLQ_FLOATS_RANDOM, i, 1);
    problem->desc.bias = bias;
    problem->desc.bias_type = CLQNN_F32;
    return true;
}

/* A quantization of c whose range the results spread over, and a clamp that cuts some of them off. */
static bool make_output_numbers(clq_mixed_problem *problem, clq_random *random)
{
    const clq_mixed_case *const spec = &problem->spec;
    const bool to_bytes = spec->c_type == CLQNN_U8 || spec->c_type == CLQNN_S8;
    if (to_bytes) {
        float *const scale = clq_mixed_problem_own(problem, sizeof *scale);
        int32_t *const zero = clq_mixed_problem_own(problem, sizeof *zero), low = spec->c_type == CLQNN_U8 ? 0 : -128;
        if (!scale || !zero) return false;
        *scale = is_whole(spec) ? 2.0f : clq_random_float(random, 0.02f, 0.3f); /* 2: every odd sum is a tie */
        *zero = spec->c_zero ? low + (int32_t)clq_random_range(random, 0, 255) : 0;
        problem->desc.c.quantization = (clqnn_quantization){.scales = scale, .scale_count = 1, .zero_points = zero, .zero_point_count = spec->c_zero};
    }
    problem->desc.has_clamp = spec->clamp;
    if (!spec->clamp) return true;
    problem->desc.clamp_min = to_bytes ? (float)clq_random_range(random, spec->c_type == CLQNN_U8 ? 0 : -128, 20) : clq_random_float(random, -2.0f, 0.5f);
    problem->desc.clamp_max = to_bytes ? (float)clq_random_range(random, 20, 127) : clq_random_float(random, 0.5f, 3.0f);
    return true;
}

static bool make_zeros(clq_mixed_problem *problem, clq_random *random, int64_t count)
{
    const clq_mixed_case *const spec = &problem->spec;
    clqnn_groups *const groups = &problem->desc.groups;
    const bool is_signed = spec->b_type == CLQNN_S2 || spec->b_type == CLQNN_S3 || spec->b_type == CLQNN_S4 || spec->b_type == CLQNN_S6 || spec->b_type == CLQNN_S8;
    unsigned char *const values = clq_mixed_problem_own(problem, (size_t)count * 4);
    int32_t low, high;
    if (!values) return false;
    clq_mixed_integer_range(spec->b_type, &low, &high);
    if (spec->zeros == CLQ_GROUP_INTEGER_ZEROS) {
        for (int64_t i = 0; i < count; i++) values[i] = (unsigned char)(clq_random_range(random, low, high) & 0xff);
        groups->zero_points = values;
        groups->zero_point_type = is_signed ? CLQNN_S8 : CLQNN_U8;
        return true;
    }
    const bool offsets = spec->zeros == CLQ_GROUP_OFFSETS;
    for (int64_t i = 0; i < count; i++) {
        clq_mixed_store(values, i, spec->scale_type, clq_random_float(random, (float)low, (float)high) * (offsets ? 0.01f : 1.0f));
    }
    if (offsets) {
        groups->offsets = values;
    } else {
        groups->zero_points = values;
        groups->zero_point_type = spec->scale_type;
    }
    return true;
}

/* The group of each row: the numbers 0, 0, .. 1, 1, .. shuffled. */
static bool make_index(clq_mixed_problem *problem, clq_random *random)
{
    const int64_t k = problem->spec.k;
    int32_t *const index = clq_mixed_problem_own(problem, (size_t)k * sizeof *index);
    if (!index) return false;
    for (int64_t i = 0; i < k; i++) index[i] = (int32_t)(i / problem->spec.group);
    for (int64_t i = k - 1; i > 0; i--) {
        const int64_t other = clq_random_range(random, 0, i);
        const int32_t kept = index[i];
        index[i] = index[other];
        index[other] = kept;
    }
    problem->desc.groups.index = index;
    return true;
}

static bool make_groups(clq_mixed_problem *problem, clq_random *random)
{
    const clq_mixed_case *const spec = &problem->spec;
    const int64_t count = spec->group ? (spec->k + spec->group - 1) / spec->group * spec->n : 0;
    if (spec->group == 0) return true;
    unsigned char *const scales = clq_mixed_problem_own(problem, (size_t)count * 4);
    if (!scales) return false;
    for (int64_t i = 0; i < count; i++) {
        clq_mixed_store(scales, i, spec->scale_type, clq_random_float(random, 0.004f, 0.03f) * (clq_random_range(random, 0, 7) ? 1.0f : -1.0f));
    }
    problem->desc.groups.size = spec->group;
    problem->desc.groups.scales = scales;
    problem->desc.groups.scale_type = spec->scale_type;
    problem->desc.dynamic = spec->dynamic;
    problem->desc.dynamic_type = spec->dynamic_type;
    return (spec->zeros == CLQ_GROUP_NO_ZEROS || make_zeros(problem, random, count)) && (!spec->group_index || make_index(problem, random));
}

bool clq_mixed_parameters_make(clq_mixed_problem *problem)
{
    clq_random random = clq_random_seed(problem->spec.seed, 1);
    problem->desc.activation = problem->spec.activation;
    problem->desc.accumulation = problem->spec.half_sums ? CLQNN_ACCUMULATE_F16 : CLQNN_ACCUMULATE_F32;
    return make_column_scales(problem, &random) && make_bias(problem, &random) && make_output_numbers(problem, &random) && make_groups(problem, &random);
}
