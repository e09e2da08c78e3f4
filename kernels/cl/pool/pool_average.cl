/* SPDX-License-Identifier: Apache-2.0 */
/* From the sums of LANES windows of as many taps each to bytes. */
/* One window: its first tap, its taps on each axis. */
typedef struct NAMED(pool_window) {
    __global const uchar *first;
    int taps[POOL_AXES];
    int inside, padded;
} NAMED(pool_window);

/* The integer quotient with ties away from zero. The float estimate is off by less than 1; the remainder says which way. */
static inline NAMED(lane_words) NAMED(quotient_away)(NAMED(half_ints) stored, int count, int low, int high)
{
    const NAMED(half_ints) sign = stored >> 31;
    const NAMED(half_ints) sum = (stored ^ sign) - sign + count / 2;
    NAMED(half_ints) quotient = __builtin_convertvector(__builtin_convertvector(sum, NAMED(half_floats)) * (1.0f / (float)count), NAMED(half_ints));
    const NAMED(half_ints) rest = sum - quotient * count;
    quotient -= rest >> 31 & 1;
    quotient += rest >= count ? (NAMED(half_ints))1 : (NAMED(half_ints))0;
    quotient = (quotient ^ sign) - sign;
    quotient = quotient > low ? quotient : (NAMED(half_ints))low;
    quotient = quotient < high ? quotient : (NAMED(half_ints))high;
    return __builtin_convertvector(quotient, NAMED(lane_words));
}

/* What turns the sums of one window into bytes. */
typedef struct NAMED(pool_end) {
    NAMED(form_lanes) form;
    bool has_form, is_plain;        /* without shift, ties and limits; without a form: */
    float multiplier, low, high;    /* of the rounded product, before the zero point */
    int zero;                       /* taken off a sum */
    int count;
    bool half_away;
    uchar add;                      /* to a byte, modulo 256: the zero point, and the flip back */
} NAMED(pool_end);

static inline void NAMED(load_end)(const pool_params *p, const NAMED(pool_window) *w, NAMED(pool_end) *end)
{
    const pool_form *form = pool_form_of(p, w->inside, w->padded);
    end->has_form = form != 0;
    end->is_plain = false;
    end->half_away = p->half_away;
    end->count = w->inside;
    end->zero = w->inside * (p->half_away ? p->flip : p->x_zero);
    end->low = (float)(p->low - (p->half_away ? p->flip : p->y_zero));
    end->high = (float)(p->high - (p->half_away ? p->flip : p->y_zero));
    end->add = p->half_away ? (uchar)0 : (uchar)(p->y_zero ^ p->flip);
    if (form) {
        NAMED(load_form)(p, form, &end->form);
        end->add = (uchar)(form->add + p->flip);
        end->is_plain = form->up == 0 && !form->has_ties && !form->clamps;
    } else if (!p->half_away) {
        end->multiplier = pool_multiplier(p, p->include_pad ? w->padded : w->inside);
    }
}

static inline NAMED(lane_words) NAMED(finish_half)(const NAMED(pool_end) *end, NAMED(half_ints) sum)
{
    if (end->half_away) return NAMED(quotient_away)(sum - end->zero, end->count, (int)end->low, (int)end->high);
    return NAMED(requantize_half)(sum - end->zero, end->multiplier, end->low, end->high);
}

static inline NAMED(lane_bytes) NAMED(finish_average)(const NAMED(pool_end) *end, NAMED(half_ints) even, NAMED(half_ints) odd)
{
    return NAMED(join_pairs)(NAMED(finish_half)(end, even), NAMED(finish_half)(end, odd)) + (NAMED(lane_bytes))end->add;
}

/* The same of sums that fit 16 bits. */
static inline NAMED(lane_bytes) NAMED(finish_short)(const NAMED(pool_end) *end, NAMED(lane_pairs) sum)
{
    if (!end->has_form) return NAMED(finish_average)(end, __builtin_convertvector(sum.even, NAMED(half_ints)), __builtin_convertvector(sum.odd, NAMED(half_ints)));
    return NAMED(join_pairs)(NAMED(form_results)(&end->form, sum.even), NAMED(form_results)(&end->form, sum.odd)) + (NAMED(lane_bytes))end->add;
}
