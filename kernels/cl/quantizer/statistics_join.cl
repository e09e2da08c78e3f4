/* SPDX-License-Identifier: Apache-2.0 */
/* A slot's blocks into its state: a work-item a slot, the blocks one after the other. */
typedef struct call_statistics {
    ulong count, nonzero, nonfinite;
    float least, most;
    float_pair sum;
    float_pair sample_min, sample_max;
    uint samples;
} call_statistics;

static inline call_statistics join_blocks(const statistics_params *p, __global const uint *words, ulong slot, slot_statistics *state)
{
    call_statistics c = {0, 0, 0, INFINITY, -INFINITY, {0.0f, 0.0f}, {0.0f, 0.0f}, {0.0f, 0.0f}, 0};
    for (ulong sample = 0; sample < p->samples; sample++) {
        float least = INFINITY, most = -INFINITY;
        for (ulong block = 0; block < p->blocks; block++) {
            __global const uint *from = words + (sample * p->blocks + block) * p->slots + slot;
            c.count += from[STATISTICS_COUNT * p->total];
            c.nonzero += from[STATISTICS_NONZERO * p->total];
            c.nonfinite += from[STATISTICS_NONFINITE * p->total];
            c.sum = pair_add(c.sum, as_float(from[STATISTICS_SUM * p->total]));
            least = min(least, as_float(from[STATISTICS_MIN * p->total]));
            most = max(most, as_float(from[STATISTICS_MAX * p->total]));
        }
        if (least > most) continue; /* nothing finite */
        add_to_pair(state->sample_min, least);
        add_to_pair(state->sample_max, most);
        state->samples++;
        c.least = min(c.least, least);
        c.most = max(c.most, most);
    }
    return c;
}

static inline void take_extremes(slot_statistics *state, const call_statistics *c, float rate)
{
    const bool is_first = long_count(state->count) == 0;
    state->min = is_first ? c->least : min(state->min, c->least);
    state->max = is_first ? c->most : max(state->max, c->most);
    state->running_min = is_first ? c->least : state->running_min + rate * (c->least - state->running_min);
    state->running_max = is_first ? c->most : state->running_max + rate * (c->most - state->running_max);
    state->calls++;
}

__kernel void statistics_join(__global uchar *work, __global uchar *states, OP_COUNT, const statistics_params p)
{
    OP_BEGUN();
    const ulong slot = get_global_id(0);
    if (slot >= p.slots) return;
    __global uint *words = (__global uint *)(work + p.head.offset[0]), *call = words + STATISTICS_PLANES * p.total + slot;
    __global slot_statistics *place = (__global slot_statistics *)(states + p.head.offset[1]) + slot;
    slot_statistics state = *place;
    const call_statistics c = join_blocks(&p, words, slot, &state);
    if (c.count) take_extremes(&state, &c, p.rate);
    add_count(state.count, c.count);
    add_count(state.nonzero, c.nonzero);
    add_count(state.nonfinite, c.nonfinite);
    *place = state;
    call[CALL_MEAN * p.slots] = as_uint(c.count ? signed_quotient(c.sum.hi + c.sum.lo, (float)c.count) : 0.0f);
    call[CALL_SUM * p.slots] = as_uint(c.sum.hi);
    call[CALL_SUM_REST * p.slots] = as_uint(c.sum.lo);
    call[CALL_COUNT * p.slots] = (uint)c.count;
    call[CALL_COUNT_HIGH * p.slots] = (uint)(c.count >> 32);
}

/* The moments: squares about two means become squares about the mean of all by Chan's formula. */
__kernel void moments_join(__global uchar *work, __global uchar *states, OP_COUNT, const statistics_params p)
{
    OP_BEGUN();
    const ulong slot = get_global_id(0);
    if (slot >= p.slots) return;
    __global const uint *words = (__global const uint *)(work + p.head.offset[0]), *call = words + STATISTICS_PLANES * p.total + slot;
    __global slot_statistics *place = (__global slot_statistics *)(states + p.head.offset[1]) + slot;
    slot_statistics state = *place;
    float_pair deviations = {0.0f, 0.0f}, squares = {0.0f, 0.0f};
    for (ulong part = 0; part < p.samples * p.blocks; part++) {
        deviations = pair_add(deviations, as_float(words[STATISTICS_DEVIATIONS * p.total + part * p.slots + slot]));
        squares = pair_add(squares, as_float(words[STATISTICS_SQUARES * p.total + part * p.slots + slot]));
    }
    const ulong before = long_count(state.moment_count), count = call[CALL_COUNT * p.slots] | (ulong)call[CALL_COUNT_HIGH * p.slots] << 32;
    if (count == 0) return;
    if (before) {
        const float distance = as_float(call[CALL_MEAN * p.slots]) - signed_quotient(state.sum[0] + state.sum[1], (float)before);
        const float share = clq_divide((float)before, (float)(before + count));
        add_to_pair(state.squares, ((distance * distance) * share) * (float)count);
    }
    add_to_pair(state.squares, squares.hi);
    add_to_pair(state.squares, squares.lo);
    add_to_pair(state.deviations, deviations.hi);
    add_to_pair(state.deviations, deviations.lo);
    add_to_pair(state.sum, as_float(call[CALL_SUM * p.slots]));
    add_to_pair(state.sum, as_float(call[CALL_SUM_REST * p.slots]));
    add_count(state.moment_count, count);
    *place = state;
}
