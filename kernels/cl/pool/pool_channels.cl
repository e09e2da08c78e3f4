/* SPDX-License-Identifier: Apache-2.0 */
/* Pooling of images whose channels are contiguous, LANES channels at a time: a work-group makes a run of rows of y, or of blocks of channels where rows are
 * few. The last lanes of a block overlap the ones before, so that nothing is read or written outside: blocks have at least LANES channels. */
#define POOL_WIDE 8             /* vectors of channels that large averages keep at once */
#define POOL_SHORT_TAPS 256     /* sums of so many bytes fit 16 bits */

/* One window: its first tap, its taps on each axis. */
typedef struct NAMED(pool_window) {
    __global const uchar *first;
    int taps[POOL_AXES];
    int inside, padded;
} NAMED(pool_window);

static inline NAMED(lane_bytes) NAMED(largest_of)(const pool_params *p, const NAMED(pool_window) *w, uint c)
{
    const NAMED(lane_bytes) flip = (NAMED(lane_bytes))(uchar)p->flip;
    NAMED(lane_bytes) largest = 0;
    for (int d = 0; d < w->taps[0]; d++) {
        for (int h = 0; h < w->taps[1]; h++) {
            __global const uchar *row = w->first + d * p->tap_step[0] + h * p->tap_step[1] + c;
            for (int i = 0; i < w->taps[2]; i++) largest = NAMED(larger_bytes)(largest, NAMED(load_bytes)(row + i * p->tap_step[2]) ^ flip);
        }
    }
    return largest;
}

/* The integer quotient with ties away from zero. The float estimate is off by less than 1; the remainder says which way. */
static inline NAMED(lane_ints) NAMED(quotient_away)(NAMED(lane_ints) stored, int count)
{
    const NAMED(lane_ints) sign = stored >> 31;
    const NAMED(lane_ints) sum = (stored ^ sign) - sign + count / 2;
    NAMED(lane_ints) quotient = __builtin_convertvector(__builtin_convertvector(sum, NAMED(lane_floats)) * (1.0f / (float)count), NAMED(lane_ints));
    const NAMED(lane_ints) rest = sum - quotient * count;
    quotient -= rest >> 31 & 1;
    quotient += rest >= count ? (NAMED(lane_ints))1 : (NAMED(lane_ints))0;
    return (quotient ^ sign) - sign;
}

static inline NAMED(lane_bytes) NAMED(finish_average)(const pool_params *p, const NAMED(pool_window) *w, float multiplier, NAMED(lane_uints) sum)
{
    NAMED(lane_ints) value;
    if (p->half_away) {
        value = NAMED(quotient_away)(__builtin_astype(sum, NAMED(lane_ints)) - w->inside * p->flip, w->inside) + p->flip;
        value = value > p->low ? value : (NAMED(lane_ints))p->low;
        value = value < p->high ? value : (NAMED(lane_ints))p->high;
    } else {
        const NAMED(lane_ints) acc = __builtin_astype(sum, NAMED(lane_ints)) - w->inside * p->x_zero;
        value = NAMED(requantize_lanes)(acc, (NAMED(lane_floats))multiplier, p->y_zero, p->low, p->high);
    }
    return __builtin_convertvector(value, NAMED(lane_bytes)) ^ (NAMED(lane_bytes))(uchar)p->flip;
}

/* At most POOL_SHORT_TAPS taps: the sums stay in registers. */
static inline NAMED(lane_uints) NAMED(small_sum)(const pool_params *p, const NAMED(pool_window) *w, uint c)
{
    const NAMED(lane_bytes) flip = (NAMED(lane_bytes))(uchar)p->flip;
    NAMED(lane_shorts) sum = 0;
    for (int d = 0; d < w->taps[0]; d++) {
        for (int h = 0; h < w->taps[1]; h++) {
            __global const uchar *row = w->first + d * p->tap_step[0] + h * p->tap_step[1] + c;
            for (int i = 0; i < w->taps[2]; i++) sum += __builtin_convertvector(NAMED(load_bytes)(row + i * p->tap_step[2]) ^ flip, NAMED(lane_shorts));
        }
    }
    return __builtin_convertvector(sum, NAMED(lane_uints));
}

/* Any number of taps, `count` vectors of channels at once, so that pixels are read in the order in which they lie. */
static inline void NAMED(large_sums)(const pool_params *p, const NAMED(pool_window) *w, const uint *at, int count, NAMED(lane_uints) *sums)
{
    const NAMED(lane_bytes) flip = (NAMED(lane_bytes))(uchar)p->flip;
    NAMED(lane_shorts) partial[POOL_WIDE];
    int taps = 0;
    for (int b = 0; b < count; b++) {
        sums[b] = 0;
        partial[b] = 0;
    }
    for (int d = 0; d < w->taps[0]; d++) {
        for (int h = 0; h < w->taps[1]; h++) {
            __global const uchar *pixel = w->first + d * p->tap_step[0] + h * p->tap_step[1];
            for (int i = 0; i < w->taps[2]; i++, pixel += p->tap_step[2]) {
                for (int b = 0; b < count; b++) partial[b] += __builtin_convertvector(NAMED(load_bytes)(pixel + at[b]) ^ flip, NAMED(lane_shorts));
                if (++taps < POOL_SHORT_TAPS) continue;
                taps = 0;
                for (int b = 0; b < count; b++) {
                    sums[b] += __builtin_convertvector(partial[b], NAMED(lane_uints));
                    partial[b] = 0;
                }
            }
        }
    }
    for (int b = 0; b < count; b++) sums[b] += __builtin_convertvector(partial[b], NAMED(lane_uints));
}

static inline void NAMED(large_average)(const pool_params *p, const NAMED(pool_window) *w, float multiplier, uint begin, uint end, __global uchar *y)
{
    NAMED(lane_uints) sums[POOL_WIDE];
    uint at[POOL_WIDE];
    for (uint c = begin; c < end;) {
        int count = 0;
        for (; count < POOL_WIDE && c < end; count++, c += LANES) at[count] = min(c, end - LANES);
        NAMED(large_sums)(p, w, at, count, sums);
        for (int b = 0; b < count; b++) NAMED(store_bytes)(y + at[b], NAMED(finish_average)(p, w, multiplier, sums[b]));
    }
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
            NAMED(store_bytes)(y + at, NAMED(finish_max)(p, map, NAMED(largest_of)(p, w, at)));
        }
        return;
    }
    const float multiplier = p->half_away ? 0.0f : pool_multiplier(p, p->include_pad ? w->padded : w->inside);
    if (w->inside > 32) {
        NAMED(large_average)(p, w, multiplier, begin, end, y);
        return;
    }
    for (uint c = begin; c < end; c += LANES) {
        const uint at = min(c, end - LANES);
        NAMED(store_bytes)(y + at, NAMED(finish_average)(p, w, multiplier, NAMED(small_sum)(p, w, at)));
    }
}

/* All pixels of one row of y, of channels [begin, end). */
static inline void NAMED(pool_row)(const pool_params *p, __global const uchar *x, __global uchar *y, __global const int *tables, const uint at[3], uint begin, uint end)
{
    __global const int *depth = tables + p->windows[0] + at[1] * 3, *height = tables + p->windows[1] + at[2] * 3, *width = tables + p->windows[2];
    __global const uchar *plane = x + at[0] * p->x_stride[POOL_N] + (ulong)depth[0] * p->x_stride[POOL_S] + (ulong)height[0] * p->x_stride[POOL_S + 1];
    __global uchar *row = y + at[0] * p->y_stride[POOL_N] + at[1] * p->y_stride[POOL_S] + at[2] * p->y_stride[POOL_S + 1];
    NAMED(pool_window) w = {plane, {depth[1], height[1], 0}, 0, 0};
    const int inside = depth[1] * height[1], padded = depth[2] * height[2];
    for (int i = 0; i < p->output[2]; i++, width += 3, row += p->y_stride[POOL_S + 2]) {
        w.first = plane + (ulong)width[0] * p->x_stride[POOL_S + 2];
        w.taps[2] = width[1];
        w.inside = inside * width[1];
        w.padded = padded * width[2];
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
#undef POOL_SHORT_TAPS
