/* SPDX-License-Identifier: Apache-2.0 */
/* b1 and t2 weights as codes of two bits on GPUs: one kernel, a row for each dot product that devices have. */
#include "gemm/gemm_variant.h"
#include "gemm/gpu_cost.h"

#define TILE_M 8
#define TILE_N 32
#define ITEMS 256
#define LOCAL_BYTES ((8 * TILE_M * TILE_N + 8 * TILE_M) * 4)
#define EFFICIENCY 0.2   /* a word of a is loaded from the cache for 4 products, and a shift and a mask make the codes */

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

/* A work-group with fewer than 8 rows skips the others. */
static double cost_at(const clq_gemm_problem *problem, const clq_capabilities *capabilities, double rate)
{
    const int32_t tile_m = problem->m < TILE_M ? (int32_t)(problem->m > 0 ? problem->m : 1) : TILE_M;
    return clq_gpu_cost(problem, capabilities, &(clq_gpu_work){.tile_m = tile_m, .tile_n = TILE_N, .rate = EFFICIENCY * rate, .weight_bytes = 0.25});
}

static double cost_plain(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    return cost_at(problem, capabilities, CLQ_GPU_PLAIN_RATE);
}

static double cost_dot(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    return cost_at(problem, capabilities, CLQ_GPU_DOT_RATE);
}

#define ROW(suffix, part, capability, seconds, text) \
    const clq_gemm_variant clq_gemm_codes_rows##suffix = { \
        .name = "gemm_codes_rows" #suffix, \
        .source = "gemm_codes_rows", \
        .summary = "two-bit codes of b1 and t2, up to 8 rows x 32 columns a work-group that shares k, " text, \
        .parts = {"dot/" part, "dot/row_words", "epilogue/requantize"}, \
        .defines = "-DLANES=1", \
        .needs = (capability), \
        .b_layout = &clq_layout_t2_n32k16, \
        .a_signedness = CLQNN_S8, \
        .tile = {TILE_M, TILE_N, 128}, \
        .accepts = accepts, \
        .cost = (seconds), \
        .geometry = geometry, \
    }

#include "gemm/dot_products.def"
