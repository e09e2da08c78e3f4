/* SPDX-License-Identifier: Apache-2.0 */
/* bfloat16 <-> binary32: bfloat16 is the upper half of a binary32, so that both have the same exponents, subnormals included.
 *
 * To bfloat16: round to nearest, ties to even; above the middle of the largest finite value and 2^128, and on it, up to infinity.
 * NaN stays NaN: quiet bit set, sign and the leading payload bits kept. To binary32 every pattern keeps its bits. */
#include <string.h>

#include "clqnn/reference.h"

uint16_t clqnn_reference_f32_to_bf16(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    if ((bits & 0x7fffffffu) > 0x7f800000u) return (uint16_t)(bits >> 16 | 0x0040u);

    const uint32_t rest = bits & 0xffffu;
    const uint32_t upper = bits >> 16;
    const int up = rest > 0x8000u || (rest == 0x8000u && (upper & 1u));
    return (uint16_t)(up ? upper + 1 : upper); /* a carry raises the exponent, up to infinity; infinity itself has no rest */
}

float clqnn_reference_bf16_to_f32(uint16_t x)
{
    const uint32_t bits = (uint32_t)x << 16;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}
