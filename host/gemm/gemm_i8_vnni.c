/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_variant.h"

static double cost(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    const double products = (double)problem->m * (double)problem->n * (double)problem->k * (double)(problem->batch[0] * problem->batch[1]);
    const double rate = 120.0 * 1e6 * (double)capabilities->clock_mhz * (double)capabilities->compute_units;
    return 8e-6 + products / rate;
}

static clq_geometry geometry(const clq_gemm_problem *problem, const clq_capabilities *capabilities, int64_t m, int64_t batches)
{
    (void)capabilities;
    const int64_t tiles = (m + 13) / 14, panels = (problem->n + 31) / 32;
    return (clq_geometry){.global = {(size_t)tiles, (size_t)panels, (size_t)batches}, .local = {1, 1, 1}};
}

const clq_gemm_variant clq_gemm_i8_vnni = {
    .name = "gemm_i8_vnni",
    .summary = "AVX-512 VNNI, tiles of 14 x 32, a in place",
    .parts = {"epilogue/requantize", "epilogue/requantize_x86", "tile/x86_vnni"},
    .defines = "-DLANES=16",
    .needs = CLQ_CAP_HOST_CPU | CLQ_CAP_X86_AVX512 | CLQ_CAP_X86_AVX512_VNNI,
    .b_layout = &clq_layout_i8_n32k4,
    .a_signedness = CLQNN_U8,
    .tile = {14, 32, 4},
    .cost = cost,
    .geometry = geometry,
};
