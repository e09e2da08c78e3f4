/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "pool/pool_form.h"

#define COPY 24576        /* the kernel's BAND_BYTES */
#define LANES 32
#define MOST_TAPS 256     /* whose sum fits 16 bits */

static const clq_op_program program = {
    .parts = {"op/vector_memory", "pool/pool_params", "pool/pool_finish", "lanes/width32", "lanes/lane_types", "pool/pool_form", "pool/pool_average", "pool/pool_bands"},
    .kernels = {{"pool_bands", 3, sizeof(pool_params), {1, 1, 1}}},
};

/* Bytes from row to row of the copy: all that vectors of windows may touch. A multiple of a cache line and a half, so that rows do not stand below each other in the
 * cache's sets. */
static int64_t pitch_of(const clq_pool_axis *width)
{
    const int64_t reach = (width->output - 1) * width->stride + (width->kernel - 1) * width->dilation + 1 + 2 * LANES;
    const int64_t stored = width->pad_begin + width->input;
    return ((reach > stored ? reach : stored) + LANES - 1) / LANES * LANES;
}

/* The rows of y whose windows fit the copy; 0: not one does. */
static int64_t band_of(const clq_pool_problem *pool)
{
    const clq_pool_axis *depth = &pool->axes[0], *height = &pool->axes[1], *width = &pool->axes[2];
    if (width->input > COPY || width->output > COPY || width->stride > COPY || width->kernel > COPY || width->dilation > COPY || width->pad_begin > COPY) return 0;
    if (depth->kernel > COPY || height->kernel > COPY || height->dilation > COPY || height->stride > COPY) return 0;
    const int64_t rows = COPY / (pitch_of(width) * depth->kernel), span = (height->kernel - 1) * height->dilation + 1;
    if (rows < span) return 0;
    const int64_t band = (rows - span) / height->stride + 1, most = band < height->output ? band : height->output;
    const int64_t bands = (height->output + most - 1) / most;
    return (height->output + bands - 1) / bands;
}

static const char *accepts(const void *problem, const clq_capabilities *capabilities)
{
    const clq_pool_problem *pool = problem;
    const clq_pool_axis *width = &pool->axes[2];
    (void)capabilities;
    if ((width->input > 1 && width->x_stride != 1) || (width->output > 1 && width->y_stride != 1)) return "the columns of a row are not contiguous";
    if (pool->axes[0].kernel > MOST_TAPS || pool->axes[1].kernel > MOST_TAPS || width->kernel > MOST_TAPS) return "more than 256 taps in a window";
    if (pool->axes[0].kernel * pool->axes[1].kernel * width->kernel > MOST_TAPS) return "more than 256 taps in a window";
    return band_of(pool) == 0 ? "the rows of a window are longer than 24 KB" : NULL;
}

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_pool_problem *pool = problem;
    const clq_pool_axis *width = &pool->axes[2];
    const double rows = (double)pool->y.count / (double)width->output, taps = (double)(pool->axes[0].kernel * pool->axes[1].kernel * width->kernel);
    const bool is_vector = width->stride <= 2 && width->output > 1;
    const double lanes = is_vector ? (double)(LANES / width->stride) : 0.5;
    const double vectors = (double)width->output / lanes + 1.0;
    return 10e-6 + (rows * (15e-9 + vectors * (2e-9 + 0.3e-9 * taps)) + clq_pool_bytes(pool) / 25e9) / (capabilities->compute_units ? (double)capabilities->compute_units : 1.0);
}

static void find_whole(const clq_pool_axis *width, pool_params *params)
{
    int64_t begin = 0, end = width->output;
    while (begin < end && clq_pool_window_at(width, begin).inside < width->kernel) begin++;
    while (end > begin && clq_pool_window_at(width, end - 1).inside < width->kernel) end--;
    params->whole_begin = (clq_int)begin;
    params->whole_end = (clq_int)end;
}

static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_pool_problem *pool = problem;
    const clq_pool_axis *width = &pool->axes[2];
    const clq_ulong groups = 8 * (capabilities->compute_units ? (clq_ulong)capabilities->compute_units : 1);
    pool_params params;
    uint64_t tables = 0;
    CLQ_FORWARD(clq_pool_fill(pool, recipe, &params, &tables));
    clq_pool_find_forms(pool, &params);
    params.span = (clq_int)width->kernel;
    params.column_step = (clq_int)width->stride;
    params.column_dilation = (clq_int)width->dilation;
    params.width = (clq_int)width->input;
    params.left = (clq_int)width->pad_begin;
    params.pitch = (clq_int)pitch_of(width);
    params.band = (clq_int)band_of(pool);
    params.row_dilation = (clq_int)pool->axes[1].dilation;
    params.bands = (clq_int)((pool->axes[1].output + params.band - 1) / params.band);
    find_whole(width, &params);
    params.prefetch_ahead = (clq_ulong)(params.bands == 1 ? pool->x_channel_stride : params.band * pool->axes[1].stride * pool->axes[1].x_stride);
    params.units = (clq_ulong)(pool->batch * pool->channels * pool->axes[0].output * params.bands);
    params.chunk = (params.units + groups - 1) / groups;
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->buffers[0] = CLQ_OP_INPUT;
    step->buffers[1] = CLQ_OP_OUTPUT;
    step->buffers[2] = CLQ_OP_TABLES;
    step->base[2] = tables;
    memcpy(step->params, &params, sizeof params);
    step->global[0] = (size_t)((params.units + params.chunk - 1) / params.chunk);
    step->global[1] = step->global[2] = 1;
    return CLQNN_OK;
}

const clq_op_variant clq_pool_bands = {
    .name = "pool_bands",
    .summary = "32 columns at a time, from a copy of some rows with their padding; CPU, channels first",
    .program = &program,
    .needs = CLQ_CAP_HOST_CPU,
    .counts_begun = true,
    .accepts = accepts,
    .cost = cost,
    .arrange = arrange,
};
