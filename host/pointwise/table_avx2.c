/* SPDX-License-Identifier: Apache-2.0 */
#include "pointwise/pointwise_programs.h"
#include "pointwise/table_problem.h"

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_table_problem *table = problem;
    return 10e-6 + (double)table->nest.count / (12e9 * capabilities->compute_units);
}

static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_table_problem *table = problem;
    return clq_table_arrange(table, &clq_pointwise_avx2_program, clq_op_vector_chunk(table->nest.count, capabilities), recipe);
}

const clq_op_variant clq_table_avx2 = {
    .name = "table_avx2",
    .summary = "32 bytes at a time by 16 shuffles; CPUs with AVX2",
    .program = &clq_pointwise_avx2_program,
    .needs = CLQ_CAP_X86_AVX2,
    .counts_begun = true,
    .cost = cost,
    .arrange = arrange,
};
