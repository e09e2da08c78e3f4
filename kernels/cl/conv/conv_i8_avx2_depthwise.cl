/* SPDX-License-Identifier: Apache-2.0 */
/* Depthwise convolution on AVX2, channels last, one output channel a group, kernels of up to 8 x 8 (tile/x86_avx2_depthwise). w: conv_i8_n16.
 * A unit (launch/shares.cl) is a range of steps of output rows x a range of blocks of 64 channels: units[0] x units[1]. A step is two output rows, whose input rows
 * are interleaved once, a tile of columns and 16 channels at a time; the 64 channels of a cache line come one after the other. Absent taps are read as
 * x' = za', and the weights' zero points are taken off the weights. */
#if LANES != 16
#error "LANES must be 16: a quarter of a block"
#endif
#define QUARTERS 4          /* of a block of 64 channels */
#define STEP_ROWS 2         /* output rows made from the same pairs */
#define MOST_ROW_TAPS 8     /* of a row of the kernel */
#define MOST_PAIRS 8        /* of input rows of a step: 8 rows, and 8 more at a stride of 8 */
#define OUTPUT_PAIRS 5      /* of those that one output row needs */
#define TILE_VECTORS 512    /* of interleaved columns, 16 KB */

/* Which rows a step reads, and how its outputs map to them. */
typedef struct avx2_depthwise_plan {
    int pairs, output_pairs;        /* of a step; of one output row */
    int tile_pixels;
} avx2_depthwise_plan;

/* 16 channels: what is the same for all pixels. */
typedef struct avx2_depthwise_quarter {
    int8 weights[STEP_ROWS][MOST_ROW_TAPS * OUTPUT_PAIRS * 2]; /* [of each output row][column][pair][half] */
    column_terms terms;
    int channel, count;
} avx2_depthwise_quarter;

typedef struct avx2_depthwise_state {
    avx2_depthwise_quarter quarters[QUARTERS];
    int8 columns[TILE_VECTORS];     /* [column][pair][half] */
    avx2_nine_job job;
    uchar pad[16], edge[2][16];     /* x' = za' before the flip; the channels of a pixel that has fewer than 16 left */
    bool bytes;                     /* finished by the common epilogue */
} avx2_depthwise_state;

static inline avx2_depthwise_plan avx2_depthwise_plan_of(const conv_params *p)
{
    avx2_depthwise_plan plan;
    plan.pairs = (p->window[1] + p->stride[1] + 1) / 2;
    plan.output_pairs = (p->window[1] + (p->stride[1] & 1) + 1) / 2;
    plan.tile_pixels = (TILE_VECTORS / (plan.pairs * 2) - p->window[2]) / p->stride[2] + 1;
    return plan;
}

/* Input rows from a step's first to output row `row`'s, and the pair with the first of them. */
static inline int row_begin(const conv_params *p, int row)
{
    return row * p->stride[1];
}

/* Weights w' - zw' of one tap, 16 channels; none above and below the kernel. */
static inline int16 tap_weights(const conv_params *p, __global const char *panel, int16 zero, int row, int column)
{
    if (row < 0 || row >= p->window[1]) return 0;
    return convert_int16(vload16(row * p->window[2] + column, panel)) - zero;
}

static void load_quarter(const conv_params *p, const avx2_depthwise_plan *plan, __global const char *w, __global const int *columns, avx2_depthwise_quarter *q)
{
    __global const char *panel = w + (ulong)(q->channel / 16) * (ulong)(p->taps * 16);
    q->terms = load_columns(&p->product, columns, 0, q->channel);
    const int16 zero = (p->product.flags & GEMM_USE_ROW_SUMS) ? q->terms.zero : (int16)0;
    for (int row = 0; row < STEP_ROWS; row++) {
        const int shift = row_begin(p, row) & 1;
        for (int column = 0; column < p->window[2]; column++) {
            for (int pair = 0; pair < plan->output_pairs; pair++) {
                const int16 first = tap_weights(p, panel, zero, pair * 2 - shift, column), second = tap_weights(p, panel, zero, pair * 2 + 1 - shift, column);
                const int16 both = (first & 0xffff) | second << 16;
                int8 *to = q->weights[row] + (column * plan->output_pairs + pair) * 2;
                to[0] = both.lo;
                to[1] = both.hi;
            }
        }
    }
}

/* The channels of one pixel where fewer than 16 are left. */
static inline void load_edge(ulong from, int count, uchar *to)
{
    for (int i = 0; i < count; i++) to[i] = ((__global const uchar *)from)[i];
}

/* Columns first .. first + count of the rows from `row` on, whatever is outside of x as pad. */
static void interleave(const conv_params *p, const avx2_depthwise_plan *plan, __global const uchar *image, const avx2_depthwise_quarter *q, int row, int first, int count,
                       avx2_depthwise_state *s)
{
    const int from = clamp(-first, 0, count), end = clamp(p->input[2] - first, from, count);
    const int pad = p->product.a_zero * 0x10001;
    avx2_pairs_run run = {.pitch = (ulong)(plan->pairs * 64), .flip = p->product.a_flip};
    for (int i = 0; i < from * plan->pairs * 2; i++) s->columns[i] = pad;
    for (int i = end * plan->pairs * 2; i < count * plan->pairs * 2; i++) s->columns[i] = pad;
    for (int pair = 0; pair < plan->pairs; pair++) {
        ulong address[2];
        for (int i = 0; i < 2; i++) {
            const int in = row + pair * 2 + i;
            const bool is_inside = in >= 0 && in < p->input[1];
            address[i] = (ulong)(image + (ulong)in * p->x_step[1] + (ulong)(long)(first + from) * p->x_step[2] + q->channel);
            if (!is_inside) address[i] = (ulong)s->pad;
            run.step[i] = is_inside ? p->x_step[2] : 0;
        }
        run.to = (ulong)(s->columns + (from * plan->pairs + pair) * 2);
        if (q->count >= 16) {
            run.row[0] = address[0], run.row[1] = address[1];
            run.count = (ulong)(end - from);
            avx2_pairs(&run);
            continue;
        }
        run.row[0] = (ulong)s->edge[0], run.row[1] = (ulong)s->edge[1];
        run.count = 1;
        for (int i = from; i < end; i++, run.to += run.pitch) {
            load_edge(address[0], q->count, s->edge[0]);
            load_edge(address[1], q->count, s->edge[1]);
            address[0] += run.step[0], address[1] += run.step[1];
            avx2_pairs(&run);
        }
    }
}

/* Products of one output: of its columns' pairs from `from` on. */
static inline int16 sum_pixel(const conv_params *p, const avx2_depthwise_plan *plan, const int8 *from, const int8 *weights)
{
    int8 low = 0, high = 0;
    for (int column = 0; column < p->window[2]; column++, from += plan->pairs * 2, weights += plan->output_pairs * 2) {
        for (int i = 0; i < plan->output_pairs * 2; i += 2) {
            low += avx2_madd(from[i], weights[i]);
            high += avx2_madd(from[i + 1], weights[i + 1]);
        }
    }
    return (int16)(low, high);
}

/* Where a step's outputs are. */
typedef struct avx2_depthwise_place {
    int image, row, pixel, end;     /* of output row `row` pixels pixel .. end */
    __global const uchar *table, *residual;
    __global const int *columns;
    __global uchar *y;
} avx2_depthwise_place;

static void make_pixels(const conv_params *p, const avx2_depthwise_plan *plan, const avx2_depthwise_quarter *q, const avx2_depthwise_place *at, int step_row,
                        avx2_depthwise_state *s)
{
    const int8 *from = s->columns + row_begin(p, step_row) / 2 * 2, *weights = q->weights[step_row];
    ulong y_index = conv_y_index(p, at->image, 0, at->row, at->pixel) + (ulong)q->channel;
    ulong residual_index = conv_residual_index(p, at->image, 0, at->row, at->pixel) + (ulong)q->channel;
    const ulong multipliers = (ulong)(at->columns + COLUMN_MULTIPLIER * p->product.columns_plane + q->channel);
    const bool bytes = s->bytes && q->count >= 16;
    if (bytes && p->window[2] == 3 && plan->output_pairs == 2) {
        avx2_nine_job *job = &s->job;
        job->base[0] = q->terms.base.lo, job->base[1] = q->terms.base.hi;
        job->columns = (ulong)from;
        job->pitch = (ulong)(plan->pairs * 64);
        job->column_step = (ulong)p->stride[2] * job->pitch;
        job->pair_step = 64;
        job->y = (ulong)(at->y + y_index);
        job->y_step = p->y_step[2];
        job->count = (ulong)(at->end - at->pixel);
        job->weights = (ulong)weights;
        job->multipliers = multipliers;
        avx2_nine(job);
        return;
    }
    column_terms terms = q->terms;
    terms.zero = 0; /* taken off the weights */
    for (int pixel = at->pixel; pixel < at->end; pixel++, y_index += p->y_step[2], residual_index += p->residual_step[2]) {
        int16 sums = sum_pixel(p, plan, from, weights);
        from += p->stride[2] * plan->pairs * 2;
        if (bytes) {
            sums += terms.base;
            avx2_store_bytes(&s->job.bytes, multipliers, &sums, (ulong)(at->y + y_index));
        } else {
            conv_store(p, &terms, sums, 0, at->table, at->residual, residual_index, at->y, y_index, q->count);
        }
    }
}

/* The output rows of a step, of one block of channels. */
static void make_step(const conv_params *p, const avx2_depthwise_plan *plan, avx2_depthwise_place at, __global const uchar *image, int quarters, avx2_depthwise_state *s)
{
    const int step_row = at.row, rows = min(STEP_ROWS, p->output[1] - step_row);
    for (int pixel = 0; pixel < p->output[2]; pixel += plan->tile_pixels) {
        at.pixel = pixel;
        at.end = min(pixel + plan->tile_pixels, p->output[2]);
        const int columns = (at.end - pixel - 1) * p->stride[2] + p->window[2];
        for (int i = 0; i < quarters; i++) {
            interleave(p, plan, image, s->quarters + i, step_row * p->stride[1] - p->pad[1], pixel * p->stride[2] - p->pad[2], columns, s);
            for (int row = 0; row < rows; row++) {
                at.row = step_row + row;
                make_pixels(p, plan, s->quarters + i, &at, row, s);
            }
        }
    }
}

static void depthwise_unit(CONV_BUFFERS, const conv_params *restrict params, avx2_depthwise_state *s, ulong unit)
{
    const conv_params p = *params;
    CONV_ENTER();
    (void)tap_sums;
    const avx2_depthwise_plan plan = avx2_depthwise_plan_of(&p);
    const int row_blocks = p.product.units[0], channel_blocks = p.product.units[1], in_image = row_blocks * channel_blocks;
    const int image = (int)(unit / (ulong)in_image), place = (int)(unit - (ulong)image * (ulong)in_image);
    const int row_block = p.product.rows_first ? place % row_blocks : place / channel_blocks;
    const int channel_block = p.product.rows_first ? place / row_blocks : place % channel_blocks;
    const int blocks = (p.product.n + QUARTERS * 16 - 1) / (QUARTERS * 16), steps = (p.output[1] + STEP_ROWS - 1) / STEP_ROWS;
    const int step_end = block_begin(steps, row_block + 1, row_blocks);
    avx2_depthwise_place at = {.image = image, .table = table, .residual = residual, .columns = columns, .y = y};
    s->bytes = (p.flags & CONV_SMALL_MULTIPLIERS) && !(p.flags & (CONV_RESIDUAL | CONV_TABLE));
    s->job.bytes = avx2_bytes_of(&p.product);
    for (int i = 0; i < 16; i++) s->pad[i] = (uchar)p.pad_word;
    for (int index = block_begin(blocks, channel_block, channel_blocks); index < block_begin(blocks, channel_block + 1, channel_blocks); index++) {
        int quarters = 0;
        for (int channel = index * QUARTERS * 16; quarters < QUARTERS && channel < p.product.n; quarters++, channel += 16) {
            avx2_depthwise_quarter *q = s->quarters + quarters;
            q->channel = channel;
            q->count = p.product.n - channel;
            load_quarter(&p, &plan, w, columns, q);
        }
        for (int step = block_begin(steps, row_block, row_blocks); step < step_end; step++) {
            at.row = step * STEP_ROWS;
            make_step(&p, &plan, at, x + (ulong)image * p.x_batch_stride, quarters, s);
        }
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void conv_i8_avx2_depthwise(CONV_BUFFERS, CONV_COUNT, const conv_params p)
{
    if (p.product.m == 0) return; /* the launch that warms a program */
    CONV_BEGUN();
    avx2_depthwise_state state;
    const ulong units = (ulong)p.product.units[0] * (ulong)p.product.units[1] * (ulong)p.product.units[2];
    share_walk walk = begin_units(p.product.claims ? begun_buffer + p.product.claims : 0, units);
    for (ulong unit; next_unit(&walk, &unit);) depthwise_unit(x_buffer, w, constants, residual_buffer, y, &p, &state, unit);
}
