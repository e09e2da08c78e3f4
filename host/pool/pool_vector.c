/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "pool/pool_form.h"

enum { CHANNELS_64, CHANNELS_16 };

const clq_op_program clq_pool_vector_program = {
    .parts = {"op/vector_memory", "pool/pool_params", "pool/pool_finish", "lanes/width64", "lanes/lane_types", "pool/pool_form", "pool/pool_average", "pool/pool_channels",
              "lanes/width16", "lanes/lane_types", "pool/pool_form", "pool/pool_average", "pool/pool_channels"},
    .kernels = {
        [CHANNELS_64] = {"pool_channels_64", 3, sizeof(pool_params), {1, 1, 1}},
        [CHANNELS_16] = {"pool_channels_16", 3, sizeof(pool_params), {1, 1, 1}},
    },
};

static const char *accepts(const void *problem, const clq_capabilities *capabilities)
{
    const clq_pool_problem *pool = problem;
    (void)capabilities;
    if (pool->channels < 16) return "fewer than 16 channels";
    if (pool->x_channel_stride != 1 || pool->y_channel_stride != 1) return "the channels of a pixel are not contiguous";
    return NULL;
}

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_pool_problem *pool = problem;
    double taps = (double)pool->y.count;
    for (int i = 0; i < POOL_AXES; i++) taps *= (double)pool->axes[i].kernel;
    return 10e-6 + (clq_pool_bytes(pool) / 25e9 + taps / 100e9) / (capabilities->compute_units ? (double)capabilities->compute_units : 1.0);
}

/* Rows are shared among the work-groups, four a compute unit; where there are too few, each is cut into blocks of channels. */
static void share(const clq_pool_problem *pool, const clq_capabilities *capabilities, int64_t lanes, pool_params *params)
{
    const int64_t units = capabilities->compute_units ? (int64_t)capabilities->compute_units : 1;
    const int64_t rows = pool->batch * pool->axes[0].output * pool->axes[1].output, wanted = units * 4;
    int64_t block = pool->channels;
    if (rows < wanted) {
        const int64_t pieces = (wanted + rows - 1) / rows;
        block = (pool->channels / pieces + lanes - 1) / lanes * lanes;
        if (block < 4 * lanes) block = 4 * lanes;
        if (block > pool->channels) block = pool->channels;
    }
    const int64_t blocks = pool->channels / block;
    params->channel_block = (clq_int)block;
    params->channel_blocks = (clq_int)blocks;
    params->units = (clq_ulong)(rows * blocks);
    params->chunk = (params->units + (clq_ulong)wanted - 1) / (clq_ulong)wanted;
}

/* Rows stand so far apart that no hardware prefetcher follows them: each pixel asks for what the pixel below it will read for the first time. */
static void prefetch(const clq_pool_problem *pool, pool_params *params)
{
    const clq_pool_axis *height = &pool->axes[1], *width = &pool->axes[2];
    const bool is_dense = width->x_stride == pool->channels && params->channel_blocks == 1 && height->dilation == 1 && height->output > 1;
    if (!is_dense) return;
    const int64_t first = height->stride > height->kernel ? height->stride : height->kernel;
    params->prefetch_ahead = (clq_ulong)(first * height->x_stride);
    params->prefetch_rows = (clq_int)(height->stride < height->kernel ? height->stride : height->kernel);
    params->prefetch_columns = (clq_int)width->stride;
}

/* Whether columns are summed once and used three times. */
static bool slides(const clq_pool_problem *pool)
{
    const clq_pool_axis *width = &pool->axes[2];
    const bool is_narrow = width->kernel == 3 && width->stride == 1 && width->dilation == 1;
    return pool->desc.kind == CLQNN_POOL_AVERAGE && is_narrow && pool->axes[0].kernel <= 8 && pool->axes[1].kernel <= 8; /* sums of 16 bits */
}

static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_pool_problem *pool = problem;
    const bool wide = pool->channels >= 64;
    pool_params params;
    uint64_t tables = 0;
    CLQ_FORWARD(clq_pool_fill(pool, recipe, &params, &tables));
    share(pool, capabilities, wide ? 64 : 16, &params);
    prefetch(pool, &params);
    params.streams = clq_op_streams(&pool->y);
    params.slides = slides(pool);
    clq_pool_find_forms(pool, &params);
    params.width = (clq_int)pool->axes[2].input;
    params.left = (clq_int)pool->axes[2].pad_begin;
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->kernel = wide ? CHANNELS_64 : CHANNELS_16;
    step->buffers[0] = CLQ_OP_INPUT;
    step->buffers[1] = CLQ_OP_OUTPUT;
    step->buffers[2] = CLQ_OP_TABLES;
    step->base[2] = tables;
    memcpy(step->params, &params, sizeof params);
    step->global[0] = (size_t)((params.units + params.chunk - 1) / params.chunk);
    step->global[1] = step->global[2] = 1;
    return CLQNN_OK;
}

const clq_op_variant clq_pool_vector = {
    .name = "pool_vector",
    .summary = "64 or 16 channels at a time, a work-group makes rows; CPU, channels last",
    .program = &clq_pool_vector_program,
    .needs = CLQ_CAP_HOST_CPU,
    .counts_begun = true,
    .accepts = accepts,
    .cost = cost,
    .arrange = arrange,
};
