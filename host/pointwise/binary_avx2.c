/* SPDX-License-Identifier: Apache-2.0 */
#include "pointwise/binary_problem.h"
#include "pointwise/pointwise_programs.h"

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_binary_problem *binary = problem;
    return 10e-6 + (double)binary->nest.count / (5e9 * capabilities->compute_units);
}

static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_binary_problem *binary = problem;
    return clq_binary_arrange(binary, &clq_pointwise_avx2_program, clq_op_vector_chunk(binary->nest.count, capabilities), recipe);
}

const clq_op_variant clq_binary_avx2 = {
    .name = "binary_avx2",
    .summary = "binary_avx512 with 32 elements at a time; CPUs with AVX2",
    .program = &clq_pointwise_avx2_program,
    .needs = CLQ_CAP_X86_AVX2 | CLQ_CAP_EXACT_DIVIDE,
    .counts_begun = true,
    .accepts = clq_binary_lines_accept,
    .cost = cost,
    .arrange = arrange,
};
