/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "arrange/move_launch.h"

#define BLOCK 256     /* rows of x whose cache lines are kept while they are read 16 bytes at a time */

static const clq_op_program program = {
    .parts = {"arrange/arrange_params", "arrange/element8", "arrange/tile_bytes", "arrange/move_tiles", "arrange/tile_elements", "arrange/element16",
              "arrange/move_tiles", "arrange/element32", "arrange/move_tiles"},
    .kernels = {{"move_tiles_8", 3, sizeof(tile_params), {1, 1, 1}}, {"move_tiles_16", 3, sizeof(tile_params), {1, 1, 1}},
                {"move_tiles_32", 3, sizeof(tile_params), {1, 1, 1}}},
};

/* The dimension in which x, and that in which y, is contiguous; -1 for none. */
static int contiguous_dimension(const clq_move_job *job, const int64_t *strides)
{
    for (int d = 0; d < OP_RANK; d++) {
        if (strides[d] == 1 && job->extent[d] > 1) return d;
    }
    return -1;
}

static const char *accepts(const void *problem, const clq_capabilities *capabilities)
{
    const clq_move_problem *move = problem;
    (void)capabilities;
    for (int i = 0; i < move->job_count; i++) {
        const int a = contiguous_dimension(&move->jobs[i], move->jobs[i].x_stride), b = contiguous_dimension(&move->jobs[i], move->jobs[i].y_stride);
        if (a < 0 || b < 0) return "x or y has no contiguous dimension";
        if (a == b) return "x and y are contiguous in the same dimension";
        if (move->jobs[i].extent[a] > INT32_MAX || move->jobs[i].extent[b] > INT32_MAX) return "a dimension of more than 2^31 - 1 elements";
    }
    return NULL;
}

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_move_problem *move = problem;
    const double rate = move->element_bytes == 1 ? 8e9 : 2e9;
    return 10e-6 * move->job_count + move->bytes / rate / (capabilities->compute_units ? (double)capabilities->compute_units : 1.0);
}

static void cut(int64_t extent, clq_int *whole, clq_int *block, clq_int *blocks)
{
    *whole = (clq_int)extent;
    *block = extent < BLOCK ? (clq_int)extent : BLOCK;
    *blocks = (clq_int)(extent / *block);
}

static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_move_problem *move = problem;
    const uint64_t groups = 8 * (capabilities->compute_units ? (uint64_t)capabilities->compute_units : 1);
    for (int i = 0; i < move->job_count; i++) {
        const clq_move_job *job = &move->jobs[i];
        const int a = contiguous_dimension(job, job->x_stride), b = contiguous_dimension(job, job->y_stride);
        tile_params params = {.x_step = (clq_ulong)job->x_stride[b], .y_step = (clq_ulong)job->y_stride[a], .has_map = job->has_map};
        cut(job->extent[a], &params.a_extent, &params.a_block, &params.a_blocks);
        cut(job->extent[b], &params.b_extent, &params.b_block, &params.b_blocks);
        clq_nest outer = clq_move_nest(job, 1);
        outer.count /= outer.extent[a] * outer.extent[b];
        outer.extent[a] = outer.extent[b] = 1;
        params.nest = clq_op_nest(&outer, 1);
        params.units = (clq_ulong)outer.count * (clq_ulong)params.a_blocks * (clq_ulong)params.b_blocks;
        params.chunk = (params.units + groups - 1) / groups;
        clq_op_step *step = clq_move_step(move, i, recipe);
        if (!step) return CLQNN_OUT_OF_MEMORY;
        step->kernel = (uint32_t)clq_move_size_index(move->element_bytes);
        step->global[0] = (size_t)((params.units + params.chunk - 1) / params.chunk);
        memcpy(step->params, &params, sizeof params);
    }
    return CLQNN_OK;
}

const clq_op_variant clq_move_tiles = {
    .name = "move_tiles",
    .summary = "tiles of 16 x 16 bytes transposed in registers; CPU, x and y contiguous in different dimensions",
    .program = &program,
    .needs = CLQ_CAP_HOST_CPU,
    .counts_begun = true,
    .accepts = accepts,
    .cost = cost,
    .arrange = arrange,
};
