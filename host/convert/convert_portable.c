/* SPDX-License-Identifier: Apache-2.0 */
#include "convert/convert_problem.h"

static const clq_op_program program = {
    .parts = {"prelude/float_types", "convert/convert_params", "convert/convert_float_element", "convert/convert_real", "convert/convert_element", "convert/convert_values", "convert/convert_portable"},
    .defines = "-DWALK_OPERANDS=6",
    .kernels = {{"convert_portable", 4, sizeof(convert_params), {16, 1, 1}}, {"convert_values", 3, sizeof(convert_values_params), {16, 1, 1}}},
};

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_convert_problem *convert = problem;
    return 20e-6 + (double)convert->nest.count / (capabilities->is_gpu ? 20e9 : 0.1e9);
}

static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    return clq_convert_arrange(problem, &program, capabilities->is_cpu ? 1024 : 16, recipe);
}

const clq_op_variant clq_convert_portable = {
    .name = "convert_portable",
    .summary = "plain OpenCL C, a work-item converts a chunk element by element; any device, all types, any quantization",
    .program = &program,
    .cost = cost,
    .workspace = clq_convert_workspace,
    .arrange = arrange,
};
