/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "pointwise/binary_fixed_proof.h"
#include "pointwise/pointwise_programs.h"

#include "pointwise/binary_fixed_params.cl"

static const clq_op_program program = {
    .parts = {"op/vector_memory", "op/fixed_point", "pointwise/binary_params", "pointwise/binary_element", "pointwise/binary_fixed_params", "pointwise/binary_fixed_vector"},
    .kernels = {[CLQ_POINTWISE_BINARY] = {"binary_fixed_vector", 3, sizeof(binary_fixed_params), {1, 1, 1}}},
};

static const char *accepts(const void *problem, const clq_capabilities *capabilities)
{
    const clq_binary_problem *binary = problem;
    clq_binary_fixed fixed;
    (void)capabilities;
    if (binary->desc.rounding == CLQNN_FLOAT_EVEN) return "the rounding is not a fixed-point rule";
    return clq_binary_fixed_prove(binary, &fixed) ? NULL : "for some pair of bytes binary64 rounds to the other side than the rule";
}

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_binary_problem *binary = problem;
    return 10e-6 + (double)binary->nest.count / (3e9 * capabilities->compute_units);
}

static clq_ulong bits_of(double value)
{
    clq_ulong bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_binary_problem *binary = problem;
    clq_binary_fixed fixed;
    (void)clq_binary_fixed_prove(binary, &fixed);
    CLQ_FORWARD(clq_binary_arrange(binary, &program, clq_op_vector_chunk(binary->nest.count, capabilities), recipe));
    clq_op_step *step = &recipe->steps[recipe->step_count - 1];
    binary_fixed_params params = {.a_factor = bits_of(fixed.a_factor), .b_factor = bits_of(fixed.b_factor), .zero_term = bits_of(fixed.zero_term), .tie = bits_of(fixed.tie),
                                  .tie_sign = fixed.ties_away ? bits_of(-0.0) : 0};
    memcpy(&params.base, step->params, sizeof params.base);
    memcpy(step->params, &params, sizeof params);
    return CLQNN_OK;
}

const clq_op_variant clq_binary_fixed_vector = {
    .name = "binary_fixed_vector",
    .summary = "fixed-point rules in binary64, proved equal for all pairs of bytes when the plan is made; x86 CPUs",
    .program = &program,
    .needs = CLQ_CAP_X86_AVX2,
    .counts_begun = true,
    .accepts = accepts,
    .cost = cost,
    .arrange = arrange,
};
