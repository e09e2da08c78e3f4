/* SPDX-License-Identifier: Apache-2.0 */
#include "arrange/half_bits.h"

#include <math.h>

uint32_t clq_half_bits(float x)
{
    const uint32_t sign = signbit(x) ? 0x8000u : 0u;
    const double magnitude = fabs((double)x);
    if (isnan(x)) return sign | 0x7e00u;
    if (magnitude == 0.0) return sign;
    if (magnitude >= 65520.0) return sign | 0x7c00u;
    int exponent = 0;
    (void)frexp(magnitude, &exponent);                        /* magnitude below 2^exponent */
    const int step = exponent < -13 ? -24 : exponent - 11;    /* the weight of the last of 11 bits; subnormals stop at 2^-24 */
    const uint32_t units = (uint32_t)rint(ldexp(magnitude, -step)); /* up to 2048 */
    return sign | ((uint32_t)(step + 24) * 1024u + units);    /* a normal number's leading bit, and a carry, raise the exponent by addition */
}
