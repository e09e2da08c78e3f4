/* SPDX-License-Identifier: Apache-2.0 */
/* The constants of a plan in one buffer: column tables, tap sums, table (kernels/cl/prelude/conv_params.cl). */
#include <stdlib.h>
#include <string.h>

#include "conv/conv_plan.h"
#include "core/checked.h"
#include "core/message.h"
#include "device/constant.h"
#include "device/context.h"

#define PLANE_ALIGNMENT 64   /* words; kernels load whole panels and vectors beyond the last channel */
#define TABLE_WORDS 64       /* 256 bytes */

typedef struct constants_shape {
    int64_t plane;           /* words of one table, or of one tap's sums */
    int64_t sums_words;      /* where tap sums start */
    int64_t table_words;     /* where the table starts */
    uint64_t bytes;
} constants_shape;

static bool shape_constants(const clqnn_conv *plan, constants_shape *shape)
{
    const int64_t plane = (plan->problem.out_channels + 2 * PLANE_ALIGNMENT - 1) / PLANE_ALIGNMENT * PLANE_ALIGNMENT;
    uint64_t words = 0;
    const bool fits = clq_multiply((uint64_t)plane, (uint64_t)(COLUMN_TABLES + clq_conv_taps(&plan->problem.weights)), &words)
                      && clq_add(words, TABLE_WORDS, &words) && clq_multiply(words, sizeof(int32_t), &shape->bytes)
                      && shape->bytes <= plan->context->info.max_alloc_bytes;
    if (!fits) return false;
    shape->plane = plane;
    shape->sums_words = plane * COLUMN_TABLES;
    shape->table_words = (int64_t)words - TABLE_WORDS;
    return true;
}

static int32_t wrap(int64_t value)
{
    return (int32_t)(uint32_t)(uint64_t)value;
}

/* zw on the s8 side, as packed. */
static int64_t packed_zero(const clqnn_conv_weights *weights, int64_t o)
{
    return weights->zero_points[o] - (weights->source.type == CLQNN_U8 ? 128 : 0);
}

static void fill_columns(const clqnn_conv *plan, const clq_conv_spec *spec, const constants_shape *shape, int32_t *words)
{
    const clqnn_conv_weights *weights = plan->weights;
    const int64_t products = clq_conv_taps(&plan->problem.weights) * plan->problem.weights.group_in;
    const int32_t *bias = spec->desc.bias && spec->desc.bias_type == CLQNN_S32 ? spec->desc.bias : NULL;
    for (int64_t o = 0; o < plan->problem.out_channels; o++) {
        const int64_t zero = packed_zero(weights, o), sum = weights->channels[o].sum - products * zero;
        words[COLUMN_BASE * shape->plane + o] = wrap((bias ? bias[o] : 0) - (int64_t)plan->params.product.a_zero * sum);
        words[COLUMN_ZERO * shape->plane + o] = (int32_t)zero;
        words[COLUMN_MULTIPLIER * shape->plane + o] = clq_multiplier_bits(&spec->rules, o);
        words[COLUMN_SHIFT * shape->plane + o] = clq_multiplier_shift(&spec->rules, o);
        words[COLUMN_FLOAT_BIAS * shape->plane + o] = plan->problem.float_bias ? clq_float_bits(((const float *)spec->desc.bias)[o]) : 0;
    }
}

static void fill_tap_sums(const clqnn_conv *plan, const constants_shape *shape, int32_t *words)
{
    const clqnn_conv_weights *weights = plan->weights;
    const int64_t channels = plan->problem.out_channels, group_in = plan->problem.weights.group_in;
    for (int64_t tap = 0; tap < clq_conv_taps(&plan->problem.weights); tap++) {
        int32_t *row = words + shape->sums_words + tap * shape->plane;
        for (int64_t o = 0; o < channels; o++) row[o] = wrap((int64_t)weights->tap_sums[tap * channels + o] - group_in * packed_zero(weights, o));
    }
}

clqnn_status clq_conv_create_constants(clqnn_conv *plan, const clq_conv_spec *spec)
{
    constants_shape shape;
    if (!shape_constants(plan, &shape)) {
        return clq_fail(CLQNN_INVALID_SHAPE, "the tables of %lld output channels are beyond the device's largest allocation", (long long)plan->problem.out_channels);
    }
    int32_t *words = calloc((size_t)shape.bytes, 1);
    if (!words) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for tables of %llu bytes", (unsigned long long)shape.bytes);
    fill_columns(plan, spec, &shape, words);
    fill_tap_sums(plan, &shape, words);
    if (spec->desc.table) memcpy(words + shape.table_words, spec->desc.table, 256);
    const clqnn_status status = clq_constant_create(plan->context, words, shape.bytes, "a plan's tables", &plan->constants);
    free(words);
    plan->params.product.columns_plane = (clq_ulong)shape.plane;
    plan->params.tap_sums_offset = (clq_ulong)shape.sums_words;
    plan->params.table_offset = (clq_ulong)shape.table_words * sizeof(int32_t);
    return status;
}
