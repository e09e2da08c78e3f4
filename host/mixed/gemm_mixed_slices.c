/* SPDX-License-Identifier: Apache-2.0 */
/* Floats by floats, few rows, on GPUs: one kernel, a row for each number of rows that it holds. */
#include "mixed/mixed_variants.h"

enum { COLUMNS = 32, SLICES = 8 };

static const char *refuses(int64_t rows, const clq_mixed_problem *problem)
{
    if (problem->m > rows) return rows == 4 ? "it is for at most 4 rows" : "it is for at most 16 rows";
    return clq_mixed_refuses(problem, &clq_layout_float_rows, true);
}

static double seconds_of(int64_t rows, const clq_mixed_problem *problem, const clq_capabilities *capabilities)
{
    const double products = (double)rows * (double)problem->n * (double)problem->k * (double)(problem->batch[0] * problem->batch[1]);
    const double rate = capabilities->is_cpu ? 0.02e6 : 96e6;
    return 15e-6 + products / (rate * (double)capabilities->clock_mhz * (double)capabilities->compute_units);
}

static clqnn_status arrange_slices(const clq_mixed_problem *problem, clq_op_recipe *recipe)
{
    clq_op_step *step = clq_mixed_add_step(problem, recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->global[0] = (size_t)((problem->n + COLUMNS - 1) / COLUMNS * COLUMNS);
    step->global[1] = SLICES;
    step->global[2] = (size_t)(problem->batch[0] * problem->batch[1]);
    return CLQNN_OK;
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
        return arrange_slices(problem, recipe);                                                                                         \
    }                                                                                                                                   \
    static const clq_op_program program_##rows = {                                                                                      \
        .parts = {"prelude/float_types", "mixed/mixed_params", "mixed/mixed_element", "mixed/mixed_store", "mixed/gemm_mixed_slices"},  \
        .defines = "-DROWS=" #rows,                                                                                                     \
        .kernels = {{"gemm_mixed_slices", 5, sizeof(mixed_params), {COLUMNS, SLICES, 1}}},                                              \
    };                                                                                                                                  \
    const clq_mixed_variant clq_gemm_mixed_slices##rows = {                                                                             \
        .op = {.name = "gemm_mixed_slices" #rows, .summary = "floats on GPUs, at most " #rows " rows: slices of k are added up in local memory", \
               .program = &program_##rows, .needs = CLQ_CAP_LOCAL_MEMORY, .accepts = accepts_##rows, .cost = cost_##rows, .arrange = arrange_##rows}, \
        .layout = &clq_layout_float_rows,                                                                                               \
        .tile = {rows, COLUMNS, 16 * SLICES},                                                                                           \
    }

ROW(4);
ROW(16);
