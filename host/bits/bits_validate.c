/* SPDX-License-Identifier: Apache-2.0 */
#include "bits/bits_validate.h"

#include <string.h>

#include "bits/bits_rules.h"
#include "core/message.h"
#include "gemm/gemm_matrix.h"

bool clq_bits_is_meant(const clqnn_gemm_desc *desc)
{
    return clq_is_bits(desc->a.type) || (desc->weights && desc->weights->bits);
}

/* Takes b's description from packed weights. */
static clqnn_status adopt_weights(clqnn_gemm_desc *desc, const clqnn_gemm_weights *weights)
{
    if (!weights) return CLQNN_OK;
    if (!weights->bits) return clq_fail(CLQNN_INVALID_ARGUMENT, "weights were packed for products of other types, but a.type is %s", clqnn_type_name(desc->a.type));
    if (weights->n != desc->n || weights->k != desc->k) {
        return clq_fail(CLQNN_INVALID_SHAPE, "weights are k %lld x n %lld, but k is %lld and n is %lld", (long long)weights->k, (long long)weights->n, (long long)desc->k,
                        (long long)desc->n);
    }
    for (int i = 0; i < 2; i++) {
        if (weights->batch[i] != 1 && weights->batch[i] != desc->batch[i]) {
            return clq_fail(CLQNN_INVALID_SHAPE, "weights hold %lld matrices in batch dimension %d, but batch[%d] is %lld", (long long)weights->batch[i], i, i,
                            (long long)desc->batch[i]);
        }
        desc->b.batch_stride[i] = weights->batch[i] == 1 ? CLQNN_BROADCAST : 0;
    }
    if (desc->b.type != CLQNN_TYPE_NONE && desc->b.type != weights->type) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "b.type is %d, but the weights are %s", (int)desc->b.type, clqnn_type_name(weights->type));
    }
    clq_bit_form form;
    const bool has_zeros = clq_bit_form_of(weights->type, &form) && form.has_zero_point;
    desc->b.type = weights->type;
    desc->b.transposed = 1;
    desc->b.leading_dimension = 0;
    desc->b.quantization.zero_points = has_zeros ? weights->zero_points : NULL;
    desc->b.quantization.zero_point_count = has_zeros ? weights->n : 0;
    return CLQNN_OK;
}

/* What other products have. */
static clqnn_status check_unused(const clqnn_gemm_desc *desc)
{
    const char *a = clqnn_type_name(desc->a.type);
    if (desc->dynamic != CLQNN_STATIC) return clq_fail(CLQNN_UNSUPPORTED, "dynamic is %d, must be CLQNN_STATIC: a.type is %s", (int)desc->dynamic, a);
    if (desc->dynamic_type != CLQNN_TYPE_NONE) return clq_type_failure("dynamic_type", desc->dynamic_type, "none without dynamic");
    if (desc->groups.size) return clq_fail(CLQNN_INVALID_ARGUMENT, "groups.size is %lld, but a.type is %s: groups are for a float a", (long long)desc->groups.size, a);
    if (desc->activation != CLQNN_IDENTITY) return clq_fail(CLQNN_UNSUPPORTED, "activation is %d: only products of floats have one", (int)desc->activation);
    if (desc->accumulation) return clq_fail(CLQNN_INVALID_ARGUMENT, "accumulation is %d: only products of floats have one", (int)desc->accumulation);
    const clqnn_quantization *residual = &desc->residual.quantization;
    if (residual->scale_count || residual->zero_point_count) return clq_fail(CLQNN_INVALID_QUANTIZATION, "residual.quantization is given, but floats have none");
    return CLQNN_OK;
}

static clqnn_status check_operands(const clqnn_gemm_desc *desc)
{
    CLQ_FORWARD(clq_bits_check_operand("b", desc->b.type, &desc->b.quantization, desc->n));
    if (desc->a.transposed) return clq_fail(CLQNN_INVALID_ARGUMENT, "a.transposed is %d, must be 0: the values of a row share words", (int)desc->a.transposed);
    if (desc->b.transposed != 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "b.transposed is %d, must be 1: the k values of a column share words", (int)desc->b.transposed);
    if (desc->c.transposed) return clq_fail(CLQNN_INVALID_ARGUMENT, "c.transposed is %d, must be 0", (int)desc->c.transposed);
    if (desc->residual.transposed) return clq_fail(CLQNN_INVALID_ARGUMENT, "residual.transposed is %d, must be 0", (int)desc->residual.transposed);
    return CLQNN_OK;
}

/* Rows of bit planes begin at whole words. */
static clqnn_status check_words(const char *name, const clqnn_gemm_operand *operand)
{
    if (operand->leading_dimension % CLQ_WORD_VALUES != 0) {
        return clq_fail(CLQNN_INVALID_SHAPE, "%s.leading_dimension is %lld, must be a multiple of 32 for %s", name, (long long)operand->leading_dimension,
                        clqnn_type_name(operand->type));
    }
    for (int i = 0; i < 2; i++) {
        if (operand->batch_stride[i] == CLQNN_BROADCAST || operand->batch_stride[i] % CLQ_WORD_VALUES == 0) continue;
        return clq_fail(CLQNN_INVALID_SHAPE, "%s.batch_stride[%d] is %lld, must be a multiple of 32 for %s", name, i, (long long)operand->batch_stride[i],
                        clqnn_type_name(operand->type));
    }
    return CLQNN_OK;
}

static clqnn_status resolve_matrices(const clqnn_gemm_desc *desc, clq_bits_problem *problem)
{
    const int64_t k = clq_bit_room(desc->k), n = clq_is_bits(desc->c.type) ? clq_bit_room(desc->n) : desc->n;
    CLQ_FORWARD(check_words("a", &desc->a));
    CLQ_FORWARD(check_words("b", &desc->b));
    if (clq_is_bits(desc->c.type)) CLQ_FORWARD(check_words("c", &desc->c));
    CLQ_FORWARD(clq_gemm_resolve_matrix("a", &desc->a, desc->m, k, desc->batch, true, &problem->a, &problem->a_span));
    CLQ_FORWARD(clq_gemm_resolve_matrix("b", &desc->b, k, desc->n, desc->batch, true, &problem->b, &problem->b_span));
    CLQ_FORWARD(clq_gemm_resolve_matrix("c", &desc->c, desc->m, n, desc->batch, false, &problem->c, &problem->c_span));
    if (desc->residual.type != CLQNN_TYPE_NONE) {
        CLQ_FORWARD(clq_gemm_resolve_matrix("residual", &desc->residual, desc->m, desc->n, desc->batch, true, &problem->residual, &problem->residual_span));
    }
    return clq_gemm_check_disjoint(&problem->c, desc->m, n, desc->batch);
}

static clqnn_status check_rules(const clqnn_gemm_desc *desc, clq_bits_problem *problem)
{
    const clq_bits_rules rules = {.requantization = clq_gemm_requantization(desc), .thresholds = desc->thresholds, .directions = desc->directions,
                                  .threshold_count = desc->threshold_count, .has_row_scales = desc->has_row_scales, .residual_type = desc->residual.type};
    return clq_bits_check_rules(&rules, &problem->low, &problem->high);
}

clqnn_status clq_bits_validate(clqnn_gemm_desc *desc, const clqnn_gemm_weights *weights, clq_bits_problem *problem)
{
    memset(problem, 0, sizeof *problem);
    CLQ_FORWARD(clq_gemm_check_dimensions(desc));
    CLQ_FORWARD(clq_bits_check_operand("a", desc->a.type, &desc->a.quantization, 1));
    CLQ_FORWARD(adopt_weights(desc, weights));
    CLQ_FORWARD(check_operands(desc));
    CLQ_FORWARD(check_unused(desc));
    CLQ_FORWARD(check_rules(desc, problem));
    CLQ_FORWARD(resolve_matrices(desc, problem));
    problem->m = desc->m;
    problem->n = desc->n;
    problem->k = desc->k;
    memcpy(problem->batch, desc->batch, sizeof problem->batch);
    (void)clq_bit_form_of(desc->a.type, &problem->a_form);
    (void)clq_bit_form_of(desc->b.type, &problem->b_form);
    problem->shape = (clq_bit_shape){.type = desc->b.type, .planes = problem->b_form.planes, .n = desc->n, .k = desc->k};
    problem->a_zero = clq_zero_point_at(&desc->a.quantization, 0);
    problem->b_constant = desc->b_data || weights;
    problem->desc = desc;
    problem->weights = weights;
    int32_t inputs = 0;
    problem->a_input = problem->a_span ? inputs++ : -1;
    problem->b_input = problem->b_span && !problem->b_constant ? inputs++ : -1;
    problem->residual_input = desc->residual.type != CLQNN_TYPE_NONE ? inputs++ : -1;
    problem->row_scale_input = desc->has_row_scales ? inputs++ : -1;
    return CLQNN_OK;
}
