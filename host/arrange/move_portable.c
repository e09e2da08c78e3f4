/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "arrange/move_launch.h"

static const clq_op_program program = {
    .parts = {"arrange/arrange_params", "arrange/element8", "arrange/move_portable", "arrange/element16", "arrange/move_portable", "arrange/element32",
              "arrange/move_portable"},
    .kernels = {{"move_portable_8", 3, sizeof(move_params), {16, 1, 1}}, {"move_portable_16", 3, sizeof(move_params), {16, 1, 1}},
                {"move_portable_32", 3, sizeof(move_params), {16, 1, 1}}},
};

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_move_problem *move = problem;
    return 20e-6 * move->job_count + move->bytes / move->element_bytes / (capabilities->is_gpu ? 20e9 : 0.5e9);
}

static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_move_problem *move = problem;
    const int64_t chunk = capabilities->is_cpu ? 1024 : 16;
    const size_t local = program.kernels[0].local[0];
    for (int i = 0; i < move->job_count; i++) {
        const clq_nest nest = clq_move_nest(&move->jobs[i], 1);
        const move_params params = {.nest = clq_op_nest(&nest, chunk), .has_map = move->jobs[i].has_map};
        const size_t items = (size_t)((nest.count + chunk - 1) / chunk);
        clq_op_step *step = clq_move_step(move, i, recipe);
        if (!step) return CLQNN_OUT_OF_MEMORY;
        step->kernel = (uint32_t)clq_move_size_index(move->element_bytes);
        step->global[0] = (items + local - 1) / local * local;
        memcpy(step->params, &params, sizeof params);
    }
    return CLQNN_OK;
}

const clq_op_variant clq_move_portable = {
    .name = "move_portable",
    .summary = "plain OpenCL C, a work-item makes a chunk element by element; any device, any strides",
    .program = &program,
    .cost = cost,
    .arrange = arrange,
};
