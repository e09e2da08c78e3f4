/* SPDX-License-Identifier: Apache-2.0 */
/* The two 8-bit floats of the OCP 8-bit Floating Point Specification <-> binary32, by their definition: the value of each code.
 *
 * To 8 bits the nearest value is looked for among all of them, ties to the even code. What lies beyond the largest finite value is rounded as if the
 * format went on: the next code counts as the value that its bits would have, and who ends there has overflowed. */
#include <math.h>
#include <string.h>

#include "clqnn/reference.h"

typedef struct float8_format {
    int fraction_bits, bias;
    uint32_t overflow;     /* the code after the largest finite value */
    uint32_t infinity;     /* what an overflow becomes without saturation: NaN where there is no infinity */
} float8_format;

static const float8_format e4m3 = {.fraction_bits = 3, .bias = 7, .overflow = 0x7f, .infinity = 0x7f};
static const float8_format e5m2 = {.fraction_bits = 2, .bias = 15, .overflow = 0x7c, .infinity = 0x7c};

/* The value of a code without sign, as a number of the format even where the code is a special value. */
static double value_of(const float8_format *format, uint32_t code)
{
    const int exponent = (int)(code >> format->fraction_bits);
    const int one = 1 << format->fraction_bits;
    const int fraction = (int)code & (one - 1);
    if (exponent == 0) return ldexp(fraction, 1 - format->bias - format->fraction_bits);
    return ldexp(one + fraction, exponent - format->bias - format->fraction_bits);
}

/* The code, at most `overflow`, whose value is nearest to a magnitude. */
static uint32_t nearest_code(const float8_format *format, double magnitude)
{
    uint32_t below = 0, above = format->overflow; /* a bisection: the values grow with the codes */
    while (above - below > 1) {
        const uint32_t middle = (below + above) / 2;
        if (value_of(format, middle) <= magnitude) below = middle;
        else above = middle;
    }
    const double tie = (value_of(format, below) + value_of(format, above)) / 2;
    if (magnitude < tie) return below;
    if (magnitude > tie) return above;
    return below % 2 == 0 ? below : above;
}

static uint8_t to_float8(const float8_format *format, float x, clqnn_f8_overflow rule)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    const uint32_t sign = bits >> 31 << 7;
    const uint32_t code = isnan(x) ? 0 : nearest_code(format, fabs((double)x));

    if (isnan(x)) return (uint8_t)(sign | (format == &e4m3 ? 0x7fu : 0x7eu));
    if (code < format->overflow) return (uint8_t)(sign | code);
    return (uint8_t)(sign | (rule == CLQNN_F8_SATURATES ? format->overflow - 1 : format->infinity));
}

/* A value, infinity or NaN with a sign. NaN is quiet and keeps the payload. */
static float from_float8(const float8_format *format, uint8_t x)
{
    const uint32_t code = x & 0x7fu, sign = (uint32_t)(x & 0x80u) << 24;
    uint32_t bits;
    float value = (float)value_of(format, code); /* exact: normal in binary32, or 0 */
    memcpy(&bits, &value, sizeof bits);
    if (code == format->overflow && format == &e5m2) bits = 0x7f800000u;
    else if (code >= format->overflow) bits = 0x7fc00000u | (format == &e5m2 ? (code & 3u) << 21 : 0);
    bits |= sign;
    memcpy(&value, &bits, sizeof value);
    return value;
}

uint8_t clqnn_reference_f32_to_f8e4m3(float x, clqnn_f8_overflow rule)
{
    return to_float8(&e4m3, x, rule);
}

float clqnn_reference_f8e4m3_to_f32(uint8_t x)
{
    return from_float8(&e4m3, x);
}

uint8_t clqnn_reference_f32_to_f8e5m2(float x, clqnn_f8_overflow rule)
{
    return to_float8(&e5m2, x, rule);
}

float clqnn_reference_f8e5m2_to_f32(uint8_t x)
{
    return from_float8(&e5m2, x);
}
