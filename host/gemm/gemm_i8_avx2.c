/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_variant.h"

enum { BLOCK_ROWS = 24, BLOCK_COLUMNS = 256 };

static double cost(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    const double products = (double)problem->m * (double)problem->n * (double)problem->k * (double)(problem->batch[0] * problem->batch[1]);
    const double rate = 28e6 * (double)capabilities->clock_mhz * (double)capabilities->compute_units; /* measured: 28 products a cycle */
    return 8e-6 + products / rate;
}

static clq_geometry geometry(const clq_gemm_problem *problem, const clq_capabilities *capabilities, int64_t m, int64_t batches)
{
    (void)capabilities;
    const int64_t columns = (problem->n + BLOCK_COLUMNS - 1) / BLOCK_COLUMNS;
    return (clq_geometry){.global = {(size_t)((m + BLOCK_ROWS - 1) / BLOCK_ROWS), (size_t)columns, (size_t)batches}, .local = {1, 1, 1}};
}

const clq_gemm_variant clq_gemm_i8_avx2 = {
    .name = "gemm_i8_avx2",
    .summary = "AVX2 vpmaddwd, exact, tiles of 6 x 16, a widened to 16 bits once a block",
    .parts = {"epilogue/requantize", "tile/x86_avx2"},
    .defines = "-DLANES=16",
    .needs = CLQ_CAP_HOST_CPU | CLQ_CAP_X86_AVX2,
    .b_layout = &clq_layout_i16_n16k2,
    .a_signedness = CLQNN_U8,
    .tile = {6, 16, 2},
    .cost = cost,
    .geometry = geometry,
};
