/* SPDX-License-Identifier: Apache-2.0 */
#include "convert/convert_problem.h"

#define PROGRAM(half_part, knobs, ...) \
    { \
        .parts = {"op/vector_memory", "prelude/float_types", "convert/convert_params", "convert/convert_float_element", "convert/convert_real", "convert/convert_element", "convert/convert_values", half_part, \
                  "convert/convert_float_lanes", "convert/convert_integer_lanes", __VA_ARGS__, "convert/convert_vector"}, \
        .defines = "-DWALK_OPERANDS=6" knobs, \
        .kernels = {{"convert_vector", 4, sizeof(convert_params), {1, 1, 1}}, {"convert_values", 3, sizeof(convert_values_params), {16, 1, 1}}}, \
    }

static const clq_op_program program = PROGRAM("convert/half_vector", "", "convert/no_lines"),
                            avx2_program = PROGRAM("convert/half_avx2", " -DLINE_BYTES=32", "lanes/x86_lines", "convert/convert_lines"),
                            avx512_program = PROGRAM("convert/half_avx512", " -DLINE_BYTES=64", "lanes/x86_lines", "convert/convert_lines");

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_convert_problem *convert = problem;
    return 10e-6 + (double)convert->nest.count / (4e9 * capabilities->compute_units);
}

/* Better where there are halves or lines; else the same, and the one program serves all conversions. */
static double avx512_cost(const void *problem, const clq_capabilities *capabilities)
{
    return 0.8 * cost(problem, capabilities);
}

static double avx2_cost(const void *problem, const clq_capabilities *capabilities)
{
    return 0.9 * cost(problem, capabilities);
}

/* All programs have the same geometry. */
static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_convert_problem *convert = problem;
    return clq_convert_arrange(convert, &program, clq_op_vector_chunk(convert->nest.count, capabilities), recipe);
}

const clq_op_variant clq_convert_vector = {
    .name = "convert_vector",
    .summary = "plain OpenCL C in vectors of 16, a work-item makes a long run; CPUs",
    .program = &program,
    .needs = CLQ_CAP_EXACT_DIVIDE,
    .counts_begun = true,
    .accepts = clq_op_accepts_cpu,
    .cost = cost,
    .workspace = clq_convert_workspace,
    .arrange = arrange,
};

const clq_op_variant clq_convert_avx2 = {
    .name = "convert_avx2",
    .summary = "convert_vector with AVX2's saturating packs where y is an integer and there is one scale; CPUs with AVX2",
    .program = &avx2_program,
    .needs = CLQ_CAP_EXACT_DIVIDE | CLQ_CAP_X86_AVX2,
    .counts_begun = true,
    .accepts = clq_op_accepts_cpu,
    .cost = avx2_cost,
    .workspace = clq_convert_workspace,
    .arrange = arrange,
};

const clq_op_variant clq_convert_avx512 = {
    .name = "convert_avx512",
    .summary = "convert_vector with AVX-512's conversions of halves and saturating packs; CPUs with AVX-512",
    .program = &avx512_program,
    .needs = CLQ_CAP_EXACT_DIVIDE | CLQ_CAP_X86_AVX512,
    .counts_begun = true,
    .accepts = clq_op_accepts_cpu,
    .cost = avx512_cost,
    .workspace = clq_convert_workspace,
    .arrange = arrange,
};
