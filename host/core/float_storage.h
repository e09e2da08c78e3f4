/* SPDX-License-Identifier: Apache-2.0 */
/* Values kept as f32, f16 or bf16, at any alignment. Integer arithmetic, so that neither a rounding mode nor a flush of subnormals of the calling thread
 * shows. */
#ifndef CLQ_FLOAT_STORAGE_H
#define CLQ_FLOAT_STORAGE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "clqnn/types.h"

static inline float clq_float_of_bits(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline uint32_t clq_bits_of_float(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* Exact. */
static inline float clq_widen_half(uint16_t half)
{
    const uint32_t sign = (uint32_t)(half & 0x8000u) << 16, exponent = (half >> 10) & 31u, fraction = half & 0x3ffu;
    const uint32_t subnormal = clq_bits_of_float((float)(int32_t)fraction * 0x1p-24f);
    const uint32_t normal = (exponent + (exponent == 31 ? 224u : 112u)) << 23 | fraction << 13;
    return clq_float_of_bits(sign | (exponent ? normal : subnormal));
}

/* To nearest, ties to even; from 65520 up infinity. */
uint16_t clq_narrow_to_half(float value);

/* To nearest, ties to even. */
uint16_t clq_narrow_to_bfloat(float value);

/* f32, f16 or bf16. */
bool clq_is_stored_float(clqnn_type type);

/* Element `at` of an array of `type`. */
static inline float clq_stored_load(const void *array, clqnn_type type, int64_t at)
{
    uint16_t bits;
    float value;
    if (type == CLQNN_F32) {
        memcpy(&value, (const char *)array + at * 4, sizeof value);
        return value;
    }
    memcpy(&bits, (const char *)array + at * 2, sizeof bits);
    return type == CLQNN_F16 ? clq_widen_half(bits) : clq_float_of_bits((uint32_t)bits << 16);
}

void clq_stored_load_many(const void *array, clqnn_type type, int64_t at, int64_t count, float *values);

/* `value` rounded to the type. */
float clq_stored_round(float value, clqnn_type type);

/* Puts a value that is of the type already. */
void clq_stored_put(void *array, clqnn_type type, int64_t at, float value);

/* The first of `count` elements that is NaN or infinite, or -1. */
int64_t clq_stored_find_nonfinite(const void *array, clqnn_type type, int64_t count);

#endif
