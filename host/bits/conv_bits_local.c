/* SPDX-License-Identifier: Apache-2.0 */
/* Local-memory tiles of GPUs. */
#include "bits/conv_bits_problem.h"
#include "gemm/gpu_cost.h"

enum { ITEMS = 256, TILE = 64, MOST_TAPS = 64, LOCAL_BYTES = (TILE * (TILE + 1) + TILE) * 4 + TILE * 8 };

#define WORD_RATE 6.0            /* words a clock and compute unit: those of gemm_bits_local, and a guess at what finding the windows takes */
#define LAUNCH_SECONDS 5e-6
#define CPU_LAUNCH_SECONDS 100e-6
#define CPU_WORDS 1e8            /* a second: behind every kernel made for CPUs */

static const clq_op_program program = {
    .parts = {"prelude/gemm_params", "bits/bits_params", "bits/conv_bits_params", "epilogue/requantize", "bits/bits_store", "bits/conv_bits_window",
              "tile/bit_words_local", "bits/conv_bits_local"},
    .defines = "-DLANES=1",
    .kernels = {{"conv_bits_local", 7, sizeof(conv_bits_params), {ITEMS, 1, 1}}},
};

static int64_t tiles(int64_t extent)
{
    return (extent + TILE - 1) / TILE;
}

static const char *accepts(const void *given, const clq_capabilities *capabilities)
{
    const clq_conv_bits_problem *problem = given;
    const char *refusal = clq_gpu_refusal(capabilities, ITEMS, LOCAL_BYTES);
    if (refusal) return refusal;
    if (clq_conv_taps(&problem->conv.weights) > MOST_TAPS) return "it takes kernels of at most 64 taps";
    if (!clq_conv_bits_has_whole_groups(problem)) return "its groups must have multiples of 32 input and output channels";
    return clq_conv_bits_refuses(problem, &clq_layout_bits_n32);
}

static double cost(const void *given, const clq_capabilities *capabilities)
{
    const clq_conv_bits_problem *problem = given;
    const clq_conv_problem *conv = &problem->conv;
    if (!capabilities->is_gpu) return CPU_LAUNCH_SECONDS + clq_conv_bits_words(problem) / CPU_WORDS;
    const int64_t units = capabilities->compute_units ? capabilities->compute_units : 1;
    const int64_t groups = tiles(clq_conv_pixels(conv)) * tiles(conv->weights.group_out) * conv->weights.groups * conv->batch;
    const double clock = capabilities->clock_mhz ? capabilities->clock_mhz * 1e6 : 1e9;
    const double words = clq_conv_bits_words(problem) / ((double)conv->batch * (double)clq_conv_pixels(conv) * (double)conv->out_channels);
    return LAUNCH_SECONDS + (double)((groups + units - 1) / units) * (TILE * TILE) * words / (WORD_RATE * clock);
}

static clqnn_status arrange(const void *given, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    (void)capabilities;
    const clq_conv_bits_problem *problem = given;
    const clq_conv_problem *conv = &problem->conv;
    clq_op_step *step = clq_conv_bits_add_step(problem, recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->global[0] = (size_t)tiles(conv->weights.group_out) * ITEMS;
    step->global[1] = (size_t)(tiles(clq_conv_pixels(conv)) * conv->weights.groups);
    step->global[2] = (size_t)conv->batch;
    return CLQNN_OK;
}

const clq_conv_bits_variant clq_conv_bits_local = {
    .op = {
        .name = "conv_bits_local",
        .summary = "64 pixels x 64 channels by a work-group, words in local memory",
        .program = &program,
        .accepts = accepts,
        .cost = cost,
        .arrange = arrange,
    },
    .layout = &clq_layout_bits_n32,
};
