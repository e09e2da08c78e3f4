/* SPDX-License-Identifier: Apache-2.0 */
#include "tensor_place.h"

#include "clqnn/reference.h"

static void type_range(clqnn_type type, int32_t *low, int32_t *high)
{
    *low = type == CLQNN_U8 ? 0 : type == CLQNN_S8 ? -128 : type == CLQNN_S16 ? -32768 : INT32_MIN;
    *high = type == CLQNN_U8 ? 255 : type == CLQNN_S8 ? 127 : type == CLQNN_S16 ? 32767 : INT32_MAX;
}

clq_place clq_place_make(const clqnn_tensor *tensor)
{
    const clqnn_quantization *q = &tensor->quantization;
    clq_place place = {.type = tensor->type, .rank = tensor->rank, .scale = q->scale_count ? q->scales[0] : 1.0f};
    int64_t dense = 1;
    int has_strides = 0;
    place.zero_point = q->zero_point_count ? q->zero_points[0] : 0;
    type_range(tensor->type, &place.low, &place.high);
    for (int32_t i = 0; i < tensor->rank; i++) has_strides |= tensor->strides[i] != 0;
    for (int32_t i = tensor->rank - 1; i >= 0; i--) {
        place.shape[i] = tensor->shape[i];
        place.strides[i] = has_strides ? tensor->strides[i] : dense;
        dense *= tensor->shape[i];
    }
    return place;
}

int64_t clq_place_offset(const clq_place *place, const int64_t *index)
{
    int64_t offset = 0;
    for (int32_t i = 0; i < place->rank; i++) offset += index[i] * place->strides[i];
    return offset;
}

int clq_place_next(int32_t rank, const int64_t *shape, int64_t *index)
{
    for (int32_t i = rank - 1; i >= 0; i--) {
        if (++index[i] < shape[i]) return 1;
        index[i] = 0;
    }
    return 0;
}

size_t clq_place_element_size(clqnn_type type)
{
    if (type == CLQNN_S8 || type == CLQNN_U8) return 1;
    return type == CLQNN_S16 || type == CLQNN_F16 ? 2 : 4;
}

int32_t clq_place_load(const clq_place *place, const void *data, int64_t offset)
{
    if (place->type == CLQNN_U8) return ((const uint8_t *)data)[offset];
    if (place->type == CLQNN_S8) return ((const int8_t *)data)[offset];
    if (place->type == CLQNN_S16) return ((const int16_t *)data)[offset];
    return ((const int32_t *)data)[offset];
}

void clq_place_store(const clq_place *place, void *data, int64_t offset, int32_t value)
{
    if (place->type == CLQNN_U8) {
        ((uint8_t *)data)[offset] = (uint8_t)value;
    } else if (place->type == CLQNN_S8) {
        ((int8_t *)data)[offset] = (int8_t)value;
    } else if (place->type == CLQNN_S16) {
        ((int16_t *)data)[offset] = (int16_t)value;
    } else {
        ((int32_t *)data)[offset] = value;
    }
}

int32_t clq_place_requantize(const clq_place *from, const clq_place *to, int32_t q)
{
    if (from->type == to->type && from->scale == to->scale && from->zero_point == to->zero_point) return q;
    const float real = from->scale * (float)(q - from->zero_point);
    return clqnn_reference_quantize(real, to->scale, to->zero_point, to->low, to->high);
}

int32_t clq_place_axis(const clq_place *place, int32_t axis)
{
    return axis < 0 ? axis + place->rank : axis;
}
