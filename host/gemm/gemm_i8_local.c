/* SPDX-License-Identifier: Apache-2.0 */
/* Local-memory tiles of GPUs: one kernel, a row for each dot product that devices have. */
#include "gemm/gemm_variant.h"
#include "gemm/gpu_cost.h"

#define TILE_M 128
#define TILE_N 64
#define TILE_K 32
#define ITEMS 256
#define LOCAL_BYTES (2 * (TILE_M + TILE_N) * TILE_K)
#define EFFICIENCY 0.6

static const char *accepts(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    (void)problem;
    return clq_gpu_refusal(capabilities, ITEMS, LOCAL_BYTES);
}

static clq_geometry geometry(const clq_gemm_problem *problem, const clq_capabilities *capabilities, int64_t m, int64_t batches)
{
    (void)capabilities;
    return (clq_geometry){
        .global = {(size_t)((problem->n + TILE_N - 1) / TILE_N) * ITEMS, (size_t)((m + TILE_M - 1) / TILE_M), (size_t)batches},
        .local = {ITEMS, 1, 1},
    };
}

static double cost_plain(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    return clq_gpu_cost(problem, capabilities, &(clq_gpu_work){.tile_m = TILE_M, .tile_n = TILE_N, .rate = EFFICIENCY * CLQ_GPU_PLAIN_RATE});
}

static double cost_dot(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    return clq_gpu_cost(problem, capabilities, &(clq_gpu_work){.tile_m = TILE_M, .tile_n = TILE_N, .rate = EFFICIENCY * CLQ_GPU_DOT_RATE});
}

#define ROW(suffix, part, capability, seconds, text) \
    const clq_gemm_variant clq_gemm_i8_local##suffix = { \
        .name = "gemm_i8_local" #suffix, \
        .source = "gemm_i8_local", \
        .summary = "a 128 x 64 tile in local memory, " text, \
        .parts = {"dot/" part, "dot/row_words", "tile/local_tile", "epilogue/requantize"}, \
        .defines = "-DLANES=2 -DTILE_M=128", \
        .needs = (capability), \
        .b_layout = &clq_layout_i8_n64k4, \
        .a_signedness = CLQNN_S8, \
        .tile = {TILE_M, TILE_N, TILE_K}, \
        .accepts = accepts, \
        .cost = (seconds), \
        .geometry = geometry, \
    }

#include "gemm/dot_products.def"
