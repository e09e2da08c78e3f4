/* SPDX-License-Identifier: Apache-2.0 */
/* Depthwise convolution on AVX-512 VNNI, channels last, one output channel a group, kernels of up to 8 x 8 (tile/x86_depthwise). w: conv_i8_n16q4.
 * A unit (launch/shares.cl) is a range of output rows x a range of blocks of 64 channels: units[0] x units[1]. A last block of at most 32 or 16 channels holds
 * 2 or 4 bands of rows side by side. Absent taps are read as x' = za'. */
#if LANES != 16
#error "LANES must be 16: a quarter of a block"
#endif
#define BLOCK 64            /* channels */
#define TILE_COLUMNS 40     /* interleaved at a time */
#define MOST_QUADS 2        /* of rows of the kernel */
#define MOST_ROW_TAPS 8         /* of a row of the kernel */

/* A block of channels and how several bands of rows share its 64 bytes. */
typedef struct depthwise_block {
    int channel, count;     /* channels of a band */
    int bands, width;       /* bytes of a band's place */
    ulong mask;             /* of band 0's channels */
} depthwise_block;

/* How a kernel and its stride map to interleaved rows. */
typedef struct depthwise_plan {
    int quads, rows, pixels; /* quads of input rows, output rows of a band, output pixels of a tile: rows * pixels = 4 */
    int steps;
    int pad;                 /* dword of x' = za' */
} depthwise_plan;

/* Everything of a block that is the same for all of its pixels. */
typedef struct depthwise_state {
    int16 weights[MOST_ROW_TAPS * MOST_QUADS * 4 * 4];
    int16 ones[MOST_ROW_TAPS * MOST_QUADS * 4 * 4]; /* 1 where there is a weight; with GEMM_USE_ROW_SUMS only */
    int16 columns[TILE_COLUMNS * MOST_QUADS * 4];
    depthwise_job job;
    column_terms terms[4];   /* of 16 bytes of a block each, channels in their own order */
    ulong base[4 * MOST_QUADS * 4]; /* [band][row]: address of pixel 0's channels, of some row where this one is outside of x */
    ulong inside[MOST_QUADS * 4];   /* bytes of the block that this row has, of all bands */
    bool bytes, table;       /* finished bytes; a table behind them */
    x86_table entries;
} depthwise_state;

static inline depthwise_plan depthwise_plan_of(const conv_params *p)
{
    depthwise_plan plan;
    plan.quads = (p->window[1] + 3) / 4;
    const int fit = (4 * plan.quads - p->window[1]) / p->stride[1] + 1, most = min(fit, p->output[1]);
    plan.rows = most >= 4 ? 4 : most >= 2 ? 2 : 1;
    plan.pixels = 4 / plan.rows;
    plan.steps = p->window[2] * plan.quads;
    plan.pad = p->pad_word ^ p->product.a_flip;
    return plan;
}

static inline depthwise_block depthwise_block_at(int channels, int index)
{
    depthwise_block b;
    b.channel = index * BLOCK;
    b.count = min(channels - b.channel, BLOCK);
    b.bands = b.count <= 16 ? 4 : b.count <= 32 ? 2 : 1;
    b.width = BLOCK / b.bands;
    b.mask = ~0ul >> (64 - b.count);
    return b;
}

/* First channel of quarter `quarter` of a block. */
static inline int quarter_channel(const depthwise_block *b, int quarter)
{
    return b->channel + quarter * 16 % b->width;
}

/* Vector v of 64 words [quarter][16] in interleaved order. */
static inline int16 interleaved(__global const int *q0, __global const int *q1, __global const int *q2, __global const int *q3, int v)
{
    return (int16)(vload4(v, q0), vload4(v, q1), vload4(v, q2), vload4(v, q3));
}

static void load_weights(const conv_params *p, const depthwise_plan *plan, const depthwise_block *b, __global const char *w, depthwise_state *s)
{
    const bool sums = (p->product.flags & GEMM_USE_ROW_SUMS) != 0;
    const int last = (p->product.n - 1) / 16; /* panel */
    __global const int *panel[4];
    for (int i = 0; i < 4; i++) panel[i] = (__global const int *)w + (ulong)min(quarter_channel(b, i) / 16, last) * (ulong)(plan->steps * 16);
    for (int tap = 0; tap < p->window[2]; tap++) {
        for (int v = 0; v < 4; v++) {
            int16 below = 0;
            uint ones_below = 0;
            for (int quad = 0; quad < plan->quads; quad++) {
                const int step = tap * plan->quads + quad, at = step * 16;
                const int16 words = interleaved(panel[0] + at, panel[1] + at, panel[2] + at, panel[3] + at, v);
                const int rest = p->window[1] - quad * 4; /* weights from here on */
                const uint ones = rest >= 4 ? 0x01010101u : 0x01010101u >> (32 - 8 * rest);
                for (int row = 0; row < plan->rows; row++) {
                    const int bits = row * p->stride[1] * 8, place = (step * plan->rows + row) * 4 + v;
                    const int16 own = bits < 32 ? words << bits : (int16)0;
                    const int16 carried = bits == 0 ? (int16)0 : as_int16(bits < 32 ? as_uint16(below) >> (uint)(32 - bits) : as_uint16(below) << (uint)(bits - 32));
                    s->weights[place] = own | carried;
                    if (!sums) continue;
                    const uint ones_own = bits < 32 ? ones << bits : 0u;
                    const uint ones_carried = bits == 0 ? 0u : bits < 32 ? ones_below >> (32 - bits) : ones_below << (bits - 32);
                    s->ones[place] = (int16)(int)(ones_own | ones_carried);
                }
                below = words;
                ones_below = ones;
            }
        }
    }
}

static void load_block(const conv_params *p, const depthwise_plan *plan, const depthwise_block *b, __global const char *w, __global const int *columns, depthwise_state *s)
{
    __global const int *base[4], *multipliers[4];
    load_weights(p, plan, b, w, s);
    for (int i = 0; i < 4; i++) {
        base[i] = columns + COLUMN_BASE * p->product.columns_plane + quarter_channel(b, i);
        multipliers[i] = columns + COLUMN_MULTIPLIER * p->product.columns_plane + quarter_channel(b, i);
        if (!s->bytes) s->terms[i] = load_columns(&p->product, columns, 0, quarter_channel(b, i));
    }
    for (int v = 0; v < 4; v++) {
        s->job.base[v] = s->bytes ? interleaved(base[0], base[1], base[2], base[3], v) : (int16)0;
        s->job.multipliers[v] = interleaved(multipliers[0], multipliers[1], multipliers[2], multipliers[3], v);
    }
}

/* Where the input rows of the bands of output rows from `row` on stand, and which of them are inside of x. */
static void place_rows(const conv_params *p, const depthwise_plan *plan, const depthwise_block *b, __global const uchar *image, int row, depthwise_state *s)
{
    for (int i = 0; i < plan->quads * 4; i++) {
        s->inside[i] = 0;
        for (int band = 0; band < b->bands; band++) {
            const int in = (row + band * plan->rows) * p->stride[1] - p->pad[1] + i, at = clamp(in, 0, p->input[1] - 1);
            s->base[band * (MOST_QUADS * 4) + i] = (ulong)(image + (ulong)at * p->x_step[1] + b->channel);
            if (at == in) s->inside[i] |= b->mask << (band * b->width);
        }
    }
}

/* One row's bytes of whole bands. */
static inline int16 load_bands_2(ulong band0, ulong band1)
{
    return as_int16((ulong8)(vload4(0, (const ulong *)band0), vload4(0, (const ulong *)band1)));
}

static inline int16 load_bands_4(const ulong *base, ulong offset)
{
    return (int16)(vload4(0, (const int *)(base[0] + offset)), vload4(0, (const int *)(base[MOST_QUADS * 4] + offset)),
                   vload4(0, (const int *)(base[MOST_QUADS * 8] + offset)), vload4(0, (const int *)(base[MOST_QUADS * 12] + offset)));
}

/* The same of bands of any width. */
static inline int16 load_bands(const depthwise_block *b, const ulong *base, ulong offset)
{
    int16 r = 0;
    for (int band = 0; band < b->bands; band++) {
        r = x86_load_masked(base[band * (MOST_QUADS * 4)] + offset - (ulong)(band * b->width), b->mask << (band * b->width), r);
    }
    return r;
}

/* What a run of columns of one quad of rows needs. */
typedef struct depthwise_run {
    ulong base[4 * MOST_QUADS * 4];
    ulong inside[4];
    ulong offset, step, pitch; /* bytes into the rows, bytes from column to column; vectors from column to column */
    int16 pad;
    int16 *to;
    int count, flip;
} depthwise_run;

static inline void interleave_band(const depthwise_run *run)
{
    const ulong p0 = run->base[0], p1 = run->base[1], p2 = run->base[2], p3 = run->base[3];
    const ulong k0 = run->inside[0], k1 = run->inside[1], k2 = run->inside[2], k3 = run->inside[3], step = run->step, pitch = run->pitch;
    const int16 pad = run->pad;
    ulong offset = run->offset;
    int16 *to = run->to;
    for (int column = run->count; column; column--, to += pitch, offset += step) {
        depthwise_interleave(x86_load_masked(p0 + offset, k0, pad), x86_load_masked(p1 + offset, k1, pad), x86_load_masked(p2 + offset, k2, pad),
                             x86_load_masked(p3 + offset, k3, pad), run->flip, to);
    }
}

static inline void interleave_bands_2(const depthwise_run *run)
{
    const ulong p0 = run->base[0], p1 = run->base[1], p2 = run->base[2], p3 = run->base[3], second = MOST_QUADS * 4;
    const ulong q0 = run->base[second], q1 = run->base[second + 1], q2 = run->base[second + 2], q3 = run->base[second + 3];
    const ulong k0 = run->inside[0], k1 = run->inside[1], k2 = run->inside[2], k3 = run->inside[3], step = run->step, pitch = run->pitch;
    const int16 pad = run->pad;
    ulong offset = run->offset;
    int16 *to = run->to;
    for (int column = run->count; column; column--, to += pitch, offset += step) {
        const int16 r0 = load_bands_2(p0 + offset, q0 + offset), r1 = load_bands_2(p1 + offset, q1 + offset);
        const int16 r2 = load_bands_2(p2 + offset, q2 + offset), r3 = load_bands_2(p3 + offset, q3 + offset);
        depthwise_interleave(x86_blend(r0, k0, pad), x86_blend(r1, k1, pad), x86_blend(r2, k2, pad), x86_blend(r3, k3, pad), run->flip, to);
    }
}

/* `whole`: four whole bands; else any. */
static inline void interleave_bands(const depthwise_run *run, const depthwise_block *b, const bool whole)
{
    ulong offset = run->offset;
    int16 *to = run->to;
    for (int column = run->count; column; column--, to += run->pitch, offset += run->step) {
        const ulong *base = run->base;
        const int16 r0 = whole ? load_bands_4(base, offset) : load_bands(b, base, offset);
        const int16 r1 = whole ? load_bands_4(base + 1, offset) : load_bands(b, base + 1, offset);
        const int16 r2 = whole ? load_bands_4(base + 2, offset) : load_bands(b, base + 2, offset);
        const int16 r3 = whole ? load_bands_4(base + 3, offset) : load_bands(b, base + 3, offset);
        depthwise_interleave(x86_blend(r0, run->inside[0], run->pad), x86_blend(r1, run->inside[1], run->pad), x86_blend(r2, run->inside[2], run->pad),
                             x86_blend(r3, run->inside[3], run->pad), run->flip, to);
    }
}

/* Columns first .. first + count of x, whatever is outside as pad. */
static void interleave_columns(const conv_params *p, const depthwise_plan *plan, const depthwise_block *b, int first, int count, depthwise_state *s)
{
    const int from = clamp(-first, 0, count), end = clamp(p->input[2] - first, from, count);
    const int pitch = plan->quads * 4;
    for (int i = 0; i < from * pitch; i++) s->columns[i] = plan->pad;
    for (int i = end * pitch; i < count * pitch; i++) s->columns[i] = plan->pad;
    depthwise_run run = {.step = p->x_step[2], .offset = (ulong)(long)(first + from) * p->x_step[2], .pitch = (ulong)pitch, .count = end - from};
    run.pad = p->pad_word;
    run.flip = p->product.a_flip;
    for (int quad = 0; quad < plan->quads; quad++) {
        run.to = s->columns + from * pitch + quad * 4;
        for (int i = 0; i < 4; i++) run.inside[i] = s->inside[quad * 4 + i];
        for (int band = 0; band < b->bands; band++) {
            for (int i = 0; i < 4; i++) run.base[band * (MOST_QUADS * 4) + i] = s->base[band * (MOST_QUADS * 4) + quad * 4 + i];
        }
        if (b->bands == 1) interleave_band(&run);
        else if (b->count == 32) interleave_bands_2(&run);
        else interleave_bands(&run, b, b->count == 16);
    }
}

/* An output's finished bytes to its bands' rows, as far as they exist. */
static inline void store_bands(const depthwise_block *b, const int16 *value, ulong address, ulong band_stride, int bands)
{
    for (int band = 0; band < bands; band++, address += band_stride) {
        if (b->count == 16) vstore4(((const int4 *)value)[band], 0, (int *)address);
        else if (b->count == 32) vstore4(((const ulong4 *)value)[band], 0, (ulong *)address);
        else if (b->count == BLOCK) vstore16(*value, 0, (int *)address);
        else x86_store_masked(address - (ulong)(band * b->width), b->mask << (band * b->width), *value);
    }
}

/* The sums of `output` in the channels' own order, every rule and type. */
static void store_sums(const conv_params *p, const depthwise_block *b, const depthwise_state *s, int output, const int16 *row_sums, int image, int row, int row_end, int band_rows, int pixel, __global const uchar *table,
                       __global const uchar *residual, __global uchar *y)
{
    for (int quarter = 0; quarter < 4; quarter++) {
        const int band_row = row + quarter * 16 / b->width * band_rows, channel = quarter_channel(b, quarter);
        const int count = b->channel + b->count - channel;
        if (count <= 0 || band_row >= row_end) continue;
        const int *words = (const int *)(s->job.results + output * 4), *sums = (const int *)(row_sums + output * 4);
        int16 acc = (int16)(vload4(quarter, words), vload4(4 + quarter, words), vload4(8 + quarter, words), vload4(12 + quarter, words));
        column_terms t = s->terms[quarter];
        if (p->product.flags & GEMM_USE_ROW_SUMS) {
            acc -= t.zero * (int16)(vload4(quarter, sums), vload4(4 + quarter, sums), vload4(8 + quarter, sums), vload4(12 + quarter, sums));
            t.zero = 0;
        }
        const ulong residual_index = conv_residual_index(p, image, 0, band_row, pixel) + (ulong)channel;
        conv_store(p, &t, acc, 0, table, residual, residual_index, y, conv_y_index(p, image, 0, band_row, pixel) + (ulong)channel, count);
    }
}

/* Four outputs of all bands. */
static inline void store_tile(const depthwise_block *b, const int16 *results, ulong address, ulong other, ulong stride, ulong band_stride)
{
    const ulong to[4] = {address, address + stride, address + other, address + other + stride};
    if (b->bands == 1) {
        for (int i = 0; i < 4; i++) x86_store_masked(to[i], b->mask, results[i]);
    } else if (b->count == 32) {
        for (int i = 0; i < 4; i++) {
            vstore4(((const ulong4 *)results)[i * 2], 0, (ulong *)to[i]);
            vstore4(((const ulong4 *)results)[i * 2 + 1], 0, (ulong *)(to[i] + band_stride));
        }
    } else {
        for (int i = 0; i < 4; i++) store_bands(b, results + i, to[i], band_stride, b->bands);
    }
}

/* Output pixels first .. end of the bands of rows from `row` on, as finished bytes. */
static void pixels_to_bytes(const conv_params *p, const depthwise_plan *plan, const depthwise_block *b, int image, int row, int row_end, int first, int end,
                            __global uchar *y, depthwise_state *s)
{
    const ulong pitch = (ulong)(plan->quads * 4) * (ulong)p->stride[2], next = p->y_step[2], below = p->y_step[1];
    const ulong stride = plan->rows == 1 ? next : below, other = plan->rows == 2 ? next : 2 * stride;
    const bool whole = row + plan->rows * b->bands <= row_end && !s->table, direct = whole && b->count == BLOCK;
    const int16 *columns = s->columns;
    ulong address = (ulong)(y + conv_y_index(p, image, 0, row, first) + b->channel);
    int16 results[4];
    for (int pixel = first; pixel < end; pixel += plan->pixels, address += next * (ulong)plan->pixels, columns += pitch * (ulong)plan->pixels) {
        const bool all = pixel + plan->pixels <= end, in_place = direct && all;
        s->job.out = in_place ? address : (ulong)results;
        s->job.other = in_place ? address + other : (ulong)(results + 2);
        s->job.stride = in_place ? stride : sizeof(int16);
        depthwise_tile(plan->rows, columns, pitch * sizeof(int16), s->weights, (ulong)plan->steps, &s->job, true);
        if (in_place) continue;
        if (whole && all) {
            store_tile(b, results, address, other, stride, below * (ulong)plan->rows);
            continue;
        }
        const int16 *result = results;
        for (int i = 0; i < min(plan->pixels, end - pixel); i++) {
            for (int j = 0; j < plan->rows; j++, result++) {
                const int bands = min(b->bands, (row_end - row - j + plan->rows - 1) / plan->rows);
                const int16 value = s->table ? x86_look_up(&s->entries, *result) : *result;
                store_bands(b, &value, address + (ulong)i * next + (ulong)j * below, below * (ulong)plan->rows, bands);
            }
        }
    }
}

/* The same for every other rule and type. */
static void pixels_to_any(const conv_params *p, const depthwise_plan *plan, const depthwise_block *b, int image, int row, int row_end, int first, int end,
                          __global const uchar *table, __global const uchar *residual, __global uchar *y, depthwise_state *s)
{
    const ulong pitch = (ulong)(plan->quads * 4) * (ulong)p->stride[2];
    int16 row_sums[16];
    for (int pixel = first; pixel < end; pixel += plan->pixels) {
        const int16 *columns = s->columns + (ulong)(pixel - first) * pitch;
        if (p->product.flags & GEMM_USE_ROW_SUMS) {
            depthwise_tile(plan->rows, columns, pitch * sizeof(int16), s->ones, (ulong)plan->steps, &s->job, false);
            for (int i = 0; i < 16; i++) row_sums[i] = s->job.results[i];
        }
        depthwise_tile(plan->rows, columns, pitch * sizeof(int16), s->weights, (ulong)plan->steps, &s->job, false);
        for (int output = 0; output < 4; output++) {
            const int at = pixel + output / plan->rows, out_row = row + output % plan->rows;
            if (at < end && out_row < row_end) store_sums(p, b, s, output, row_sums, image, out_row, row_end, plan->rows, at, table, residual, y);
        }
    }
}

static void depthwise_unit(CONV_BUFFERS, const conv_params *restrict params, ulong unit)
{
    const conv_params p = *params;
    CONV_ENTER();
    const depthwise_plan plan = depthwise_plan_of(&p);
    const int row_blocks = p.product.units[0], channel_blocks = p.product.units[1], in_image = row_blocks * channel_blocks;
    const int image = (int)(unit / (ulong)in_image), place = (int)(unit - (ulong)image * (ulong)in_image);
    const int row_block = p.product.rows_first ? place % row_blocks : place / channel_blocks;
    const int channel_block = p.product.rows_first ? place / row_blocks : place % channel_blocks;
    const int blocks = (p.product.n + BLOCK - 1) / BLOCK, step = plan.rows * depthwise_block_at(p.product.n, blocks - 1).bands;
    const int steps = (p.output[1] + step - 1) / step, row_first = block_begin(steps, row_block, row_blocks) * step;
    const int row_end = min(block_begin(steps, row_block + 1, row_blocks) * step, p.output[1]);
    const int tile_pixels = ((TILE_COLUMNS - p.window[2]) / p.stride[2] + 1) / plan.pixels * plan.pixels;
    depthwise_state s;
    s.bytes = (p.flags & CONV_SMALL_MULTIPLIERS) && !(p.flags & CONV_RESIDUAL) && !(p.product.flags & GEMM_USE_ROW_SUMS);
    s.table = s.bytes && (p.flags & CONV_TABLE);
    if (s.table) x86_load_table(table, &s.entries);
    s.job.bytes = x86_bytes_of(&p.product);

    for (int index = block_begin(blocks, channel_block, channel_blocks); index < block_begin(blocks, channel_block + 1, channel_blocks); index++) {
        const depthwise_block b = depthwise_block_at(p.product.n, index);
        load_block(&p, &plan, &b, w, columns, &s);
        for (int row = row_first; row < row_end; row += plan.rows * b.bands) {
            place_rows(&p, &plan, &b, x + (ulong)image * p.x_batch_stride, row, &s);
            for (int pixel = 0; pixel < p.output[2]; pixel += tile_pixels) {
                const int end = min(pixel + tile_pixels, p.output[2]);
                const int whole = (end - pixel + plan.pixels - 1) / plan.pixels * plan.pixels;
                interleave_columns(&p, &plan, &b, pixel * p.stride[2] - p.pad[2], (whole - 1) * p.stride[2] + p.window[2], &s);
                if (s.bytes) pixels_to_bytes(&p, &plan, &b, image, row, row_end, pixel, end, y, &s);
                else pixels_to_any(&p, &plan, &b, image, row, row_end, pixel, end, table, residual, y, &s);
            }
        }
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void conv_i8_vnni_depthwise(CONV_BUFFERS, CONV_COUNT, const conv_params p)
{
    if (p.product.m == 0) return; /* the launch that warms a program */
    CONV_BEGUN();
    const ulong units = (ulong)p.product.units[0] * (ulong)p.product.units[1] * (ulong)p.product.units[2];
    share_walk walk = begin_units(p.product.claims ? begun_buffer + p.product.claims : 0, units);
    for (ulong unit; next_unit(&walk, &unit);) depthwise_unit(x_buffer, w, constants, residual_buffer, y, &p, unit);
}
