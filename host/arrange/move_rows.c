/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "arrange/move_launch.h"

static const clq_op_program program = {
    .parts = {"arrange/arrange_params", "lanes/width64", "lanes/lane_types", "lanes/width16", "lanes/lane_types", "arrange/byte_runs", "arrange/move_rows"},
    .kernels = {{"move_rows", 3, sizeof(move_params), {1, 1, 1}}},
};

static const char *accepts(const void *problem, const clq_capabilities *capabilities)
{
    const clq_move_problem *move = problem;
    (void)capabilities;
    return clq_move_is_rows(move) ? NULL : "the innermost elements are not contiguous in both tensors";
}

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_move_problem *move = problem;
    double seconds = 0;
    for (int i = 0; i < move->job_count; i++) {
        const clq_move_job *job = &move->jobs[i];
        double rows = 1;
        for (int d = 0; d < OP_RANK - 1; d++) rows *= (double)job->extent[d];
        seconds += rows * (10e-9 + (double)job->extent[OP_RANK - 1] * move->element_bytes / (job->has_map ? 2e9 : 20e9));
    }
    return 10e-6 * move->job_count + seconds / (capabilities->compute_units ? (double)capabilities->compute_units : 1.0);
}

/* Where a map looks bytes up elements are bytes; else every element is taken as bytes. Four work-groups a compute unit. */
static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_move_problem *move = problem;
    const int64_t groups = 4 * (capabilities->compute_units ? (int64_t)capabilities->compute_units : 1);
    for (int i = 0; i < move->job_count; i++) {
        const clq_move_job *job = &move->jobs[i];
        const clq_nest nest = clq_move_row_nest(job, move->element_bytes);
        int64_t chunk = (nest.count + groups - 1) / groups;
        chunk = (chunk + 4095) / 4096 * 4096;
        const move_params params = {.nest = clq_op_nest(&nest, chunk), .has_map = job->has_map};
        clq_op_step *step = clq_move_step(move, i, recipe);
        if (!step) return CLQNN_OUT_OF_MEMORY;
        step->global[0] = (size_t)((nest.count + chunk - 1) / chunk);
        memcpy(step->params, &params, sizeof params);
    }
    return CLQNN_OK;
}

const clq_op_variant clq_move_rows = {
    .name = "move_rows",
    .summary = "contiguous runs of bytes, 64 at a time; CPU, innermost elements contiguous in both tensors",
    .program = &program,
    .needs = CLQ_CAP_HOST_CPU,
    .counts_begun = true,
    .accepts = accepts,
    .cost = cost,
    .arrange = arrange,
};
