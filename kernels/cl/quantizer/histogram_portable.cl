/* SPDX-License-Identifier: Apache-2.0 */
/* A part of a slot into its histogram, any device: a work-group counts in local memory and adds what it has found. */
#define MOST_BINS 4096
#define HISTOGRAM_ITEMS 64

__kernel __attribute__((reqd_work_group_size(HISTOGRAM_ITEMS, 1, 1))) void histogram_portable(__global const uchar *x, __global const uchar *states, __global uchar *counts,
                                                                                            OP_COUNT, const statistics_params p)
{
    __local uint found[MOST_BINS];
    OP_BEGUN();
    const ulong number = get_group_id(0);
    const uint item = get_local_id(0);
    statistics_block b = {0, 0, 0, 0};
    float low = 0.0f, factor = 0.0f;
    for (int i = item; i < p.bins; i += HISTOGRAM_ITEMS) found[i] = 0;
    if (number < p.total) {
        b.slot = number % p.slots;
        b.begin = slot_begin(&p, b.slot);
        b.first = number / p.slots * p.chunk;
        const ulong elements = slot_elements(&p, b.slot);
        b.count = b.first < elements ? (uint)min(p.chunk, elements - b.first) : 0;
        __global const slot_statistics *state = (__global const slot_statistics *)(states + p.head.offset[1]) + b.slot;
        const histogram_span span = span_of(state->min, state->max, (state->count[0] | state->count[1]) != 0, p.is_magnitude);
        low = span.low;
        factor = bins_per_unit(span, p.bins);
    }
    barrier(CLK_LOCAL_MEM_FENCE); /* all of `found` is 0 */
    for (uint i = item; i < b.count; i += HISTOGRAM_ITEMS) {
        const float value = load_float(x + p.head.offset[0], element_place(&p, &b, b.first + i), p.type);
        if (is_finite_float(value)) atomic_inc(&found[bin_of(value, p.is_magnitude, low, factor, p.bins)]);
    }
    barrier(CLK_LOCAL_MEM_FENCE); /* all have counted */
    if (b.count == 0) return;
    volatile __global uint *to = (volatile __global uint *)(counts + p.head.offset[2]) + b.slot * p.bins;
    for (int i = item; i < p.bins; i += HISTOGRAM_ITEMS) {
        if (found[i]) atomic_add(&to[i], found[i]);
    }
}
