/* SPDX-License-Identifier: Apache-2.0 */
#include "tensor_view.h"

#include <string.h>

#include "clqnn/reference.h"

int64_t clq_reference_count(const clqnn_tensor *tensor)
{
    int64_t count = 1;
    for (int i = 0; i < tensor->rank; i++) count *= tensor->shape[i];
    return count;
}

static int64_t stride_of(const clqnn_tensor *tensor, int dimension)
{
    int64_t dense = 1;
    int given = 0;
    for (int i = 0; i < tensor->rank; i++) given = given || tensor->strides[i] != 0;
    if (given) return tensor->strides[dimension];
    for (int i = dimension + 1; i < tensor->rank; i++) dense *= tensor->shape[i];
    return dense;
}

int64_t clq_reference_place(const clqnn_tensor *tensor, const clqnn_tensor *like, int64_t flat)
{
    int64_t place = 0;
    for (int i = like->rank - 1; i >= 0; i--) {
        const int64_t index = flat % like->shape[i];
        const int own = i - (like->rank - tensor->rank);
        flat /= like->shape[i];
        if (own >= 0 && tensor->shape[own] != 1) place += index * stride_of(tensor, own);
    }
    return place;
}

int64_t clq_reference_value_index(const clqnn_tensor *tensor, int64_t count, int64_t flat)
{
    const int axis = tensor->axis < 0 ? tensor->axis + tensor->rank : tensor->axis;
    int64_t place = 0, step = 1;
    if (count <= 1) return 0;
    for (int i = tensor->rank - 1; i >= 0; i--) {
        const int64_t index = flat % tensor->shape[i];
        flat /= tensor->shape[i];
        if (tensor->block == 0) {
            if (i == axis) return index;
            continue;
        }
        place += step * (i == axis ? index / tensor->block : index);
        step *= i == axis ? (tensor->shape[i] + tensor->block - 1) / tensor->block : tensor->shape[i];
    }
    return place;
}

int32_t clq_reference_load_integer(clqnn_type type, const void *data, int64_t place)
{
    const uint8_t *bytes = data;
    const int32_t nibble = bytes[type == CLQNN_S4 || type == CLQNN_U4 ? place / 2 : 0] >> (place % 2 * 4) & 15;
    int16_t s16;
    int32_t s32;
    switch (type) {
    case CLQNN_U8: return bytes[place];
    case CLQNN_S8: return ((const int8_t *)data)[place];
    case CLQNN_U4: return nibble;
    case CLQNN_S4: return nibble < 8 ? nibble : nibble - 16;
    case CLQNN_S16: memcpy(&s16, bytes + 2 * place, sizeof s16); return s16;
    default: memcpy(&s32, bytes + 4 * place, sizeof s32); return s32;
    }
}

void clq_reference_store_integer(clqnn_type type, void *data, int64_t place, int32_t value)
{
    uint8_t *bytes = data;
    const int16_t s16 = (int16_t)value;
    switch (type) {
    case CLQNN_U8:
    case CLQNN_S8: bytes[place] = (uint8_t)value; break;
    case CLQNN_U4:
    case CLQNN_S4:
        bytes += place / 2;
        *bytes = (uint8_t)(place % 2 ? (*bytes & 0x0f) | (value & 15) << 4 : (*bytes & 0xf0) | (value & 15));
        break;
    case CLQNN_S16: memcpy(bytes + 2 * place, &s16, sizeof s16); break;
    default: memcpy(bytes + 4 * place, &value, sizeof value); break;
    }
}

float clq_reference_load_float(clqnn_type type, const void *data, int64_t place)
{
    const uint8_t *bytes = data;
    uint16_t half;
    float value;
    switch (type) {
    case CLQNN_F16: memcpy(&half, bytes + 2 * place, sizeof half); return clqnn_reference_f16_to_f32(half);
    case CLQNN_BF16: memcpy(&half, bytes + 2 * place, sizeof half); return clqnn_reference_bf16_to_f32(half);
    case CLQNN_F8E4M3: return clqnn_reference_f8e4m3_to_f32(bytes[place]);
    case CLQNN_F8E5M2: return clqnn_reference_f8e5m2_to_f32(bytes[place]);
    default: memcpy(&value, bytes + 4 * place, sizeof value); return value;
    }
}

void clq_reference_store_float8(clqnn_type type, void *data, int64_t place, float value, clqnn_f8_overflow rule)
{
    uint8_t *bytes = data;
    bytes[place] = type == CLQNN_F8E4M3 ? clqnn_reference_f32_to_f8e4m3(value, rule) : clqnn_reference_f32_to_f8e5m2(value, rule);
}

void clq_reference_store_float(clqnn_type type, void *data, int64_t place, float value)
{
    uint8_t *bytes = data;
    const uint16_t half = type == CLQNN_BF16 ? clqnn_reference_f32_to_bf16(value) : clqnn_reference_f32_to_f16(value);
    switch (type) {
    case CLQNN_F16:
    case CLQNN_BF16: memcpy(bytes + 2 * place, &half, sizeof half); break;
    case CLQNN_F8E4M3:
    case CLQNN_F8E5M2: clq_reference_store_float8(type, data, place, value, CLQNN_F8_SATURATES); break;
    default: memcpy(bytes + 4 * place, &value, sizeof value); break;
    }
}

void clq_reference_type_range(clqnn_type type, int32_t *low, int32_t *high)
{
    switch (type) {
    case CLQNN_U8: *low = 0, *high = 255; break;
    case CLQNN_S8: *low = -128, *high = 127; break;
    case CLQNN_U4: *low = 0, *high = 15; break;
    case CLQNN_S4: *low = -8, *high = 7; break;
    default: *low = INT16_MIN, *high = INT16_MAX; break;
    }
}

void clq_reference_clamp_range(clqnn_type type, int32_t has_clamp, int32_t clamp_min, int32_t clamp_max, int32_t *low, int32_t *high)
{
    clq_reference_type_range(type, low, high);
    if (has_clamp && clamp_min > *low) *low = clamp_min;
    if (has_clamp && clamp_max < *high) *high = clamp_max;
}
