/* SPDX-License-Identifier: Apache-2.0 */
#include "conv/conv_variant.h"

enum { PIXELS = 4, CHANNELS = 16, GROUP_PRODUCTS = 1000000 };

static int64_t blocks(int64_t count, int64_t block)
{
    return (count + block - 1) / block;
}

static const char *accepts(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    if (!capabilities->is_cpu) return "its one-item groups suit CPUs only";
    return problem->x.channel_step == 1 ? NULL : "it reads x channels last only";
}

/* Products of one row of one panel, those that padding makes among them. */
static int64_t panel_products(const clq_conv_problem *problem)
{
    return blocks(problem->output[2], PIXELS) * PIXELS * CHANNELS * (problem->weights.group_in + 1) * clq_conv_taps(&problem->weights);
}

static int64_t row_count(const clq_conv_problem *problem)
{
    return problem->batch * problem->output[0] * problem->output[1];
}

static int64_t panel_count(const clq_conv_problem *problem)
{
    return blocks(problem->weights.group_out, CHANNELS) * problem->weights.groups;
}

static double cost(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    const double products = (double)panel_products(problem) * (double)row_count(problem) * (double)panel_count(problem);
    const double rate = problem->transposed || problem->weight_zero_nonzero ? 2e6 : 7e6; /* products of a clock cycle and unit: pixel by pixel, or 4 at a time */
    return 13e-6 + products / (rate * (double)capabilities->clock_mhz * (double)capabilities->compute_units);
}

/* Groups of about a million products, so that starting one costs nothing beside it. */
static clq_geometry geometry(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    (void)capabilities;
    const int64_t panels = panel_count(problem), tiles = blocks(problem->output[2], PIXELS), products = panel_products(problem);
    const int64_t wanted = GROUP_PRODUCTS / products + 1, block = wanted < panels ? wanted : panels, parts = products / GROUP_PRODUCTS + 1;
    return (clq_geometry){.global = {(size_t)row_count(problem), (size_t)blocks(panels, block), (size_t)(parts < tiles ? parts : tiles)}, .local = {1, 1, 1}};
}

const clq_conv_variant clq_conv_i8_vec16 = {
    .name = "conv_i8_vec16",
    .summary = "implicit GEMM in plain 16-wide vectors for any CPU, 4 pixels x 16 channels",
    .parts = {"epilogue/requantize", "epilogue/conv_store"},
    .defines = "-DLANES=16",
    .layout = &clq_conv_layout_i16_n16k2,
    .x_signedness = CLQNN_U8,
    .counts_begun = true,
    .accepts = accepts,
    .cost = cost,
    .geometry = geometry,
};
