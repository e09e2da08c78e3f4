/* SPDX-License-Identifier: Apache-2.0 */
/* Ranges that are searched for in a histogram, any device: a work-item finds the error of one candidate of one slot, then one of each slot takes the least
 * (after quantizer/range_direct and quantizer/range_to_parameters). */

/* log2 of a positive normal float, the same on every device: docs/numerics.md, "Quantizers". */
static inline float log2_of(float x)
{
    int exponent = (as_int(x) >> 23) - 127;
    float fraction = as_float((as_int(x) & 0x7fffff) | 0x3f800000);
    if (fraction > 1.41421354f) {
        fraction *= 0.5f;
        exponent++;
    }
    const float s = signed_quotient(fraction - 1.0f, fraction + 1.0f), square = s * s;
    const float series = (((0.111111112f * square + 0.142857149f) * square + 0.2f) * square + 0.333333343f) * square + 1.0f;
    return (float)exponent + s * (2.88539004f * series);
}

static inline value_range squares_candidate(const range_params *p, int candidate, histogram_span extremes, histogram_span span)
{
    const float share = (float)(RANGE_SHARES - candidate) * (1.0f / RANGE_SHARES);
    if (p->is_magnitude) return magnitude_range(span.high * share, extremes);
    return cut_range(extremes.low * share, extremes.high * share, extremes);
}

/* Infinite for an empty histogram. */
static inline float squared_error(const range_params *p, __global const uint *counts, value_range range, histogram_span span)
{
    const scale_and_zero q = range_to_parameters(range.low, range.high, p->least, p->most, p->is_symmetric);
    const float width = signed_quotient(span.high - span.low, (float)p->bins);
    float error = 0.0f;
    bool is_empty = true;
    for (int i = 0; i < p->bins; i++) {
        if (counts[i] == 0) continue;
        const float middle = span.low + ((float)i + 0.5f) * width;
        const float code = clamp(rint(signed_quotient(middle, q.scale)), (float)(p->least - q.zero), (float)(p->most - q.zero));
        const float lost = middle - q.scale * code;
        error += (float)counts[i] * (lost * lost);
        is_empty = false;
    }
    return is_empty ? INFINITY : error;
}

/* Infinite where the first `bins` bins say nothing, or too little of what falls into their last. */
static inline float divergence(const range_params *p, __global const uint *counts, int bins, int levels)
{
    ulong inside = 0, total = 0;
    for (int i = 0; i < p->bins; i++) {
        total += counts[i];
        if (i < bins) inside += counts[i];
    }
    if (inside == 0) return INFINITY;
    float sum = 0.0f;
    for (int level = 0, i = 0; level < levels; level++) {
        const int end = ((level + 1) * bins + levels - 1) / levels;
        ulong of_level = 0;
        int filled = 0;
        for (int j = i; j < end; j++) {
            of_level += counts[j];
            filled += counts[j] != 0 || (j == bins - 1 && total != inside);
        }
        if (filled && of_level == 0) return INFINITY;
        const float expected = filled ? log2_of(clq_divide((float)of_level, (float)filled)) : 0.0f;
        for (; i < end; i++) {
            const ulong count = counts[i] + (i == bins - 1 ? total - inside : 0);
            if (count) sum += (float)count * (log2_of((float)count) - expected);
        }
    }
    return signed_quotient(sum, (float)total) + (log2_of((float)inside) - log2_of((float)total));
}

static inline int levels_of(const range_params *p, histogram_span extremes)
{
    return extremes.low >= 0.0f ? p->one_sided_levels : p->levels;
}

__kernel void range_errors(__global const uchar *states, __global const uchar *counts, __global uchar *work, __global uchar *ranges, OP_COUNT, const range_params p)
{
    OP_BEGUN();
    const ulong number = get_global_id(0);
    if (number >= p.slots * p.candidates) return;
    const ulong slot = number / p.candidates;
    const int candidate = (int)(number % p.candidates);
    __global const slot_statistics *s = (__global const slot_statistics *)(states + p.head.offset[0]) + slot;
    __global const uint *bins = (__global const uint *)(counts + p.head.offset[1]) + slot * p.bins;
    const bool is_known = (s->count[0] | s->count[1]) != 0;
    const histogram_span extremes = span_of(s->min, s->max, is_known, 0), span = span_of(s->min, s->max, is_known, p.is_magnitude);
    float error = INFINITY;
    if (is_known && p.method == RANGE_LEAST_SQUARES) {
        error = squared_error(&p, bins, squares_candidate(&p, candidate, extremes, span), span);
    } else if (is_known) {
        const int first = p.bins - candidate * p.stride, levels = levels_of(&p, extremes);
        if (first >= levels) error = divergence(&p, bins, first, levels);
    }
    ((__global float *)(work + p.head.offset[2]))[number] = error;
}

__kernel void range_choose(__global const uchar *states, __global const uchar *counts, __global uchar *work, __global uchar *ranges, OP_COUNT, const range_params p)
{
    OP_BEGUN();
    const ulong slot = get_global_id(0);
    if (slot >= p.slots) return;
    __global const float *errors = (__global const float *)(work + p.head.offset[2]) + slot * p.candidates;
    __global const slot_statistics *s = (__global const slot_statistics *)(states + p.head.offset[0]) + slot;
    const bool is_known = (s->count[0] | s->count[1]) != 0;
    const histogram_span extremes = span_of(s->min, s->max, is_known, 0), span = span_of(s->min, s->max, is_known, p.is_magnitude);
    int best = -1;
    float least = INFINITY;
    for (int i = 0; i < p.candidates; i++) {
        if (!(errors[i] < least)) continue;
        least = errors[i];
        best = i;
    }
    value_range range = cut_range(extremes.low, extremes.high, extremes);
    if (best >= 0 && p.method == RANGE_LEAST_SQUARES) range = squares_candidate(&p, best, extremes, span);
    if (best >= 0 && p.method == RANGE_ENTROPY) range = magnitude_range(edge_of(span, p.bins - best * p.stride, p.bins), extremes);
    __global float *to = (__global float *)(ranges + p.head.offset[3]) + 2 * slot;
    to[0] = range.low;
    to[1] = range.high;
}
