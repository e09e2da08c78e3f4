/* SPDX-License-Identifier: Apache-2.0 */
/* Convolution of bits on CPUs whose vectors count ones: the windows of up to 12 output pixels are copied, rows of a product whose columns are
 * p.block[1] panels of one group's channels. Weights in bits_n32. At most 64 taps, and windows of at most MOST_WORDS words. */
#if LANES != 16
#error "LANES must be 16: half the channels of a panel"
#endif
#define MOST_WORDS 640

/* What one window sees: words of all planes, tap after tap; outside the image 0. */
static void copy_window(const conv_bits_params *p, __global const uint *x, const bit_windows *windows, int row, uint *to)
{
    const int count = p->tap_words * p->x_planes;
    for (int tap = 0; tap < p->taps; tap++, to += count) {
        __global const uint *from = x + windows->place[tap][row];
        int i = 0;
        if (!window_sees(windows, row, tap)) {
            for (; i < count; i++) to[i] = 0;
            continue;
        }
        for (; i + 8 <= count; i += 8) vstore8(vload8(0, from + i), 0, to + i);
        for (; i < count; i++) to[i] = from[i];
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void conv_bits_lanes(__global const uchar *x, __global const uchar *weights, __global const uchar *bases, __global const uchar *tables,
                     __global const uchar *residual, __global const uchar *row_scales, __global uchar *y, OP_COUNT, const conv_bits_params p)
{
    uint rows_of_words[TILE_ROWS * MOST_WORDS] __attribute__((aligned(64)));
    if (p.pixels == 0) return;
    OP_BEGUN();
    const ulong image = get_group_id(2);
    const int pixel = get_group_id(0) * p.block[0], rows = min(p.block[0], p.pixels - pixel);
    const int row_words = p.taps * p.tap_words * p.x_planes;
    const int group_panels = (p.group_out + 31) / 32, blocks = (group_panels + p.block[1] - 1) / p.block[1];
    const int conv_group = get_group_id(1) / blocks;
    const int block = (int)get_group_id(1) % blocks * p.block[1], first_panel = conv_group * group_panels + block;
    const int panels = min(p.block[1], group_panels - block);
    const conv_bit_buffers at = {(__global const uint *)(x + p.head.offset[0]) + image * p.x_batch + conv_group * p.tap_words * p.x_planes,
                                 weights + p.head.offset[1], (__global const uint *)(bases + p.head.offset[2]),
                                 (__global const int *)(tables + p.head.offset[3]), residual + p.head.offset[4],
                                 (__global const float *)(row_scales + p.head.offset[5]), y + p.head.offset[6]};
    const lanes_product product = {p.mode, p.taps * p.tap_words, p.x_planes, p.w_planes, (ulong)row_words, p.w_word, p.w_plane, p.x_weights, p.w_weights};
    bit_windows windows;
    int row_sums[TILE_ROWS];
    open_windows(&p, pixel, rows, &windows);
    count_windows(&p, at.x, rows, &windows, row_sums, 0);
    for (int row = 0; row < rows; row++) copy_window(&p, at.x, &windows, row, rows_of_words + row * row_words);
    for (int panel = first_panel; panel < first_panel + panels; panel++) {
        uint16 totals[TILE_ROWS * 2];
        lanes_tile(&product, rows_of_words, rows, (__global const uint *)at.weights + panel * p.w_panel, totals);
        for (int row = 0; row < rows; row++) finish_pixel(&p, &at, windows.outside[row], row_sums[row], totals + 2 * row, image, pixel + row, panel * 32);
    }
}
