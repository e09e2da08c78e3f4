/* SPDX-License-Identifier: Apache-2.0 */
/* IEEE binary16 <-> binary32 by bit manipulation, so that no compiler extension, library call or device decides the rounding.
 *
 * binary16 is 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits; binary32 is 1, 8 (bias 127), 23.
 * To half: round to nearest, ties to even; from 65520 up to infinity; below 2^-14 to subnormals, at most 2^-25 to zero; signs are kept.
 * NaN stays NaN both ways: quiet bit set, sign and the leading payload bits kept. */
#include <string.h>

#include "clqnn/reference.h"

/* value / 2^shift, rounded to nearest, ties to even; shift 1 .. 31. */
static uint32_t shift_right_even(uint32_t value, int shift)
{
    const uint32_t quotient = value >> shift;
    const uint32_t rest = value & ((1u << shift) - 1);
    const uint32_t half = 1u << (shift - 1);
    if (rest > half) return quotient + 1;
    if (rest == half) return quotient + (quotient & 1u);
    return quotient;
}

uint16_t clqnn_reference_f32_to_f16(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    const uint32_t sign = (bits >> 16) & 0x8000u;
    const int exponent = (int)((bits >> 23) & 0xffu);
    const uint32_t fraction = bits & 0x7fffffu;

    uint32_t half;
    if (exponent == 255) {
        half = fraction ? 0x7e00u | (fraction >> 13) : 0x7c00u;
    } else if (exponent - 112 >= 31) {
        half = 0x7c00u; /* 2^16 and above */
    } else if (exponent - 112 >= 1) {
        /* Exponent and fraction in one number: a carry out of the fraction raises the exponent, up to infinity. */
        half = shift_right_even((uint32_t)(exponent - 112) << 23 | fraction, 13);
    } else if (exponent >= 102) {
        /* A half subnormal counts units of 2^-24: (2^23 + fraction) * 2^(exponent - 150) is that shifted right by 126 - exponent, 14 .. 24. */
        half = shift_right_even(0x800000u | fraction, 126 - exponent);
    } else {
        half = 0; /* below 2^-25, half of the smallest subnormal */
    }
    return (uint16_t)(sign | half);
}

float clqnn_reference_f16_to_f32(uint16_t x)
{
    const uint32_t sign = (uint32_t)(x & 0x8000u) << 16;
    const uint32_t exponent = (x >> 10) & 0x1fu;
    const uint32_t fraction = x & 0x3ffu;

    uint32_t bits;
    if (exponent == 31) {
        bits = fraction ? 0x7fc00000u | (fraction << 13) : 0x7f800000u;
    } else if (exponent > 0) {
        bits = (exponent + 112) << 23 | fraction << 13;
    } else {
        const float subnormal = (float)fraction * 0x1p-24f; /* exact, and a normal binary32 or zero */
        memcpy(&bits, &subnormal, sizeof bits);
    }
    bits |= sign;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}
