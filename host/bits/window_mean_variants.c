/* SPDX-License-Identifier: Apache-2.0 */
#include "bits/window_mean_problem.h"

static const clq_op_program portable_program = {
    .parts = {"prelude/float_types", "convert/convert_params", "convert/convert_float_element", "bits/window_mean_params", "bits/window_mean_element",
              "bits/window_mean_portable"},
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

/* The halves' part converts f16. */
#define VECTOR_PROGRAM(half_part) \
    { \
        .parts = {"op/vector_memory", "prelude/float_types", "convert/convert_params", "convert/convert_float_element", half_part, "convert/convert_float_lanes", \
                  "bits/window_mean_params", "bits/window_mean_element", "bits/window_mean_vector"}, \
        .kernels = {{"pixel_mean_vector", 2, sizeof(pixel_mean_params), {1, 1, 1}}, {"window_mean_vector", 2, sizeof(window_mean_params), {1, 1, 1}}}, \
    }

static const clq_op_program vector_program = VECTOR_PROGRAM("convert/half_vector"), avx2_program = VECTOR_PROGRAM("convert/half_avx2");

static double vector_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_window_mean_problem *mean = problem;
    const double terms = (double)mean->x.count + 4.0 * (double)mean->y.count * (double)(mean->kernel[0] * mean->kernel[1]);
    return 15e-6 + terms / (4e9 * capabilities->compute_units);
}

static double avx2_cost(const void *problem, const clq_capabilities *capabilities)
{
    return 0.9 * vector_cost(problem, capabilities);
}

/* Both programs have the same geometry. */
static clqnn_status vector_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_window_mean_problem *mean = problem;
    const int64_t values = clq_op_vector_chunk(mean->x.count, capabilities), pixels = values / mean->x.shape[3];
    const clq_window_mean_chunks chunks = {pixels > 0 ? pixels : 1, clq_op_vector_chunk(mean->y.count, capabilities) / 4};
    return clq_window_mean_arrange(mean, &vector_program, chunks, recipe);
}

const clq_op_variant clq_window_mean_vector = {
    .name = "window_mean_vector",
    .summary = "plain OpenCL C in vectors of 16, a work-item makes a long run of pixels, then of windows; CPUs",
    .program = &vector_program,
    .needs = CLQ_CAP_EXACT_DIVIDE,
    .counts_begun = true,
    .accepts = clq_op_accepts_cpu,
    .cost = vector_cost,
    .workspace = clq_window_mean_workspace,
    .arrange = vector_arrange,
};

const clq_op_variant clq_window_mean_avx2 = {
    .name = "window_mean_avx2",
    .summary = "window_mean_vector with AVX2's conversion of halves; CPUs with AVX2",
    .program = &avx2_program,
    .needs = CLQ_CAP_EXACT_DIVIDE | CLQ_CAP_X86_AVX2,
    .counts_begun = true,
    .accepts = clq_op_accepts_cpu,
    .cost = avx2_cost,
    .workspace = clq_window_mean_workspace,
    .arrange = vector_arrange,
};
