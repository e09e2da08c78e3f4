/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "graph_calls.h"

/* Bytes of a batch to floats in 0..1. */
static bool add_input(train_graph *graph, device_calls *calls, const device_images *images)
{
    static const float scale = 1.0f / 255.0f;
    clqnn_op *op = NULL;
    const clqnn_tensor pixels = {.type = CLQNN_U8, .rank = 1, .shape = {(int64_t)graph->batch * NET_IMAGE * NET_IMAGE},
                                 .quantization = {.scales = &scale, .scale_count = 1}};
    clqnn_convert_desc desc = {.struct_size = sizeof desc, .x = pixels, .y = pixels};
    desc.y.type = CLQNN_F32;
    desc.y.quantization = (clqnn_quantization){0};
    const clqnn_status status = clqnn_convert_create(graph->context, &desc, &op);
    call_region x = call_at(images->pixels, 0);
    x.step = (uint64_t)graph->batch * NET_IMAGE * NET_IMAGE;
    return device_calls_add(calls, status, op, "pixels to floats", CALL_REGIONS(x), CALL_REGIONS(call_at(graph->input, 0)));
}

static bool add_conv(train_graph *graph, device_calls *calls, int i, call_region x)
{
    const net_block *b = &graph->net->blocks[i];
    const clqnn_train_conv_desc desc = {
        .struct_size = sizeof desc, .kind = CLQNN_TRAIN_FORWARD, .batch = graph->batch, .height = b->height, .width = b->width,
        .channels = b->channels, .output_channels = b->out_channels, .groups = b->groups, .kernel = {b->kernel, b->kernel},
        .stride = {b->stride, b->stride}, .pad_begin = {b->pad, b->pad}, .pad_end = {b->pad, b->pad},
    };
    clqnn_op *op = NULL;
    const clqnn_status status = clqnn_train_conv_create(graph->context, &desc, &op);
    return device_calls_add(calls, status, op, b->name, CALL_REGIONS(x, graph_weights(graph, i)), CALL_REGIONS(call_at(graph->blocks[i].conv, 0)));
}

static bool add_norm(train_graph *graph, device_calls *calls, int i, bool training)
{
    const net_block *b = &graph->net->blocks[i];
    const graph_block *block = &graph->blocks[i];
    clqnn_batch_norm_desc desc = {.struct_size = sizeof desc, .mode = training ? CLQNN_BATCH_NORM_TRAIN : CLQNN_BATCH_NORM_INFER,
                                  .rows = (int64_t)graph->batch * b->conv_height * b->conv_width, .channels = b->out_channels};
    desc.has_clamp = scheme_clamp(&graph->scheme, &desc.clamp_min, &desc.clamp_max);
    clqnn_op *op = NULL;
    const clqnn_status status = clqnn_batch_norm_create(graph->context, &desc, &op);
    const call_region x = call_at(block->conv, 0), y = call_at(block->normed, 0);
    const call_region gamma = graph_parameter(graph, graph->layout.gamma[i]), beta = graph_parameter(graph, graph->layout.beta[i]);
    const call_region mean = graph_state(graph, graph->layout.mean[i]), variance = graph_state(graph, graph->layout.variance[i]);
    if (!training) return device_calls_add(calls, status, op, "batch norm", CALL_REGIONS(x, gamma, beta, mean, variance), CALL_REGIONS(y));
    return device_calls_add(calls, status, op, "batch norm in training", CALL_REGIONS(x, gamma, beta),
                            CALL_REGIONS(y, call_at(block->batch_mean, 0), call_at(block->batch_inv_std, 0), mean, variance));
}

static bool add_pool(train_graph *graph, device_calls *calls, int i, bool training)
{
    const net_block *b = &graph->net->blocks[i];
    const graph_block *block = &graph->blocks[i];
    const clqnn_train_pool_desc desc = {.struct_size = sizeof desc, .kind = CLQNN_TRAIN_POOL_MAX, .batch = graph->batch, .height = b->conv_height,
                                        .width = b->conv_width, .channels = b->out_channels, .kernel = {2, 2}, .stride = {2, 2}, .saves_taps = training};
    clqnn_op *op = NULL;
    const clqnn_status status = clqnn_train_pool_create(graph->context, &desc, &op);
    const call_region y = call_at(block->pooled, 0), taps = call_at(training ? block->taps : NULL, 0);
    return device_calls_add(calls, status, op, "pool", CALL_REGIONS(call_at(block->normed, 0)), CALL_REGIONS(y, taps));
}

/* logits[batch][classes] = x[batch][features] * w[classes][features]^T + bias */
static bool add_dense(train_graph *graph, device_calls *calls, call_region x, bool training)
{
    const clqnn_train_gemm_desc desc = {.struct_size = sizeof desc, .m = graph->batch, .n = NET_CLASSES, .k = graph->net->features,
                                        .transpose_b = 1, .has_bias = 1};
    clqnn_op *op = NULL;
    const clqnn_status status = clqnn_train_gemm_create(graph->context, &desc, &op);
    call_region y = call_at(training ? graph->logits : graph->test_logits, 0);
    if (!training) y.step = (uint64_t)graph->batch * NET_CLASSES * sizeof(float);
    return device_calls_add(calls, status, op, "fully connected", CALL_REGIONS(x, graph_weights(graph, graph->net->block_count),
                            graph_parameter(graph, graph->layout.bias)), CALL_REGIONS(y));
}

bool graph_forward(train_graph *graph, device_calls *calls, bool training)
{
    if (!add_input(graph, calls, training ? &graph->training : &graph->test)) return false;
    call_region x = call_at(graph->input, 0);
    for (int i = 0; i < graph->net->block_count; i++) {
        const graph_block *block = &graph->blocks[i];
        if (!add_conv(graph, calls, i, x) || !add_norm(graph, calls, i, training)) return false;
        if (graph->net->blocks[i].pools && !add_pool(graph, calls, i, training)) return false;
        if (!graph_quantize_activations(graph, calls, i, call_at(block->pooled ? block->pooled : block->normed, 0))) return false;
        x = block->output;
    }
    return add_dense(graph, calls, x, training);
}

bool graph_test_loss(train_graph *graph)
{
    const clqnn_cross_entropy_desc desc = {.struct_size = sizeof desc, .rows = graph->batch, .classes = NET_CLASSES, .accumulates = 1};
    clqnn_op *op = NULL;
    const clqnn_status status = clqnn_cross_entropy_create(graph->context, &desc, &op);
    call_region logits = call_at(graph->test_logits, 0), labels = call_at(graph->test.labels, 0);
    logits.step = (uint64_t)graph->batch * NET_CLASSES * sizeof(float);
    labels.step = (uint64_t)graph->batch * sizeof(int32_t);
    return device_calls_add(&graph->testing, status, op, "loss of the test", CALL_REGIONS(logits, labels),
                            CALL_REGIONS(call_at(graph->loss, 0), call_at(graph->counts, 0)));
}
