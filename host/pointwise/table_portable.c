/* SPDX-License-Identifier: Apache-2.0 */
#include "pointwise/pointwise_programs.h"
#include "pointwise/table_problem.h"

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_table_problem *table = problem;
    return 20e-6 + (double)table->nest.count / (capabilities->is_gpu ? 40e9 : 1e9);
}

static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    return clq_table_arrange(problem, &clq_pointwise_portable_program, clq_pointwise_portable_chunk(capabilities), recipe);
}

const clq_op_variant clq_table_portable = {
    .name = "table_portable",
    .summary = "plain OpenCL C, a work-item looks a chunk up byte by byte; any device, any shape",
    .program = &clq_pointwise_portable_program,
    .cost = cost,
    .arrange = arrange,
};
