/* SPDX-License-Identifier: Apache-2.0 */
/* The fixed-point rescalings of docs/numerics.md for one value: x * multiplier * 2^(shift - 31) by either rule, without zero point and clamp.
 * shift -31 .. 30; the single rule's result may exceed 32 bits. */
static inline long rescale_double(int x, int multiplier, int shift)
{
    const int right = max(-shift, 0);
    const long shifted = min(max((long)x << max(shift, 0), (long)INT_MIN), (long)INT_MAX);
    const long high_half = (shifted * multiplier + (1L << 30)) >> 31; /* floor: ties go towards +infinity */
    const long half_unit = right ? 1L << (right - 1) : 0L;
    return high_half >= 0 ? (high_half + half_unit) >> right : -((half_unit - high_half) >> right); /* ties go away from zero */
}

static inline long rescale_single(int x, int multiplier, int shift)
{
    return ((long)x * multiplier + (1L << (30 - shift))) >> (31 - shift);
}
