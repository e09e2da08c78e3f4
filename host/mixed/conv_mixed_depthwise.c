/* SPDX-License-Identifier: Apache-2.0 */
#include "mixed/conv_mixed_problem.h"
#include "select/cpu_cost.h"

enum { PANEL = 16, MOST_TAPS = 64 };

static const clq_op_program program = {
    .parts = {"prelude/float_types", "mixed/mixed_params", "mixed/conv_mixed_params", "mixed/mixed_element", "op/vector_memory", "convert/half_vector",
              "mixed/mixed_block",
              "mixed/mixed_store", "mixed/mixed_lanes", "mixed/conv_mixed_lanes", "mixed/conv_mixed_depthwise"},
    .defines = "-DMIXED_LANES=16 -DSUMS_PANEL=16",
    .kernels = {{"conv_mixed_depthwise", 5, sizeof(conv_mixed_params), {1, 1, 1}}},
};

static const char *accepts(const void *given, const clq_capabilities *capabilities)
{
    const clq_conv_mixed_problem *problem = given;
    if (!capabilities->is_cpu) return "its one-item groups suit CPUs only";
    if (!clq_conv_mixed_is_depthwise(problem)) return "it is for depthwise convolutions: each channel by itself";
    if (problem->conv.transposed) return "it does not scatter: the convolution is transposed";
    if (problem->conv.x.channel_step != 1) return "x must have its channels last";
    if (clq_conv_taps(&problem->conv.weights) > MOST_TAPS) return "it takes kernels of at most 64 taps";
    return clq_conv_mixed_refuses(problem, &clq_layout_float_n16);
}

static int64_t panels_of(const clq_conv_mixed_problem *problem)
{
    return (problem->conv.out_channels + PANEL - 1) / PANEL;
}

static double cost(const void *given, const clq_capabilities *capabilities)
{
    const clq_conv_mixed_problem *problem = given;
    const double results = (double)problem->conv.batch * (double)clq_conv_pixels(&problem->conv) * (double)panels_of(problem);
    return clq_cpu_seconds(results * (12.0 + 3.0 * (double)clq_conv_taps(&problem->conv.weights)), capabilities);
}

static clqnn_status arrange(const void *given, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_conv_mixed_problem *problem = given;
    const int64_t lines = problem->conv.output[0] * problem->conv.output[1], panels = panels_of(problem);
    const int64_t wanted = panels * lines * problem->conv.batch / (8 * clq_thread_count(capabilities));
    const int64_t run = wanted < 1 ? 1 : wanted > panels ? panels : wanted;
    clq_op_step *step = clq_conv_mixed_add_step(problem, recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    ((conv_mixed_params *)step->params)->run = (clq_int)run;
    step->global[0] = (size_t)((panels + run - 1) / run);
    step->global[1] = (size_t)lines;
    step->global[2] = (size_t)problem->conv.batch;
    return CLQNN_OK;
}

const clq_conv_mixed_variant clq_conv_mixed_depthwise = {
    .op = {
        .name = "conv_mixed_depthwise",
        .summary = "depthwise, 16 channels side by side, four pixels in registers; any CPU",
        .program = &program,
        .counts_begun = true,
        .accepts = accepts,
        .cost = cost,
        .arrange = arrange,
    },
    .layout = &clq_layout_float_n16,
};
