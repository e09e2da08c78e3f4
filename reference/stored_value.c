/* SPDX-License-Identifier: Apache-2.0 */
#include "stored_value.h"

#include <math.h>
#include <string.h>

#include "clqnn/reference.h"

float stored_value(const void *array, clqnn_type type, int64_t at)
{
    float value;
    uint16_t half;
    if (type == CLQNN_F32) {
        memcpy(&value, (const char *)array + 4 * at, 4);
        return value;
    }
    memcpy(&half, (const char *)array + 2 * at, 2);
    if (type == CLQNN_F16) return clqnn_reference_f16_to_f32(half);
    const uint32_t bits = (uint32_t)half << 16;
    memcpy(&value, &bits, 4);
    return value;
}

float rounded_value(float value, clqnn_type type)
{
    if (type == CLQNN_F32) return value;
    if (type == CLQNN_F16) return clqnn_reference_f16_to_f32(clqnn_reference_f32_to_f16(value));
    /* bf16 has 8 bits and the exponents of binary32, so units of 2^-133 at least; binary64 holds each step exactly. */
    int exponent = 0;
    if (value == 0.0f || !isfinite(value)) return value;
    (void)frexp((double)value, &exponent);
    const int unit = exponent - 8 < -133 ? -133 : exponent - 8;
    return (float)ldexp(rint(ldexp((double)value, -unit)), unit); /* beyond the largest bf16: beyond binary32 too, infinity */
}
