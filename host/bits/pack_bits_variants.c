/* SPDX-License-Identifier: Apache-2.0 */
#include "bits/pack_bits_problem.h"

static const clq_op_program portable_program = {
    .parts = {"prelude/float_types", "convert/convert_params", "convert/convert_float_element", "convert/convert_real", "bits/pack_bits_params", "bits/pack_bits_element",
              "bits/pack_bits_portable"},
    .kernels = {{"pack_bits_portable", 3, sizeof(pack_bits_params), {16, 1, 1}}},
};

static double portable_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_pack_bits_problem *pack = problem;
    return 20e-6 + (double)pack->y.count / (capabilities->is_gpu ? 20e9 : 0.1e9);
}

static clqnn_status portable_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    return clq_pack_bits_arrange(problem, &portable_program, capabilities->is_cpu ? 32 : 1, recipe);
}

const clq_op_variant clq_pack_bits_portable = {
    .name = "pack_bits_portable",
    .summary = "plain OpenCL C, a work-item makes a chunk of words value by value; any device, all types",
    .program = &portable_program,
    .cost = portable_cost,
    .arrange = portable_arrange,
};

/* The halves' part converts f16. */
#define VECTOR_PROGRAM(half_part) \
    { \
        .parts = {"op/vector_memory", "prelude/float_types", "convert/convert_params", "convert/convert_float_element", "convert/convert_real", half_part, \
                  "convert/convert_float_lanes", "convert/convert_integer_lanes", "bits/pack_bits_params", "bits/pack_bits_element", "bits/bit_lanes", \
                  "bits/pack_bits_vector"}, \
        .kernels = {{"pack_bits_vector", 3, sizeof(pack_bits_params), {1, 1, 1}}}, \
    }

static const clq_op_program vector_program = VECTOR_PROGRAM("convert/half_vector"), avx2_program = VECTOR_PROGRAM("convert/half_avx2");

static double vector_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_pack_bits_problem *pack = problem;
    return 10e-6 + (double)pack->y.count / (4e9 * capabilities->compute_units);
}

static double avx2_cost(const void *problem, const clq_capabilities *capabilities)
{
    return 0.9 * vector_cost(problem, capabilities);
}

/* Both programs have the same geometry. */
static clqnn_status vector_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_pack_bits_problem *pack = problem;
    return clq_pack_bits_arrange(pack, &vector_program, clq_op_vector_chunk(pack->y.count, capabilities) / CLQ_PLANES_GROUP, recipe);
}

const clq_op_variant clq_pack_bits_vector = {
    .name = "pack_bits_vector",
    .summary = "plain OpenCL C in vectors of 16, a work-item makes a long run of words; CPUs",
    .program = &vector_program,
    .needs = CLQ_CAP_EXACT_DIVIDE,
    .counts_begun = true,
    .accepts = clq_op_accepts_cpu,
    .cost = vector_cost,
    .arrange = vector_arrange,
};

const clq_op_variant clq_pack_bits_avx2 = {
    .name = "pack_bits_avx2",
    .summary = "pack_bits_vector with AVX2's conversion of halves; CPUs with AVX2",
    .program = &avx2_program,
    .needs = CLQ_CAP_EXACT_DIVIDE | CLQ_CAP_X86_AVX2,
    .counts_begun = true,
    .accepts = clq_op_accepts_cpu,
    .cost = avx2_cost,
    .arrange = vector_arrange,
};
