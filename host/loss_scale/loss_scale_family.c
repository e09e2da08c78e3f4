/* SPDX-License-Identifier: Apache-2.0 */
#include "core/descriptor.h"
#include "core/message.h"
#include "loss_scale/loss_scale_problem.h"

#define TYPES (CLQ_TYPES_FLOAT | CLQ_TYPE_BIT(CLQNN_BF16))

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    static const clq_tensor one_float = {.type = CLQNN_F32, .count = 1, .span = 1, .is_dense = true};
    static const clq_tensor one_word = {.type = CLQNN_S32, .count = 1, .span = 1, .is_dense = true};
    clq_loss_scale_problem *problem = problem_memory;
    clqnn_loss_scale_desc desc;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_loss_scale_desc", given, &desc, sizeof desc, sizeof desc));
    if (desc.kind != CLQNN_LOSS_SCALE && desc.kind != CLQNN_LOSS_UNSCALE) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "kind is %d, must be 0 (scale) or 1 (unscale)", (int)desc.kind);
    }
    CLQ_FORWARD(clq_tensor_resolve("x", &desc.x, TYPES, false, &problem->x));
    CLQ_FORWARD(clq_tensor_resolve("y", &desc.y, TYPES, true, &problem->y));
    CLQ_FORWARD(clq_tensor_check_same_shape("x", &problem->x, "y", &problem->y));
    CLQ_FORWARD(clq_tensor_check_quantization("x", &desc.x, CLQ_QUANTIZED_NOT));
    CLQ_FORWARD(clq_tensor_check_quantization("y", &desc.y, CLQ_QUANTIZED_NOT));
    problem->kind = desc.kind;
    problem->nest = clq_nest_begin(problem->y.rank, problem->y.shape);
    clq_nest_add(&problem->nest, &problem->x);
    clq_nest_add(&problem->nest, &problem->y);
    clq_nest_collapse(&problem->nest);
    signature->wanted = desc.variant;
    CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &problem->x, clq_tensor_same_layout(&problem->x, &problem->y)));
    CLQ_FORWARD(clq_op_add_input(signature, "scale", -1, &one_float, false));
    CLQ_FORWARD(clq_op_add_output(signature, "y", -1, &problem->y));
    return desc.kind == CLQNN_LOSS_UNSCALE ? clq_op_add_output(signature, "flag", -1, &one_word) : CLQNN_OK;
}

const clq_op_family clq_op_loss_scale = {
    .kind = "loss_scale",
    .problem_size = sizeof(clq_loss_scale_problem),
    .validate = validate,
    .variants = {&clq_loss_scale_vector, &clq_loss_scale_portable},
};
_Static_assert(sizeof(clq_loss_scale_problem) <= CLQ_OP_PROBLEM_BYTES, "the problem fits the framework's memory");

clqnn_status clqnn_loss_scale_create(clqnn_context *context, const clqnn_loss_scale_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_loss_scale, desc, op);
}

clqnn_status clqnn_loss_scale_query(clqnn_context *context, const clqnn_loss_scale_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_loss_scale, desc, info);
}
