/* SPDX-License-Identifier: Apache-2.0 */
#include "stored_value.h"

#include <string.h>

#include "clqnn/reference.h"

float clq_reference_stored_load(const void *array, clqnn_type type, int64_t at)
{
    float value;
    uint16_t half;
    if (type == CLQNN_F32) {
        memcpy(&value, (const char *)array + 4 * at, 4);
        return value;
    }
    memcpy(&half, (const char *)array + 2 * at, 2);
    return type == CLQNN_F16 ? clqnn_reference_f16_to_f32(half) : clqnn_reference_bf16_to_f32(half);
}

float clq_reference_stored_round(float value, clqnn_type type)
{
    if (type == CLQNN_F32) return value;
    return type == CLQNN_F16 ? clqnn_reference_f16_to_f32(clqnn_reference_f32_to_f16(value)) : clqnn_reference_bf16_to_f32(clqnn_reference_f32_to_bf16(value));
}
