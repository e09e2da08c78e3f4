/* SPDX-License-Identifier: Apache-2.0 */
#include "pointwise/binary_problem.h"
#include "pointwise/pointwise_programs.h"

static const char *accepts(const void *problem, const clq_capabilities *capabilities)
{
    const clq_binary_problem *binary = problem;
    if (!capabilities->is_cpu) return "the device is not a CPU";
    return binary->desc.rounding == CLQNN_FLOAT_EVEN ? NULL : "the rounding is a fixed-point rule";
}

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_binary_problem *binary = problem;
    return 10e-6 + (double)binary->nest.count / (4e9 * capabilities->compute_units);
}

static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_binary_problem *binary = problem;
    return clq_binary_arrange(binary, &clq_pointwise_vector_program, clq_op_vector_chunk(binary->nest.count, capabilities), recipe);
}

const clq_op_variant clq_binary_vector = {
    .name = "binary_vector",
    .summary = "plain OpenCL C in vectors of 16, a work-item makes a long run; CPUs",
    .program = &clq_pointwise_vector_program,
    .needs = CLQ_CAP_EXACT_DIVIDE,
    .counts_begun = true,
    .accepts = accepts,
    .cost = cost,
    .arrange = arrange,
};
