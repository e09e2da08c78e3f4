/* SPDX-License-Identifier: Apache-2.0 */
#include "fake_quant/fake_quant_problem.h"

static const clq_op_program portable_program = {
    .parts = {"prelude/float_types", "convert/convert_params", "convert/convert_float_element", "convert/convert_real", "fake_quant/fake_quant_params", "fake_quant/one_lane",
              "fake_quant/fake_quant_code", "fake_quant/fake_values", "fake_quant/fake_quant_noise", "fake_quant/fake_quant_portable"},
    .defines = "-DWALK_OPERANDS=5",
    .kernels = {{"fake_quant_portable", 5, sizeof(fake_quant_params), {16, 1, 1}}},
};

static const clq_op_program vector_program = {
    .parts = {"op/vector_memory", "prelude/float_types", "convert/convert_params", "convert/convert_float_element", "convert/convert_real", "convert/half_vector",
              "convert/convert_float_lanes", "convert/convert_integer_lanes", "fake_quant/fake_quant_params", "fake_quant/sixteen_lanes", "fake_quant/fake_quant_code",
              "fake_quant/fake_quant_noise", "fake_quant/fake_lanes", "fake_quant/fake_parts", "fake_quant/fake_quant_vector"},
    .defines = "-DWALK_OPERANDS=5",
    .kernels = {{"fake_quant_vector", 5, sizeof(fake_quant_params), {1, 1, 1}}},
};

static clqnn_status arrange(const clq_fake_quant_problem *problem, const clq_op_program *program, int64_t chunk, clq_op_recipe *recipe)
{
    uint8_t buffers[] = {CLQ_OP_INPUT, 0, 0, CLQ_OP_OUTPUT, problem->saves_mask ? CLQ_OP_OUTPUT + 1 : CLQ_OP_OUTPUT};
    clq_fake_place_inputs(&problem->scheme, CLQ_OP_INPUT, &buffers[1], &buffers[2]);
    return clq_fake_add_pass(problem, program, 0, chunk, buffers, recipe);
}

static double portable_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_fake_quant_problem *fake = problem;
    return 20e-6 + (double)fake->nest.count / (capabilities->is_gpu ? 20e9 : 0.1e9);
}

static clqnn_status portable_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    return arrange(problem, &portable_program, capabilities->is_cpu ? 1024 : 16, recipe);
}

const clq_op_variant clq_fake_quant_portable = {
    .name = "fake_quant_portable",
    .summary = "plain OpenCL C, a work-item makes a chunk element by element; any device",
    .program = &portable_program,
    .cost = portable_cost,
    .arrange = portable_arrange,
};

static double vector_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_fake_quant_problem *fake = problem;
    return 10e-6 + (double)fake->nest.count / (2e9 * capabilities->compute_units);
}

static clqnn_status vector_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_fake_quant_problem *fake = problem;
    return arrange(fake, &vector_program, clq_op_vector_chunk(fake->nest.count, capabilities), recipe);
}

const clq_op_variant clq_fake_quant_vector = {
    .name = "fake_quant_vector",
    .summary = "plain OpenCL C in vectors of 16, a work-item makes a long run; CPUs",
    .program = &vector_program,
    .needs = CLQ_CAP_EXACT_DIVIDE,
    .counts_begun = true,
    .accepts = clq_op_accepts_cpu,
    .cost = vector_cost,
    .arrange = vector_arrange,
};
