/* SPDX-License-Identifier: Apache-2.0 */
/* Implicit GEMM in local-memory tiles of GPUs: one kernel, a row for each dot product that devices have. */
#include "conv/conv_variant.h"
#include "gemm/gpu_cost.h"

#define TILE_M 64
#define TILE_N 64
#define TILE_K 32
#define ITEMS 256
#define LOCAL_BYTES (2 * (TILE_M + TILE_N) * TILE_K)
#define EFFICIENCY 0.4

static const char *accepts(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    if (problem->transposed) return "it takes forward convolutions only";
    return clq_gpu_refusal(capabilities, ITEMS, LOCAL_BYTES);
}

static int64_t panel_count(const clq_conv_problem *problem)
{
    return (problem->weights.group_out + TILE_N - 1) / TILE_N * problem->weights.groups;
}

static clq_geometry geometry(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    (void)capabilities;
    const int64_t pixels = problem->batch * clq_conv_pixels(problem);
    return (clq_geometry){.global = {(size_t)panel_count(problem) * ITEMS, (size_t)((pixels + TILE_M - 1) / TILE_M), 1}, .local = {ITEMS, 1, 1}};
}

/* As a product of all pixels with each group's channels, channels padded to words of 4. */
static double cost_of(const clq_conv_problem *problem, const clq_capabilities *capabilities, double rate)
{
    const clq_gemm_problem product = {
        .m = problem->batch * clq_conv_pixels(problem),
        .n = problem->weights.group_out,
        .k = (problem->weights.group_in + 3) / 4 * 4 * clq_conv_taps(&problem->weights),
        .batch = {1, problem->weights.groups},
        .c = {.type = problem->y.type},
    };
    return clq_gpu_cost(&product, capabilities, &(clq_gpu_work){.tile_m = TILE_M, .tile_n = TILE_N, .rate = EFFICIENCY * rate});
}

static double cost_plain(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    return cost_of(problem, capabilities, CLQ_GPU_PLAIN_RATE);
}

static double cost_dot(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    return cost_of(problem, capabilities, CLQ_GPU_DOT_RATE);
}

#define ROW(suffix, part, capability, seconds, text) \
    const clq_conv_variant clq_conv_i8_local##suffix = { \
        .name = "conv_i8_local" #suffix, \
        .source = "conv_i8_local", \
        .summary = "implicit GEMM, a tile of 64 pixels x 64 channels in local memory, " text, \
        .parts = {"dot/" part, "dot/row_words", "tile/local_tile", "epilogue/requantize", "epilogue/conv_store"}, \
        .defines = "-DLANES=2 -DTILE_M=64", \
        .needs = (capability), \
        .layout = &clq_conv_layout_i8_n64k4, \
        .x_signedness = CLQNN_S8, \
        .accepts = accepts, \
        .cost = (seconds), \
        .geometry = geometry, \
    }

#include "gemm/dot_products.def"
