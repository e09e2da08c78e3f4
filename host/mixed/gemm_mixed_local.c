/* SPDX-License-Identifier: Apache-2.0 */
/* Local-memory tiles of GPUs: one kernel, a row for each size of tile and for what it sums in. */
#include "gemm/gpu_cost.h"
#include "mixed/mixed_variants.h"

#define ITEMS 256
#define TILE_K 16
#define FMA_RATE 64.0            /* a clock and compute unit; what a shape reaches of it is its row's efficiency, halves count twice */
#define LAUNCH_SECONDS 5e-6
#define CPU_LAUNCH_SECONDS 100e-6
#define CPU_PRODUCTS 1e8         /* a second: behind every kernel made for CPUs */

static int64_t tiles(int64_t extent, int64_t tile)
{
    return (extent + tile - 1) / tile;
}

static const char *refuses(int64_t tile, clqnn_accumulation sums, const clq_mixed_problem *problem, const clq_capabilities *capabilities)
{
    const char *refusal = clq_gpu_refusal(capabilities, ITEMS, (uint64_t)(2 * TILE_K * (tile + 1)) * sizeof(float));
    return refusal ? refusal : clq_mixed_refuses_sums(problem, &clq_layout_float_rows, true, sums);
}

static double seconds_of(int64_t tile, double efficiency, const clq_mixed_problem *problem, const clq_capabilities *capabilities)
{
    const double batches = (double)(problem->batch[0] * problem->batch[1]), k = (double)problem->k;
    if (!capabilities->is_gpu) return CPU_LAUNCH_SECONDS + (double)problem->m * (double)problem->n * k * batches / CPU_PRODUCTS;
    const int64_t groups = tiles(problem->m, tile) * tiles(problem->n, tile) * problem->batch[0] * problem->batch[1];
    const double rounds = (double)tiles(groups, capabilities->compute_units ? capabilities->compute_units : 1);
    const double clock = capabilities->clock_mhz ? capabilities->clock_mhz * 1e6 : 1e9;
    return LAUNCH_SECONDS + rounds * (double)(tile * tile) * k / (FMA_RATE * efficiency * clock);
}

static clqnn_status arrange_tiles(int64_t tile, const clq_mixed_problem *problem, clq_op_recipe *recipe)
{
    clq_op_step *step = clq_mixed_add_step(problem, recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->global[0] = (size_t)tiles(problem->n, tile) * ITEMS;
    step->global[1] = (size_t)tiles(problem->m, tile);
    step->global[2] = (size_t)(problem->batch[0] * problem->batch[1]);
    return CLQNN_OK;
}

#define ROW(id, sums, part, capability, item, tile_size, efficiency)                                                                                            \
    static const char *id##_accepts(const void *problem, const clq_capabilities *capabilities)                                          \
    {                                                                                                                                   \
        return refuses(tile_size, sums, problem, capabilities);                                                                         \
    }                                                                                                                                   \
    static double id##_cost(const void *problem, const clq_capabilities *capabilities)                                                  \
    {                                                                                                                                   \
        return seconds_of(tile_size, efficiency, problem, capabilities);                                                                \
    }                                                                                                                                   \
    static clqnn_status id##_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)                  \
    {                                                                                                                                   \
        (void)capabilities;                                                                                                             \
        return arrange_tiles(tile_size, problem, recipe);                                                                               \
    }                                                                                                                                   \
    static const clq_op_program id##_program = {                                                                                        \
        .parts = {"prelude/float_types", "mixed/mixed_params", "mixed/mixed_element", "mixed/mixed_store", "mixed/" part, "mixed/chosen_sum", "mixed/gemm_mixed_local"}, \
        .defines = "-DITEM_ROWS=" #item " -DITEM_COLUMNS=" #item,                                                                       \
        .kernels = {{"gemm_mixed_local", 5, sizeof(mixed_params), {ITEMS, 1, 1}}},                                                      \
    };                                                                                                                                  \
    const clq_mixed_variant clq_gemm_mixed_##id = {                                                                                     \
        .op = {.name = "gemm_mixed_" #id, .summary = #tile_size " x " #tile_size " of c by a work-group, through local memory, " part, .program = &id##_program, \
               .needs = (capability), .accepts = id##_accepts, .cost = id##_cost, .arrange = id##_arrange},                                                    \
        .layout = &clq_layout_float_rows,                                                                                               \
        .tile = {tile_size, tile_size, TILE_K},                                                                                         \
    }

ROW(local, CLQNN_ACCUMULATE_F32, "local_sums_f32", 0, 4, 64, 0.5);
ROW(local_f16, CLQNN_ACCUMULATE_F16, "local_sums_f16", CLQ_CAP_FP16, 4, 64, 0.8);
