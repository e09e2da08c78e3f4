/* SPDX-License-Identifier: Apache-2.0 */
#include "core/message.h"
#include "device/context.h"
#include "device/region.h"
#include "gemm/gemm_family.h"
#include "mixed/mixed_blob.h"
#include "mixed/mixed_family.h"
#include "mixed/mixed_validate.h"
#include "mixed/mixed_weights.h"
#include "op/op_plan.h"
#include "op/op_select.h"

/* The calls of clqnn/gemm.h for products of floats: the plan is an operator's, the weights are packed before. */

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
    plan->inputs[CLQ_GEMM_A] = problem->a_input;
    plan->inputs[CLQ_GEMM_B] = problem->b_input;
    plan->inputs[CLQ_GEMM_RESIDUAL] = problem->residual_input;
    if (problem->m == 0 || problem->n == 0) return CLQNN_OK; /* nothing will be launched */
    const clq_mixed_call call = {desc, plan->weights};
    return clq_op_create(plan->context, &clq_op_gemm_mixed, &call, &plan->op);
}

static clqnn_status create(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm **gemm)
{
    clq_mixed_problem problem;
    CLQ_FORWARD(examine(context, desc, &problem));
    clqnn_gemm *plan = NULL;
    CLQ_FORWARD(clq_gemm_allocate_for(context, &clq_gemm_of_floats, &plan));
    const clqnn_status status = fill_plan(plan, &problem, desc);
    if (status != CLQNN_OK) {
        clqnn_gemm_destroy(plan);
        return status;
    }
    *gemm = plan;
    return CLQNN_OK;
}

static clqnn_status query(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm_info *info)
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

static clqnn_status candidates(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm_candidate *list, size_t capacity, size_t *count)
{
    clq_mixed_problem problem;
    CLQ_FORWARD(examine(context, desc, &problem));
    return clq_gemm_list_candidates(context, &clq_op_gemm_mixed, &problem, desc->variant, list, capacity, count);
}

static clqnn_status pack(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm_weights **weights)
{
    clq_mixed_problem problem;
    CLQ_FORWARD(examine(context, desc, &problem));
    if (desc->weights) return clq_fail(CLQNN_INVALID_ARGUMENT, "desc->weights is given: these weights are packed already");
    if (!desc->b_data) return clq_fail(CLQNN_INVALID_ARGUMENT, "desc->b_data is NULL: there is nothing to pack");
    return settle_weights(context, &problem, weights);
}

static const char *layout_name(const clqnn_gemm_weights *weights)
{
    return weights->mixed->name;
}

const clq_gemm_family clq_gemm_of_floats = {
    .is_meant = clq_mixed_is_meant,
    .create = create,
    .query = query,
    .candidates = candidates,
    .pack = pack,
    .layout_name = layout_name,
    .unpack = clq_mixed_weights_unpack,
    .serialize = clq_mixed_serialize,
    .is_blob = clq_mixed_blob_is_meant,
    .deserialize = clq_mixed_deserialize,
};
