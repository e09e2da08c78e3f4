/* SPDX-License-Identifier: Apache-2.0 */
/* Local-memory tiles of GPUs; a row for each form of counting: some units only AND. */
#include "bits/bits_family.h"
#include "gemm/gpu_cost.h"

enum { ITEMS = 256, TILE = 64, LOCAL_BYTES = (TILE * (TILE + 1) + 2 * TILE) * 4 };

#define WORD_RATE 8.0            /* words a clock and compute unit: popcounts are a quarter of a GPU's integer rate, and half of that is a guess at the rest */
#define LAUNCH_SECONDS 5e-6
#define CPU_LAUNCH_SECONDS 100e-6
#define CPU_WORDS 1e8            /* a second: behind every kernel made for CPUs */

static const clq_op_program program = {
    .parts = {"prelude/gemm_params", "bits/bits_params", "epilogue/requantize", "bits/bits_store", "bits/gemm_bits_finish", "tile/bit_words_local", "bits/gemm_bits_local"},
    .defines = "-DLANES=1",
    .kernels = {{"gemm_bits_local", 7, sizeof(bits_params), {ITEMS, 1, 1}}},
};

static int64_t tiles(int64_t extent)
{
    return (extent + TILE - 1) / TILE;
}

static const char *accepts(const void *problem, const clq_capabilities *capabilities)
{
    const char *refusal = clq_gpu_refusal(capabilities, ITEMS, LOCAL_BYTES);
    return refusal ? refusal : clq_bits_refuses(problem, &clq_layout_bits_n32, true);
}

static double cost(const void *given, const clq_capabilities *capabilities)
{
    const clq_bits_problem *problem = given;
    const double words = (double)clq_bit_groups(problem->k) * (double)(problem->a_form.planes * problem->b_form.planes);
    const double batches = (double)(problem->batch[0] * problem->batch[1]);
    if (!capabilities->is_gpu) return CPU_LAUNCH_SECONDS + (double)problem->m * (double)problem->n * words * batches / CPU_WORDS;
    const int64_t units = capabilities->compute_units ? capabilities->compute_units : 1, groups = tiles(problem->m) * tiles(problem->n) * problem->batch[0] * problem->batch[1];
    const double clock = capabilities->clock_mhz ? capabilities->clock_mhz * 1e6 : 1e9;
    return LAUNCH_SECONDS + (double)((groups + units - 1) / units) * (TILE * TILE) * words / (WORD_RATE * clock);
}

/* The row's sums are counted besides. */
static double and_cost(const void *problem, const clq_capabilities *capabilities)
{
    return 1.05 * cost(problem, capabilities);
}

static clqnn_status arrange_tiles(const clq_bits_problem *problem, bool and_only, clq_op_recipe *recipe)
{
    clq_op_step *step = clq_bits_add_step(problem, and_only, recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->global[0] = (size_t)tiles(problem->n) * ITEMS;
    step->global[1] = (size_t)tiles(problem->m);
    step->global[2] = (size_t)(problem->batch[0] * problem->batch[1]);
    return CLQNN_OK;
}

static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    (void)capabilities;
    return arrange_tiles(problem, false, recipe);
}

static clqnn_status arrange_and(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    (void)capabilities;
    return arrange_tiles(problem, true, recipe);
}

const clq_bits_variant clq_gemm_bits_local = {
    .op = {
        .name = "gemm_bits_local",
        .summary = "64 x 64 of c by a work-group, words in local memory",
        .program = &program,
        .accepts = accepts,
        .cost = cost,
        .arrange = arrange,
    },
    .layout = &clq_layout_bits_n32,
    .tile = {TILE, TILE, 512},
};

const clq_bits_variant clq_gemm_bits_and_local = {
    .op = {
        .name = "gemm_bits_and_local",
        .summary = "the same, every product counted by AND",
        .program = &program,
        .accepts = accepts,
        .cost = and_cost,
        .arrange = arrange_and,
    },
    .layout = &clq_layout_bits_n32,
    .tile = {TILE, TILE, 512},
};
