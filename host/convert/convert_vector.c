/* SPDX-License-Identifier: Apache-2.0 */
#include "convert/convert_problem.h"

#define PROGRAM(half_part) \
    { \
        .parts = {"op/vector_memory", "prelude/float_types", "convert/convert_params", "convert/convert_float_element", "convert/convert_element", half_part, \
                  "convert/convert_float_lanes", "convert/convert_vector"}, \
        .defines = "-DWALK_OPERANDS=6", \
        .kernels = {{"convert_vector", 4, sizeof(convert_params), {1, 1, 1}}}, \
    }

static const clq_op_program program = PROGRAM("convert/half_vector"), avx512_program = PROGRAM("convert/half_avx512");

static const char *accepts(const void *problem, const clq_capabilities *capabilities)
{
    (void)problem;
    return capabilities->is_cpu ? NULL : "the device is not a CPU";
}

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_convert_problem *convert = problem;
    return 10e-6 + (double)convert->nest.count / (4e9 * capabilities->compute_units);
}

/* Better where there are halves; else the same, and the one program serves all conversions. */
static double avx512_cost(const void *problem, const clq_capabilities *capabilities)
{
    return 0.9 * cost(problem, capabilities);
}

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
    .accepts = accepts,
    .cost = cost,
    .arrange = arrange,
};

const clq_op_variant clq_convert_avx512 = {
    .name = "convert_avx512",
    .summary = "convert_vector with AVX-512's conversions of halves; CPUs with AVX-512",
    .program = &avx512_program,
    .needs = CLQ_CAP_EXACT_DIVIDE | CLQ_CAP_X86_AVX512,
    .counts_begun = true,
    .accepts = accepts,
    .cost = avx512_cost,
    .arrange = arrange,
};
