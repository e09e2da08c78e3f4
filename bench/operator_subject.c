/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench_subject.h"
#include "clqnn/memory.h"
#include "operator_call.h"

typedef struct operator_subject {
    clqnn_context *context;
    const clq_operator_call *call;
    const char *variant;
    clqnn_op *plan;
    clqnn_region inputs[CLQ_CALL_INPUTS], outputs[2];   /* y, and the flag where the call has one */
    clqnn_op_args args;
    struct _cl_command_queue *queue;
} operator_subject;

static clqnn_status create_buffers(operator_subject *subject)
{
    const clq_operator_call *const call = subject->call;
    const uint64_t workspace = clqnn_op_workspace_size(subject->plan);
    static const int32_t clear = 0;
    clqnn_status status = clqnn_buffer_create(subject->context, call->y_bytes, &subject->outputs[0].memory);
    if (status == CLQNN_OK && call->has_flag) status = clqnn_buffer_create(subject->context, sizeof clear, &subject->outputs[1].memory);
    if (status == CLQNN_OK && call->has_flag) status = clqnn_upload(subject->context, subject->outputs[1].memory, 0, &clear, sizeof clear);
    for (uint32_t i = 0; i < call->input_count; i++) {
        if (status == CLQNN_OK) status = clqnn_buffer_create(subject->context, call->bytes[i], &subject->inputs[i].memory);
        if (status == CLQNN_OK) status = clqnn_upload(subject->context, subject->inputs[i].memory, 0, call->data[i], call->bytes[i]);
    }
    subject->args = (clqnn_op_args){ .inputs = subject->inputs, .outputs = subject->outputs, .input_count = call->input_count,
                                     .output_count = call->has_flag ? 2 : 1 };
    if (status == CLQNN_OK && workspace > 0) status = clqnn_buffer_create(subject->context, workspace, &subject->args.workspace.memory);
    if (status == CLQNN_OK) status = clqnn_default_queue(subject->context, &subject->queue);
    return status;
}

static clqnn_status create_plan(operator_subject *subject, const char *variant)
{
    clq_operator_call call = *subject->call;
    clqnn_op_info info = { .variant = "" };
    call.variant = variant;
    clqnn_status status = clq_operator_call_plan(subject->context, &call, &subject->plan);
    if (status == CLQNN_OK) status = clqnn_op_describe(subject->plan, &info);
    subject->variant = info.variant;
    return status;
}

static void destroy(void *opaque)
{
    operator_subject *const subject = opaque;
    if (subject == NULL) return;
    clqnn_op_destroy(subject->plan);
    for (uint32_t i = 0; i < CLQ_CALL_INPUTS; i++) clqnn_buffer_release(subject->inputs[i].memory);
    for (int i = 0; i < 2; i++) clqnn_buffer_release(subject->outputs[i].memory);
    clqnn_buffer_release(subject->args.workspace.memory);
    free(subject);
}

static void *create(clqnn_context *context, const clq_bench_problem *problem, const char *variant, clqnn_status *status, char *message, size_t size)
{
    operator_subject *const subject = calloc(1, sizeof *subject);
    *status = CLQNN_OUT_OF_MEMORY;
    if (subject != NULL) {
        subject->context = context;
        subject->call = problem->call;
        *status = create_plan(subject, variant);
        if (*status == CLQNN_OK) *status = create_buffers(subject);
    }
    if (*status == CLQNN_OK) return subject;
    snprintf(message, size, "%s: %s", clqnn_status_name(*status), clqnn_last_error());
    destroy(subject);
    return NULL;
}

static const char *variant_of(const void *subject) { return ((const operator_subject *)subject)->variant; }

static uint64_t packed_bytes(const void *subject) { return (void)subject, 0; }

static bool run(void *opaque, size_t calls)
{
    operator_subject *const subject = opaque;
    for (size_t i = 0; i < calls; i++) {
        if (clqnn_op_enqueue(subject->plan, subject->queue, &subject->args, 0, NULL, NULL) != CLQNN_OK) return false;
    }
    return clqnn_finish(subject->context) == CLQNN_OK;
}

static bool result(void *opaque, void *y)
{
    const operator_subject *const subject = opaque;
    return clqnn_download(subject->context, subject->outputs[0].memory, 0, y, subject->call->y_bytes) == CLQNN_OK;
}

static bool is_flag_clear(const operator_subject *subject)
{
    int32_t flag = 0;
    return !subject->call->has_flag || (clqnn_download(subject->context, subject->outputs[1].memory, 0, &flag, sizeof flag) == CLQNN_OK && flag == 0);
}

static bool verify(void *opaque, char *message, size_t size)
{
    operator_subject *const subject = opaque;
    void *const y = malloc(subject->call->y_bytes);
    bool right = y != NULL;
    if (!right) snprintf(message, size, "not enough host memory");
    if (right) memset(y, CLQ_CALL_POISON, subject->call->y_bytes);
    if (right && (clqnn_upload(subject->context, subject->outputs[0].memory, 0, y, subject->call->y_bytes) != CLQNN_OK || !run(subject, 1) || !result(subject, y))) {
        snprintf(message, size, "%s", clqnn_last_error());
        right = false;
    }
    if (right && !is_flag_clear(subject)) {
        snprintf(message, size, "the flag is set, though all of y is finite");
        right = false;
    }
    right = right && clq_operator_call_check(subject->call, y, message, size);
    free(y);
    return right;
}

const clq_subject_type clq_operator_subject = {
    .create = create, .destroy = destroy, .variant = variant_of, .packed_bytes = packed_bytes, .run = run, .verify = verify, .result = result
};
