/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench_subject.h"
#include "clqnn/memory.h"
#include "sampled_check.h"

typedef struct gemm_subject {
    clqnn_context *context;
    const clq_bench_problem *problem;
    const char *variant;
    uint64_t packed_bytes;
    clqnn_gemm **plans;
    size_t plan_count, next;
    clqnn_gemm_args args;
    struct _cl_command_queue *queue;
} gemm_subject;

/* The first copy is packed, the others are read from its serialised form: packing is slow, and all hold the same bytes. */
static clqnn_status create_plans(gemm_subject *subject, const clqnn_gemm_desc *desc)
{
    size_t size = 0;
    void *blob = NULL;
    clqnn_gemm_weights *first = NULL;
    clqnn_status status = clqnn_gemm_pack(subject->context, desc, &first);
    if (status != CLQNN_OK) return status;
    subject->packed_bytes = clqnn_gemm_weights_size(first);
    if (subject->problem->copies > 1) {
        status = clqnn_gemm_weights_serialize(first, NULL, 0, &size);
        if (status == CLQNN_OK) blob = malloc(size > 0 ? size : 1);
        if (status == CLQNN_OK) status = blob ? clqnn_gemm_weights_serialize(first, blob, size, &size) : CLQNN_OUT_OF_MEMORY;
    }
    for (size_t i = 0; status == CLQNN_OK && i < subject->problem->copies; i++) {
        clqnn_gemm_desc own = *desc;
        clqnn_gemm_weights *weights = NULL;
        if (i > 0) status = clqnn_gemm_weights_deserialize(subject->context, blob, size, &weights);
        if (status != CLQNN_OK) break;
        own.b_data = NULL;
        own.weights = i > 0 ? weights : first;
        status = clqnn_gemm_create(subject->context, &own, &subject->plans[i]);
        if (status == CLQNN_OK) subject->plan_count++;
        clqnn_gemm_weights_release(weights);
    }
    free(blob);
    clqnn_gemm_weights_release(first);
    return status;
}

static clqnn_status create_buffers(gemm_subject *subject)
{
    const clq_bench_problem *const problem = subject->problem;
    clqnn_context *const context = subject->context;
    const uint64_t workspace = clqnn_gemm_workspace_size(subject->plans[0]);
    clqnn_status status = clqnn_buffer_create(context, problem->a_bytes > 0 ? problem->a_bytes : 1, &subject->args.a.memory);
    if (status == CLQNN_OK) status = clqnn_buffer_create(context, problem->c_bytes > 0 ? problem->c_bytes : 1, &subject->args.c.memory);
    if (status == CLQNN_OK && workspace > 0) status = clqnn_buffer_create(context, workspace, &subject->args.workspace.memory);
    if (status == CLQNN_OK) status = clqnn_upload(context, subject->args.a.memory, 0, problem->a, problem->a_bytes);
    if (status == CLQNN_OK) status = clqnn_default_queue(context, &subject->queue);
    return status;
}

static clqnn_status create_subject(gemm_subject *subject, const char *variant)
{
    clqnn_gemm_desc desc = subject->problem->desc;
    clqnn_gemm_info info;
    desc.variant = variant;
    clqnn_status status = clqnn_gemm_query(subject->context, &desc, &info);
    if (status != CLQNN_OK) return status;
    subject->variant = info.variant;
    desc.variant = info.variant; /* so that weights and plans agree */
    subject->plans = calloc(subject->problem->copies, sizeof *subject->plans);
    if (subject->plans == NULL) return CLQNN_OUT_OF_MEMORY;
    status = create_plans(subject, &desc);
    return status == CLQNN_OK ? create_buffers(subject) : status;
}

static void destroy(void *opaque)
{
    gemm_subject *const subject = opaque;
    if (subject == NULL) return;
    for (size_t i = 0; i < subject->plan_count; i++) clqnn_gemm_destroy(subject->plans[i]);
    free(subject->plans);
    clqnn_buffer_release(subject->args.a.memory);
    clqnn_buffer_release(subject->args.c.memory);
    clqnn_buffer_release(subject->args.workspace.memory);
    free(subject);
}

static void *create(clqnn_context *context, const clq_bench_problem *problem, const char *variant, clqnn_status *status, char *message, size_t size)
{
    gemm_subject *const subject = calloc(1, sizeof *subject);
    *status = CLQNN_OUT_OF_MEMORY;
    if (subject != NULL) {
        subject->context = context;
        subject->problem = problem;
        *status = create_subject(subject, variant);
    }
    if (*status == CLQNN_OK) return subject;
    snprintf(message, size, "%s: %s", clqnn_status_name(*status), clqnn_last_error());
    destroy(subject);
    return NULL;
}

static const char *variant_of(const void *subject) { return ((const gemm_subject *)subject)->variant; }

static uint64_t packed_bytes(const void *subject) { return ((const gemm_subject *)subject)->packed_bytes; }

static clqnn_step step(void *opaque)
{
    gemm_subject *const subject = opaque;
    const clqnn_gemm *const plan = subject->plans[subject->next];
    subject->next = subject->next + 1 < subject->plan_count ? subject->next + 1 : 0;
    return (clqnn_step){ .gemm = plan, .gemm_args = &subject->args };
}

static bool run(void *state, size_t calls)
{
    gemm_subject *const subject = state;
    for (size_t i = 0; i < calls; i++) {
        if (clqnn_gemm_enqueue(step(subject).gemm, subject->queue, &subject->args, 0, NULL, NULL) != CLQNN_OK) return false;
    }
    return clqnn_finish(subject->context) == CLQNN_OK;
}

static bool result(void *opaque, void *c)
{
    const gemm_subject *const subject = opaque;
    return clqnn_download(subject->context, subject->args.c.memory, 0, c, subject->problem->c_bytes) == CLQNN_OK;
}

static bool poison(void *opaque)
{
    const gemm_subject *const subject = opaque;
    return clq_subject_poison(subject->context, subject->args.c.memory, subject->problem->c_bytes);
}

static bool verify_plan(gemm_subject *subject, size_t plan, void *c, char *message, size_t size)
{
    subject->next = plan;
    if (!poison(subject) || !run(subject, 1) || !result(subject, c)) {
        snprintf(message, size, "%s", clqnn_last_error());
        return false;
    }
    return clq_sampled_check(subject->problem, c, message, size);
}

/* The first and the last plan. */
static bool verify(void *opaque, char *message, size_t size)
{
    gemm_subject *const subject = opaque;
    void *const c = malloc(subject->problem->c_bytes + 1);
    if (c == NULL) {
        snprintf(message, size, "not enough host memory");
        return false;
    }
    bool right = verify_plan(subject, 0, c, message, size);
    if (right && subject->plan_count > 1) right = verify_plan(subject, subject->plan_count - 1, c, message, size);
    subject->next = 0;
    free(c);
    return right;
}

const clq_subject_type clq_gemm_subject = {
    .create = create, .destroy = destroy, .variant = variant_of, .packed_bytes = packed_bytes, .run = run, .step = step, .poison = poison, .verify = verify,
    .result = result
};
