/* SPDX-License-Identifier: Apache-2.0 */
#include "bits/conv_bits_problem.h"
#include "select/cpu_cost.h"

enum { CHANNELS = 32, MOST_TAPS = 63 };

static const clq_op_program program = {
    .parts = {"prelude/gemm_params", "bits/bits_params", "bits/conv_bits_params", "epilogue/requantize", "bits/bits_store", "bits/conv_bits_window",
              "bits/conv_bits_depthwise"},
    .defines = "-DLANES=16",
    .kernels = {{"conv_bits_depthwise", 7, sizeof(conv_bits_params), {1, 1, 1}}},
};

static const char *accepts(const void *given, const clq_capabilities *capabilities)
{
    const clq_conv_bits_problem *problem = given;
    if (!capabilities->is_cpu) return "its one-item groups suit CPUs only";
    if (!clq_conv_bits_is_depthwise(problem)) return "it is for depthwise convolutions: each channel by itself";
    if (!problem->x_form.is_sign || !problem->w_form.is_sign) return "it counts signs only: b1 and po1";
    if (clq_conv_taps(&problem->conv.weights) > MOST_TAPS) return "it takes kernels of at most 63 taps";
    return clq_conv_bits_refuses(problem, &clq_layout_bits_channels);
}

static int64_t words_of(const clq_conv_bits_problem *problem)
{
    return clq_ceil_div(problem->conv.out_channels, CHANNELS);
}

static double cost(const void *given, const clq_capabilities *capabilities)
{
    const clq_conv_bits_problem *problem = given;
    const double pixels = (double)problem->conv.batch * (double)clq_conv_pixels(&problem->conv), taps = (double)clq_conv_taps(&problem->conv.weights);
    return clq_cpu_seconds(pixels * (30.0 * taps + (double)words_of(problem) * (150.0 + 12.0 * taps)), capabilities);
}

/* All words of a line of pixels, or fewer where there would be too few work-groups. */
static clqnn_status arrange(const void *given, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_conv_bits_problem *problem = given;
    const int64_t lines = problem->conv.output[0] * problem->conv.output[1], words = words_of(problem), wanted = 8 * clq_thread_count(capabilities);
    int64_t block = words;
    while (block > 1 && lines * problem->conv.batch * clq_ceil_div(words, block) < wanted) block = (block + 1) / 2;
    clq_op_step *step = clq_conv_bits_add_step(problem, recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    ((conv_bits_params *)step->params)->block[0] = (clq_int)block;
    step->global[0] = (size_t)clq_ceil_div(words, block);
    step->global[1] = (size_t)lines;
    step->global[2] = (size_t)problem->conv.batch;
    return CLQNN_OK;
}

const clq_conv_bits_variant clq_conv_bits_depthwise = {
    .op = {
        .name = "conv_bits_depthwise",
        .summary = "depthwise, signs: 32 channels of a word at once, counted in bits; any CPU",
        .program = &program,
        .counts_begun = true,
        .accepts = accepts,
        .cost = cost,
        .arrange = arrange,
    },
    .layout = &clq_layout_bits_channels,
};
