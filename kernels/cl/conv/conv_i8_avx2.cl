/* SPDX-License-Identifier: Apache-2.0 */
/* Convolution on AVX2 as an implicit matrix product; w in conv_i16_n16k2, x with its channels last. A block of output pixels (tile/conv_avx2_cut) needs
 * a box of input positions: for each part of the input channels it is widened to 16 bits once, with the zero point where it leaves the input, and then
 * every panel's part of the weights meets all pixels of the block in tiles of 6 x 16. So there are no borders in the inner loop, and pads count as
 * present taps. A unit (launch/shares.cl) is a range of blocks x a range of panels. */
#if LANES != 16
#error "LANES must be 16: the columns of a panel"
#endif
#define MOST_TAPS 512
#define MOST_SUMS 512 /* pixels of a block times panels */

/* A block of output pixels, and the input positions that it needs: `rows` x `columns` of every depth of the window, `step` apart. */
typedef struct avx2_block {
    int image, d, h, w, high, wide; /* of its first pixel; extents */
    int rows, columns, step[2];
    int pixel[2], tap[2];           /* positions between neighbouring pixels, and between neighbouring taps */
} avx2_block;

/* Everything that make_block needs besides the block. */
typedef struct avx2_unit {
    avx2_cut cut;
    bool to_bytes;                  /* sums of whole panels start from the columns' base and end as bytes */
    avx2_bytes bytes;
    avx2_residual sum;
    __global const uchar *x, *table, *residual;
    __global const char *w;
    __global const int *columns;
    __global uchar *y;
    short *wide;
    int16 *sums;
    int *row_sums;
    avx2_tap *list;
} avx2_unit;

static inline avx2_block place_block(const conv_params *p, const avx2_cut *cut, int index)
{
    const int row = index / cut->columns, column = index - row * cut->columns, plane = row / cut->rows, row_in_plane = row - plane * cut->rows;
    avx2_block b;
    b.image = plane / p->output[0];
    b.d = plane - b.image * p->output[0];
    b.h = block_begin(p->output[1], row_in_plane, cut->rows);
    b.w = block_begin(p->output[2], column, cut->columns);
    b.high = block_begin(p->output[1], row_in_plane + 1, cut->rows) - b.h;
    b.wide = block_begin(p->output[2], column + 1, cut->columns) - b.w;
    b.rows = (int)avx2_cut_extent(p, 1, b.high);
    b.columns = (int)avx2_cut_extent(p, 2, b.wide);
    for (int i = 0; i < 2; i++) {
        b.step[i] = avx2_cut_step(p, i + 1, i == 0 ? b.high : b.wide);
        b.pixel[i] = p->stride[i + 1] / b.step[i];
        b.tap[i] = p->dilation[i + 1] / b.step[i];
    }
    return b;
}

/* How many of `count` positions first, first + step, ... are below `limit`. */
static inline int below(int first, int step, int count, int limit)
{
    if (first >= limit) return 0;
    if ((ulong)(count - 1) * (ulong)step < (ulong)((long)limit - first)) return count;
    return (limit - first + step - 1) / step;
}

static inline void fill(short *to, int count, short value)
{
    int i = 0;
    for (; i + 16 <= count; i += 16) vstore16((short16)value, 0, to + i);
    for (; i < count; i++) to[i] = value;
}

/* The block's positions, `channels` from x on, an odd count filled with a zero. x: the image's channels. */
static void widen_block(const conv_params *p, const avx2_block *b, __global const uchar *x, int channels, short *wide)
{
    const int even = channels + (channels & 1), flip = p->product.a_flip & 255, row_length = b->columns * even;
    const int first_w = b->w * p->stride[2] - p->pad[2], first_h = b->h * p->stride[1] - p->pad[1], first_d = b->d * p->stride[0] - p->pad[0];
    const int left = below(first_w, b->step[1], b->columns, 0), inside = below(first_w, b->step[1], b->columns, p->input[2]) - left;
    const ulong from_step = (ulong)b->step[1] * p->x_step[2];
    const bool is_dense = from_step == (ulong)channels && even == channels, is_three = from_step == 3 && channels == 3;
    const short zero = (short)p->product.a_zero;
    short *to = wide;
    for (int kd = 0; kd < p->window[0]; kd++) {
        const int d = first_d + kd * p->dilation[0];
        for (int row = 0; row < b->rows; row++, to += row_length) {
            const int h = first_h + row * b->step[0];
            if ((uint)d >= (uint)p->input[0] || (uint)h >= (uint)p->input[1]) {
                fill(to, row_length, zero);
                continue;
            }
            ulong from = (ulong)x + (ulong)d * p->x_step[0] + (ulong)h * p->x_step[1] + (ulong)((long)first_w + (long)left * b->step[1]) * p->x_step[2];
            fill(to, left * even, zero);
            /* Nothing is read behind the last pixel's channels. */
            if (is_dense) avx2_widen(from, inside * even - (even - channels), flip, (ulong)(to + left * even));
            else if (is_three) avx2_widen_three(from, inside, flip, (ulong)(to + left * even));
            for (int i = left; i < left + inside && !is_dense && !is_three; i++, from += from_step) avx2_widen(from, channels, flip, (ulong)(to + i * even));
            fill(to + (left + inside) * even, (b->columns - left - inside) * even, zero);
        }
    }
    if (even == channels) return;
    for (short *last = wide + channels; last < to; last += even) *last = 0;
}

/* The taps of one part of the channels; taps of a row are one where both operands have them side by side. */
static void list_taps(const conv_params *p, const avx2_block *b, int channel, int channels, avx2_tap *list, avx2_taps_job *job)
{
    const int even = channels + (channels & 1), merged = channels == p->group_in && b->tap[1] == 1 ? p->window[2] : 1;
    const ulong tap_bytes = (ulong)((p->group_in + 1) / 2) * 64;
    ulong count = 0, tap = 0;
    for (int kd = 0; kd < p->window[0]; kd++) {
        for (int kh = 0; kh < p->window[1]; kh++) {
            for (int kw = 0; kw < p->window[2]; kw += merged, tap += (ulong)merged) {
                list[count].a = (ulong)(((kd * b->rows + kh * b->tap[0]) * b->columns + kw * b->tap[1]) * even) * 2;
                list[count++].b = tap * tap_bytes + (ulong)channel * 32;
            }
        }
    }
    job->count = count;
    job->steps = (ulong)(merged * even / 2);
    job->pixel_stride = (ulong)(b->pixel[1] * even) * 2;
}

/* Adds each pixel's sum of x' over this part of its window, pads included. */
static void add_row_sums(const avx2_block *b, const avx2_tap *list, const avx2_taps_job *job, const short *wide, ulong row_stride, int *row_sums)
{
    const int length = (int)job->steps * 2;
    for (int row = 0; row < b->high; row++) {
        for (int column = 0; column < b->wide; column++) {
            int16 sums = 0;
            int total = 0;
            for (ulong tap = 0; tap < job->count; tap++) {
                const short *values = (const short *)((ulong)wide + (ulong)row * row_stride + (ulong)column * job->pixel_stride + list[tap].a);
                int i = 0;
                for (; i + 16 <= length; i += 16) sums += convert_int16(vload16(0, values + i));
                for (; i < length; i++) total += values[i];
            }
            for (int lane = 0; lane < 16; lane++) total += ((const int *)&sums)[lane];
            row_sums[row * b->wide + column] += total;
        }
    }
}

/* Bytes of 16 channels that lack the table, the residual sum or both. */
static inline void store_after(const conv_params *p, const avx2_unit *unit, ulong multipliers, const int16 *sums, ulong residual, ulong y)
{
    uchar q[LANES];
    avx2_store_bytes(&unit->bytes, multipliers, sums, (ulong)q);
    if (p->flags & CONV_TABLE) {
        for (int channel = 0; channel < LANES; channel++) q[channel] = unit->table[q[channel]];
    }
    if (p->flags & CONV_RESIDUAL) avx2_add_residual(&unit->sum, (ulong)q, residual, y);
    else vstore2(vload2(0, (const ulong *)q), 0, (__global ulong *)y);
}

/* The panel's results, from complete sums of all pixels; o: its first channel, `count` of them exist. */
static void store_panel(const conv_params *p, const avx2_unit *unit, const avx2_block *b, int o, int count, const int16 *sums)
{
    const column_terms t = load_columns(&p->product, unit->columns, 0, o);
    const ulong multipliers = (ulong)(unit->columns + COLUMN_MULTIPLIER * p->product.columns_plane + o);
    const int *row_sums = unit->row_sums;
    const bool to_bytes = unit->to_bytes && count == LANES, has_after = (p->flags & (CONV_TABLE | CONV_RESIDUAL)) != 0;
    for (int row = 0; row < b->high; row++) {
        ulong y_index = conv_y_index(p, b->image, b->d, b->h + row, b->w) + (ulong)o * p->y_channel_step;
        ulong residual_index = conv_residual_index(p, b->image, b->d, b->h + row, b->w) + (ulong)o * p->residual_channel_step;
        for (int column = 0; column < b->wide; column++, y_index += p->y_step[2], residual_index += p->residual_step[2], sums++, row_sums++) {
            if (to_bytes && has_after) store_after(p, unit, multipliers, sums, (ulong)(unit->residual + residual_index), (ulong)(unit->y + y_index));
            else if (to_bytes) avx2_store_bytes(&unit->bytes, multipliers, sums, (ulong)(unit->y + y_index));
            else conv_store(p, &t, *sums, *row_sums, unit->table, unit->residual, residual_index, unit->y, y_index, count);
        }
    }
}

/* The pixels of a block for panels of one group: panel_first .. panel_end - 1 of all groups' panels. */
static void make_block(const conv_params *p, const avx2_unit *unit, const avx2_block *b, int panel_first, int panel_end)
{
    const int panels = (p->group_out + LANES - 1) / LANES, group = panel_first / panels, pixels = b->high * b->wide;
    const int tiles = (b->wide + AVX2_ROWS - 1) / AVX2_ROWS;
    const ulong panel_bytes = (ulong)((p->group_in + 1) / 2) * 64 * (ulong)p->taps;
    __global const uchar *x = unit->x + (ulong)b->image * p->x_batch_stride + (ulong)(group * p->group_in);
    avx2_taps_job job;
    int16 start[AVX2_ROWS];
    for (int i = 0; i < pixels; i++) unit->row_sums[i] = 0;
    for (int channel = 0; channel < p->group_in; channel += unit->cut.part) {
        const int channels = min(unit->cut.part, p->group_in - channel);
        widen_block(p, b, x + channel, channels, unit->wide);
        list_taps(p, b, channel, channels, unit->list, &job);
        job.taps = (ulong)unit->list;
        const ulong row_stride = (ulong)(b->pixel[0] * b->columns * (channels + (channels & 1))) * 2;
        if (p->product.flags & GEMM_USE_ROW_SUMS) add_row_sums(b, unit->list, &job, unit->wide, row_stride, unit->row_sums);
        for (int panel = panel_first; panel < panel_end; panel++) {
            const int o_in_group = (panel - group * panels) * LANES, o = group * p->group_out + o_in_group, count = min(LANES, p->group_out - o_in_group);
            int16 *sums = unit->sums + (panel - panel_first) * pixels;
            if (channel == 0) {
                const int16 base = unit->to_bytes && count == LANES ? vload16(0, unit->columns + o) : (int16)0;
                for (int i = 0; i < AVX2_ROWS; i++) start[i] = base;
            }
            job.weights = (ulong)(unit->w + (ulong)panel * panel_bytes);
            for (int row = 0; row < b->high; row++) {
                for (int tile = 0; tile < tiles; tile++) {
                    const int column = block_begin(b->wide, tile, tiles), end = block_begin(b->wide, tile + 1, tiles);
                    job.a = (ulong)unit->wide + (ulong)row * row_stride + (ulong)column * job.pixel_stride;
                    int16 *tile_sums = sums + row * b->wide + column;
                    job.start = channel == 0 ? (ulong)start : (ulong)tile_sums;
                    avx2_taps(end - column, &job, tile_sums);
                }
            }
            if (channel + channels == p->group_in) store_panel(p, unit, b, o, count, sums);
        }
    }
}

static void conv_unit(CONV_BUFFERS, const conv_params *restrict params, avx2_unit *unit, ulong index)
{
    const conv_params p = *params;
    CONV_ENTER();
    const int row_blocks = p.product.units[0], column_blocks = p.product.units[1], place = (int)index;
    const int row_block = p.product.rows_first ? place % row_blocks : place / column_blocks;
    const int column_block = p.product.rows_first ? place / row_blocks : place % column_blocks;
    const int panels = (p.group_out + LANES - 1) / LANES, blocks = p.batch * p.output[0] * unit->cut.rows * unit->cut.columns;
    const int block_first = block_begin(blocks, row_block, row_blocks), block_end = block_begin(blocks, row_block + 1, row_blocks);
    const int panel_first = block_begin(panels * p.groups, column_block, column_blocks);
    const int panel_end = block_begin(panels * p.groups, column_block + 1, column_blocks);
    unit->to_bytes = (p.flags & CONV_SMALL_MULTIPLIERS) && !(p.product.flags & GEMM_USE_ROW_SUMS) && p.y_channel_step == 1
                     && (!(p.flags & CONV_RESIDUAL) || p.residual_channel_step == 1);
    unit->bytes = avx2_bytes_of(&p.product);
    if (p.flags & CONV_RESIDUAL) unit->sum = avx2_residual_of(&p);
    unit->x = x, unit->table = table, unit->residual = residual, unit->w = w, unit->columns = columns, unit->y = y;
    for (int i = block_first; i < block_end; i++) {
        const avx2_block block = place_block(&p, &unit->cut, i);
        const int most = MOST_SUMS / (block.high * block.wide);
        for (int panel = panel_first, end; panel < panel_end; panel = end) {
            end = min(min(panel_end, (panel / panels + 1) * panels), panel + most);
            make_block(&p, unit, &block, panel, end);
        }
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void conv_i8_avx2(CONV_BUFFERS, CONV_COUNT, const conv_params p)
{
    if (p.product.m == 0) return; /* the launch that warms a program */
    CONV_BEGUN();
    short wide[AVX2_CUT_MOST_WIDE] __attribute__((aligned(64)));
    int16 sums[MOST_SUMS];
    int row_sums[AVX2_CUT_MOST_PIXELS];
    avx2_tap list[MOST_TAPS];
    avx2_unit unit;
    unit.cut = avx2_cut_of(&p);
    unit.wide = wide, unit.sums = sums, unit.row_sums = row_sums, unit.list = list;
    share_walk walk = begin_units(p.product.claims ? begun_buffer + p.product.claims : 0, (ulong)p.product.units[0] * (ulong)p.product.units[1]);
    for (ulong index; next_unit(&walk, &index);) conv_unit(x_buffer, w, constants, residual_buffer, y, &p, &unit, index);
}
