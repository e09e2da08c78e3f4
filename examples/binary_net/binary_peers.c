/* SPDX-License-Identifier: Apache-2.0 */
#include "binary_peers.h"

#include <stdlib.h>

#include "binary_calls.h"
#include "network_timing.h"

/* All convolutions read one buffer and write another. */
typedef struct peer_run {
    clqnn_conv *convs[BINARY_MAX_STEPS];
    clqnn_conv_args args[BINARY_MAX_STEPS];
    int count;
    struct _cl_mem *x, *y, *residual, *workspace;
} peer_run;

static void take_form(clqnn_conv_desc *desc, binary_form form, const void *weights)
{
    static const float scale = 0.05f;
    const clqnn_quantization one = {&scale, 1, NULL, 0};
    const clqnn_type type = form == BINARY_IN_S8 ? CLQNN_S8 : CLQNN_F32;
    const clqnn_quantization none = {0}, quantization = form == BINARY_IN_S8 ? one : none;
    if (form == BINARY_AS_IT_IS) return;
    desc->x = desc->y = (clqnn_conv_tensor){.type = type, .quantization = quantization};
    desc->weight_type = type;
    desc->weight_quantization = quantization;
    desc->weight_data = weights;
    desc->bias = NULL;
    desc->bias_type = CLQNN_TYPE_NONE;
    desc->thresholds = desc->directions = NULL;
    desc->threshold_count = 0;
    desc->has_row_scales = 0;
    if (desc->residual.type == CLQNN_TYPE_NONE) return;
    desc->residual = (clqnn_conv_tensor){.type = type, .quantization = quantization};
    desc->sum_quantization = quantization;
}

/* The largest tensor of a convolution as f32, and the most weights. */
static void find_sizes(const binary_graph *graph, size_t *tensor, size_t *weights)
{
    for (int i = 0; i < graph->step_count; i++) {
        const binary_step *step = &graph->steps[i];
        if (step->kind != BINARY_CONV) continue;
        const binary_tensor *x = &graph->tensors[step->x], *y = &graph->tensors[step->y];
        const size_t in = (size_t)(x->height * x->width * ((x->channels + 31) / 32 * 32)), out = (size_t)(y->height * y->width * ((y->channels + 31) / 32 * 32));
        const size_t count = (size_t)(step->kernel * step->kernel * x->channels * y->channels);
        if (in > *tensor) *tensor = in;
        if (out > *tensor) *tensor = out;
        if (count > *weights) *weights = count;
    }
}

static clqnn_status make_plans(clqnn_context *context, const binary_graph *graph, binary_form form, const void *weights, peer_run *run, uint64_t *workspace)
{
    for (int i = 0; i < graph->step_count; i++) {
        if (graph->steps[i].kind != BINARY_CONV) continue;
        clqnn_conv_desc desc = binary_conv_call(graph, &graph->steps[i]);
        take_form(&desc, form, weights);
        const clqnn_status status = clqnn_conv_create(context, &desc, &run->convs[run->count]);
        if (status != CLQNN_OK) return status;
        const uint64_t needed = clqnn_conv_workspace_size(run->convs[run->count++]);
        if (needed > *workspace) *workspace = needed;
    }
    return CLQNN_OK;
}

static clqnn_status make_buffers(clqnn_context *context, const binary_graph *graph, size_t elements, uint64_t workspace, peer_run *run)
{
    const size_t bytes = elements * sizeof(float);
    clqnn_status status = clqnn_buffer_create(context, bytes, &run->x);
    if (status == CLQNN_OK) status = clqnn_buffer_create(context, bytes, &run->y);
    if (status == CLQNN_OK) status = clqnn_buffer_create(context, bytes, &run->residual);
    if (status == CLQNN_OK && workspace > 0) status = clqnn_buffer_create(context, workspace, &run->workspace);
    void *const zeros = calloc(bytes, 1);
    if (status == CLQNN_OK) status = zeros ? clqnn_upload(context, run->x, 0, zeros, bytes) : CLQNN_OUT_OF_MEMORY;
    if (status == CLQNN_OK) status = clqnn_upload(context, run->residual, 0, zeros, bytes);
    free(zeros);
    for (int i = 0, at = 0; i < graph->step_count; i++) {
        if (graph->steps[i].kind != BINARY_CONV) continue;
        run->args[at++] = (clqnn_conv_args){.x = {run->x, 0}, .y = {run->y, 0}, .residual = {run->residual, 0}, .workspace = {run->workspace, 0}, .row_scales = {run->residual, 0}};
    }
    return status;
}

static int compare_times(const void *a, const void *b)
{
    const double left = *(const double *)a, right = *(const double *)b;
    return left < right ? -1 : left > right;
}

static clqnn_status time_runs(clqnn_context *context, const peer_run *run, int64_t runs, double *times)
{
    struct _cl_command_queue *queue = NULL;
    clqnn_status status = clqnn_default_queue(context, &queue);
    for (int64_t r = -1; r < runs && status == CLQNN_OK; r++) {
        const double start = network_now_seconds();
        for (int i = 0; i < run->count && status == CLQNN_OK; i++) status = clqnn_conv_enqueue(run->convs[i], queue, &run->args[i], 0, NULL, NULL);
        if (status == CLQNN_OK) status = clqnn_finish(context);
        if (r >= 0) times[r] = network_now_seconds() - start;
    }
    return status;
}

clqnn_status binary_peer_time(clqnn_context *context, const binary_graph *graph, binary_form form, int64_t runs, double *shortest, double *median)
{
    peer_run run = {.count = 0};
    size_t elements = 0, weight_count = 0;
    uint64_t workspace = 0;
    find_sizes(graph, &elements, &weight_count);
    void *const weights = form == BINARY_AS_IT_IS ? NULL : calloc(weight_count, sizeof(float));
    double *const times = calloc((size_t)runs, sizeof *times);
    clqnn_status status = times && (weights || form == BINARY_AS_IT_IS) ? make_plans(context, graph, form, weights, &run, &workspace) : CLQNN_OUT_OF_MEMORY;
    if (status == CLQNN_OK) status = make_buffers(context, graph, elements, workspace, &run);
    if (status == CLQNN_OK) status = time_runs(context, &run, runs, times);
    if (status == CLQNN_OK) {
        qsort(times, (size_t)runs, sizeof *times, compare_times);
        *shortest = times[0];
        *median = times[runs / 2];
    }
    for (int i = 0; i < run.count; i++) clqnn_conv_destroy(run.convs[i]);
    struct _cl_mem *const buffers[] = {run.x, run.y, run.residual, run.workspace};
    for (size_t i = 0; i < sizeof buffers / sizeof buffers[0]; i++) clqnn_buffer_release(buffers[i]);
    free(weights);
    free(times);
    return status;
}
