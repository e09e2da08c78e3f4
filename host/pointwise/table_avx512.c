/* SPDX-License-Identifier: Apache-2.0 */
#include "pointwise/pointwise_programs.h"
#include "pointwise/table_problem.h"

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_table_problem *table = problem;
    return 10e-6 + (double)table->nest.count / (15e9 * capabilities->compute_units);
}

static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_table_problem *table = problem;
    return clq_table_arrange(table, &clq_pointwise_avx512_program, clq_op_vector_chunk(table->nest.count, capabilities), recipe);
}

const clq_op_variant clq_table_avx512 = {
    .name = "table_avx512",
    .summary = "64 bytes at a time by word permutations; CPUs with AVX-512",
    .program = &clq_pointwise_avx512_program,
    .needs = CLQ_CAP_X86_AVX512,
    .counts_begun = true,
    .cost = cost,
    .arrange = arrange,
};
