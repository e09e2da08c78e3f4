/* SPDX-License-Identifier: Apache-2.0 */
/* Weights to panels: a work-item packs one tap of one panel. */
__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void train_pack_windows(__global const uchar *weights, __global uchar *packed, OP_COUNT,
                                                                                const train_pack_params p)
{
    OP_BEGUN();
    if (p.groups == 0) return;
    const int tap = get_group_id(0), panel = get_group_id(1), group = get_group_id(2), y = tap / p.taps[1], x = tap % p.taps[1];
    const ulong place = (ulong)(p.tap_first[0] + y * p.tap_next[0]) * p.window_width + p.tap_first[1] + x * p.tap_next[1];
    __global const float *from = (__global const float *)(weights + p.head.offset[0]) + group * p.group_step + place * p.tap_step + panel * 16 * p.lane_step;
    __global float *to = (__global float *)(packed + p.head.offset[1]) + (((ulong)group * p.panels + panel) * p.taps[0] * p.taps[1] + tap) * p.channels * 16;
    const int lanes = min(16, p.lanes - panel * 16);
    if (lanes == 16 && p.lane_step == 1) {
        for (int c = 0; c < p.channels; c++) STORE16(float, to + 16 * c, LOAD16(float, from + c * p.channel_step));
        return;
    }
    for (int c = 0; c < p.channels; c++) {
        for (int lane = 0; lane < 16; lane++) to[16 * c + lane] = lane < lanes ? from[c * p.channel_step + lane * p.lane_step] : 0.0f;
    }
}
