/* SPDX-License-Identifier: Apache-2.0 */
/* CPUs whose vectors count ones: one kernel, a row for each way to count. */
#include "bits/conv_bits_problem.h"

enum { PIXELS = 12, CHANNELS = 32, BLOCK_PANELS = 16, MOST_TAPS = 64, MOST_WORDS = 640 };

static int64_t ceiling(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

static const char *refuses(const void *given, const clq_capabilities *capabilities)
{
    const clq_conv_bits_problem *problem = given;
    const clq_conv_shape *shape = &problem->conv.weights;
    const int64_t taps = clq_conv_taps(shape), tap_words = clq_bit_groups(shape->group_in) * problem->x_form.planes;
    if (!capabilities->is_cpu) return "its one-item groups suit CPUs only";
    if (problem->conv.transposed) return "it does not transpose";
    if (taps > MOST_TAPS) return "it takes at most 64 taps";
    if (tap_words > MOST_WORDS || taps * tap_words > MOST_WORDS) return "it takes windows of at most 640 words";
    if (!clq_conv_bits_has_whole_groups(problem)) return "groups are not of whole words and panels";
    return clq_conv_bits_refuses(problem, &clq_layout_bits_n32);
}

static double seconds_of(const clq_conv_bits_problem *problem, const clq_capabilities *capabilities, double words_a_clock)
{
    const clq_conv_shape *shape = &problem->conv.weights;
    const double columns = (double)(ceiling(shape->group_out, CHANNELS) * CHANNELS + 16), planes = (double)(problem->x_form.planes * problem->w_form.planes);
    const double pixels = (double)(problem->conv.batch * clq_conv_pixels(&problem->conv));
    const double words = pixels * columns * planes * (double)(shape->groups * clq_conv_taps(shape) * clq_bit_groups(shape->group_in));
    return 13e-6 + words / (words_a_clock * 1e6 * (double)capabilities->clock_mhz * (double)capabilities->compute_units);
}

/* Pixels change fastest, so that a block's weights stay in the cache; blocks get narrower where there would be too few. */
static clqnn_status arrange(const void *given, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_conv_bits_problem *problem = given;
    const clq_conv_shape *shape = &problem->conv.weights;
    const int64_t pixels = clq_conv_pixels(&problem->conv), tiles = ceiling(pixels, PIXELS), panels = ceiling(shape->group_out, CHANNELS);
    int64_t block = BLOCK_PANELS < panels ? BLOCK_PANELS : panels;
    const int64_t units = capabilities->compute_units, others = tiles * problem->conv.batch * shape->groups;
    while (block > 1 && others * ceiling(panels, block) < 6 * units) block = (block + 1) / 2;
    clq_op_step *step = clq_conv_bits_add_step(problem, recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    conv_bits_params *params = (conv_bits_params *)step->params;
    params->block[0] = (clq_int)(tiles ? ceiling(pixels, tiles) : PIXELS);
    params->block[1] = (clq_int)block;
    step->global[0] = (size_t)(tiles ? ceiling(pixels, params->block[0]) : 0);
    step->global[1] = (size_t)(shape->groups * ceiling(panels, block));
    step->global[2] = (size_t)problem->conv.batch;
    return CLQNN_OK;
}

#define ROW(id, count, capability, words_a_clock, text)                                                                                   \
    static double id##_cost(const void *problem, const clq_capabilities *capabilities)                                                    \
    {                                                                                                                                     \
        return seconds_of(problem, capabilities, words_a_clock);                                                                          \
    }                                                                                                                                     \
    static const clq_op_program id##_program = {                                                                                          \
        .parts = {"prelude/gemm_params", "bits/bits_params", "bits/conv_bits_params", "epilogue/requantize", "bits/bits_store", count,    \
                  "tile/column_lanes", "bits/conv_bits_windows", "bits/conv_bits_lanes"},                                                    \
        .defines = "-DLANES=16 -DLANES_A=__private",                                                                                        \
        .kernels = {{"conv_bits_lanes", 7, sizeof(conv_bits_params), {1, 1, 1}}},                                                         \
    };                                                                                                                                    \
    const clq_conv_bits_variant clq_conv_bits_##id = {                                                                                    \
        .op = {.name = "conv_bits_" #id, .summary = text, .program = &id##_program, .needs = (capability), .counts_begun = true,          \
               .accepts = refuses, .cost = id##_cost, .arrange = arrange},                                                                \
        .layout = &clq_layout_bits_n32,                                                                                                   \
    }

ROW(avx512, "dot/count_avx512", CLQ_CAP_HOST_CPU | CLQ_CAP_X86_AVX512_VPOPCNTDQ, 16.0, 
    "12 pixels x 32 channels in AVX-512 registers, ones counted by vpopcntd");
ROW(vec16, "dot/count_portable", 0, 1.4, "12 pixels x 32 channels in plain vectors; any CPU");
