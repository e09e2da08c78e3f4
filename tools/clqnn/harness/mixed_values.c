/* SPDX-License-Identifier: Apache-2.0 */
#include "mixed_values.h"

#include <math.h>
#include <string.h>

#include "clqnn/reference.h"

/* Exponents of LARGE and TINY, and the largest number. Products of two large ones reach the end of f32, or of f16. */
typedef struct type_span { clqnn_type type; int large_low, large_high, tiny_low, tiny_high; float largest; } type_span;

static const type_span spans[] = {
    {CLQNN_F32, 60, 66, -149, -120, 0x1.fffffep127f}, {CLQNN_BF16, 60, 66, -133, -120, 0x1.fep127f}, {CLQNN_F16, 4, 9, -24, -10, 65504.0f},
    {CLQNN_F8E4M3, 0, 8, -9, -5, 448.0f},             {CLQNN_F8E5M2, 4, 15, -16, -12, 57344.0f},
};

static const type_span *span_of(clqnn_type type)
{
    size_t i = 0;
    while (i + 1 < sizeof spans / sizeof *spans && spans[i].type != type) i++;
    return &spans[i];
}

static float sign_of(clq_random *random)
{
    return clq_random_range(random, 0, 1) ? 1.0f : -1.0f;
}

static float special(clq_random *random, const type_span *span)
{
    switch (clq_random_range(random, 0, 6)) {
    case 0: return INFINITY;
    case 1: return -INFINITY;
    case 2: return NAN;
    case 3: return 0.0f;
    case 4: return -0.0f;
    case 5: return span->largest;
    default: return -span->largest;
    }
}

float clq_mixed_value(clq_random *random, clqnn_type type, clq_floats data, int64_t line, int64_t rarity)
{
    const type_span *span = span_of(type);
    switch (data) {
    case CLQ_FLOATS_WHOLE: return (float)clq_random_range(random, -4, 4);
    case CLQ_FLOATS_LARGE:
        return (line % 3 == 1 ? -1.0f : 1.0f) * ldexpf(clq_random_float(random, 1.0f, 2.0f), (int)clq_random_range(random, span->large_low, span->large_high - 1));
    case CLQ_FLOATS_TINY:
        if (clq_random_range(random, 0, 1)) break;
        return sign_of(random) * ldexpf(clq_random_float(random, 1.0f, 2.0f), (int)clq_random_range(random, span->tiny_low, span->tiny_high));
    case CLQ_FLOATS_SPECIAL:
        if (clq_random_range(random, 1, rarity) == 1) return special(random, span);
        break;
    case CLQ_FLOATS_RANDOM: break;
    }
    const float value = clq_random_float(random, -1.0f, 1.0f);
    switch (clq_random_range(random, 0, 15)) {
    case 0: return value * 100.0f;
    case 1: return value * 0.01f;
    default: return value;
    }
}

void clq_mixed_store(void *data, int64_t place, clqnn_type type, float value)
{
    unsigned char *bytes = data;
    const uint16_t half = type == CLQNN_BF16 ? clqnn_reference_f32_to_bf16(value) : clqnn_reference_f32_to_f16(value);
    switch (type) {
    case CLQNN_F8E4M3: bytes[place] = clqnn_reference_f32_to_f8e4m3(value, CLQNN_F8_SATURATES); break;
    case CLQNN_F8E5M2: bytes[place] = clqnn_reference_f32_to_f8e5m2(value, CLQNN_F8_OVERFLOWS); break; /* infinities stay */
    case CLQNN_F16:
    case CLQNN_BF16: memcpy(bytes + 2 * place, &half, sizeof half); break;
    default: memcpy(bytes + 4 * place, &value, sizeof value); break;
    }
}

float clq_mixed_load(const void *data, int64_t place, clqnn_type type)
{
    const unsigned char *bytes = data;
    uint16_t half;
    float value;
    switch (type) {
    case CLQNN_F8E4M3: return clqnn_reference_f8e4m3_to_f32(bytes[place]);
    case CLQNN_F8E5M2: return clqnn_reference_f8e5m2_to_f32(bytes[place]);
    case CLQNN_F16:
    case CLQNN_BF16:
        memcpy(&half, bytes + 2 * place, sizeof half);
        return type == CLQNN_BF16 ? clqnn_reference_bf16_to_f32(half) : clqnn_reference_f16_to_f32(half);
    default: memcpy(&value, bytes + 4 * place, sizeof value); return value;
    }
}

double clq_mixed_element(clqnn_type type, const unsigned char *element)
{
    if (type == CLQNN_U8) return *element;
    if (type == CLQNN_S8) return *(const signed char *)element;
    return (double)clq_mixed_load(element, 0, type);
}

void clq_mixed_integer_range(clqnn_type type, int32_t *low, int32_t *high)
{
    const bool is_signed = type == CLQNN_S2 || type == CLQNN_S3 || type == CLQNN_S4 || type == CLQNN_S6 || type == CLQNN_S8;
    const int32_t count = 1 << clqnn_type_bits(type);
    *low = is_signed ? -count / 2 : 0;
    *high = *low + count - 1;
}

void clq_mixed_store_bits(void *data, int64_t place, clqnn_type type, int32_t value)
{
    const int64_t bits = (int64_t)clqnn_type_bits(type);
    unsigned char *bytes = data;
    for (int64_t i = 0; i < bits; i++) {
        const int64_t at = place * bits + i;
        const unsigned char mask = (unsigned char)(1 << at % 8);
        if (value >> i & 1) bytes[at / 8] |= mask;
        else bytes[at / 8] &= (unsigned char)~mask;
    }
}
