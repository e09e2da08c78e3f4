/* SPDX-License-Identifier: Apache-2.0 */
/* Integers with groups, few rows, on GPUs: one kernel, a row for each number of rows that it holds. */
#include "mixed/groups_arrange.h"
#include "mixed/mixed_variants.h"

enum { PANEL = 32, SLICES = 8, ROWS_RUN = 64 };
enum { GROUP_ROWS, SLICED };

static const char *refuses(int64_t rows, const clq_mixed_problem *problem)
{
    if (problem->m > rows) return rows == 4 ? "it is for at most 4 rows" : "it is for at most 16 rows";
    return clq_mixed_refuses(problem, &clq_layout_groups_n32, false);
}

static double seconds_of(int64_t rows, const clq_mixed_problem *problem, const clq_capabilities *capabilities)
{
    const double products = (double)rows * (double)problem->n * (double)problem->k * (double)(problem->batch[0] * problem->batch[1]);
    const double rate = capabilities->is_cpu ? 0.02e6 : 96e6;
    return 15e-6 + products / (rate * (double)capabilities->clock_mhz * (double)capabilities->compute_units);
}

static uint64_t workspace(const void *given, const clq_capabilities *capabilities)
{
    (void)capabilities;
    return clq_groups_workspace(given, false);
}

static clqnn_status arrange_slices(int64_t rows, const clq_mixed_problem *problem, clq_op_recipe *recipe)
{
    const clq_groups_launch launch = {.rows_kernel = GROUP_ROWS, .kernel = SLICED, .rows_run = ROWS_RUN, .row_block = rows, .rows_global = SLICES,
                                      .columns = (size_t)((problem->n + PANEL - 1) / PANEL * PANEL)};
    return clq_groups_arrange(problem, &launch, recipe);
}

#define ROW(rows)                                                                                                                       \
    static const char *accepts_##rows(const void *problem, const clq_capabilities *capabilities)                                        \
    {                                                                                                                                   \
        (void)capabilities;                                                                                                             \
        return refuses(rows, problem);                                                                                                  \
    }                                                                                                                                   \
    static double cost_##rows(const void *problem, const clq_capabilities *capabilities)                                                \
    {                                                                                                                                   \
        return seconds_of(rows, problem, capabilities);                                                                                 \
    }                                                                                                                                   \
    static clqnn_status arrange_##rows(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)                \
    {                                                                                                                                   \
        (void)capabilities;                                                                                                             \
        return arrange_slices(rows, problem, recipe);                                                                                   \
    }                                                                                                                                   \
    static const clq_op_program program_##rows = {                                                                                      \
        .parts = {"prelude/float_types", "mixed/mixed_params", "mixed/mixed_element", "mixed/mixed_store", "mixed/group_element", "mixed/group_rows", \
                  "mixed/gemm_weights_slices"},                                                                                         \
        .defines = "-DROWS=" #rows,                                                                                                     \
        .kernels = {{"group_rows", 4, sizeof(mixed_params), {1, 1, 1}}, {"gemm_weights_slices", 6, sizeof(mixed_params), {PANEL, SLICES, 1}}}, \
    };                                                                                                                                  \
    const clq_mixed_variant clq_gemm_weights_slices##rows = {                                                                           \
        .op = {.name = "gemm_weights_slices" #rows, .summary = "integers with groups on GPUs, at most " #rows " rows: slices of k are added up in local memory", \
               .program = &program_##rows, .needs = CLQ_CAP_LOCAL_MEMORY, .accepts = accepts_##rows, .cost = cost_##rows, .workspace = workspace, \
               .arrange = arrange_##rows},                                                                                              \
        .layout = &clq_layout_groups_n32,                                                                                               \
        .tile = {rows, PANEL, 32 * SLICES},                                                                                             \
    }

ROW(4);
ROW(16);
