/* SPDX-License-Identifier: Apache-2.0 */
#include "mixed/groups_arrange.h"
#include "mixed/mixed_variants.h"

enum { ROWS = 4, COLUMNS = 16, ROWS_RUN = 256 };

static const clq_op_program program = {
    .parts = {"prelude/float_types", "mixed/mixed_params", "mixed/mixed_element", "mixed/mixed_store", "mixed/group_element", "mixed/group_rows", "mixed/gemm_weights_portable"},
    .kernels = {{"group_rows", 4, sizeof(mixed_params), {1, 1, 1}}, {"gemm_weights_portable", 6, sizeof(mixed_params), {COLUMNS, 1, 1}}},
};

static const char *accepts(const void *given, const clq_capabilities *capabilities)
{
    (void)capabilities;
    return clq_mixed_refuses(given, &clq_layout_groups_n32, false);
}

static double cost(const void *given, const clq_capabilities *capabilities)
{
    const clq_mixed_problem *problem = given;
    const double products = (double)problem->m * (double)problem->n * (double)problem->k * (double)(problem->batch[0] * problem->batch[1]);
    return 20e-6 + products / ((capabilities->is_cpu ? 0.1e6 : 8e6) * (double)capabilities->clock_mhz * (double)capabilities->compute_units);
}

static uint64_t workspace(const void *given, const clq_capabilities *capabilities)
{
    (void)capabilities;
    return clq_groups_workspace(given, false);
}

static clqnn_status arrange(const void *given, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    (void)capabilities;
    const clq_mixed_problem *problem = given;
    const clq_groups_launch launch = {.rows_kernel = 0, .kernel = 1, .rows_run = ROWS_RUN, .row_block = ROWS, .rows_global = 1,
                                      .columns = (size_t)((problem->n + COLUMNS - 1) / COLUMNS * COLUMNS)};
    return clq_groups_arrange(problem, &launch, recipe);
}

const clq_mixed_variant clq_gemm_weights_portable = {
    .op = {
        .name = "gemm_weights_portable",
        .summary = "integers with groups: a work-item makes four elements of a column; any device",
        .program = &program,
        .accepts = accepts,
        .cost = cost,
        .workspace = workspace,
        .arrange = arrange,
    },
    .layout = &clq_layout_groups_n32,
    .tile = {ROWS, COLUMNS, 1},
};
