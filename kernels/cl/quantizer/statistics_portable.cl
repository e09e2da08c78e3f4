/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of x on any device: the lanes of a block are 16 work-items, of which the first joins what they have. A work-group has four blocks. */
#define BLOCKS_OF_GROUP 4

typedef struct lane_statistics {
    uint count, nonzero;
    float least, most, sum;
} lane_statistics;

__kernel __attribute__((reqd_work_group_size(STATISTICS_LANES, BLOCKS_OF_GROUP, 1))) void statistics_portable(__global const uchar *x, __global uchar *work, OP_COUNT,
                                                                                                            const statistics_params p)
{
    __local lane_statistics lanes[BLOCKS_OF_GROUP][STATISTICS_LANES];
    OP_BEGUN();
    const ulong number = get_global_id(1);
    const uint lane = get_local_id(0), row = get_local_id(1);
    const statistics_block b = find_block(&p, number);
    lane_statistics mine = {0, 0, INFINITY, -INFINITY, 0.0f};
    for (uint i = lane; i < b.count; i += STATISTICS_LANES) {
        const float value = load_float(x + p.head.offset[0], element_place(&p, &b, b.first + i), p.type) + 0.0f; /* -0 becomes 0 */
        if (!is_finite_float(value)) continue;
        mine.count++;
        mine.nonzero += value != 0.0f;
        mine.least = min(mine.least, value);
        mine.most = max(mine.most, value);
        mine.sum += value;
    }
    lanes[row][lane] = mine;
    barrier(CLK_LOCAL_MEM_FENCE); /* the first lane reads those of its block */
    if (lane != 0 || number >= p.total) return;
    float sums[STATISTICS_LANES];
    sums[0] = mine.sum;
    for (uint i = 1; i < STATISTICS_LANES; i++) {
        mine.count += lanes[row][i].count;
        mine.nonzero += lanes[row][i].nonzero;
        mine.least = min(mine.least, lanes[row][i].least);
        mine.most = max(mine.most, lanes[row][i].most);
        sums[i] = lanes[row][i].sum;
    }
    __global uint *to = (__global uint *)(work + p.head.offset[1]) + number;
    to[STATISTICS_COUNT * p.total] = mine.count;
    to[STATISTICS_NONZERO * p.total] = mine.nonzero;
    to[STATISTICS_NONFINITE * p.total] = b.count - mine.count;
    to[STATISTICS_MIN * p.total] = as_uint(mine.least);
    to[STATISTICS_MAX * p.total] = as_uint(mine.most);
    to[STATISTICS_SUM * p.total] = as_uint(sum_of_lanes(sums));
}

/* The second round: sums of |x - mean| and its square, the mean of this call. */
__kernel __attribute__((reqd_work_group_size(STATISTICS_LANES, BLOCKS_OF_GROUP, 1))) void deviations_portable(__global const uchar *x, __global uchar *work, OP_COUNT,
                                                                                                            const statistics_params p)
{
    __local float2 lanes[BLOCKS_OF_GROUP][STATISTICS_LANES];
    OP_BEGUN();
    const ulong number = get_global_id(1);
    const uint lane = get_local_id(0), row = get_local_id(1);
    const statistics_block b = find_block(&p, number);
    __global float *words = (__global float *)(work + p.head.offset[1]);
    const float mean = b.count ? words[STATISTICS_PLANES * p.total + CALL_MEAN * p.slots + b.slot] : 0.0f;
    float2 mine = 0.0f;
    for (uint i = lane; i < b.count; i += STATISTICS_LANES) {
        const float value = load_float(x + p.head.offset[0], element_place(&p, &b, b.first + i), p.type), distance = fabs(value - mean);
        if (!is_finite_float(value)) continue;
        mine.x += distance;
        mine.y += distance * distance;
    }
    lanes[row][lane] = mine;
    barrier(CLK_LOCAL_MEM_FENCE); /* the first lane reads those of its block */
    if (lane != 0 || number >= p.total) return;
    float deviations[STATISTICS_LANES], squares[STATISTICS_LANES];
    for (uint i = 0; i < STATISTICS_LANES; i++) {
        deviations[i] = lanes[row][i].x;
        squares[i] = lanes[row][i].y;
    }
    words[STATISTICS_DEVIATIONS * p.total + number] = sum_of_lanes(deviations);
    words[STATISTICS_SQUARES * p.total + number] = sum_of_lanes(squares);
}
