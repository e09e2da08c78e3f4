/* SPDX-License-Identifier: Apache-2.0 */
#include "conv/conv_family_calls.h"

#include <string.h>

#include "core/message.h"
#include "device/context.h"
#include "op/op_plan.h"
#include "op/op_select.h"

static const clq_conv_family *const families[] = {
#define X(symbol) &clq_conv_of_##symbol,
#include "conv/conv_families.def"
#undef X
};
enum { FAMILIES = sizeof families / sizeof families[0] };

const clq_conv_family *clq_conv_family_of(const clqnn_conv_desc *desc)
{
    for (size_t i = 0; i < FAMILIES; i++) {
        if (families[i]->is_meant(desc)) return families[i];
    }
    return NULL;
}

const clq_conv_family *clq_conv_family_of_layout(const char *name)
{
    for (size_t i = 0; i < FAMILIES; i++) {
        if (families[i]->has_layout(name)) return families[i];
    }
    return NULL;
}

/* The operator family's problem, and the variant that would run it. */
typedef struct conv_decision {
    uint64_t problem[CLQ_OP_PROBLEM_BYTES / 8];
    clq_op_signature signature;
    const clq_op_variant *variant;
    double seconds;
} conv_decision;

static clqnn_status make_problem(const clq_conv_family *family, const clq_conv_spec *spec, conv_decision *decision)
{
    const clq_conv_call call = {spec, spec->desc.weights};
    memset(decision, 0, sizeof *decision);
    return family->op->validate(&call, decision->problem, &decision->signature);
}

static clqnn_status decide(const clqnn_context *context, const clq_conv_family *family, const clq_conv_spec *spec, conv_decision *decision)
{
    CLQ_FORWARD(make_problem(family, spec, decision));
    return clq_op_choose(family->op, decision->problem, spec->desc.variant, &context->capabilities, &decision->variant, &decision->seconds);
}

clqnn_status clq_conv_family_pack(clqnn_context *context, const clq_conv_family *family, const clq_conv_spec *spec, clqnn_conv_weights **weights)
{
    conv_decision decision;
    CLQ_FORWARD(decide(context, family, spec, &decision));
    return family->pack(context, decision.problem, decision.variant, weights);
}

clqnn_status clq_conv_family_fill(clqnn_conv *plan, const clq_conv_spec *spec)
{
    if (plan->family->prove) CLQ_FORWARD(plan->family->prove(spec, &plan->bound));
    if (spec->desc.weights) plan->weights = clqnn_conv_weights_retain(spec->desc.weights);
    else CLQ_FORWARD(clq_conv_family_pack(plan->context, plan->family, spec, &plan->weights));
    const clq_conv_call call = {spec, plan->weights};
    return clq_op_create(plan->context, plan->family->op, &call, &plan->op);
}

clqnn_status clq_conv_family_query(clqnn_context *context, const clq_conv_family *family, const clq_conv_spec *spec, clqnn_conv_info *info)
{
    conv_decision decision;
    if (family->prove) CLQ_FORWARD(family->prove(spec, &info->accumulator_bound));
    CLQ_FORWARD(decide(context, family, spec, &decision));
    CLQ_FORWARD(family->describe_weights(context, decision.problem, decision.variant, info));
    info->variant = decision.variant->name;
    info->estimated_seconds = decision.seconds;
    if (decision.variant->workspace) info->workspace_bytes = decision.variant->workspace(decision.problem, &context->capabilities);
    return CLQNN_OK;
}

clqnn_conv_info clq_conv_family_info(const clqnn_conv *conv)
{
    return (clqnn_conv_info){
        .variant = conv->op->variant->name,
        .layout = clqnn_conv_weights_layout(conv->weights),
        .packed_bytes = conv->weights->bytes,
        .workspace_bytes = clqnn_op_workspace_size(conv->op),
        .accumulator_bound = conv->bound,
        .estimated_seconds = conv->op->estimated_seconds,
    };
}

/* A call's regions in the order of the operator's: x, then the residual and the row scales where the descriptor has them. */
typedef struct conv_regions {
    clqnn_region inputs[3];
    clqnn_op_args args;
} conv_regions;

static void forward(const clqnn_conv *conv, const clqnn_conv_args *args, conv_regions *regions)
{
    uint32_t count = 0;
    regions->inputs[count++] = args->x;
    if (conv->problem.residual.type != CLQNN_TYPE_NONE) regions->inputs[count++] = args->residual;
    if (conv->problem.row_scales) regions->inputs[count++] = args->row_scales;
    regions->args = (clqnn_op_args){.inputs = regions->inputs, .input_count = count, .outputs = &args->y, .output_count = 1, .workspace = args->workspace};
}

clqnn_status clq_conv_family_enqueue(const clqnn_conv *conv, cl_command_queue queue, const clqnn_conv_args *args, uint32_t wait_count, const cl_event *wait,
                                       cl_event *event)
{
    conv_regions regions;
    forward(conv, args, &regions);
    return clqnn_op_enqueue(conv->op, queue, &regions.args, wait_count, wait, event);
}

clqnn_status clq_conv_family_check_args(const clqnn_conv *conv, const clqnn_conv_args *args)
{
    conv_regions regions;
    forward(conv, args, &regions);
    return clq_op_check_args(conv->op, &regions.args);
}

clqnn_status clq_conv_family_rank(const clqnn_context *context, const clq_conv_family *family, const clq_conv_spec *spec, clq_candidate *candidates,
                                    size_t *count)
{
    conv_decision decision;
    CLQ_FORWARD(make_problem(family, spec, &decision));
    (void)clq_op_rank(family->op, decision.problem, spec->desc.variant, &context->capabilities, candidates);
    *count = clq_op_variant_total(family->op);
    return CLQNN_OK;
}
