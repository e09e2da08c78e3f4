/* SPDX-License-Identifier: Apache-2.0 */
/* Loops run over lanes innermost, so that compilers make vectors of them; each lane adds its own errors in the order of rows, so that no machine's width
 * shows. */
#include "import/group_rounding.h"

#include <math.h>

#include "core/float_storage.h"

#define LANES CLQ_GROUP_LANES
#define STEPS 48     /* scales that are tried: shares 1, 63/64, .. 17/64 of the range */
#define FITS 3       /* times that the best scale is fitted to its codes */

/* What a group is in all: of a symmetric one the first weight of largest magnitude, of an asymmetric one its ends, with 0 between them. */
typedef struct group_range {
    float extreme[LANES], low[LANES], high[LANES];
} group_range;

/* Limits of q - z. */
typedef struct code_limits {
    float low[LANES], high[LANES];
} code_limits;

/* To nearest, ties to even, of a number below 2^22: what is behind the point leaves the sum. Without a call, unlike rintf where the instruction is not part
 * of the baseline. */
static inline float round_even(float x)
{
    return (x + 0x1.8p23f) - 0x1.8p23f;
}

/* q - z. Limits are whole numbers, so that limiting first gives the same and keeps the number small. */
static inline float level_of(float x, float scale, float low, float high)
{
    float level = x / scale;
    level = level > low ? level : low;
    level = level < high ? level : high;
    return round_even(level);
}

static void find_range(const float *x, int64_t rows, group_range *range)
{
    *range = (group_range){.extreme = {0}};
    for (int64_t row = 0; row < rows; row++, x += LANES) {
        for (int lane = 0; lane < LANES; lane++) {
            const float value = x[lane];
            range->extreme[lane] = fabsf(value) > fabsf(range->extreme[lane]) ? value : range->extreme[lane];
            range->low[lane] = value < range->low[lane] ? value : range->low[lane];
            range->high[lane] = value > range->high[lane] ? value : range->high[lane];
        }
    }
}

static float stored_scale(float scale, clqnn_type type)
{
    const float stored = clq_stored_round(scale, type);
    return stored == 0.0f ? 1.0f : stored;
}

/* Scale and zero point of candidate 0, which clips nothing, and of those after it. */
static void propose(const clq_group_rule *rule, const group_range *range, int candidate, clq_group_parameters *proposed)
{
    const float whole = (float)((1 << rule->bits) - 1), half = (float)(1 << (rule->bits - 1));
    for (int lane = 0; lane < LANES; lane++) {
        proposed->zero_points[lane] = 0.0f;
        if (!rule->asymmetric) {
            const float share = 1.0f - (float)(candidate - 1) / 64.0f;
            const float scale = candidate == 0 ? fabsf(range->extreme[lane]) / (half - 1.0f) : range->extreme[lane] * share / -half;
            proposed->scales[lane] = stored_scale(scale, rule->scale_type);
            continue;
        }
        const float share = 1.0f - (float)candidate / 64.0f, low = range->low[lane] * share, high = range->high[lane] * share;
        const float scale = stored_scale((high - low) / whole, rule->scale_type);
        proposed->scales[lane] = scale;
        proposed->zero_points[lane] = level_of(-low, scale, 0.0f, whole);
    }
}

static void find_limits(const clq_group_rule *rule, const clq_group_parameters *parameters, code_limits *limits)
{
    const float low = rule->asymmetric ? 0.0f : (float)-(1 << (rule->bits - 1));
    const float high = rule->asymmetric ? (float)((1 << rule->bits) - 1) : (float)((1 << (rule->bits - 1)) - 1);
    for (int lane = 0; lane < LANES; lane++) {
        limits->low[lane] = low - parameters->zero_points[lane];
        limits->high[lane] = high - parameters->zero_points[lane];
    }
}

/* errors = sum of (double)e * e, e = x - s * (q - z) in binary32. */
static void sum_errors(const clq_group_rule *rule, const float *x, int64_t rows, const clq_group_parameters *parameters, double *errors)
{
    code_limits limits;
    find_limits(rule, parameters, &limits);
    for (int lane = 0; lane < LANES; lane++) errors[lane] = 0.0;
    for (int64_t row = 0; row < rows; row++, x += LANES) {
        float rest[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            rest[lane] = x[lane] - parameters->scales[lane] * level_of(x[lane], parameters->scales[lane], limits.low[lane], limits.high[lane]);
        }
        for (int lane = 0; lane < LANES; lane++) errors[lane] += (double)rest[lane] * (double)rest[lane];
    }
}

/* Keeps in each lane what has the smaller error; the earlier of equals. */
static void keep_better(const clq_group_parameters *proposed, const double *errors, clq_group_parameters *chosen, double *least)
{
    for (int lane = 0; lane < LANES; lane++) {
        if (!(errors[lane] < least[lane])) continue;
        least[lane] = errors[lane];
        chosen->scales[lane] = proposed->scales[lane];
        chosen->zero_points[lane] = proposed->zero_points[lane];
    }
}

/* The scale of least error for the codes that the present one gives: sum(x * (q - z)) / sum((q - z)^2). Where there is none, the present one stays. */
static void fit(const clq_group_rule *rule, const float *x, int64_t rows, const clq_group_parameters *present, clq_group_parameters *fitted)
{
    code_limits limits;
    double products[LANES] = {0}, squares[LANES] = {0};
    find_limits(rule, present, &limits);
    for (int64_t row = 0; row < rows; row++, x += LANES) {
        float levels[LANES];
        for (int lane = 0; lane < LANES; lane++) levels[lane] = level_of(x[lane], present->scales[lane], limits.low[lane], limits.high[lane]);
        for (int lane = 0; lane < LANES; lane++) {
            products[lane] += (double)x[lane] * (double)levels[lane];
            squares[lane] += (double)levels[lane] * (double)levels[lane];
        }
    }
    *fitted = *present;
    for (int lane = 0; lane < LANES; lane++) {
        const float scale = squares[lane] > 0.0 ? clq_stored_round((float)(products[lane] / squares[lane]), rule->scale_type) : 0.0f;
        if (scale != 0.0f && isfinite(scale)) fitted->scales[lane] = scale;
    }
}

static void search(const clq_group_rule *rule, const float *x, int64_t rows, const group_range *range, clq_group_parameters *chosen)
{
    const int candidates = rule->asymmetric ? STEPS : STEPS + 1;
    clq_group_parameters proposed;
    double least[LANES], errors[LANES];
    sum_errors(rule, x, rows, chosen, least);
    for (int candidate = 1; candidate < candidates; candidate++) {
        propose(rule, range, candidate, &proposed);
        sum_errors(rule, x, rows, &proposed, errors);
        keep_better(&proposed, errors, chosen, least);
    }
    for (int i = 0; i < FITS; i++) {
        fit(rule, x, rows, chosen, &proposed);
        sum_errors(rule, x, rows, &proposed, errors);
        keep_better(&proposed, errors, chosen, least);
    }
}

void clq_round_group(const clq_group_rule *rule, const float *x, int64_t rows, uint8_t *codes, clq_group_parameters *chosen)
{
    group_range range;
    code_limits limits;
    find_range(x, rows, &range);
    propose(rule, &range, 0, chosen);
    if (rule->scale == CLQNN_GROUP_LEAST_ERROR) search(rule, x, rows, &range, chosen);
    find_limits(rule, chosen, &limits);
    for (int64_t row = 0; row < rows; row++, x += LANES, codes += LANES) {
        for (int lane = 0; lane < LANES; lane++) {
            const float code = level_of(x[lane], chosen->scales[lane], limits.low[lane], limits.high[lane]) + chosen->zero_points[lane];
            codes[lane] = (uint8_t)(int32_t)code;
        }
    }
}
