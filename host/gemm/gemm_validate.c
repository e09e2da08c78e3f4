/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_validate.h"

#include <string.h>

#include "core/descriptor.h"
#include "core/message.h"
#include "gemm/gemm_matrix.h"
#include "gemm/gemm_planes.h"
#include "gemm/gemm_weights.h"

static clqnn_status check_types(const clqnn_gemm_desc *desc)
{
    if (desc->dynamic != CLQNN_STATIC && desc->dynamic != CLQNN_DYNAMIC_PER_TENSOR && desc->dynamic != CLQNN_DYNAMIC_PER_ROW) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "dynamic is %d, not a clqnn_dynamic", (int)desc->dynamic);
    }
    if (desc->dynamic == CLQNN_STATIC && !clq_is_8bit(desc->a.type)) return clq_type_failure("a.type", desc->a.type, "s8 or u8 (f32 or f16 with dynamic)");
    if (desc->dynamic != CLQNN_STATIC && !clq_is_float(desc->a.type)) return clq_type_failure("a.type", desc->a.type, "f32 or f16 with dynamic");
    if (!clq_is_8bit(desc->b.type) && !clq_gemm_b_is_planes(desc)) return clq_type_failure("b.type", desc->b.type, "s8, u8, b1 or t2");
    if (!clq_is_8bit(desc->c.type) && !clq_is_float(desc->c.type) && desc->c.type != CLQNN_S32) return clq_type_failure("c.type", desc->c.type, "s8, u8, s32, f32 or f16");
    if (desc->dynamic != CLQNN_STATIC && !clq_is_float(desc->c.type)) return clq_type_failure("c.type", desc->c.type, "f32 or f16 with dynamic");
    if (desc->dynamic_type != CLQNN_TYPE_NONE && desc->dynamic == CLQNN_STATIC) return clq_type_failure("dynamic_type", desc->dynamic_type, "none without dynamic");
    if (desc->dynamic_type != CLQNN_TYPE_NONE && !clq_is_8bit(desc->dynamic_type)) return clq_type_failure("dynamic_type", desc->dynamic_type, "s8 or u8");
    return CLQNN_OK;
}

/* Takes b's description from packed weights. */
static clqnn_status adopt_weights(clqnn_gemm_desc *desc)
{
    const clqnn_gemm_weights *weights = desc->weights;
    if (!weights) return CLQNN_OK;
    if (desc->b_data) return clq_fail(CLQNN_INVALID_ARGUMENT, "b_data and weights are both given");
    if (weights->n != desc->n || weights->k != desc->k) {
        return clq_fail(CLQNN_INVALID_SHAPE, "weights are k %lld x n %lld, but k is %lld and n is %lld", (long long)weights->k, (long long)weights->n, (long long)desc->k,
                        (long long)desc->n);
    }
    for (int i = 0; i < 2; i++) {
        const int64_t batch = desc->batch[i] ? desc->batch[i] : 1;
        if (weights->batch[i] != 1 && weights->batch[i] != batch) {
            return clq_fail(CLQNN_INVALID_SHAPE, "weights hold %lld matrices in batch dimension %d, but batch[%d] is %lld", (long long)weights->batch[i], i, i, (long long)batch);
        }
        desc->b.batch_stride[i] = weights->batch[i] == 1 ? CLQNN_BROADCAST : 0;
    }
    if (desc->b.type != CLQNN_TYPE_NONE && desc->b.type != weights->type) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "b.type is %d, but the weights are %s", (int)desc->b.type, clqnn_type_name(weights->type));
    }
    desc->b.type = weights->type;
    desc->b.transposed = 0;
    desc->b.leading_dimension = 0;
    desc->b.quantization.zero_points = weights->zero_points;
    desc->b.quantization.zero_point_count = weights->n;
    return CLQNN_OK;
}

static clqnn_status check_enumerations(clq_gemm_spec *spec)
{
    CLQ_FORWARD(check_types(&spec->desc));
    CLQ_FORWARD(clq_check_flag("a.transposed", spec->desc.a.transposed));
    CLQ_FORWARD(clq_check_flag("b.transposed", spec->desc.b.transposed));
    CLQ_FORWARD(clq_gemm_check_planes(&spec->desc));
    if (spec->desc.c.transposed) return clq_fail(CLQNN_INVALID_ARGUMENT, "c.transposed is %d, must be 0", (int)spec->desc.c.transposed);
    return CLQNN_OK;
}

/* What only products of floats have. */
static clqnn_status check_float_fields(const clqnn_gemm_desc *desc)
{
    if (desc->groups.size) return clq_fail(CLQNN_INVALID_ARGUMENT, "groups.size is %lld, but a.type is %s: groups are for a float a", (long long)desc->groups.size, clqnn_type_name(desc->a.type));
    if (desc->activation != CLQNN_IDENTITY) return clq_fail(CLQNN_UNSUPPORTED, "activation is %d: only products of floats have one", (int)desc->activation);
    if (desc->residual.type != CLQNN_TYPE_NONE) return clq_type_failure("residual.type", desc->residual.type, "none with integers");
    if (desc->accumulation) return clq_fail(CLQNN_INVALID_ARGUMENT, "accumulation is %d: only products of floats have one", (int)desc->accumulation);
    return clq_gemm_check_no_bits(desc);
}

clq_requantization clq_gemm_requantization(const clqnn_gemm_desc *desc)
{
    return (clq_requantization){
        .left_name = "a",
        .right_name = "b",
        .out_name = "c",
        .channels_name = "n",
        .channels = desc->n,
        .left = desc->a.quantization,
        .right = desc->b.quantization,
        .out = desc->c.quantization,
        .out_type = desc->c.type,
        .bias = desc->bias,
        .bias_type = desc->bias_type,
        .rounding = desc->rounding,
        .multipliers = desc->multipliers,
        .shifts = desc->shifts,
        .fixed_count = desc->fixed_count,
        .has_clamp = desc->has_clamp,
        .clamp_min = desc->clamp_min,
        .clamp_max = desc->clamp_max,
    };
}

static clqnn_status check_numbers(clq_gemm_spec *spec)
{
    const clqnn_gemm_desc *desc = &spec->desc;
    const clqnn_quantization *a = &desc->a.quantization;
    if (desc->dynamic != CLQNN_STATIC && (a->scale_count || a->zero_point_count)) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "a.quantization is given, but dynamic computes it");
    }
    CLQ_FORWARD(clq_check_quantization("a.quantization", a, desc->a.type, desc->m));
    CLQ_FORWARD(clq_check_quantization("b.quantization", &desc->b.quantization, desc->b.type, desc->n));
    CLQ_FORWARD(clq_check_quantization("c.quantization", &desc->c.quantization, desc->c.type, 1));
    if (!clq_is_8bit(desc->c.type) && (desc->c.quantization.scale_count || desc->c.quantization.zero_point_count)) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "c.quantization is given, but c.type is %s", clqnn_type_name(desc->c.type));
    }
    const clq_requantization rules = clq_gemm_requantization(desc);
    CLQ_FORWARD(clq_check_fixed(&rules));
    CLQ_FORWARD(clq_check_multipliers(&rules));
    CLQ_FORWARD(clq_check_bias(&rules));
    return clq_resolve_clamp(&rules, &spec->low, &spec->high);
}

static void fill_problem(clq_gemm_spec *spec)
{
    const clqnn_gemm_desc *desc = &spec->desc;
    clq_gemm_problem *problem = &spec->problem;
    problem->dynamic = desc->dynamic;
    problem->a_integer = desc->dynamic == CLQNN_STATIC ? desc->a.type : desc->dynamic_type == CLQNN_S8 ? CLQNN_S8 : CLQNN_U8;
    problem->b_constant = desc->b_data || desc->weights;
    problem->a_zero_per_row = desc->dynamic != CLQNN_STATIC || desc->a.quantization.zero_point_count > 1;
    problem->row_scales = desc->c.type != CLQNN_S32 && desc->rounding == CLQNN_FLOAT_EVEN && (desc->dynamic != CLQNN_STATIC || desc->a.quantization.scale_count > 1);
    problem->float_bias = desc->bias && desc->bias_type == CLQNN_F32;
    problem->clamp = desc->has_clamp;
    problem->rounding = desc->rounding;
    const int32_t shift = desc->b.type == CLQNN_U8 ? 128 : 0;
    const int64_t count = desc->b.quantization.zero_point_count ? desc->b.quantization.zero_point_count : 1;
    for (int64_t i = 0; i < count; i++) problem->b_zero_nonzero = problem->b_zero_nonzero || clq_zero_point_at(&desc->b.quantization, i) != shift;
}

clqnn_status clq_gemm_copy_desc(const clqnn_gemm_desc *desc, clqnn_gemm_desc *full)
{
    return clq_descriptor_copy("clqnn_gemm_desc", desc, full, sizeof *full, sizeof *full);
}

clqnn_status clq_gemm_validate(const clqnn_gemm_desc *desc, clq_gemm_spec *spec)
{
    memset(spec, 0, sizeof *spec);
    CLQ_FORWARD(clq_gemm_copy_desc(desc, &spec->desc));
    clqnn_gemm_desc *full = &spec->desc;
    CLQ_FORWARD(clq_gemm_check_dimensions(full));
    CLQ_FORWARD(adopt_weights(full));
    CLQ_FORWARD(check_enumerations(spec));
    CLQ_FORWARD(check_float_fields(full));
    clq_gemm_problem *problem = &spec->problem;
    problem->m = full->m;
    problem->n = full->n;
    problem->k = full->k;
    memcpy(problem->batch, full->batch, sizeof problem->batch);
    CLQ_FORWARD(clq_gemm_resolve_matrix("a", &full->a, full->m, full->k, full->batch, true, &problem->a, &spec->a_span));
    CLQ_FORWARD(clq_gemm_resolve_matrix("b", &full->b, full->k, full->n, full->batch, true, &problem->b, &spec->b_span));
    CLQ_FORWARD(clq_gemm_resolve_matrix("c", &full->c, full->m, full->n, full->batch, false, &problem->c, &spec->c_span));
    CLQ_FORWARD(clq_gemm_check_disjoint(&problem->c, full->m, full->n, full->batch));
    CLQ_FORWARD(check_numbers(spec));
    fill_problem(spec);
    return CLQNN_OK;
}
