/* SPDX-License-Identifier: Apache-2.0 */
/* Ranges that need no search, any device: a work-item a slot (after quantizer/histogram_bin and normalize/square_root). */
typedef struct value_range {
    float low, high;
} value_range;

/* Within the extremes; NaN becomes an extreme. */
static inline value_range cut_range(float low, float high, histogram_span extremes)
{
    const float from = low >= extremes.low ? min(low, extremes.high) : extremes.low, to = high <= extremes.high ? max(high, extremes.low) : extremes.high;
    const value_range range = {from, max(from, to)};
    return range;
}

/* Of what is not negative; 0 below the normal numbers. */
static inline float root_of(float x)
{
    return x >= 0x1p-126f && x <= FLT_MAX ? clq_square_root(x) : x < 0x1p-126f ? 0.0f : x;
}

static inline value_range clipped_range(const range_params *p, const slot_statistics *s, histogram_span extremes)
{
    const ulong count = long_count(s->moment_count);
    if (count == 0) return cut_range(extremes.low, extremes.high, extremes);
    const float n = (float)count, mean = signed_quotient(s->sum[0] + s->sum[1], n), variance = signed_quotient(s->squares[0] + s->squares[1], n);
    const float deviation = signed_quotient(s->deviations[0] + s->deviations[1], n);
    const bool is_one_sided = s->min >= 0.0f && p->method != RANGE_STANDARD_DEVIATIONS;
    if (!is_one_sided) {
        const float reach = p->clip * (p->method == RANGE_LAPLACE ? deviation : root_of(variance));
        return cut_range(mean - reach, mean + reach, extremes);
    }
    /* Of what is not 0: the mean, and the mean square. */
    const ulong all = long_count(s->count), nonzero = long_count(s->nonzero);
    const float share = nonzero ? clq_divide((float)all, (float)nonzero) : 1.0f;
    const float width = p->method == RANGE_LAPLACE ? mean * share : root_of((mean * mean + variance) * share);
    return cut_range(0.0f, p->one_sided_clip * width, extremes);
}

static inline float edge_of(histogram_span span, int i, int bins)
{
    return i == bins ? span.high : span.low + (float)i * signed_quotient(span.high - span.low, (float)bins);
}

/* What a bound of magnitudes says of values. */
static inline value_range magnitude_range(float bound, histogram_span extremes)
{
    return cut_range(extremes.low >= 0.0f ? 0.0f : -bound, bound, extremes);
}

static inline value_range percentile_range(const range_params *p, __global const uint *counts, histogram_span extremes, histogram_span span)
{
    ulong total = 0, above = 0, below = 0;
    int from = 0, to = p->bins;
    for (int i = 0; i < p->bins; i++) total += counts[i];
    if (total == 0) return cut_range(extremes.low, extremes.high, extremes);
    const ulong most = (ulong)((float)total * p->dropped);
    while (to > 1 && above + counts[to - 1] <= most) above += counts[--to];
    if (p->is_magnitude) return magnitude_range(edge_of(span, to, p->bins), extremes);
    while (from < to - 1 && below + counts[from] <= most) below += counts[from++];
    return cut_range(edge_of(span, from, p->bins), edge_of(span, to, p->bins), extremes);
}

static inline value_range direct_range(const range_params *p, const slot_statistics *s, __global const uint *counts)
{
    const bool is_known = long_count(s->count) != 0;
    const histogram_span extremes = span_of(s->min, s->max, is_known, 0);
    if (!is_known || p->method == RANGE_MIN_MAX) return cut_range(extremes.low, extremes.high, extremes);
    if (p->method == RANGE_MOVING_AVERAGE) return cut_range(s->running_min, s->running_max, extremes);
    if (p->method == RANGE_SAMPLE_AVERAGE) {
        const float samples = (float)s->samples;
        return cut_range(signed_quotient(s->sample_min[0] + s->sample_min[1], samples), signed_quotient(s->sample_max[0] + s->sample_max[1], samples), extremes);
    }
    if (p->method == RANGE_PERCENTILE) return percentile_range(p, counts, extremes, span_of(s->min, s->max, true, p->is_magnitude));
    return clipped_range(p, s, extremes);
}

__kernel void range_direct(__global const uchar *states, __global const uchar *counts, __global uchar *work, __global uchar *ranges, OP_COUNT, const range_params p)
{
    OP_BEGUN();
    const ulong slot = get_global_id(0);
    if (slot >= p.slots) return;
    const slot_statistics state = ((__global const slot_statistics *)(states + p.head.offset[0]))[slot];
    const value_range range = direct_range(&p, &state, (__global const uint *)(counts + p.head.offset[1]) + slot * p.bins);
    __global float *to = (__global float *)(ranges + p.head.offset[3]) + 2 * slot;
    to[0] = range.low;
    to[1] = range.high;
}
