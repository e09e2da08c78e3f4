/* SPDX-License-Identifier: Apache-2.0 */
#include "mixed/groups_arrange.h"
#include "mixed/mixed_variants.h"

enum { TILE = 64, ROWS_RUN = 64 };
enum { GROUP_ROWS, TILED };

static const clq_op_program program = {
    .parts = {"prelude/float_types", "mixed/mixed_params", "mixed/mixed_element", "mixed/mixed_store", "mixed/group_element", "mixed/group_rows", "mixed/gemm_weights_local"},
    .kernels = {{"group_rows", 4, sizeof(mixed_params), {1, 1, 1}},
                {"gemm_weights_local", 6, sizeof(mixed_params), {16, 16, 1}}},
};

static const char *accepts(const void *given, const clq_capabilities *capabilities)
{
    (void)capabilities;
    return clq_mixed_refuses(given, &clq_layout_groups_n32, false);
}

static double cost(const void *given, const clq_capabilities *capabilities)
{
    const clq_mixed_problem *problem = given;
    const double rows = (double)((problem->m + TILE - 1) / TILE * TILE), products = rows * (double)problem->n * (double)problem->k * (double)(problem->batch[0] * problem->batch[1]);
    const double rate = capabilities->is_cpu ? 0.02e6 : 64e6;
    return 15e-6 + products / (rate * (double)capabilities->clock_mhz * (double)capabilities->compute_units);
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
    const clq_groups_launch launch = {.rows_kernel = GROUP_ROWS, .kernel = TILED, .rows_run = ROWS_RUN, .row_block = TILE, .rows_global = 16,
                                      .columns = (size_t)((problem->n + TILE - 1) / TILE * 16)};
    return clq_groups_arrange(problem, &launch, recipe);
}

const clq_mixed_variant clq_gemm_weights_local = {
    .op = {
        .name = "gemm_weights_local",
        .summary = "integers with groups on GPUs: tiles of weights made floats in local memory",
        .program = &program,
        .needs = CLQ_CAP_LOCAL_MEMORY,
        .accepts = accepts,
        .cost = cost,
        .workspace = workspace,
        .arrange = arrange,
    },
    .layout = &clq_layout_groups_n32,
    .tile = {TILE, TILE, 32},
};
