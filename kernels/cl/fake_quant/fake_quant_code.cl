/* SPDX-License-Identifier: Apache-2.0 */
/* Codes, their values and gradients of fake quantization, for the lanes of fake_quant/one_lane or sixteen_lanes: clqnn/fake_quant.h has the formulas. Conditions
 * are used in ?: only, so that they mean the same for scalars and vectors. */
#define FAKE_INLINED static inline __attribute__((always_inline))
#define FAKE_MAGIC 12582912.0f      /* 1.5 * 2^23: adding it rounds |x| <= 2^22 to the nearest even integer, which then stands in the low bits */
#define FAKE_MAGIC_BITS 0x4b400000

/* The parameters of an element. */
typedef struct fake_values {
    fake_floats scale, second;      /* second: TTQ's negative scale, PACT's clip */
    fake_floats threshold;
    fake_floats low, high;          /* levels less the zero point */
    fake_ints zero;
} fake_values;

/* NaN becomes low. */
FAKE_INLINED fake_floats fake_bounded(fake_floats x, fake_floats low, fake_floats high)
{
    const fake_floats lifted = x > low ? x : low;
    return lifted < high ? lifted : high;
}

/* |x| < 2^22. */
FAKE_INLINED fake_ints fake_round(fake_floats x)
{
    return FAKE_AS_INTS(x + FAKE_MAGIC) - FAKE_MAGIC_BITS;
}

FAKE_INLINED fake_floats fake_scale(fake_floats given, float least)
{
    const fake_floats most = (fake_floats)0x1p126f, lifted = given < (fake_floats)least ? (fake_floats)least : given;
    return lifted <= most ? lifted : most;
}

/* From the words in memory; those that the scheme does not have are not looked at. No struct is returned: inlining
 * that leaves marks of scoped aliases behind, which not every reader of the code knows. */
FAKE_INLINED void fake_set_values(const fake_rule *rule, fake_floats scale, fake_floats second, fake_ints other, fake_values *v)
{
    const fake_floats given = fake_scale(scale, rule->least);
    v->scale = rule->has_scales ? (rule->divisor != 0.0f ? fake_divide(given, (fake_floats)rule->divisor) : given) : (fake_floats)rule->scale;
    v->second = rule->has_two ? fake_scale(second, rule->least) : given;
    const fake_floats threshold = FAKE_AS_FLOATS(other);
    v->threshold = threshold > (fake_floats)0.0f ? threshold : (fake_floats)0.0f;
    const fake_ints lifted = other > (fake_ints)rule->low ? other : (fake_ints)rule->low, zero = lifted < (fake_ints)rule->high ? lifted : (fake_ints)rule->high;
    v->zero = rule->has_zeros ? zero : (fake_ints)0;
    v->low = FAKE_TO_FLOATS((fake_ints)rule->low - v->zero);
    v->high = FAKE_TO_FLOATS((fake_ints)rule->high - v->zero);
}

/* A function of its own, the same on every device: docs/numerics.md. |x| = y: expm1(-2 y) = 2^k (exp(r) - 1) + (2^k - 1), exp(r) - 1 by its series. */
FAKE_INLINED fake_floats fake_tanh(fake_floats x)
{
    const fake_ints bits = FAKE_AS_INTS(x), magnitude = bits & 0x7fffffff;
    const fake_floats y = magnitude <= (fake_ints)0x7f800000 ? FAKE_AS_FLOATS(magnitude) : (fake_floats)0.0f;
    const fake_floats w = (y < (fake_floats)10.0f ? y : (fake_floats)10.0f) * -2.0f;
    const fake_ints k = fake_round(w * 1.44269504f);
    const fake_floats whole = FAKE_TO_FLOATS(k);
    const fake_floats r = (w - whole * 0.693359375f) - whole * -2.12194440e-4f;
    fake_floats q = r * (1.0f / 5040.0f) + (1.0f / 720.0f);
    q = q * r + (1.0f / 120.0f);
    q = q * r + (1.0f / 24.0f);
    q = q * r + (1.0f / 6.0f);
    q = q * r + 0.5f;
    const fake_floats p = r * r * q + r;
    const fake_floats power = FAKE_AS_FLOATS((k + 127) << 23);
    const fake_floats less = -(power * p + (power - 1.0f)); /* 1 - exp(-2 y) */
    const fake_ints result = FAKE_AS_INTS(fake_divide(less, 2.0f - less)) & 0x7fffffff;
    return FAKE_AS_FLOATS(result | (bits & (int)0x80000000));
}

/* 2 q - n of a ratio in -1 .. 1 and noise. */
FAKE_INLINED fake_ints fake_odd(const fake_rule *rule, fake_floats ratio, fake_floats noise)
{
    const fake_floats n = (fake_floats)(float)rule->high;
    const fake_floats place = ((ratio * 0.5f + 0.5f) + noise) * n;
    return 2 * fake_round(fake_bounded(place, (fake_floats)0.0f, n)) - rule->high;
}

/* `form` is a constant of the caller; noise is read by FAKE_NOISY alone. */
FAKE_INLINED fake_ints fake_code(int form, const fake_rule *rule, const fake_values *v, fake_floats x, fake_floats noise)
{
    const fake_ints plus = 1, minus = -1, none = 0;
    const fake_floats number = x == x ? x : (fake_floats)0.0f;
    if (form == FAKE_SIGN) return x < (fake_floats)0.0f ? minus : plus;
    if (form == FAKE_TERNARY) return x > v->threshold ? plus : x < -v->threshold ? minus : none;
    if (form == FAKE_ODD) return fake_odd(rule, fake_quotient(fake_tanh(x), v->scale), (fake_floats)0.0f);
    if (form == FAKE_NOISY) return fake_odd(rule, fake_quotient(number, v->scale), noise);
    return fake_round(fake_bounded(fake_quotient(number, v->scale), v->low, v->high)) + v->zero;
}

FAKE_INLINED fake_floats fake_value(int form, const fake_rule *rule, const fake_values *v, fake_ints code, fake_floats x)
{
    const fake_floats none = (fake_floats)0.0f;
    if (form == FAKE_SIGN) return code < (fake_ints)0 ? -v->scale : v->scale;
    if (form == FAKE_TERNARY) return code > (fake_ints)0 ? v->scale : code < (fake_ints)0 ? -(rule->has_two ? v->second : v->scale) : none;
    if (form == FAKE_ODD) return FAKE_TO_FLOATS(code) * rule->scale;
    if (form == FAKE_NOISY) return x == x ? v->scale * (FAKE_TO_FLOATS(code) * rule->scale) : x;
    return v->scale * FAKE_TO_FLOATS(code - v->zero);
}

/* g; `kind` is a constant of the caller. */
FAKE_INLINED fake_floats fake_gradient(int kind, const fake_rule *rule, const fake_values *v, fake_floats x)
{
    const fake_floats one = (fake_floats)1.0f, none = (fake_floats)0.0f;
    if (kind == FAKE_ONE) return one;
    if (kind == FAKE_TWO_SCALES) return x > v->threshold ? v->scale : x < -v->threshold ? v->second : one;
    if (kind == FAKE_CLIP) return x >= none ? (x < v->second ? one : none) : none;
    if (kind == FAKE_TANH) {
        const fake_floats t = fake_tanh(x);
        return fake_divide(1.0f - t * t, v->scale);
    }
    if (kind == FAKE_INSIDE || kind == FAKE_FILTER) {
        const fake_floats inside = kind == FAKE_FILTER ? v->scale : one;
        const fake_floats g = x >= (fake_floats)rule->least_x ? (x <= (fake_floats)rule->most_x ? inside : none) : none;
        return kind == FAKE_FILTER ? g + rule->share : g;
    }
    const fake_floats quotient = fake_quotient(x == x ? x : none, v->scale);
    const fake_floats number = x == x ? one : none;
    if (kind == FAKE_STEP) return quotient > v->low ? (quotient < v->high ? number : none) : none;
    const fake_floats level = FAKE_TO_FLOATS(fake_round(fake_bounded(quotient, v->low - 1.0f, v->high + 1.0f)));
    return level >= v->low ? (level <= v->high ? number : none) : none;
}

FAKE_INLINED fake_floats fake_pass(fake_floats dy, fake_floats g)
{
    return g == (fake_floats)0.0f ? (fake_floats)0.0f : dy * g;
}
