/* SPDX-License-Identifier: Apache-2.0 */
#include "weight_storage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

uint16_t stored_half(float x)
{
    const uint16_t sign = signbit(x) ? 0x8000 : 0;
    const double size = fabs((double)x);
    if (size == 0.0) return sign;
    const int exponent = ilogb(size) < -14 ? -14 : ilogb(size);
    const double rounded = nearbyint(ldexp(size, 10 - exponent)); /* units of the last place: below 2^11, or 2^11 itself, which carries over by itself */
    const double bits = rounded + 1024.0 * (exponent + 14);
    return sign | (bits >= 0x7c00 ? 0x7c00 : (uint16_t)bits);
}

uint16_t stored_bfloat(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return (uint16_t)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

uint32_t *stored_planes(clqnn_type type, const int16_t *values, int64_t rows, int64_t count)
{
    const int64_t bits = (int64_t)clqnn_type_bits(type), groups = (count + 31) / 32;
    uint32_t *words = calloc((size_t)(rows * groups * bits), sizeof *words);
    if (!words) return NULL;
    for (int64_t r = 0; r < rows; r++) {
        for (int64_t i = 0; i < count; i++) {
            const int value = values[r * count + i];
            uint32_t *group = words + (r * groups + i / 32) * bits;
            const uint32_t bit = 1u << (i % 32);
            if (type == CLQNN_B1) {
                group[0] |= value < 0 ? bit : 0;
            } else if (type == CLQNN_T2) {
                group[0] |= value != 0 ? bit : 0;
                group[1] |= value < 0 ? bit : 0;
            } else {
                const int q = (value + (1 << bits) - 1) / 2;
                for (int64_t plane = 0; plane < bits; plane++) group[plane] |= (q >> plane) & 1 ? bit : 0;
            }
        }
    }
    return words;
}

int8_t *stored_bytes(const int16_t *values, int64_t count)
{
    int8_t *bytes = malloc((size_t)count);
    for (int64_t i = 0; bytes && i < count; i++) bytes[i] = (int8_t)values[i];
    return bytes;
}

void *stored_floats(clqnn_type type, const float *values, const float *slopes, int64_t rows, int64_t count)
{
    void *stored = malloc((size_t)(rows * count) * clqnn_type_size(type));
    for (int64_t i = 0; stored && i < rows * count; i++) {
        const float w = values[i] * slopes[i / count];
        if (type == CLQNN_F32) ((float *)stored)[i] = w;
        else ((uint16_t *)stored)[i] = type == CLQNN_F16 ? stored_half(w) : stored_bfloat(w);
    }
    return stored;
}
