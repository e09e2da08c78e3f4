/* SPDX-License-Identifier: Apache-2.0 */
#include "mixed/conv_mixed_problem.h"
#include "select/cpu_cost.h"

enum { PLANE_FLOATS = 16384, MOST_TAPS = 64, LANES = 16 };

static const clq_op_program program = {
    .parts = {"prelude/float_types", "mixed/mixed_params", "mixed/conv_mixed_params", "mixed/mixed_element", "op/vector_memory", "convert/half_vector",
              "mixed/mixed_block",
              "mixed/mixed_store", "mixed/mixed_lanes", "mixed/conv_mixed_lanes", "mixed/conv_mixed_planes"},
    .defines = "-DMIXED_LANES=16 -DSUMS_PANEL=16",
    .kernels = {{"conv_mixed_planes", 5, sizeof(conv_mixed_params), {1, 1, 1}}},
};

/* Floats of a line of x with its zeros, as far as the last vector of a line reads. */
static int64_t pitch_of(const clq_conv_problem *conv)
{
    const int64_t vectors = clq_ceil_div(conv->output[2], LANES);
    const int64_t read = vectors * LANES * conv->stride[2] + (conv->weights.kernel[2] - 1) * conv->dilation[2] + LANES;
    const int64_t written = conv->pad[2] + conv->input[2];
    return clq_ceil_div(read > written ? read : written, LANES) * LANES;
}

/* Lines of x that `lines` of the output see. */
static int64_t lines_seen(const clq_conv_problem *conv, int64_t lines)
{
    return (lines - 1) * conv->stride[1] + (conv->weights.kernel[1] - 1) * conv->dilation[1] + 1;
}

static const char *accepts(const void *given, const clq_capabilities *capabilities)
{
    const clq_conv_mixed_problem *problem = given;
    const clq_conv_problem *conv = &problem->conv;
    if (!capabilities->is_cpu) return "its one-item groups suit CPUs only";
    if (conv->weights.group_in != 1) return "it is for depthwise convolutions: each channel by itself";
    if (conv->transposed) return "it does not scatter: the convolution is transposed";
    if (conv->input[0] != 1 || conv->weights.kernel[0] != 1 || conv->pad[0] || conv->pad_end[0]) return "it takes one or two dimensions";
    if (conv->x.step[2] != 1) return "x must have its channels first";
    if (conv->stride[2] > 2) return "it takes steps of 1 or 2 along a line";
    if (clq_conv_taps(&conv->weights) > MOST_TAPS) return "it takes kernels of at most 64 taps";
    if (conv->input[2] > PLANE_FLOATS || conv->output[2] > PLANE_FLOATS || lines_seen(conv, 1) > PLANE_FLOATS
        || pitch_of(conv) * lines_seen(conv, 1) > PLANE_FLOATS) {
        return "a line's window does not fit its part of local memory";
    }
    if (capabilities->local_bytes < sizeof(float) * (PLANE_FLOATS + 32)) return "its lines do not fit the device's local memory";
    return clq_conv_mixed_refuses(problem, &clq_layout_float_n16);
}

static double cost(const void *given, const clq_capabilities *capabilities)
{
    const clq_conv_problem *conv = &((const clq_conv_mixed_problem *)given)->conv;
    const double vectors = (double)(conv->batch * conv->output[1]) * (double)clq_ceil_div(conv->output[2], LANES) * (double)conv->out_channels;
    return clq_cpu_seconds(vectors * (40.0 + 3.0 * (double)clq_conv_taps(&conv->weights)), capabilities);
}

/* As many lines as fit, and enough pieces for all threads. */
static int64_t lines_of(const clq_conv_problem *conv, const clq_capabilities *capabilities)
{
    const int64_t pitch = pitch_of(conv), pieces = conv->batch * conv->out_channels;
    int64_t lines = conv->output[1];
    while (lines > 1 && lines_seen(conv, lines) > PLANE_FLOATS / pitch) lines--;
    while (lines > 8 && pieces * clq_ceil_div(conv->output[1], lines) < 4 * clq_thread_count(capabilities)) lines = clq_ceil_div(lines, 2);
    return lines;
}

static clqnn_status arrange(const void *given, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_conv_mixed_problem *problem = given;
    const int64_t lines = lines_of(&problem->conv, capabilities);
    clq_op_step *step = clq_conv_mixed_add_step(problem, recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    ((conv_mixed_params *)step->params)->run = (clq_int)lines;
    ((conv_mixed_params *)step->params)->pitch = (clq_int)pitch_of(&problem->conv);
    step->global[0] = (size_t)clq_ceil_div(problem->conv.output[1], lines);
    step->global[1] = (size_t)problem->conv.out_channels;
    step->global[2] = (size_t)problem->conv.batch;
    return CLQNN_OK;
}

const clq_conv_mixed_variant clq_conv_mixed_planes = {
    .op = {
        .name = "conv_mixed_planes",
        .summary = "one input channel a group, channels first: 16 pixels of a line side by side; any CPU",
        .program = &program,
        .counts_begun = true,
        .accepts = accepts,
        .cost = cost,
        .arrange = arrange,
    },
    .layout = &clq_layout_float_n16,
};
