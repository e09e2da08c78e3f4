/* SPDX-License-Identifier: Apache-2.0 */
#include "suite_sequence.h"

#include <stdio.h>
#include <stdlib.h>

#include "bench_problem.h"
#include "clqnn/memory.h"
#include "clqnn/sequence.h"
#include "seeded_random.h"
#include "sequence_timing.h"

enum { IMAGE_SEED = 21 };

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

/* What both images, which hold random bytes first, hold after one run of all layers: call by call, or as the sequence. */
static bool run_once(clqnn_context *context, const suite_layers *layers, bool in_sequence, unsigned char *images[2], char *message, size_t size)
{
    struct _cl_command_queue *queue = NULL;
    clq_random random = clq_random_seed(IMAGE_SEED, 0);
    clqnn_status status = clqnn_default_queue(context, &queue);
    for (int i = 0; i < 2 && status == CLQNN_OK; i++) {
        clq_random_fill(&random, images[i], layers->image_bytes);
        status = clqnn_upload(context, layers->images[i], 0, images[i], layers->image_bytes);
    }
    if (status == CLQNN_OK && in_sequence) status = clqnn_sequence_enqueue(layers->sequence, queue, 0, NULL, NULL);
    for (size_t i = 0; i < layers->count && status == CLQNN_OK && !in_sequence; i++) {
        status = clqnn_conv_enqueue(layers->plans[i], queue, &layers->args[i], 0, NULL, NULL);
    }
    for (int i = 0; i < 2 && status == CLQNN_OK; i++) status = clqnn_download(context, layers->images[i], 0, images[i], layers->image_bytes);
    return status == CLQNN_OK || fail_call(message, size, in_sequence ? "running the sequence" : "running the layers");
}

static bool compare_with_calls(clqnn_context *context, const suite_layers *layers, char *message, size_t size)
{
    const size_t bytes = layers->image_bytes;
    unsigned char *const memory = malloc(4 * bytes);
    if (memory == NULL) return snprintf(message, size, "not enough host memory"), false;
    unsigned char *expected[] = {memory, memory + bytes}, *got[] = {memory + 2 * bytes, memory + 3 * bytes};
    bool same = run_once(context, layers, false, expected, message, size) && run_once(context, layers, true, got, message, size);
    for (size_t i = 0; i < 2 * bytes && same; i++) {
        same = expected[0][i] == got[0][i]; /* the second image lies behind the first */
        if (same) continue;
        snprintf(message, size, "byte %zu of image %zu: expected 0x%02x, as of the calls alone, got 0x%02x", i % bytes, i / bytes, expected[0][i], got[0][i]);
    }
    free(memory);
    return same;
}

bool clq_suite_sequence_measure(clqnn_context *context, const clq_suite *suite, const char *variant, double seconds, double *ns, char *message, size_t size)
{
    suite_layers layers = {.count = 0};
    *ns = 0.0;
    const bool measured = plan_layers(context, suite, variant, &layers, message, size) && join_layers(context, &layers, message, size)
                    && (clq_sequence_measure(context, layers.sequence, seconds, ns) || fail_call(message, size, "clqnn_sequence_enqueue"))
                    && compare_with_calls(context, &layers, message, size);
    if (!measured) *ns = 0.0;
    clqnn_sequence_destroy(layers.sequence);
    for (size_t i = 0; i < layers.count; i++) clqnn_conv_destroy(layers.plans[i]);
    for (int i = 0; i < 2; i++) clqnn_buffer_release(layers.images[i]);
    clqnn_buffer_release(layers.workspace);
    free(layers.plans);
    free(layers.args);
    free(layers.steps);
    return measured;
}
