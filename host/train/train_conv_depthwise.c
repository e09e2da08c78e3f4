/* SPDX-License-Identifier: Apache-2.0 */
/* CPUs: depthwise convolutions of one result a channel, channels side by side in vectors. */
#include <string.h>

#include "train/train_windows.h"
#include "train/train_depthwise_params.cl"

enum { LINES, PACK, WEIGHTS, JOIN };
static const clq_op_program program = {
    .parts = {"op/vector_memory", "train/train_window_params", "train/train_depthwise_params", "train/train_depthwise", "train/train_depthwise_weights",
              "train/train_join_lanes"},
    .kernels = {{"train_depthwise", 4, sizeof(train_depthwise_params), {1, 1, 1}},
                {"train_pack_depthwise", 2, sizeof(train_pack_params), {1, 1, 1}},
                {"train_depthwise_weights", 3, sizeof(train_depthwise_params), {1, 1, 1}},
                {"train_join_lanes", 3, sizeof(train_lanes_params), {1, 1, 1}}},
};

static int64_t ceiling(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

static int64_t padded(const clq_train_conv_problem *p)
{
    return ceiling(p->channels, 16) * 16;
}

static const char *accepts(const void *given, const clq_capabilities *capabilities)
{
    const clq_train_conv_problem *p = given;
    if (!capabilities->is_cpu) return "its one-item groups suit CPUs only";
    if (p->groups != p->channels || p->output_channels != p->channels) return "it takes one input channel and one output channel a group";
    if (p->channels < 16) return "it takes 16 channels and more";
    if (p->kernel[0] > DEPTHWISE_MOST_TAPS || p->kernel[0] * p->kernel[1] > DEPTHWISE_MOST_TAPS) return "it takes windows of at most 64 taps";
    if (p->batch > INT32_MAX / p->output[0]) return "the lines of y are more than it counts";
    return p->stride[0] <= CLQ_TRAIN_MOST_STRIDE && p->stride[1] <= CLQ_TRAIN_MOST_STRIDE ? NULL : "it takes strides of at most 8";
}

/* Vectors of 16 channels: of each pixel of y all taps, and its memory. */
static double cost(const void *given, const clq_capabilities *capabilities)
{
    const clq_train_conv_problem *p = given;
    const double pixels = (double)p->batch * (double)(p->output[0] * p->output[1]) * (double)ceiling(p->channels, 16),
        taps = (double)(p->kernel[0] * p->kernel[1]);
    return 30e-6 + pixels * (1.5 * taps + 20) / (1e6 * (double)capabilities->clock_mhz * (double)capabilities->compute_units);
}

/* Parts of a sum by weight. */
typedef struct depthwise_parts {
    int64_t floats, lines, parts;      /* of a part; of y of a part; none is empty */
} depthwise_parts;

static depthwise_parts parts_of(const clq_train_conv_problem *p)
{
    const int64_t all = p->batch * p->output[0];
    depthwise_parts made = {.floats = (p->kernel[0] * p->kernel[1] + 1) * padded(p)};
    made.lines = ceiling(all, clq_train_parts(made.floats, all, 4));
    made.parts = ceiling(all, made.lines);
    return made;
}

static uint64_t workspace(const void *given, const clq_capabilities *capabilities)
{
    const clq_train_conv_problem *p = given;
    const depthwise_parts parts = parts_of(p);
    (void)capabilities;
    if (p->kind == CLQNN_TRAIN_BY_WEIGHT) return (uint64_t)(4 * parts.floats * parts.parts);
    return (uint64_t)(4 * p->kernel[0] * p->kernel[1] * padded(p));
}

static train_depthwise_params params_of(const clq_train_conv_problem *p, const clq_train_axis axes[2])
{
    const bool by_data = p->kind == CLQNN_TRAIN_BY_DATA;
    const int64_t *source = by_data ? p->output : p->input, *target = by_data ? p->input : p->output;
    train_depthwise_params params = {
        .source_image = (clq_ulong)(source[0] * source[1] * p->channels),
        .target_image = (clq_ulong)(target[0] * target[1] * p->channels),
        .target_width = (clq_int)target[1],
        .channels = (clq_int)p->channels,
        .row = (clq_int)padded(p),
        .has_bias = p->has_bias,
    };
    for (int d = 0; d < 2; d++) {
        params.source[d] = (clq_int)source[d];
        params.grid[d] = (clq_int)axes[d].grid;
        params.step[d] = (clq_int)axes[d].step;
        params.origin[d] = (clq_int)axes[d].origin;
        params.spacing[d] = (clq_int)axes[d].spacing;
        params.taps[d] = (clq_int)axes[d].taps;
        params.place[d] = (clq_int)axes[d].place;
        params.place_step[d] = (clq_int)axes[d].place_step;
    }
    return params;
}

static clqnn_status add_pack(const clq_train_conv_problem *p, const clq_train_axis axes[2], uint64_t packed_at, clq_op_recipe *recipe)
{
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    train_pack_params params = {.group_step = (clq_ulong)(p->kernel[0] * p->kernel[1]), .window_width = (clq_int)p->kernel[1],
                                .panels = (clq_int)(padded(p) / 16),
                                .groups = (clq_int)p->groups};
    for (int d = 0; d < 2; d++) {
        params.tap_first[d] = (clq_int)axes[d].tap_first;
        params.tap_next[d] = (clq_int)axes[d].tap_next;
        params.taps[d] = (clq_int)axes[d].taps;
    }
    const uint8_t buffers[] = {CLQ_OP_INPUT + 1, CLQ_OP_WORKSPACE};
    memcpy(step->buffers, buffers, sizeof buffers);
    memcpy(step->params, &params, sizeof params);
    step->kernel = PACK;
    step->base[1] = packed_at;
    step->global[0] = (size_t)(axes[0].taps * axes[1].taps);
    step->global[1] = step->global[2] = 1;
    return CLQNN_OK;
}

static clqnn_status add_lines(const clq_train_conv_problem *p, const clq_train_axis axes[2], int64_t units, uint64_t packed_at, clq_op_recipe *recipe)
{
    train_depthwise_params params = params_of(p, axes);
    const bool has_taps = axes[0].taps && axes[1].taps;
    if (!has_taps) params.taps[0] = params.taps[1] = 0;
    if (has_taps) CLQ_FORWARD(add_pack(p, axes, packed_at, recipe));
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    int64_t lines = axes[0].grid;
    while (lines > 1 && p->batch * ceiling(axes[0].grid, lines) < 8 * units) lines = (lines + 1) / 2;
    params.lines = (clq_int)lines;
    const uint8_t buffers[] = {CLQ_OP_INPUT, has_taps ? CLQ_OP_WORKSPACE : CLQ_OP_INPUT, CLQ_OP_INPUT + (p->has_bias ? 2 : 0), CLQ_OP_OUTPUT};
    memcpy(step->buffers, buffers, sizeof buffers);
    memcpy(step->params, &params, sizeof params);
    step->kernel = LINES;
    step->base[1] = has_taps ? packed_at : 0;
    step->global[0] = (size_t)ceiling(axes[0].grid, lines);
    step->global[1] = (size_t)p->batch;
    step->global[2] = 1;
    return CLQNN_OK;
}

static clqnn_status arrange_lines(const clq_train_conv_problem *p, int64_t units, clq_op_recipe *recipe)
{
    const bool by_data = p->kind == CLQNN_TRAIN_BY_DATA;
    const int64_t phases[2] = {by_data ? p->stride[0] : 1, by_data ? p->stride[1] : 1};
    uint64_t packed_at = 0;
    for (int64_t phase = 0; phase < phases[0] * phases[1]; phase++) {
        const int64_t place[2] = {phase / phases[1], phase % phases[1]};
        clq_train_axis axes[2];
        for (int d = 0; d < 2; d++) axes[d] = by_data ? clq_train_axis_by_data(p, d, place[d]) : clq_train_axis_forward(p, d);
        if (axes[0].grid == 0 || axes[1].grid == 0) continue;
        CLQ_FORWARD(add_lines(p, axes, units, packed_at, recipe));
        packed_at += (uint64_t)(4 * axes[0].taps * axes[1].taps * padded(p));
    }
    return CLQNN_OK;
}

static clqnn_status arrange_weights(const clq_train_conv_problem *p, clq_op_recipe *recipe)
{
    const clq_train_axis axes[2] = {clq_train_axis_forward(p, 0), clq_train_axis_forward(p, 1)};
    const depthwise_parts parts = parts_of(p);
    train_depthwise_params params = params_of(p, axes);
    params.lines = (clq_int)parts.lines;
    params.all_lines = (clq_int)(p->batch * p->output[0]);
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    const uint8_t buffers[] = {CLQ_OP_INPUT, CLQ_OP_INPUT + 1, CLQ_OP_WORKSPACE};
    memcpy(step->buffers, buffers, sizeof buffers);
    memcpy(step->params, &params, sizeof params);
    step->kernel = WEIGHTS;
    step->global[0] = (size_t)parts.parts;
    step->global[1] = step->global[2] = 1;
    const int64_t terms = p->kernel[0] * p->kernel[1];
    const train_lanes_params lanes = {.part_stride = (clq_ulong)parts.floats, .parts = (clq_int)parts.parts, .groups = 1, .terms = (clq_int)terms,
                                      .panels = (clq_int)(padded(p) / 16), .group_out = (clq_int)p->channels, .has_bias = p->has_bias};
    clq_op_step *join = clq_op_add_step(recipe);
    if (!join) return CLQNN_OUT_OF_MEMORY;
    const uint8_t joined[] = {CLQ_OP_WORKSPACE, CLQ_OP_OUTPUT, CLQ_OP_OUTPUT + (p->has_bias ? 1 : 0)};
    memcpy(join->buffers, joined, sizeof joined);
    memcpy(join->params, &lanes, sizeof lanes);
    join->kernel = JOIN;
    join->global[0] = (size_t)(terms + (p->has_bias ? 1 : 0));
    join->global[1] = (size_t)lanes.panels;
    join->global[2] = 1;
    return CLQNN_OK;
}

static clqnn_status arrange(const void *given, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_train_conv_problem *p = given;
    return p->kind == CLQNN_TRAIN_BY_WEIGHT ? arrange_weights(p, recipe) : arrange_lines(p, capabilities->compute_units, recipe);
}

const clq_op_variant clq_train_conv_depthwise = {
    .name = "train_conv_depthwise",
    .summary = "16 channels side by side in vectors, one input channel a group; any CPU",
    .program = &program,
    .counts_begun = true,
    .accepts = accepts,
    .cost = cost,
    .workspace = workspace,
    .arrange = arrange,
};
