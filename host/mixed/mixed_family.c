/* SPDX-License-Identifier: Apache-2.0 */
#include "mixed/mixed_family.h"

#include <string.h>

#include "layout/group_codes.h"
#include "mixed/mixed_validate.h"
#include "mixed/mixed_variants.h"
#include "quantization/quantization.h"

#define TABLE_COLUMNS 64

/* rows x columns of every batch, as the framework sees tensors. */
static clq_tensor tensor_of(const clq_mixed_problem *problem, const clq_gemm_matrix *matrix, int64_t rows, int64_t columns, int64_t span)
{
    clq_tensor tensor = {.type = matrix->type, .rank = 4, .shape = {problem->batch[0], problem->batch[1], rows, columns}, .span = span};
    tensor.strides[0] = matrix->batch_stride[0];
    tensor.strides[1] = matrix->batch_stride[1];
    tensor.strides[2] = matrix->transposed ? 1 : matrix->leading_dimension;
    tensor.strides[3] = matrix->transposed ? matrix->leading_dimension : 1;
    tensor.count = problem->batch[0] * problem->batch[1] * rows * columns;
    return tensor;
}

static bool same_place(const clq_gemm_matrix *a, const clq_gemm_matrix *b)
{
    return a->type == b->type && a->leading_dimension == b->leading_dimension && memcmp(a->batch_stride, b->batch_stride, sizeof a->batch_stride) == 0;
}

static clqnn_status validate(const void *given, void *made, clq_op_signature *signature)
{
    const clq_mixed_call *call = given;
    clq_mixed_problem *problem = made;
    CLQ_FORWARD(clq_mixed_validate(call->desc, call->weights, problem));
    signature->wanted = call->desc->variant;
    if (problem->a_input >= 0) {
        const clq_tensor a = tensor_of(problem, &problem->a, problem->m, problem->k, problem->a_span);
        CLQ_FORWARD(clq_op_add_input(signature, "a", -1, &a, false));
    }
    if (problem->b_input >= 0) {
        const clq_tensor b = tensor_of(problem, &problem->b, problem->k, problem->n, problem->b_span);
        CLQ_FORWARD(clq_op_add_input(signature, "b", -1, &b, false));
    }
    if (problem->residual_input >= 0) {
        const clq_tensor residual = tensor_of(problem, &problem->residual, problem->m, problem->n, problem->residual_span);
        CLQ_FORWARD(clq_op_add_input(signature, "residual", -1, &residual, same_place(&problem->residual, &problem->c)));
    }
    const clq_tensor c = tensor_of(problem, &problem->c, problem->m, problem->n, problem->c_span);
    return clq_op_add_output(signature, "c", -1, &c);
}

const char *clq_mixed_refuses(const clq_mixed_problem *problem, const clq_mixed_layout *layout, bool reads_b_in_place)
{
    return clq_mixed_refuses_sums(problem, layout, reads_b_in_place, CLQNN_ACCUMULATE_F32);
}

const char *clq_mixed_refuses_sums(const clq_mixed_problem *problem, const clq_mixed_layout *layout, bool reads_b_in_place, clqnn_accumulation accumulation)
{
    const char *refusal = clq_accumulation_refusal(accumulation, problem->accumulation);
    if (refusal) return refusal;
    if (!problem->b_constant && !reads_b_in_place) return "it needs constant weights";
    if (problem->weights && problem->weights->mixed != layout) return "the weights are packed in another layout";
    return layout->refuses(layout, &problem->form);
}

/* What kernels of integers with groups need besides. */
static void add_groups(mixed_params *params, const clq_mixed_problem *problem)
{
    const clq_mixed_form *form = &problem->form;
    clq_group_shape shape;
    if (!form->group || !clq_group_shape_of(form, &shape)) return;
    params->group = (clq_int)form->group;
    params->group_rows = (clq_int)shape.group_rows;
    params->packed_rows = (clq_int)shape.rows;
    params->scale_type = (clq_int)form->scale_type;
    params->zero_point_type = (clq_int)form->zero_point_type;
    params->has_offsets = form->has_offsets;
    params->scales = shape.scales;
    params->zero_points = shape.zeros;
    params->order = form->has_index ? shape.order : 0;
    params->code_bits = clq_code_bits(form->type);
    params->code_bias = clq_code_bias(form->type);
    if (problem->desc->dynamic == CLQNN_STATIC) return;
    params->a_quantized = problem->desc->dynamic_type == CLQNN_S8 ? MIXED_S8 : MIXED_U8;
}

static mixed_params params_of(const clq_mixed_problem *problem, uint64_t table_plane)
{
    const clqnn_gemm_desc *desc = problem->desc;
    const uint64_t b_size = clqnn_type_size(problem->b.type);
    mixed_params params = {
        .a_row = (clq_ulong)(problem->a.transposed ? 1 : problem->a.leading_dimension),
        .a_column = (clq_ulong)(problem->a.transposed ? problem->a.leading_dimension : 1),
        .a_batch = {(clq_ulong)problem->a.batch_stride[0], (clq_ulong)problem->a.batch_stride[1]},
        .b_row = (clq_ulong)(problem->b.transposed ? 1 : problem->b.leading_dimension),
        .b_column = (clq_ulong)(problem->b.transposed ? problem->b.leading_dimension : 1),
        .b_batch = {(clq_ulong)problem->b.batch_stride[0] * b_size, (clq_ulong)problem->b.batch_stride[1] * b_size},
        .b_panel = (clq_ulong)(16 * (problem->b.transposed ? problem->b.leading_dimension : 1)),
        .c_row = (clq_ulong)problem->c.leading_dimension,
        .c_batch = {(clq_ulong)problem->c.batch_stride[0], (clq_ulong)problem->c.batch_stride[1]},
        .residual_row = (clq_ulong)problem->residual.leading_dimension,
        .residual_batch = {(clq_ulong)problem->residual.batch_stride[0], (clq_ulong)problem->residual.batch_stride[1]},
        .table_plane = table_plane,
        .m = (clq_int)problem->m,
        .n = (clq_int)problem->n,
        .k = (clq_int)problem->k,
        .inner_batches = (clq_int)problem->batch[1],
        .a_type = (clq_int)problem->a.type,
        .b_type = (clq_int)problem->b.type,
        .c_type = (clq_int)problem->c.type,
        .residual_type = (clq_int)problem->residual.type,
        .has_scale = desc->b.quantization.scale_count != 0,
        .has_bias = desc->bias != NULL,
        .activation = (clq_int)problem->activation,
        .has_clamp = desc->has_clamp,
        .clamp_min = desc->clamp_min,
        .clamp_max = desc->clamp_max,
        .c_scale = clq_scale_at(&desc->c.quantization, 0),
        .c_zero = clq_zero_point_at(&desc->c.quantization, 0),
        .low = problem->low,
        .high = problem->high,
    };
    if (problem->weights) {
        const uint64_t bytes = problem->weights->matrix_bytes, inner = (uint64_t)problem->weights->batch[1];
        const uint64_t panel = (uint64_t)problem->weights->mixed->panel_n, group_k = (uint64_t)problem->weights->mixed->group_k;   /* panel 0: a layout of rows */
        params.b_row = panel ? panel : (clq_ulong)problem->n;
        params.b_column = 1;
        params.b_panel = panel ? panel * (((uint64_t)problem->k + group_k - 1) / group_k * group_k) : 16;
        params.b_padded = panel != 0;
        params.b_batch[0] = problem->weights->batch[0] > 1 ? bytes * inner : 0;
        params.b_batch[1] = problem->weights->batch[1] > 1 ? bytes : 0;
    }
    add_groups(&params, problem);
    return params;
}

static uint8_t input_or_tables(int32_t input)
{
    return input >= 0 ? (uint8_t)(CLQ_OP_INPUT + input) : (uint8_t)CLQ_OP_TABLES;
}

clq_op_step *clq_mixed_add_step(const clq_mixed_problem *problem, clq_op_recipe *recipe)
{
    const clqnn_gemm_desc *desc = problem->desc;
    const uint64_t plane = (uint64_t)((problem->n + TABLE_COLUMNS - 1) / TABLE_COLUMNS * TABLE_COLUMNS);
    uint64_t offset = 0;
    float *table = clq_op_add_table(recipe, 2 * plane * sizeof *table, &offset);
    if (!table) return NULL;
    for (int64_t i = 0; i < problem->n; i++) {
        table[i] = clq_scale_at(&desc->b.quantization, i);
        table[plane + (uint64_t)i] = desc->bias ? ((const float *)desc->bias)[i] : 0.0f;
    }
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return NULL;
    const bool packed = problem->weights && problem->weights->packed;
    const uint8_t buffers[] = {input_or_tables(problem->a_input), packed ? CLQ_OP_WEIGHTS : input_or_tables(problem->b_input), CLQ_OP_TABLES,
                               input_or_tables(problem->residual_input), CLQ_OP_OUTPUT};
    memcpy(step->buffers, buffers, sizeof buffers);
    step->base[2] = offset;
    const mixed_params params = params_of(problem, plane);
    memcpy(step->params, &params, sizeof params);
    if (packed) recipe->weights = problem->weights->packed;
    return step;
}

const clq_op_family clq_op_gemm_mixed = {
    .kind = "gemm_mixed",
    .problem_size = sizeof(clq_mixed_problem),
    .validate = validate,
    .variants = {
#define X(variant) &clq_##variant.op,
#include "mixed/gemm_mixed_variants.def"
#undef X
    },
};
_Static_assert(sizeof(clq_mixed_problem) <= CLQ_OP_PROBLEM_BYTES, "a problem fits");
_Static_assert(sizeof(mixed_params) <= CLQ_OP_PARAMS_WORDS * 8, "params fit");
