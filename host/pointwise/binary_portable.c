/* SPDX-License-Identifier: Apache-2.0 */
#include "pointwise/binary_problem.h"
#include "pointwise/pointwise_programs.h"

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_binary_problem *binary = problem;
    return 20e-6 + (double)binary->nest.count / (capabilities->is_gpu ? 20e9 : 0.1e9);
}

static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    return clq_binary_arrange(problem, &clq_pointwise_portable_program, clq_pointwise_portable_chunk(capabilities), recipe);
}

const clq_op_variant clq_binary_portable = {
    .name = "binary_portable",
    .summary = "plain OpenCL C, a work-item makes a chunk element by element; any device, any shape, all rules",
    .program = &clq_pointwise_portable_program,
    .cost = cost,
    .arrange = arrange,
};
