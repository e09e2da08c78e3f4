/* SPDX-License-Identifier: Apache-2.0 */
#include "train_graph.h"

#include <stdlib.h>

#include "graph_calls.h"

bool graph_buffer(train_graph *graph, int64_t bytes, struct _cl_mem **buffer)
{
    if (graph->buffer_count == GRAPH_MAX_BUFFERS) return failed("more than %d buffers", GRAPH_MAX_BUFFERS);
    if (!succeeded(clqnn_buffer_create(graph->context, (uint64_t)bytes, buffer), "buffer")) return false;
    graph->buffers[graph->buffer_count++] = *buffer;
    return true;
}

static bool float_buffer(train_graph *graph, int64_t count, struct _cl_mem **buffer)
{
    return graph_buffer(graph, count * (int64_t)sizeof(float), buffer);
}

bool graph_fill_zero(const train_graph *graph, struct _cl_mem *buffer, uint64_t bytes)
{
    void *zeros = calloc(1, bytes);
    const bool done = zeros && succeeded(clqnn_upload(graph->context, buffer, 0, zeros, bytes), "zeros");
    free(zeros);
    return done;
}

call_region graph_parameter(const train_graph *graph, size_t offset)
{
    return call_at(graph->parameters, offset * sizeof(float));
}

call_region graph_gradient(const train_graph *graph, size_t offset)
{
    return call_at(graph->gradients, offset * sizeof(float));
}

call_region graph_state(const train_graph *graph, size_t offset)
{
    return call_at(graph->state, offset * sizeof(float));
}

call_region graph_weights(const train_graph *graph, int i)
{
    struct _cl_mem *quantized = graph->weight_quantizers[i].quantized;
    return quantized ? call_at(quantized, 0) : graph_parameter(graph, graph->layout.weights[i]);
}

static bool create_block(train_graph *graph, int i, int64_t *largest)
{
    const net_block *b = &graph->net->blocks[i];
    graph_block *block = &graph->blocks[i];
    block->conv_count = (int64_t)graph->batch * b->conv_height * b->conv_width * b->out_channels;
    block->output_count = (int64_t)graph->batch * b->out_height * b->out_width * b->out_channels;
    if (block->conv_count > *largest) *largest = block->conv_count;
    if (!float_buffer(graph, block->conv_count, &block->conv) || !float_buffer(graph, block->conv_count, &block->normed)
        || !float_buffer(graph, b->out_channels, &block->batch_mean) || !float_buffer(graph, b->out_channels, &block->batch_inv_std)) {
        return false;
    }
    if (b->pools && (!float_buffer(graph, block->output_count, &block->pooled) || !graph_buffer(graph, block->output_count, &block->taps))) return false;
    block->output = call_at(b->pools ? block->pooled : block->normed, 0);
    if (graph->scheme.activations == ACTIVATIONS_FLOAT) return true;
    if (!float_buffer(graph, block->output_count, &block->quantized)) return false;
    block->output = call_at(block->quantized, 0);
    return float_buffer(graph, 1, &block->scales) && float_buffer(graph, 1, &block->zero_points);
}

clqnn_tensor graph_weight_tensor(const train_graph *graph, int i)
{
    const int64_t outputs = net_output_count(graph->net, i);
    return (clqnn_tensor){.type = CLQNN_F32, .rank = 2, .shape = {outputs, net_weight_count(graph->net, i) / outputs}};
}

static bool create_buffers(train_graph *graph)
{
    const int64_t parameters = (int64_t)graph->layout.parameter_count, steps = graph->training.count / graph->batch;
    int64_t largest = 0, weights = 0;
    if (!float_buffer(graph, parameters, &graph->parameters) || !float_buffer(graph, parameters, &graph->gradients)
        || !float_buffer(graph, parameters, &graph->velocity) || !float_buffer(graph, (int64_t)graph->layout.state_count, &graph->state)
        || !float_buffer(graph, (steps > 0 ? steps : 1) * graph_rate_words(graph), &graph->rates)
        || (graph->adam.struct_size && !float_buffer(graph, parameters, &graph->squares)) || !float_buffer(graph, 1, &graph->loss)
        || !graph_buffer(graph, 2 * (int64_t)sizeof(int32_t), &graph->counts)
        || !float_buffer(graph, (int64_t)graph->batch * NET_IMAGE * NET_IMAGE, &graph->input)
        || !float_buffer(graph, (int64_t)graph->batch * NET_CLASSES, &graph->logits)
        || !float_buffer(graph, (int64_t)graph->test.count * NET_CLASSES, &graph->test_logits)) {
        return false;
    }
    for (int i = 0; i <= graph->net->block_count; i++) {
        if (net_weight_count(graph->net, i) > weights) weights = net_weight_count(graph->net, i);
        if (i < graph->net->block_count && !create_block(graph, i, &largest)) return false;
    }
    return float_buffer(graph, weights, &graph->weight_gradient) && float_buffer(graph, largest, &graph->gradient[0])
           && float_buffer(graph, largest, &graph->gradient[1]);
}

static bool create_calls(train_graph *graph, const train_graph_options *options)
{
    graph->weights.context = graph->step.context = graph->testing.context = graph->context;
    for (int i = 0; i <= graph->net->block_count; i++) {
        if (!graph_quantize_weights(graph, i)) return false;
    }
    if (!options->only_tests && (!graph_forward(graph, &graph->step, true) || !graph_backward(graph, options->momentum, options->weight_decay))) return false;
    return graph_forward(graph, &graph->testing, false) && graph_test_loss(graph) && device_calls_finish(&graph->weights)
           && device_calls_finish(&graph->step) && device_calls_finish(&graph->testing);
}

int graph_rate_words(const train_graph *graph)
{
    return graph->adam.struct_size ? 3 : 1;
}

bool train_graph_create(const train_graph_options *options, train_graph *graph)
{
    *graph = (train_graph){.context = options->context, .net = options->net, .scheme = options->scheme, .batch = options->batch,
                           .training = options->training, .test = options->test};
    if (graph->batch < 1 || graph->training.count % graph->batch || graph->test.count % graph->batch) {
        return failed("batches of %d do not divide %d and %d images", graph->batch, graph->training.count, graph->test.count);
    }
    net_layout_make(graph->net, &graph->layout);
    if (options->uses_adam) graph->adam = (clqnn_adam_desc){.struct_size = sizeof graph->adam, .count = (int64_t)graph->layout.parameter_count};
    if (create_buffers(graph) && create_calls(graph, options) && train_graph_clear_sums(graph)) return true;
    train_graph_free(graph);
    return false;
}

void train_graph_free(train_graph *graph)
{
    device_calls_free(&graph->weights);
    device_calls_free(&graph->step);
    device_calls_free(&graph->testing);
    for (int i = 0; i < graph->buffer_count; i++) clqnn_buffer_release(graph->buffers[i]);
    *graph = (train_graph){0};
}

bool train_graph_upload(train_graph *graph, const float *parameters, const float *velocity, const float *state)
{
    const uint64_t bytes = graph->layout.parameter_count * sizeof(float);
    float *zeros = calloc(graph->layout.parameter_count, sizeof *zeros);
    if (!zeros) return failed("no memory for %zu parameters", graph->layout.parameter_count);
    /* Gradients too: what no call writes stays 0, and its parameter with it. */
    const bool done = succeeded(clqnn_upload(graph->context, graph->parameters, 0, parameters, bytes), "parameters")
                      && succeeded(clqnn_upload(graph->context, graph->gradients, 0, zeros, bytes), "gradients")
                      && succeeded(clqnn_upload(graph->context, graph->velocity, 0, velocity ? velocity : zeros, bytes), "velocity")
                      && (!graph->squares || succeeded(clqnn_upload(graph->context, graph->squares, 0, zeros, bytes), "second moments"))
                      && succeeded(clqnn_upload(graph->context, graph->state, 0, state, graph->layout.state_count * sizeof(float)), "running statistics");
    free(zeros);
    return done;
}

bool train_graph_clear_sums(train_graph *graph)
{
    const float loss = 0.0f;
    const int32_t counts[2] = {0};
    return succeeded(clqnn_upload(graph->context, graph->loss, 0, &loss, sizeof loss), "loss")
           && succeeded(clqnn_upload(graph->context, graph->counts, 0, counts, sizeof counts), "counts");
}

bool train_graph_read_sums(train_graph *graph, int batches, double *loss, int *right)
{
    float sum = 0.0f;
    int32_t counts[2];
    if (!succeeded(clqnn_download(graph->context, graph->loss, 0, &sum, sizeof sum), "loss")
        || !succeeded(clqnn_download(graph->context, graph->counts, 0, counts, sizeof counts), "counts")) {
        return false;
    }
    if (counts[1] != 0) return failed("%d labels outside 0..%d", counts[1], NET_CLASSES - 1);
    *loss = (double)sum / batches;
    *right = counts[0];
    return true;
}

bool train_graph_test(train_graph *graph, double *loss, int *right, float *logits)
{
    const int batches = graph->test.count / graph->batch;
    if (!train_graph_clear_sums(graph) || !device_calls_enqueue(&graph->weights, 0)) return false;
    for (int i = 0; i < batches; i++) {
        if (!device_calls_enqueue(&graph->testing, (uint64_t)i)) return false;
    }
    if (!train_graph_read_sums(graph, batches, loss, right)) return false;
    const uint64_t bytes = (uint64_t)graph->test.count * NET_CLASSES * sizeof(float);
    return !logits || succeeded(clqnn_download(graph->context, graph->test_logits, 0, logits, bytes), "logits");
}
