/* SPDX-License-Identifier: Apache-2.0 */
#include "graph_calls.h"

/* Gradients of activations go back and forth between the graph's two buffers: `now` holds the newest. */
typedef struct backward_walk {
    train_graph *graph;
    int now;
} backward_walk;

static call_region current(const backward_walk *walk)
{
    return call_at(walk->graph->gradient[walk->now], 0);
}

static call_region next(const backward_walk *walk)
{
    return call_at(walk->graph->gradient[1 - walk->now], 0);
}

static bool add_loss(train_graph *graph, call_region gradient)
{
    const clqnn_cross_entropy_desc desc = {.struct_size = sizeof desc, .rows = graph->batch, .classes = NET_CLASSES, .has_gradient = 1, .accumulates = 1};
    clqnn_op *op = NULL;
    const clqnn_status status = clqnn_cross_entropy_create(graph->context, &desc, &op);
    call_region labels = call_at(graph->training.labels, 0);
    labels.step = (uint64_t)graph->batch * sizeof(int32_t);
    return device_calls_add(&graph->step, status, op, "loss", CALL_REGIONS(call_at(graph->logits, 0), labels),
                            CALL_REGIONS(call_at(graph->loss, 0), call_at(graph->counts, 0), gradient));
}

/* Where the gradient of layer i's quantized weights goes. */
static call_region weight_gradient(const train_graph *graph, int i)
{
    return graph->scheme.weights == WEIGHTS_FLOAT ? graph_gradient(graph, graph->layout.weights[i]) : call_at(graph->weight_gradient, 0);
}

static bool add_dense(backward_walk *walk, call_region x)
{
    train_graph *graph = walk->graph;
    const int layer = graph->net->block_count;
    clqnn_op *op = NULL;
    const clqnn_train_gemm_desc by_weight = {.struct_size = sizeof by_weight, .m = NET_CLASSES, .n = graph->net->features, .k = graph->batch,
                                             .transpose_a = 1};
    clqnn_status status = clqnn_train_gemm_create(graph->context, &by_weight, &op);
    if (!device_calls_add(&graph->step, status, op, "fully connected, by weight", CALL_REGIONS(current(walk), x),
                          CALL_REGIONS(weight_gradient(graph, layer))) || !graph_weights_backward(graph, layer)) {
        return false;
    }
    const clqnn_column_sums_desc by_bias = {.struct_size = sizeof by_bias, .rows = graph->batch, .channels = NET_CLASSES};
    status = clqnn_column_sums_create(graph->context, &by_bias, &op);
    if (!device_calls_add(&graph->step, status, op, "fully connected, by bias", CALL_REGIONS(current(walk)),
                          CALL_REGIONS(graph_gradient(graph, graph->layout.bias)))) {
        return false;
    }
    const clqnn_train_gemm_desc by_data = {.struct_size = sizeof by_data, .m = graph->batch, .n = graph->net->features, .k = NET_CLASSES};
    status = clqnn_train_gemm_create(graph->context, &by_data, &op);
    if (!device_calls_add(&graph->step, status, op, "fully connected, by data", CALL_REGIONS(current(walk), graph_weights(graph, layer)),
                          CALL_REGIONS(next(walk)))) {
        return false;
    }
    walk->now = 1 - walk->now;
    return true;
}

/* Back through quantizer, pool and batch norm of block i: from the gradient of its output to that of its convolution's. */
static bool add_behind_conv(backward_walk *walk, int i)
{
    train_graph *graph = walk->graph;
    const net_block *b = &graph->net->blocks[i];
    const graph_block *block = &graph->blocks[i];
    clqnn_op *op = NULL;
    if (block->quantized) {
        if (!graph_activations_backward(graph, i, current(walk), next(walk))) return false;
        walk->now = 1 - walk->now;
    }
    if (b->pools) {
        const clqnn_train_pool_desc pool = {.struct_size = sizeof pool, .kind = CLQNN_TRAIN_POOL_MAX, .direction = CLQNN_LAYER_BACKWARD,
                                            .batch = graph->batch, .height = b->conv_height, .width = b->conv_width, .channels = b->out_channels,
                                            .kernel = {2, 2}, .stride = {2, 2}};
        const clqnn_status status = clqnn_train_pool_create(graph->context, &pool, &op);
        if (!device_calls_add(&graph->step, status, op, "pool backward", CALL_REGIONS(current(walk), call_at(block->taps, 0)), CALL_REGIONS(next(walk)))) {
            return false;
        }
        walk->now = 1 - walk->now;
    }
    clqnn_batch_norm_desc norm = {.struct_size = sizeof norm, .mode = CLQNN_BATCH_NORM_BACKWARD,
                                  .rows = (int64_t)graph->batch * b->conv_height * b->conv_width, .channels = b->out_channels};
    norm.has_clamp = scheme_clamp(&graph->scheme, &norm.clamp_min, &norm.clamp_max);
    const clqnn_status status = clqnn_batch_norm_create(graph->context, &norm, &op);
    const size_t gamma = graph->layout.gamma[i], beta = graph->layout.beta[i];
    return device_calls_add(&graph->step, status, op, "batch norm backward",
                            CALL_REGIONS(current(walk), call_at(block->conv, 0), graph_parameter(graph, gamma), graph_parameter(graph, beta),
                                    call_at(block->batch_mean, 0), call_at(block->batch_inv_std, 0)),
                            CALL_REGIONS(current(walk), graph_gradient(graph, gamma), graph_gradient(graph, beta)));
}

static bool add_conv(backward_walk *walk, int i, call_region x)
{
    train_graph *graph = walk->graph;
    const net_block *b = &graph->net->blocks[i];
    clqnn_train_conv_desc desc = {
        .struct_size = sizeof desc, .kind = CLQNN_TRAIN_BY_WEIGHT, .batch = graph->batch, .height = b->height, .width = b->width,
        .channels = b->channels, .output_channels = b->out_channels, .groups = b->groups, .kernel = {b->kernel, b->kernel},
        .stride = {b->stride, b->stride}, .pad_begin = {b->pad, b->pad}, .pad_end = {b->pad, b->pad},
    };
    clqnn_op *op = NULL;
    clqnn_status status = clqnn_train_conv_create(graph->context, &desc, &op);
    if (!device_calls_add(&graph->step, status, op, "convolution by weight", CALL_REGIONS(x, current(walk)), CALL_REGIONS(weight_gradient(graph, i)))
        || !graph_weights_backward(graph, i)) {
        return false;
    }
    if (i == 0) return true; /* pixels learn nothing */
    desc.kind = CLQNN_TRAIN_BY_DATA;
    status = clqnn_train_conv_create(graph->context, &desc, &op);
    if (!device_calls_add(&graph->step, status, op, "convolution by data", CALL_REGIONS(current(walk), graph_weights(graph, i)), CALL_REGIONS(next(walk)))) {
        return false;
    }
    walk->now = 1 - walk->now;
    return true;
}

static bool add_update(train_graph *graph, float momentum, float weight_decay)
{
    const clqnn_sgd_desc sgd = {.struct_size = sizeof sgd, .count = (int64_t)graph->layout.parameter_count, .momentum = momentum,
                                .weight_decay = weight_decay};
    const bool adam = graph->adam.struct_size != 0;
    clqnn_op *op = NULL;
    const clqnn_status status = adam ? clqnn_adam_create(graph->context, &graph->adam, &op) : clqnn_sgd_create(graph->context, &sgd, &op);
    call_region rate = call_at(graph->rates, 0), outputs[4] = {call_at(graph->parameters, 0), call_at(graph->velocity, 0)};
    rate.step = (uint64_t)graph_rate_words(graph) * sizeof(float);
    if (adam) outputs[2] = call_at(graph->squares, 0);
    return device_calls_add(&graph->step, status, op, "update", CALL_REGIONS(call_at(graph->gradients, 0), rate), outputs);
}

bool graph_backward(train_graph *graph, float momentum, float weight_decay)
{
    const int count = graph->net->block_count;
    backward_walk walk = {.graph = graph};
    if (!add_loss(graph, current(&walk)) || !add_dense(&walk, graph->blocks[count - 1].output)) return false;
    for (int i = count - 1; i >= 0; i--) {
        const call_region x = i > 0 ? graph->blocks[i - 1].output : call_at(graph->input, 0);
        if (!add_behind_conv(&walk, i) || !add_conv(&walk, i, x)) return false;
    }
    return add_update(graph, momentum, weight_decay);
}
