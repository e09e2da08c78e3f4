/* SPDX-License-Identifier: Apache-2.0 */
#include "conv/conv_variant.h"

static double cost(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    if (!capabilities->is_gpu) return 20e-6 + clq_conv_products(problem) / 0.5e9;
    const double clocks = (double)capabilities->compute_units * (double)capabilities->clock_mhz * 1e6; /* a second, of all units */
    return 20e-6 + clq_conv_products(problem) / (2.0 * (clocks > 0.0 ? clocks : 1e9)); /* a guess, always the last resort */
}

static clq_geometry geometry(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    (void)capabilities;
    const int64_t panels = (problem->weights.group_out + 3) / 4 * problem->weights.groups;
    return (clq_geometry){
        .global = {(size_t)((panels + 15) / 16 * 16), (size_t)((problem->output[2] + 3) / 4 * 4), (size_t)(problem->batch * problem->output[0] * problem->output[1])},
        .local = {16, 4, 1},
    };
}

const clq_conv_variant clq_conv_i8_portable = {
    .name = "conv_i8_portable",
    .summary = "plain OpenCL C, a work-item makes 4 channels of a pixel; any device, any shape",
    .parts = {"epilogue/requantize", "epilogue/conv_store"},
    .defines = "-DLANES=4",
    .layout = &clq_conv_layout_i8_n4k4,
    .x_signedness = CLQNN_U8,
    .cost = cost,
    .geometry = geometry,
};
