/* SPDX-License-Identifier: Apache-2.0 */
#include "op/op_plan.h"

#include <stdlib.h>
#include <string.h>

#include "core/message.h"
#include "device/context.h"
#include "device/opencl_error.h"
#include "op/op_select.h"

/* What query and creation have in common: the problem, what a call must bring, and who runs it. */
typedef struct op_decision {
    uint64_t problem[CLQ_OP_PROBLEM_BYTES / 8];
    clq_op_signature signature;
    const clq_op_variant *variant;
    double seconds;
    uint64_t workspace_bytes;
} op_decision;

static clqnn_status check_sizes(const clqnn_context *context, const clq_op_signature *signature)
{
    for (uint32_t i = 0; i < signature->input_count + signature->output_count; i++) {
        const clq_op_operand *operand = &signature->operands[i];
        if (operand->bytes <= context->info.max_alloc_bytes) continue;
        return clq_fail(CLQNN_INVALID_SHAPE, "%s takes %llu bytes, beyond the device's largest allocation of %llu", operand->name,
                        (unsigned long long)operand->bytes, (unsigned long long)context->info.max_alloc_bytes);
    }
    return CLQNN_OK;
}

static clqnn_status decide(const clqnn_context *context, const clq_op_family *family, const void *desc, op_decision *decision)
{
    const clq_capabilities *capabilities = &context->capabilities;
    memset(decision, 0, sizeof *decision);
    CLQ_FORWARD(family->validate(desc, decision->problem, &decision->signature));
    CLQ_FORWARD(check_sizes(context, &decision->signature));
    CLQ_FORWARD(clq_op_choose(family, decision->problem, decision->signature.wanted, capabilities, &decision->variant, &decision->seconds));
    if (decision->variant->workspace) decision->workspace_bytes = decision->variant->workspace(decision->problem, capabilities);
    if (decision->workspace_bytes <= context->info.max_alloc_bytes) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_SHAPE, "the workspace takes %llu bytes, beyond the device's largest allocation", (unsigned long long)decision->workspace_bytes);
}

static clqnn_status create_tables(clqnn_op *op, const clq_op_recipe *recipe)
{
    cl_int code = CL_SUCCESS;
    if (recipe->table_bytes == 0) return CLQNN_OK;
    if (recipe->table_bytes > op->context->info.max_alloc_bytes) {
        return clq_fail(CLQNN_INVALID_SHAPE, "the plan's tables take %zu bytes, beyond the device's largest allocation", recipe->table_bytes);
    }
    op->tables = clCreateBuffer(op->context->cl, CL_MEM_READ_ONLY | CL_MEM_COPY_HOST_PTR, recipe->table_bytes, recipe->tables, &code);
    return op->tables ? CLQNN_OK : clq_fail_opencl("clCreateBuffer for a plan's tables", code);
}

static clqnn_status fill_plan(clqnn_op *op, const void *problem)
{
    clq_op_recipe recipe = {0};
    clqnn_status status = op->variant->arrange(problem, &op->context->capabilities, &recipe);
    op->steps = recipe.steps;
    op->step_count = recipe.step_count;
    if (status == CLQNN_OK && recipe.weights) {
        const cl_int code = clRetainMemObject(recipe.weights);
        if (code == CL_SUCCESS) op->weights = recipe.weights;
        else status = clq_fail_opencl("clRetainMemObject of packed weights", code);
    }
    if (status == CLQNN_OK) status = create_tables(op, &recipe);
    free(recipe.tables);
    return status == CLQNN_OK ? clq_op_create_kernels(op) : status;
}

static clqnn_status create_plan(clqnn_context *context, const clq_op_family *family, const op_decision *decision, clqnn_op **op)
{
    clqnn_op *plan = calloc(1, sizeof *plan);
    if (!plan) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a plan");
    if (pthread_mutex_init(&plan->lock, NULL) != 0) {
        free(plan);
        return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a plan's lock");
    }
    plan->context = clqnn_context_retain(context);
    plan->family = family;
    plan->variant = decision->variant;
    plan->signature = decision->signature;
    plan->signature.wanted = NULL;
    plan->workspace_bytes = decision->workspace_bytes;
    plan->estimated_seconds = decision->seconds;
    const clqnn_status status = fill_plan(plan, decision->problem);
    if (status != CLQNN_OK) {
        clqnn_op_destroy(plan);
        return status;
    }
    *op = plan;
    return CLQNN_OK;
}

clqnn_status clq_op_create(clqnn_context *context, const clq_op_family *family, const void *desc, clqnn_op **op)
{
    if (!op) return clq_fail(CLQNN_INVALID_ARGUMENT, "op is NULL");
    *op = NULL;
    if (!context) return clq_fail(CLQNN_INVALID_ARGUMENT, "context is NULL");
    op_decision decision;
    CLQ_FORWARD(decide(context, family, desc, &decision));
    return create_plan(context, family, &decision, op);
}

clqnn_status clq_op_query(clqnn_context *context, const clq_op_family *family, const void *desc, clqnn_op_info *info)
{
    if (!context || !info) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", context ? "info" : "context");
    op_decision decision;
    CLQ_FORWARD(decide(context, family, desc, &decision));
    *info = (clqnn_op_info){family->kind, decision.variant->name, decision.workspace_bytes, decision.signature.input_count, decision.signature.output_count,
                            decision.seconds};
    return CLQNN_OK;
}

void clqnn_op_destroy(clqnn_op *op)
{
    if (!op) return;
    for (int i = 0; i < CLQ_OP_MAX_KERNELS; i++) {
        if (op->kernels[i]) clReleaseKernel(op->kernels[i]);
    }
    if (op->tables) clReleaseMemObject(op->tables);
    if (op->weights) clReleaseMemObject(op->weights);
    clqnn_context_release(op->context);
    pthread_mutex_destroy(&op->lock);
    free(op->steps);
    free(op);
}

uint64_t clqnn_op_workspace_size(const clqnn_op *op)
{
    return op ? op->workspace_bytes : 0;
}

clqnn_status clqnn_op_describe(const clqnn_op *op, clqnn_op_info *info)
{
    if (!op || !info) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", op ? "info" : "op");
    *info = (clqnn_op_info){op->family->kind, op->variant->name, op->workspace_bytes, op->signature.input_count, op->signature.output_count, op->estimated_seconds};
    return CLQNN_OK;
}
