/* SPDX-License-Identifier: Apache-2.0 */
#include "mixed/mixed_gemm.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/message.h"
#include "device/context.h"
#include "device/region.h"
#include "mixed/mixed_family.h"
#include "mixed/mixed_validate.h"
#include "mixed/mixed_weights.h"
#include "op/op_plan.h"
#include "op/op_select.h"

/* What every call begins with. */
static clqnn_status examine(const clqnn_context *context, clqnn_gemm_desc *desc, clq_mixed_problem *problem)
{
    if (!context) return clq_fail(CLQNN_INVALID_ARGUMENT, "context is NULL");
    if (desc->weights && desc->b_data) return clq_fail(CLQNN_INVALID_ARGUMENT, "b_data and weights are both given");
    if (desc->weights && desc->weights->context->cl != context->cl) return clq_fail(CLQNN_INVALID_ARGUMENT, "weights belong to another OpenCL context");
    CLQ_FORWARD(clq_mixed_validate(desc, desc->weights, problem));
    const uint64_t most = context->info.max_alloc_bytes;
    CLQ_FORWARD(clq_span_check("a", problem->a_span, problem->a.type, most));
    if (!problem->b_constant) CLQ_FORWARD(clq_span_check("b", problem->b_span, problem->b.type, most));
    CLQ_FORWARD(clq_span_check("residual", problem->residual_span, problem->residual.type, most));
    return clq_span_check("c", problem->c_span, problem->c.type, most);
}

static clqnn_status choose(const clqnn_context *context, const clq_mixed_problem *problem, const clq_mixed_variant **variant, double *seconds)
{
    const clq_op_variant *chosen = NULL;
    CLQ_FORWARD(clq_op_choose(&clq_op_gemm_mixed, problem, problem->desc->variant, &context->capabilities, &chosen, seconds));
    *variant = (const clq_mixed_variant *)chosen;
    return CLQNN_OK;
}

/* Weights for the variant that will run; NULL for a b that each call brings. */
static clqnn_status settle_weights(clqnn_context *context, const clq_mixed_problem *problem, clqnn_gemm_weights **weights)
{
    *weights = NULL;
    if (problem->weights) {
        *weights = clqnn_gemm_weights_retain(problem->desc->weights);
        return CLQNN_OK;
    }
    if (!problem->b_constant) return CLQNN_OK;
    const clq_mixed_variant *variant = NULL;
    double seconds = 0;
    CLQ_FORWARD(choose(context, problem, &variant, &seconds));
    return clq_mixed_weights_create(context, problem, variant->layout, weights);
}

static clqnn_status fill_plan(clqnn_gemm *plan, const clq_mixed_problem *problem, clqnn_gemm_desc *desc)
{
    CLQ_FORWARD(settle_weights(plan->context, problem, &plan->weights));
    plan->inputs[CLQ_MIXED_A] = problem->a_input;
    plan->inputs[CLQ_MIXED_B] = problem->b_input;
    plan->inputs[CLQ_MIXED_RESIDUAL] = problem->residual_input;
    if (problem->m == 0 || problem->n == 0) return CLQNN_OK; /* nothing will be launched */
    const clq_mixed_call call = {desc, plan->weights};
    return clq_op_create(plan->context, &clq_op_gemm_mixed, &call, &plan->op);
}

clqnn_status clq_mixed_create(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm **gemm)
{
    clq_mixed_problem problem;
    CLQ_FORWARD(examine(context, desc, &problem));
    clqnn_gemm *plan = NULL;
    CLQ_FORWARD(clq_gemm_allocate(context, &plan));
    plan->is_mixed = true;
    const clqnn_status status = fill_plan(plan, &problem, desc);
    if (status != CLQNN_OK) {
        clqnn_gemm_destroy(plan);
        return status;
    }
    *gemm = plan;
    return CLQNN_OK;
}

clqnn_status clq_mixed_query(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm_info *info)
{
    clq_mixed_problem problem;
    CLQ_FORWARD(examine(context, desc, &problem));
    const clq_mixed_variant *variant = NULL;
    clqnn_gemm_info answer = {0};
    CLQ_FORWARD(choose(context, &problem, &variant, &answer.estimated_seconds));
    answer.variant = variant->op.name;
    answer.layout = problem.b_constant ? variant->layout->name : "none";
    const bool runs = problem.m && problem.n;
    if (runs && variant->op.workspace) answer.workspace_bytes = variant->op.workspace(&problem, &context->capabilities);
    if (problem.b_constant) {
        uint64_t matrix = 0;
        CLQ_FORWARD(clq_mixed_weights_size(context, &problem, variant->layout, &matrix, &answer.packed_bytes));
    }
    *info = answer;
    return CLQNN_OK;
}

clqnn_status clq_mixed_candidates(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm_candidate *list, size_t capacity, size_t *count)
{
    clq_mixed_problem problem;
    CLQ_FORWARD(examine(context, desc, &problem));
    clq_candidate candidates[CLQ_OP_MAX_VARIANTS];
    const size_t total = clq_op_variant_total(&clq_op_gemm_mixed);
    (void)clq_op_rank(&clq_op_gemm_mixed, &problem, desc->variant, &context->capabilities, candidates);
    for (size_t i = 0; i < total && i < capacity; i++) {
        list[i] = (clqnn_gemm_candidate){clq_op_gemm_mixed.variants[candidates[i].index]->name, candidates[i].admitted, candidates[i].seconds, ""};
        (void)snprintf(list[i].reason, sizeof list[i].reason, "%s", candidates[i].reason);
    }
    *count = total;
    return CLQNN_OK;
}

clqnn_status clq_mixed_pack(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm_weights **weights)
{
    clq_mixed_problem problem;
    CLQ_FORWARD(examine(context, desc, &problem));
    if (desc->weights) return clq_fail(CLQNN_INVALID_ARGUMENT, "desc->weights is given: these weights are packed already");
    if (!desc->b_data) return clq_fail(CLQNN_INVALID_ARGUMENT, "desc->b_data is NULL: there is nothing to pack");
    return settle_weights(context, &problem, weights);
}

clqnn_status clq_mixed_describe(const clqnn_gemm *gemm, clqnn_gemm_info *info)
{
    *info = (clqnn_gemm_info){
        .variant = gemm->op ? gemm->op->variant->name : "none",
        .layout = gemm->weights ? gemm->weights->mixed->name : "none",
        .packed_bytes = clqnn_gemm_weights_size(gemm->weights),
        .workspace_bytes = clqnn_op_workspace_size(gemm->op),
        .estimated_seconds = gemm->op ? gemm->op->estimated_seconds : 0,
    };
    return CLQNN_OK;
}

/* A call's regions in the order of the operator's. */
typedef struct mixed_regions {
    clqnn_region inputs[CLQ_MIXED_INPUTS];
    clqnn_op_args args;
} mixed_regions;

static void forward(const clqnn_gemm *gemm, const clqnn_gemm_args *args, mixed_regions *regions)
{
    const clqnn_region given[CLQ_MIXED_INPUTS] = {[CLQ_MIXED_A] = args->a, [CLQ_MIXED_B] = args->b, [CLQ_MIXED_RESIDUAL] = args->residual};
    regions->args = (clqnn_op_args){.inputs = regions->inputs, .outputs = &args->c, .output_count = 1, .workspace = args->workspace};
    for (int i = 0; i < CLQ_MIXED_INPUTS; i++) {
        if (gemm->inputs[i] >= 0) regions->inputs[regions->args.input_count++] = given[i];
    }
}

clqnn_status clq_mixed_enqueue(const clqnn_gemm *gemm, cl_command_queue queue, const clqnn_gemm_args *args, uint32_t wait_count, const cl_event *wait,
                               cl_event *event)
{
    mixed_regions regions;
    forward(gemm, args, &regions);
    return clqnn_op_enqueue(gemm->op, queue, &regions.args, wait_count, wait, event);
}

clqnn_status clq_mixed_check_args(const clqnn_gemm *gemm, const clqnn_gemm_args *args)
{
    mixed_regions regions;
    forward(gemm, args, &regions);
    return clq_op_check_args(gemm->op, &regions.args);
}
