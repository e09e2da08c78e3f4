/* SPDX-License-Identifier: Apache-2.0 */
#include "mixed/mixed_validate.h"

#include <math.h>
#include <string.h>

#include "core/message.h"
#include "gemm/gemm_matrix.h"
#include "gemm/gemm_planes.h"
#include "mixed/groups_validate.h"
#include "mixed/mixed_planes.h"
#include "quantization/quantization.h"
#include "quantization/requantization.h"

#define STORED_FLOATS (CLQ_TYPES_FLOAT | CLQ_TYPE_BIT(CLQNN_BF16))
#define ANY_FLOAT (CLQ_TYPES_FLOAT | CLQ_TYPES_SMALL_FLOAT)

#define ACTIVATIONS \
    (1u << CLQNN_IDENTITY | 1u << CLQNN_RELU | 1u << CLQNN_RELU6 | 1u << CLQNN_SIGMOID | 1u << CLQNN_HARD_SWISH | 1u << CLQNN_TANH | 1u << CLQNN_GELU \
     | 1u << CLQNN_GELU_TANH | 1u << CLQNN_SILU)

static bool is_one_of(unsigned value, uint32_t bits)
{
    return value < 32 && (bits >> value & 1) != 0;
}

bool clq_mixed_is_meant(const clqnn_gemm_desc *desc)
{
    if (desc->weights && desc->weights->mixed) return true;
    return is_one_of(desc->a.type, ANY_FLOAT) && (desc->dynamic == CLQNN_STATIC || desc->groups.size != 0);
}

/* Takes b's description from packed weights. */
static clqnn_status adopt_weights(clqnn_gemm_desc *desc, const clqnn_gemm_weights *weights)
{
    if (!weights) return CLQNN_OK;
    if (!weights->mixed) return clq_fail(CLQNN_INVALID_ARGUMENT, "weights were packed for products of integers, but a.type is %s", clqnn_type_name(desc->a.type));
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
    if (desc->groups.size != 0 && desc->groups.size != weights->form.group) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "groups.size is %lld, but the weights have %lld", (long long)desc->groups.size, (long long)weights->form.group);
    }
    desc->groups = (clqnn_groups){.size = weights->form.group};
    desc->b.type = weights->type;
    desc->b.transposed = 0;
    desc->b.leading_dimension = 0;
    return CLQNN_OK;
}

static clqnn_status check_b_type(const clqnn_gemm_desc *desc)
{
    if (desc->dynamic != CLQNN_STATIC) return clq_fail(CLQNN_UNSUPPORTED, "dynamic is %d, must be CLQNN_STATIC: b.type is %s", (int)desc->dynamic, clqnn_type_name(desc->b.type));
    if (clq_is_8bit(desc->b.type)) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "a.type is %s, but b.type is %s: that needs groups, or dynamic", clqnn_type_name(desc->a.type), clqnn_type_name(desc->b.type));
    }
    if (clq_gemm_b_is_planes(desc)) return CLQNN_OK;
    return is_one_of(desc->b.type, ANY_FLOAT) ? CLQNN_OK : clq_type_failure("b.type", desc->b.type, "f32, f16, bf16, f8e4m3, f8e5m2, b1 or t2");
}

/* Whose b the checks of groups are for: one given with groups, or of a type that needs them. */
static bool has_groups(const clqnn_gemm_desc *desc, bool is_packed)
{
    if (is_packed && clq_gemm_b_is_planes(desc)) return false; /* the groups are the packing's own */
    return desc->groups.size != 0 || (clq_groups_are_meant(desc) && !clq_is_8bit(desc->b.type));
}

static clqnn_status check_types(const clqnn_gemm_desc *desc, bool is_packed)
{
    if (!is_one_of(desc->a.type, ANY_FLOAT)) return clq_type_failure("a.type", desc->a.type, "f32, f16, bf16, f8e4m3 or f8e5m2");
    CLQ_FORWARD(has_groups(desc, is_packed) ? clq_groups_check_types(desc, is_packed) : check_b_type(desc));
    if (!is_one_of(desc->c.type, STORED_FLOATS | CLQ_TYPES_BYTE)) return clq_type_failure("c.type", desc->c.type, "f32, f16, bf16, s8 or u8");
    if (desc->residual.type != CLQNN_TYPE_NONE && !is_one_of(desc->residual.type, STORED_FLOATS)) return clq_type_failure("residual.type", desc->residual.type, "f32, f16, bf16 or none");
    if (!is_one_of((unsigned)desc->activation, ACTIVATIONS)) {
        return clq_fail(CLQNN_UNSUPPORTED, "activation is %d, must be identity, relu, relu6, sigmoid, hard-swish, tanh, gelu, gelu-tanh or silu", (int)desc->activation);
    }
    CLQ_FORWARD(clq_check_accumulation(desc->accumulation, "a.type", desc->a.type, "b.type", desc->b.type));
    CLQ_FORWARD(clq_check_flag("a.transposed", desc->a.transposed));
    CLQ_FORWARD(clq_check_flag("b.transposed", desc->b.transposed));
    if (desc->c.transposed) return clq_fail(CLQNN_INVALID_ARGUMENT, "c.transposed is %d, must be 0", (int)desc->c.transposed);
    if (desc->residual.transposed) return clq_fail(CLQNN_INVALID_ARGUMENT, "residual.transposed is %d, must be 0", (int)desc->residual.transposed);
    return CLQNN_OK;
}

/* Floats have no quantization but the column scales of b. */
static clqnn_status check_numbers(clq_mixed_problem *problem, const clqnn_gemm_desc *desc)
{
    const clqnn_quantization *a = &desc->a.quantization, *b = &desc->b.quantization, *r = &desc->residual.quantization;
    if (a->scale_count || a->zero_point_count) return clq_fail(CLQNN_INVALID_QUANTIZATION, "a.quantization is given, but a.type is %s", clqnn_type_name(desc->a.type));
    if (b->zero_point_count) return clq_fail(CLQNN_INVALID_QUANTIZATION, "b.quantization has zero points, but b.type is %s", clqnn_type_name(desc->b.type));
    if (r->scale_count || r->zero_point_count) return clq_fail(CLQNN_INVALID_QUANTIZATION, "residual.quantization is given, but floats have none");
    CLQ_FORWARD(clq_check_quantization("b.quantization", b, CLQNN_S8, desc->n));
    if (clq_is_8bit(desc->c.type)) {
        CLQ_FORWARD(clq_check_quantization("c.quantization", &desc->c.quantization, desc->c.type, 1));
    } else if (desc->c.quantization.scale_count || desc->c.quantization.zero_point_count) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "c.quantization is given, but c.type is %s", clqnn_type_name(desc->c.type));
    }
    if (desc->rounding != CLQNN_FLOAT_EVEN || desc->multipliers || desc->shifts) return clq_fail(CLQNN_UNSUPPORTED, "rounding is %d, products of floats have CLQNN_FLOAT_EVEN only", (int)desc->rounding);
    const clq_requantization rules = {.out_name = "c", .channels_name = "n", .channels = desc->n, .out = desc->c.quantization, .out_type = clq_is_8bit(desc->c.type) ? desc->c.type : CLQNN_F32,
                                      .bias = desc->bias, .bias_type = desc->bias_type, .has_clamp = desc->has_clamp, .clamp_min = desc->clamp_min,
                                      .clamp_max = desc->clamp_max};
    if (desc->bias && desc->bias_type != CLQNN_F32) return clq_type_failure("bias_type", desc->bias_type, "f32 with a float a");
    return clq_resolve_clamp(&rules, &problem->low, &problem->high);
}

clqnn_status clq_mixed_validate(clqnn_gemm_desc *desc, const clqnn_gemm_weights *weights, clq_mixed_problem *problem)
{
    memset(problem, 0, sizeof *problem);
    CLQ_FORWARD(clq_gemm_check_dimensions(desc));
    CLQ_FORWARD(adopt_weights(desc, weights));
    CLQ_FORWARD(check_types(desc, weights != NULL));
    CLQ_FORWARD(clq_gemm_check_no_bits(desc));
    if (!weights) CLQ_FORWARD(clq_gemm_check_planes(desc));
    problem->m = desc->m;
    problem->n = desc->n;
    problem->k = desc->k;
    memcpy(problem->batch, desc->batch, sizeof problem->batch);
    CLQ_FORWARD(clq_gemm_resolve_matrix("a", &desc->a, desc->m, desc->k, desc->batch, true, &problem->a, &problem->a_span));
    CLQ_FORWARD(clq_gemm_resolve_matrix("b", &desc->b, desc->k, desc->n, desc->batch, true, &problem->b, &problem->b_span));
    CLQ_FORWARD(clq_gemm_resolve_matrix("c", &desc->c, desc->m, desc->n, desc->batch, false, &problem->c, &problem->c_span));
    if (desc->residual.type != CLQNN_TYPE_NONE) {
        CLQ_FORWARD(clq_gemm_resolve_matrix("residual", &desc->residual, desc->m, desc->n, desc->batch, true, &problem->residual, &problem->residual_span));
    }
    CLQ_FORWARD(clq_gemm_check_disjoint(&problem->c, desc->m, desc->n, desc->batch));
    CLQ_FORWARD(check_numbers(problem, desc));
    const bool planes = clq_gemm_b_is_planes(desc);
    if (!planes && clq_groups_are_meant(desc)) {
        CLQ_FORWARD(clq_groups_check_matrix(desc, &problem->b, weights != NULL));
        if (!weights) CLQ_FORWARD(clq_groups_check_values(desc));
    }
    problem->b_constant = desc->b_data || weights;
    problem->form = weights ? weights->form : planes ? clq_mixed_planes_form(desc->n, desc->k) : clq_groups_form(desc);
    if (planes) problem->b.type = problem->form.type;
    problem->activation = desc->activation;
    problem->accumulation = desc->accumulation;
    problem->desc = desc;
    problem->weights = weights;
    int32_t inputs = 0;
    problem->a_input = problem->a_span ? inputs++ : -1;
    problem->b_input = problem->b_span && !problem->b_constant ? inputs++ : -1;
    problem->residual_input = desc->residual.type != CLQNN_TYPE_NONE ? inputs++ : -1;
    return CLQNN_OK;
}
