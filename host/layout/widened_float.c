/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/widened_float.h"

#include <math.h>
#include <string.h>

/* A number of `fraction` fraction bits below `width` exponent bits with that bias; `special`: the largest exponent stands for infinities and NaN. */
static float widen(uint32_t code, int width, int fraction, int bias, int special)
{
    const uint32_t exponent = code >> fraction & ((1u << width) - 1), rest = code & ((1u << fraction) - 1);
    const float sign = code >> (width + fraction) & 1 ? -1.0f : 1.0f;
    if (special && exponent == (1u << width) - 1) return rest ? copysignf(NAN, sign) : sign * INFINITY;
    const uint32_t units = exponent ? rest | 1u << fraction : rest;
    return sign * ldexpf((float)units, (int)(exponent ? exponent : 1) - bias - fraction);
}

float clq_widened_float(const void *values, clqnn_type type, int64_t index)
{
    const unsigned char *bytes = values;
    uint16_t half;
    uint32_t word;
    float value;
    switch (type) {
    case CLQNN_F16: memcpy(&half, bytes + 2 * index, sizeof half); return widen(half, 5, 10, 15, 1);
    case CLQNN_BF16:
        memcpy(&half, bytes + 2 * index, sizeof half);
        word = (uint32_t)half << 16;
        memcpy(&value, &word, sizeof value);
        return value;
    case CLQNN_F8E4M3: return (bytes[index] & 0x7f) == 0x7f ? copysignf(NAN, bytes[index] & 0x80 ? -1.0f : 1.0f) : widen(bytes[index], 4, 3, 7, 0);
    case CLQNN_F8E5M2: return widen(bytes[index], 5, 2, 15, 1);
    default: memcpy(&value, bytes + 4 * index, sizeof value); return value;
    }
}
