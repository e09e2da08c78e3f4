/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_variant.h"
#include "gemm/gpu_cost.h"

#define TILE 128
#define ITEMS 256
#define LOCAL_BYTES (3 * 2 * TILE * 64)
#define EFFICIENCY 0.5

static const char *accepts(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    (void)problem;
    return clq_gpu_refusal(capabilities, ITEMS, LOCAL_BYTES);
}

/* Tiles in one dimension: the kernel chooses their order. */
static clq_geometry geometry(const clq_gemm_problem *problem, const clq_capabilities *capabilities, int64_t m, int64_t batches)
{
    (void)capabilities;
    const int64_t tiles = ((problem->n + TILE - 1) / TILE) * ((m + TILE - 1) / TILE);
    return (clq_geometry){.global = {(size_t)tiles * ITEMS, 1, (size_t)batches}, .local = {ITEMS, 1, 1}};
}

static double cost(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    return clq_gpu_cost(problem, capabilities, &(clq_gpu_work){.tile_m = TILE, .tile_n = TILE, .rate = EFFICIENCY * CLQ_GPU_MATRIX_RATE});
}

const clq_gemm_variant clq_gemm_i8_nv_mma = {
    .name = "gemm_i8_nv_mma",
    .summary = "NVIDIA tensor cores: a 128 x 128 tile, 64 of k a step, three stages of asynchronous copies",
    .parts = {"tile/nv_mma", "epilogue/requantize"},
    .defines = "-DLANES=2",
    .needs = CLQ_CAP_NV_MMA_S8,
    .b_layout = &clq_layout_i8_n128k64,
    .a_signedness = CLQNN_U8,
    .tile = {TILE, TILE, 64},
    .accepts = accepts,
    .cost = cost,
    .geometry = geometry,
};
