/* SPDX-License-Identifier: Apache-2.0 */
/* From a plan to launches: the regions are checked, then every step gets its buffers, its offsets and its launch. */
#include <string.h>

#include "core/message.h"
#include "device/context.h"
#include "device/launch.h"
#include "device/opencl_error.h"
#include "device/region.h"
#include "op/op_plan.h"

/* One call in progress. */
typedef struct op_call {
    const clqnn_op *op;
    const clqnn_op_args *args;
    clq_launches launches;
    cl_event *event;
} op_call;

static clq_footprint footprint_of(const clq_op_operand *operand, const clq_extent *extent)
{
    return (clq_footprint){.extent = *extent, .period = operand->period, .length = operand->run};
}

static const clqnn_region *region_of(const op_call *call, uint32_t operand)
{
    const uint32_t inputs = call->op->signature.input_count;
    return operand < inputs ? &call->args->inputs[operand] : &call->args->outputs[operand - inputs];
}

static clqnn_status check_apart(const op_call *call, const clq_extent *extents)
{
    const clq_op_signature *signature = &call->op->signature;
    const uint32_t count = signature->input_count + signature->output_count;
    for (uint32_t output = signature->input_count; output < count; output++) {
        for (uint32_t other = 0; other < output; other++) {
            const clq_op_operand *a = &signature->operands[output], *b = &signature->operands[other];
            const bool same = extents[output].root == extents[other].root && extents[output].begin == extents[other].begin;
            if (same && b->may_be_output && output == signature->input_count) continue;
            const clq_footprint a_bytes = footprint_of(a, &extents[output]), b_bytes = footprint_of(b, &extents[other]);
            if (clq_footprints_meet(&a_bytes, &b_bytes)) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s overlaps %s", a->name, b->name);
        }
    }
    return CLQNN_OK;
}

static clqnn_status check_args(const op_call *call)
{
    const clq_op_signature *signature = &call->op->signature;
    const clqnn_op_args *args = call->args;
    clq_extent extents[CLQ_OP_MAX_OPERANDS], workspace = {0};
    if (args->input_count != signature->input_count || args->output_count != signature->output_count) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "args has %u inputs and %u outputs, must have %u and %u", (unsigned)args->input_count, (unsigned)args->output_count,
                        (unsigned)signature->input_count, (unsigned)signature->output_count);
    }
    if (!args->inputs || !args->outputs) return clq_fail(CLQNN_INVALID_ARGUMENT, "args.%s is NULL", args->inputs ? "outputs" : "inputs");
    const uint32_t count = signature->input_count + signature->output_count;
    for (uint32_t i = 0; i < count; i++) {
        const clq_op_operand *operand = &signature->operands[i];
        CLQ_FORWARD(clq_region_check(operand->name, region_of(call, i), operand->bytes, operand->alignment, call->op->context->cl, &extents[i]));
    }
    CLQ_FORWARD(check_apart(call, extents));
    if (call->op->workspace_bytes == 0) return CLQNN_OK;
    CLQ_FORWARD(clq_region_check("workspace", &args->workspace, call->op->workspace_bytes, 64, call->op->context->cl, &workspace));
    for (uint32_t i = 0; i < count; i++) {
        if (clq_extents_overlap(&workspace, &extents[i])) return clq_fail(CLQNN_INVALID_ARGUMENT, "workspace overlaps %s", signature->operands[i].name);
    }
    return CLQNN_OK;
}

static clqnn_region find_buffer(const op_call *call, uint8_t which)
{
    if (which == CLQ_OP_TABLES) return (clqnn_region){call->op->tables, 0};
    if (which == CLQ_OP_WEIGHTS) return (clqnn_region){call->op->weights, 0};
    if (which == CLQ_OP_WORKSPACE) return call->args->workspace;
    return which >= CLQ_OP_OUTPUT ? call->args->outputs[which - CLQ_OP_OUTPUT] : call->args->inputs[which - CLQ_OP_INPUT];
}

/* Sets all arguments of a step and launches it. */
static clqnn_status launch(op_call *call, const clq_op_step *step, const clq_geometry *geometry, bool counts, bool is_last)
{
    const clqnn_op *op = call->op;
    const clq_op_kernel *row = &op->variant->program->kernels[step->kernel];
    cl_kernel kernel = op->kernels[step->kernel];
    uint64_t params[CLQ_OP_PARAMS_WORDS];
    op_head head = {.counts_begun = counts};
    cl_mem begun = op->context->wait.counters ? op->context->wait.memory : NULL;
    for (cl_uint i = 0; i < row->buffer_count; i++) {
        const clqnn_region region = find_buffer(call, step->buffers[i]);
        head.offset[i] = region.offset + step->base[i];
        if (!begun) begun = region.memory; /* never written */
        CLQ_FORWARD_OPENCL("clSetKernelArg", clSetKernelArg(kernel, i, sizeof region.memory, &region.memory));
    }
    memcpy(params, step->params, row->params_size);
    memcpy(params, &head, sizeof head);
    CLQ_FORWARD_OPENCL("clSetKernelArg", clSetKernelArg(kernel, row->buffer_count, sizeof begun, &begun));
    CLQ_FORWARD_OPENCL("clSetKernelArg", clSetKernelArg(kernel, row->buffer_count + 1, row->params_size, params));
    return clq_launches_add(&call->launches, kernel, geometry->global, geometry->local, is_last, call->event);
}

/* A CPU variant's launches on an in-order queue are announced, so that no thread sleeps between them. */
static clqnn_status run_step(op_call *call, const clq_op_step *step, bool is_last)
{
    clqnn_context *context = call->op->context;
    clq_geometry geometry;
    memcpy(geometry.global, step->global, sizeof geometry.global);
    memcpy(geometry.local, call->op->variant->program->kernels[step->kernel].local, sizeof geometry.local);
    const clq_announcement announcement = clq_active_wait_announce(context, &call->launches, call->op->variant->counts_begun);
    const clqnn_status status = launch(call, step, &geometry, announcement.is_counted, is_last);
    return clq_active_wait_launched(context, announcement, &geometry, status);
}

static clqnn_status run(op_call *call)
{
    for (size_t i = 0; i < call->op->step_count; i++) CLQ_FORWARD(run_step(call, &call->op->steps[i], i + 1 == call->op->step_count));
    return CLQNN_OK;
}

clqnn_status clqnn_op_enqueue(const clqnn_op *op, cl_command_queue queue, const clqnn_op_args *args, uint32_t wait_count, const cl_event *wait, cl_event *event)
{
    if (event) *event = NULL;
    if (!op) return clq_fail(CLQNN_INVALID_ARGUMENT, "op is NULL");
    if (!args) return clq_fail(CLQNN_INVALID_ARGUMENT, "args is NULL");
    op_call call = {.op = op, .args = args, .event = event};
    CLQ_FORWARD(clq_launches_begin(&call.launches, op->context->cl, op->context->device, queue, wait_count, wait));
    CLQ_FORWARD(check_args(&call));
    pthread_mutex_t *lock = (pthread_mutex_t *)(uintptr_t)&op->lock; /* the plan is immutable but for its kernels' arguments */
    pthread_mutex_lock(lock);
    const clqnn_status status = run(&call);
    pthread_mutex_unlock(lock);
    clq_launches_end(&call.launches);
    return status;
}

clqnn_status clq_op_check_args(const clqnn_op *op, const clqnn_op_args *args)
{
    const op_call call = {.op = op, .args = args};
    return check_args(&call);
}
