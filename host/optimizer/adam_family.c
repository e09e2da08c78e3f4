/* SPDX-License-Identifier: Apache-2.0 */
#include "core/descriptor.h"
#include "optimizer/optimizer_problem.h"

#define LEAST_EPSILON 0x1p-100f   /* its inverse is a normal number */

clqnn_status clq_adam_betas(const clqnn_adam_desc *desc, float betas[2])
{
    betas[0] = desc->beta1 == 0.0f ? 0.9f : desc->beta1;
    betas[1] = desc->beta2 == 0.0f ? 0.999f : desc->beta2;
    for (int i = 0; i < 2; i++) {
        if (betas[i] > 0.0f && betas[i] < 1.0f) continue;
        return clq_fail(CLQNN_INVALID_ARGUMENT, "beta%d is %g, must be above 0, below 1 (0 means %s)", i + 1, (double)betas[i], i ? "0.999" : "0.9");
    }
    return CLQNN_OK;
}

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    static const char *const states[] = {"m", "v"};
    clq_optimizer_problem *problem = problem_memory;
    clqnn_adam_desc desc;
    float betas[2];
    CLQ_FORWARD(clq_descriptor_copy("clqnn_adam_desc", given, &desc, sizeof desc, sizeof desc));
    CLQ_FORWARD(clq_layer_check_extent("count", desc.count, 1, CLQ_LAYER_MOST_ELEMENTS));
    CLQ_FORWARD(clq_adam_betas(&desc, betas));
    const float epsilon = desc.epsilon == 0.0f ? 1e-8f : desc.epsilon;
    if (!(epsilon >= LEAST_EPSILON && epsilon <= 1.0f)) return clq_fail(CLQNN_INVALID_ARGUMENT, "epsilon is %g, must be in 2^-100..1 (0 means 1e-8)", (double)desc.epsilon);
    CLQ_FORWARD(clq_optimizer_check_decay(desc.weight_decay));
    problem->params = (optimizer_params){
        .count = (clq_ulong)desc.count,
        .has_skip = desc.has_skip != 0,
        .has_decay = desc.weight_decay != 0.0f,
        .is_decoupled = desc.is_decoupled != 0,
        .decay = desc.weight_decay,
        .first = betas[0],
        .second = betas[1],
        .first_rest = 1.0f - betas[0],
        .second_rest = 1.0f - betas[1],
        .epsilon = epsilon,
    };
    problem->state_count = 2;
    problem->is_adam = true;
    signature->wanted = desc.variant;
    return clq_optimizer_sign(problem, "step", states, signature);
}

const clq_op_family clq_op_adam = {
    .kind = "adam",
    .problem_size = sizeof(clq_optimizer_problem),
    .validate = validate,
    .variants = {&clq_adam_vector, &clq_adam_portable},
};

clqnn_status clqnn_adam_create(clqnn_context *context, const clqnn_adam_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_adam, desc, op);
}

clqnn_status clqnn_adam_query(clqnn_context *context, const clqnn_adam_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_adam, desc, info);
}
