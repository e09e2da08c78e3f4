/* SPDX-License-Identifier: Apache-2.0 */
/* Pooling of images whose channels are contiguous, LANES channels at a time: a work-group makes a run of rows of y, or of blocks of channels where rows are
 * few. The last lanes of a block overlap the ones before, so that nothing is read or written outside: blocks have at least LANES channels. */
#define POOL_WIDE 32            /* vectors of channels that large averages keep at once */
#define POOL_AHEAD 4096         /* bytes that large averages ask for early: no hardware prefetcher crosses pages */
#define POOL_SMALL_TAPS 32      /* an average of no more taps is made vector by vector */
#define POOL_SHORT_TAPS 256     /* sums of so many bytes fit 16 bits */
#define POOL_SLIDES 8           /* vectors of channels whose columns slide at once */

/* The taps of one row of a window. Two and three, the usual ones, without a loop. */
static inline NAMED(lane_bytes) NAMED(largest_in_row)(NAMED(lane_bytes) largest, __global const uchar *row, int taps, ulong step, NAMED(lane_bytes) flip)
{
    if (taps == 3) {
        const NAMED(lane_bytes) a = NAMED(load_bytes)(row) ^ flip, b = NAMED(load_bytes)(row + step) ^ flip, c = NAMED(load_bytes)(row + 2 * step) ^ flip;
        return NAMED(larger_bytes)(NAMED(larger_bytes)(largest, a), NAMED(larger_bytes)(b, c));
    }
    if (taps == 2) {
        const NAMED(lane_bytes) a = NAMED(load_bytes)(row) ^ flip, b = NAMED(load_bytes)(row + step) ^ flip;
        return NAMED(larger_bytes)(largest, NAMED(larger_bytes)(a, b));
    }
    for (int i = 0; i < taps; i++, row += step) largest = NAMED(larger_bytes)(largest, NAMED(load_bytes)(row) ^ flip);
    return largest;
}

static inline NAMED(lane_bytes) NAMED(largest_of)(const pool_params *p, const NAMED(pool_window) *w, uint c)
{
    const NAMED(lane_bytes) flip = (NAMED(lane_bytes))(uchar)p->flip;
    NAMED(lane_bytes) largest = 0;
    for (int d = 0; d < w->taps[0]; d++) {
        __global const uchar *row = w->first + d * p->tap_step[0] + c;
        for (int h = 0; h < w->taps[1]; h++, row += p->tap_step[1]) largest = NAMED(largest_in_row)(largest, row, w->taps[2], p->tap_step[2], flip);
    }
    return largest;
}

INLINED void NAMED(add_row)(NAMED(lane_pairs) *sum, __global const uchar *row, int taps, ulong step, NAMED(lane_bytes) flip)
{
    if (taps == 3) {
        NAMED(add_bytes)(sum, NAMED(load_bytes)(row) ^ flip);
        NAMED(add_bytes)(sum, NAMED(load_bytes)(row + step) ^ flip);
        NAMED(add_bytes)(sum, NAMED(load_bytes)(row + 2 * step) ^ flip);
    } else if (taps == 2) {
        NAMED(add_bytes)(sum, NAMED(load_bytes)(row) ^ flip);
        NAMED(add_bytes)(sum, NAMED(load_bytes)(row + step) ^ flip);
    } else {
        for (int i = 0; i < taps; i++, row += step) NAMED(add_bytes)(sum, NAMED(load_bytes)(row) ^ flip);
    }
}

/* At most POOL_SHORT_TAPS taps: the sums fit 16 bits. is_plain: a constant where this is called. */
INLINED NAMED(lane_bytes) NAMED(small_average)(const pool_params *p, const NAMED(pool_window) *w, const NAMED(pool_end) *end, bool is_plain, uint c)
{
    const NAMED(lane_bytes) flip = (NAMED(lane_bytes))(uchar)p->flip;
    NAMED(lane_pairs) sum = {0, 0};
    for (int d = 0; d < w->taps[0]; d++) {
        __global const uchar *row = w->first + d * p->tap_step[0] + c;
        for (int h = 0; h < w->taps[1]; h++, row += p->tap_step[1]) NAMED(add_row)(&sum, row, w->taps[2], p->tap_step[2], flip);
    }
    if (is_plain) return NAMED(plain_form)(&end->form, sum.even, sum.odd) + (NAMED(lane_bytes))end->add;
    return NAMED(finish_short)(end, sum);
}

/* Any number of taps, up to POOL_WIDE vectors of channels: the sums are in memory, so that pixels are read in the order in which they lie. */
typedef struct NAMED(pool_sums) {
    NAMED(lane_pairs) partial[POOL_WIDE];
    NAMED(half_ints) even[POOL_WIDE], odd[POOL_WIDE]; /* of POOL_SHORT_TAPS taps each, where there are more */
    uint at[POOL_WIDE];         /* where the vectors are */
    int count;
} NAMED(pool_sums);

INLINED void NAMED(add_pixels)(NAMED(pool_sums) *sums, __global const uchar *pixel, ulong step, int pixels, NAMED(lane_bytes) flip)
{
    const int count = sums->count;
    for (int b = 0; b < count; b++) {
        __global const uchar *from = pixel + sums->at[b];
        NAMED(lane_pairs) sum = sums->partial[b];
        #pragma unroll
        for (int i = 0; i < pixels; i++) {
            NAMED(add_bytes)(&sum, NAMED(load_bytes)(from + i * step) ^ flip);
            if (LANES == 64) __builtin_prefetch((const void *)(ulong)(from + i * step + POOL_AHEAD), 0, 3);
        }
        sums->partial[b] = sum;
    }
}

static void NAMED(empty_partial)(NAMED(pool_sums) *sums)
{
    for (int b = 0; b < sums->count; b++) {
        sums->even[b] += __builtin_convertvector(sums->partial[b].even, NAMED(half_ints));
        sums->odd[b] += __builtin_convertvector(sums->partial[b].odd, NAMED(half_ints));
        sums->partial[b].even = sums->partial[b].odd = 0;
    }
}

static void NAMED(large_average)(const pool_params *p, const NAMED(pool_window) *w, const NAMED(pool_end) *end, NAMED(pool_sums) *sums, __global uchar *y)
{
    const NAMED(lane_bytes) flip = (NAMED(lane_bytes))(uchar)p->flip;
    const ulong step = p->tap_step[2];
    int taps = 0;
    for (int b = 0; b < sums->count; b++) {
        sums->even[b] = sums->odd[b] = 0;
        sums->partial[b].even = sums->partial[b].odd = 0;
    }
    for (int d = 0; d < w->taps[0]; d++) {
        for (int h = 0; h < w->taps[1]; h++) {
            __global const uchar *pixel = w->first + d * p->tap_step[0] + h * p->tap_step[1];
            for (int i = 0, run; i < w->taps[2]; i += run, pixel += run * step) {
                run = i + 2 <= w->taps[2] && sums->count <= 8 ? 2 : 1;
                if (taps + run > POOL_SHORT_TAPS) {
                    NAMED(empty_partial)(sums);
                    taps = 0;
                }
                taps += run;
                if (run == 2) NAMED(add_pixels)(sums, pixel, step, 2, flip);
                else NAMED(add_pixels)(sums, pixel, step, 1, flip);
            }
        }
    }
    NAMED(empty_partial)(sums);
    for (int b = 0; b < sums->count; b++) NAMED(store_bytes)(y + sums->at[b], NAMED(finish_average)(end, sums->even[b], sums->odd[b]));
}

static inline NAMED(lane_bytes) NAMED(finish_max)(const pool_params *p, __global const uchar *map, NAMED(lane_bytes) largest)
{
    if (p->has_map) {
        for (int i = 0; i < LANES; i++) largest[i] = map[largest[i]];
    }
    const NAMED(lane_bytes) low = (NAMED(lane_bytes))(uchar)p->low, high = (NAMED(lane_bytes))(uchar)p->high;
    const NAMED(lane_bytes) least = NAMED(larger_bytes)(largest, low);
    return (least < high ? least : high) ^ (NAMED(lane_bytes))(uchar)p->flip;
}

static inline void NAMED(pool_pixel)(const pool_params *p, __global const uchar *map, const NAMED(pool_window) *w, const NAMED(pool_end) *finish, uint begin, uint end,
                                     __global uchar *y)
{
    if (p->is_max) {
        for (uint c = begin; c < end; c += LANES) {
            const uint at = min(c, end - LANES);
            NAMED(stream_bytes)(y + at, NAMED(finish_max)(p, map, NAMED(largest_of)(p, w, at)), p->streams);
        }
        return;
    }
    if (w->inside > POOL_SMALL_TAPS) {
        NAMED(pool_sums) sums;
        for (uint c = begin; c < end; c += POOL_WIDE * LANES) {
            sums.count = (int)min((end - c + LANES - 1) / LANES, (uint)POOL_WIDE);
            for (int b = 0; b < sums.count; b++) sums.at[b] = min(c + b * LANES, end - LANES);
            NAMED(large_average)(p, w, finish, &sums, y);
        }
        return;
    }
    for (uint c = begin; c < end && finish->is_plain; c += LANES) {
        const uint at = min(c, end - LANES);
        NAMED(stream_bytes)(y + at, NAMED(small_average)(p, w, finish, true, at), p->streams);
    }
    for (uint c = begin; c < end && !finish->is_plain; c += LANES) {
        const uint at = min(c, end - LANES);
        NAMED(stream_bytes)(y + at, NAMED(small_average)(p, w, finish, false, at), p->streams);
    }
}

/* Asks for what the window below will read for the first time; addresses past the end do no harm. */
static inline void NAMED(prefetch_below)(const pool_params *p, __global const uchar *first, uint bytes)
{
    for (int r = 0; r < p->prefetch_rows; r++) {
        const ulong next = (ulong)(first + p->prefetch_ahead + (ulong)r * p->x_stride[POOL_S + 1]);
        for (uint at = 0; at < bytes; at += 64) __builtin_prefetch((const void *)(next + at), 0, 2);
    }
}

/* Averages three columns wide with a step of one, of up to POOL_SLIDES vectors of channels at a time. The sums of the last three columns are kept, so that each
 * column is read and summed once. */
typedef struct NAMED(pool_slide) {
    NAMED(lane_pairs) sums[3][POOL_SLIDES];
    uint at[POOL_SLIDES];       /* where the vectors are */
    int count;
} NAMED(pool_slide);

/* Sums of one column of x, 0 beside the image. */
static void NAMED(sum_column)(const pool_params *p, const NAMED(pool_window) *w, int column, const NAMED(pool_slide) *slide, NAMED(lane_pairs) *sums)
{
    for (int b = 0; b < slide->count; b++) {
        NAMED(lane_pairs) sum = {0, 0};
        __global const uchar *first = w->first + (ulong)max(column, 0) * p->x_stride[POOL_S + 2] + slide->at[b];
        for (int d = 0; d < w->taps[0] && column >= 0 && column < p->width; d++) {
            NAMED(add_row)(&sum, first + d * p->tap_step[0], w->taps[1], p->tap_step[1], (NAMED(lane_bytes))(uchar)p->flip);
        }
        sums[b] = sum;
    }
}

/* The average of the third column, whose sums are not known yet, and the two before it. */
static void NAMED(slide_any)(const pool_params *p, const NAMED(pool_window) *w, const NAMED(pool_end) *end, int column, NAMED(pool_slide) *slide, int third, __global uchar *y)
{
    NAMED(sum_column)(p, w, column, slide, slide->sums[third]);
    for (int b = 0; b < slide->count; b++) {
        const NAMED(lane_pairs) u = slide->sums[0][b], v = slide->sums[1][b], s = slide->sums[2][b];
        const NAMED(lane_pairs) sum = {u.even + v.even + s.even, u.odd + v.odd + s.odd};
        NAMED(stream_bytes)(y + slide->at[b], NAMED(finish_short)(end, sum), p->streams);
    }
}

/* The same where the window has three rows, all inside, and a plain form. flip is a constant where this is called. */
INLINED void NAMED(slide_plain)(const pool_params *p, const NAMED(form_lanes) *form, __global const uchar *first, uchar flip, uchar add, NAMED(pool_slide) *slide, int third,
                                __global uchar *y)
{
    const ulong step = p->tap_step[1];
    const NAMED(lane_pairs) *before = slide->sums[third == 0 ? 1 : 0], *other = slide->sums[third == 2 ? 1 : 2];
    NAMED(lane_pairs) *sums = slide->sums[third];
    const int count = slide->count;
    const bool streams = p->streams;
    for (int b = 0; b < count; b++) {
        const uint at = slide->at[b];
        NAMED(lane_pairs) sum = {0, 0};
        NAMED(add_bytes)(&sum, NAMED(load_bytes)(first + at) ^ (NAMED(lane_bytes))flip);
        NAMED(add_bytes)(&sum, NAMED(load_bytes)(first + at + step) ^ (NAMED(lane_bytes))flip);
        NAMED(add_bytes)(&sum, NAMED(load_bytes)(first + at + 2 * step) ^ (NAMED(lane_bytes))flip);
        sums[b] = sum;
        sum.even += before[b].even + other[b].even;
        sum.odd += before[b].odd + other[b].odd;
        NAMED(stream_bytes)(y + at, NAMED(plain_form)(form, sum.even, sum.odd) + (NAMED(lane_bytes))add, streams);
    }
}

static void NAMED(slide_row)(const pool_params *p, NAMED(pool_window) w, __global const int *width, uint begin, uint end, __global uchar *y)
{
    const int inside = w.inside, padded = w.padded; /* of a column */
    const bool has_three = w.taps[0] == 1 && w.taps[1] == 3;
    NAMED(pool_slide) slide;
    NAMED(pool_end) finish;
    for (uint c = begin; c < end; c += POOL_SLIDES * LANES) {
        slide.count = (int)min((end - c + LANES - 1) / LANES, (uint)POOL_SLIDES);
        for (int b = 0; b < slide.count; b++) slide.at[b] = min(c + b * LANES, end - LANES);
        NAMED(sum_column)(p, &w, -p->left, &slide, slide.sums[0]);
        NAMED(sum_column)(p, &w, 1 - p->left, &slide, slide.sums[1]);
        for (int i = 0, third = 2; i < p->output[2]; i++, third = third == 2 ? 0 : third + 1) {
            const int column = i + 2 - p->left;
            __global uchar *to = y + (ulong)i * p->y_stride[POOL_S + 2];
            if (i == 0 || width[i * 3 + 1] != width[i * 3 - 2] || width[i * 3 + 2] != width[i * 3 - 1]) {
                w.inside = inside * width[i * 3 + 1];
                w.padded = padded * width[i * 3 + 2];
                NAMED(load_end)(p, &w, &finish);
            }
            NAMED(prefetch_below)(p, w.first + (ulong)i * p->x_stride[POOL_S + 2] + c, (uint)slide.count * LANES);
            __global const uchar *first = w.first + (ulong)column * p->x_stride[POOL_S + 2];
            if (!has_three || !finish.is_plain || column < 0 || column >= p->width) NAMED(slide_any)(p, &w, &finish, column, &slide, third, to);
            else if (p->flip) NAMED(slide_plain)(p, &finish.form, first, 128, finish.add, &slide, third, to);
            else NAMED(slide_plain)(p, &finish.form, first, 0, finish.add, &slide, third, to);
        }
    }
}

/* All pixels of one row of y, of channels [begin, end). */
static inline void NAMED(pool_row)(const pool_params *p, __global const uchar *x, __global uchar *y, __global const int *tables, const uint at[3], uint begin, uint end)
{
    __global const int *depth = tables + p->windows[0] + at[1] * 3, *height = tables + p->windows[1] + at[2] * 3, *width = tables + p->windows[2];
    __global const uchar *plane = x + at[0] * p->x_stride[POOL_N] + (ulong)depth[0] * p->x_stride[POOL_S] + (ulong)height[0] * p->x_stride[POOL_S + 1];
    __global uchar *row = y + at[0] * p->y_stride[POOL_N] + at[1] * p->y_stride[POOL_S] + at[2] * p->y_stride[POOL_S + 1];
    NAMED(pool_window) w = {plane, {depth[1], height[1], 0}, 0, 0};
    const uint prefetch_bytes = (end - begin) * (uint)p->prefetch_columns;
    const int inside = depth[1] * height[1], padded = depth[2] * height[2];
    if (p->slides) {
        w.inside = inside;
        w.padded = padded;
        NAMED(slide_row)(p, w, width, begin, end, row);
        return;
    }
    NAMED(pool_end) finish;
    for (int i = 0; i < p->output[2]; i++, width += 3, row += p->y_stride[POOL_S + 2]) {
        w.first = plane + (ulong)width[0] * p->x_stride[POOL_S + 2];
        w.taps[2] = width[1];
        w.inside = inside * width[1];
        w.padded = padded * width[2];
        NAMED(prefetch_below)(p, w.first + begin, prefetch_bytes);
        if (!p->is_max && (i == 0 || width[1] != width[-2] || width[2] != width[-1])) NAMED(load_end)(p, &w, &finish);
        NAMED(pool_pixel)(p, (__global const uchar *)tables, &w, &finish, begin, end, row);
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void NAMED(pool_channels)(__global const uchar *restrict x, __global uchar *restrict y,
                                                                                  __global const int *restrict tables, OP_COUNT, const pool_params p)
{
    OP_BEGUN();
    ulong unit = get_group_id(0) * p.chunk;
    const ulong end = min(unit + p.chunk, p.units);
    if (unit >= end) return;
    const ulong row = unit / (uint)p.channel_blocks, plane = row / (uint)p.output[1], image = plane / (uint)p.output[0];
    uint block = (uint)(unit - row * (uint)p.channel_blocks);
    uint at[3] = {(uint)image, (uint)(plane - image * (uint)p.output[0]), (uint)(row - plane * (uint)p.output[1])}; /* image, depth, row */
    for (; unit < end; unit++) {
        const uint begin = block * (uint)p.channel_block, stop = block + 1 == (uint)p.channel_blocks ? (uint)p.channels : begin + (uint)p.channel_block;
        NAMED(pool_row)(&p, x + p.head.offset[0], y + p.head.offset[1], tables + p.head.offset[2] / 4, at, begin, stop);
        if (++block < (uint)p.channel_blocks) continue;
        block = 0;
        if (++at[2] < (uint)p.output[1]) continue;
        at[2] = 0;
        if (++at[1] < (uint)p.output[0]) continue;
        at[1] = 0;
        at[0]++;
    }
}
#undef POOL_WIDE
#undef POOL_AHEAD
#undef POOL_SMALL_TAPS
#undef POOL_SHORT_TAPS
#undef POOL_SLIDES
