/* SPDX-License-Identifier: Apache-2.0 */
#include "network_calls.h"

static clqnn_quantization one_value(const float *scale, const int32_t *zero_point)
{
    return (clqnn_quantization){.scales = scale, .scale_count = 1, .zero_points = zero_point, .zero_point_count = 1};
}

static clqnn_quantization quantization_of(const network_tensor *tensor)
{
    return one_value(&tensor->scale, &tensor->zero_point);
}

static clqnn_quantization weight_quantization(const network *net, const network_layer *layer)
{
    return (clqnn_quantization){.scales = layer->weight_scales, .scale_count = net->tensors[layer->output].channels};
}

clqnn_conv_desc network_conv_call(const network *net, const network_layer *layer, int64_t batch)
{
    const network_tensor *x = &net->tensors[layer->input], *y = &net->tensors[layer->output];
    const int64_t pad = layer->kernel / 2;
    clqnn_conv_desc desc = {
        .struct_size = sizeof desc,
        .batch = batch,
        .groups = layer->groups,
        .in_channels = x->channels, .out_channels = y->channels,
        .input = {x->height, x->width},
        .kernel = {layer->kernel, layer->kernel},
        .stride = {layer->stride, layer->stride},
        .pad_begin = {pad, pad}, .pad_end = {pad, pad},
        .x = {.type = CLQNN_U8, .quantization = quantization_of(x)},
        .y = {.type = CLQNN_U8, .quantization = quantization_of(y)},
        .weight_type = CLQNN_S8, .weight_layout = CLQNN_WEIGHTS_OHWI, .weight_quantization = weight_quantization(net, layer),
        .weight_data = layer->weights,
        .bias = layer->bias, .bias_type = CLQNN_S32,
    };
    if (layer->residual != NETWORK_NONE) {
        desc.y.quantization = one_value(&layer->own_scale, &layer->own_zero_point);
        desc.residual = (clqnn_conv_tensor){.type = CLQNN_U8, .quantization = quantization_of(&net->tensors[layer->residual])};
        desc.sum_quantization = quantization_of(y);
    }
    return desc;
}

static clqnn_tensor image_tensor(const network_tensor *tensor, int64_t batch)
{
    return (clqnn_tensor){.type = CLQNN_U8, .rank = 4, .shape = {batch, tensor->height, tensor->width, tensor->channels}, .quantization = quantization_of(tensor)};
}

clqnn_pool_desc network_pool_call(const network *net, const network_layer *layer, int64_t batch)
{
    const bool is_global = layer->kind == LAYER_GLOBAL_AVERAGE;
    const int64_t pad = layer->kernel / 2;
    return (clqnn_pool_desc){
        .struct_size = sizeof(clqnn_pool_desc),
        .kind = is_global ? CLQNN_POOL_AVERAGE : CLQNN_POOL_MAX,
        .is_global = is_global,
        .x = image_tensor(&net->tensors[layer->input], batch),
        .y = image_tensor(&net->tensors[layer->output], batch),
        .kernel = {layer->kernel, layer->kernel},
        .stride = {layer->stride, layer->stride},
        .pad_begin = {pad, pad}, .pad_end = {pad, pad},
    };
}

clqnn_gemm_desc network_fully_connected_call(const network *net, const network_layer *layer, int64_t batch)
{
    const network_tensor *a = &net->tensors[layer->input], *c = &net->tensors[layer->output];
    return (clqnn_gemm_desc){
        .struct_size = sizeof(clqnn_gemm_desc),
        .m = batch, .n = c->channels, .k = a->channels,
        .a = {.type = CLQNN_U8, .quantization = quantization_of(a)},
        .b = {.type = CLQNN_S8, .transposed = 1, .quantization = weight_quantization(net, layer)},
        .c = {.type = CLQNN_U8, .quantization = quantization_of(c)},
        .b_data = layer->weights,
        .bias = layer->bias, .bias_type = CLQNN_S32,
    };
}
