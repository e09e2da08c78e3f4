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
