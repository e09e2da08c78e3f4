/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench_subject.h"
#include "clqnn/memory.h"
#include "sampled_check.h"

typedef struct conv_subject {
    clqnn_context *context;
    const clq_bench_problem *problem;
    const char *variant;
    uint64_t packed_bytes;
    clqnn_conv *plan;
    clqnn_conv_args args;
    struct _cl_command_queue *queue;
} conv_subject;

static clqnn_status create_buffers(conv_subject *subject)
{
    const clq_bench_problem *const problem = subject->problem;
    clqnn_context *const context = subject->context;
    const uint64_t workspace = clqnn_conv_workspace_size(subject->plan);
    clqnn_status status = clqnn_buffer_create(context, problem->a_bytes, &subject->args.x.memory);
    if (status == CLQNN_OK) status = clqnn_buffer_create(context, problem->c_bytes, &subject->args.y.memory);
    if (status == CLQNN_OK && workspace > 0) status = clqnn_buffer_create(context, workspace, &subject->args.workspace.memory);
    if (status == CLQNN_OK) status = clqnn_upload(context, subject->args.x.memory, 0, problem->a, problem->a_bytes);
    if (status == CLQNN_OK) status = clqnn_default_queue(context, &subject->queue);
    return status;
}

static clqnn_status create_plan(conv_subject *subject, const char *variant)
{
    clqnn_conv_desc desc = subject->problem->conv_desc;
    clqnn_conv_info info;
    desc.variant = variant;
    clqnn_status status = clqnn_conv_query(subject->context, &desc, &info);
    if (status != CLQNN_OK) return status;
    subject->variant = info.variant;
    subject->packed_bytes = info.packed_bytes;
    return clqnn_conv_create(subject->context, &desc, &subject->plan);
}

static void destroy(void *opaque)
{
    conv_subject *const subject = opaque;
    if (subject == NULL) return;
    clqnn_conv_destroy(subject->plan);
    clqnn_buffer_release(subject->args.x.memory);
    clqnn_buffer_release(subject->args.y.memory);
    clqnn_buffer_release(subject->args.workspace.memory);
    free(subject);
}

static void *create(clqnn_context *context, const clq_bench_problem *problem, const char *variant, clqnn_status *status, char *message, size_t size)
{
    conv_subject *const subject = calloc(1, sizeof *subject);
    *status = CLQNN_OUT_OF_MEMORY;
    if (subject != NULL) {
        subject->context = context;
        subject->problem = problem;
        *status = create_plan(subject, variant);
        if (*status == CLQNN_OK) *status = create_buffers(subject);
    }
    if (*status == CLQNN_OK) return subject;
    snprintf(message, size, "%s: %s", clqnn_status_name(*status), clqnn_last_error());
    destroy(subject);
    return NULL;
}

static const char *variant_of(const void *subject) { return ((const conv_subject *)subject)->variant; }

static uint64_t packed_bytes(const void *subject) { return ((const conv_subject *)subject)->packed_bytes; }

static bool run(void *opaque, size_t calls)
{
    conv_subject *const subject = opaque;
    for (size_t i = 0; i < calls; i++) {
        if (clqnn_conv_enqueue(subject->plan, subject->queue, &subject->args, 0, NULL, NULL) != CLQNN_OK) return false;
    }
    return clqnn_finish(subject->context) == CLQNN_OK;
}

static bool result(void *opaque, void *c)
{
    const conv_subject *const subject = opaque;
    return clqnn_download(subject->context, subject->args.y.memory, 0, c, subject->problem->c_bytes) == CLQNN_OK;
}

static clqnn_step step(void *opaque)
{
    const conv_subject *const subject = opaque;
    return (clqnn_step){ .conv = subject->plan, .conv_args = &subject->args };
}

static bool poison(void *opaque)
{
    const conv_subject *const subject = opaque;
    return clq_subject_poison(subject->context, subject->args.y.memory, subject->problem->c_bytes);
}

static bool verify(void *opaque, char *message, size_t size)
{
    conv_subject *const subject = opaque;
    void *const c = malloc(subject->problem->c_bytes + 1);
    bool right = c != NULL;
    if (!right) snprintf(message, size, "not enough host memory");
    if (right && (!poison(subject) || !run(subject, 1) || !result(subject, c))) {
        snprintf(message, size, "%s", clqnn_last_error());
        right = false;
    }
    right = right && clq_sampled_check(subject->problem, c, message, size);
    free(c);
    return right;
}

const clq_subject_type clq_conv_subject = {
    .create = create, .destroy = destroy, .variant = variant_of, .packed_bytes = packed_bytes, .run = run, .step = step, .poison = poison, .verify = verify,
    .result = result
};
