/* SPDX-License-Identifier: Apache-2.0 */
#include "core/float_storage.h"

/* value / 2^shift to nearest, ties to even; shift 1 .. 31. */
static uint32_t shift_even(uint32_t value, uint32_t shift)
{
    const uint32_t below_half = (1u << (shift - 1)) - 1, odd = (value >> shift) & 1u;
    return (value + below_half + odd) >> shift;
}

uint16_t clq_narrow_to_half(float value)
{
    const uint32_t bits = clq_bits_of_float(value), sign = (bits >> 16) & 0x8000u, magnitude = bits & 0x7fffffffu;
    if (magnitude > 0x7f800000u) return (uint16_t)(sign | 0x7e00u);
    if (magnitude >= 0x477ff000u) return (uint16_t)(sign | 0x7c00u);                       /* 65520 */
    if (magnitude >= 0x38800000u) return (uint16_t)(sign | shift_even(magnitude - (112u << 23), 13)); /* 2^-14: a carry raises the exponent */
    if (magnitude < 0x33000000u) return (uint16_t)sign;                                    /* 2^-25 */
    return (uint16_t)(sign | shift_even((magnitude & 0x7fffffu) | 0x800000u, 126u - (magnitude >> 23)));
}

uint16_t clq_narrow_to_bfloat(float value)
{
    const uint32_t bits = clq_bits_of_float(value);
    if ((bits & 0x7fffffffu) > 0x7f800000u) return (uint16_t)(bits >> 16 | 0x40u);
    return (uint16_t)((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

bool clq_is_stored_float(clqnn_type type)
{
    return type == CLQNN_F32 || type == CLQNN_F16 || type == CLQNN_BF16;
}

void clq_stored_load_many(const void *array, clqnn_type type, int64_t at, int64_t count, float *values)
{
    /* One loop a type: the type is settled outside, so that the loops become vectors. */
    if (type == CLQNN_F32) {
        memcpy(values, (const char *)array + at * 4, (size_t)count * 4);
    } else if (type == CLQNN_F16) {
        for (int64_t i = 0; i < count; i++) values[i] = clq_stored_load(array, CLQNN_F16, at + i);
    } else {
        for (int64_t i = 0; i < count; i++) values[i] = clq_stored_load(array, CLQNN_BF16, at + i);
    }
}

float clq_stored_round(float value, clqnn_type type)
{
    if (type == CLQNN_F32) return value;
    return type == CLQNN_F16 ? clq_widen_half(clq_narrow_to_half(value)) : clq_float_of_bits((uint32_t)clq_narrow_to_bfloat(value) << 16);
}

void clq_stored_put(void *array, clqnn_type type, int64_t at, float value)
{
    if (type == CLQNN_F32) {
        memcpy((char *)array + at * 4, &value, sizeof value);
        return;
    }
    const uint16_t bits = type == CLQNN_F16 ? clq_narrow_to_half(value) : clq_narrow_to_bfloat(value);
    memcpy((char *)array + at * 2, &bits, sizeof bits);
}

int64_t clq_stored_find_nonfinite(const void *array, clqnn_type type, int64_t count)
{
    const uint32_t exponent32 = 0x7f800000u;
    const uint16_t exponent16 = type == CLQNN_F16 ? 0x7c00u : 0x7f80u;
    for (int64_t at = 0; at < count; at += 4096) {
        const int64_t some = count - at < 4096 ? count - at : 4096;
        uint32_t found = 0;
        for (int64_t i = at; type == CLQNN_F32 && i < at + some; i++) {
            uint32_t bits;
            memcpy(&bits, (const char *)array + i * 4, sizeof bits);
            found |= (bits & exponent32) == exponent32;
        }
        for (int64_t i = at; type != CLQNN_F32 && i < at + some; i++) {
            uint16_t bits;
            memcpy(&bits, (const char *)array + i * 2, sizeof bits);
            found |= (bits & exponent16) == exponent16;
        }
        for (int64_t i = at; found && i < at + some; i++) {
            const uint32_t bits = clq_bits_of_float(clq_stored_load(array, type, i));
            if ((bits & exponent32) == exponent32) return i;
        }
    }
    return -1;
}
