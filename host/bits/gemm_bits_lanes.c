/* SPDX-License-Identifier: Apache-2.0 */
/* CPUs whose vectors count ones: one kernel, a row for each way to count. */
#include "bits/bits_family.h"
#include "bits/bits_pack_step.h"

enum { ROWS = 12, COLUMNS = 32, BLOCK_TILES = 16 };

static int64_t ceiling(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

/* Words that meet: of two planes of each where both are ternary, once where one is and the other b1. */
static double group_words(const clq_bits_problem *problem)
{
    const int32_t a = problem->a_form.planes, b = problem->b_form.planes;
    const bool ternary_a = problem->desc->a.type == CLQNN_T2, ternary_b = problem->shape.type == CLQNN_T2;
    if ((ternary_a || problem->a_form.is_sign) && (ternary_b || problem->b_form.is_sign)) return ternary_a && ternary_b ? 2.0 : 1.0;
    return (double)(a * b);
}

static double seconds_of(const clq_bits_problem *problem, const clq_capabilities *capabilities, double words_a_clock)
{
    const double rows = problem->m > 4 ? (double)ceiling(problem->m, ROWS) * ROWS : problem->m > 1 ? 4.0 : 1.0;
    const double columns = (double)(ceiling(problem->n, COLUMNS) * COLUMNS);
    const double words = rows * columns * (double)clq_bit_groups(problem->k) * (double)(problem->batch[0] * problem->batch[1]) * group_words(problem);
    const double rate = words_a_clock * 1e6 * (double)capabilities->clock_mhz * (double)capabilities->compute_units;
    return 13e-6 + clq_bits_pack_seconds(problem, capabilities) + words / rate;
}

/* A block of rows as tall as leaves every core several. */
static clqnn_status arrange(const void *given, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_bits_problem *problem = given;
    const int64_t panels = ceiling(problem->n, COLUMNS), batches = problem->batch[0] * problem->batch[1];
    int64_t block = BLOCK_TILES * ROWS;
    while (block > ROWS && panels * batches * ceiling(problem->m, block) < 8 * (int64_t)capabilities->compute_units) block /= 2;
    clq_op_step *step = clq_bits_add_packed_step(problem, false, &clq_layout_bits_n32, recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    ((bits_params *)step->params)->block[0] = (clq_int)block;
    step->global[0] = (size_t)panels;
    step->global[1] = (size_t)ceiling(problem->m, block);
    step->global[2] = (size_t)batches;
    return CLQNN_OK;
}

static uint64_t workspace(const void *problem, const clq_capabilities *capabilities)
{
    (void)capabilities;
    return clq_bits_pack_workspace(problem, &clq_layout_bits_n32);
}

static const char *refuses(const void *problem, const clq_capabilities *capabilities)
{
    if (!capabilities->is_cpu) return "its one-item groups suit CPUs only";
    return clq_bits_refuses(problem, &clq_layout_bits_n32, true);
}

#define ROW(id, count, capability, words_a_clock, text)                                                                                   \
    static double id##_cost(const void *problem, const clq_capabilities *capabilities)                                                    \
    {                                                                                                                                     \
        return seconds_of(problem, capabilities, words_a_clock);                                                                          \
    }                                                                                                                                     \
    static const clq_op_program id##_program = {                                                                                          \
        .parts = {"prelude/gemm_params", "bits/bits_params", "epilogue/requantize", "bits/bits_store", "bits/gemm_bits_finish", count,    \
                  "tile/column_lanes", "bits/gemm_bits_lanes", CLQ_BITS_PACK_PARTS},                                                      \
        .defines = "-DLANES=16 -DLANES_A=__global",                                                                                       \
        .kernels = {{"gemm_bits_lanes", 7, sizeof(bits_params), {1, 1, 1}}, CLQ_BITS_PACK_KERNEL},                                        \
    };                                                                                                                                    \
    const clq_bits_variant clq_gemm_bits_##id = {                                                                                         \
        .op = {.name = "gemm_bits_" #id, .summary = text, .program = &id##_program, .needs = (capability), .counts_begun = true,          \
               .accepts = refuses, .cost = id##_cost, .workspace = workspace, .arrange = arrange},                                        \
        .layout = &clq_layout_bits_n32,                                                                                                   \
        .tile = {ROWS, COLUMNS, 32},                                                                                                      \
    }

ROW(avx512, "dot/count_avx512", CLQ_CAP_HOST_CPU | CLQ_CAP_X86_AVX512_VPOPCNTDQ, 18.0, "12 x 32 sums in AVX-512 registers, ones counted by vpopcntd");
ROW(vec16, "dot/count_portable", 0, 1.5, "12 x 32 sums in plain vectors; any CPU");
