/* SPDX-License-Identifier: Apache-2.0 */
/* Convolution of bits on GPUs: a work-group of 256 makes 64 pixels x 64 output channels of one group, k running over taps and their words. Any mix of types,
 * transposed too; whole groups (clq_conv_bits_has_whole_groups), at most 64 taps.
 *
 * Group (x, y, z): channels 64 x .. of group y % groups, pixels 64 (y / groups) .., image z. */

/* The output position of a row of the tile: depth, row, column; what lies beyond the image is no pixel. */
static inline void find_pixel(const conv_bits_params *p, int pixel, int at[3])
{
    const int line = pixel / max(p->output[2], 1);
    at[0] = line / max(p->output[1], 1);
    at[1] = line % max(p->output[1], 1);
    at[2] = pixel % max(p->output[2], 1);
}

/* Words to what a tap of this output position reads; false: it is outside. */
static inline bool reach(const conv_bits_params *p, const int at[3], const int tap[3], ulong *place)
{
    *place = 0;
    for (int d = 0; d < 3; d++) {
        const int position = tap_position(p, d, at[d], tap[d]);
        if (position < 0) return false;
        *place += (ulong)position * p->x_step[d];
    }
    return true;
}

static inline void split_tap(const conv_bits_params *p, int tap, int at[3])
{
    at[0] = tap / p->window[2] / p->window[1];
    at[1] = tap / p->window[2] % p->window[1];
    at[2] = tap % p->window[2];
}

/* tile[word][row]: `words` words of each window, from group `first` of k on. An item's word is the same for all of its rows. */
static inline void load_x(const conv_bits_params *p, __local uint *tile, __global const uint *image, int first_pixel, int first, int words)
{
    const int word = (int)get_local_id(0) % DEPTH, group = first + word / p->x_planes, tap = group / p->tap_words;
    int tap_at[3];
    split_tap(p, tap, tap_at);
    for (int row = (int)get_local_id(0) / DEPTH; row < TILE; row += ITEMS / DEPTH) {
        uint value = 0;
        if (word < words && first_pixel + row < p->pixels) {
            int at[3];
            ulong place;
            find_pixel(p, first_pixel + row, at);
            if (reach(p, at, tap_at, &place)) value = image[place + (ulong)(group % p->tap_words * p->x_planes + word % p->x_planes)];
        }
        tile[word * STRIDE + row] = value;
    }
}

static inline void load_w(const conv_bits_params *p, __local uint *tile, __global const uint *weights, int first_channel, int end, int first, int words)
{
    for (uint i = get_local_id(0); i < TILE * DEPTH; i += ITEMS) {
        const int word = (int)i / TILE, o = first_channel + (int)i % TILE;
        const ulong from = (ulong)(o / 32) * p->w_panel + (ulong)(o % 32) + (ulong)(first + word / p->w_planes) * p->w_word + (ulong)(word % p->w_planes) * p->w_plane;
        tile[word * STRIDE + (int)i % TILE] = word < words && o < end ? weights[from] : 0;
    }
}

/* A bit for each tap that lies outside. */
static inline ulong outside_of(const conv_bits_params *p, int pixel)
{
    int at[3], tap_at[3];
    ulong outside = 0, place;
    find_pixel(p, pixel, at);
    for (int tap = 0; tap < p->taps; tap++) {
        split_tap(p, tap, tap_at);
        if (!reach(p, at, tap_at, &place)) outside |= 1UL << tap;
    }
    return outside;
}

/* acc of one pixel and channel. */
static inline int total_of(const conv_bits_params *p, __global const int *tables, __global const uint *bases, uint sum, uint row_sum, ulong outside, int o)
{
    const ulong plane = p->epilogue.gemm.columns_plane;
    uint total = (uint)p->factor * sum + bases[o];
    if (p->has_row_sums) total += (uint)tables[COLUMN_ZERO * plane + o] * row_sum;
    for (int tap = 0; outside; tap++, outside >>= 1) {
        if (outside & 1) total -= bases[(1 + tap) * plane + o];
    }
    return (int)total;
}

__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1)))
void conv_bits_local(__global const uchar *x, __global const uchar *weights, __global const uchar *bases, __global const uchar *tables,
                     __global const uchar *residual, __global const uchar *row_scales, __global uchar *y, OP_COUNT, const conv_bits_params p)
{
    __local uint memory[TILE * STRIDE], row_sums[TILE];
    __local ulong outside[TILE];
    __local uint *x_tile = memory, *w_tile = memory + DEPTH * STRIDE;
    OP_BEGUN();
    const int conv_groups = max(p.groups, 1), conv_group = (int)get_group_id(1) % conv_groups, first_pixel = (int)get_group_id(1) / conv_groups * TILE;
    const int first_channel = conv_group * p.group_out + (int)get_group_id(0) * TILE, end = (conv_group + 1) * p.group_out, item = (int)get_local_id(0);
    const int column = item % 16, row = item / 16 * PER_ITEM, planes = max(max(p.x_planes, p.w_planes), 1), step = DEPTH / planes, groups = p.taps * p.tap_words;
    const ulong n = get_group_id(2);
    __global const uint *image = (__global const uint *)(x + p.head.offset[0]) + n * p.x_batch + (ulong)(conv_group * p.group_in / 32 * p.x_planes);
    __global const uint *w_words = (__global const uint *)(weights + p.head.offset[1]);
    const word_form form = {p.mode, p.x_planes, p.w_planes, p.x_weights, p.w_weights};
    uint sums[PER_ITEM][PER_ITEM], row_sum = 0;
    FOR_SUMS sums[i][j] = 0;
    if (item < TILE) outside[item] = p.has_edges && first_pixel + item < p.pixels ? outside_of(&p, first_pixel + item) : 0;
    for (int group = 0; group < groups; group += step) {
        const int here = min(step, groups - group);
        load_x(&p, x_tile, image, first_pixel, group, here * p.x_planes);
        load_w(&p, w_tile, w_words, first_channel, end, group, here * p.w_planes);
        barrier(CLK_LOCAL_MEM_FENCE); /* all items read what all have written */
        if (p.mode == BITS_AND) multiply_planes(&form, x_tile + row, w_tile + column, here, sums);
        else multiply_signs(&form, x_tile + row, w_tile + column, here, sums);
        if (p.has_row_sums && item < TILE) row_sum += weigh(x_tile + item, here * p.x_planes, p.x_planes, p.row_weights);
        barrier(CLK_LOCAL_MEM_FENCE); /* before the next tiles overwrite these */
    }
    FOR_SUMS memory[(row + i) * STRIDE + column + 16 * j] = sums[i][j];
    if (item < TILE) row_sums[item] = row_sum;
    barrier(CLK_LOCAL_MEM_FENCE); /* all items store what all have counted */

    __global const int *table = (__global const int *)(tables + p.head.offset[3]);
    __global const uint *base = (__global const uint *)(bases + p.head.offset[2]);
    __global const float *scales = (__global const float *)(row_scales + p.head.offset[5]);
    __global const uchar *residuals = residual + p.head.offset[4];
    __global uchar *y_bytes = y + p.head.offset[6];
    if (p.epilogue.out_planes) {
        /* 32 channels of a pixel make a word of each plane. */
        const int r = item / 2, part = item % 2 * 32, o = first_channel + part, pixel = first_pixel + r;
        int totals[32];
        if (item < 2 * TILE && pixel < p.pixels && o < end) {
            for (int lane = 0; lane < 32; lane++) totals[lane] = o + lane < end ? total_of(&p, table, base, memory[r * STRIDE + part + lane], row_sums[r], outside[r], o + lane) : 0;
            bits_store_panel(&p.epilogue, table, totals, (uint)o, 1.0f, residuals, 0, y_bytes, n * p.y_batch + (ulong)pixel * p.y_pixel);
        }
    } else {
        for (int i = item; i < TILE * TILE; i += ITEMS) {
            const int r = i / TILE, o = first_channel + i % TILE, pixel = first_pixel + r;
            if (pixel >= p.pixels || o >= end) continue;
            const int total = total_of(&p, table, base, memory[r * STRIDE + i % TILE], row_sums[r], outside[r], o);
            const float scale = p.epilogue.has_row_scales ? scales[n * p.pixels + pixel] : 1.0f;
            (void)bits_store_part(&p.epilogue, table, total, (uint)o, 1, scale, residuals, n * p.residual_batch + (ulong)pixel * p.residual_pixel, y_bytes,
                                  n * p.y_batch + (ulong)pixel * p.y_pixel);
        }
    }
}
