/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "convert/convert_problem.h"

#define PROGRAM(half_part) \
    { \
        .parts = {"op/vector_memory", "prelude/float_types", "convert/convert_params", "convert/convert_float_element", half_part, \
                  "convert/convert_float_lanes", "convert/convert_float_vector"}, \
        .kernels = {{"convert_float_vector", 2, sizeof(convert_params), {1, 1, 1}}}, \
    }

static const clq_op_program program = PROGRAM("convert/half_vector"), avx2_program = PROGRAM("convert/half_avx2"), avx512_program = PROGRAM("convert/half_avx512");

static const char *accepts(const void *problem, const clq_capabilities *capabilities)
{
    const clq_convert_problem *convert = problem;
    if (!capabilities->is_cpu) return "the device is not a CPU";
    return clq_convert_is_float(convert->x.type) && clq_convert_is_float(convert->y.type) ? NULL : "x or y is an integer type";
}

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_convert_problem *convert = problem;
    return 10e-6 + (double)convert->nest.count / (5e9 * capabilities->compute_units);
}

/* Below those of convert_vector's programs, which go through a quotient. */
static double avx2_cost(const void *problem, const clq_capabilities *capabilities)
{
    return 0.85 * cost(problem, capabilities);
}

static double avx512_cost(const void *problem, const clq_capabilities *capabilities)
{
    return 0.75 * cost(problem, capabilities);
}

static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_convert_problem *convert = problem;
    const int64_t chunk = clq_op_vector_chunk(convert->nest.count, capabilities);
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    const convert_params params = {
        .nest = clq_op_nest(&convert->nest, chunk),
        .x_type = (clq_int)convert->x.type,
        .y_type = (clq_int)convert->y.type,
        .streams = clq_op_streams(&convert->y),
        .f8_overflow = (clq_int)convert->desc.f8_overflow,
    };
    step->buffers[0] = CLQ_OP_INPUT;
    step->buffers[1] = CLQ_OP_OUTPUT;
    memcpy(step->params, &params, sizeof params);
    step->global[0] = (size_t)((convert->nest.count + chunk - 1) / chunk);
    step->global[1] = step->global[2] = 1;
    return CLQNN_OK;
}

const clq_op_variant clq_convert_float_vector = {
    .name = "convert_float_vector",
    .summary = "float types to float types in vectors of 16, a loop for each pair; CPUs",
    .program = &program,
    .counts_begun = true,
    .accepts = accepts,
    .cost = cost,
    .arrange = arrange,
};

const clq_op_variant clq_convert_float_avx2 = {
    .name = "convert_float_avx2",
    .summary = "convert_float_vector with F16C's conversions of halves; CPUs with AVX2",
    .program = &avx2_program,
    .needs = CLQ_CAP_X86_AVX2,
    .counts_begun = true,
    .accepts = accepts,
    .cost = avx2_cost,
    .arrange = arrange,
};

const clq_op_variant clq_convert_float_avx512 = {
    .name = "convert_float_avx512",
    .summary = "convert_float_vector with AVX-512's conversions of halves; CPUs with AVX-512",
    .program = &avx512_program,
    .needs = CLQ_CAP_X86_AVX512,
    .counts_begun = true,
    .accepts = accepts,
    .cost = avx512_cost,
    .arrange = arrange,
};
