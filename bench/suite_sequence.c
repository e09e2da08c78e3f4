/* SPDX-License-Identifier: Apache-2.0 */
#include "suite_sequence.h"

#include <stdio.h>
#include <stdlib.h>

#include "bench_problem.h"
#include "clqnn/memory.h"
#include "clqnn/opencl.h"
#include "clqnn/sequence.h"
#include "timing.h"

enum { RUNS_IN_A_ROW = 20 };

typedef struct suite_layers {
    size_t count;
    clqnn_conv **plans;
    clqnn_conv_args *args;
    clqnn_step *steps;
    uint64_t image_bytes, workspace_bytes;       /* the largest */
    struct _cl_mem *images[2], *workspace;       /* layers read one and write the other, in turns */
    clqnn_sequence *sequence;
} suite_layers;

static bool fail_call(char *message, size_t size, const char *call)
{
    snprintf(message, size, "%s: %s", call, clqnn_last_error());
    return false;
}

static uint64_t larger(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* The plans of one row. */
static bool plan_row(clqnn_context *context, const clq_suite_row *row, const char *variant, suite_layers *layers, char *message, size_t size)
{
    clq_bench_problem problem;
    if (!clq_bench_problem_create(&row->shape, &row->types, &problem, message, size)) return false;
    clqnn_conv_desc desc = problem.conv_desc;
    desc.variant = variant;
    bool made = true;
    for (int64_t i = 0; i < row->repeat && made; i++) {
        made = clqnn_conv_create(context, &desc, &layers->plans[layers->count]) == CLQNN_OK;
        if (made) layers->workspace_bytes = larger(layers->workspace_bytes, clqnn_conv_workspace_size(layers->plans[layers->count++]));
    }
    layers->image_bytes = larger(layers->image_bytes, larger(problem.a_bytes, problem.c_bytes));
    clq_bench_problem_destroy(&problem);
    return made || fail_call(message, size, "clqnn_conv_create");
}

static bool plan_layers(clqnn_context *context, const clq_suite *suite, const char *variant, suite_layers *layers, char *message, size_t size)
{
    int64_t count = 0;
    for (size_t i = 0; i < suite->count; i++) {
        if (suite->rows[i].shape.op != CLQ_BENCH_CONV) return snprintf(message, size, "not all rows are convolutions"), false;
        count += suite->rows[i].repeat;
    }
    layers->plans = calloc((size_t)count, sizeof *layers->plans);
    layers->args = calloc((size_t)count, sizeof *layers->args);
    layers->steps = calloc((size_t)count, sizeof *layers->steps);
    if (!layers->plans || !layers->args || !layers->steps) return snprintf(message, size, "not enough host memory"), false;
    for (size_t i = 0; i < suite->count; i++) {
        if (!plan_row(context, &suite->rows[i], variant, layers, message, size)) return false;
    }
    return true;
}

static bool join_layers(clqnn_context *context, suite_layers *layers, char *message, size_t size)
{
    for (int i = 0; i < 2; i++) {
        if (clqnn_buffer_create(context, layers->image_bytes, &layers->images[i]) != CLQNN_OK) return fail_call(message, size, "clqnn_buffer_create");
    }
    if (layers->workspace_bytes && clqnn_buffer_create(context, layers->workspace_bytes, &layers->workspace) != CLQNN_OK) {
        return fail_call(message, size, "clqnn_buffer_create");
    }
    for (size_t i = 0; i < layers->count; i++) {
        layers->args[i] = (clqnn_conv_args){.x = {layers->images[i % 2], 0}, .y = {layers->images[(i + 1) % 2], 0}, .workspace = {layers->workspace, 0}};
        layers->steps[i] = (clqnn_step){.conv = layers->plans[i], .conv_args = &layers->args[i]};
    }
    return clqnn_sequence_create(context, layers->steps, layers->count, &layers->sequence) == CLQNN_OK || fail_call(message, size, "clqnn_sequence_create");
}

static bool run_row(suite_layers *layers, cl_command_queue queue)
{
    bool queued = true;
    for (int i = 0; i < RUNS_IN_A_ROW && queued; i++) queued = clqnn_sequence_enqueue(layers->sequence, queue, 0, NULL, NULL) == CLQNN_OK;
    return clFinish(queue) == CL_SUCCESS && queued;
}

static bool time_runs(clqnn_context *context, suite_layers *layers, double seconds, double *ns, char *message, size_t size)
{
    cl_command_queue queue = NULL;
    if (clqnn_default_queue(context, &queue) != CLQNN_OK) return fail_call(message, size, "clqnn_default_queue");
    if (!run_row(layers, queue)) return fail_call(message, size, "clqnn_sequence_enqueue");
    const uint64_t begun = clq_now_ns();
    *ns = 0.0;
    do {
        const uint64_t before = clq_now_ns();
        if (!run_row(layers, queue)) return fail_call(message, size, "clqnn_sequence_enqueue");
        const double taken = (double)(clq_now_ns() - before) / RUNS_IN_A_ROW;
        if (*ns == 0.0 || taken < *ns) *ns = taken;
    } while ((double)(clq_now_ns() - begun) < seconds * 1e9);
    return true;
}

bool clq_suite_sequence_measure(clqnn_context *context, const clq_suite *suite, const char *variant, double seconds, double *ns, char *message, size_t size)
{
    suite_layers layers = {.count = 0};
    const bool measured = plan_layers(context, suite, variant, &layers, message, size) && join_layers(context, &layers, message, size)
                          && time_runs(context, &layers, seconds, ns, message, size);
    clqnn_sequence_destroy(layers.sequence);
    for (size_t i = 0; i < layers.count; i++) clqnn_conv_destroy(layers.plans[i]);
    for (int i = 0; i < 2; i++) clqnn_buffer_release(layers.images[i]);
    clqnn_buffer_release(layers.workspace);
    free(layers.plans);
    free(layers.args);
    free(layers.steps);
    return measured;
}
