/* SPDX-License-Identifier: Apache-2.0 */
#include "quantized_tensor.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference.h"

static clqnn_type float_type(clq_safetensors_dtype dtype)
{
    return dtype == CLQ_SAFETENSORS_F32 ? CLQNN_F32 : dtype == CLQ_SAFETENSORS_F16 ? CLQNN_F16 : dtype == CLQ_SAFETENSORS_BF16 ? CLQNN_BF16 : CLQNN_TYPE_NONE;
}

bool clq_float_tensor_is(const clq_safetensors_tensor *stored)
{
    uint64_t elements = 0;
    return float_type(stored->dtype) != CLQNN_TYPE_NONE && clq_safetensors_elements(stored, &elements) && elements > 0;
}

static float value_at(const clq_safetensors_tensor *stored, int64_t index)
{
    if (stored->dtype == CLQ_SAFETENSORS_F32) return ((const float *)stored->data)[index];
    const uint16_t half = ((const uint16_t *)stored->data)[index];
    return stored->dtype == CLQ_SAFETENSORS_F16 ? clqnn_reference_f16_to_f32(half) : clqnn_reference_bf16_to_f32(half);
}

static clqnn_status read_values(clq_float_tensor *tensor, char message[CLQ_QUANTIZE_MESSAGE])
{
    int64_t bad = 0, first = 0;
    tensor->low = INFINITY;
    tensor->high = -INFINITY;
    for (int64_t i = 0; i < tensor->count; i++) {
        const float value = value_at(tensor->stored, i);
        tensor->values[i] = value;
        if (!isfinite(value) && bad++ == 0) first = i;
        if (value < tensor->low) tensor->low = value;
        if (value > tensor->high) tensor->high = value;
    }
    if (bad == 0) return CLQNN_OK;
    snprintf(message, CLQ_QUANTIZE_MESSAGE, "tensor '%s' has %lld values that are NaN or infinite, the first, %g, at element %lld", tensor->stored->name,
             (long long)bad, (double)tensor->values[first], (long long)first);
    return CLQNN_INVALID_ARGUMENT;
}

/* The dimensions before and behind the axis are one each. */
static clqnn_status make_view(clq_float_tensor *tensor, clqnn_granularity granularity, int32_t axis, int64_t block, char message[CLQ_QUANTIZE_MESSAGE])
{
    const clq_safetensors_tensor *stored = tensor->stored;
    tensor->device = (clqnn_tensor){.type = float_type(stored->dtype), .rank = 1, .shape = {tensor->count}};
    if (granularity == CLQNN_PER_TENSOR) return CLQNN_OK;
    tensor->axis = axis < 0 ? axis + stored->rank : axis;
    if (tensor->axis < 0 || tensor->axis >= stored->rank) {
        snprintf(message, CLQ_QUANTIZE_MESSAGE, "tensor '%s' has no axis %d: it has %d dimensions", stored->name, (int)axis, (int)stored->rank);
        return CLQNN_INVALID_ARGUMENT;
    }
    const int64_t extent = stored->shape[tensor->axis];
    if (granularity == CLQNN_PER_GROUP && block > extent) {
        snprintf(message, CLQ_QUANTIZE_MESSAGE, "groups of %lld are longer than the %lld elements of axis %d of tensor '%s'", (long long)block, (long long)extent,
                 (int)tensor->axis, stored->name);
        return CLQNN_INVALID_ARGUMENT;
    }
    int64_t outer = 1;
    for (int32_t i = 0; i < tensor->axis; i++) outer *= stored->shape[i];
    tensor->device.rank = 3;
    tensor->device.shape[0] = outer;
    tensor->device.shape[1] = extent;
    tensor->device.shape[2] = tensor->count / outer / extent;
    tensor->device.axis = 1;
    tensor->device.block = granularity == CLQNN_PER_GROUP ? block : 0;
    return CLQNN_OK;
}

clqnn_status clq_float_tensor_make(const clq_safetensors_tensor *stored, clqnn_granularity granularity, int32_t axis, int64_t block, clq_float_tensor *tensor,
                                   char message[CLQ_QUANTIZE_MESSAGE])
{
    uint64_t elements = 0;
    *tensor = (clq_float_tensor){.stored = stored};
    if (!clq_safetensors_elements(stored, &elements)) return CLQNN_INVALID_SHAPE;
    tensor->count = (int64_t)elements;
    clqnn_status status = make_view(tensor, granularity, axis, block, message);
    if (status != CLQNN_OK) return status;
    status = clqnn_slot_count(&tensor->device, granularity, &tensor->slots);
    if (status != CLQNN_OK) {
        snprintf(message, CLQ_QUANTIZE_MESSAGE, "tensor '%s': %s", stored->name, clqnn_last_error());
        return status;
    }
    tensor->values = malloc((size_t)elements * sizeof *tensor->values);
    if (tensor->values == NULL) {
        snprintf(message, CLQ_QUANTIZE_MESSAGE, "no memory for the %lld values of tensor '%s'", (long long)tensor->count, stored->name);
        return CLQNN_OUT_OF_MEMORY;
    }
    status = read_values(tensor, message);
    if (status != CLQNN_OK) clq_float_tensor_free(tensor);
    return status;
}

void clq_float_tensor_free(clq_float_tensor *tensor)
{
    free(tensor->values);
    tensor->values = NULL;
}

void clq_quantized_tensor_free(clq_quantized_tensor *quantized)
{
    free(quantized->codes);
    free(quantized->scales);
    free(quantized->zero_points);
    free(quantized->dequantized);
    *quantized = (clq_quantized_tensor){.codes = NULL};
}

size_t clq_pack_codes(unsigned char *codes, int64_t count, int32_t bits)
{
    /* What is written lies behind what is still to be read: bits <= 8. */
    uint32_t held = 0;
    int32_t held_bits = 0;
    size_t used = 0;
    for (int64_t i = 0; i < count; i++) {
        held |= (codes[i] & ((1u << bits) - 1)) << held_bits;
        held_bits += bits;
        if (held_bits < 8) continue;
        codes[used++] = (unsigned char)held;
        held >>= 8;
        held_bits -= 8;
    }
    if (held_bits > 0) codes[used++] = (unsigned char)held;
    return used;
}

double clq_signal_to_noise(const float *x, const float *y, int64_t count)
{
    double signal = 0.0, noise = 0.0;
    for (int64_t i = 0; i < count; i++) {
        const double difference = (double)x[i] - (double)y[i];
        signal += (double)x[i] * (double)x[i];
        noise += difference * difference;
    }
    return noise > 0.0 ? 10.0 * log10(signal / noise) : INFINITY;
}
