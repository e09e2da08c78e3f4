/* SPDX-License-Identifier: Apache-2.0 */
/* Convolution of few input channels on AVX-512 VNNI, as a network's first layer: where a pixel's channels and the next pixel are neighbours, the taps of a
 * kernel's row are one run of bytes, cut into dwords whatever the channels (tile/x86_runs). One group, channels last. w: conv_i8_n32r4.
 * Tiles of up to 14 pixels of a row x 32 channels, or 28 x 16 where there are no more channels, in units (launch/shares.cl) of a range of output rows x a range of panels. A tile at a border reads a copy of
 * its input, filled up with za; rows that are absent are all za. */
#if LANES != 16
#error "LANES must be 16: half of a panel"
#endif
#define TILE_PIXELS 14
#define PANEL 32
#define MOST_ROWS 11        /* of a kernel */
#define MOST_SPAN 512       /* bytes of one row that a tile reads */

/* Pixels of one output row. */
typedef struct first_tile {
    int16 copy[(MOST_ROWS + 1) * (MOST_SPAN / 64)]; /* the last row: nothing but za */
    ulong runs[MOST_ROWS];      /* addresses of the first pixel's */
    int16 sums[TILE_PIXELS * 2];/* or, in the first 32 bytes of each 128, finished bytes */
    int row_sums[TILE_PIXELS * 2];
    int image, row, pixel, count;
    int height;                 /* pairs of sums: of a pixel, or, narrow, of pixels i and i + height */
    bool narrow;
} first_tile;

static inline int first_span(const conv_params *p, int pixels)
{
    return ((pixels - 1) * p->stride[2] * p->group_in) + max(p->window[2] * p->group_in, 4);
}

/* Bytes from..from + 64 of a row of `length` bytes, `pad` for those outside of it. */
static inline int16 load_padded(__global const uchar *row, int from, int length, int16 pad)
{
    const int low = max(-from, 0), high = min(length - from, 64);
    return low >= high ? pad : x86_load_masked((ulong)row + (ulong)(long)from, (~0ul >> (64 - high)) & (~0ul << low), pad);
}

/* Finds or makes the tile's input. */
static void place_runs(const conv_params *p, __global const uchar *image, first_tile *t)
{
    const int pixel_bytes = p->group_in, length = p->input[2] * pixel_bytes;
    const int from = (t->pixel * p->stride[2] - p->pad[2]) * pixel_bytes, span = first_span(p, t->narrow ? t->height * 2 : t->count);
    const bool inside = from >= 0 && from + span <= length;
    for (int i = 0; i < p->window[1]; i++) {
        const int in = t->row * p->stride[1] - p->pad[1] + i;
        __global const uchar *row = image + (ulong)in * p->x_step[1];
        int16 *copy = t->copy + i * (MOST_SPAN / 64);
        if (in < 0 || in >= p->input[1]) {
            t->runs[i] = (ulong)(t->copy + MOST_ROWS * (MOST_SPAN / 64));
        } else if (inside) {
            t->runs[i] = (ulong)(row + from);
        } else {
            for (int at = 0; at < span; at += 64) copy[at / 64] = load_padded(row, from + at, length, (int16)p->pad_word);
            t->runs[i] = (ulong)copy;
        }
    }
}

/* row_sums[pixel] = sum of x' over the pixel's window. */
static void sum_runs(const conv_params *p, first_tile *t)
{
    const int run = p->window[2] * p->group_in, flip = p->product.a_flip & 255;
    for (int pixel = 0; pixel < t->count; pixel++) {
        int sum = 0;
        for (int i = 0; i < p->window[1]; i++) {
            const uchar *bytes = (const uchar *)t->runs[i] + pixel * p->stride[2] * p->group_in;
            for (int at = 0; at < run; at++) sum += bytes[at] ^ flip;
        }
        t->row_sums[pixel] = sum;
    }
}

/* Finished bytes, where a table follows or a panel is not whole. */
static void store_first_bytes(const conv_params *p, first_tile *t, int n, ulong index, const x86_table *table, __global uchar *y)
{
    const ulong mask = ~0ul >> (64 - min(p->product.n - n, PANEL));
    if (p->flags & CONV_TABLE) {
        for (int row = 0; row < t->height; row++) t->sums[row * 2] = x86_look_up(table, t->sums[row * 2]);
    }
    const ulong step = p->y_step[2];
    const bool sixteen = p->product.n == 16;
    __global uchar *to = y + index;
    for (int second = 0; second < (t->narrow ? 2 : 1); second++) {
        const int *bytes = (const int *)t->sums + second * 4;
        for (int row = second ? t->count - t->height : t->height; row; row--, bytes += 32, to += step) {
            if (sixteen) vstore4(vload4(0, bytes), 0, (__global int *)to);
            else x86_store_masked((ulong)to, mask, vload16(0, bytes));
        }
    }
}

/* Where a pixel's 16 sums of half a panel are. */
static inline const int16 *first_sums(const first_tile *t, int pixel, int half_panel)
{
    return pixel < t->height ? t->sums + pixel * 2 + half_panel : t->sums + (pixel - t->height) * 2 + 1;
}

/* The sums of the first columns, where a panel is not whole. */
static void store_first_sums(const conv_params *p, const first_tile *t, int n, ulong index, __global int *y)
{
    for (int pixel = 0; pixel < t->count; pixel++, index += p->y_step[2]) {
        for (int i = 0; i < p->product.n - n; i++) y[index + i] = ((const int *)first_sums(t, pixel, i / 16))[i % 16];
    }
}

/* Every other rule and type: from sums of products alone. */
static void store_first_any(const conv_params *p, const first_tile *t, int panel_n, __global const int *columns, __global const uchar *table,
                            __global const uchar *residual, __global uchar *y)
{
    for (int half_panel = 0; half_panel < 2; half_panel++) {
        const int n = panel_n + half_panel * LANES;
        if (n >= p->product.n) return;
        const column_terms terms = load_columns(&p->product, columns, 0, n);
        for (int i = 0; i < t->count; i++) {
            const ulong residual_index = conv_residual_index(p, t->image, 0, t->row, t->pixel + i) + (ulong)n;
            const ulong y_index = conv_y_index(p, t->image, 0, t->row, t->pixel + i) + (ulong)n;
            conv_store(p, &terms, *first_sums(t, i, half_panel), t->row_sums[i], table, residual, residual_index, y, y_index, p->product.n - n);
        }
    }
}

/* The tile's panels first .. end. */
static void first_panels(const conv_params *p, first_tile *t, runs_job *job, int panel_first, int panel_end, __global const char *w, __global const int *columns,
                         const x86_table *entries, __global const uchar *table, __global const uchar *residual, __global uchar *y)
{
    const bool has_row_sums = (p->product.flags & GEMM_USE_ROW_SUMS) != 0;
    const bool bytes = !has_row_sums && (p->flags & CONV_SMALL_MULTIPLIERS) && !(p->flags & CONV_RESIDUAL);
    const bool to_sums = !has_row_sums && p->product.out == GEMM_OUT_S32;
    const ulong pixel_stride = (ulong)(p->stride[2] * p->group_in), panel_bytes = (ulong)p->window[1] * (job->dwords + 1) * (PANEL * 4), size = bytes ? 1 : 4;
    const int16 zero[2] = {0, 0};
    if (has_row_sums) sum_runs(p, t);
    for (int panel = panel_first; panel < panel_end; panel++) {
        const int n = panel * PANEL;
        const ulong index = conv_y_index(p, t->image, 0, t->row, t->pixel) + (ulong)n;
        const bool in_place = (bytes || to_sums) && n + PANEL <= p->product.n && !(bytes && (p->flags & CONV_TABLE));
        job->init = bytes || to_sums ? (ulong)(columns + n) : (ulong)zero;
        job->multipliers = bytes ? (ulong)(columns + COLUMN_MULTIPLIER * p->product.columns_plane + n) : 0;
        job->out = in_place ? (ulong)(y + index * size) : (ulong)t->sums;
        job->out_stride = in_place ? p->y_step[2] * size : sizeof(int16) * 2;
        if (t->narrow) runs_narrow_tile(t->height, pixel_stride, (ulong)p->window[1], w + (ulong)panel * panel_bytes, job);
        else runs_tile(t->height, pixel_stride, (ulong)p->window[1], w + (ulong)panel * panel_bytes, job);
        if (!bytes && !to_sums) store_first_any(p, t, n, columns, table, residual, y);
        else if (!in_place && bytes) store_first_bytes(p, t, n, index, entries, y);
        else if (!in_place) store_first_sums(p, t, n, index, (__global int *)y);
    }
}

static void first_unit(CONV_BUFFERS, const conv_params *restrict params, ulong unit)
{
    const conv_params p = *params;
    CONV_ENTER();
    const int row_blocks = p.product.units[0], panel_blocks = p.product.units[1], in_image = row_blocks * panel_blocks;
    const int place = (int)(unit % (ulong)in_image), row_block = p.product.rows_first ? place % row_blocks : place / panel_blocks;
    const int panel_block = p.product.rows_first ? place / row_blocks : place % panel_blocks, panels = (p.product.n + PANEL - 1) / PANEL;
    const int panel_first = block_begin(panels, panel_block, panel_blocks), panel_end = block_begin(panels, panel_block + 1, panel_blocks);
    const int row_end = block_begin(p.output[1], row_block + 1, row_blocks);
    const int run = p.window[2] * p.group_in, dwords = (run + 3) / 4;
    first_tile t;
    t.narrow = p.product.n <= 16 && first_span(&p, TILE_PIXELS * 2) <= MOST_SPAN;
    const int most = t.narrow ? TILE_PIXELS * 2 : TILE_PIXELS, tiles = (p.output[2] + most - 1) / most;
    const int low_width = p.output[2] / tiles, wider = p.output[2] - low_width * tiles;
    runs_job job;
    x86_table entries;
    if (p.flags & CONV_TABLE) x86_load_table(table, &entries);
    t.image = (int)(unit / (ulong)in_image);
    __global const uchar *image = x + (ulong)t.image * p.x_batch_stride;
    for (int i = 0; i < MOST_SPAN / 64; i++) t.copy[MOST_ROWS * (MOST_SPAN / 64) + i] = p.pad_word;
    for (int i = 0; i < TILE_PIXELS * 2; i++) t.row_sums[i] = 0;
    job.rows = (ulong)t.runs;
    job.flip = p.product.a_flip;
    job.dwords = (ulong)(dwords - 1);
    job.back = run < 4 ? 0 : (ulong)(long)(run - dwords * 4);
    job.bytes = x86_bytes_of(&p.product);
    for (t.row = block_begin(p.output[1], row_block, row_blocks); t.row < row_end; t.row++) {
        t.pixel = 0;
        for (int tile = 0; tile < tiles; tile++, t.pixel += t.count) { /* the first `wider` tiles have a pixel more; no product is wasted */
            t.count = low_width + (tile < wider ? 1 : 0);
            t.height = t.narrow ? (t.count + 1) / 2 : t.count;
            place_runs(&p, image, &t);
            first_panels(&p, &t, &job, panel_first, panel_end, w, columns, &entries, table, residual, y);
        }
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void conv_i8_vnni_first(CONV_BUFFERS, CONV_COUNT, const conv_params p)
{
    if (p.product.m == 0) return; /* the launch that warms a program */
    CONV_BEGUN();
    const ulong units = (ulong)p.product.units[0] * (ulong)p.product.units[1] * (ulong)p.product.units[2];
    share_walk walk = begin_units(p.product.claims ? begun_buffer + p.product.claims : 0, units);
    for (ulong unit; next_unit(&walk, &unit);) first_unit(x_buffer, w, constants, residual_buffer, y, &p, unit);
}
