/* SPDX-License-Identifier: Apache-2.0 */
/* Sums over slots on any device, in the order of docs/numerics.md: a work-group of FAKE_SUM_LANES makes a block's, each item a lane's. */
static float fake_fold(bool is_max, float own, __local float *lanes)
{
    const uint lane = get_local_id(0);
    barrier(CLK_LOCAL_MEM_FENCE); /* the lanes of an earlier fold have been read */
    lanes[lane] = own;
    for (uint half_way = FAKE_SUM_LANES / 2; half_way > 0; half_way /= 2) {
        barrier(CLK_LOCAL_MEM_FENCE); /* lanes from half_way on are complete */
        if (lane < half_way) lanes[lane] = fake_join(is_max, lanes[lane], lanes[lane + half_way]);
    }
    return lanes[lane]; /* of the first item: the whole */
}

__kernel __attribute__((reqd_work_group_size(FAKE_SUM_LANES, 1, 1))) void fake_sums_portable(__global const uchar *x, __global const uchar *scales, __global const uchar *others,
                                                                                              __global uchar *partial, __global const uchar *dy, OP_COUNT, const fake_sums_params p)
{
    OP_BEGUN();
    __local float lanes[FAKE_SUM_LANES];
    if (p.kept.count == 0) return;
    const ulong slot = get_group_id(0) / p.blocks, block = get_group_id(0) - slot * p.blocks;
    const uint lane = get_local_id(0);
    const bool is_max = fake_is_max(p.kind), has_dy = p.kind >= FAKE_SUM_STEP;
    const nest_walk first = nest_begin(&p.kept, slot);
    const ulong x_step = p.reduced.stride[0][OP_RANK - 1], dy_step = p.reduced.stride[1][OP_RANK - 1];
    const fake_values v = fake_values_at(&p.rule, (__global const float *)(scales + p.head.offset[1]), (__global const int *)(others + p.head.offset[2]), slot);
    fake_sums sums = {0.0f, 0.0f};
    uint done = 0;
    nest_walk w = nest_begin(&p.reduced, block);
    while (w.left) {
        const uint run = nest_run(&p.reduced, &w);
        for (uint i = (lane - done) & (FAKE_SUM_LANES - 1); i < run; i += FAKE_SUM_LANES) {
            const float value = load_float(x + p.head.offset[0], first.at[0] + w.at[0] + i * x_step, p.x_type);
            const float given = has_dy ? load_float(dy + p.head.offset[4], first.at[1] + w.at[1] + i * dy_step, p.dy_type) : 0.0f;
            fake_sums t;
            fake_terms(p.kind, &v, value, given, &t);
            sums.first = fake_join(is_max, sums.first, t.first);
            sums.second += t.second;
        }
        done += run;
        nest_advance(&p.reduced, &w, run);
    }
    __global float *result = (__global float *)(partial + p.head.offset[3]) + slot * p.blocks + block;
    const float whole = fake_fold(is_max, sums.first, lanes), whole_second = fake_fold(false, sums.second, lanes);
    if (lane == 0) {
        result[0] = whole;
        result[p.rule.slots * p.blocks] = whole_second;
    }
}
