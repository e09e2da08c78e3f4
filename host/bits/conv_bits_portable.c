/* SPDX-License-Identifier: Apache-2.0 */
#include "bits/conv_bits_problem.h"

enum { PIXELS = 16, CHANNELS = 32 };

static const clq_op_program program = {
    .parts = {"prelude/gemm_params", "bits/bits_params", "bits/conv_bits_params", "epilogue/requantize", "bits/bits_store", "bits/conv_bits_window",
              "bits/conv_bits_portable"},
    .defines = "-DLANES=1",
    .kernels = {{"conv_bits_portable", 7, sizeof(conv_bits_params), {PIXELS, 1, 1}}},
};

static const char *accepts(const void *problem, const clq_capabilities *capabilities)
{
    (void)capabilities;
    return clq_conv_bits_refuses(problem, &clq_layout_bits_n32);
}

static double cost(const void *given, const clq_capabilities *capabilities)
{
    const double words_a_second = (capabilities->is_cpu ? 0.15e6 : 6e6) * (double)capabilities->clock_mhz * (double)capabilities->compute_units;
    return 20e-6 + clq_conv_bits_words(given) / words_a_second;
}

static clqnn_status arrange(const void *given, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    (void)capabilities;
    const clq_conv_bits_problem *problem = given;
    clq_op_step *step = clq_conv_bits_add_step(problem, recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->global[0] = (size_t)((clq_conv_pixels(&problem->conv) + PIXELS - 1) / PIXELS * PIXELS);
    step->global[1] = (size_t)((problem->conv.out_channels + CHANNELS - 1) / CHANNELS);
    step->global[2] = (size_t)problem->conv.batch;
    return CLQNN_OK;
}

const clq_conv_bits_variant clq_conv_bits_portable = {
    .op = {
        .name = "conv_bits_portable",
        .summary = "a work-item makes 32 channels of a pixel by popcount: any types, groups and strides, transposed too; any device",
        .program = &program,
        .accepts = accepts,
        .cost = cost,
        .arrange = arrange,
    },
    .layout = &clq_layout_bits_n32,
};
