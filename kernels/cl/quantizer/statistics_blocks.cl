/* SPDX-License-Identifier: Apache-2.0 */
/* Where the blocks of a tensor lie, pairs of floats, and the tree of 16 lanes (after quantizer/statistics_params and convert/convert_float_element). */
typedef struct statistics_block {
    ulong begin;     /* the slot's first element */
    ulong first;     /* the block's first element, of the slot's */
    uint count;      /* 0: there is none */
    ulong slot;
} statistics_block;

static inline ulong slot_begin(const statistics_params *p, ulong slot)
{
    const ulong group = slot / p->inner;
    return group / p->groups * p->outer_step + group % p->groups * p->group_step + slot % p->inner;
}

static inline ulong slot_elements(const statistics_params *p, ulong slot)
{
    return slot / p->inner % p->groups == p->groups - 1 ? p->last_elements : p->elements;
}

static inline statistics_block find_block(const statistics_params *p, ulong number)
{
    statistics_block b = {0, 0, 0, 0};
    if (number >= p->total) return b;
    const ulong part = number / p->slots, sample = part / p->blocks, skipped = part % p->blocks * STATISTICS_BLOCK;
    b.slot = number % p->slots;
    const ulong length = slot_elements(p, b.slot) / p->samples;
    b.begin = slot_begin(p, b.slot);
    b.first = sample * length + skipped;
    b.count = skipped < length ? (uint)min((ulong)STATISTICS_BLOCK, length - skipped) : 0;
    return b;
}

static inline ulong element_place(const statistics_params *p, const statistics_block *b, ulong k)
{
    const ulong row = k / p->run;
    return b->begin + row * p->row_step + (k - row * p->run) * p->step;
}

static inline bool is_finite_float(float x)
{
    return (as_int(x) & 0x7f800000) != 0x7f800000;
}

/* The lanes' sum: neighbours at distance 8, 4, 2, 1. */
static inline float sum_of_lanes(float *lanes)
{
    for (int distance = STATISTICS_LANES / 2; distance > 0; distance /= 2) {
        for (int i = 0; i < distance; i++) lanes[i] += lanes[i + distance];
    }
    return lanes[0];
}

/* hi + lo; what an addition to hi loses is added to lo. */
typedef struct float_pair {
    float hi, lo;
} float_pair;

static inline float_pair pair_add(float_pair p, float x)
{
    const float sum = p.hi + x, part = sum - p.hi, lost = (p.hi - (sum - part)) + (x - part);
    const float_pair r = {sum, p.lo + lost};
    return r;
}

/* a / b of any sign; b is positive. */
static inline float signed_quotient(float a, float b)
{
    return a == 0.0f ? 0.0f : a < 0.0f ? -clq_divide(-a, b) : clq_divide(a, b);
}
