/* SPDX-License-Identifier: Apache-2.0 */
#include "bits/bits_family.h"

#include <string.h>

#include "bits/bits_validate.h"

#define WORD CLQ_WORD_VALUES

/* Rows of every batch, as the framework sees tensors: bit planes as words. */
static clq_tensor tensor_of(const clq_bits_problem *problem, const clq_gemm_matrix *matrix, int64_t rows, int64_t columns, int64_t span)
{
    clq_tensor tensor = {.type = matrix->type, .rank = 4, .shape = {problem->batch[0], problem->batch[1], rows, columns}, .span = span};
    const int64_t planes = clq_is_bits(matrix->type) ? (int64_t)clqnn_type_bits(matrix->type) : 0;
    const int64_t strides[4] = {matrix->batch_stride[0], matrix->batch_stride[1], matrix->leading_dimension, 1};
    for (int i = 0; i < 4; i++) tensor.strides[i] = planes && i < 3 ? strides[i] / WORD * planes : strides[i];
    if (planes) {
        tensor.type = CLQNN_S32;
        tensor.span = span / WORD * planes;
        tensor.shape[3] = clq_bit_groups(columns) * planes;
    }
    tensor.count = tensor.shape[0] * tensor.shape[1] * tensor.shape[2] * tensor.shape[3];
    return tensor;
}

static clq_tensor row_scales_of(const clq_bits_problem *problem)
{
    const int64_t m = problem->m, inner = problem->batch[1], count = problem->batch[0] * inner * m;
    return (clq_tensor){.type = CLQNN_F32, .rank = 3, .shape = {problem->batch[0], inner, m}, .strides = {inner * m, m, 1}, .count = count, .span = count, .is_dense = true};
}

static bool same_place(const clq_gemm_matrix *a, const clq_gemm_matrix *b)
{
    return a->type == b->type && a->leading_dimension == b->leading_dimension && memcmp(a->batch_stride, b->batch_stride, sizeof a->batch_stride) == 0;
}

static clqnn_status validate(const void *given, void *made, clq_op_signature *signature)
{
    const clq_bits_call *call = given;
    clq_bits_problem *problem = made;
    CLQ_FORWARD(clq_bits_validate(call->desc, call->weights, problem));
    signature->wanted = call->desc->variant;
    if (problem->a_input >= 0) {
        const clq_tensor a = tensor_of(problem, &problem->a, problem->m, problem->k, problem->a_span);
        CLQ_FORWARD(clq_op_add_input(signature, "a", -1, &a, false));
    }
    if (problem->b_input >= 0) {
        const clq_tensor b = tensor_of(problem, &problem->b, problem->n, problem->k, problem->b_span);
        CLQ_FORWARD(clq_op_add_input(signature, "b", -1, &b, false));
    }
    if (problem->residual_input >= 0) {
        const clq_tensor residual = tensor_of(problem, &problem->residual, problem->m, problem->n, problem->residual_span);
        CLQ_FORWARD(clq_op_add_input(signature, "residual", -1, &residual, same_place(&problem->residual, &problem->c)));
    }
    if (problem->row_scale_input >= 0) {
        const clq_tensor row_scales = row_scales_of(problem);
        CLQ_FORWARD(clq_op_add_input(signature, "row_scales", -1, &row_scales, false));
    }
    const clq_tensor c = tensor_of(problem, &problem->c, problem->m, problem->n, problem->c_span);
    return clq_op_add_output(signature, "c", -1, &c);
}

const char *clq_bits_refuses(const clq_bits_problem *problem, const clq_bit_layout *layout, bool reads_b_in_place)
{
    if (!problem->b_constant && !reads_b_in_place) return "it needs constant weights";
    return problem->weights && problem->weights->bits != layout ? "the weights are packed in another layout" : NULL;
}

const clq_op_family clq_op_gemm_bits = {
    .kind = "gemm_bits",
    .problem_size = sizeof(clq_bits_problem),
    .validate = validate,
    .variants = {
#define X(variant) &clq_##variant.op,
#include "bits/gemm_bits_variants.def"
#undef X
    },
};
_Static_assert(sizeof(clq_bits_problem) <= CLQ_OP_PROBLEM_BYTES, "a problem fits");
