/* SPDX-License-Identifier: Apache-2.0 */
/* The rule of docs/weight-formats.md, "Quantizing", step by step: one group of one column at a time. */
#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "clqnn/reference_groups.h"
#include "stored_value.h"
#include "tensor_view.h"

/* The weights of one group: `count` of them, `step` elements apart. */
typedef struct weight_group {
    const void *weights;
    clqnn_type type;
    int64_t first, step, count;
} weight_group;

typedef struct affine {
    float scale;
    int32_t zero_point;
} affine;

/* What the descriptor says, in the form that the rule needs. */
typedef struct rounding_rule {
    int32_t lowest, highest;      /* codes */
    bool asymmetric;
    clqnn_type scale_type;
} rounding_rule;

static float weight_at(const weight_group *group, int64_t i)
{
    return clq_reference_load_float(group->type, group->weights, group->first + i * group->step);
}

static int32_t code_of(const rounding_rule *rule, affine parameters, float weight)
{
    const float quotient = weight / parameters.scale;
    const double code = (double)rintf(quotient) + (double)parameters.zero_point;
    return code <= (double)rule->lowest ? rule->lowest : code >= (double)rule->highest ? rule->highest : (int32_t)code;
}

static double error_of(const rounding_rule *rule, const weight_group *group, affine parameters)
{
    double sum = 0.0;
    for (int64_t i = 0; i < group->count; i++) {
        const float product = parameters.scale * (float)(code_of(rule, parameters, weight_at(group, i)) - parameters.zero_point);
        const float error = weight_at(group, i) - product;
        sum += (double)error * (double)error;
    }
    return sum;
}

static float stored_scale(float scale, clqnn_type type)
{
    const float stored = clq_reference_stored_round(scale, type);
    return stored == 0.0f ? 1.0f : stored;
}

static affine symmetric_candidate(const rounding_rule *rule, const weight_group *group, int candidate)
{
    float extreme = 0.0f;
    for (int64_t i = 0; i < group->count; i++) {
        if (fabsf(weight_at(group, i)) > fabsf(extreme)) extreme = weight_at(group, i);
    }
    if (candidate == 0) return (affine){.scale = stored_scale(fabsf(extreme) / (float)rule->highest, rule->scale_type)};
    const float clipped = extreme * ((float)(65 - candidate) / 64.0f);
    return (affine){.scale = stored_scale(clipped / (float)rule->lowest, rule->scale_type)};
}

static affine asymmetric_candidate(const rounding_rule *rule, const weight_group *group, int candidate)
{
    float low = 0.0f, high = 0.0f;
    for (int64_t i = 0; i < group->count; i++) {
        low = fminf(low, weight_at(group, i));
        high = fmaxf(high, weight_at(group, i));
    }
    const float share = (float)(64 - candidate) / 64.0f;
    low *= share;
    high *= share;
    const float range = high - low;
    affine parameters = {.scale = stored_scale(range / (float)rule->highest, rule->scale_type)};
    parameters.zero_point = code_of(rule, parameters, -low);
    return parameters;
}

static affine candidate_of(const rounding_rule *rule, const weight_group *group, int candidate)
{
    return rule->asymmetric ? asymmetric_candidate(rule, group, candidate) : symmetric_candidate(rule, group, candidate);
}

static affine fitted(const rounding_rule *rule, const weight_group *group, affine present)
{
    double products = 0.0, squares = 0.0;
    for (int64_t i = 0; i < group->count; i++) {
        const double level = code_of(rule, present, weight_at(group, i)) - present.zero_point;
        products += (double)weight_at(group, i) * level;
        squares += level * level;
    }
    if (!(squares > 0.0)) return present;
    const float scale = clq_reference_stored_round((float)(products / squares), rule->scale_type);
    return scale != 0.0f && isfinite(scale) ? (affine){.scale = scale, .zero_point = present.zero_point} : present;
}

static affine least_error(const rounding_rule *rule, const weight_group *group)
{
    affine best = candidate_of(rule, group, 0);
    double least = error_of(rule, group, best);
    const int candidates = rule->asymmetric ? 48 : 49;
    for (int i = 1; i < candidates + 3; i++) {
        const affine next = i < candidates ? candidate_of(rule, group, i) : fitted(rule, group, best);
        const double error = error_of(rule, group, next);
        if (error < least) {
            least = error;
            best = next;
        }
    }
    return best;
}

static rounding_rule rule_of(const clqnn_quantize_groups_desc *desc)
{
    const int32_t half = 1 << (desc->bits - 1);
    return (rounding_rule){.lowest = desc->asymmetric ? 0 : -half, .highest = desc->asymmetric ? 2 * half - 1 : half - 1, .asymmetric = desc->asymmetric,
                           .scale_type = desc->scale_type ? desc->scale_type : CLQNN_F16};
}

clqnn_status clqnn_reference_quantize_groups(const clqnn_quantize_groups_desc *desc, int32_t *codes, float *scales, int32_t *zero_points)
{
    if (!desc || !desc->weights || !codes || !scales) return CLQNN_INVALID_ARGUMENT;
    const rounding_rule rule = rule_of(desc);
    const int64_t n = desc->n, k = desc->k, size = desc->group_size, groups = (k + size - 1) / size;
    for (int64_t g = 0; g < groups; g++) {
        for (int64_t column = 0; column < n; column++) {
            const weight_group group = {.weights = desc->weights, .type = desc->weight_type ? desc->weight_type : CLQNN_F32,
                                        .first = desc->transposed ? column * k + g * size : g * size * n + column, .step = desc->transposed ? 1 : n,
                                        .count = k - g * size < size ? k - g * size : size};
            const affine parameters = desc->scale == CLQNN_GROUP_LEAST_ERROR ? least_error(&rule, &group) : candidate_of(&rule, &group, 0);
            const int64_t at = desc->transposed ? column * groups + g : g * n + column;
            scales[at] = parameters.scale;
            if (zero_points) zero_points[at] = parameters.zero_point;
            for (int64_t i = 0; i < group.count; i++) codes[group.first + i * group.step] = code_of(&rule, parameters, weight_at(&group, i));
        }
    }
    return CLQNN_OK;
}
