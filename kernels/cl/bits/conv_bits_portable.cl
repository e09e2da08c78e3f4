/* SPDX-License-Identifier: Apache-2.0 */
/* Convolution of bits, any device and any mix of types: a work-item makes 32 output channels of one pixel, group after group. */
#if LANES != 1
#error "LANES must be 1"
#endif

/* 32 channels of x from `channel` on, `count` of them, as the words of a group's own: a group may begin within a word. */
static inline void take_words(const conv_bits_params *p, __global const uint *pixel, int channel, int count, uint *words)
{
    const int shift = channel % 32;
    const uint present = count < 32 ? (1u << count) - 1u : 0xffffffffu;
    __global const uint *first = pixel + (ulong)(channel / 32) * p->x_planes;
    for (int plane = 0; plane < p->x_planes; plane++) {
        uint word = first[plane] >> shift;
        if (shift + count > 32) word |= first[p->x_planes + plane] << (32 - shift);
        words[plane] = word & present;
    }
}

/* Adds what x's words and the weights' give to the sums of `count` output channels, from o on. */
static inline void multiply_words(const conv_bits_params *p, const uint *x, __global const uint *weights, int o, int count, uint *sums)
{
    for (int lane = 0; lane < count; lane++) {
        __global const uint *w = weights + (ulong)((o + lane) / 32) * p->w_panel + (o + lane) % 32;
        if (p->mode == BITS_XOR) {
            sums[lane] += popcount(x[0] ^ w[0]);
        } else if (p->mode == BITS_B1T2) {
            sums[lane] += popcount((x[0] ^ w[p->w_plane]) & w[0]);
        } else if (p->mode == BITS_T2B1) {
            sums[lane] += popcount((x[1] ^ w[0]) & x[0]);
        } else if (p->mode == BITS_T2T2) {
            const uint both = x[0] & w[0];
            sums[lane] += popcount(both) - 2u * popcount((x[1] ^ w[p->w_plane]) & both);
        } else {
            for (int i = 0; i < p->x_planes; i++) {
                for (int j = 0; j < p->w_planes; j++) sums[lane] += (uint)(p->x_weights[i] * p->w_weights[j]) * popcount(x[i] & w[j * p->w_plane]);
            }
        }
    }
}

/* `count` output channels of one group: their accumulators. `image`, `weights` and the tables lead to where they begin. */
static inline void sum_window(const conv_bits_params *p, __global const uint *image, __global const uint *weights, __global const uint *bases,
                              __global const int *tables, int pixel, int o, int count, uint *totals)
{
    const int first = o / p->group_out * p->group_in;
    const ulong plane = p->epilogue.gemm.columns_plane;
    uint sums[32], row_sum = 0;
    for (int lane = 0; lane < count; lane++) {
        sums[lane] = 0;
        totals[lane] = bases[o + lane];
    }
    for (int tap = 0; tap < p->taps; tap++) {
        ulong place = 0;
        const bool is_inside = tap_place(p, pixel, tap, &place);
        for (int lane = 0; lane < count && p->has_edges && !is_inside; lane++) totals[lane] -= bases[(1 + tap) * plane + o + lane];
        if (!is_inside && p->skips_outside) continue;
        for (int word = 0; word < p->tap_words; word++) {
            uint x[BITS_PLANES] = {0};
            if (is_inside) take_words(p, image + place, first + word * 32, min(32, p->group_in - word * 32), x);
            multiply_words(p, x, weights + (ulong)(tap * p->tap_words + word) * p->w_word, o, count, sums);
            for (int i = 0; i < p->x_planes && p->has_row_sums; i++) row_sum += (uint)p->row_weights[i] * popcount(x[i]);
        }
    }
    for (int lane = 0; lane < count; lane++) totals[lane] += (uint)p->factor * sums[lane] + (uint)tables[COLUMN_ZERO * plane + o + lane] * row_sum;
}

__kernel void conv_bits_portable(__global const uchar *x, __global const uchar *weights, __global const uchar *bases, __global const uchar *tables,
                                 __global const uchar *residual, __global const uchar *row_scales, __global uchar *y, OP_COUNT, const conv_bits_params p)
{
    OP_BEGUN();
    const int pixel = get_global_id(0), column = get_global_id(1) * 32;
    const ulong n = get_global_id(2);
    if (pixel >= p.pixels || column >= p.epilogue.gemm.n) return;
    const int end = min(column + 32, p.epilogue.gemm.n);
    __global const uint *image = (__global const uint *)(x + p.head.offset[0]) + n * p.x_batch;
    __global const int *columns = (__global const int *)(tables + p.head.offset[3]);
    uint totals[32] = {0};
    for (int o = column; o < end;) {
        const int count = min(end, (o / p.group_out + 1) * p.group_out) - o;
        sum_window(&p, image, (__global const uint *)(weights + p.head.offset[1]), (__global const uint *)(bases + p.head.offset[2]), columns, pixel, o, count,
                   totals + (o - column));
        o += count;
    }
    const float row_scale = p.epilogue.has_row_scales ? ((__global const float *)(row_scales + p.head.offset[5]))[n * p.pixels + pixel] : 1.0f;
    bits_store_panel(&p.epilogue, columns, (const int *)totals, column, row_scale, residual + p.head.offset[4], n * p.residual_batch + pixel * p.residual_pixel,
                     y + p.head.offset[6], n * p.y_batch + pixel * p.y_pixel);
}
