/* SPDX-License-Identifier: Apache-2.0 */
#include "mixed/conv_mixed.h"

#include "core/message.h"
#include "device/context.h"
#include "mixed/conv_mixed_weights.h"
#include "op/op_plan.h"
#include "op/op_select.h"

static clq_conv_mixed_problem problem_of(const clq_conv_spec *spec)
{
    const clq_conv_mixed_call call = {spec, spec->desc.weights ? spec->desc.weights->product : NULL};
    return clq_conv_mixed_problem_of(&call);
}

static clqnn_status choose(const clqnn_context *context, const clq_conv_mixed_problem *problem, const clq_conv_mixed_variant **variant, double *seconds)
{
    const clq_op_variant *chosen = NULL;
    CLQ_FORWARD(clq_op_choose(&clq_op_conv_mixed, problem, problem->spec->desc.variant, &context->capabilities, &chosen, seconds));
    *variant = (const clq_conv_mixed_variant *)chosen;
    return CLQNN_OK;
}

clqnn_status clq_conv_mixed_pack(clqnn_context *context, const clq_conv_spec *spec, clqnn_conv_weights **weights)
{
    const clq_conv_mixed_problem problem = problem_of(spec);
    const clq_conv_mixed_variant *variant = NULL;
    double seconds = 0;
    CLQ_FORWARD(choose(context, &problem, &variant, &seconds));
    return clq_conv_mixed_weights_create(context, &problem, variant->layout, weights);
}

clqnn_status clq_conv_mixed_fill(clqnn_conv *plan, const clq_conv_spec *spec)
{
    if (spec->desc.weights) plan->weights = clqnn_conv_weights_retain(spec->desc.weights);
    else CLQ_FORWARD(clq_conv_mixed_pack(plan->context, spec, &plan->weights));
    const clq_conv_mixed_call call = {spec, plan->weights->product};
    return clq_op_create(plan->context, &clq_op_conv_mixed, &call, &plan->op);
}

clqnn_status clq_conv_mixed_query(clqnn_context *context, const clq_conv_spec *spec, clqnn_conv_info *info)
{
    const clq_conv_mixed_problem problem = problem_of(spec);
    const clq_conv_mixed_variant *variant = NULL;
    CLQ_FORWARD(choose(context, &problem, &variant, &info->estimated_seconds));
    CLQ_FORWARD(clq_conv_mixed_weights_size(context, &problem, variant->layout, &info->packed_bytes));
    info->variant = variant->op.name;
    info->layout = variant->layout->name;
    if (variant->op.workspace) info->workspace_bytes = variant->op.workspace(&problem, &context->capabilities);
    return CLQNN_OK;
}

clqnn_conv_info clq_conv_mixed_info(const clqnn_conv *conv)
{
    return (clqnn_conv_info){
        .variant = conv->op->variant->name,
        .layout = clqnn_conv_weights_layout(conv->weights),
        .packed_bytes = conv->weights->bytes,
        .workspace_bytes = clqnn_op_workspace_size(conv->op),
        .estimated_seconds = conv->op->estimated_seconds,
    };
}

/* A call's regions in the order of the operator's. */
static clqnn_op_args forward(const clqnn_conv *conv, const clqnn_conv_args *args, clqnn_region inputs[2])
{
    inputs[0] = args->x;
    inputs[1] = args->residual;
    const uint32_t count = conv->problem.residual.type != CLQNN_TYPE_NONE ? 2 : 1;
    return (clqnn_op_args){.inputs = inputs, .input_count = count, .outputs = &args->y, .output_count = 1, .workspace = args->workspace};
}

clqnn_status clq_conv_mixed_enqueue(const clqnn_conv *conv, cl_command_queue queue, const clqnn_conv_args *args, uint32_t wait_count, const cl_event *wait,
                                    cl_event *event)
{
    clqnn_region inputs[2];
    const clqnn_op_args own = forward(conv, args, inputs);
    return clqnn_op_enqueue(conv->op, queue, &own, wait_count, wait, event);
}

clqnn_status clq_conv_mixed_check_args(const clqnn_conv *conv, const clqnn_conv_args *args)
{
    clqnn_region inputs[2];
    const clqnn_op_args own = forward(conv, args, inputs);
    return clq_op_check_args(conv->op, &own);
}

size_t clq_conv_mixed_rank(const clqnn_context *context, const clq_conv_spec *spec, clq_candidate *candidates)
{
    const clq_conv_mixed_problem problem = problem_of(spec);
    (void)clq_op_rank(&clq_op_conv_mixed, &problem, spec->desc.variant, &context->capabilities, candidates);
    return clq_op_variant_total(&clq_op_conv_mixed);
}

const char *clq_conv_mixed_variant_name(size_t index)
{
    return clq_op_conv_mixed.variants[index]->name;
}
