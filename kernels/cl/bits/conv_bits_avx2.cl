/* SPDX-License-Identifier: Apache-2.0 */
/* Convolution of bits on AVX2 as a product of bits whose rows are windows: a work-group makes p.block[0] output pixels (at most 10) of p.block[1] panels of
 * one group's channels. What the windows see of each part of k and plane of x becomes indices once, and then every panel's part of the weights meets it.
 * Weights in bits_nibbles_n32; p.block[2] is the kind of table, which lies at p.own_table. At most 64 taps. */
#if LANES != 16
#error "LANES must be 16: half the channels of a panel"
#endif

/* Of `groups` groups from `first` on, of all taps' words of one plane (of T2T2 both); filled up to whole triples. */
static void make_indices(const conv_bits_params *p, __global const uint *x, const bit_windows *windows, int rows, int first, int groups,
                         __local ushort *indices)
{
    const int kind = p->block[2], group_steps = BIT_TABLE_GROUP_STEPS(kind), second = kind == BIT_TABLE_T2T2;
    for (int group = 0; group < groups;) {
        const int tap = (first + group) / p->tap_words, word = first + group - tap * p->tap_words, count = min(p->tap_words - word, groups - group);
        for (int row = 0; row < rows; row += 2) {
            __local ushort *to = indices + row / 2 * PAIR_STEPS + group * group_steps;
            const int other = min(row + 1, rows - 1);
            const uint first_there = window_sees(windows, row, tap) ? 0xffffffffu : 0;
            const uint next_there = row + 1 < rows && window_sees(windows, other, tap) ? 0xffffffffu : 0;
            __global const uint *from = x + windows->place[tap][row], *next = x + windows->place[tap][other];
            for (int i = 0; i < count; i++) {
                const int at = (word + i) * p->x_planes;
                group_indices(kind, (uint2)(from[at], from[at + second]) & first_there, (uint2)(next[at], next[at + second]) & next_there,
                              to + i * group_steps);
            }
        }
        group += count;
    }
    for (int row = 0; row < rows; row += 2) {
        for (int i = 0; i < 2; i++) indices[row / 2 * PAIR_STEPS + groups * group_steps + i] = 0;
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void conv_bits_avx2(__global const uchar *x, __global const uchar *weights, __global const uchar *bases, __global const uchar *tables,
                    __global const uchar *residual, __global const uchar *row_scales, __global uchar *y, OP_COUNT, const conv_bits_params p)
{
    __local ushort indices[PAIR_ROWS / 2 * PAIR_STEPS] __attribute__((aligned(64)));
    __local uint sums[BLOCK_PANELS * PAIR_ROWS * 32] __attribute__((aligned(64)));
    if (p.pixels == 0) return;
    OP_BEGUN();
    const ulong image = get_group_id(2);
    const int pixel = get_group_id(0) * p.block[0], rows = min(p.block[0], p.pixels - pixel), kind = p.block[2];
    const int group_steps = BIT_TABLE_GROUP_STEPS(kind);
    const int group_panels = (p.group_out + 31) / 32, blocks = (group_panels + p.block[1] - 1) / p.block[1];
    const int conv_group = get_group_id(1) / blocks;
    const int block = (int)get_group_id(1) % blocks * p.block[1], first_panel = conv_group * group_panels + block;
    const int panels = min(p.block[1], group_panels - block);
    const int x_passes = kind == BIT_TABLE_T2T2 ? 1 : p.x_planes, w_passes = kind >= BIT_TABLE_T2T2 ? 1 : p.w_planes;
    const int all_groups = p.taps * p.tap_words, part = part_groups(kind, all_groups);
    const conv_bit_buffers at = {(__global const uint *)(x + p.head.offset[0]) + image * p.x_batch + conv_group * p.tap_words * p.x_planes,
                                 weights + p.head.offset[1], (__global const uint *)(bases + p.head.offset[2]),
                                 (__global const int *)(tables + p.head.offset[3]), residual + p.head.offset[4],
                                 (__global const float *)(row_scales + p.head.offset[5]), y + p.head.offset[6]};
    bit_windows windows;
    int row_sums[PAIR_ROWS];
    uint begin[PAIR_ROWS];
    open_windows(&p, pixel, rows, &windows);
    count_windows(&p, at.x, rows, &windows, row_sums, begin);
    for (int group = 0; group < all_groups; group += part) {
        const int groups = min(part, all_groups - group), triples = (groups * group_steps + 2) / 3;
        for (int i = 0; i < x_passes; i++) {
            const bool is_last = group + part >= all_groups && i + 1 == x_passes;
            make_indices(&p, at.x + i, &windows, rows, group, groups, indices);
            for (int panel = 0; panel < panels; panel++) {
                __global const uchar *w_panel = at.weights + (ulong)(first_panel + panel) * p.w_panel * 4;
                __local uint *panel_sums = sums + panel * PAIR_ROWS * 32;
                for (int j = 0; j < w_passes; j++) {
                    count_panel(kind, rows, indices, w_panel + j * p.w_plane * 4 + (ulong)group * group_steps * 32, triples, tables + p.own_table,
                                (uint)(p.x_weights[i] * p.w_weights[j]), group == 0 && i == 0 && j == 0 ? begin : 0, panel_sums);
                }
                for (int row = 0; row < rows && is_last; row++, panel_sums += 32) {
                    const uint16 totals[2] = {vload16(0, panel_sums), vload16(1, panel_sums)};
                    finish_pixel(&p, &at, windows.outside[row], row_sums[row], totals, image, pixel + row, (first_panel + panel) * 32);
                }
            }
        }
    }
}
