/* SPDX-License-Identifier: Apache-2.0 */
#include "mixed/conv_mixed_problem.h"

enum { PIXELS = 4, CHANNELS = 16 };

static const clq_op_program program = {
    .parts = {"prelude/float_types", "mixed/mixed_params", "mixed/conv_mixed_params", "mixed/mixed_element", "mixed/mixed_store", "mixed/conv_tap_position",
              "mixed/conv_mixed_portable"},
    .kernels = {{"conv_mixed_portable", 5, sizeof(conv_mixed_params), {CHANNELS, 1, 1}}},
};

static const char *accepts(const void *given, const clq_capabilities *capabilities)
{
    (void)capabilities;
    return clq_conv_mixed_refuses(given, &clq_layout_float_rows);
}

static double cost(const void *given, const clq_capabilities *capabilities)
{
    const clq_conv_mixed_problem *problem = given;
    const double products_a_second = (capabilities->is_cpu ? 0.02e6 : 8e6) * (double)capabilities->clock_mhz * (double)capabilities->compute_units;
    return 20e-6 + clq_conv_products(&problem->conv) / products_a_second;
}

static clqnn_status arrange(const void *given, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    (void)capabilities;
    const clq_conv_mixed_problem *problem = given;
    clq_op_step *step = clq_conv_mixed_add_step(problem, recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->global[0] = (size_t)((problem->conv.out_channels + CHANNELS - 1) / CHANNELS * CHANNELS);
    step->global[1] = (size_t)((clq_conv_pixels(&problem->conv) + PIXELS - 1) / PIXELS);
    step->global[2] = (size_t)problem->conv.batch;
    return CLQNN_OK;
}

const clq_conv_mixed_variant clq_conv_mixed_portable = {
    .op = {
        .name = "conv_mixed_portable",
        .summary = "a work-item makes four pixels of a channel, any strides, transposed too; any device",
        .program = &program,
        .accepts = accepts,
        .cost = cost,
        .arrange = arrange,
    },
    .layout = &clq_layout_float_rows,
};
