/* SPDX-License-Identifier: Apache-2.0 */
#include <float.h>
#include <math.h>

#include "core/descriptor.h"
#include "core/message.h"
#include "fake_quant/fake_quant_problem.h"

static clqnn_status check_options(const clqnn_fake_quant_backward_desc *desc, const clq_fake_scheme *scheme)
{
    const char *const name = clq_fake_scheme_name(desc->scheme);
    if (desc->scheme == CLQNN_DOREFA_GRADIENTS) return clq_fail(CLQNN_INVALID_ARGUMENT, "scheme is %s, which has no backward pass", name);
    if (desc->reads_mask != 0 && desc->reads_mask != 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "reads_mask is %d, must be 0 or 1", (int)desc->reads_mask);
    if (desc->skips_parameters != 0 && desc->skips_parameters != 1) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "skips_parameters is %d, must be 0 or 1", (int)desc->skips_parameters);
    }
    if (desc->reads_mask && !scheme->has_mask) return clq_fail(CLQNN_INVALID_ARGUMENT, "reads_mask is 1, but the gradient of %s is not a condition", name);
    if (desc->reads_mask && scheme->sum >= 0 && !desc->skips_parameters) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "skips_parameters is 0, but with a mask instead of x it must be 1 of %s", name);
    }
    if (!(fabsf(desc->gradient_scale) <= FLT_MAX)) return clq_fail(CLQNN_INVALID_ARGUMENT, "gradient_scale is %g, must be finite", (double)desc->gradient_scale);
    if (desc->gradient_scale != 0.0f && desc->scheme != CLQNN_LSQ) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "gradient_scale is %g, must be 0 of %s", (double)desc->gradient_scale, name);
    }
    return CLQNN_OK;
}

static clqnn_status resolve(const clqnn_fake_quant_backward_desc *desc, clq_fake_quant_problem *pass)
{
    CLQ_FORWARD(clq_tensor_resolve("dy", &desc->dy, CLQ_FAKE_FLOATS, false, &pass->dy));
    CLQ_FORWARD(clq_tensor_resolve("x", &desc->x, desc->reads_mask ? CLQ_TYPE_BIT(CLQNN_U8) : CLQ_FAKE_FLOATS, false, &pass->x));
    CLQ_FORWARD(clq_tensor_resolve("dx", &desc->dx, CLQ_FAKE_FLOATS, true, &pass->y));
    CLQ_FORWARD(clq_tensor_check_same_shape("x", &pass->x, "dy", &pass->dy));
    CLQ_FORWARD(clq_tensor_check_same_shape("x", &pass->x, "dx", &pass->y));
    CLQ_FORWARD(clq_tensor_check_quantization("dy", &desc->dy, CLQ_QUANTIZED_NOT));
    CLQ_FORWARD(clq_tensor_check_quantization("x", &desc->x, CLQ_QUANTIZED_NOT));
    CLQ_FORWARD(clq_tensor_check_quantization("dx", &desc->dx, CLQ_QUANTIZED_NOT));
    if (!desc->reads_mask || pass->x.is_dense) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_SHAPE, "x is a mask, which must be dense");
}

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_fake_back_problem *problem = problem_memory;
    clq_fake_quant_problem *pass = &problem->pass;
    clqnn_fake_quant_backward_desc desc;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_fake_quant_backward_desc", given, &desc, sizeof desc, sizeof desc));
    CLQ_FORWARD(clq_fake_scheme_make(desc.scheme, desc.bits, desc.qmin, desc.qmax, &pass->scheme));
    CLQ_FORWARD(check_options(&desc, &pass->scheme));
    CLQ_FORWARD(resolve(&desc, pass));
    CLQ_FORWARD(clq_fake_check_slots(&pass->scheme, desc.granularity));
    CLQ_FORWARD(clq_fake_slots_make(&desc.x, &pass->x, desc.granularity, &pass->slots));
    pass->reads_mask = desc.reads_mask != 0;
    if (pass->slots.count > 0) pass->scheme.rule.share = 1.0f / (float)(pass->x.count / pass->slots.count);
    clq_fake_make_nest(pass, &pass->dy);
    problem->has_sums = pass->scheme.sum >= 0 && !desc.skips_parameters;
    problem->factor = desc.gradient_scale == 0.0f ? 1.0f : desc.gradient_scale;
    if (problem->has_sums) CLQ_FORWARD(clq_fake_sums_make(&pass->x, &pass->dy, &pass->slots, &problem->sums));
    signature->wanted = desc.variant;
    CLQ_FORWARD(clq_op_add_input(signature, "dy", -1, &pass->dy, clq_tensor_same_layout(&pass->dy, &pass->y) && !problem->has_sums));
    CLQ_FORWARD(clq_op_add_input(signature, desc.reads_mask ? "mask" : "x", -1, &pass->x, false));
    if (!desc.reads_mask) CLQ_FORWARD(clq_fake_add_inputs(&pass->scheme, &pass->slots, signature));
    CLQ_FORWARD(clq_op_add_output(signature, "dx", -1, &pass->y));
    const clq_tensor gradients = clq_fake_row(CLQNN_F32, pass->scheme.rule.has_two ? 2 * pass->slots.count : pass->slots.count);
    return problem->has_sums ? clq_op_add_output(signature, "dscales", -1, &gradients) : CLQNN_OK;
}

const clq_op_family clq_op_fake_quant_backward = {
    .kind = "fake_quant_backward",
    .problem_size = sizeof(clq_fake_back_problem),
    .validate = validate,
    .variants = {&clq_fake_back_vector, &clq_fake_back_portable},
};
_Static_assert(sizeof(clq_fake_back_problem) <= CLQ_OP_PROBLEM_BYTES, "the problem fits the framework's memory");

clqnn_status clqnn_fake_quant_backward_create(clqnn_context *context, const clqnn_fake_quant_backward_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_fake_quant_backward, desc, op);
}

clqnn_status clqnn_fake_quant_backward_query(clqnn_context *context, const clqnn_fake_quant_backward_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_fake_quant_backward, desc, info);
}
