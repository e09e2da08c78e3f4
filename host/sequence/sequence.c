/* SPDX-License-Identifier: Apache-2.0 */
/* Steps are copied, runs of neighbouring calls that can share a launch become chains, and enqueueing walks chains and single steps. */
#include "clqnn/sequence.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conv/conv_plan.h"
#include "core/message.h"
#include "device/context.h"
#include "device/opencl_error.h"
#include "gemm/gemm_plan.h"
#include "op/op_plan.h"
#include "sequence/chain.h"

/* A step with its arguments in memory of its own. */
typedef struct sequence_step {
    clqnn_step call;
    clqnn_gemm_args gemm_args;
    clqnn_conv_args conv_args;
    clqnn_op_args op_args;
    clqnn_region *regions;       /* of op_args */
    clq_chain_call chain;
} sequence_step;

/* Steps [first, first + count) as one enqueue on an in-order queue. */
typedef struct sequence_part {
    size_t first, count;
    clq_chain chain;             /* of more than one step */
} sequence_part;

struct clqnn_sequence {
    clqnn_context *context;
    sequence_step *steps;
    size_t step_count;
    sequence_part *parts;
    size_t part_count;
    pthread_mutex_t lock;
    cl_command_queue last_queue; /* of the last call; only compared */
    cl_event last;               /* of the last call's last launch */
};

static clqnn_status copy_op_args(const clqnn_op_args *args, sequence_step *step)
{
    const size_t count = (size_t)args->input_count + args->output_count;
    step->op_args = *args;
    if (!args->inputs || !args->outputs || count == 0 || count > 2 * CLQ_OP_MAX_OPERANDS) return CLQNN_OK; /* refused by clq_op_check_args */
    step->regions = malloc(count * sizeof *step->regions);
    if (!step->regions) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a step's %zu regions", count);
    memcpy(step->regions, args->inputs, args->input_count * sizeof *step->regions);
    memcpy(step->regions + args->input_count, args->outputs, args->output_count * sizeof *step->regions);
    step->op_args.inputs = step->regions;
    step->op_args.outputs = step->regions + args->input_count;
    return CLQNN_OK;
}

static clqnn_status check_step(const clqnn_step *given)
{
    const int plans = (given->gemm != NULL) + (given->conv != NULL) + (given->op != NULL);
    if (plans != 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "it has %d plans, must have one", plans);
    if (given->gemm && !given->gemm_args) return clq_fail(CLQNN_INVALID_ARGUMENT, "gemm_args is NULL");
    if (given->conv && !given->conv_args) return clq_fail(CLQNN_INVALID_ARGUMENT, "conv_args is NULL");
    if (given->op && !given->op_args) return clq_fail(CLQNN_INVALID_ARGUMENT, "op_args is NULL");
    return CLQNN_OK;
}

static clqnn_status chain_gemm(sequence_step *step)
{
    clq_gemm_chained chained;
    CLQ_FORWARD(clq_gemm_chain(step->call.gemm, &step->gemm_args, &chained));
    step->chain.job = (chain_job){.kind = (clq_ulong)chained.kind, .params.product = chained.params};
    memcpy(step->chain.buffers, chained.buffers, sizeof step->chain.buffers);
    return CLQNN_OK;
}

static clqnn_status chain_conv(sequence_step *step)
{
    clq_conv_chained chained;
    CLQ_FORWARD(clq_conv_chain(step->call.conv, &step->conv_args, &chained));
    step->chain.job = (chain_job){.kind = (clq_ulong)chained.kind, .params = chained.params};
    memcpy(step->chain.buffers, chained.buffers, sizeof step->chain.buffers);
    return CLQNN_OK;
}

static clqnn_status fill_step(const clqnn_context *context, const clqnn_step *given, sequence_step *step)
{
    CLQ_FORWARD(check_step(given));
    const clqnn_context *owner = given->gemm ? given->gemm->context : given->conv ? given->conv->context : given->op->context;
    if (owner != context) return clq_fail(CLQNN_INVALID_ARGUMENT, "its plan belongs to another context");
    step->call = *given;
    if (given->gemm) {
        step->gemm_args = *given->gemm_args;
        return chain_gemm(step);
    }
    if (given->conv) {
        step->conv_args = *given->conv_args;
        return chain_conv(step);
    }
    CLQ_FORWARD(copy_op_args(given->op_args, step));
    return clq_op_check_args(given->op, &step->op_args);
}

static clqnn_status fill_steps(clqnn_sequence *sequence, const clqnn_step *steps, size_t count)
{
    sequence->steps = calloc(count, sizeof *sequence->steps);
    if (!sequence->steps) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for %zu steps", count);
    sequence->step_count = count;
    for (size_t i = 0; i < count; i++) {
        const clqnn_status status = fill_step(sequence->context, &steps[i], &sequence->steps[i]);
        if (status == CLQNN_OK) continue;
        char name[32];
        (void)snprintf(name, sizeof name, "steps[%zu]", i);
        return clq_fail_within(status, name);
    }
    return CLQNN_OK;
}

/* Steps from `first` on that can share a launch, or one. */
static size_t part_length(const clqnn_sequence *sequence, size_t first)
{
    size_t count = 0;
    if (!clq_chain_is_possible(sequence->context)) return 1;
    while (first + count < sequence->step_count && sequence->steps[first + count].chain.job.kind != CHAIN_NOTHING) count++;
    return count > 1 ? count : 1;
}

static clqnn_status create_chain(clqnn_sequence *sequence, sequence_part *part)
{
    clq_chain_call *calls = calloc(part->count, sizeof *calls);
    if (!calls) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a chain of %zu calls", part->count);
    for (size_t i = 0; i < part->count; i++) calls[i] = sequence->steps[part->first + i].chain;
    const clqnn_status status = clq_chain_create(sequence->context, calls, part->count, &part->chain);
    free(calls);
    return status;
}

static clqnn_status fill_parts(clqnn_sequence *sequence)
{
    sequence->parts = calloc(sequence->step_count, sizeof *sequence->parts);
    if (!sequence->parts) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for %zu steps", sequence->step_count);
    for (size_t first = 0; first < sequence->step_count; first += sequence->parts[sequence->part_count++].count) {
        sequence_part *part = &sequence->parts[sequence->part_count];
        part->first = first;
        part->count = part_length(sequence, first);
        if (part->count > 1) CLQ_FORWARD(create_chain(sequence, part));
    }
    return CLQNN_OK;
}

clqnn_status clqnn_sequence_create(clqnn_context *context, const clqnn_step *steps, size_t count, clqnn_sequence **sequence)
{
    if (!sequence) return clq_fail(CLQNN_INVALID_ARGUMENT, "sequence is NULL");
    *sequence = NULL;
    if (!context) return clq_fail(CLQNN_INVALID_ARGUMENT, "context is NULL");
    if (!steps || count == 0) return clq_fail(CLQNN_INVALID_ARGUMENT, steps ? "count is 0" : "steps is NULL");
    clqnn_sequence *made = calloc(1, sizeof *made);
    if (!made) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a sequence");
    if (pthread_mutex_init(&made->lock, NULL) != 0) {
        free(made);
        return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a sequence's lock");
    }
    made->context = clqnn_context_retain(context);
    clqnn_status status = fill_steps(made, steps, count);
    if (status == CLQNN_OK) status = fill_parts(made);
    if (status != CLQNN_OK) {
        clqnn_sequence_destroy(made);
        return status;
    }
    *sequence = made;
    return CLQNN_OK;
}

void clqnn_sequence_destroy(clqnn_sequence *sequence)
{
    if (!sequence) return;
    if (sequence->last) {
        (void)clWaitForEvents(1, &sequence->last);
        clReleaseEvent(sequence->last);
    }
    for (size_t i = 0; i < sequence->part_count; i++) clq_chain_release(&sequence->parts[i].chain);
    for (size_t i = 0; i < sequence->step_count; i++) free(sequence->steps[i].regions);
    free(sequence->parts);
    free(sequence->steps);
    clqnn_context_release(sequence->context);
    pthread_mutex_destroy(&sequence->lock);
    free(sequence);
}

static clqnn_status enqueue_step(const sequence_step *step, cl_command_queue queue, cl_uint wait_count, const cl_event *wait, cl_event *event)
{
    if (step->call.gemm) return clqnn_gemm_enqueue(step->call.gemm, queue, &step->gemm_args, wait_count, wait, event);
    if (step->call.conv) return clqnn_conv_enqueue(step->call.conv, queue, &step->conv_args, wait_count, wait, event);
    return clqnn_op_enqueue(step->call.op, queue, &step->op_args, wait_count, wait, event);
}

/* The queue keeps the order. */
static clqnn_status enqueue_in_order(clqnn_sequence *sequence, clq_launches *launches, cl_event *last)
{
    for (size_t i = 0; i < sequence->part_count; i++) {
        const sequence_part *part = &sequence->parts[i];
        cl_event *event = i + 1 == sequence->part_count ? last : NULL;
        if (part->count > 1) CLQ_FORWARD(clq_chain_launch(sequence->context, &part->chain, launches, event));
        else CLQ_FORWARD(enqueue_step(&sequence->steps[part->first], launches->queue, launches->wait_count, launches->wait, event));
        launches->wait_count = 0;
        launches->wait = NULL;
    }
    return CLQNN_OK;
}

/* Events keep the order. */
static clqnn_status enqueue_by_events(clqnn_sequence *sequence, const clq_launches *launches, cl_event *last)
{
    cl_event before = NULL;
    for (size_t i = 0; i < sequence->step_count; i++) {
        cl_event made = NULL;
        const clqnn_status status = enqueue_step(&sequence->steps[i], launches->queue, before ? 1 : launches->wait_count, before ? &before : launches->wait, &made);
        if (before) clReleaseEvent(before);
        if (status != CLQNN_OK) return status;
        before = made;
    }
    *last = before;
    return CLQNN_OK;
}

/* With the lock held. What was enqueued before a failure has no event to wait for: it is waited for here, so that nothing outlives the sequence. */
static clqnn_status enqueue_all(clqnn_sequence *sequence, clq_launches *launches, cl_event *event)
{
    cl_event last = NULL;
    if (sequence->last && (launches->out_of_order || sequence->last_queue != launches->queue)) {
        CLQ_FORWARD_OPENCL("clEnqueueBarrierWithWaitList", clEnqueueBarrierWithWaitList(launches->queue, 1, &sequence->last, NULL));
    }
    const clqnn_status status = launches->out_of_order ? enqueue_by_events(sequence, launches, &last) : enqueue_in_order(sequence, launches, &last);
    if (status != CLQNN_OK) {
        (void)clFinish(launches->queue);
        return status;
    }
    if (sequence->last) clReleaseEvent(sequence->last);
    sequence->last = last;
    sequence->last_queue = launches->queue;
    if (!event) return CLQNN_OK;
    CLQ_FORWARD_OPENCL("clRetainEvent", clRetainEvent(last));
    *event = last;
    return CLQNN_OK;
}

clqnn_status clqnn_sequence_enqueue(clqnn_sequence *sequence, cl_command_queue queue, uint32_t wait_count, const cl_event *wait, cl_event *event)
{
    if (event) *event = NULL;
    if (!sequence) return clq_fail(CLQNN_INVALID_ARGUMENT, "sequence is NULL");
    clq_launches launches;
    CLQ_FORWARD(clq_launches_begin(&launches, sequence->context->cl, sequence->context->device, queue, wait_count, wait));
    pthread_mutex_lock(&sequence->lock);
    const clqnn_status status = enqueue_all(sequence, &launches, event);
    pthread_mutex_unlock(&sequence->lock);
    clq_launches_end(&launches);
    return status;
}

clqnn_status clqnn_sequence_describe(const clqnn_sequence *sequence, clqnn_sequence_info *info)
{
    if (!sequence || !info) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", sequence ? "info" : "sequence");
    *info = (clqnn_sequence_info){.steps = sequence->step_count, .calls = sequence->part_count};
    for (size_t i = 0; i < sequence->part_count; i++) {
        if (sequence->parts[i].count > 1) info->joined += sequence->parts[i].count;
    }
    return CLQNN_OK;
}

clqnn_status clqnn_sequence_prewarm(clqnn_context *context)
{
    if (!context) return clq_fail(CLQNN_INVALID_ARGUMENT, "context is NULL");
    CLQ_FORWARD(clq_active_wait_prepare(context));
    return clq_chain_is_possible(context) ? clq_chain_warm(context) : CLQNN_OK;
}
