/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "train/train_problem.h"

enum { PIXELS, WEIGHTS, BIAS, JOIN };
static const clq_op_program program = {
    .parts = {"train/train_params", "train/train_join", "train/train_conv_portable"},
    .kernels = {{"train_conv_portable", 4, sizeof(train_conv_params), {32, 1, 1}},
                {"train_conv_weight_portable", 4, sizeof(train_conv_params), {32, 1, 1}},
                {"train_conv_bias_portable", 4, sizeof(train_conv_params), {32, 1, 1}},
                CLQ_TRAIN_JOIN_KERNEL},
};

typedef struct weight_parts {
    int64_t terms, count, lines;      /* weights of an output channel, and all of them; lines of y */
    int64_t parts, bias_parts, part, bias_part;
} weight_parts;

static weight_parts parts_of(const clq_train_conv_problem *p)
{
    weight_parts w = {.terms = p->kernel[0] * p->kernel[1] * (p->channels / p->groups), .lines = p->batch * p->output[0]};
    w.count = w.terms * p->output_channels;
    w.parts = clq_train_parts(w.count, w.lines, 8);
    w.bias_parts = p->has_bias ? clq_train_parts(p->output_channels, w.lines, 8) : 0;
    w.part = (w.lines + w.parts - 1) / w.parts;
    w.bias_part = p->has_bias ? (w.lines + w.bias_parts - 1) / w.bias_parts : 0;
    return w;
}

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    return 30e-6 + clq_train_conv_products(problem) / (capabilities->is_gpu ? 200e9 : 0.4e9);
}

static uint64_t workspace(const void *given, const clq_capabilities *capabilities)
{
    const clq_train_conv_problem *problem = given;
    const weight_parts w = parts_of(problem);
    (void)capabilities;
    if (problem->kind != CLQNN_TRAIN_BY_WEIGHT) return 0;
    const int64_t weights = w.parts > 1 ? w.parts * w.count : 0, bias = w.bias_parts > 1 ? w.bias_parts * problem->output_channels : 0;
    return (uint64_t)(4 * (weights > bias ? weights : bias));   /* one after the other */
}

static train_conv_params params_of(const clq_train_conv_problem *p)
{
    train_conv_params params = {
        .channels = (clq_int)p->channels,
        .output_channels = (clq_int)p->output_channels,
        .group_in = (clq_int)(p->channels / p->groups),
        .group_out = (clq_int)(p->output_channels / p->groups),
        .kind = (clq_int)p->kind,
    };
    for (int d = 0; d < 2; d++) {
        params.input[d] = (clq_int)p->input[d];
        params.output[d] = (clq_int)p->output[d];
        params.window[d] = (clq_int)p->kernel[d];
        params.stride[d] = (clq_int)p->stride[d];
        params.dilation[d] = (clq_int)p->dilation[d];
        params.pad[d] = (clq_int)p->pad[d];
    }
    return params;
}

static clqnn_status add_step(clq_op_recipe *recipe, uint32_t kernel, const train_conv_params *params, uint8_t bias, uint8_t result, const int64_t global[3])
{
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    const uint8_t buffers[] = {CLQ_OP_INPUT, CLQ_OP_INPUT + 1, bias, result};
    memcpy(step->buffers, buffers, sizeof buffers);
    memcpy(step->params, params, sizeof *params);
    step->kernel = kernel;
    step->global[0] = (size_t)((global[0] + 31) / 32 * 32);
    step->global[1] = (size_t)global[1];
    step->global[2] = (size_t)global[2];
    return CLQNN_OK;
}

static clqnn_status arrange_by_weight(const clq_train_conv_problem *p, clq_op_recipe *recipe)
{
    const weight_parts w = parts_of(p);
    train_conv_params params = params_of(p);
    params.pixels = (clq_ulong)w.lines;
    params.part = (clq_int)w.part;
    params.part_stride = (clq_ulong)w.count;
    const uint8_t weights = w.parts > 1 ? CLQ_OP_WORKSPACE : CLQ_OP_OUTPUT, sums = w.bias_parts > 1 ? CLQ_OP_WORKSPACE : CLQ_OP_OUTPUT + 1;
    CLQ_FORWARD(add_step(recipe, WEIGHTS, &params, CLQ_OP_INPUT + 1, weights, (const int64_t[]){w.terms, p->output_channels, w.parts}));
    if (w.parts > 1) {
        CLQ_FORWARD(clq_train_add_join(&(clq_train_join){.rows = 1, .columns = w.count, .parts = w.parts, .part_stride = w.count, .column = 1,
                                                         .result = CLQ_OP_OUTPUT,
                                                         .kernel = JOIN}, recipe));
    }
    if (!p->has_bias) return CLQNN_OK;
    params.part = (clq_int)w.bias_part;
    params.part_stride = (clq_ulong)p->output_channels;
    CLQ_FORWARD(add_step(recipe, BIAS, &params, CLQ_OP_INPUT + 1, sums, (const int64_t[]){p->output_channels, w.bias_parts, 1}));
    if (w.bias_parts == 1) return CLQNN_OK;
    return clq_train_add_join(&(clq_train_join){.rows = 1, .columns = p->output_channels, .parts = w.bias_parts, .part_stride = p->output_channels,
                                                .column = 1,
                                                .result = CLQ_OP_OUTPUT + 1, .kernel = JOIN}, recipe);
}

static clqnn_status arrange(const void *given, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_train_conv_problem *p = given;
    const bool forward = p->kind == CLQNN_TRAIN_FORWARD;
    (void)capabilities;
    if (p->kind == CLQNN_TRAIN_BY_WEIGHT) return arrange_by_weight(p, recipe);
    const int64_t pixels = p->batch * (forward ? p->output[0] * p->output[1] : p->input[0] * p->input[1]);
    train_conv_params params = params_of(p);
    params.pixels = (clq_ulong)pixels;
    params.has_bias = p->has_bias;
    return add_step(recipe, PIXELS, &params, CLQ_OP_INPUT + (p->has_bias ? 2 : 1), CLQ_OP_OUTPUT,
                    (const int64_t[]){forward ? p->output_channels : p->channels, pixels, 1});
}

const clq_op_variant clq_train_conv_portable = {
    .name = "train_conv_portable",
    .summary = "plain OpenCL C, a work-item makes one element; any device",
    .program = &program,
    .cost = cost,
    .workspace = workspace,
    .arrange = arrange,
};
