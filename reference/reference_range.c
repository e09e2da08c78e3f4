/* SPDX-License-Identifier: Apache-2.0 */
/* Ranges by every method: the formulas of clqnn/quantizer.h. */
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "clqnn/reference_quantizer.h"
#include "quantizer_view.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

/* A slot, and all that its range is made of. */
typedef struct slot_view {
    const clqnn_range_desc *desc;
    const clqnn_slot_statistics *state;
    const uint32_t *counts;
    int32_t bins;
    float low, high;               /* the extremes */
    float span_low, span_high;     /* of the histogram */
} slot_view;

static void cut(const slot_view *v, float low, float high, float range[2])
{
    range[0] = low >= v->low ? low : v->low;
    if (range[0] > v->high) range[0] = v->high;
    range[1] = high <= v->high ? high : v->high;
    if (range[1] < v->low) range[1] = v->low;
    if (range[1] < range[0]) range[1] = range[0];
}

static void of_magnitude(const slot_view *v, float bound, float range[2])
{
    cut(v, v->low >= 0.0f ? 0.0f : -bound, bound, range);
}

static float edge(const slot_view *v, int32_t i)
{
    return i == v->bins ? v->span_high : v->span_low + (float)i * ((v->span_high - v->span_low) / (float)v->bins);
}

static uint64_t count_of(const uint32_t *words)
{
    return words[0] | (uint64_t)words[1] << 32;
}

/* ---- Clips ---- */

/* The root of the derivative of the expected squared error, by Newton's method from above: it is convex there. */
static float analytic(clqnn_range_method method, int32_t bits)
{
    const double third = 1.0 / (3.0 * pow(4.0, bits)), pi = 3.14159265358979323846;
    double a = method == CLQNN_RANGE_LAPLACE ? 0.0 : 1.0;
    for (int i = 0; i < 200; i++) {
        if (method == CLQNN_RANGE_LAPLACE) a -= (a * third - exp(-a)) / (third + exp(-a));
        else a -= (a * erfc(a / sqrt(2.0)) - sqrt(2.0 / pi) * exp(-a * a / 2.0) + a * third) / (erfc(a / sqrt(2.0)) + third);
    }
    return (float)a;
}

static float root_of(float x)
{
    return x < 0x1p-126f ? 0.0f : sqrtf(x);
}

static void clipped(const slot_view *v, float range[2])
{
    const clqnn_slot_statistics *s = v->state;
    const clqnn_range_method method = v->desc->method;
    const uint64_t count = count_of(s->moment_count);
    if (count == 0) {
        cut(v, v->low, v->high, range);
        return;
    }
    const float n = (float)count, mean = (s->sum[0] + s->sum[1]) / n, variance = (s->squares[0] + s->squares[1]) / n, b = (s->deviations[0] + s->deviations[1]) / n;
    if (method == CLQNN_RANGE_STANDARD_DEVIATIONS) {
        const float reach = (v->desc->deviations == 0.0f ? 3.0f : v->desc->deviations) * root_of(variance);
        cut(v, mean - reach, mean + reach, range);
    } else if (s->min >= 0.0f) {
        const float share = count_of(s->nonzero) ? (float)count_of(s->count) / (float)count_of(s->nonzero) : 1.0f;
        const float width = method == CLQNN_RANGE_LAPLACE ? mean * share : root_of((mean * mean + variance) * share);
        cut(v, 0.0f, analytic(method, v->desc->codes.bits + 1) * width, range);
    } else {
        const float reach = analytic(method, v->desc->codes.bits) * (method == CLQNN_RANGE_LAPLACE ? b : root_of(variance));
        cut(v, mean - reach, mean + reach, range);
    }
}

/* ---- From histograms ---- */

static uint64_t total_of(const slot_view *v)
{
    uint64_t total = 0;
    for (int32_t i = 0; i < v->bins; i++) total += v->counts[i];
    return total;
}

static void percentile(const slot_view *v, float range[2])
{
    const float kept = v->desc->kept == 0.0f ? 0.9999f : v->desc->kept;
    const float dropped = v->desc->is_magnitude ? 1.0f - kept : (1.0f - kept) * 0.5f;
    const uint64_t most = (uint64_t)((float)total_of(v) * dropped);
    int32_t from = 0, to = v->bins;
    uint64_t below = 0, above = 0;
    while (to > 1 && above + v->counts[to - 1] <= most) above += v->counts[--to];
    while (!v->desc->is_magnitude && from < to - 1 && below + v->counts[from] <= most) below += v->counts[from++];
    if (v->desc->is_magnitude) of_magnitude(v, edge(v, to), range);
    else cut(v, edge(v, from), edge(v, to), range);
}

static float squared_error(const slot_view *v, const float range[2])
{
    const float width = (v->span_high - v->span_low) / (float)v->bins;
    int32_t least, most, zero;
    float scale, error = 0.0f;
    clq_reference_code_range(&v->desc->codes, &least, &most);
    clq_reference_parameters(range[0], range[1], least, most, v->desc->is_symmetric, &scale, &zero);
    for (int32_t i = 0; i < v->bins; i++) {
        const float middle = v->span_low + ((float)i + 0.5f) * width;
        const float rounded = rintf(middle / scale), low = (float)(least - zero), high = (float)(most - zero);
        const float lost = middle - scale * (rounded < low ? low : rounded > high ? high : rounded);
        error += (float)v->counts[i] * (lost * lost);
    }
    return error;
}

static void least_squares(const slot_view *v, float range[2])
{
    float least = INFINITY;
    cut(v, v->low, v->high, range);
    for (int i = 128; i > 0; i--) {
        float tried[2];
        if (v->desc->is_magnitude) of_magnitude(v, v->span_high * ((float)i / 128.0f), tried);
        else cut(v, v->low * ((float)i / 128.0f), v->high * ((float)i / 128.0f), tried);
        const float error = squared_error(v, tried);
        if (!(error < least)) continue;
        least = error;
        range[0] = tried[0];
        range[1] = tried[1];
    }
}

static float log2_of(float x)
{
    int exponent;
    float fraction = 2.0f * frexpf(x, &exponent);
    exponent--;
    if (fraction > 1.41421354f) {
        fraction /= 2.0f;
        exponent++;
    }
    const float s = (fraction - 1.0f) / (fraction + 1.0f), square = s * s;
    float series = 1.0f / 9.0f;
    for (int i = 7; i > 0; i -= 2) series = series * square + 1.0f / (float)i;
    return (float)exponent + s * (2.88539004f * series);
}

/* Of the first `used` bins against what so many levels can tell of them. */
static float divergence(const slot_view *v, int32_t used, int32_t levels)
{
    const uint64_t total = total_of(v);
    uint64_t inside = 0, of_level[256] = {0}, filled[256] = {0};
    float sum = 0.0f;
    for (int32_t i = 0; i < used; i++) inside += v->counts[i];
    if (inside == 0) return INFINITY;
    for (int32_t i = 0; i < used; i++) {
        of_level[(int64_t)i * levels / used] += v->counts[i];
        filled[(int64_t)i * levels / used] += v->counts[i] || (i == used - 1 && total > inside);
    }
    for (int32_t i = 0; i < used; i++) {
        const int64_t level = (int64_t)i * levels / used;
        const uint64_t count = v->counts[i] + (i == used - 1 ? total - inside : 0);
        if (filled[level] && of_level[level] == 0) return INFINITY;
        if (count) sum += (float)count * (log2_of((float)count) - log2_of((float)of_level[level] / (float)filled[level]));
    }
    return sum / (float)total + (log2_of((float)inside) - log2_of((float)total));
}

static void entropy(const slot_view *v, float range[2])
{
    const int32_t stride = v->bins < 256 ? 1 : v->bins / 256, bits = v->desc->codes.bits;
    const int32_t levels = v->low >= 0.0f && !v->desc->is_symmetric ? 1 << bits : 1 << (bits - 1);
    float least = INFINITY;
    cut(v, v->low, v->high, range);
    for (int32_t i = v->bins; i >= levels; i -= stride) {
        const float found = divergence(v, i, levels);
        if (!(found < least)) continue;
        least = found;
        of_magnitude(v, edge(v, i), range);
    }
}

static void range_of_slot(const slot_view *v, float range[2])
{
    const clqnn_slot_statistics *s = v->state;
    const float samples = (float)s->samples;
    switch (v->desc->method) {
    case CLQNN_RANGE_MIN_MAX: cut(v, v->low, v->high, range); break;
    case CLQNN_RANGE_MOVING_AVERAGE: cut(v, s->running_min, s->running_max, range); break;
    case CLQNN_RANGE_SAMPLE_AVERAGE: cut(v, (s->sample_min[0] + s->sample_min[1]) / samples, (s->sample_max[0] + s->sample_max[1]) / samples, range); break;
    case CLQNN_RANGE_PERCENTILE: percentile(v, range); break;
    case CLQNN_RANGE_LEAST_SQUARES: least_squares(v, range); break;
    case CLQNN_RANGE_ENTROPY: entropy(v, range); break;
    default: clipped(v, range); break;
    }
}

void clq_reference_histogram_span(const clqnn_slot_statistics *state, int32_t is_magnitude, float *low, float *high)
{
    const float from = state->min < -0x1p126f ? -0x1p126f : state->min > 0x1p126f ? 0x1p126f : state->min;
    const float to = state->max < -0x1p126f ? -0x1p126f : state->max > 0x1p126f ? 0x1p126f : state->max;
    *low = is_magnitude ? 0.0f : from;
    *high = !is_magnitude ? to : fabsf(from) > fabsf(to) ? fabsf(from) : fabsf(to);
}

clqnn_status clqnn_reference_range(const clqnn_range_desc *desc, const clqnn_slot_statistics *state, const uint32_t *counts, float *ranges)
{
    for (int64_t slot = 0; slot < desc->slots; slot++) {
        slot_view v = {.desc = desc, .state = &state[slot], .bins = desc->bins ? desc->bins : 2048};
        v.counts = counts ? counts + slot * v.bins : NULL;
        ranges[2 * slot] = ranges[2 * slot + 1] = 0.0f;
        if (count_of(state[slot].count) == 0) continue;
        clq_reference_histogram_span(&state[slot], 0, &v.low, &v.high);
        clq_reference_histogram_span(&state[slot], desc->is_magnitude, &v.span_low, &v.span_high);
        const int is_empty = desc->method >= CLQNN_RANGE_PERCENTILE && total_of(&v) == 0;
        if (is_empty) cut(&v, v.low, v.high, ranges + 2 * slot);
        else range_of_slot(&v, ranges + 2 * slot);
    }
    return CLQNN_OK;
}
