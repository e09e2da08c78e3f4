/* SPDX-License-Identifier: Apache-2.0 */
#include "binary_calls.h"

static bool is_quantized(const binary_tensor *tensor)
{
    return tensor->type == CLQNN_S8 || tensor->type == CLQNN_U8;
}

static clqnn_quantization quantization_of(const binary_tensor *tensor)
{
    return is_quantized(tensor) ? (clqnn_quantization){&tensor->scale, 1, &tensor->zero_point, 1} : (clqnn_quantization){0};
}

static clqnn_tensor image_of(const binary_tensor *tensor)
{
    return (clqnn_tensor){.type = tensor->type, .rank = 4, .shape = {1, tensor->height, tensor->width, tensor->channels}, .quantization = quantization_of(tensor)};
}

clqnn_conv_desc binary_conv_call(const binary_graph *graph, const binary_step *step)
{
    const binary_tensor *x = &graph->tensors[step->x], *y = &graph->tensors[step->y];
    clqnn_conv_desc desc = {
        .struct_size = sizeof desc,
        .in_channels = x->channels,
        .out_channels = y->channels,
        .input = {x->height, x->width},
        .kernel = {step->kernel, step->kernel},
        .stride = {step->stride, step->stride},
        .pad_begin = {step->padding, step->padding},
        .pad_end = {step->padding, step->padding},
        .x = {.type = x->type, .quantization = quantization_of(x)},
        .y = {.type = y->type, .quantization = quantization_of(y)},
        .weight_type = x->type == CLQNN_B1 ? CLQNN_B1 : CLQNN_S8,
        .weight_quantization = {step->scales, y->channels, NULL, 0},
        .weight_data = step->weights,
        .bias = step->biases,
        .bias_type = step->biases ? CLQNN_F32 : CLQNN_TYPE_NONE,
    };
    if (y->type == CLQNN_B1) { /* only the sign is left of a scale */
        desc.weight_quantization = (clqnn_quantization){0};
        desc.thresholds = step->sum_thresholds;
        desc.directions = step->directions;
        desc.threshold_count = y->channels;
    }
    if (step->residual != BINARY_NONE) desc.residual.type = CLQNN_F32;
    desc.has_row_scales = step->row_scales != BINARY_NONE;
    return desc;
}

clqnn_pool_desc binary_pool_call(const binary_graph *graph, const binary_step *step)
{
    return (clqnn_pool_desc){
        .struct_size = sizeof(clqnn_pool_desc),
        .kind = step->is_average ? CLQNN_POOL_AVERAGE : CLQNN_POOL_MAX,
        .x = image_of(&graph->tensors[step->x]),
        .y = image_of(&graph->tensors[step->y]),
        .is_global = step->is_average,
        .kernel = {step->kernel, step->kernel},
        .stride = {step->stride, step->stride},
        .pad_begin = {step->padding, step->padding},
        .pad_end = {step->padding, step->padding},
    };
}

clqnn_convert_desc binary_convert_call(const binary_graph *graph, const binary_step *step)
{
    return (clqnn_convert_desc){.struct_size = sizeof(clqnn_convert_desc), .x = image_of(&graph->tensors[step->x]), .y = image_of(&graph->tensors[step->y])};
}

clqnn_pack_bits_desc binary_sign_call(const binary_graph *graph, const binary_step *step)
{
    const binary_tensor *y = &graph->tensors[step->y];
    return (clqnn_pack_bits_desc){.struct_size = sizeof(clqnn_pack_bits_desc), .x = image_of(&graph->tensors[step->x]), .y = image_of(y),
                                  .thresholds = step->sign_thresholds, .threshold_count = y->channels};
}

clqnn_window_mean_desc binary_mean_call(const binary_graph *graph, const binary_step *step)
{
    const binary_tensor *y = &graph->tensors[step->y];
    return (clqnn_window_mean_desc){
        .struct_size = sizeof(clqnn_window_mean_desc),
        .x = image_of(&graph->tensors[step->x]),
        .y = {.type = CLQNN_F32, .rank = 3, .shape = {1, y->height, y->width}},
        .kernel = {step->kernel, step->kernel},
        .stride = {step->stride, step->stride},
        .pad_begin = {step->padding, step->padding},
        .pad_end = {step->padding, step->padding},
    };
}

int binary_inputs(const binary_step *step, int inputs[BINARY_MAX_INPUTS])
{
    int count = 0;
    inputs[count++] = step->x;
    if (step->residual != BINARY_NONE) inputs[count++] = step->residual;
    if (step->row_scales != BINARY_NONE) inputs[count++] = step->row_scales;
    return count;
}
