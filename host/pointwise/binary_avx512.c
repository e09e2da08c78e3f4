/* SPDX-License-Identifier: Apache-2.0 */
#include "pointwise/binary_problem.h"
#include "pointwise/pointwise_programs.h"

#define LARGEST_QUOTIENT 1e9   /* below 2^31, with room for rounding: what converts to 32 bits */

const char *clq_binary_lines_accept(const void *problem, const clq_capabilities *capabilities)
{
    const clq_binary_problem *binary = problem;
    const clqnn_binary_desc *desc = &binary->desc;
    const double a = 255.0 * (double)clq_quantization_scale(&desc->a.quantization, 0), b = 255.0 * (double)clq_quantization_scale(&desc->b.quantization, 0);
    const double most = desc->kind == CLQNN_MUL ? a * b : a + b;
    (void)capabilities;
    if (desc->rounding != CLQNN_FLOAT_EVEN) return "the rounding is a fixed-point rule";
    return most / (double)clq_quantization_scale(&desc->y.quantization, 0) < LARGEST_QUOTIENT ? NULL : "results may exceed 10^9 steps of y";
}

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_binary_problem *binary = problem;
    return 10e-6 + (double)binary->nest.count / (8e9 * capabilities->compute_units);
}

static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_binary_problem *binary = problem;
    return clq_binary_arrange(binary, &clq_pointwise_avx512_program, clq_op_vector_chunk(binary->nest.count, capabilities), recipe);
}

const clq_op_variant clq_binary_avx512 = {
    .name = "binary_avx512",
    .summary = "64 elements at a time with saturating packs; CPUs with AVX-512",
    .program = &clq_pointwise_avx512_program,
    .needs = CLQ_CAP_X86_AVX512 | CLQ_CAP_EXACT_DIVIDE,
    .counts_begun = true,
    .accepts = clq_binary_lines_accept,
    .cost = cost,
    .arrange = arrange,
};
