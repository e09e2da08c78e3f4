/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_tables.h"

#include <stdlib.h>
#include <string.h>

#include "core/checked.h"
#include "core/message.h"
#include "device/constant.h"
#include "device/context.h"

#define PLANE_ALIGNMENT 64   /* words; kernels load whole panels and vectors of up to 16 beyond the last column */

typedef struct table_shape {
    int64_t matrices;        /* stored matrices of constant b, else 1 */
    int64_t plane;           /* words of one table of one matrix */
    int64_t columns_words, sums_words, rows_words;
} table_shape;

/* zb on the s8 side, as packed. */
static int32_t packed_zero(const clq_gemm_spec *spec, int64_t column)
{
    return clq_zero_point_at(&spec->desc.b.quantization, column) - (spec->problem.b.type == CLQNN_U8 ? 128 : 0);
}

/* What is added to za when a's bytes are read with the variant's signedness. */
static int32_t zero_shift(const clqnn_gemm *plan)
{
    if (plan->problem.a_integer == plan->variant->a_signedness) return 0;
    return plan->variant->a_signedness == CLQNN_U8 ? 128 : -128;
}

/* With scales per row the kernel multiplies by a's itself. */
static int32_t multiplier_bits(const clq_gemm_spec *spec, const clq_requantization *rules, int64_t column)
{
    return spec->problem.row_scales ? clq_float_bits(clq_scale_at(&rules->right, column)) : clq_multiplier_bits(rules, column);
}

/* bias + what is known of -za' * (sum_k b' - k * zb'), modulo 2^32. */
static int32_t base_of(const clqnn_gemm *plan, const clq_gemm_spec *spec, int64_t sum, int64_t column)
{
    int64_t base = spec->desc.bias && spec->desc.bias_type == CLQNN_S32 ? ((const int32_t *)spec->desc.bias)[column] : 0;
    if (!(plan->params.flags & GEMM_USE_COLUMN_SUMS)) base -= (int64_t)plan->params.a_zero * sum;
    return (int32_t)(uint32_t)(uint64_t)base;
}

static void fill_columns(const clqnn_gemm *plan, const clq_gemm_spec *spec, const table_shape *shape, int32_t *words)
{
    const clq_requantization rules = clq_gemm_requantization(&spec->desc);
    const int64_t n = plan->problem.n;
    int32_t *sums = words + shape->columns_words;
    for (int64_t matrix = 0; matrix < shape->matrices; matrix++) {
        int32_t *table = words + matrix * shape->plane * COLUMN_TABLES;
        for (int64_t i = 0; i < n; i++) {
            const int64_t zero = packed_zero(spec, i);
            const int64_t sum = plan->weights ? plan->weights->columns[matrix * n + i].sum - plan->problem.k * zero : 0;
            table[COLUMN_BASE * shape->plane + i] = base_of(plan, spec, sum, i);
            table[COLUMN_ZERO * shape->plane + i] = (int32_t)zero;
            table[COLUMN_MULTIPLIER * shape->plane + i] = multiplier_bits(spec, &rules, i);
            table[COLUMN_SHIFT * shape->plane + i] = clq_multiplier_shift(&rules, i);
            table[COLUMN_FLOAT_BIAS * shape->plane + i] = plan->problem.float_bias ? clq_float_bits(((const float *)spec->desc.bias)[i]) : 0;
            if (shape->sums_words) sums[matrix * shape->plane + i] = (int32_t)(uint32_t)(uint64_t)sum;
        }
    }
}

static void fill_rows(const clq_gemm_spec *spec, int32_t *rows)
{
    for (int64_t i = 0; i < spec->problem.m; i++) {
        rows[2 * i] = clq_zero_point_at(&spec->desc.a.quantization, i);
        rows[2 * i + 1] = clq_float_bits(clq_scale_at(&spec->desc.a.quantization, i));
    }
}

static bool shape_tables(const clqnn_gemm *plan, table_shape *shape, uint64_t *bytes)
{
    const clq_gemm_problem *problem = &plan->problem;
    const bool static_rows = problem->dynamic == CLQNN_STATIC && (plan->params.flags & (GEMM_ROW_ZERO_POINTS | GEMM_ROW_SCALES));
    const int64_t padded = clq_layout_padded_n(plan->variant->b_layout, problem->n);
    *shape = (table_shape){.matrices = plan->weights ? plan->weights->batch[0] * plan->weights->batch[1] : 1,
                           .plane = (padded + 2 * PLANE_ALIGNMENT - 1) / PLANE_ALIGNMENT * PLANE_ALIGNMENT,
                           .rows_words = static_rows ? 2 * problem->m : 0};
    uint64_t plane_words = 0, words = 0;
    bool fits = clq_multiply((uint64_t)shape->matrices, (uint64_t)shape->plane, &plane_words) && clq_multiply(plane_words, COLUMN_TABLES + 1, &words)
                && clq_add(words, (uint64_t)shape->rows_words, &words) && clq_multiply(words, sizeof(int32_t), bytes);
    fits = fits && *bytes <= plan->context->info.max_alloc_bytes;
    if (!fits) return false;
    shape->columns_words = (int64_t)plane_words * COLUMN_TABLES;
    shape->sums_words = plan->weights && (plan->params.flags & GEMM_USE_COLUMN_SUMS) ? (int64_t)plane_words : 0;
    *bytes = (uint64_t)(shape->columns_words + shape->sums_words + shape->rows_words) * sizeof(int32_t);
    return true;
}

/* Strides of a table of `words` words for each stored matrix; a broadcast dimension has none. */
static void batch_strides(const clqnn_gemm *plan, int64_t words, clq_ulong strides[2])
{
    const int64_t *batch = plan->weights ? plan->weights->batch : NULL;
    strides[0] = batch && batch[0] > 1 ? (clq_ulong)(words * batch[1]) : 0;
    strides[1] = batch && batch[1] > 1 ? (clq_ulong)words : 0;
}

static void describe_tables(clqnn_gemm *plan, const table_shape *shape)
{
    gemm_params *params = &plan->params;
    params->columns_plane = (clq_ulong)shape->plane;
    batch_strides(plan, shape->plane * COLUMN_TABLES, params->columns_batch_stride);
    if (plan->weights) {
        params->column_sums_offset = (clq_ulong)shape->columns_words;
        batch_strides(plan, shape->plane, params->column_sums_batch_stride);
    }
    if (shape->rows_words) {
        params->rows_offset = (clq_ulong)(shape->columns_words + shape->sums_words) / 2; /* planes are even */
        params->rows_row_step = 1;
    }
}

clqnn_status clq_gemm_create_tables(clqnn_gemm *plan, const clq_gemm_spec *spec)
{
    table_shape shape;
    uint64_t bytes = 0;
    plan->params.a_zero = zero_shift(plan) + (plan->params.flags & GEMM_ROW_ZERO_POINTS ? 0 : clq_zero_point_at(&spec->desc.a.quantization, 0));
    if (!shape_tables(plan, &shape, &bytes)) {
        return clq_fail(CLQNN_INVALID_SHAPE, "the tables of n %lld columns are beyond the device's largest allocation", (long long)plan->problem.n);
    }
    int32_t *words = calloc((size_t)bytes, 1);
    if (!words) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for tables of %llu bytes", (unsigned long long)bytes);
    fill_columns(plan, spec, &shape, words);
    if (shape.rows_words) fill_rows(spec, words + shape.columns_words + shape.sums_words);
    const clqnn_status status = clq_constant_create(plan->context, words, bytes, "a plan's tables", &plan->tables);
    free(words);
    if (status != CLQNN_OK) return status;
    describe_tables(plan, &shape);
    return CLQNN_OK;
}
