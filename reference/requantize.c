/* SPDX-License-Identifier: Apache-2.0 */
/* From a 32-bit accumulator to a quantized value: the three rules of docs/numerics.md. For every acc and zero_point, and low <= high:
 *
 * FLOAT_EVEN    p = (float)acc * multiplier, both operations rounded to nearest even in binary32; r = rne(p). A NaN p, possible only with an infinite or
 *               NaN multiplier, counts as r = 0.
 * FIXED_DOUBLE  x = acc * 2^max(shift, 0), saturated to 32 bits: the left shift never wraps. (Implementations that shift in 32 bits without a check
 *               agree wherever their result is defined.)
 *               h = floor((x * multiplier + 2^30) / 2^31): ties towards +infinity, saturated to 32 bits (only -2^31 * -2^31 needs it);
 *               r = h / 2^max(-shift, 0), rounded to nearest, ties away from zero.
 * FIXED_SINGLE  r = floor((acc * multiplier + 2^(30 - shift)) / 2^(31 - shift)): ties towards +infinity. r may exceed 32 bits and is not wrapped.
 *
 * The result is min(max(r + zero_point, low), high), where r + zero_point does not overflow. Shifts are -31 .. 30 (positive is to the left) and
 * multipliers any 32-bit integer; within that, no step leaves 64 bits:  |acc * multiplier| <= 2^62 and 2^(30 - shift) <= 2^61. */
#include <float.h>
#include <math.h>

#include "clqnn/reference.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

static int64_t clamp_s64(int64_t x, int64_t low, int64_t high)
{
    return x < low ? low : x > high ? high : x;
}

/* floor(x / 2^shift), shift 0 .. 62, without C's implementation-defined right shift of a negative number. */
static int64_t floor_shift(int64_t x, int shift)
{
    return x >= 0 ? x >> shift : -1 - ((-1 - x) >> shift);
}

/* x / 2^shift to nearest, ties away from zero; |x| <= 2^31, shift 0 .. 31. */
static int64_t divide_away_from_zero(int64_t x, int shift)
{
    const int64_t half = ((int64_t)1 << shift) / 2;
    return x >= 0 ? (x + half) >> shift : -((half - x) >> shift);
}

int32_t clqnn_reference_requantize_float_even(int32_t acc, float multiplier, int32_t zero_point, int32_t low, int32_t high)
{
    const float product = (float)acc * multiplier;
    const float rounded = isnan(product) ? 0.0f : rintf(product);
    /* A double holds every sum that can lie within the range exactly; a sum too large for that is far outside and is clamped before it becomes
     * an integer. */
    const double shifted = (double)rounded + (double)zero_point;
    if (shifted <= (double)low) return low;
    if (shifted >= (double)high) return high;
    return (int32_t)shifted;
}

int32_t clqnn_reference_requantize_fixed_double(int32_t acc, int32_t multiplier, int32_t shift, int32_t zero_point, int32_t low, int32_t high)
{
    const int left = shift > 0 ? shift : 0;
    const int right = shift < 0 ? -shift : 0;
    const int64_t x = clamp_s64((int64_t)acc * ((int64_t)1 << left), INT32_MIN, INT32_MAX);
    const int64_t high_half = floor_shift(x * multiplier + ((int64_t)1 << 30), 31);
    const int64_t rounded = divide_away_from_zero(clamp_s64(high_half, INT32_MIN, INT32_MAX), right);
    return (int32_t)clamp_s64(rounded + zero_point, low, high);
}

int32_t clqnn_reference_requantize_fixed_single(int32_t acc, int32_t multiplier, int32_t shift, int32_t zero_point, int32_t low, int32_t high)
{
    const int64_t half = (int64_t)1 << (30 - shift);
    const int64_t rounded = floor_shift((int64_t)acc * multiplier + half, 31 - shift);
    return (int32_t)clamp_s64(rounded + zero_point, low, high);
}
