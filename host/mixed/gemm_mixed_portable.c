/* SPDX-License-Identifier: Apache-2.0 */
#include "mixed/mixed_variants.h"

enum { ROWS = 4, COLUMNS = 16 };

static const clq_op_program program = {
    .parts = {"prelude/float_types", "mixed/mixed_params", "mixed/mixed_element", "mixed/mixed_store", "mixed/gemm_mixed_portable"},
    .kernels = {{"gemm_mixed_portable", 5, sizeof(mixed_params), {COLUMNS, 1, 1}}},
};

static const char *accepts(const void *given, const clq_capabilities *capabilities)
{
    (void)capabilities;
    return clq_mixed_refuses(given, &clq_layout_float_rows, true);
}

static double cost(const void *given, const clq_capabilities *capabilities)
{
    const clq_mixed_problem *problem = given;
    const double products = (double)problem->m * (double)problem->n * (double)problem->k * (double)(problem->batch[0] * problem->batch[1]);
    return 20e-6 + products / ((capabilities->is_cpu ? 0.2e6 : 16e6) * (double)capabilities->clock_mhz * (double)capabilities->compute_units);
}

static clqnn_status arrange(const void *given, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    (void)capabilities;
    const clq_mixed_problem *problem = given;
    clq_op_step *step = clq_mixed_add_step(problem, recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->global[0] = (size_t)((problem->n + COLUMNS - 1) / COLUMNS * COLUMNS);
    step->global[1] = (size_t)((problem->m + ROWS - 1) / ROWS);
    step->global[2] = (size_t)(problem->batch[0] * problem->batch[1]);
    return CLQNN_OK;
}

const clq_mixed_variant clq_gemm_mixed_portable = {
    .op = {
        .name = "gemm_mixed_portable",
        .summary = "a work-item makes four elements of a column, b read in place; any device",
        .program = &program,
        .accepts = accepts,
        .cost = cost,
        .arrange = arrange,
    },
    .layout = &clq_layout_float_rows,
    .tile = {ROWS, COLUMNS, 1},
};
