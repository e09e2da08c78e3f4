/* SPDX-License-Identifier: Apache-2.0 */
#include "stored_value.h"

#include "clqnn/reference.h"

float clq_reference_stored_round(float value, clqnn_type type)
{
    if (type == CLQNN_F32) return value;
    return type == CLQNN_F16 ? clqnn_reference_f16_to_f32(clqnn_reference_f32_to_f16(value)) : clqnn_reference_bf16_to_f32(clqnn_reference_f32_to_bf16(value));
}
