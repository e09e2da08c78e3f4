/* SPDX-License-Identifier: Apache-2.0 */
/* What every variant's launch of a product of bits is made of: params, bases and column tables. */
#include <string.h>

#include "bits/bits_bound.h"
#include "bits/bits_family.h"
#include "bits/bits_product.h"
#include "quantization/requantization.h"

#define TABLE_COLUMNS 64
#define WORD CLQ_WORD_VALUES

uint64_t clq_bits_table_plane(const clq_bits_problem *problem)
{
    return (uint64_t)((problem->n + TABLE_COLUMNS - 1) / TABLE_COLUMNS * TABLE_COLUMNS);
}

static int32_t lambda_at(const clq_bits_problem *problem, int64_t column)
{
    return clq_bits_lambda(&problem->b_form, clq_zero_point_at(&problem->desc->b.quantization, column));
}

/* Bases differ from matrix to matrix where the weights add something to them. */
static clqnn_status add_bases(const clq_bits_problem *problem, const clq_bits_product *product, clq_op_recipe *recipe, uint64_t *offset, bits_params *params)
{
    const clqnn_gemm_desc *desc = problem->desc;
    const uint64_t plane = clq_bits_table_plane(problem);
    const clqnn_gemm_weights *weights = problem->weights;
    const bool many = weights && clq_bits_has_column_term(product);
    const int64_t matrices = many ? weights->batch[0] * weights->batch[1] : 1;
    if (many && weights->batch[0] > 1) params->base_batch[0] = plane * (clq_ulong)weights->batch[1];
    if (many && weights->batch[1] > 1) params->base_batch[1] = plane;
    uint32_t *bases = clq_op_add_table(recipe, plane * (uint64_t)matrices * sizeof *bases, offset);
    if (!bases) return CLQNN_OUT_OF_MEMORY;
    for (int64_t i = 0; i < matrices * problem->n; i++) {
        const int64_t matrix = i / problem->n, column = i % problem->n;
        int64_t base = problem->k * clq_bits_k_term(product, lambda_at(problem, column));
        if (desc->bias && desc->bias_type == CLQNN_S32) base += ((const int32_t *)desc->bias)[column];
        if (many) base += clq_bits_column_term(product, &problem->b_form, &weights->columns[i]);
        bases[(uint64_t)matrix * plane + (uint64_t)column] = (uint32_t)base; /* modulo 2^32, as all of it */
    }
    return CLQNN_OK;
}

static clqnn_status add_columns(const clq_bits_problem *problem, const clq_bits_product *product, clq_op_recipe *recipe, uint64_t *offset, bits_params *params)
{
    const clqnn_gemm_desc *desc = problem->desc;
    const clq_requantization rules = clq_gemm_requantization(desc);
    const uint64_t plane = clq_bits_table_plane(problem);
    int32_t *table = clq_op_add_table(recipe, BITS_COLUMN_TABLES * plane * sizeof *table, offset);
    if (!table) return CLQNN_OUT_OF_MEMORY;
    for (int64_t i = 0; i < problem->n; i++) {
        const int64_t which = desc->threshold_count == 1 ? 0 : i;
        const int32_t row_factor = clq_bits_row_factor(product, lambda_at(problem, i));
        if (row_factor) params->has_row_sums = 1;
        table[COLUMN_ZERO * plane + (uint64_t)i] = row_factor;
        table[COLUMN_MULTIPLIER * plane + (uint64_t)i] = clq_multiplier_bits(&rules, i);
        table[COLUMN_SHIFT * plane + (uint64_t)i] = clq_multiplier_shift(&rules, i);
        if (desc->bias && desc->bias_type == CLQNN_F32) table[COLUMN_FLOAT_BIAS * plane + (uint64_t)i] = clq_float_bits(((const float *)desc->bias)[i]);
        table[COLUMN_THRESHOLD * plane + (uint64_t)i] = desc->thresholds ? desc->thresholds[which] : 0;
        table[COLUMN_DIRECTION * plane + (uint64_t)i] = desc->directions ? desc->directions[which] : 1;
    }
    return CLQNN_OK;
}

static void set_b(const clq_bits_problem *problem, bits_params *params)
{
    const uint64_t planes = (uint64_t)problem->shape.planes;
    if (problem->weights) {
        const clqnn_gemm_weights *weights = problem->weights;
        const clq_bit_steps steps = clq_bit_panel_steps(weights->bits, &problem->shape);
        const uint64_t words = weights->matrix_bytes / sizeof(uint32_t);
        params->b_panel = steps.panel;
        params->b_column = 1;
        params->b_group = steps.group;
        params->b_plane = steps.plane;
        params->b_batch[0] = weights->batch[0] > 1 ? words * (uint64_t)weights->batch[1] : 0;
        params->b_batch[1] = weights->batch[1] > 1 ? words : 0;
        return;
    }
    params->b_column = (uint64_t)problem->b.leading_dimension / WORD * planes;
    params->b_panel = WORD * params->b_column;
    params->b_group = planes;
    params->b_plane = 1;
    for (int i = 0; i < 2; i++) params->b_batch[i] = (uint64_t)problem->b.batch_stride[i] / WORD * planes;
}

static bits_epilogue epilogue_of(const clq_bits_problem *problem)
{
    const clqnn_gemm_desc *desc = problem->desc;
    bits_epilogue epilogue = {
        .gemm = {
            .columns_plane = clq_bits_table_plane(problem),
            .n = (clq_int)problem->n,
            .out = (clq_int)problem->c.type,
            .rule = (clq_int)desc->rounding,
            .zero_point = clq_zero_point_at(&desc->c.quantization, 0),
            .low = problem->low,
            .high = problem->high,
            .clamp_min = desc->clamp_min,
            .clamp_max = desc->clamp_max,
        },
        .out_planes = clq_is_bits(problem->c.type) ? (clq_int)clqnn_type_bits(problem->c.type) : 0,
        .residual_type = (clq_int)problem->residual.type,
        .has_row_scales = desc->has_row_scales,
    };
    if (desc->bias && desc->bias_type == CLQNN_F32) epilogue.gemm.flags |= GEMM_FLOAT_BIAS;
    if (desc->has_clamp) epilogue.gemm.flags |= GEMM_CLAMP;
    return epilogue;
}

static bits_params params_of(const clq_bits_problem *problem, const clq_bits_product *product)
{
    const uint64_t a_planes = (uint64_t)problem->a_form.planes;
    bits_params params = {
        .epilogue = epilogue_of(problem),
        .a_row = (uint64_t)problem->a.leading_dimension / WORD * a_planes,
        .residual_row = (uint64_t)problem->residual.leading_dimension,
        .row_scale_batch = {(uint64_t)(problem->batch[1] * problem->m), (uint64_t)problem->m},
        .m = (clq_int)problem->m,
        .n = (clq_int)problem->n,
        .k = (clq_int)problem->k,
        .groups = (clq_int)clq_bit_groups(problem->k),
        .inner_batches = (clq_int)problem->batch[1],
        .mode = product->mode,
        .a_planes = problem->a_form.planes,
        .b_planes = problem->b_form.planes,
        .factor = product->factor,
        .has_column_sums = !problem->b_constant && clq_bits_has_column_term(product),
    };
    const uint64_t c_planes = (uint64_t)params.epilogue.out_planes;
    params.c_row = c_planes ? (uint64_t)problem->c.leading_dimension / WORD * c_planes : (uint64_t)problem->c.leading_dimension;
    for (int i = 0; i < 2; i++) {
        const uint64_t c = (uint64_t)problem->c.batch_stride[i];
        params.a_batch[i] = (uint64_t)problem->a.batch_stride[i] / WORD * a_planes;
        params.c_batch[i] = c_planes ? c / WORD * c_planes : c;
        params.residual_batch[i] = (uint64_t)problem->residual.batch_stride[i];
    }
    for (int i = 0; i < BITS_PLANES; i++) {
        params.a_weights[i] = problem->a_form.weights[i];
        params.b_weights[i] = problem->b_form.weights[i];
        params.row_weights[i] = product->row_weights[i];
        params.column_weights[i] = product->column_weights[i];
    }
    return params;
}

static uint8_t input_or_tables(int32_t input)
{
    return input >= 0 ? (uint8_t)(CLQ_OP_INPUT + input) : (uint8_t)CLQ_OP_TABLES;
}

clq_op_step *clq_bits_add_step(const clq_bits_problem *problem, bool and_only, clq_op_recipe *recipe)
{
    const clq_bits_product product = clq_bits_product_of(&problem->a_form, clq_bits_lambda(&problem->a_form, problem->a_zero), &problem->b_form, and_only);
    bits_params params = params_of(problem, &product);
    uint64_t bases = 0, columns = 0;
    set_b(problem, &params);
    if (add_bases(problem, &product, recipe, &bases, &params) != CLQNN_OK) return NULL;
    if (add_columns(problem, &product, recipe, &columns, &params) != CLQNN_OK) return NULL;
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return NULL;
    const bool packed = problem->weights && problem->weights->packed;
    const uint8_t buffers[] = {input_or_tables(problem->a_input), packed ? CLQ_OP_WEIGHTS : input_or_tables(problem->b_input), CLQ_OP_TABLES, CLQ_OP_TABLES,
                               input_or_tables(problem->residual_input), input_or_tables(problem->row_scale_input), CLQ_OP_OUTPUT};
    memcpy(step->buffers, buffers, sizeof buffers);
    step->base[2] = bases;
    step->base[3] = columns;
    memcpy(step->params, &params, sizeof params);
    if (packed) recipe->weights = problem->weights->packed;
    return step;
}
_Static_assert(sizeof(bits_params) <= CLQ_OP_PARAMS_WORDS * 8, "params fit");
