/* SPDX-License-Identifier: Apache-2.0 */
#include "core/descriptor.h"
#include "optimizer/optimizer_problem.h"

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    static const char *const states[] = {"v"};
    clq_optimizer_problem *problem = problem_memory;
    clqnn_sgd_desc desc;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_sgd_desc", given, &desc, sizeof desc, sizeof desc));
    CLQ_FORWARD(clq_layer_check_extent("count", desc.count, 1, CLQ_LAYER_MOST_ELEMENTS));
    if (!(desc.momentum >= 0.0f && desc.momentum < 1.0f)) return clq_fail(CLQNN_INVALID_ARGUMENT, "momentum is %g, must be 0 or more, below 1", (double)desc.momentum);
    CLQ_FORWARD(clq_optimizer_check_decay(desc.weight_decay));
    if (desc.nesterov && desc.momentum == 0.0f) return clq_fail(CLQNN_INVALID_ARGUMENT, "nesterov is %d, but momentum is 0", (int)desc.nesterov);
    problem->params = (optimizer_params){
        .count = (clq_ulong)desc.count,
        .has_skip = desc.has_skip != 0,
        .has_decay = desc.weight_decay != 0.0f,
        .nesterov = desc.nesterov != 0,
        .decay = desc.weight_decay,
        .first = desc.momentum,
    };
    problem->state_count = desc.momentum != 0.0f;
    signature->wanted = desc.variant;
    return clq_optimizer_sign(problem, "lr", states, signature);
}

const clq_op_family clq_op_sgd = {
    .kind = "sgd",
    .problem_size = sizeof(clq_optimizer_problem),
    .validate = validate,
    .variants = {&clq_sgd_vector, &clq_sgd_portable},
};
_Static_assert(sizeof(clq_optimizer_problem) <= CLQ_OP_PROBLEM_BYTES, "the problem fits the framework's memory");

clqnn_status clqnn_sgd_create(clqnn_context *context, const clqnn_sgd_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_sgd, desc, op);
}

clqnn_status clqnn_sgd_query(clqnn_context *context, const clqnn_sgd_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_sgd, desc, info);
}
