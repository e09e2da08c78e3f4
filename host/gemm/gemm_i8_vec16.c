/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_variant.h"

enum { ROWS = 4, COLUMNS = 16 };

static const char *accepts(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    (void)problem;
    return capabilities->is_cpu ? NULL : "its one-item groups suit CPUs only";
}

static double cost(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    const double rows = (double)((problem->m + ROWS - 1) / ROWS) * ROWS, columns = (double)((problem->n + COLUMNS - 1) / COLUMNS) * COLUMNS;
    const double products = rows * columns * (double)problem->k * (double)(problem->batch[0] * problem->batch[1]);
    return 13e-6 + products / (8e6 * (double)capabilities->clock_mhz * (double)capabilities->compute_units);
}

/* Blocks of about a million products, so that starting a group costs nothing beside it. */
static clq_geometry geometry(const clq_gemm_problem *problem, const clq_capabilities *capabilities, int64_t m, int64_t batches)
{
    (void)capabilities;
    const int64_t panels = (problem->n + COLUMNS - 1) / COLUMNS, panel_products = ROWS * COLUMNS * (problem->k + 1);
    const int64_t wanted = 1000000 / panel_products + 1, block = wanted < panels ? wanted : panels;
    return (clq_geometry){.global = {(size_t)((m + ROWS - 1) / ROWS), (size_t)((panels + block - 1) / block), (size_t)batches}, .local = {1, 1, 1}};
}

const clq_gemm_variant clq_gemm_i8_vec16 = {
    .name = "gemm_i8_vec16",
    .summary = "plain 16-wide vectors for any CPU, 4 x 16 sums",
    .parts = {"epilogue/requantize"},
    .defines = "-DLANES=16",
    .b_layout = &clq_layout_i16_n16k2,
    .a_signedness = CLQNN_U8,
    .counts_begun = true,
    .tile = {ROWS, COLUMNS, 2},
    .accepts = accepts,
    .cost = cost,
    .geometry = geometry,
};
