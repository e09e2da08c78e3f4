/* SPDX-License-Identifier: Apache-2.0 */
/* From the partial sums of a slot to its result, any device: a work-item a slot. The partial sums are summed as the elements of a block are. */
static float fake_whole(__global const float *partial, ulong blocks, bool is_max)
{
    float lanes[FAKE_SUM_LANES];
    for (uint lane = 0; lane < FAKE_SUM_LANES; lane++) lanes[lane] = 0.0f;
    for (ulong block = 0; block < blocks; block++) {
        const uint lane = (uint)block % FAKE_SUM_LANES;
        lanes[lane] = is_max ? fmax(lanes[lane], partial[block]) : lanes[lane] + partial[block];
    }
    for (uint half_way = FAKE_SUM_LANES / 2; half_way > 0; half_way /= 2) {
        for (uint lane = 0; lane < half_way; lane++) lanes[lane] = is_max ? fmax(lanes[lane], lanes[lane + half_way]) : lanes[lane] + lanes[lane + half_way];
    }
    return lanes[0];
}

__kernel void fake_finish(__global const uchar *partial, __global uchar *result, OP_COUNT, const fake_finish_params p)
{
    OP_BEGUN();
    const ulong slot = get_global_id(0);
    if (slot >= p.slots) return;
    __global const float *first = (__global const float *)(partial + p.head.offset[0]) + slot * p.blocks, *second = first + p.slots * p.blocks;
    __global float *to = (__global float *)(result + p.head.offset[1]);
    float value = fake_whole(first, p.blocks, p.is_max != 0);
    if (p.divisor != 0.0f) {
        const float divisor = p.divisor < 0.0f ? fake_whole(second, p.blocks, false) : p.divisor;
        value = value < 0x1p-100f || divisor == 0.0f ? 0.0f : clq_divide(fmin(value, FLT_MAX), divisor);
    }
    value *= p.factor;
    if (p.least <= p.most) value = fmin(fmax(value, p.least), p.most);
    to[slot] = value;
    if (p.results == 2) to[p.slots + slot] = fake_whole(second, p.blocks, false) * p.factor;
}
