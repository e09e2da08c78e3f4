/* SPDX-License-Identifier: Apache-2.0 */
/* Pooling of images whose columns are contiguous (channels first): a work-group makes a run of rows of y. Each row is pooled over its rows of x first, 16 columns at a
 * time, into a line of 16-bit values with padding of 0 on both sides, which changes neither a sum nor a maximum of unsigned bytes; then along that line. */
#define POOL_LINE 1024          /* columns of x with all padding */
#define POOL_LANES 16

static inline ushort16 pool_join(const pool_params *p, ushort16 a, ushort16 b)
{
    return p->is_max ? max(a, b) : a + b;
}

static inline void pool_columns(const pool_params *p, __global const uchar *first, int depths, int heights, int width, ushort *line)
{
    for (int c = 0; c < width; c += POOL_LANES) {
        const int at = width < POOL_LANES ? 0 : min(c, width - POOL_LANES);
        ushort16 column = 0;
        for (int d = 0; d < depths; d++) {
            for (int h = 0; h < heights; h++) {
                __global const uchar *row = first + d * p->tap_step[0] + h * p->tap_step[1];
                uchar16 bytes = 0;
                if (width >= POOL_LANES) bytes = vload16(0, row + at) ^ (uchar16)(uchar)p->flip;
                for (int i = 0; width < POOL_LANES && i < width; i++) ((uchar *)&bytes)[i] = row[i] ^ (uchar)p->flip;
                column = pool_join(p, column, convert_ushort16(bytes));
            }
        }
        vstore16(column, 0, line + at);
    }
}

/* 16 values of a line, `step` apart. */
static inline ushort16 pool_pick(const ushort *from, int step)
{
    if (step == 1) return vload16(0, from);
    if (step == 2) return (ushort16)(vload16(0, from).even, vload16(1, from).even);
    ushort16 picked;
    for (int i = 0; i < POOL_LANES; i++) ((ushort *)&picked)[i] = from[i * step];
    return picked;
}

/* The one window of a line that it covers whole, in lane 0: 16 columns at a time, then across. */
static inline uint16 pool_whole(const pool_params *p, const ushort *line)
{
    uint16 lanes = 0, found = 0;
    for (int i = 0; i < p->left + p->width; i += POOL_LANES) {
        const uint16 value = convert_uint16(vload16(0, line + i));
        lanes = p->is_max ? max(lanes, value) : lanes + value;
    }
    const uint8 half_lanes = p->is_max ? max(lanes.lo, lanes.hi) : lanes.lo + lanes.hi;
    const uint4 quarter = p->is_max ? max(half_lanes.lo, half_lanes.hi) : half_lanes.lo + half_lanes.hi;
    const uint2 pair = p->is_max ? max(quarter.lo, quarter.hi) : quarter.lo + quarter.hi;
    found.s0 = p->is_max ? max(pair.x, pair.y) : pair.x + pair.y;
    return found;
}

/* Sums or maxima of 16 windows. */
static inline uint16 pool_along(const pool_params *p, const ushort *from)
{
    uint16 found = 0;
    if (p->is_whole) return pool_whole(p, from);
    for (int k = 0; k < p->span; k++) {
        const uint16 value = convert_uint16(pool_pick(from + k * p->column_dilation, p->column_step));
        found = p->is_max ? max(found, value) : found + value;
    }
    return found;
}

/* As pool_average of 16 windows of `inside` taps that the float rule makes. */
static inline uchar16 pool_round(const pool_params *p, uint16 sum, int inside, float multiplier)
{
    const float low = (float)(p->low - p->y_zero), high = (float)(p->high - p->y_zero);
    float16 product = convert_float16(as_int16(sum) - inside * p->x_zero) * multiplier;
    product = product > low ? product : (float16)low;
    product = product < high ? product : (float16)high;
    return convert_uchar16(as_int16(product + 12582912.0f) - 0x4b400000 + p->y_zero); /* 1.5 * 2^23 rounds to nearest even */
}

/* What the windows of one row share: taps above each other, inside the image and inside its padding. */
typedef struct pool_band {
    int inside, padded;
} pool_band;

static inline uchar16 pool_finish_lanes(const pool_params *p, __global const uchar *map, __global const int *windows, int column, pool_band band, uint16 found)
{
    const int end = min(column + POOL_LANES, p->output[2]);
    const bool is_float = !p->is_max && !p->half_away;
    uchar16 result = 0;
    if (p->is_max && !p->has_map) return clamp(convert_uchar16(found), (uchar16)(uchar)p->low, (uchar16)(uchar)p->high);
    if (is_float) {
        const int inside = band.inside * p->span, padded = band.padded * p->span;
        result = pool_round(p, found, inside, pool_multiplier(p, p->include_pad ? padded : inside));
        if (column >= p->whole_begin && end <= p->whole_end) return result;
    }
    for (int i = 0; i < end - column; i++) {
        if (is_float && column + i >= p->whole_begin && column + i < p->whole_end) continue;
        const uint value = ((const uint *)&found)[i];
        __global const int *window = windows + (column + i) * 3;
        ((uchar *)&result)[i] = (uchar)(p->is_max ? pool_max(p, map, (int)value) : pool_average(p, value, band.inside * window[1], band.padded * window[2]));
    }
    return result;
}

static inline void pool_plane_row(const pool_params *p, __global const uchar *x, __global uchar *y, __global const int *tables, const uint at[4], ushort *line)
{
    __global const int *depth = tables + p->windows[0] + at[2] * 3, *height = tables + p->windows[1] + at[3] * 3;
    __global const uchar *first = x + at[0] * p->x_stride[POOL_N] + at[1] * p->x_stride[POOL_C] + (ulong)depth[0] * p->x_stride[POOL_S] +
                                  (ulong)height[0] * p->x_stride[POOL_S + 1];
    __global uchar *row = y + at[0] * p->y_stride[POOL_N] + at[1] * p->y_stride[POOL_C] + at[2] * p->y_stride[POOL_S] + at[3] * p->y_stride[POOL_S + 1];
    const pool_band band = {depth[1] * height[1], depth[2] * height[2]};
    for (int i = p->left + p->width; i < p->line_end; i++) line[i] = 0; /* a narrow row has left something there */
    pool_columns(p, first, depth[1], height[1], p->width, line + p->left);
    for (int column = 0; column < p->output[2]; column += POOL_LANES) {
        const uint16 found = pool_along(p, line + column * p->column_step);
        const uchar16 bytes = pool_finish_lanes(p, (__global const uchar *)tables, tables + p->windows[2], column, band, found) ^ (uchar16)(uchar)p->flip;
        if (column + POOL_LANES <= p->output[2]) vstore16(bytes, 0, row + column);
        for (int i = column; column + POOL_LANES > p->output[2] && i < p->output[2]; i++) row[i] = ((const uchar *)&bytes)[i - column];
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void pool_planes(__global const uchar *restrict x, __global uchar *restrict y, __global const int *restrict tables,
                                                                         OP_COUNT, const pool_params p)
{
    OP_BEGUN();
    ushort line[POOL_LINE];
    ulong unit = get_group_id(0) * p.chunk;
    const ulong end = min(unit + p.chunk, p.units);
    if (unit >= end) return;
    for (int i = 0; i < POOL_LINE; i++) line[i] = 0;
    const ulong depth = unit / (uint)p.output[1], plane = depth / (uint)p.output[0], image = plane / (uint)p.channels;
    uint at[4] = {(uint)image, (uint)(plane - image * (uint)p.channels), (uint)(depth - plane * (uint)p.output[0]), (uint)(unit - depth * (uint)p.output[1])};
    for (; unit < end; unit++) {
        pool_plane_row(&p, x + p.head.offset[0], y + p.head.offset[1], tables + p.head.offset[2] / 4, at, line);
        if (++at[3] < (uint)p.output[1]) continue;
        at[3] = 0;
        if (++at[2] < (uint)p.output[0]) continue;
        at[2] = 0;
        if (++at[1] < (uint)p.channels) continue;
        at[1] = 0;
        at[0]++;
    }
}
