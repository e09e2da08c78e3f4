/* SPDX-License-Identifier: Apache-2.0 */
/* The two forms of kernels/cl/conv/conv_i8_depthwise.cl. */
#include "conv/conv_variant.h"

enum { CPU_LANES = 16, GPU_LANES = 4, GPU_PRODUCTS = 8 /* a clock and unit */, GROUP_PRODUCTS = 200000 };

static int64_t blocks(int64_t count, int64_t block)
{
    return (count + block - 1) / block;
}

static const char *accepts(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    (void)capabilities;
    return problem->weights.group_in == 1 ? NULL : "it takes groups of one input channel only";
}

static const char *accepts_on_cpu(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    if (!capabilities->is_cpu) return "its one-item groups suit CPUs only";
    return accepts(problem, capabilities);
}

static double cost(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    if (!capabilities->is_gpu) return 20e-6 + clq_conv_products(problem) / 1e9;
    const double clocks = (double)capabilities->compute_units * (double)capabilities->clock_mhz * 1e6; /* a second, of all units */
    return 5e-6 + clq_conv_products(problem) / (GPU_PRODUCTS * (clocks > 0.0 ? clocks : 1e9)); /* a guess, as those of gpu_cost.h */
}

static double cost_on_cpu(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    const double whole = (double)(blocks(problem->out_channels, CPU_LANES) * CPU_LANES) / (double)problem->out_channels;
    const double rate = problem->weights.group_out == 1 && problem->x.channel_step == 1 ? 2.5e6 : 0.25e6; /* products of a million cycles: whole vectors or single lanes */
    return 13e-6 + whole * clq_conv_products(problem) / (rate * (double)capabilities->clock_mhz * (double)capabilities->compute_units);
}

static int64_t row_count(const clq_conv_problem *problem)
{
    return problem->batch * problem->output[0] * problem->output[1];
}

/* A row of a few panels a group. */
static clq_geometry geometry_on_cpu(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    (void)capabilities;
    const int64_t panels = blocks(problem->out_channels, CPU_LANES), products = problem->output[2] * CPU_LANES * clq_conv_taps(&problem->weights);
    const int64_t block = GROUP_PRODUCTS / products + 1, parts = products / GROUP_PRODUCTS + 1;
    return (clq_geometry){.global = {(size_t)blocks(panels, block), (size_t)(parts < problem->output[2] ? parts : problem->output[2]), (size_t)row_count(problem)},
                          .local = {1, 1, 1}};
}

static clq_geometry geometry(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    (void)capabilities;
    return (clq_geometry){
        .global = {(size_t)(blocks(blocks(problem->out_channels, GPU_LANES), 16) * 16), (size_t)(blocks(problem->output[2], 4) * 4), (size_t)row_count(problem)},
        .local = {16, 4, 1},
    };
}

const clq_conv_variant clq_conv_i8_depthwise_vec16 = {
    .name = "conv_i8_depthwise_vec16",
    .source = "conv_i8_depthwise",
    .summary = "direct depthwise in plain 16-wide vectors for any CPU",
    .parts = {"epilogue/requantize", "epilogue/conv_store"},
    .defines = "-DLANES=16 -DCOUNTS_BEGUN=1",
    .layout = &clq_conv_layout_i8_n16,
    .x_signedness = CLQNN_U8,
    .counts_begun = true,
    .accepts = accepts_on_cpu,
    .cost = cost_on_cpu,
    .geometry = geometry_on_cpu,
};

const clq_conv_variant clq_conv_i8_depthwise_portable = {
    .name = "conv_i8_depthwise_portable",
    .source = "conv_i8_depthwise",
    .summary = "direct depthwise in plain OpenCL C, a work-item makes 4 channels of a pixel; any device",
    .parts = {"epilogue/requantize", "epilogue/conv_store"},
    .defines = "-DLANES=4 -DCOUNTS_BEGUN=0",
    .layout = &clq_conv_layout_i8_n4,
    .x_signedness = CLQNN_U8,
    .accepts = accepts,
    .cost = cost,
    .geometry = geometry,
};
