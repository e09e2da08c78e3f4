/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "pointwise/binary_fit.h"

#define NEAREST 2                  /* factors tried on each side of the nearest */
#define LARGEST_QUOTIENT 1e9       /* below 2^31: what converts to 32 bits */
#define SMALLEST_FACTOR 0x1p-24    /* so that binary64 holds an offset of 1 in units of OFFSET_BITS */
#define OFFSET_BITS 24             /* an offset is a multiple of 2^-24 of the factor: then binary64 holds product and sum */

/* Which offsets put every pair on its rule's side, none where low > high. */
typedef struct offset_range {
    double low, high;
} offset_range;

typedef struct product_problem {
    const binary_params *scalars;
    const uint8_t *results;
    double exact;                  /* steps of y for each unit of the product */
    bool takes_sign, ties_to_even;
} product_problem;

/* The next binary32 numbers above (or below) a positive normal one. */
static float moved_by(float x, int count)
{
    for (; count > 0; count--) x = nextafterf(x, INFINITY);
    for (; count < 0; count++) x = nextafterf(x, 0.0f);
    return x;
}

/* Without the kernel's roundings: |y - zero point - product * factor| is at most half a step, less the offset. */
static offset_range find_offsets(const product_problem *s, double factor)
{
    const binary_params *p = s->scalars;
    offset_range range = {-1.0, 1.0};
    for (int a = 0; a < 256; a++) {
        for (int b = 0; b < 256; b++) {
            const int product = (a - p->a_zero) * (b - p->b_zero), y = s->results[a * 256 + b];
            const double distance = y - p->y_zero - product * factor;
            const bool is_mirrored = s->takes_sign && product < 0;
            const double least = is_mirrored ? -distance - 0.5 : distance - 0.5, most = is_mirrored ? 0.5 - distance : distance + 0.5;
            const bool has_least = is_mirrored ? y < p->high : y > p->low, has_most = is_mirrored ? y > p->low : y < p->high;
            if (has_least && least > range.low) range.low = least;
            if (has_most && most < range.high) range.high = most;
        }
    }
    return range;
}

/* What the kernel computes of a product. binary64 holds the sum exactly, so that the conversion rounds once, as its fused operation does. */
static int round_product(const product_problem *s, float factor, float offset, int product)
{
    const binary_params *p = s->scalars;
    const double moved = s->takes_sign && product < 0 ? -(double)offset : (double)offset;
    const float y = rintf((float)((double)product * (double)factor + moved)) + (float)p->y_zero;
    return y < (float)p->low ? p->low : y > (float)p->high ? p->high : (int)y;
}

/* Whether every pair on which both offsets agree has the rule's result. */
static bool holds(const product_problem *s, float factor, const float offsets[2])
{
    const binary_params *p = s->scalars;
    for (int a = 0; a < 256; a++) {
        for (int b = 0; b < 256; b++) {
            const int product = (a - p->a_zero) * (b - p->b_zero), first = round_product(s, factor, offsets[0], product);
            if (first == s->results[a * 256 + b]) continue;
            if (offsets[0] == offsets[1] || first == round_product(s, factor, offsets[1], product)) return false;
        }
    }
    return true;
}

/* A multiple of the unit that OFFSET_BITS asks for. */
static float whole_offset(double offset, float factor)
{
    int exponent = 0;
    (void)frexpf(factor, &exponent);
    const double unit = ldexp(1.0, exponent - OFFSET_BITS);
    return (float)(rint(offset / unit) * unit);
}

static bool try_exact(const product_problem *s, float factor, clq_binary_fit *fit)
{
    const offset_range range = find_offsets(s, (double)factor);
    if (range.low > range.high) return false;
    const bool is_plain = s->ties_to_even && range.low <= 0.0 && range.high >= 0.0;
    const float offset = is_plain ? 0.0f : whole_offset((range.low + range.high) / 2, factor);
    *fit = (clq_binary_fit){.factor = factor, .offsets = {offset, offset}, .offset_takes_sign = s->takes_sign, .is_exact = true};
    return holds(s, factor, fit->offsets);
}

/* Offsets on both sides of those that pairs ask for, as near as the kernel's roundings allow. */
static bool try_between(const product_problem *s, clq_binary_fit *fit)
{
    const float factor = (float)s->exact;
    const offset_range range = find_offsets(s, (double)factor);
    for (int bits = 16; bits >= 2; bits--) {
        const double margin = ldexp(1.0, -bits);
        *fit = (clq_binary_fit){.factor = factor, .offset_takes_sign = s->takes_sign};
        fit->offsets[0] = whole_offset(range.high - margin, factor);
        fit->offsets[1] = whole_offset(range.low + margin, factor);
        if (holds(s, factor, fit->offsets)) return true;
    }
    return false;
}

bool clq_binary_fit_product(const clqnn_binary_desc *desc, const binary_params *scalars, const uint8_t *results, clq_binary_fit *fit)
{
    const bool is_float = desc->rounding == CLQNN_FLOAT_EVEN;
    product_problem s = {.scalars = scalars, .results = results, .ties_to_even = is_float};
    s.exact = is_float ? (double)scalars->a_scale * (double)scalars->b_scale / (double)scalars->y_scale
                       : ldexp((double)desc->y_fixed.multiplier, desc->y_fixed.shift - 31);
    if (s.exact * 65025.0 > LARGEST_QUOTIENT || s.exact < SMALLEST_FACTOR) return false;
    s.takes_sign = desc->rounding == CLQNN_FIXED_DOUBLE && desc->y_fixed.shift < 0; /* ties go away from zero */
    for (int i = 0; i <= 2 * NEAREST; i++) {
        const int distance = i % 2 ? (i + 1) / 2 : -(i / 2);
        if (try_exact(&s, moved_by((float)s.exact, distance), fit)) return true;
    }
    return try_between(&s, fit);
}
