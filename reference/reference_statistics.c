/* SPDX-License-Identifier: Apache-2.0 */
/* Statistics and histograms. Sums are in the order of docs/numerics.md, "Quantizers": blocks of 4096 elements in 16 lanes, lanes by halves, blocks in pairs. */
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "clqnn/reference_quantizer.h"
#include "quantizer_view.h"
#include "tensor_view.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

enum { BLOCK = 4096, LANES = 16 };

/* One slot of one call: its elements' values, in order. */
typedef struct call_elements {
    float *values;
    int64_t count;
} call_elements;

static void add_pair(float *pair, float x)
{
    const float sum = pair[0] + x, part = sum - pair[0];
    pair[1] += (pair[0] - (sum - part)) + (x - part);
    pair[0] = sum;
}

static void add_count(uint32_t *count, uint64_t more)
{
    const uint64_t all = (count[0] | (uint64_t)count[1] << 32) + more;
    count[0] = (uint32_t)all;
    count[1] = (uint32_t)(all >> 32);
}

static uint64_t count_of(const uint32_t *count)
{
    return count[0] | (uint64_t)count[1] << 32;
}

static float same(float x, float mean)
{
    (void)mean;
    return x;
}

static float distance(float x, float mean)
{
    return fabsf(x - mean);
}

static float square(float x, float mean)
{
    return (x - mean) * (x - mean);
}

static float sum_block(const float *values, int64_t count, float (*term)(float x, float mean), float mean)
{
    float lanes[LANES] = {0.0f};
    for (int64_t i = 0; i < count; i++) {
        if (isfinite(values[i])) lanes[i % LANES] += term(values[i], mean);
    }
    for (int half = LANES / 2; half > 0; half /= 2) {
        for (int i = 0; i < half; i++) lanes[i] += lanes[i + half];
    }
    return lanes[0];
}

/* Sample by sample, block by block. */
static void sum_call(const call_elements *e, int64_t samples, float (*term)(float x, float mean), float mean, float pair[2])
{
    const int64_t length = e->count / samples;
    pair[0] = pair[1] = 0.0f;
    for (int64_t sample = 0; sample < samples; sample++) {
        for (int64_t i = 0; i < length; i += BLOCK) {
            add_pair(pair, sum_block(e->values + sample * length + i, length - i < BLOCK ? length - i : BLOCK, term, mean));
        }
    }
}

static void take_samples(const call_elements *e, int64_t samples, clqnn_slot_statistics *state, float *least, float *most)
{
    const int64_t length = e->count / samples;
    *least = INFINITY;
    *most = -INFINITY;
    for (int64_t sample = 0; sample < samples; sample++) {
        float low = INFINITY, high = -INFINITY;
        for (int64_t i = sample * length; i < (sample + 1) * length; i++) {
            if (!isfinite(e->values[i])) continue;
            const float value = e->values[i] == 0.0f ? 0.0f : e->values[i];
            if (value < low) low = value;
            if (value > high) high = value;
        }
        if (low > high) continue;
        add_pair(state->sample_min, low);
        add_pair(state->sample_max, high);
        state->samples++;
        if (low < *least) *least = low;
        if (high > *most) *most = high;
    }
}

static void take_extremes(float least, float most, float rate, clqnn_slot_statistics *state)
{
    const int is_first = count_of(state->count) == 0;
    if (is_first || least < state->min) state->min = least;
    if (is_first || most > state->max) state->max = most;
    state->running_min = is_first ? least : state->running_min + rate * (least - state->running_min);
    state->running_max = is_first ? most : state->running_max + rate * (most - state->running_max);
    state->calls++;
}

static void take_moments(const call_elements *e, int64_t samples, uint64_t count, clqnn_slot_statistics *state)
{
    float sum[2], deviations[2], squares[2];
    sum_call(e, samples, same, 0.0f, sum);
    const float mean = (sum[0] + sum[1]) / (float)count;
    sum_call(e, samples, distance, mean, deviations);
    sum_call(e, samples, square, mean, squares);
    const uint64_t before = count_of(state->moment_count);
    if (before) {
        const float apart = mean - (state->sum[0] + state->sum[1]) / (float)before;
        add_pair(state->squares, ((apart * apart) * ((float)before / (float)(before + count))) * (float)count);
    }
    for (int i = 0; i < 2; i++) {
        add_pair(state->squares, squares[i]);
        add_pair(state->deviations, deviations[i]);
        add_pair(state->sum, sum[i]);
    }
    add_count(state->moment_count, count);
}

static int load_slot(const clqnn_tensor *tensor, clqnn_granularity granularity, const void *x, int64_t slot, call_elements *e)
{
    int64_t *places = clq_reference_slot_places(tensor, granularity, slot, &e->count);
    e->values = malloc((size_t)(e->count + 1) * sizeof *e->values);
    for (int64_t i = 0; places && e->values && i < e->count; i++) e->values[i] = clq_reference_load_float(tensor->type, x, places[i]);
    const int is_loaded = places && e->values;
    free(places);
    if (!is_loaded) free(e->values);
    return is_loaded;
}

clqnn_status clqnn_reference_statistics(const clqnn_statistics_desc *desc, const void *x, clqnn_slot_statistics *states)
{
    const int64_t samples = desc->samples ? desc->samples : 1;
    for (int64_t slot = 0; slot < clq_reference_slot_count(&desc->x, desc->granularity); slot++) {
        clqnn_slot_statistics *state = &states[slot];
        call_elements e;
        uint64_t count = 0, nonzero = 0;
        float least, most;
        if (!load_slot(&desc->x, desc->granularity, x, slot, &e)) return CLQNN_OUT_OF_MEMORY;
        for (int64_t i = 0; i < e.count; i++) {
            count += isfinite(e.values[i]) != 0;
            nonzero += isfinite(e.values[i]) && e.values[i] != 0.0f;
        }
        take_samples(&e, samples, state, &least, &most);
        if (count) take_extremes(least, most, 1.0f - (desc->momentum == 0.0f ? 0.9f : desc->momentum), state);
        if (count && !desc->extremes_only) take_moments(&e, samples, count, state);
        add_count(state->count, count);
        add_count(state->nonzero, nonzero);
        add_count(state->nonfinite, (uint64_t)e.count - count);
        free(e.values);
    }
    return CLQNN_OK;
}

clqnn_status clqnn_reference_histogram(const clqnn_histogram_desc *desc, const void *x, const clqnn_slot_statistics *state, uint32_t *counts)
{
    const int32_t bins = desc->bins ? desc->bins : 2048;
    for (int64_t i = 0; i < clq_reference_count(&desc->x); i++) {
        const int64_t slot = clq_reference_slot_of(&desc->x, desc->granularity, i);
        const float value = clq_reference_load_float(desc->x.type, x, i);
        float low = 0.0f, high = 0.0f;
        if (!isfinite(value)) continue;
        if (count_of(state[slot].count)) clq_reference_histogram_span(&state[slot], desc->is_magnitude, &low, &high);
        const float factor = high - low >= 0x1p-100f ? (float)bins / (high - low) : 0.0f;
        const float place = factor > 0.0f ? floorf(((desc->is_magnitude ? fabsf(value) : value) - low) * factor) : 0.0f;
        const int64_t bin = place < 0.0f ? 0 : place > (float)(bins - 1) ? bins - 1 : (int64_t)place;
        counts[slot * bins + bin]++;
    }
    return CLQNN_OK;
}
