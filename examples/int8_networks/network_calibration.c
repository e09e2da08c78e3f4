/* SPDX-License-Identifier: Apache-2.0 */
#include "network_calibration.h"

#include <clqnn/reference.h>
#include <clqnn/reference_shape.h>
#include <math.h>
#include <stdlib.h>

#include "network_calls.h"
#include "network_random.h"

/* A channel of few pixels borrows from the mean of its layer, as if it had so many more. */
enum { BORROWED_PIXELS = 16 };

typedef struct channel_moments {
    double mean, deviation;
} channel_moments;

typedef struct value_range {
    double low, high;
} value_range;

/* Scale and zero point under which the range, with 0 in it, fills 8 bits. */
static void quantize_range(value_range range, float *scale, int32_t *zero_point)
{
    const double low = fmin(range.low, 0), high = fmax(range.high, 0);
    *scale = high > low ? (float)((high - low) / 255) : 1.0f;
    *zero_point = (int32_t)lrint(fmin(fmax(-low / (double)*scale, 0), 255));
}

static value_range limit_range(value_range range, network_activation activation)
{
    if (activation == ACTIVATION_RELU6) return (value_range){0, 6};
    if (activation == ACTIVATION_RELU) return (value_range){0, range.high};
    return range;
}

/* Accumulators [pixel][channel] of a layer without bias, from the reference; NULL: no memory, or the reference refused. */
static int32_t *accumulate(const network *net, const network_layer *layer, const network_activations *values)
{
    int32_t *sums = malloc((size_t)network_elements(net, layer->output) * sizeof *sums);
    if (!sums) return NULL;
    clqnn_status status;
    if (layer->kind == LAYER_CONV) {
        clqnn_conv_desc desc = network_conv_call(net, layer, 1);
        desc.y.type = CLQNN_S32;
        desc.residual.type = CLQNN_TYPE_NONE;
        desc.bias = NULL;
        status = clqnn_reference_conv(&desc, values->tensors[layer->input], NULL, sums, NULL);
    } else {
        clqnn_gemm_desc desc = network_fully_connected_call(net, layer, 1);
        desc.c.type = CLQNN_S32;
        desc.bias = NULL;
        status = clqnn_reference_gemm(&desc, values->tensors[layer->input], NULL, sums, NULL);
    }
    if (status == CLQNN_OK) return sums;
    free(sums);
    return NULL;
}

static channel_moments moments_of(const int32_t *sums, int64_t count, int64_t step)
{
    double total = 0, squares = 0;
    for (int64_t i = 0; i < count; i++) total += sums[i * step];
    const double mean = total / (double)count;
    for (int64_t i = 0; i < count; i++) squares += (sums[i * step] - mean) * (sums[i * step] - mean);
    return (channel_moments){.mean = mean, .deviation = sqrt(squares / (double)count)};
}

static channel_moments channel_with_borrowed(const int32_t *sums, int64_t pixels, int64_t channels, int64_t channel, channel_moments layer)
{
    const channel_moments own = moments_of(sums + channel, pixels, channels);
    const double weight = (double)pixels / (double)(pixels + BORROWED_PIXELS);
    const double variance = weight * own.deviation * own.deviation + (1 - weight) * layer.deviation * layer.deviation;
    return (channel_moments){.mean = weight * own.mean + (1 - weight) * layer.mean, .deviation = sqrt(variance) + 1e-3};
}

/* Mean and deviation of a channel's real values before its activation. */
static channel_moments draw_target(network_random *random, const network_layer *layer)
{
    const double mean = network_random_between(random, -0.4, 0.6), deviation = network_random_between(random, 0.7, 1.3);
    if (layer->activation == ACTIVATION_RELU6) return (channel_moments){.mean = 1 + 2 * mean, .deviation = 2 * deviation};
    return (channel_moments){.mean = mean, .deviation = deviation};
}

static void set_scales(network *net, network_layer *layer, const int32_t *sums, network_random *random)
{
    const network_tensor *x = &net->tensors[layer->input], *y = &net->tensors[layer->output];
    const int64_t pixels = y->height * y->width;
    const channel_moments whole = moments_of(sums, pixels * y->channels, 1);
    for (int64_t c = 0; c < y->channels; c++) {
        const channel_moments found = channel_with_borrowed(sums, pixels, y->channels, c, whole), wanted = draw_target(random, layer);
        const double unit = wanted.deviation / found.deviation; /* real value of one step of the accumulator */
        layer->weight_scales[c] = (float)(unit / (double)x->scale);
        layer->bias[c] = (int32_t)lrint(wanted.mean / unit - found.mean);
    }
}

/* Range of the layer's real values before activation and residual. */
static value_range own_range(const network *net, const network_layer *layer, const int32_t *sums)
{
    const double x_scale = (double)net->tensors[layer->input].scale;
    const int64_t channels = net->tensors[layer->output].channels, count = network_elements(net, layer->output);
    value_range range = {0, 0};
    for (int64_t i = 0; i < count; i++) {
        const double value = x_scale * (double)layer->weight_scales[i % channels] * ((double)sums[i] + layer->bias[i % channels]);
        range.low = fmin(range.low, value);
        range.high = fmax(range.high, value);
    }
    return range;
}

/* Range of own result + residual. */
static value_range sum_range(const network *net, const network_layer *layer, const int32_t *sums, const uint8_t *residual)
{
    const network_tensor *r = &net->tensors[layer->residual];
    const double x_scale = (double)net->tensors[layer->input].scale;
    const int64_t channels = net->tensors[layer->output].channels, count = network_elements(net, layer->output);
    value_range range = {0, 0};
    for (int64_t i = 0; i < count; i++) {
        const double own = x_scale * (double)layer->weight_scales[i % channels] * ((double)sums[i] + layer->bias[i % channels]);
        const double value = own + (double)r->scale * (residual[i] - r->zero_point);
        range.low = fmin(range.low, value);
        range.high = fmax(range.high, value);
    }
    return range;
}

static clqnn_status calibrate_weights(network *net, network_layer *layer, network_random *random, network_activations *values)
{
    network_tensor *y = &net->tensors[layer->output];
    for (int64_t c = 0; c < y->channels; c++) layer->weight_scales[c] = 1.0f; /* not read by an s32 result, but checked */
    layer->own_scale = 1.0f;
    int32_t *sums = accumulate(net, layer, values);
    if (!sums) return CLQNN_OUT_OF_MEMORY;
    set_scales(net, layer, sums, random);
    if (layer->residual == NETWORK_NONE) {
        quantize_range(limit_range(own_range(net, layer, sums), layer->activation), &y->scale, &y->zero_point);
    } else {
        quantize_range(own_range(net, layer, sums), &layer->own_scale, &layer->own_zero_point);
        quantize_range(limit_range(sum_range(net, layer, sums, values->tensors[layer->residual]), layer->activation), &y->scale, &y->zero_point);
    }
    free(sums);
    return CLQNN_OK;
}

/* A maximum is quantized as what it is taken of; an average as its own, narrower range asks. */
static clqnn_status calibrate_pool(network *net, const network_layer *layer, const network_activations *values)
{
    const network_tensor *x = &net->tensors[layer->input];
    network_tensor *y = &net->tensors[layer->output];
    y->scale = x->scale;
    y->zero_point = x->zero_point;
    if (layer->kind == LAYER_MAX_POOL) return CLQNN_OK;
    const clqnn_pool_desc desc = network_pool_call(net, layer, 1);
    const clqnn_status status = clqnn_reference_pool(&desc, values->tensors[layer->input], values->tensors[layer->output]);
    if (status != CLQNN_OK) return status;
    value_range range = {0, 0};
    for (int64_t c = 0; c < y->channels; c++) {
        const double value = (double)x->scale * (values->tensors[layer->output][c] - x->zero_point);
        range.low = fmin(range.low, value);
        range.high = fmax(range.high, value);
    }
    quantize_range(range, &y->scale, &y->zero_point);
    return CLQNN_OK;
}

clqnn_status network_calibrate(network *net, uint64_t seed, network_activations *values)
{
    network_tensor *input = &net->tensors[0];
    network_random random = network_random_stream(seed, 0);
    network_random_image(&random, input->height, input->width, input->channels, values->tensors[0]);
    quantize_range((value_range){-2.1, 2.6}, &input->scale, &input->zero_point); /* colours less their mean, by their deviation */
    for (int i = 0; i < net->layer_count; i++) {
        network_layer *layer = &net->layers[i];
        random = network_random_stream(seed, (uint64_t)i + 1);
        if (network_layer_has_weights(layer)) network_random_weights(&random, layer->weights, network_layer_weights(net, i));
        clqnn_status status = network_layer_has_weights(layer) ? calibrate_weights(net, layer, &random, values) : calibrate_pool(net, layer, values);
        if (status == CLQNN_OK) status = network_expected_layer(net, i, values);
        if (status != CLQNN_OK) return status;
    }
    return CLQNN_OK;
}
