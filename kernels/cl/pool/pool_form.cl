/* SPDX-License-Identifier: Apache-2.0 */
/* The forms of pool_params on LANES / 2 sums at a time. */
typedef short NAMED(lane_shorts) __attribute__((ext_vector_type(LANES / 2)));

typedef struct NAMED(form_lanes) {
    volatile NAMED(lane_words) multiplier;  /* read anew each time: only then does LLVM see that both factors have 16 bits, and takes one instruction */
    NAMED(lane_words) bias, odd;
    NAMED(lane_shorts) low, high;           /* of q */
    ushort up, down;
    bool has_ties, clamps;
} NAMED(form_lanes);

static inline void NAMED(load_form)(const pool_params *p, const pool_form *form, NAMED(form_lanes) *lanes)
{
    lanes->multiplier = (NAMED(lane_words))(ushort)form->multiplier;
    lanes->bias = (NAMED(lane_words))(ushort)form->bias;
    lanes->odd = (NAMED(lane_words))(ushort)form->odd;
    lanes->low = (NAMED(lane_shorts))(short)(p->low - form->add);
    lanes->high = (NAMED(lane_shorts))(short)(p->high - form->add);
    lanes->up = (ushort)form->up;
    lanes->down = (ushort)form->down;
    lanes->has_ties = form->has_ties;
    lanes->clamps = form->clamps;
}

INLINED NAMED(lane_words) NAMED(form_product)(const NAMED(form_lanes) *lanes, NAMED(lane_words) t)
{
    typedef uint products __attribute__((ext_vector_type(LANES / 2)));
    const products product = __builtin_convertvector(t, products) * __builtin_convertvector(lanes->multiplier, products) >> 16u;
    return __builtin_convertvector(product, NAMED(lane_words)) >> (NAMED(lane_words))lanes->down;
}

/* Bytes before `add`, of a form with nothing but bias, product and one shift. */
INLINED NAMED(lane_bytes) NAMED(plain_form)(const NAMED(form_lanes) *lanes, NAMED(lane_words) even, NAMED(lane_words) odd)
{
    const NAMED(lane_words) low = NAMED(form_product)(lanes, even + lanes->bias), high = NAMED(form_product)(lanes, odd + lanes->bias);
    return __builtin_astype(low | high << (ushort)8, NAMED(lane_bytes)); /* below 256, since all results are bytes */
}

/* Results as 16-bit words, but for `add` where nothing is limited; whatever they are modulo 256 is the byte. */
INLINED NAMED(lane_words) NAMED(form_results)(const NAMED(form_lanes) *lanes, NAMED(lane_words) sums)
{
    const NAMED(lane_words) t = (sums << (NAMED(lane_words))lanes->up) + lanes->bias;
    NAMED(lane_words) q = NAMED(form_product)(lanes, t);
    if (lanes->has_ties) q = NAMED(form_product)(lanes, t + ((q ^ lanes->odd) & (ushort)1));
    if (!lanes->clamps) return q;
    const NAMED(lane_shorts) value = __builtin_astype(q, NAMED(lane_shorts));
    const NAMED(lane_shorts) result = value > lanes->low ? value : lanes->low;
    return __builtin_astype(result < lanes->high ? result : lanes->high, NAMED(lane_words));
}
