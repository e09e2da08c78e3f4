/* SPDX-License-Identifier: Apache-2.0 */
#include "layer_codes.h"

#include <math.h>
#include <stdlib.h>

static const float norm_epsilon = 1e-5f; /* the operator's default */

static bool allocate(layer_codes *layer)
{
    const size_t count = (size_t)(layer->outputs * layer->inner), outputs = (size_t)layer->outputs;
    layer->floats = calloc(count, sizeof(float));
    layer->codes = calloc(count, sizeof(int16_t));
    layer->second_codes = calloc(count, sizeof(int16_t));
    layer->scales = calloc(outputs, sizeof(float));
    layer->second_scales = calloc(outputs, sizeof(float));
    layer->zero_points = calloc(outputs, sizeof(int32_t));
    layer->slopes = calloc(outputs, sizeof(float));
    layer->offsets = calloc(outputs, sizeof(float));
    return (layer->floats && layer->codes && layer->second_codes && layer->scales && layer->second_scales && layer->zero_points && layer->slopes
            && layer->offsets) || failed("no memory for the codes of a layer");
}

/* The codes of layer i by the quantizer of its fake-quantized weights, as bytes. */
static bool read_codes(train_graph *graph, int i, layer_codes *layer)
{
    const graph_weight_quantizer *quantizer = &graph->weight_quantizers[i];
    const size_t count = (size_t)(layer->outputs * layer->inner);
    clqnn_fake_quant_desc desc = quantizer->desc;
    desc.y.type = CLQNN_S8;
    device_calls calls = {.context = graph->context};
    struct _cl_mem *buffer = NULL;
    int8_t *bytes = malloc(count);
    clqnn_op *op = NULL;
    call_region inputs[4] = {graph_parameter(graph, graph->layout.weights[i])};
    int used = 1;
    if (quantizer->scales.region.memory) inputs[used++] = quantizer->scales;
    if (quantizer->zero_points.region.memory) inputs[used++] = quantizer->zero_points;
    inputs[used] = (call_region){0};
    bool done = bytes && succeeded(clqnn_buffer_create(graph->context, count, &buffer), "codes");
    const clqnn_status status = done ? clqnn_fake_quant_create(graph->context, &desc, &op) : CLQNN_OUT_OF_MEMORY;
    done = done && device_calls_add(&calls, status, op, "codes of weights", inputs, CALL_REGIONS(call_at(buffer, 0)))
           && device_calls_finish(&calls) && device_calls_enqueue(&calls, 0) && succeeded(clqnn_download(graph->context, buffer, 0, bytes, count), "codes");
    for (size_t j = 0; done && j < count; j++) layer->codes[j] = bytes[j];
    device_calls_free(&calls);
    clqnn_buffer_release(buffer);
    free(bytes);
    return done;
}

static bool download_region(const train_graph *graph, call_region region, void *target, uint64_t bytes)
{
    return succeeded(clqnn_download(graph->context, region.region.memory, region.region.offset, target, bytes), "scales of weights");
}

/* Scales and zero points, one an output channel whatever the slots. */
static bool read_scales(const train_graph *graph, int i, const quantization_scheme *scheme, layer_codes *layer)
{
    const graph_weight_quantizer *quantizer = &graph->weight_quantizers[i];
    const bool each = quantizer->slots > 1;
    float unit = 1.0f;
    if (scheme->weights == WEIGHTS_WRPN) unit = 1.0f / (float)((1 << (scheme->weight_bits - 1)) - 1);
    if (scheme->weights == WEIGHTS_DOREFA && scheme->weight_bits > 1) unit = 1.0f / (float)((1 << scheme->weight_bits) - 1);
    if (quantizer->scales.region.memory && !(scheme->weights == WEIGHTS_DOREFA && scheme->weight_bits > 1)) {
        const uint64_t count = scheme->weights == WEIGHTS_TTQ ? 2 : (uint64_t)quantizer->slots;
        float *scales = malloc(count * sizeof *scales);
        if (!scales || !download_region(graph, quantizer->scales, scales, count * sizeof *scales)) {
            free(scales);
            return false;
        }
        for (int64_t o = 0; o < layer->outputs; o++) {
            layer->scales[o] = scales[each ? o : 0];
            layer->second_scales[o] = scheme->weights == WEIGHTS_TTQ ? scales[1] : 0.0f;
        }
        free(scales);
    } else {
        for (int64_t o = 0; o < layer->outputs; o++) layer->scales[o] = unit;
    }
    if (scheme->weights != WEIGHTS_AFFINE) return true;
    if (!download_region(graph, quantizer->zero_points, layer->zero_points, (uint64_t)quantizer->slots * sizeof(int32_t))) return false;
    for (int64_t o = 1; o < layer->outputs && !each; o++) layer->zero_points[o] = layer->zero_points[0];
    return true;
}

/* TTQ: positive and negative scales p and n become (p + n) / 2 of the sign and (p - n) / 2 of the magnitude. */
static void split_ternary(layer_codes *layer)
{
    for (int64_t o = 0; o < layer->outputs; o++) {
        const float positive = layer->scales[o], negative = layer->second_scales[o];
        layer->scales[o] = 0.5f * (positive + negative);
        layer->second_scales[o] = 0.5f * (positive - negative);
        const int16_t sign = layer->second_scales[o] < 0.0f ? -1 : 1;
        layer->second_scales[o] = fmaxf(fabsf(layer->second_scales[o]), 0x1p-100f);
        for (int64_t j = o * layer->inner; j < (o + 1) * layer->inner; j++) layer->second_codes[j] = layer->codes[j] ? sign : 0;
    }
}

static clqnn_type type_of(const quantization_scheme *scheme)
{
    if (scheme->activations == ACTIVATIONS_FLOAT) return CLQNN_F32; /* weights only: what the codes mean is multiplied with floats */
    switch (scheme->weights) {
    case WEIGHTS_FLOAT: return CLQNN_F32;
    case WEIGHTS_SIGN: case WEIGHTS_XNOR: return CLQNN_B1;
    case WEIGHTS_TWN: case WEIGHTS_TTQ: return CLQNN_T2;
    case WEIGHTS_DOREFA: return scheme->weight_bits == 1 ? CLQNN_B1 : (clqnn_type)(CLQNN_PO1 + scheme->weight_bits - 1);
    default: return CLQNN_S8;
    }
}

/* Turns the codes of channel o over: its weights become their negatives. */
static void turn_over(layer_codes *layer, int64_t o)
{
    bool fits = layer->zero_points[o] == 0;
    for (int64_t j = o * layer->inner; j < (o + 1) * layer->inner && fits; j++) fits = layer->codes[j] != -128;
    for (int64_t j = o * layer->inner; j < (o + 1) * layer->inner; j++) {
        layer->codes[j] = (int16_t)(fits ? -layer->codes[j] : -1 - layer->codes[j]);
        if (layer->second_codes) layer->second_codes[j] = (int16_t)-layer->second_codes[j];
    }
    if (!fits) layer->zero_points[o] = -1 - layer->zero_points[o];
}

/* Slope and offset of block i's batch norm, as the operator computes it; of the fully connected layer 1 and the bias. */
static void set_line(const train_graph *graph, int i, const float *parameters, const float *state, layer_codes *layer)
{
    const net_layout *l = &graph->layout;
    for (int64_t o = 0; o < layer->outputs; o++) {
        if (i == graph->net->block_count) {
            layer->slopes[o] = 1.0f;
            layer->offsets[o] = parameters[l->bias + (size_t)o];
            continue;
        }
        const float inv_std = 1.0f / sqrtf(state[l->variance[i] + (size_t)o] + norm_epsilon);
        layer->slopes[o] = inv_std * parameters[l->gamma[i] + (size_t)o];
        layer->offsets[o] = parameters[l->beta[i] + (size_t)o] - state[l->mean[i] + (size_t)o] * layer->slopes[o];
        if (layer->slopes[o] < 0.0f && layer->type != CLQNN_F32) {
            layer->slopes[o] = -layer->slopes[o];
            turn_over(layer, o);
        }
    }
}

static bool read_layer(train_graph *graph, int i, layer_codes *layer)
{
    const quantization_scheme scheme = scheme_of_layer(&graph->scheme, i, graph->net->block_count + 1);
    layer->type = type_of(&scheme);
    layer->outputs = net_output_count(graph->net, i);
    layer->inner = net_weight_count(graph->net, i) / layer->outputs;
    const call_region weights = graph_weights(graph, i);
    if (!allocate(layer) || !download_region(graph, weights, layer->floats, (uint64_t)(layer->outputs * layer->inner) * sizeof(float))) return false;
    if (layer->type != CLQNN_F32 && (!read_codes(graph, i, layer) || !read_scales(graph, i, &scheme, layer))) return false;
    if (scheme.weights == WEIGHTS_TTQ) {
        split_ternary(layer);
    } else {
        free(layer->second_codes);
        layer->second_codes = NULL;
    }
    return true;
}

static bool read_activation(const train_graph *graph, int i, const float *parameters, activation_codes *codes)
{
    const quantization_scheme *scheme = &graph->scheme;
    const float levels = (float)((1 << scheme->activation_bits) - 1), learned = parameters[graph->layout.activation_quantizer[i]];
    *codes = (activation_codes){.type = CLQNN_U8, .bits = scheme->activation_bits, .scale = 1.0f};
    int32_t zero_point = 0;
    switch (scheme->activations) {
    case ACTIVATIONS_FLOAT: codes->type = CLQNN_F32; break;
    case ACTIVATIONS_SIGN: codes->type = CLQNN_B1; break;
    case ACTIVATIONS_UNIT: codes->scale = 1.0f / levels; break;
    case ACTIVATIONS_LSQ: codes->scale = learned; break;
    case ACTIVATIONS_PACT: codes->scale = learned / levels; break;
    case ACTIVATIONS_AFFINE:
        if (!download_region(graph, call_at(graph->blocks[i].scales, 0), &codes->scale, sizeof codes->scale)
            || !download_region(graph, call_at(graph->blocks[i].zero_points, 0), &zero_point, sizeof zero_point)) {
            return false;
        }
        break;
    }
    return zero_point == 0 || failed("block %d: activations that are not negative have the zero point %d", i, (int)zero_point);
}

/* Bytes that a file of the network would need. */
static uint64_t model_bytes(const train_graph *graph, const network_codes *network)
{
    uint64_t bytes = 0;
    for (int i = 0; i <= graph->net->block_count; i++) {
        const layer_codes *layer = &network->layers[i];
        const quantization_scheme scheme = scheme_of_layer(&graph->scheme, i, graph->net->block_count + 1);
        const bool affine = scheme.weights == WEIGHTS_AFFINE || layer->type == CLQNN_S8;
        const uint64_t bits = scheme.weights == WEIGHTS_FLOAT ? 32 : affine ? (uint64_t)scheme.weight_bits : clqnn_type_bits(layer->type);
        bytes += ((uint64_t)(layer->outputs * layer->inner) * bits + 7) / 8;
        const uint64_t per_output = scheme.weights == WEIGHTS_FLOAT ? 4 : scheme.asymmetric ? 9 : 8; /* offset; scale; zero point of a byte */
        bytes += per_output * (uint64_t)layer->outputs;
    }
    return bytes;
}

bool network_codes_read(train_graph *graph, const float *parameters, const float *state, network_codes *network)
{
    *network = (network_codes){.net = graph->net};
    bool done = device_calls_enqueue(&graph->weights, 0);
    for (int i = 0; i <= graph->net->block_count && done; i++) {
        layer_codes *layer = &network->layers[i];
        done = read_layer(graph, i, layer) && (i == graph->net->block_count || read_activation(graph, i, parameters, &network->activations[i]));
        if (!done) break;
        set_line(graph, i, parameters, state, layer);
        for (int64_t o = 0; o < layer->outputs; o++) layer->has_zero_points |= layer->zero_points[o] != 0;
    }
    if (done) network->bytes = model_bytes(graph, network);
    if (!done) network_codes_free(network);
    return done;
}

void network_codes_free(network_codes *network)
{
    for (int i = 0; i <= NET_MAX_BLOCKS; i++) {
        layer_codes *layer = &network->layers[i];
        free(layer->floats);
        free(layer->codes);
        free(layer->second_codes);
        free(layer->scales);
        free(layer->second_scales);
        free(layer->zero_points);
        free(layer->slopes);
        free(layer->offsets);
    }
    *network = (network_codes){0};
}
