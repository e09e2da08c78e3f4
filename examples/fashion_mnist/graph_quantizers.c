/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "graph_calls.h"

/* The range of the newest call alone: nothing of the older ones is kept, so that the state need not be cleared between steps. */
static const float forgets_all = 0x1p-100f;

/* x, then those of a and b that there are. */
static void list_inputs(call_region *list, call_region x, call_region a, call_region b)
{
    *list++ = x;
    if (a.region.memory) *list++ = a;
    if (b.region.memory) *list++ = b;
    *list = (call_region){0};
}

/* Scales and zero points of affine weights, from their least and greatest: three calls. */
static bool measure_affine(train_graph *graph, int i, const quantization_scheme *scheme, graph_weight_quantizer *quantizer)
{
    struct _cl_mem *state = NULL, *ranges = NULL;
    if (!graph_buffer(graph, quantizer->slots * (int64_t)sizeof(clqnn_slot_statistics), &state)
        || !graph_buffer(graph, quantizer->slots * 2 * (int64_t)sizeof(float), &ranges)
        || !graph_fill_zero(graph, state, (uint64_t)quantizer->slots * sizeof(clqnn_slot_statistics))) {
        return false;
    }
    const clqnn_statistics_desc statistics = {.struct_size = sizeof statistics, .x = graph_weight_tensor(graph, i),
                                              .granularity = quantizer->desc.granularity, .extremes_only = 1, .momentum = forgets_all};
    const clqnn_range_desc range = {.struct_size = sizeof range, .slots = quantizer->slots, .method = CLQNN_RANGE_MOVING_AVERAGE};
    const clqnn_range_parameters_desc parameters = {.struct_size = sizeof parameters, .slots = quantizer->slots, .codes = scheme_weight_codes(scheme),
                                                    .is_symmetric = !scheme->asymmetric};
    const call_region w = graph_parameter(graph, graph->layout.weights[i]);
    clqnn_op *op = NULL;
    clqnn_status status = clqnn_statistics_create(graph->context, &statistics, &op);
    if (!device_calls_add(&graph->weights, status, op, "statistics of weights", CALL_REGIONS(w), CALL_REGIONS(call_at(state, 0)))) return false;
    status = clqnn_range_create(graph->context, &range, &op);
    if (!device_calls_add(&graph->weights, status, op, "range of weights", CALL_REGIONS(call_at(state, 0)), CALL_REGIONS(call_at(ranges, 0)))) return false;
    status = clqnn_range_parameters_create(graph->context, &parameters, &op);
    return device_calls_add(&graph->weights, status, op, "scales of weights", CALL_REGIONS(call_at(ranges, 0)),
                            CALL_REGIONS(quantizer->scales, quantizer->zero_points));
}

/* Scales and thresholds of the schemes that have them. */
static bool measure_weights(train_graph *graph, int i, const quantization_scheme *scheme, graph_weight_quantizer *quantizer)
{
    if (scheme->weights == WEIGHTS_AFFINE) return measure_affine(graph, i, scheme, quantizer);
    if (scheme->weights == WEIGHTS_SIGN || scheme->weights == WEIGHTS_WRPN || scheme->weights == WEIGHTS_LSQ) return true;
    const clqnn_fake_quant_measure_desc desc = {.struct_size = sizeof desc, .scheme = quantizer->desc.scheme, .x = quantizer->desc.x,
                                                .granularity = quantizer->desc.granularity, .bits = quantizer->desc.bits};
    clqnn_op *op = NULL;
    const clqnn_status status = clqnn_fake_quant_measure_create(graph->context, &desc, &op);
    call_region outputs[4];
    if (scheme->weights == WEIGHTS_TTQ) {
        list_inputs(outputs, quantizer->zero_points, (call_region){0}, (call_region){0});
    } else {
        list_inputs(outputs, quantizer->scales, quantizer->zero_points, (call_region){0});
    }
    return device_calls_add(&graph->weights, status, op, "measure of weights", CALL_REGIONS(graph_parameter(graph, graph->layout.weights[i])), outputs);
}

static clqnn_fake_quant_desc weight_quantizer_desc(const train_graph *graph, int i, const quantization_scheme *scheme)
{
    static const clqnn_fake_quant_scheme schemes[] = {
        [WEIGHTS_AFFINE] = CLQNN_AFFINE, [WEIGHTS_LSQ] = CLQNN_LSQ, [WEIGHTS_SIGN] = CLQNN_BNN,             [WEIGHTS_XNOR] = CLQNN_XNOR,
        [WEIGHTS_TWN] = CLQNN_TWN,       [WEIGHTS_TTQ] = CLQNN_TTQ, [WEIGHTS_DOREFA] = CLQNN_DOREFA_WEIGHTS, [WEIGHTS_WRPN] = CLQNN_WRPN_WEIGHTS,
    };
    const clqnn_tensor w = graph_weight_tensor(graph, i);
    clqnn_fake_quant_desc desc = {.struct_size = sizeof desc, .scheme = schemes[scheme->weights], .x = w, .y = w};
    if (scheme->weights == WEIGHTS_XNOR || (scheme->weights == WEIGHTS_AFFINE && scheme->per_channel)) desc.granularity = CLQNN_PER_CHANNEL;
    if (scheme->weights == WEIGHTS_DOREFA || scheme->weights == WEIGHTS_WRPN) desc.bits = scheme->weight_bits;
    if (scheme->weights == WEIGHTS_AFFINE || scheme->weights == WEIGHTS_LSQ) {
        const clqnn_codes codes = scheme_weight_codes(scheme);
        desc.qmax = (1 << (codes.bits - 1)) - 1;
        desc.qmin = codes.is_restricted ? -desc.qmax : -desc.qmax - 1;
    }
    return desc;
}

bool graph_quantize_weights(train_graph *graph, int i)
{
    const quantization_scheme scheme = scheme_of_layer(&graph->scheme, i, graph->net->block_count + 1);
    if (scheme.weights == WEIGHTS_FLOAT) return true;
    graph_weight_quantizer *quantizer = &graph->weight_quantizers[i];
    struct _cl_mem *numbers = NULL;
    quantizer->desc = weight_quantizer_desc(graph, i, &scheme);
    quantizer->slots = quantizer->desc.granularity == CLQNN_PER_CHANNEL ? net_output_count(graph->net, i) : 1;
    const uint64_t apart = ((uint64_t)quantizer->slots * sizeof(float) + 63) / 64 * 64;
    if (!graph_buffer(graph, net_weight_count(graph->net, i) * (int64_t)sizeof(float), &quantizer->quantized)
        || !graph_buffer(graph, 2 * (int64_t)apart, &numbers)) {
        return false;
    }
    const bool learned = scheme.weights == WEIGHTS_LSQ || scheme.weights == WEIGHTS_TTQ;
    const bool has_scales = scheme.weights != WEIGHTS_SIGN && scheme.weights != WEIGHTS_WRPN;
    const bool has_second = scheme.weights == WEIGHTS_AFFINE || scheme.weights == WEIGHTS_TWN || scheme.weights == WEIGHTS_TTQ;
    if (has_scales) quantizer->scales = learned ? graph_parameter(graph, graph->layout.weight_quantizer[i]) : call_at(numbers, 0);
    if (has_second) quantizer->zero_points = call_at(numbers, apart);
    if (!measure_weights(graph, i, &scheme, quantizer)) return false;
    clqnn_op *op = NULL;
    const clqnn_status status = clqnn_fake_quant_create(graph->context, &quantizer->desc, &op);
    call_region inputs[4];
    list_inputs(inputs, graph_parameter(graph, graph->layout.weights[i]), quantizer->scales, quantizer->zero_points);
    return device_calls_add(&graph->weights, status, op, "quantizer of weights", inputs, CALL_REGIONS(call_at(quantizer->quantized, 0)));
}

bool graph_weights_backward(train_graph *graph, int i)
{
    const graph_weight_quantizer *quantizer = &graph->weight_quantizers[i];
    if (!quantizer->quantized) return true;
    const clqnn_fake_quant_desc *forward = &quantizer->desc;
    const bool learned = forward->scheme == CLQNN_LSQ || forward->scheme == CLQNN_TTQ;
    clqnn_fake_quant_backward_desc desc = {.struct_size = sizeof desc, .scheme = forward->scheme, .dy = forward->x, .x = forward->x, .dx = forward->x,
                                           .granularity = forward->granularity, .bits = forward->bits, .qmin = forward->qmin, .qmax = forward->qmax};
    if (forward->scheme == CLQNN_LSQ) desc.gradient_scale = 1.0f / sqrtf((float)net_weight_count(graph->net, i) * (float)forward->qmax);
    clqnn_op *op = NULL;
    const clqnn_status status = clqnn_fake_quant_backward_create(graph->context, &desc, &op);
    call_region inputs[5] = {call_at(graph->weight_gradient, 0)}, outputs[4];
    list_inputs(inputs + 1, graph_parameter(graph, graph->layout.weights[i]), quantizer->scales, quantizer->zero_points);
    list_inputs(outputs, graph_gradient(graph, graph->layout.weights[i]),
                learned ? graph_gradient(graph, graph->layout.weight_quantizer[i]) : (call_region){0}, (call_region){0});
    return device_calls_add(&graph->step, status, op, "gradient of quantized weights", inputs, outputs);
}

/* What forward and backward of the activations share. */
static void activation_quantizer_of(const train_graph *graph, int i, clqnn_fake_quant_desc *desc, call_region *scales, call_region *zero_points)
{
    static const clqnn_fake_quant_scheme schemes[] = {
        [ACTIVATIONS_AFFINE] = CLQNN_AFFINE, [ACTIVATIONS_LSQ] = CLQNN_LSQ,   [ACTIVATIONS_PACT] = CLQNN_PACT,
        [ACTIVATIONS_UNIT] = CLQNN_DOREFA_ACTIVATIONS, [ACTIVATIONS_SIGN] = CLQNN_BNN,
    };
    const activation_quantizer kind = graph->scheme.activations;
    const graph_block *block = &graph->blocks[i];
    const clqnn_tensor x = {.type = CLQNN_F32, .rank = 1, .shape = {block->output_count}};
    *desc = (clqnn_fake_quant_desc){.struct_size = sizeof *desc, .scheme = schemes[kind], .x = x, .y = x};
    *scales = *zero_points = (call_region){0};
    if (kind == ACTIVATIONS_PACT || kind == ACTIVATIONS_UNIT) desc->bits = graph->scheme.activation_bits;
    if (kind == ACTIVATIONS_AFFINE || kind == ACTIVATIONS_LSQ) desc->qmax = (1 << graph->scheme.activation_bits) - 1;
    if (kind == ACTIVATIONS_AFFINE) {
        *scales = call_at(block->scales, 0);
        *zero_points = call_at(block->zero_points, 0);
    }
    if (kind == ACTIVATIONS_LSQ || kind == ACTIVATIONS_PACT) *scales = graph_parameter(graph, graph->layout.activation_quantizer[i]);
}

bool graph_quantize_activations(train_graph *graph, device_calls *calls, int i, call_region x)
{
    if (graph->scheme.activations == ACTIVATIONS_FLOAT) return true;
    clqnn_fake_quant_desc desc;
    call_region scales, zero_points, inputs[4];
    activation_quantizer_of(graph, i, &desc, &scales, &zero_points);
    list_inputs(inputs, x, scales, zero_points);
    clqnn_op *op = NULL;
    const clqnn_status status = clqnn_fake_quant_create(graph->context, &desc, &op);
    return device_calls_add(calls, status, op, "quantizer of activations", inputs, CALL_REGIONS(call_at(graph->blocks[i].quantized, 0)));
}

bool graph_activations_backward(train_graph *graph, int i, call_region dy, call_region dx)
{
    clqnn_fake_quant_desc forward;
    call_region scales, zero_points, inputs[5] = {dy}, outputs[3] = {dx};
    activation_quantizer_of(graph, i, &forward, &scales, &zero_points);
    const graph_block *block = &graph->blocks[i];
    list_inputs(inputs + 1, call_at(block->pooled ? block->pooled : block->normed, 0), scales, zero_points);
    const activation_quantizer kind = graph->scheme.activations;
    if (kind == ACTIVATIONS_LSQ || kind == ACTIVATIONS_PACT) outputs[1] = graph_gradient(graph, graph->layout.activation_quantizer[i]);
    clqnn_fake_quant_backward_desc desc = {.struct_size = sizeof desc, .scheme = forward.scheme, .dy = forward.x, .x = forward.x, .dx = forward.x,
                                           .bits = forward.bits, .qmin = forward.qmin, .qmax = forward.qmax};
    if (kind == ACTIVATIONS_LSQ) desc.gradient_scale = 1.0f / sqrtf((float)block->output_count / (float)graph->batch * (float)forward.qmax);
    clqnn_op *op = NULL;
    const clqnn_status status = clqnn_fake_quant_backward_create(graph->context, &desc, &op);
    return device_calls_add(&graph->step, status, op, "gradient of quantized activations", inputs, outputs);
}
