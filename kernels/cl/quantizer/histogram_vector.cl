/* SPDX-License-Identifier: Apache-2.0 */
/* A part of a slot into its histogram on a CPU: the bins of 16 elements at a time (after quantizer/statistics_vector). A slot that is one part needs no counts
 * of its own. */
#define MOST_BINS 4096

INLINED void count_elements(const statistics_params *p, __global const uchar *x, const statistics_block *b, float low, float factor, int type, __global uint *direct, uint *own)
{
    const float most = (float)(p->bins - 1);
    for (uint i = 0; i < b->count; i += 16) {
        const float16 value = block_elements(p, b, x, type, i), from = p->is_magnitude ? fabs(value) : value;
        const float16 scaled = (from - low) * factor, lifted = scaled > 0.0f ? scaled : (float16)0.0f; /* NaN becomes 0 */
        const sixteen_ints bin = {convert_int16(lifted < most ? lifted : (float16)most)}, bad = {(as_int16(value) & 0x7f800000) == (int16)0x7f800000};
        const uint number = min(b->count - i, 16u);
        for (uint lane = 0; lane < number; lane++) {
            if (direct) direct[bin.one[lane]] += !bad.one[lane];
            else own[bin.one[lane]] += !bad.one[lane];
        }
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void histogram_vector(__global const uchar *x, __global const uchar *states, __global uchar *counts, OP_COUNT,
                                                                             const statistics_params p)
{
    OP_BEGUN();
    const ulong number = get_global_id(0);
    if (number >= p.total) return;
    statistics_block b = {0, 0, 0, number % p.slots};
    b.begin = slot_begin(&p, b.slot);
    b.first = number / p.slots * p.chunk;
    const ulong elements = slot_elements(&p, b.slot);
    if (b.first >= elements) return;
    b.count = (uint)min(p.chunk, elements - b.first);
    __global const slot_statistics *state = (__global const slot_statistics *)(states + p.head.offset[1]) + b.slot;
    const histogram_span span = span_of(state->min, state->max, (state->count[0] | state->count[1]) != 0, p.is_magnitude);
    const float factor = bins_per_unit(span, p.bins);
    __global uint *to = (__global uint *)(counts + p.head.offset[2]) + b.slot * p.bins;
    __global const uchar *from = x + p.head.offset[0];
    uint own[MOST_BINS];
    const bool is_shared = p.blocks > 1;
    for (int i = 0; is_shared && i < p.bins; i++) own[i] = 0;
    __global uint *direct = is_shared ? 0 : to;
    if (p.type == CONVERT_F32) count_elements(&p, from, &b, span.low, factor, CONVERT_F32, direct, own);
    else if (p.type == CONVERT_F16) count_elements(&p, from, &b, span.low, factor, CONVERT_F16, direct, own);
    else count_elements(&p, from, &b, span.low, factor, CONVERT_BF16, direct, own);
    for (int i = 0; is_shared && i < p.bins; i++) {
        if (own[i]) atomic_add((volatile __global uint *)&to[i], own[i]);
    }
}
