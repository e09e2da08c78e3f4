/* SPDX-License-Identifier: Apache-2.0 */
/* What an element adds to its slot's sums (after fake_quant/fake_quant_code). Elements that pad a block are x = 0, dy = 0 and add nothing; none begins with -0. */
typedef struct fake_sums {
    fake_floats first, second;
} fake_sums;

/* `kind` is a constant of the caller. By pointer, as fake_set_values. */
FAKE_INLINED void fake_terms(int kind, const fake_values *v, fake_floats x, fake_floats dy, fake_sums *t)
{
    const fake_floats none = (fake_floats)0.0f, one = (fake_floats)1.0f, size = fabs(x), magnitude = size <= (fake_floats)FLT_MAX ? size : none;
    t->first = t->second = none;
    if (kind == FAKE_SUM_MAGNITUDE || kind == FAKE_MAX_MAGNITUDE) {
        t->first = magnitude;
    } else if (kind == FAKE_MAX_TANH) {
        t->first = fake_tanh(magnitude);
    } else if (kind == FAKE_SUM_ABOVE) {
        t->first = magnitude > v->threshold ? magnitude : none;
        t->second = magnitude > v->threshold ? one : none;
    } else if (kind == FAKE_SUM_CLIP) {
        t->first = x >= v->second ? dy : none;
    } else if (kind == FAKE_SUM_SCALES) {
        t->first = x > v->threshold ? dy : none;
        t->second = x < -v->threshold ? -dy : none;
    } else {
        const fake_floats quotient = fake_quotient(x == x ? x : none, v->scale);
        const fake_floats near = fake_bounded(quotient, v->low, v->high);
        t->first = dy * (quotient <= v->low ? v->low : quotient >= v->high ? v->high : FAKE_TO_FLOATS(fake_round(near)) - quotient);
    }
}

FAKE_INLINED fake_floats fake_join(bool is_max, fake_floats a, fake_floats b)
{
    return is_max ? (b > a ? b : a) : a + b;
}

static inline bool fake_is_max(int kind)
{
    return kind == FAKE_MAX_MAGNITUDE || kind == FAKE_MAX_TANH;
}
