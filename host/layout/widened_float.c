/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/widened_float.h"

#include <math.h>

#include "core/float_storage.h"

/* Of 8 bits: `fraction` fraction bits below `width` exponent bits with that bias; `special`: the largest exponent stands for infinities and NaN. */
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
    switch (type) {
    case CLQNN_F8E4M3: return (bytes[index] & 0x7f) == 0x7f ? copysignf(NAN, bytes[index] & 0x80 ? -1.0f : 1.0f) : widen(bytes[index], 4, 3, 7, 0);
    case CLQNN_F8E5M2: return widen(bytes[index], 5, 2, 15, 1);
    default: return clq_stored_load(values, type, index);
    }
}
