/* SPDX-License-Identifier: Apache-2.0 */
#include "quantized_network.h"

#include <math.h>
#include <stdlib.h>

/* The greatest value of each hidden unit over the images; 1 for a unit that is always 0. */
static bool measure_hidden(const float_network *network, const uint8_t *pixels, int count, float greatest[HIDDEN])
{
    float_scratch *scratch = malloc(sizeof *scratch);
    if (!scratch) return false;
    for (int j = 0; j < HIDDEN; j++) greatest[j] = 0.0f;
    for (int first = 0; first < count; first += FLOAT_BATCH) {
        const int batch = count - first < FLOAT_BATCH ? count - first : FLOAT_BATCH;
        float_network_hidden(network, pixels + (size_t)first * PIXELS, batch, scratch);
        for (int i = 0; i < batch; i++) {
            for (int j = 0; j < HIDDEN; j++) greatest[j] = fmaxf(greatest[j], scratch->hidden[i][j]);
        }
    }
    for (int j = 0; j < HIDDEN; j++) {
        if (greatest[j] == 0.0f) greatest[j] = 1.0f;
    }
    free(scratch);
    return true;
}

/* Symmetric: the greatest magnitude becomes 127. */
static float symmetric_scale(float greatest)
{
    return greatest > 0.0f ? greatest / 127.0f : 1.0f;
}

static int8_t quantize_weight(float weight, float scale)
{
    return (int8_t)fminf(fmaxf(rintf(weight / scale), -127.0f), 127.0f);
}

static void quantize_first(const float_network *network, const float unit_size[HIDDEN], quantized_network *quantized)
{
    for (int j = 0; j < HIDDEN; j++) {
        float greatest = 0.0f;
        for (int p = 0; p < PIXELS; p++) greatest = fmaxf(greatest, fabsf(network->first[p][j] / unit_size[j]));
        const float scale = symmetric_scale(greatest);
        for (int p = 0; p < PIXELS; p++) quantized->first[p][j] = quantize_weight(network->first[p][j] / unit_size[j], scale);
        quantized->first_scales[j] = scale;
        quantized->first_bias[j] = (int32_t)lrintf(network->first_bias[j] / unit_size[j] / (quantized->pixel_scale * scale));
    }
}

static void quantize_second(const float_network *network, const float unit_size[HIDDEN], quantized_network *quantized)
{
    for (int c = 0; c < CLASSES; c++) {
        float greatest = 0.0f;
        for (int j = 0; j < HIDDEN; j++) greatest = fmaxf(greatest, fabsf(network->second[j][c] * unit_size[j]));
        const float scale = symmetric_scale(greatest);
        for (int j = 0; j < HIDDEN; j++) quantized->second[j][c] = quantize_weight(network->second[j][c] * unit_size[j], scale);
        quantized->second_scales[c] = scale;
        quantized->second_bias[c] = network->second_bias[c];
    }
}

bool quantize_network(const float_network *network, const uint8_t *calibration, int calibration_count, quantized_network *quantized)
{
    float unit_size[HIDDEN];
    if (!measure_hidden(network, calibration, calibration_count, unit_size)) return false;
    quantized->pixel_scale = 1.0f / 255.0f;
    quantized->hidden_scale = 1.0f / 255.0f; /* rescaled units reach 1 */
    quantize_first(network, unit_size, quantized);
    quantize_second(network, unit_size, quantized);
    return true;
}

clqnn_gemm_desc first_gemm(const quantized_network *network, int images)
{
    return (clqnn_gemm_desc){
        .struct_size = sizeof(clqnn_gemm_desc),
        .m = images, .n = HIDDEN, .k = PIXELS,
        .a = {.type = CLQNN_U8, .quantization = {.scales = &network->pixel_scale, .scale_count = 1}},
        .b = {.type = CLQNN_S8, .quantization = {.scales = network->first_scales, .scale_count = HIDDEN}},
        .c = {.type = CLQNN_U8, .quantization = {.scales = &network->hidden_scale, .scale_count = 1}},
        .b_data = network->first,
        .bias = network->first_bias, .bias_type = CLQNN_S32,
        .has_clamp = 1, .clamp_min = 0, .clamp_max = 255, /* relu: nothing below hidden's zero point */
    };
}

clqnn_gemm_desc second_gemm(const quantized_network *network, int images)
{
    return (clqnn_gemm_desc){
        .struct_size = sizeof(clqnn_gemm_desc),
        .m = images, .n = CLASSES, .k = HIDDEN,
        .a = {.type = CLQNN_U8, .quantization = {.scales = &network->hidden_scale, .scale_count = 1}},
        .b = {.type = CLQNN_S8, .quantization = {.scales = network->second_scales, .scale_count = CLASSES}},
        .c = {.type = CLQNN_F32},
        .b_data = network->second,
        .bias = network->second_bias, .bias_type = CLQNN_F32,
    };
}
