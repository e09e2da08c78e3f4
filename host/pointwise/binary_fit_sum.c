/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "pointwise/binary_fit.h"

#include "pointwise/binary_rescaled_params.cl"

#define NEAREST 2                       /* factors tried on each side of the nearest */
#define LARGEST_FACTOR (1 << 24)        /* 15 bits and those of the lower part */
#define SMALLEST_SHIFT 8
#define LARGEST_SHIFT 29

/* Which terms put every pair on its rule's side; none where low > high, and then every pair is on it from `low` on or up to `high`. */
typedef struct term_range {
    int64_t low, high;
} term_range;

typedef struct sum_problem {
    const binary_params *scalars;
    const uint8_t *results;
    double a, b;                        /* steps of y for each step of an input */
    int shift;
    int64_t nominal;                    /* the term of exact arithmetic */
} sum_problem;

static double factor_of(const clqnn_fixed *fixed)
{
    return ldexp((double)fixed->multiplier, fixed->shift - 31);
}

/* The term's range for one value of a: y >= k demands k * 2^shift of the sum, y <= k less than (k + 1) * 2^shift. Limited results demand less. */
static void narrow(const sum_problem *s, const uint8_t *row, int64_t a_part, int64_t b_factor, term_range *range)
{
    const int32_t lowest = s->scalars->low, highest = s->scalars->high;
    const int64_t unit = (int64_t)1 << s->shift, far = (int64_t)1 << 40;
    int64_t low = range->low, high = range->high;
    for (int64_t b = 0; b < 256; b++) {
        const int64_t k = row[b], demand = k * unit - (a_part + b * b_factor);
        const int64_t least = k > lowest ? demand : -far, most = k < highest ? demand + unit - 1 : far;
        low = least > low ? least : low;
        high = most < high ? most : high;
    }
    *range = (term_range){low, high};
}

static term_range find_terms(const sum_problem *s, int64_t a_factor, int64_t b_factor, bool all)
{
    const int64_t unit = (int64_t)1 << s->shift;
    term_range range = {s->nominal - unit, s->nominal + unit};
    for (int64_t a = 0; a < 256 && (all || range.low <= range.high); a++) narrow(s, s->results + a * 256, a * a_factor, b_factor, &range);
    return range;
}

/* True if some term fits these factors. */
static bool try_factors(const sum_problem *s, int64_t a_factor, int64_t b_factor, clq_binary_fit *fit)
{
    const term_range range = find_terms(s, a_factor, b_factor, false);
    if (range.low > range.high) return false;
    const int32_t term = (int32_t)(range.low + (range.high - range.low) / 2);
    *fit = (clq_binary_fit){.a_factor = (int32_t)a_factor, .b_factor = (int32_t)b_factor, .shift = s->shift, .terms = {term, term}, .is_exact = true};
    return true;
}

/* Factors around the nearest, those at a distance of `ring`. */
static bool try_ring(const sum_problem *s, int64_t ring, clq_binary_fit *fit)
{
    const int64_t a = llround(ldexp(s->a, s->shift)), b = llround(ldexp(s->b, s->shift));
    for (int64_t i = -ring; i <= ring; i++) {
        for (int64_t j = -ring; j <= ring; j++) {
            const bool is_on_ring = i == ring || i == -ring || j == ring || j == -ring;
            if (is_on_ring && try_factors(s, a + i, b + j, fit)) return true;
        }
    }
    return false;
}

/* Sums that are a little too large put ties away from zero on their side. */
static bool try_larger(const sum_problem *s, clq_binary_fit *fit)
{
    for (int bits = 20; bits >= 9; bits--) {
        const double growth = 1.0 + ldexp(1.0, -bits);
        if (try_factors(s, llround(ldexp(s->a * growth, s->shift)), llround(ldexp(s->b * growth, s->shift)), fit)) return true;
    }
    return false;
}

static double largest_of(double a, double b)
{
    return a > b ? a : b;
}

/* False where 32 bits or the factors' words do not hold what the kernel computes. */
static bool choose_shift(sum_problem *s)
{
    const binary_params *p = s->scalars;
    const double a = largest_of(p->a_zero, 255 - p->a_zero) * fabs(s->a), b = largest_of(p->b_zero, 255 - p->b_zero) * fabs(s->b);
    const double factor = largest_of(fabs(s->a), fabs(s->b)), most = a + b + 256.0 + 2.0;   /* of y, zero point included, and room for what factors and term are moved by */
    for (s->shift = LARGEST_SHIFT; s->shift >= SMALLEST_SHIFT; s->shift--) {
        if (ldexp(most * 1.01, s->shift) < 2147483648.0 && ldexp(factor * 1.01, s->shift) < LARGEST_FACTOR - 2 * NEAREST) return true;
    }
    return false;
}

bool clq_binary_fit_sum(const clqnn_binary_desc *desc, const binary_params *scalars, const uint8_t *results, clq_binary_fit *fit)
{
    const double y = factor_of(&desc->y_fixed), unit = ldexp(1.0, desc->left_shift);
    const bool is_float = desc->rounding == CLQNN_FLOAT_EVEN;
    sum_problem s = {.scalars = scalars, .results = results};
    s.a = is_float ? (double)scalars->a_scale / (double)scalars->y_scale : factor_of(&desc->a_fixed) * unit * y;
    s.b = is_float ? (double)scalars->b_scale / (double)scalars->y_scale : factor_of(&desc->b_fixed) * unit * y;
    if (desc->kind == CLQNN_SUB) s.b = -s.b;
    if (!choose_shift(&s)) return false;
    s.nominal = llround(ldexp((double)scalars->y_zero + 0.5 - s.a * scalars->a_zero - s.b * scalars->b_zero, s.shift));
    for (int64_t ring = 0; ring <= NEAREST; ring++) {
        if (try_ring(&s, ring, fit)) return true;
    }
    if (desc->rounding == CLQNN_FIXED_DOUBLE && try_larger(&s, fit)) return true;
    const int64_t a = llround(ldexp(s.a, s.shift)), b = llround(ldexp(s.b, s.shift));
    const term_range range = find_terms(&s, a, b, true);
    const int64_t step = (int64_t)1 << s.shift;
    if (range.low > s.nominal + step || range.high < s.nominal - step) return false; /* rules that saturate within are not nearly linear */
    *fit = (clq_binary_fit){.a_factor = (int32_t)a, .b_factor = (int32_t)b, .shift = s.shift, .terms = {(int32_t)range.high, (int32_t)range.low}};
    return true;
}
