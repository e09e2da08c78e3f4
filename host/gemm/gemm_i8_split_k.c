/* SPDX-License-Identifier: Apache-2.0 */
/* Exact split-K on a GPU: one pair of kernels, a row for each dot product that devices have. */
#include "gemm/gemm_variant.h"
#include "gemm/gpu_cost.h"

#define TILE_M 64
#define TILE_N 64
#define TILE_K 32
#define ITEMS 256
#define LOCAL_BYTES (2 * (TILE_M + TILE_N) * TILE_K)
#define EFFICIENCY 0.5
#define MIN_K_PART 64                       /* below this, storing and joining costs more than the part */
#define MAX_WORKSPACE_WORDS (1 << 18)       /* 1 MiB */
#define GROUPS_PER_UNIT 2

static int64_t batch_count(const clq_gemm_problem *problem)
{
    return problem->batch[0] * problem->batch[1];
}

/* Words of one part of all batches, or MAX_WORKSPACE_WORDS + 1 if that is more than the workspace holds. */
static int64_t part_words(const clq_gemm_problem *problem)
{
    const int64_t padded_n = clq_layout_padded_n(&clq_layout_i8_n64k4, problem->n);
    const double words = (double)problem->m * (double)(padded_n + 1) * (double)problem->batch[0] * (double)problem->batch[1];
    if (words > MAX_WORKSPACE_WORDS) return MAX_WORKSPACE_WORDS + 1;
    return (problem->m * (padded_n + 1) + 3) / 4 * 4 * batch_count(problem);
}

/* As many parts as give every compute unit two work-groups, at least two, as the workspace and k allow. Multiples of the tile's k. */
static int64_t k_part(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    const clq_gpu_work whole = {.tile_m = TILE_M, .tile_n = TILE_N};
    const int64_t units = capabilities->compute_units ? capabilities->compute_units : 1;
    const int64_t groups = clq_gpu_group_count(problem, &whole), words = part_words(problem);
    int64_t parts = groups > 0 ? (GROUPS_PER_UNIT * units + groups - 1) / groups : 2;
    if (parts < 2) parts = 2;
    if (words > 0 && parts > MAX_WORKSPACE_WORDS / words) parts = MAX_WORKSPACE_WORDS / words;
    if (parts > problem->k / MIN_K_PART) parts = problem->k / MIN_K_PART;
    if (parts < 2) return problem->k;
    return ((problem->k + parts - 1) / parts + TILE_K - 1) / TILE_K * TILE_K;
}

static const char *accepts(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    if (problem->k < 2 * MIN_K_PART) return "k is too short to be split (less than 128)";
    if (2 * part_words(problem) > MAX_WORKSPACE_WORDS) return "the partial sums of two parts of k take more than 1 MiB of workspace";
    return clq_gpu_refusal(capabilities, ITEMS, LOCAL_BYTES);
}

static clq_geometry geometry(const clq_gemm_problem *problem, const clq_capabilities *capabilities, int64_t m, int64_t batches)
{
    const int64_t part = k_part(problem, capabilities);
    return (clq_geometry){
        .global = {(size_t)((problem->n + TILE_N - 1) / TILE_N) * ITEMS, (size_t)((m + TILE_M - 1) / TILE_M),
                   (size_t)(batches * ((problem->k + part - 1) / part))},
        .local = {ITEMS, 1, 1},
    };
}

static clq_geometry join_geometry(const clq_gemm_problem *problem, const clq_capabilities *capabilities, int64_t m, int64_t batches)
{
    (void)capabilities;
    return (clq_geometry){
        .global = {(size_t)((problem->n + 63) / 64 * 16), (size_t)((m + 3) / 4 * 4), (size_t)batches},
        .local = {16, 4, 1},
    };
}

/* The parts, then the join, which is a launch of its own that reads what the parts wrote. */
static double cost_at(const clq_gemm_problem *problem, const clq_capabilities *capabilities, double rate)
{
    const int64_t part = k_part(problem, capabilities);
    const clq_gpu_work work = {.tile_m = TILE_M, .tile_n = TILE_N, .k_part = part, .rate = EFFICIENCY * rate};
    clq_gemm_problem join = *problem;
    join.k = 4 * ((problem->k + part - 1) / part);
    const clq_gpu_work adding = {.tile_m = 1, .tile_n = TILE_N, .rate = CLQ_GPU_PLAIN_RATE};
    return clq_gpu_cost(problem, capabilities, &work) + clq_gpu_cost(&join, capabilities, &adding);
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
    const clq_gemm_variant clq_gemm_i8_split_k##suffix = { \
        .name = "gemm_i8_split_k" #suffix, \
        .source = "gemm_i8_split_k", \
        .summary = "64 x 64 tiles of parts of k, joined exactly, " text, \
        .parts = {"dot/" part, "dot/row_words", "tile/local_tile", "epilogue/requantize"}, \
        .defines = "-DLANES=4 -DTILE_M=64", \
        .needs = (capability), \
        .b_layout = &clq_layout_i8_n64k4, \
        .a_signedness = CLQNN_S8, \
        .tile = {TILE_M, TILE_N, TILE_K}, \
        .accepts = accepts, \
        .cost = (seconds), \
        .geometry = geometry, \
        .k_part = k_part, \
        .join_geometry = join_geometry, \
    }

#include "gemm/dot_products.def"
