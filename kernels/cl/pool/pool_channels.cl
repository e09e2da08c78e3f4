/* SPDX-License-Identifier: Apache-2.0 */
/* Pooling of images whose channels are contiguous, LANES channels at a time: a work-group makes a run of rows of y, or of blocks of channels where rows are
 * few. The last lanes of a block overlap the ones before, so that nothing is read or written outside: blocks have at least LANES channels. */
#define POOL_WIDE 4             /* vectors of channels that large averages keep at once */
#define POOL_SMALL_TAPS 32      /* an average of no more taps is made vector by vector */
#define POOL_SHORT_TAPS 256     /* sums of so many bytes fit 16 bits */

/* One window: its first tap, its taps on each axis. */
typedef struct NAMED(pool_window) {
    __global const uchar *first;
    int taps[POOL_AXES];
    int inside, padded;
} NAMED(pool_window);

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

/* The integer quotient with ties away from zero. The float estimate is off by less than 1; the remainder says which way. */
static inline NAMED(lane_words) NAMED(quotient_away)(NAMED(half_ints) stored, int count, int low, int high)
{
    const NAMED(half_ints) sign = stored >> 31;
    const NAMED(half_ints) sum = (stored ^ sign) - sign + count / 2;
    NAMED(half_ints) quotient = __builtin_convertvector(__builtin_convertvector(sum, NAMED(half_floats)) * (1.0f / (float)count), NAMED(half_ints));
    const NAMED(half_ints) rest = sum - quotient * count;
    quotient -= rest >> 31 & 1;
    quotient += rest >= count ? (NAMED(half_ints))1 : (NAMED(half_ints))0;
    quotient = (quotient ^ sign) - sign;
    quotient = quotient > low ? quotient : (NAMED(half_ints))low;
    quotient = quotient < high ? quotient : (NAMED(half_ints))high;
    return __builtin_convertvector(quotient, NAMED(lane_words));
}

/* What turns the sums of one window into bytes. */
typedef struct NAMED(pool_end) {
    float multiplier, low, high;    /* of the rounded product, before the zero point */
    int zero;                       /* taken off a sum */
    int count;
    bool half_away;
    uchar add;                      /* to a byte, modulo 256: the zero point, and the flip back */
} NAMED(pool_end);

static inline NAMED(pool_end) NAMED(end_of)(const pool_params *p, const NAMED(pool_window) *w)
{
    NAMED(pool_end) end = {0.0f, (float)(p->low - p->y_zero), (float)(p->high - p->y_zero), w->inside * p->x_zero, w->inside, p->half_away, (uchar)(p->y_zero ^ p->flip)};
    if (p->half_away) {
        end.zero = w->inside * p->flip;
        end.low = (float)(p->low - p->flip);
        end.high = (float)(p->high - p->flip);
        end.add = 0;
    } else {
        end.multiplier = pool_multiplier(p, p->include_pad ? w->padded : w->inside);
    }
    return end;
}

static inline NAMED(lane_words) NAMED(finish_half)(const NAMED(pool_end) *end, NAMED(half_ints) sum)
{
    if (end->half_away) return NAMED(quotient_away)(sum - end->zero, end->count, (int)end->low, (int)end->high);
    return NAMED(requantize_half)(sum - end->zero, end->multiplier, end->low, end->high);
}

static inline NAMED(lane_bytes) NAMED(finish_average)(const NAMED(pool_end) *end, NAMED(half_ints) even, NAMED(half_ints) odd)
{
    return NAMED(join_pairs)(NAMED(finish_half)(end, even), NAMED(finish_half)(end, odd)) + (NAMED(lane_bytes))end->add;
}

static inline void NAMED(add_row)(NAMED(lane_pairs) *sum, __global const uchar *row, int taps, ulong step, NAMED(lane_bytes) flip)
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

/* At most POOL_SHORT_TAPS taps: the sums fit 16 bits. */
static inline NAMED(lane_bytes) NAMED(small_average)(const pool_params *p, const NAMED(pool_window) *w, const NAMED(pool_end) *end, uint c)
{
    const NAMED(lane_bytes) flip = (NAMED(lane_bytes))(uchar)p->flip;
    NAMED(lane_pairs) sum = {0, 0};
    for (int d = 0; d < w->taps[0]; d++) {
        __global const uchar *row = w->first + d * p->tap_step[0] + c;
        for (int h = 0; h < w->taps[1]; h++, row += p->tap_step[1]) NAMED(add_row)(&sum, row, w->taps[2], p->tap_step[2], flip);
    }
    return NAMED(finish_average)(end, __builtin_convertvector(sum.even, NAMED(half_ints)), __builtin_convertvector(sum.odd, NAMED(half_ints)));
}

/* Any number of taps, POOL_WIDE vectors of channels at once, so that pixels are read in the order in which they lie. at[]: where the vectors are. */
static inline void NAMED(large_average)(const pool_params *p, const NAMED(pool_window) *w, const NAMED(pool_end) *end, const uint *at, __global uchar *y)
{
    const NAMED(lane_bytes) flip = (NAMED(lane_bytes))(uchar)p->flip;
    NAMED(lane_pairs) partial[POOL_WIDE];
    NAMED(half_ints) even[POOL_WIDE], odd[POOL_WIDE];
    int taps = 0, left = w->inside;
    for (int b = 0; b < POOL_WIDE; b++) {
        even[b] = odd[b] = 0;
        partial[b].even = partial[b].odd = 0;
    }
    for (int d = 0; d < w->taps[0]; d++) {
        for (int h = 0; h < w->taps[1]; h++) {
            __global const uchar *pixel = w->first + d * p->tap_step[0] + h * p->tap_step[1];
            for (int i = 0; i < w->taps[2]; i++, pixel += p->tap_step[2]) {
                #pragma unroll
                for (int b = 0; b < POOL_WIDE; b++) {
                    NAMED(add_bytes)(&partial[b], NAMED(load_bytes)(pixel + at[b]) ^ flip);
                    __builtin_prefetch((const void *)(ulong)(pixel + at[b] + POOL_WIDE * LANES), 0, 2); /* the channels of the next call */
                }
                left--;
                if (++taps < POOL_SHORT_TAPS && left) continue;
                taps = 0;
                #pragma unroll
                for (int b = 0; b < POOL_WIDE; b++) {
                    even[b] += __builtin_convertvector(partial[b].even, NAMED(half_ints));
                    odd[b] += __builtin_convertvector(partial[b].odd, NAMED(half_ints));
                    partial[b].even = partial[b].odd = 0;
                }
            }
        }
    }
    for (int b = 0; b < POOL_WIDE; b++) NAMED(store_bytes)(y + at[b], NAMED(finish_average)(end, even[b], odd[b]));
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

static inline void NAMED(pool_pixel)(const pool_params *p, __global const uchar *map, const NAMED(pool_window) *w, uint begin, uint end, __global uchar *y)
{
    if (p->is_max) {
        for (uint c = begin; c < end; c += LANES) {
            const uint at = min(c, end - LANES);
            NAMED(stream_bytes)(y + at, NAMED(finish_max)(p, map, NAMED(largest_of)(p, w, at)), p->streams);
        }
        return;
    }
    const NAMED(pool_end) finish = NAMED(end_of)(p, w);
    if (w->inside > POOL_SMALL_TAPS) {
        for (uint c = begin; c < end; c += POOL_WIDE * LANES) {
            uint at[POOL_WIDE];
            for (int b = 0; b < POOL_WIDE; b++) at[b] = min(c + b * LANES, end - LANES); /* too many of them do the last one again */
            NAMED(large_average)(p, w, &finish, at, y);
        }
        return;
    }
    for (uint c = begin; c < end; c += LANES) {
        const uint at = min(c, end - LANES);
        NAMED(stream_bytes)(y + at, NAMED(small_average)(p, w, &finish, at), p->streams);
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

/* Sums of the rows of one column of x, 0 beside the image. */
static inline NAMED(lane_pairs) NAMED(column_sum)(const pool_params *p, const NAMED(pool_window) *w, __global const uchar *plane, int column)
{
    NAMED(lane_pairs) sum = {0, 0};
    if (column < 0 || column >= p->width) return sum;
    __global const uchar *first = plane + (ulong)column * p->x_stride[POOL_S + 2];
    for (int d = 0; d < w->taps[0]; d++) {
        NAMED(add_row)(&sum, first + d * p->tap_step[0], w->taps[1], p->tap_step[1], (NAMED(lane_bytes))(uchar)p->flip);
    }
    return sum;
}

/* A row of averages three columns wide with a step of one: each column is summed once and used three times. */
static inline void NAMED(slide_row)(const pool_params *p, NAMED(pool_window) w, __global const int *width, uint begin, uint end, __global uchar *y)
{
    const int inside = w.inside, padded = w.padded; /* of a column */
    for (uint c = begin; c < end; c += LANES) {
        const uint at = min(c, end - LANES);
        __global const uchar *plane = w.first + at;
        NAMED(lane_pairs) left = NAMED(column_sum)(p, &w, plane, -p->left), middle = NAMED(column_sum)(p, &w, plane, 1 - p->left);
        NAMED(pool_end) finish = {0};
        for (int i = 0; i < p->output[2]; i++) {
            const NAMED(lane_pairs) right = NAMED(column_sum)(p, &w, plane, i + 2 - p->left);
            if (i == 0 || width[i * 3 + 1] != width[i * 3 - 2] || width[i * 3 + 2] != width[i * 3 - 1]) {
                w.inside = inside * width[i * 3 + 1];
                w.padded = padded * width[i * 3 + 2];
                finish = NAMED(end_of)(p, &w);
            }
            NAMED(prefetch_below)(p, plane + (ulong)i * p->x_stride[POOL_S + 2], 1);
            const NAMED(half_ints) even = __builtin_convertvector(left.even + middle.even + right.even, NAMED(half_ints));
            const NAMED(half_ints) odd = __builtin_convertvector(left.odd + middle.odd + right.odd, NAMED(half_ints));
            NAMED(stream_bytes)(y + (ulong)i * p->y_stride[POOL_S + 2] + at, NAMED(finish_average)(&finish, even, odd), p->streams);
            left = middle;
            middle = right;
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
    for (int i = 0; i < p->output[2]; i++, width += 3, row += p->y_stride[POOL_S + 2]) {
        w.first = plane + (ulong)width[0] * p->x_stride[POOL_S + 2];
        w.taps[2] = width[1];
        w.inside = inside * width[1];
        w.padded = padded * width[2];
        NAMED(prefetch_below)(p, w.first + begin, prefetch_bytes);
        NAMED(pool_pixel)(p, (__global const uchar *)tables, &w, begin, end, row);
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
#undef POOL_SMALL_TAPS
#undef POOL_SHORT_TAPS
