/* SPDX-License-Identifier: Apache-2.0 */
/* Any device, any mix of types: one kernel, a row for each form of counting. */
#include "bits/bits_family.h"

enum { ROWS = 16, COLUMNS = 32 };

static const clq_op_program program = {
    .parts = {"prelude/gemm_params", "bits/bits_params", "epilogue/requantize", "bits/bits_store", "bits/gemm_bits_finish", "bits/gemm_bits_portable"},
    .defines = "-DLANES=1",
    .kernels = {{"gemm_bits_portable", 7, sizeof(bits_params), {ROWS, 1, 1}}},
};

static const char *accepts(const void *problem, const clq_capabilities *capabilities)
{
    (void)capabilities;
    return clq_bits_refuses(problem, &clq_layout_bits_n32, true);
}

/* Words of both sides that meet. */
static double seconds_of(const clq_bits_problem *problem, const clq_capabilities *capabilities, double planes)
{
    const double words = (double)problem->m * (double)problem->n * (double)clq_bit_groups(problem->k) * (double)(problem->batch[0] * problem->batch[1]) * planes;
    return 20e-6 + words / ((capabilities->is_cpu ? 0.2e6 : 1e6) * (double)capabilities->clock_mhz * (double)capabilities->compute_units);
}

static double cost(const void *given, const clq_capabilities *capabilities)
{
    const clq_bits_problem *problem = given;
    return seconds_of(problem, capabilities, (double)(problem->a_form.planes * problem->b_form.planes));
}

/* The row's sums are counted besides. */
static double and_cost(const void *given, const clq_capabilities *capabilities)
{
    return 1.25 * cost(given, capabilities);
}

static clqnn_status arrange_rows(const clq_bits_problem *problem, bool and_only, clq_op_recipe *recipe)
{
    clq_op_step *step = clq_bits_add_step(problem, and_only, recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->global[0] = (size_t)((problem->m + ROWS - 1) / ROWS * ROWS);
    step->global[1] = (size_t)((problem->n + COLUMNS - 1) / COLUMNS);
    step->global[2] = (size_t)(problem->batch[0] * problem->batch[1]);
    return CLQNN_OK;
}

static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    (void)capabilities;
    return arrange_rows(problem, false, recipe);
}

static clqnn_status arrange_and(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    (void)capabilities;
    return arrange_rows(problem, true, recipe);
}

const clq_bits_variant clq_gemm_bits_portable = {
    .op = {
        .name = "gemm_bits_portable",
        .summary = "a work-item makes 32 columns of a row by popcount; any device",
        .program = &program,
        .accepts = accepts,
        .cost = cost,
        .arrange = arrange,
    },
    .layout = &clq_layout_bits_n32,
    .tile = {ROWS, COLUMNS, 32},
};

const clq_bits_variant clq_gemm_bits_and_portable = {
    .op = {
        .name = "gemm_bits_and_portable",
        .summary = "the same, every product counted by AND",
        .program = &program,
        .accepts = accepts,
        .cost = and_cost,
        .arrange = arrange_and,
    },
    .layout = &clq_layout_bits_n32,
    .tile = {ROWS, COLUMNS, 32},
};
