/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "pool/pool_problem.h"

#define LINE 1024         /* the kernel's POOL_LINE */
#define LANES 16

static const clq_op_program program = {
    .parts = {"pool/pool_params", "pool/pool_finish", "pool/pool_planes"},
    .kernels = {{"pool_planes", 3, sizeof(pool_params), {1, 1, 1}}},
};

/* Columns of a line that 16 windows at a time may touch, the last of them whole vectors. */
static int64_t line_end(const clq_pool_axis *width)
{
    const int64_t windows = (width->output + LANES - 1) / LANES * LANES;
    const int64_t reach = windows * width->stride + (width->kernel - 1) * width->dilation + 2 * LANES;
    const int64_t stored = width->pad_begin + width->input + LANES;
    return reach > stored ? reach : stored;
}

/* A window that is the whole image, whose pixels lie without gaps: one row of all of them, if a line holds that. */
static clq_pool_problem flatten(const clq_pool_problem *pool)
{
    clq_pool_problem flat = *pool;
    const clq_pool_axis *depth = &pool->axes[0], *height = &pool->axes[1], *width = &pool->axes[2];
    bool is_whole = height->input == 1 || height->x_stride == width->input;
    is_whole = is_whole && (width->input == 1 || width->x_stride == 1) && (depth->input == 1 || depth->x_stride == height->input * width->input);
    for (int i = 0; i < POOL_AXES; i++) {
        const clq_pool_axis *axis = &pool->axes[i];
        is_whole = is_whole && axis->output == 1 && axis->kernel == axis->input && axis->dilation == 1 && axis->pad_begin == 0 && axis->pad_end == 0;
    }
    const int64_t pixels = is_whole && depth->input * height->input <= LINE ? depth->input * height->input * width->input : 0;
    if (pixels == 0 || pixels > LINE - 4 * LANES) return flat;
    const clq_pool_axis one = {.input = 1, .output = 1, .kernel = 1, .stride = 1, .dilation = 1};
    flat.axes[0] = flat.axes[1] = flat.axes[2] = one;
    flat.axes[2].input = flat.axes[2].kernel = pixels;
    flat.axes[2].x_stride = 1;
    return flat;
}

static const char *accepts(const void *problem, const clq_capabilities *capabilities)
{
    const clq_pool_problem flat = flatten(problem), *pool = &flat;
    const clq_pool_axis *width = &pool->axes[2];
    (void)capabilities;
    if ((width->input > 1 && width->x_stride != 1) || (width->output > 1 && width->y_stride != 1)) return "the columns of a row are not contiguous";
    if (width->stride > LINE || width->kernel > LINE || width->dilation > LINE || width->input > LINE || width->pad_begin > LINE) return "rows of more than 1024 columns";
    if (line_end(width) > LINE) return "rows of more than 1024 columns";
    return pool->axes[0].kernel > 256 || pool->axes[1].kernel > 256 || pool->axes[0].kernel * pool->axes[1].kernel > 256 ? "more than 256 rows in a window" : NULL;
}

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_pool_problem flat = flatten(problem), *pool = &flat;
    const double rows = (double)pool->y.count / (double)pool->axes[2].output;
    const double loads = (double)(pool->axes[0].kernel * pool->axes[1].kernel * ((pool->axes[2].input + LANES - 1) / LANES));
    const double windows = (double)((pool->axes[2].output + LANES - 1) / LANES) * (8.0 + (double)(pool->axes[2].output > 1 ? pool->axes[2].kernel : 1));
    return 10e-6 + rows * (70e-9 + 1.5e-9 * (loads + windows)) / (capabilities->compute_units ? (double)capabilities->compute_units : 1.0);
}

/* The windows of a row that neither border cuts. */
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
    const clq_pool_problem flat = flatten(problem), *pool = &flat;
    const clq_pool_axis *width = &pool->axes[2];
    const clq_ulong groups = 4 * (capabilities->compute_units ? (clq_ulong)capabilities->compute_units : 1);
    pool_params params;
    uint64_t tables = 0;
    CLQ_FORWARD(clq_pool_fill(pool, recipe, &params, &tables));
    params.span = (clq_int)width->kernel;
    params.column_step = (clq_int)width->stride;
    params.column_dilation = (clq_int)width->dilation;
    params.width = (clq_int)width->input;
    params.left = (clq_int)width->pad_begin;
    params.line_end = (clq_int)line_end(width);
    params.is_whole = width->output == 1 && width->dilation == 1 && width->kernel >= width->pad_begin + width->input;
    find_whole(width, &params);
    params.units = (clq_ulong)(pool->batch * pool->channels * pool->axes[0].output * pool->axes[1].output);
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

const clq_op_variant clq_pool_planes = {
    .name = "pool_planes",
    .summary = "16 columns at a time, over rows and then along them; CPU, channels first",
    .program = &program,
    .needs = CLQ_CAP_HOST_CPU,
    .counts_begun = true,
    .accepts = accepts,
    .cost = cost,
    .arrange = arrange,
};
