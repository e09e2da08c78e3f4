/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "core/descriptor.h"
#include "core/message.h"
#include "fake_quant/fake_quant_problem.h"

#define Y_CODES (CLQ_TYPES_BYTE | CLQ_TYPES_NIBBLE)

/* Whether y's type holds the scheme's codes. */
static clqnn_status check_codes(const clq_fake_scheme *scheme, clqnn_type type)
{
    const fake_rule *rule = &scheme->rule;
    int32_t low = 0, high = 0;
    if (CLQ_FAKE_FLOATS & CLQ_TYPE_BIT(type)) return CLQNN_OK;
    if (scheme->form == FAKE_NOISY) return clq_fail(CLQNN_INVALID_ARGUMENT, "y.type is %s, must be a float of %s", clqnn_type_name(type), clq_fake_scheme_name(scheme->scheme));
    const int32_t least = scheme->form == FAKE_LEVELS ? rule->low : scheme->form == FAKE_ODD ? -rule->high : -1,
                  most = scheme->form == FAKE_LEVELS || scheme->form == FAKE_ODD ? rule->high : 1;
    (void)clq_type_range(type, &low, &high);
    if (low <= least && most <= high) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_ARGUMENT, "y.type is %s, which does not hold the codes %d..%d", clqnn_type_name(type), (int)least, (int)most);
}

static clqnn_status check_mask(const clqnn_fake_quant_desc *desc, const clq_fake_scheme *scheme)
{
    if (desc->saves_mask != 0 && desc->saves_mask != 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "saves_mask is %d, must be 0 or 1", (int)desc->saves_mask);
    if (!desc->saves_mask || scheme->has_mask) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_ARGUMENT, "saves_mask is 1, but the gradient of %s is not a condition", clq_fake_scheme_name(desc->scheme));
}

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_fake_quant_problem *problem = problem_memory;
    clqnn_fake_quant_desc desc;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_fake_quant_desc", given, &desc, sizeof desc, sizeof desc));
    CLQ_FORWARD(clq_fake_scheme_make(desc.scheme, desc.bits, desc.qmin, desc.qmax, &problem->scheme));
    CLQ_FORWARD(clq_tensor_resolve("x", &desc.x, CLQ_FAKE_FLOATS, false, &problem->x));
    CLQ_FORWARD(clq_tensor_resolve("y", &desc.y, CLQ_FAKE_FLOATS | Y_CODES, true, &problem->y));
    CLQ_FORWARD(clq_tensor_check_same_shape("x", &problem->x, "y", &problem->y));
    CLQ_FORWARD(clq_tensor_check_quantization("x", &desc.x, CLQ_QUANTIZED_NOT));
    CLQ_FORWARD(clq_tensor_check_quantization("y", &desc.y, CLQ_QUANTIZED_NOT));
    CLQ_FORWARD(check_codes(&problem->scheme, desc.y.type));
    CLQ_FORWARD(check_mask(&desc, &problem->scheme));
    CLQ_FORWARD(clq_fake_check_slots(&problem->scheme, desc.granularity));
    CLQ_FORWARD(clq_fake_slots_make(&desc.x, &problem->x, desc.granularity, &problem->slots));
    problem->saves_mask = desc.saves_mask != 0;
    problem->seed = desc.seed;
    const clq_tensor mask = clq_fake_dense(CLQNN_U8, &problem->x);
    clq_fake_make_nest(problem, &mask);
    signature->wanted = desc.variant;
    CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &problem->x, clq_tensor_same_layout(&problem->x, &problem->y)));
    CLQ_FORWARD(clq_fake_add_inputs(&problem->scheme, &problem->slots, signature));
    CLQ_FORWARD(clq_op_add_output(signature, "y", -1, &problem->y));
    return problem->saves_mask ? clq_op_add_output(signature, "mask", -1, &mask) : CLQNN_OK;
}

const clq_op_family clq_op_fake_quant = {
    .kind = "fake_quant",
    .problem_size = sizeof(clq_fake_quant_problem),
    .validate = validate,
    .variants = {&clq_fake_quant_vector, &clq_fake_quant_portable},
};
_Static_assert(sizeof(clq_fake_quant_problem) <= CLQ_OP_PROBLEM_BYTES, "the problem fits the framework's memory");

clqnn_status clqnn_fake_quant_create(clqnn_context *context, const clqnn_fake_quant_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_fake_quant, desc, op);
}

clqnn_status clqnn_fake_quant_query(clqnn_context *context, const clqnn_fake_quant_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_fake_quant, desc, info);
}
