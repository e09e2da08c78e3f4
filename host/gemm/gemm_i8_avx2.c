/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_variant.h"
#include "select/cpu_cost.h"

enum {
    BLOCK_ROWS = 12,
    MOST_PANELS = 32,
    PRODUCTS_CYCLE = 25
};

static double product_cycles(const clq_gemm_problem *problem, int64_t m, int64_t batches)
{
    const double columns = (double)((problem->n + 15) / 16) * 16.0;
    return (double)m * columns * (double)problem->k * (double)batches / PRODUCTS_CYCLE;
}

static double cost(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    const double batches = (double)(problem->batch[0] * problem->batch[1]);
    const double cycles_per_second = 1e6 * (double)capabilities->clock_mhz * (double)capabilities->compute_units;
    const double columns = (double)((problem->n + 15) / 16) * 16.0;
    const double weight_bytes = columns * (double)problem->k * 2.0 * batches; /* 16 bits each */
    return 13e-6 + product_cycles(problem, problem->m, problem->batch[0] * problem->batch[1]) / cycles_per_second + weight_bytes / (12.0 * cycles_per_second);
}

/* Wide blocks widen a less often; narrower ones where there would be too few to share out. */
static clq_geometry geometry(const clq_gemm_problem *problem, const clq_capabilities *capabilities, int64_t m, int64_t batches)
{
    const int64_t rows = (m + BLOCK_ROWS - 1) / BLOCK_ROWS, panels = (problem->n + 15) / 16;
    int64_t block = MOST_PANELS;
    while (block > 2 && rows * batches * ((panels + block - 1) / block) < 16 * (int64_t)capabilities->compute_units) block /= 2;
    return (clq_geometry){.global = {(size_t)rows, (size_t)((panels + block - 1) / block), (size_t)batches}, .local = {1, 1, 1}};
}

/* The same blocks. A core's share is a range of rows where a is the larger operand and of columns where b is. */
static clq_units units(const clq_gemm_problem *problem, const clq_capabilities *capabilities, int64_t m, int64_t batches, bool awake)
{
    if (clq_is_small_work(product_cycles(problem, m, batches), awake)) return (clq_units){.blocks = {1, 1, (int32_t)batches}};
    const clq_geometry groups = geometry(problem, capabilities, m, batches);
    return (clq_units){.blocks = {(int32_t)groups.global[0], (int32_t)groups.global[1], (int32_t)batches}, .rows_first = problem->n >= m};
}

const clq_gemm_variant clq_gemm_i8_avx2 = {
    .name = "gemm_i8_avx2",
    .summary = "AVX2 vpmaddwd, exact, tiles of 6 x 16, a widened to 16 bits once a block",
    .parts = {"epilogue/requantize", "tile/x86_avx2", "launch/shares"},
    .defines = "-DLANES=16",
    .needs = CLQ_CAP_HOST_CPU | CLQ_CAP_X86_AVX2,
    .b_layout = &clq_layout_i16_n16k2,
    .a_signedness = CLQNN_U8,
    .counts_begun = true,
    .tile = {6, 16, 2},
    .cost = cost,
    .geometry = geometry,
    .units = units,
};
