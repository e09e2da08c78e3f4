/* SPDX-License-Identifier: Apache-2.0 */
/* Convolution of floats on a CPU, as gemm_mixed_vector: a work-group of one work-item makes p.sum.block_rows pixels of one image by p.sum.block_columns
 * channels of one group. k runs over taps and, within each, input channels. Of each DEPTH of k, what the windows of the block's pixels see is widened once
 * into local memory, zero outside the image; then each panel of weights, which all pixels of the block use. */
APART void clear_rows(__local float *to, int rows, int columns)
{
    for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j += 16) *(__local float16_anywhere *)(to + i * A_STRIDE + j) = 0.0f; /* the rest of a row is written later, or slack */
    }
}

/* Output positions of one line, from `first` on, whose tap lies inside: below `*low` it is to the left, from `*high` on to the right. */
static inline void inside_of_line(const conv_mixed_params *p, int tap, int first, int count, int *low, int *high)
{
    const int begin = tap * p->dilation[2] - p->pad[2], stride = p->stride[2];
    *low = clamp((begin < 0 ? (stride - 1 - begin) / stride : 0) - first, 0, count);
    *high = clamp((begin < p->input[2] ? (p->input[2] - begin + stride - 1) / stride : 0) - first, *low, count);
}

/* What one tap's channels `channel` .. + columns of `rows` pixels are. */
static void copy_tap(const conv_mixed_params *p, __local float *to, __global const uchar *x, ulong size, int first, int rows, int tap, int channel, int columns)
{
    const int tap_row = tap / p->window[2], tap_column = tap % p->window[2];
    for (int row = 0; row < rows;) {
        const int line = (first + row) / p->output[2], at = (first + row) % p->output[2], count = min(rows - row, p->output[2] - at);
        const int z = line / p->output[1] * p->stride[0] - p->pad[0] + tap_row / p->window[1] * p->dilation[0];
        const int y = line % p->output[1] * p->stride[1] - p->pad[1] + tap_row % p->window[1] * p->dilation[1];
        int low = count, high = count;
        if ((uint)z < (uint)p->input[0] && (uint)y < (uint)p->input[1]) inside_of_line(p, tap_column, at, count, &low, &high);
        if (low > 0) clear_rows(to + row * A_STRIDE, low, columns);
        if (high < count) clear_rows(to + (row + high) * A_STRIDE, count - high, columns);
        if (low < high) {
            const ulong column = (ulong)(at + low) * p->stride[2] - p->pad[2] + tap_column * p->dilation[2];
            __global const uchar *from = x + (z * p->x_step[0] + y * p->x_step[1] + column * p->x_step[2] + channel * p->x_channel) * size;
            const block_place place = {to + (row + low) * A_STRIDE, A_STRIDE, 16};
            const ulong step = p->stride[2] * p->x_step[2];
            if (p->x_channel == 1) block_copy_rows(place, from, p->sum.a_type, step, high - low, columns);
            else if (step == 1) block_copy_turned(place, from, p->sum.a_type, p->x_channel, high - low, columns);
            else block_copy_few(place, from, p->sum.a_type, step, p->x_channel, high - low, 0, columns);
        }
        row += count;
    }
}

/* `columns` neighbours of each row, a vector at a time: what it takes too many of is written later, or slack. `left`: elements of the image from `from` on. */
APART void copy_runs(__local float *to, __global const uchar *from, int type, ulong stride, int rows, int columns, ulong left)
{
#define COPY_RUNS(LOAD)                                                                                                      \
    for (int i = 0; i < rows; i++) {                                                                                         \
        for (int j = 0; j < columns; j += 16) {                                                                              \
            const ulong place = i * stride + j;                                                                              \
            if (place + 16 <= left) *(__local float16_anywhere *)(to + i * A_STRIDE + j) = LOAD(place);                      \
            else for (int c = j; c < min(columns, j + 16); c++) to[i * A_STRIDE + c] = mixed_load(from, i * stride + c, type); \
        }                                                                                                                    \
    }
    BLOCK_EACH_TYPE(COPY_RUNS, WIDE)
#undef COPY_RUNS
}

/* A whole line of taps, whose pixels and channels lie side by side: one run for each pixel that has all of them, else tap by tap. */
static void copy_tap_line(const conv_mixed_params *p, __local float *to, __global const uchar *x, ulong size, int first, int rows, int tap)
{
    const int tap_row = tap / p->window[2], last_tap = p->window[2] - 1;
    for (int row = 0; row < rows;) {
        const int line = (first + row) / p->output[2], at = (first + row) % p->output[2], count = min(rows - row, p->output[2] - at);
        const int z = line / p->output[1] * p->stride[0] - p->pad[0] + tap_row / p->window[1] * p->dilation[0];
        const int y = line % p->output[1] * p->stride[1] - p->pad[1] + tap_row % p->window[1] * p->dilation[1];
        int low = 0, high = 0, unused;
        if ((uint)z < (uint)p->input[0] && (uint)y < (uint)p->input[1]) {
            inside_of_line(p, 0, at, count, &low, &unused);
            inside_of_line(p, last_tap, at, count, &unused, &high);
        }
        high = max(low, high);
        for (int t = 0; t <= last_tap; t++) {
            __local float *target = to + t * p->group_in;
            if (low > 0) copy_tap(p, target + row * A_STRIDE, x, size, first + row, low, tap + t, 0, p->group_in);
            if (high < count) copy_tap(p, target + (row + high) * A_STRIDE, x, size, first + row + high, count - high, tap + t, 0, p->group_in);
        }
        if (low < high) {
            const ulong place = z * p->x_step[0] + y * p->x_step[1] + ((at + low) * p->stride[2] - p->pad[2]) * p->x_step[2];
            const ulong image = (ulong)p->input[0] * p->input[1] * p->input[2] * p->group_in;
            copy_runs(to + (row + low) * A_STRIDE, x + place * size, p->sum.a_type, p->stride[2] * p->x_step[2], high - low, p->window[2] * p->group_in,
                      image - place);
        }
        row += count;
    }
}

static void copy_windows(const conv_mixed_params *p, __local float *to, __global const uchar *x, ulong size, int first, int rows, int k, int depth)
{
    for (int done = 0; done < depth;) {
        const int line = p->window[2] * p->group_in;
        if (p->joined_taps && (k + done) % line == 0 && depth - done >= line) {
            copy_tap_line(p, to + done, x, size, first, rows, (k + done) / p->group_in);
            done += line;
            continue;
        }
        const int tap = (k + done) / p->group_in, channel = (k + done) % p->group_in, columns = min(p->group_in - channel, depth - done);
        copy_tap(p, to + done, x, size, first, rows, tap, channel, columns);
        done += columns;
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void conv_mixed_vector(__global const uchar *x, __global const uchar *weights, __global const uchar *tables, __global const uchar *residual, __global uchar *y,
                       OP_COUNT, const conv_mixed_params p)
{
    __local float a_block[BLOCK_ROWS * A_STRIDE] __attribute__((aligned(64)));
    __local float b_block[B_PANELS * DEPTH * 16] __attribute__((aligned(64)));
    __local float sums[BLOCK_ROWS * BLOCK_COLUMNS] __attribute__((aligned(64)));
    if (p.pixels == 0) return;
    OP_BEGUN();
    const ulong n = get_group_id(2) / p.groups;
    const int group = get_group_id(2) % p.groups, terms = p.taps * p.group_in;
    const int first_row = get_group_id(1) * p.sum.block_rows, first_column = get_group_id(0) * p.sum.block_columns;
    const int rows = min(p.sum.block_rows, p.pixels - first_row), columns = min(p.sum.block_columns, p.group_out - first_column), panels = (columns + 15) / 16;
    const ulong x_size = mixed_size(p.sum.a_type), w_size = mixed_size(p.sum.b_type), panel_elements = (ulong)terms * 16;
    __global const uchar *image = x + p.head.offset[0] + (n * p.x_batch + (ulong)group * p.group_in * p.x_channel) * x_size;
    __global const uchar *w_panels = weights + p.head.offset[1] + (group * p.matrix + first_column / 16 * panel_elements) * w_size;
    for (int i = 0; i < (panels + TILE_PANELS - 1) / TILE_PANELS * TILE_PANELS * BLOCK_ROWS; i++) *(__local float16 *)(sums + 16 * i) = 0.0f;
    for (int k = 0; k < terms; k += DEPTH) {
        const int depth = min(DEPTH, terms - k);
        copy_windows(&p, a_block, image, x_size, first_row, rows, k, depth);
        for (int panel = 0; panel < panels; panel += TILE_PANELS) {
            __global const uchar *part = w_panels + (panel * panel_elements + k * 16) * w_size;
            /* binary32 too: read in place by every tile, it took half as long again (2075 us to 1394 us, 56 x 56 x 64, 3 x 3) */
            for (int j = 0; j < TILE_PANELS && panel + j < panels; j++)
                block_copy_rows((block_place){b_block + j * DEPTH * 16, 0, 16}, part + j * panel_elements * w_size, p.sum.b_type, 0, 1, 16 * depth);
            tiles__local(a_block, b_block, DEPTH * 16, depth, rows, sums + panel * SUMS_PANEL);
        }
    }
    const conv_targets to = conv_targets_of(&p, tables, residual, y, n);
    for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j += 16) {
            const float16 sum = *(__local float16 *)(sums + j / 16 * SUMS_PANEL + 16 * i);
            conv_store_lanes(&p, &to, sum, first_row + i, group * p.group_out + first_column + j, min(16, columns - j));
        }
    }
}
