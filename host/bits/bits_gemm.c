/* SPDX-License-Identifier: Apache-2.0 */
/* The calls of clqnn/gemm.h for products of bits: the plan is an operator's (host/op), the weights are packed before. */
#include <stdlib.h>

#include "bits/bits_bound.h"
#include "bits/bits_family.h"
#include "bits/bits_validate.h"
#include "bits/bits_weights.h"
#include "core/message.h"
#include "device/context.h"
#include "device/region.h"
#include "gemm/gemm_family.h"
#include "op/op_plan.h"
#include "op/op_select.h"

/* Bytes that a call must hold; bit planes as words. */
static clqnn_status check_span(const char *name, int64_t span, clqnn_type type, uint64_t most)
{
    if (!clq_is_bits(type)) return clq_span_check(name, span, type, most);
    return clq_span_check(name, span / CLQ_WORD_VALUES * (int64_t)clqnn_type_bits(type), CLQNN_S32, most);
}

/* What every call begins with. */
static clqnn_status examine(const clqnn_context *context, clqnn_gemm_desc *desc, clq_bits_problem *problem)
{
    if (!context) return clq_fail(CLQNN_INVALID_ARGUMENT, "context is NULL");
    if (desc->weights && desc->b_data) return clq_fail(CLQNN_INVALID_ARGUMENT, "b_data and weights are both given");
    if (desc->weights && desc->weights->context->cl != context->cl) return clq_fail(CLQNN_INVALID_ARGUMENT, "weights belong to another OpenCL context");
    CLQ_FORWARD(clq_bits_validate(desc, desc->weights, problem));
    const uint64_t most = context->info.max_alloc_bytes;
    CLQ_FORWARD(check_span("a", problem->a_span, problem->a.type, most));
    if (!problem->b_constant) CLQ_FORWARD(check_span("b", problem->b_span, problem->b.type, most));
    CLQ_FORWARD(check_span("residual", problem->residual_span, problem->residual.type, most));
    return check_span("c", problem->c_span, problem->c.type, most);
}

static clqnn_status choose(const clqnn_context *context, const clq_bits_problem *problem, const clq_bits_variant **variant, double *seconds)
{
    const clq_op_variant *chosen = NULL;
    CLQ_FORWARD(clq_op_choose(&clq_op_gemm_bits, problem, problem->desc->variant, &context->capabilities, &chosen, seconds));
    *variant = (const clq_bits_variant *)chosen;
    return CLQNN_OK;
}

/* Weights for the variant that will run; NULL for a b that each call brings. */
static clqnn_status settle_weights(clqnn_context *context, const clq_bits_problem *problem, clqnn_gemm_weights **weights)
{
    *weights = NULL;
    if (problem->weights) {
        *weights = clqnn_gemm_weights_retain(problem->desc->weights);
        return CLQNN_OK;
    }
    if (!problem->b_constant) return CLQNN_OK;
    const clq_bits_variant *variant = NULL;
    double seconds = 0;
    CLQ_FORWARD(choose(context, problem, &variant, &seconds));
    return clq_bits_weights_create(context, problem, variant->layout, weights);
}

static clqnn_status prove(const clq_bits_problem *problem, const clqnn_gemm_weights *weights, int64_t *bound)
{
    return clq_bits_bound(problem, weights ? weights->columns : NULL, weights ? weights->batch[0] * weights->batch[1] : 0, bound);
}

/* `desc` still says what b is; with the weights it points to the same. */
static clqnn_status fill_plan(clqnn_gemm *plan, const clq_bits_problem *problem, clqnn_gemm_desc *desc)
{
    CLQ_FORWARD(settle_weights(plan->context, problem, &plan->weights));
    CLQ_FORWARD(prove(problem, plan->weights, &plan->bound));
    plan->inputs[CLQ_GEMM_A] = problem->a_input;
    plan->inputs[CLQ_GEMM_B] = problem->b_input;
    plan->inputs[CLQ_GEMM_RESIDUAL] = problem->residual_input;
    plan->inputs[CLQ_GEMM_ROW_SCALES] = problem->row_scale_input;
    if (problem->m == 0 || problem->n == 0) return CLQNN_OK; /* nothing will be launched */
    const clq_bits_call call = {desc, plan->weights};
    return clq_op_create(plan->context, &clq_op_gemm_bits, &call, &plan->op);
}

static clqnn_status create(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm **gemm)
{
    clq_bits_problem problem;
    CLQ_FORWARD(examine(context, desc, &problem));
    clqnn_gemm *plan = NULL;
    CLQ_FORWARD(clq_gemm_allocate_for(context, &clq_gemm_of_bits, &plan));
    const clqnn_status status = fill_plan(plan, &problem, desc);
    if (status != CLQNN_OK) {
        clqnn_gemm_destroy(plan);
        return status;
    }
    *gemm = plan;
    return CLQNN_OK;
}

/* The bound of weights that are not packed yet. */
static clqnn_status prove_unpacked(const clq_bits_problem *problem, int64_t *bound)
{
    clq_column_facts *columns = NULL;
    int64_t batch[2];
    clq_bits_stored_batches(problem, batch);
    CLQ_FORWARD(clq_bits_column_facts(problem, &columns));
    const clqnn_status status = clq_bits_bound(problem, columns, batch[0] * batch[1], bound);
    free(columns);
    return status;
}

static clqnn_status query(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm_info *info)
{
    clq_bits_problem problem;
    CLQ_FORWARD(examine(context, desc, &problem));
    const clq_bits_variant *variant = NULL;
    clqnn_gemm_info answer = {0};
    CLQ_FORWARD(choose(context, &problem, &variant, &answer.estimated_seconds));
    CLQ_FORWARD(desc->b_data ? prove_unpacked(&problem, &answer.accumulator_bound) : prove(&problem, problem.weights, &answer.accumulator_bound));
    answer.variant = variant->op.name;
    answer.layout = problem.b_constant ? variant->layout->name : "none";
    if (problem.m && problem.n && variant->op.workspace) answer.workspace_bytes = variant->op.workspace(&problem, &context->capabilities);
    uint64_t matrix = 0;
    if (problem.b_constant) CLQ_FORWARD(clq_bits_weights_size(context, &problem, variant->layout, &matrix, &answer.packed_bytes));
    *info = answer;
    return CLQNN_OK;
}

static clqnn_status candidates(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm_candidate *list, size_t capacity, size_t *count)
{
    clq_bits_problem problem;
    CLQ_FORWARD(examine(context, desc, &problem));
    return clq_gemm_list_candidates(context, &clq_op_gemm_bits, &problem, desc->variant, list, capacity, count);
}

static clqnn_status pack(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm_weights **weights)
{
    clq_bits_problem problem;
    CLQ_FORWARD(examine(context, desc, &problem));
    if (desc->weights) return clq_fail(CLQNN_INVALID_ARGUMENT, "desc->weights is given: these weights are packed already");
    if (!desc->b_data) return clq_fail(CLQNN_INVALID_ARGUMENT, "desc->b_data is NULL: there is nothing to pack");
    return settle_weights(context, &problem, weights);
}

static const char *layout_name(const clqnn_gemm_weights *weights)
{
    return weights->bits->name;
}

const clq_gemm_family clq_gemm_of_bits = {
    .is_meant = clq_bits_is_meant,
    .create = create,
    .query = query,
    .candidates = candidates,
    .pack = pack,
    .layout_name = layout_name,
    .unpack = clq_bits_weights_unpack,
    .serialize = clq_bits_serialize,
    .is_blob = clq_bits_blob_is_meant,
    .deserialize = clq_bits_deserialize,
};
