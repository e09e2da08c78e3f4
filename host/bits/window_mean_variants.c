/* SPDX-License-Identifier: Apache-2.0 */
#include "bits/window_mean_problem.h"

static const clq_op_program portable_program = {
    .parts = {"prelude/float_types", "convert/convert_params", "convert/convert_float_element", "bits/window_mean_params", "bits/window_mean_portable"},
    .kernels = {{"pixel_mean_portable", 2, sizeof(pixel_mean_params), {16, 1, 1}}, {"window_mean_portable", 2, sizeof(window_mean_params), {16, 1, 1}}},
};

static double portable_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_window_mean_problem *mean = problem;
    const double terms = (double)mean->x.count + (double)mean->y.count * (double)(mean->kernel[0] * mean->kernel[1]);
    return 25e-6 + terms / (capabilities->is_gpu ? 20e9 : 0.1e9);
}

static clqnn_status portable_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_window_mean_chunks chunks = capabilities->is_cpu ? (clq_window_mean_chunks){16, 256} : (clq_window_mean_chunks){1, 1};
    return clq_window_mean_arrange(problem, &portable_program, chunks, recipe);
}

const clq_op_variant clq_window_mean_portable = {
    .name = "window_mean_portable",
    .summary = "plain OpenCL C, a work-item makes pixels, then windows, one by one; any device",
    .program = &portable_program,
    .cost = portable_cost,
    .workspace = clq_window_mean_workspace,
    .arrange = portable_arrange,
};
