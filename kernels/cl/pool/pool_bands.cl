/* SPDX-License-Identifier: Apache-2.0 */
/* Pooling of images whose columns are contiguous (channels first): a unit is some rows of y of one plane. The rows of x that they need are copied first, with padding
 * of 0 on both sides, which changes neither a sum nor a maximum of unsigned bytes, and without `flip`. Then vectors at any place of the copy are taps of LANES
 * windows, or of LANES / 2 where windows are two columns apart: those need the even bytes only. */
#define BAND_BYTES 24576        /* of the copy */

typedef uchar band_half __attribute__((ext_vector_type(LANES / 2), aligned(1)));
typedef uchar band_quarter __attribute__((ext_vector_type(LANES / 4), aligned(1)));

/* What a unit's rows share. */
typedef struct band_state {
    ulong depth_step, row_step; /* bytes between taps */
    NAMED(lane_bytes) low, high, flip;
    NAMED(pool_end) end;
    const pool_form *borders[2];/* of the first and the last window of a row; NULL: none */
    int inside, padded;         /* taps above each other that these are of; 0: none yet */
} band_state;

/* One row of windows. */
typedef struct band_row {
    const uchar *first;         /* of the copy, at the padding's first column */
    int depths, heights, padded;/* taps above each other: inside, and inside the padding */
} band_row;

static inline NAMED(lane_bytes) load_copy(const uchar *from)
{
    return *(const NAMED(lane_bytes) *)from;
}

/* `width` bytes, each with `flip`; the last vector of a kind overlaps the one before. Asks for the bytes `ahead`, which the next unit copies: while this one is
 * pooled they come from memory. */
static void copy_row(__global const uchar *from, int width, uchar flip, ulong ahead, uchar *to)
{
    for (int c = 0; c < width; c += 64) __builtin_prefetch((const void *)(ulong)(from + c + ahead), 0, 2);
    if (width >= LANES) {
        for (int c = 0; c + LANES <= width; c += LANES) *(NAMED(lane_bytes) *)(to + c) = NAMED(load_bytes)(from + c) ^ (NAMED(lane_bytes))flip;
        const int last = width - LANES;
        *(NAMED(lane_bytes) *)(to + last) = NAMED(load_bytes)(from + last) ^ (NAMED(lane_bytes))flip;
    } else if (width >= LANES / 2) {
        *(band_half *)to = *(__global const band_half *)from ^ (band_half)flip;
        *(band_half *)(to + width - LANES / 2) = *(__global const band_half *)(from + width - LANES / 2) ^ (band_half)flip;
    } else if (width >= LANES / 4) {
        *(band_quarter *)to = *(__global const band_quarter *)from ^ (band_quarter)flip;
        *(band_quarter *)(to + width - LANES / 4) = *(__global const band_quarter *)(from + width - LANES / 4) ^ (band_quarter)flip;
    } else {
        for (int c = 0; c < width; c++) to[c] = from[c] ^ flip;
    }
}

/* How the taps of a window lie in the copy. `kind`, a constant: 3 for 3 x 3 neighbours, 2 for 2 x 2, 0 for the loops; PoCL unrolls none. */
typedef struct band_taps {
    int kind, depths, heights, span, dilation;
    ulong depth_step, row_step;
} band_taps;

INLINED NAMED(lane_bytes) largest_two(const uchar *row)
{
    return NAMED(larger_bytes)(load_copy(row), load_copy(row + 1));
}

INLINED NAMED(lane_bytes) largest_three(const uchar *row)
{
    return NAMED(larger_bytes)(largest_two(row), load_copy(row + 2));
}

INLINED NAMED(lane_bytes) band_largest(const band_taps t, const uchar *first)
{
    if (t.kind == 2) return NAMED(larger_bytes)(largest_two(first), largest_two(first + t.row_step));
    if (t.kind == 3) {
        const NAMED(lane_bytes) outer = NAMED(larger_bytes)(largest_three(first), largest_three(first + 2 * t.row_step));
        return NAMED(larger_bytes)(outer, largest_three(first + t.row_step));
    }
    NAMED(lane_bytes) largest = 0;
    for (int d = 0; d < t.depths; d++) {
        for (int h = 0; h < t.heights; h++) {
            const uchar *row = first + d * t.depth_step + h * t.row_step;
            for (int k = 0; k < t.span; k++) largest = NAMED(larger_bytes)(largest, load_copy(row + k * t.dilation));
        }
    }
    return largest;
}

/* The odd windows' taps too, unless is_even, a constant. */
INLINED void add_copy(NAMED(lane_pairs) *sum, const uchar *from, bool is_even)
{
    const NAMED(lane_words) words = __builtin_astype(load_copy(from), NAMED(lane_words));
    sum->even += words & (ushort)255;
    if (!is_even) sum->odd += words >> (ushort)8;
}

INLINED void add_neighbours(NAMED(lane_pairs) *sum, const uchar *row, int span, bool is_even)
{
    add_copy(sum, row, is_even);
    add_copy(sum, row + 1, is_even);
    if (span == 3) add_copy(sum, row + 2, is_even);
}

INLINED NAMED(lane_pairs) band_sum(const band_taps t, const uchar *first, bool is_even)
{
    NAMED(lane_pairs) sum = {0, 0};
    if (t.kind) {
        add_neighbours(&sum, first, t.kind, is_even);
        add_neighbours(&sum, first + t.row_step, t.kind, is_even);
        if (t.kind == 3) add_neighbours(&sum, first + 2 * t.row_step, t.kind, is_even);
        return sum;
    }
    for (int d = 0; d < t.depths; d++) {
        for (int h = 0; h < t.heights; h++) {
            const uchar *row = first + d * t.depth_step + h * t.row_step;
            for (int k = 0; k < t.span; k++) add_copy(&sum, row + k * t.dilation, is_even);
        }
    }
    return sum;
}

/* The results of LANES windows; is_even: of LANES / 2, in the low bytes of words. All but `first` and `s` are constants where this is called, or nearly. */
INLINED NAMED(lane_bytes) band_results(const band_state *s, const band_taps t, const uchar *first, bool is_max, bool is_plain, bool is_even)
{
    if (is_max) {
        const NAMED(lane_bytes) largest = NAMED(larger_bytes)(band_largest(t, first), s->low);
        return (largest < s->high ? largest : s->high) ^ s->flip;
    }
    const NAMED(lane_pairs) sum = band_sum(t, first, is_even);
    if (is_plain) return NAMED(plain_form)(&s->end.form, sum.even, sum.odd) + (NAMED(lane_bytes))s->end.add;
    if (!s->end.has_form || !is_even) return NAMED(finish_short)(&s->end, sum);
    const NAMED(lane_words) results = NAMED(form_results)(&s->end.form, sum.even);
    return __builtin_astype(results, NAMED(lane_bytes)) + (NAMED(lane_bytes))s->end.add;
}

/* Fewer windows than a vector has: of bytes, or of the low bytes of words. */
static void store_few(NAMED(lane_bytes) bytes, int step, int count, __global uchar *y)
{
    uchar from[LANES] __attribute__((aligned(LANES)));
    if (step == 1) *(NAMED(lane_bytes) *)from = bytes;
    else *(band_half *)from = __builtin_convertvector(__builtin_astype(bytes, NAMED(lane_words)) & (ushort)255, band_half);
    if (count >= LANES / 2) {
        *(__global band_half *)y = *(const band_half *)from;
        *(__global band_half *)(y + count - LANES / 2) = *(const band_half *)(from + count - LANES / 2);
    } else if (count >= LANES / 4) {
        *(__global band_quarter *)y = *(const band_quarter *)from;
        *(__global band_quarter *)(y + count - LANES / 4) = *(const band_quarter *)(from + count - LANES / 4);
    } else {
        for (int i = 0; i < count; i++) y[i] = from[i];
    }
}

/* `count` windows of a row, `step` columns apart, 1 or 2. */
INLINED void band_windows(const band_state *s, const band_taps t, const uchar *first, int step, bool is_max, bool is_plain, int count, __global uchar *y)
{
    const int lanes = LANES / step;
    if (count < lanes) {
        store_few(band_results(s, t, first, is_max, is_plain, step == 2), step, count, y);
        return;
    }
    for (int c = 0; c < count; c += lanes) {
        const int at = min(c, count - lanes);
        const NAMED(lane_bytes) bytes = band_results(s, t, first + at * step, is_max, is_plain, step == 2);
        if (step == 1) NAMED(store_bytes)(y + at, bytes);
        else *(__global band_half *)(y + at) = __builtin_convertvector(__builtin_astype(bytes, NAMED(lane_words)) & (ushort)255, band_half);
    }
}

/* The usual windows have code of their own. */
static void band_vectors(const pool_params *p, const band_state *s, const band_row *r, __global uchar *y)
{
    const int count = p->output[2];
    const bool is_usual = r->depths == 1 && p->column_dilation == 1, is_max = p->is_max, is_plain = s->end.is_plain;
    const int kind = !is_usual ? 0 : r->heights == 3 && p->span == 3 ? 3 : r->heights == 2 && p->span == 2 ? 2 : 0;
    const band_taps any = {0, r->depths, r->heights, p->span, p->column_dilation, s->depth_step, s->row_step};
    const band_taps three = {.kind = 3, .row_step = s->row_step}, two = {.kind = 2, .row_step = s->row_step};
    if (p->column_step == 2) {
        if (kind == 3 && is_max) band_windows(s, three, r->first, 2, true, false, count, y);
        else if (kind == 3 && is_plain) band_windows(s, three, r->first, 2, false, true, count, y);
        else if (kind == 2 && is_max) band_windows(s, two, r->first, 2, true, false, count, y);
        else if (kind == 2) band_windows(s, two, r->first, 2, false, false, count, y);
        else band_windows(s, any, r->first, 2, is_max, false, count, y);
    } else {
        if (kind == 3 && is_max) band_windows(s, three, r->first, 1, true, false, count, y);
        else if (kind == 3 && is_plain) band_windows(s, three, r->first, 1, false, true, count, y);
        else band_windows(s, any, r->first, 1, is_max, false, count, y);
    }
}

static inline uint sum_three(const uchar *row)
{
    return (uint)row[0] + (uint)row[1] + (uint)row[2];
}

/* The windows that the vectors do not make: cut by a border, far apart, or of bytes that a map changes. */
static void band_element(const pool_params *p, const band_state *s, const band_row *r, __global const uchar *map, __global const int *window, int column, __global uchar *y)
{
    const uchar *first = r->first + column * p->column_step;
    uint sum = 0;
    int largest = 0;
    for (int d = 0; d < r->depths; d++) {
        for (int h = 0; h < r->heights; h++) {
            for (int k = 0; k < p->span; k++) {
                const int value = first[d * s->depth_step + h * s->row_step + k * p->column_dilation];
                sum += (uint)value;
                largest = max(largest, value);
            }
        }
    }
    const int inside = r->depths * r->heights * window[1], padded = r->padded * window[2];
    const pool_form *form = p->is_max ? 0 : pool_form_of(p, inside, padded);
    const int value = p->is_max ? pool_max(p, map, largest) : form ? pool_by_form(p, form, sum) : pool_average(p, sum, inside, padded);
    y[column] = (uchar)(value ^ p->flip);
}

/* The first or last window of a row of three by three. */
static inline void band_border(const pool_params *p, const band_state *s, const band_row *r, const pool_form *form, int column, __global uchar *y)
{
    const uchar *first = r->first + column * p->column_step;
    y[column] = (uchar)(pool_by_form(p, form, sum_three(first) + sum_three(first + s->row_step) + sum_three(first + 2 * s->row_step)) ^ p->flip);
}

/* `end` and the forms at both ends, of windows with as many taps above each other as this row's. */
static void load_ends(const pool_params *p, const band_row *r, __global const int *windows, band_state *s)
{
    __global const int *last = windows + (p->output[2] - 1) * 3;
    s->inside = r->depths * r->heights;
    s->padded = r->padded;
    const NAMED(pool_window) w = {0, {0, 0, 0}, s->inside * p->span, s->padded * p->span};
    NAMED(load_end)(p, &w, &s->end);
    s->borders[0] = pool_form_of(p, s->inside * windows[1], s->padded * windows[2]);
    s->borders[1] = pool_form_of(p, s->inside * last[1], s->padded * last[2]);
}

static void make_row(const pool_params *p, band_state *s, const band_row *r, __global const int *tables, __global uchar *y)
{
    __global const int *windows = tables + p->windows[2];
    __global const uchar *map = (__global const uchar *)tables;
    const int count = p->output[2];
    int begin = count, end = count; /* the vectors' windows */
    if (p->column_step <= 2 && !(p->is_max && p->has_map)) {
        begin = p->is_max ? 0 : p->whole_begin;
        end = p->is_max ? count : p->whole_end;
        if (!p->is_max && (s->inside != r->depths * r->heights || s->padded != r->padded)) load_ends(p, r, windows, s);
        band_vectors(p, s, r, y);
    }
    const bool has_three = r->depths == 1 && r->heights == 3 && p->span == 3 && p->column_dilation == 1;
    if (has_three && begin == 1 && s->borders[0]) band_border(p, s, r, s->borders[0], --begin, y);
    if (has_three && begin < end && end == count - 1 && s->borders[1]) band_border(p, s, r, s->borders[1], end++, y);
    for (int i = 0; i < begin; i++) band_element(p, s, r, map, windows + i * 3, i, y);
    for (int i = max(begin, end); i < count; i++) band_element(p, s, r, map, windows + i * 3, i, y);
}

/* Rows first .. stop of y of one plane. at: image, channel, depth. */
static void make_band(const pool_params *p, band_state *s, __global const uchar *x, __global uchar *y, __global const int *tables, const uint at[3], int first, int stop, uchar *copy)
{
    __global const int *depth = tables + p->windows[0] + at[2] * 3, *heights = tables + p->windows[1];
    int row = heights[first * 3], last = row; /* of x; dilated windows at a border need not be in order */
    for (int o = first; o < stop; o++) {
        row = min(row, heights[o * 3]);
        last = max(last, heights[o * 3] + (heights[o * 3 + 1] - 1) * p->row_dilation);
    }
    const int rows = last - row + 1;
    __global const uchar *plane = x + at[0] * p->x_stride[POOL_N] + at[1] * p->x_stride[POOL_C] + (ulong)depth[0] * p->x_stride[POOL_S];
    y += at[0] * p->y_stride[POOL_N] + at[1] * p->y_stride[POOL_C] + at[2] * p->y_stride[POOL_S];
    for (int d = 0; d < depth[1]; d++) {
        for (int h = 0; h < rows; h++) {
            copy_row(plane + d * p->tap_step[0] + (ulong)(row + h) * p->x_stride[POOL_S + 1], p->width, (uchar)p->flip, p->prefetch_ahead, copy + (d * rows + h) * p->pitch + p->left);
        }
    }
    s->depth_step = (ulong)(rows * p->pitch);
    s->row_step = (ulong)(p->row_dilation * p->pitch);
    for (int o = first; o < stop; o++) {
        const band_row r = {copy + (heights[o * 3] - row) * p->pitch, depth[1], heights[o * 3 + 1], depth[2] * heights[o * 3 + 2]};
        make_row(p, s, &r, tables, y + (ulong)o * p->y_stride[POOL_S + 1]);
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void pool_bands(__global const uchar *restrict x, __global uchar *restrict y, __global const int *restrict tables,
                                                                        OP_COUNT, const pool_params p)
{
    OP_BEGUN();
    uchar copy[BAND_BYTES] __attribute__((aligned(64)));
    ulong unit = get_group_id(0) * p.chunk;
    const ulong end = min(unit + p.chunk, p.units);
    if (unit >= end) return;
    for (int i = 0; i < BAND_BYTES; i += LANES) *(NAMED(lane_bytes) *)(copy + i) = 0;
    band_state state;
    state.inside = 0;
    state.borders[0] = state.borders[1] = 0;
    state.low = (NAMED(lane_bytes))(uchar)p.low;
    state.high = (NAMED(lane_bytes))(uchar)p.high;
    state.flip = (NAMED(lane_bytes))(uchar)p.flip;
    const ulong depth = unit / (uint)p.bands, plane = depth / (uint)p.output[0], image = plane / (uint)p.channels;
    uint at[3] = {(uint)image, (uint)(plane - image * (uint)p.channels), (uint)(depth - plane * (uint)p.output[0])};
    int band = (int)(unit - depth * (uint)p.bands);
    for (; unit < end; unit++) {
        const int first = band * p.band, stop = min(first + p.band, p.output[1]);
        make_band(&p, &state, x + p.head.offset[0], y + p.head.offset[1], tables + p.head.offset[2] / 4, at, first, stop, copy);
        if (++band < p.bands) continue;
        band = 0;
        if (++at[2] < (uint)p.output[0]) continue;
        at[2] = 0;
        if (++at[1] < (uint)p.channels) continue;
        at[1] = 0;
        at[0]++;
    }
}
