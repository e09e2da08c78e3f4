/* SPDX-License-Identifier: Apache-2.0 */
#include "binary_graph.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Deviation of network_random_weights. */
#define WEIGHT_DEVIATION 37.0

static int64_t words_of(int64_t channels)
{
    return (channels + 31) / 32;
}

size_t binary_bytes(const binary_tensor *tensor)
{
    const int64_t pixels = tensor->height * tensor->width;
    return (size_t)(tensor->type == CLQNN_B1 ? pixels * words_of(tensor->channels) * 4 : pixels * tensor->channels * (int64_t)clqnn_type_size(tensor->type));
}

double binary_products(const binary_graph *graph, const binary_step *step)
{
    const binary_tensor *x = &graph->tensors[step->x], *y = &graph->tensors[step->y];
    return (double)(y->height * y->width * y->channels) * (double)(step->kernel * step->kernel * x->channels);
}

void binary_graph_free(binary_graph *graph)
{
    for (int i = 0; i < graph->step_count; i++) {
        binary_step *step = &graph->steps[i];
        void *const arrays[] = {step->weights, step->scales, step->biases, step->sign_thresholds, step->sum_thresholds, step->directions};
        for (size_t a = 0; a < sizeof arrays / sizeof arrays[0]; a++) free(arrays[a]);
    }
    *graph = (binary_graph){0};
}

static int add_tensor(binary_graph *graph, binary_tensor tensor)
{
    graph->tensors[graph->tensor_count] = tensor;
    return graph->tensor_count++;
}

int binary_add_image(binary_graph *graph, int64_t image, int64_t channels)
{
    return add_tensor(graph, (binary_tensor){.type = CLQNN_U8, .height = image, .width = image, .channels = channels, .scale = 1.0f / 128.0f, .zero_point = 128});
}

static binary_step *add_step(binary_graph *graph, const char *name, binary_kind kind, int x, binary_tensor y)
{
    binary_step *step = &graph->steps[graph->step_count++];
    *step = (binary_step){.kind = kind, .x = x, .residual = BINARY_NONE, .row_scales = BINARY_NONE, .y = add_tensor(graph, y)};
    (void)snprintf(step->name, sizeof step->name, "%s", name);
    return step;
}

static network_random random_of(const binary_graph *graph)
{
    return network_random_stream(graph->seed, (uint64_t)graph->step_count);
}

static void *reserve(binary_graph *graph, int64_t count, size_t size)
{
    void *const memory = calloc((size_t)count, size);
    graph->is_short_of_memory = graph->is_short_of_memory || memory == NULL;
    return memory;
}

static float *random_floats(binary_graph *graph, network_random *random, int64_t count, double low, double high)
{
    float *values = reserve(graph, count, sizeof *values);
    for (int64_t i = 0; values && i < count; i++) values[i] = (float)network_random_between(random, low, high);
    return values;
}

/* Rows of random bits, each filled up with zeros. */
static uint32_t *random_bits(binary_graph *graph, network_random *random, int64_t rows, int64_t channels)
{
    const int64_t words = words_of(channels), rest = channels % 32;
    uint32_t *bits = reserve(graph, rows * words, sizeof *bits);
    for (int64_t i = 0; bits && i < rows * words; i++) {
        bits[i] = (uint32_t)network_random_between(random, 0.0, 4294967296.0);
        if (i % words == words - 1 && rest) bits[i] &= (UINT32_C(1) << rest) - 1;
    }
    return bits;
}

/* Thresholds within the sums' deviation, a third of them from above. */
static void add_folded_norm(binary_graph *graph, network_random *random, binary_step *step, int64_t channels, double deviation)
{
    step->sum_thresholds = reserve(graph, channels, sizeof *step->sum_thresholds);
    step->directions = reserve(graph, channels, sizeof *step->directions);
    for (int64_t i = 0; step->sum_thresholds && step->directions && i < channels; i++) {
        step->sum_thresholds[i] = (int32_t)network_random_between(random, -deviation / 2, deviation / 2);
        step->directions[i] = network_random_between(random, 0, 3) < 1 ? -1 : 1;
    }
}

static int64_t extent_of(int64_t input, int64_t kernel, int64_t stride, int64_t padding)
{
    return (input + 2 * padding - kernel) / stride + 1;
}

/* Scales that give a result whose deviation is about that of x, or 1 where x is binary. */
int binary_add_conv(binary_graph *graph, int x, const binary_conv *conv)
{
    const binary_tensor from = graph->tensors[x];
    const bool is_binary = from.type == CLQNN_B1;
    const int64_t terms = conv->kernel * conv->kernel * from.channels, outputs = conv->channels;
    network_random random = random_of(graph);
    binary_step *step = add_step(graph, conv->name, BINARY_CONV, x,
                                 (binary_tensor){.type = conv->y_type, .height = extent_of(from.height, conv->kernel, conv->stride, conv->padding),
                                                 .width = extent_of(from.width, conv->kernel, conv->stride, conv->padding), .channels = outputs,
                                                 .scale = 6.0f / 127.0f});
    step->kernel = conv->kernel;
    step->stride = conv->stride;
    step->padding = conv->padding;
    step->residual = conv->residual;
    step->row_scales = conv->row_scales;
    const double unit = 1.0 / (sqrt((double)terms) * (is_binary ? 1.0 : WEIGHT_DEVIATION));
    step->scales = random_floats(graph, &random, outputs, 0.5 * unit, 1.5 * unit);
    if (is_binary) {
        step->weights = random_bits(graph, &random, outputs * conv->kernel * conv->kernel, from.channels);
    } else {
        step->weights = reserve(graph, outputs * terms, 1);
        if (step->weights) network_random_weights(&random, step->weights, outputs * terms);
    }
    if (conv->y_type == CLQNN_B1) add_folded_norm(graph, &random, step, outputs, sqrt((double)terms));
    else if (conv->y_type == CLQNN_F32) step->biases = random_floats(graph, &random, outputs, -0.3, 0.3);
    return step->y;
}

int binary_add_max_pool(binary_graph *graph, const char *name, int x, int64_t kernel, int64_t stride, int64_t padding)
{
    binary_tensor y = graph->tensors[x];
    y.height = extent_of(y.height, kernel, stride, padding);
    y.width = extent_of(y.width, kernel, stride, padding);
    binary_step *step = add_step(graph, name, BINARY_POOL, x, y);
    step->kernel = kernel;
    step->stride = stride;
    step->padding = padding;
    return step->y;
}

int binary_add_global_average(binary_graph *graph, const char *name, int x)
{
    binary_tensor y = graph->tensors[x];
    y.height = y.width = 1;
    y.scale /= 4.0f;
    binary_step *step = add_step(graph, name, BINARY_POOL, x, y);
    step->is_average = true;
    return step->y;
}

int binary_add_quantize(binary_graph *graph, const char *name, int x, float scale)
{
    binary_tensor y = graph->tensors[x];
    y.type = CLQNN_S8;
    y.scale = scale;
    y.zero_point = 0;
    return add_step(graph, name, BINARY_CONVERT, x, y)->y;
}

int binary_add_dequantize(binary_graph *graph, const char *name, int x)
{
    binary_tensor y = graph->tensors[x];
    y.type = CLQNN_F32;
    return add_step(graph, name, BINARY_CONVERT, x, y)->y;
}

int binary_add_sign(binary_graph *graph, const char *name, int x)
{
    binary_tensor y = graph->tensors[x];
    network_random random = random_of(graph);
    y.type = CLQNN_B1;
    binary_step *step = add_step(graph, name, BINARY_SIGN, x, y);
    step->sign_thresholds = random_floats(graph, &random, y.channels, -0.4, 0.4);
    return step->y;
}

int binary_add_mean(binary_graph *graph, const char *name, int x, const binary_conv *conv)
{
    const binary_tensor from = graph->tensors[x];
    binary_step *step = add_step(graph, name, BINARY_MEAN, x,
                                 (binary_tensor){.type = CLQNN_F32, .height = extent_of(from.height, conv->kernel, conv->stride, conv->padding),
                                                 .width = extent_of(from.width, conv->kernel, conv->stride, conv->padding), .channels = 1});
    step->kernel = conv->kernel;
    step->stride = conv->stride;
    step->padding = conv->padding;
    return step->y;
}
