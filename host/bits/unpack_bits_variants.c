/* SPDX-License-Identifier: Apache-2.0 */
#include "bits/unpack_bits_problem.h"

static const clq_op_program portable_program = {
    .parts = {"prelude/float_types", "convert/convert_params", "convert/convert_float_element", "convert/convert_real", "bits/pack_bits_params", "bits/unpack_bits_params",
              "bits/unpack_bits_element", "bits/unpack_bits_portable"},
    .kernels = {{"unpack_bits_portable", 2, sizeof(unpack_bits_params), {16, 1, 1}}},
};

static double portable_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_unpack_bits_problem *unpack = problem;
    return 20e-6 + (double)unpack->y.count / (capabilities->is_gpu ? 20e9 : 0.1e9);
}

static clqnn_status portable_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    return clq_unpack_bits_arrange(problem, &portable_program, capabilities->is_cpu ? 1024 : 16, recipe);
}

const clq_op_variant clq_unpack_bits_portable = {
    .name = "unpack_bits_portable",
    .summary = "plain OpenCL C, a work-item makes a chunk value by value; any device, all types",
    .program = &portable_program,
    .cost = portable_cost,
    .arrange = portable_arrange,
};
