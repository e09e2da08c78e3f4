/* SPDX-License-Identifier: Apache-2.0 */
/* Convolution on AVX-512 VNNI as an implicit matrix product: x in place, channels last, group_in a multiple of 4; w in conv_i8_n32k4. A tile is up to 14
 * pixels of an output row, or two rows of 7, x 32 channels; absent taps are left out and their share is added to what sums start from. A unit
 * (launch/shares.cl) is a block of tiles x a block of panels; a tile's list of taps is made once for all of its panels. */
#if LANES != 16
#error "LANES must be 16: half of a panel"
#endif
#define TILE_PIXELS 14
#define STRIP 7
#define PANEL 32
#define MOST_TAPS 128
#define PAD_BYTES 8192    /* a strip of pixels outside of x */
#define STAGE_BYTES 131072 /* a tile's window with its border */

/* Where a tile stands and which taps it has. */
typedef struct taps_tile {
    int image, d, h, w, height; /* of its first pixel; pixels of a strip */
    bool two_strips;
    ulong pixel_stride;         /* bytes between neighbouring pixels' windows */
    int present;                /* entries of the list */
    int absent[3], absent_taps[3][MOST_TAPS]; /* taps that are absent for all pixels, for the first one only, for the last one only */
    vnni_tap list[MOST_TAPS];
} taps_tile;

/* How tiles cut the output of one image and depth: columns of tiles, from row to row. */
typedef struct taps_grid {
    bool two_strips;
    int columns;      /* tiles side by side */
    int rows;         /* tiles of a column */
} taps_grid;

static inline taps_grid taps_grid_of(const conv_params *p)
{
    const ulong strip_bytes = (STRIP - 1) * (ulong)p->stride[2] * p->x_step[2] + (ulong)p->group_in;
    taps_grid grid;
    grid.two_strips = p->output[2] == STRIP && p->output[1] > 1 && strip_bytes <= PAD_BYTES;
    grid.columns = (p->output[2] + TILE_PIXELS - 1) / TILE_PIXELS;
    grid.rows = grid.two_strips ? (p->output[1] + 1) / 2 : p->output[1];
    return grid;
}

/* The row of a tile, counted from its column's first. */
static inline void place_row(const conv_params *p, const taps_grid *grid, int row, taps_tile *tile)
{
    tile->h = grid->two_strips ? row * 2 : row;
    tile->two_strips = grid->two_strips && tile->h + 1 < p->output[1];
}

/* Column `index` of all planes. Tiles of a row differ by one pixel at most. */
static inline void place_column(const conv_params *p, const taps_grid *grid, int index, taps_tile *tile)
{
    const int plane = index / grid->columns, column = index - plane * grid->columns;
    const int low = p->output[2] / grid->columns, taller = p->output[2] - low * grid->columns;
    tile->image = plane / p->output[0];
    tile->d = plane - tile->image * p->output[0];
    tile->w = column * low + min(column, taller);
    tile->height = low + (column < taller ? 1 : 0);
}

/* True if no row of the tile's window lies outside of x. */
static inline bool has_all_rows(const conv_params *p, const taps_tile *tile)
{
    const int h = tile->h * p->stride[1] - p->pad[1], d = tile->d * p->stride[0] - p->pad[0];
    const int last = h + (p->window[1] - 1) * p->dilation[1] + (tile->two_strips ? p->stride[1] : 0);
    return h >= 0 && last < p->input[1] && d >= 0 && d + (p->window[0] - 1) * p->dilation[0] < p->input[0];
}

/* How many of `count` positions first, first + step, ... are below `limit`. */
static inline int below(int first, int step, int count, int limit)
{
    if (first >= limit) return 0;
    if (first + (count - 1) * step < limit) return count;
    return (limit - first + step - 1) / step;
}

static inline void add_absent(taps_tile *tile, int kind, int tap)
{
    tile->absent_taps[kind][tile->absent[kind]++] = tap;
}

/* Fills the list of taps. False if a tap is absent for other pixels than the first or the last. */
static bool list_taps(const conv_params *p, __global const uchar *x, const uchar *pads, ulong tap_bytes, taps_tile *tile)
{
    const int h0 = tile->h * p->stride[1] - p->pad[1], w0 = tile->w * p->stride[2] - p->pad[2], d0 = tile->d * p->stride[0] - p->pad[0];
    tile->present = tile->absent[0] = tile->absent[1] = tile->absent[2] = 0;
    tile->pixel_stride = (ulong)p->stride[2] * p->x_step[2];
    int tap = 0;
    for (int kd = 0; kd < p->window[0]; kd++) {
        const int d = d0 + kd * p->dilation[0];
        for (int kh = 0; kh < p->window[1]; kh++) {
            const int h = h0 + kh * p->dilation[1], next = h + p->stride[1];
            const bool has_first = (uint)d < (uint)p->input[0] && (uint)h < (uint)p->input[1];
            const bool has_second = tile->two_strips && (uint)d < (uint)p->input[0] && (uint)next < (uint)p->input[1];
            const ulong row = (ulong)x + (ulong)d * p->x_step[0] + (ulong)h * p->x_step[1], next_row = row + (ulong)p->stride[1] * p->x_step[1];
            for (int kw = 0; kw < p->window[2]; kw++, tap++) {
                const int w = w0 + kw * p->dilation[2];
                const int left = below(w, p->stride[2], tile->height, 0), right = tile->height - below(w, p->stride[2], tile->height, p->input[2]);
                if (!(has_first || has_second) || left + right >= tile->height) {
                    add_absent(tile, 0, tap);
                    continue;
                }
                if (left + right > 1) return false;
                if (left) add_absent(tile, 1, tap);
                if (right) add_absent(tile, 2, tap);
                vnni_tap *entry = &tile->list[tile->present++];
                const ulong column = (ulong)(long)w * p->x_step[2];
                entry->p = has_first ? row + column : (ulong)pads;
                entry->q = !tile->two_strips ? entry->p + STRIP * tile->pixel_stride : has_second ? next_row + column : (ulong)pads;
                entry->b = (ulong)tap * tap_bytes;
                entry->leaves = (ulong)(left ? 1 : right ? 2 : 0);
            }
        }
    }
    return true;
}

/* The list of the tile `rows` output rows below, where both have all rows of their windows. */
static inline void shift_taps(const conv_params *p, int rows, taps_tile *tile)
{
    const ulong step = (ulong)(rows * p->stride[1]) * p->x_step[1];
    for (int i = 0; i < tile->present; i++) tile->list[i].p += step, tile->list[i].q += step;
}

/* za' * (sum of the absent taps' sums) for 32 channels. */
static inline void absent_sums(const conv_params *p, const taps_tile *tile, int kind, __global const int *tap_sums, int16 *sums)
{
    int16 low = 0, high = 0;
    for (int i = 0; i < tile->absent[kind]; i++) {
        __global const int *of_tap = tap_sums + (ulong)tile->absent_taps[kind][i] * p->product.columns_plane;
        low += vload16(0, of_tap);
        high += vload16(1, of_tap);
    }
    sums[0] = low * p->product.a_zero;
    sums[1] = high * p->product.a_zero;
}

/* sum of x' over each pixel's taps; what is read from `pads` counts, as it does in the products. */
static void window_sums(const conv_params *p, const taps_tile *tile, int pixels, int *sums)
{
    for (int i = 0; i < pixels; i++) {
        const bool is_first = i == 0 || (tile->two_strips && i == STRIP);
        const bool is_last = i == pixels - 1 || (tile->two_strips && i == STRIP - 1);
        sums[i] = 0;
        for (int entry = 0; entry < tile->present; entry++) {
            const vnni_tap *tap = &tile->list[entry];
            if ((tap->leaves == 1 && is_first) || (tap->leaves == 2 && is_last)) continue;
            const ulong at = i < STRIP ? tap->p + (ulong)i * tile->pixel_stride : tap->q + (ulong)(i - STRIP) * tile->pixel_stride;
            int sum;
            vnni_row_sums(1, (__global const uchar *)at, 0, p->group_in, p->product.a_flip, &sum);
            sums[i] += sum;
        }
    }
}

/* `pixels` pixels of one row of x from position `w`, channel by channel, with pads where there is none. */
static void stage_row(const conv_params *p, __global const uchar *row, int w, int pixels, uchar *to)
{
    const int words = p->group_in / 4;
    for (int i = 0; i < pixels; i++, w++, to += p->group_in) {
        const bool is_inside = (uint)w < (uint)p->input[2];
        __global const uchar *from = row + (ulong)(long)w * p->x_step[2];
        int word = 0;
        for (; word + 16 <= words; word += 16) {
            vstore16(is_inside ? vload16(0, (__global const int *)(from + word * 4)) : (int16)p->pad_word, 0, (int *)(to + word * 4));
        }
        for (; word < words; word++) ((int *)to)[word] = is_inside ? as_int(vload4(0, from + word * 4)) : p->pad_word;
    }
}

/* As list_taps, from a copy of the tile's window in which no tap of a present row is absent. False if it is too large. */
static bool stage_taps(const conv_params *p, __global const uchar *x, ulong tap_bytes, uchar *stage, taps_tile *tile)
{
    const int h0 = tile->h * p->stride[1] - p->pad[1], w0 = tile->w * p->stride[2] - p->pad[2], d0 = tile->d * p->stride[0] - p->pad[0];
    const ulong pixels = (ulong)((tile->height - 1) * p->stride[2] + (p->window[2] - 1) * p->dilation[2] + 1), row_bytes = pixels * (ulong)p->group_in;
    if (row_bytes * (ulong)(p->window[0] * p->window[1]) > STAGE_BYTES) return false;
    tile->present = tile->absent[0] = tile->absent[1] = tile->absent[2] = 0;
    tile->pixel_stride = (ulong)(p->stride[2] * p->group_in);
    int tap = 0;
    for (int kd = 0; kd < p->window[0]; kd++) {
        const int d = d0 + kd * p->dilation[0];
        for (int kh = 0; kh < p->window[1]; kh++, stage += row_bytes) {
            const int h = h0 + kh * p->dilation[1];
            const bool is_inside = (uint)d < (uint)p->input[0] && (uint)h < (uint)p->input[1];
            if (is_inside) stage_row(p, x + (ulong)d * p->x_step[0] + (ulong)h * p->x_step[1], w0, (int)pixels, stage);
            for (int kw = 0; kw < p->window[2]; kw++, tap++) {
                if (!is_inside) {
                    add_absent(tile, 0, tap);
                    continue;
                }
                vnni_tap *entry = &tile->list[tile->present++];
                entry->p = (ulong)stage + (ulong)(kw * p->dilation[2] * p->group_in);
                entry->q = entry->p + STRIP * tile->pixel_stride;
                entry->b = (ulong)tap * tap_bytes;
                entry->leaves = 0;
            }
        }
    }
    return true;
}

/* What all tiles of a unit share. */
typedef struct taps_unit {
    bool to_bytes, to_sums, has_after;
    x86_residual sum;
    x86_table entries;
    __global const uchar *x, *table, *residual;
    __global const int *columns, *tap_sums;
    __global uchar *y;
    const uchar *pads;
} taps_unit;

/* Bytes of up to 32 channels a pixel that lack the table, the residual sum, both or nothing but their place. */
static inline void store_after(const conv_params *p, const taps_unit *unit, const taps_tile *tile, int pixels, int o, int count, const int16 *results)
{
    __global const uchar *residual = unit->residual + conv_residual_index(p, tile->image, tile->d, tile->h, tile->w) + (ulong)o;
    __global uchar *y = unit->y + conv_y_index(p, tile->image, tile->d, tile->h, tile->w) + (ulong)o;
    const bool is_whole = count == PANEL;
    uchar part[PANEL], sum[PANEL];
    for (int i = 0; i < PANEL; i++) part[i] = 0;
    for (int i = 0; i < pixels; i++) {
        const ulong strip = tile->two_strips && i >= STRIP ? 1 : 0, column = (ulong)i - strip * STRIP;
        __global uchar *y_pixel = y + strip * p->y_step[1] + column * p->y_step[2];
        __global const uchar *r_pixel = residual + strip * p->residual_step[1] + column * p->residual_step[2];
        uchar *q = (uchar *)(results + i * 2);
        if (p->flags & CONV_TABLE) {
            int16 bytes = 0;
            bytes.lo = vload8(0, (const int *)q);
            vstore8(x86_look_up(&unit->entries, bytes).lo, 0, (int *)q);
        }
        if (!(p->flags & CONV_RESIDUAL)) {
            x86_store_bytes(q, y_pixel, count);
        } else if (is_whole) {
            x86_add_residual(&unit->sum, (ulong)q, (ulong)r_pixel, (ulong)y_pixel);
        } else {
            x86_load_part(r_pixel, part, count);
            x86_add_residual(&unit->sum, (ulong)q, (ulong)part, (ulong)sum);
            x86_store_bytes(sum, y_pixel, count);
        }
    }
}

/* Results that could not go to y from registers: bytes or sums of `pixels` pixels, 128 bytes each. */
static void store_results(const conv_params *p, const taps_unit *unit, const taps_tile *tile, int pixels, bool bytes, int o, int count, const int16 *results,
                          const int *row_sums)
{
    for (int half_panel = 0; half_panel < 2; half_panel++) {
        const int first = half_panel * LANES;
        if (first >= count) return;
        const column_terms t = load_columns(&p->product, unit->columns, 0, o + first);
        for (int i = 0; i < pixels; i++) {
            const int strip = tile->two_strips && i >= STRIP ? 1 : 0, w = tile->w + i - strip * STRIP;
            const ulong y_index = conv_y_index(p, tile->image, tile->d, tile->h + strip, w) + (ulong)(o + first) * p->y_channel_step;
            const ulong residual_index = conv_residual_index(p, tile->image, tile->d, tile->h + strip, w) + (ulong)(o + first) * p->residual_channel_step;
            if (bytes) {
                const uchar *from = (const uchar *)(results + i * 2) + first;
                const int16 q = p->product.out == GEMM_OUT_S8 ? convert_int16(as_char16(vload16(0, from))) : convert_int16(vload16(0, from));
                conv_store_int(p, unit->has_after ? conv_after(p, q, unit->table, unit->residual, residual_index, count - first) : q, unit->y, y_index, count - first);
            } else if (unit->to_sums) {
                conv_store_int(p, results[i * 2 + half_panel], unit->y, y_index, count - first);
            } else {
                conv_store(p, &t, results[i * 2 + half_panel], row_sums[i], unit->table, unit->residual, residual_index, unit->y, y_index, count - first);
            }
        }
    }
}

/* One tile's pixels for a range of panels; its list of taps stands. */
static void make_tile(const conv_params *p, const taps_unit *unit, const taps_tile *tile, __global const char *w, int panel_first, int panel_end, vnni_taps_job *job)
{
    const int panels = (p->group_out + PANEL - 1) / PANEL, pixels = tile->two_strips ? 2 * STRIP : tile->height;
    const ulong panel_bytes = (ulong)(p->group_in / 4) * (PANEL * 4) * (ulong)p->taps;
    const ulong y_tile = conv_y_index(p, tile->image, tile->d, tile->h, tile->w), y_next = tile->two_strips ? p->y_step[1] : STRIP * p->y_step[2];
    const ulong size = unit->to_bytes ? 1 : 4;
    const bool has_residual = (p->flags & CONV_RESIDUAL) != 0;
    int16 init[2], results[TILE_PIXELS * 2];
    int row_sums[TILE_PIXELS];
    if (p->product.flags & GEMM_USE_ROW_SUMS) window_sums(p, tile, pixels, row_sums);
    const bool has_absent = p->product.a_zero != 0 && tile->absent[0] + tile->absent[1] + tile->absent[2] > 0;
    job->first[0] = job->first[1] = job->last[0] = job->last[1] = 0;
    for (int panel = panel_first; panel < panel_end; panel++) {
        const int group_panel = panel % panels, o = panel / panels * p->group_out + group_panel * PANEL, count = min(PANEL, p->group_out - group_panel * PANEL);
        const bool is_whole = count == PANEL, in_place = (unit->to_bytes || unit->to_sums) && is_whole && !unit->has_after;
        init[0] = init[1] = 0;
        if (has_absent) {
            absent_sums(p, tile, 0, unit->tap_sums + o, init);
            absent_sums(p, tile, 1, unit->tap_sums + o, job->first);
            absent_sums(p, tile, 2, unit->tap_sums + o, job->last);
        }
        if (unit->to_bytes || unit->to_sums) {
            init[0] += vload16(0, unit->columns + o);
            init[1] += vload16(1, unit->columns + o);
        }
        job->init = (ulong)init;
        job->weights = (ulong)(w + (ulong)panel * panel_bytes);
        job->multipliers = unit->to_bytes ? (ulong)(unit->columns + COLUMN_MULTIPLIER * p->product.columns_plane + o) : 0;
        job->out = in_place ? (ulong)unit->y + (y_tile + (ulong)o) * size : (ulong)results;
        job->out_q = in_place ? job->out + y_next * size : (ulong)(results + 2 * STRIP);
        vnni_taps(tile->two_strips ? TAPS_TWO_STRIPS : tile->height, tile->pixel_stride, (ulong)tile->present, in_place ? p->y_step[2] * size : 2 * sizeof(int16), job);
        if (in_place) continue;
        if (unit->to_bytes && (!has_residual || p->residual_channel_step == 1)) store_after(p, unit, tile, pixels, o, count, results);
        else store_results(p, unit, tile, pixels, unit->to_bytes, o, count, results, row_sums);
    }
}

/* A tile with absent taps in its middle: row by row from a copy of its window, or, where that is too large, each pixel as a tile of its own. Changes the
 * tile's place. */
static void make_border(const conv_params *p, const taps_unit *unit, taps_tile *tile, ulong tap_bytes, __global const uchar *x, __global const char *w, int panel_first,
                        int panel_end, vnni_taps_job *job)
{
    uchar stage[STAGE_BYTES] __attribute__((aligned(64)));
    const int rows = tile->two_strips ? 2 : 1, pixels = tile->height, first_w = tile->w;
    tile->two_strips = false;
    for (int row = 0; row < rows; row++, tile->h++) {
        tile->w = first_w;
        tile->height = pixels;
        if (stage_taps(p, x, tap_bytes, stage, tile)) {
            make_tile(p, unit, tile, w, panel_first, panel_end, job);
            continue;
        }
        tile->height = 1;
        for (int i = 0; i < pixels; i++) {
            tile->w = first_w + i;
            if (list_taps(p, x, unit->pads, tap_bytes, tile)) make_tile(p, unit, tile, w, panel_first, panel_end, job);
        }
    }
}

/* A strip of pixels that lie outside of x, where tiles of two strips may need it. */
static inline void fill_pads(const conv_params *p, const taps_grid *grid, uchar *pads)
{
    for (int i = 0; i < PAD_BYTES && grid->two_strips; i += 64) vstore16((int16)p->pad_word, 0, (int *)(pads + i));
}

static void conv_unit(CONV_BUFFERS, const conv_params *restrict params, const taps_grid *grid, uchar *pads, ulong index)
{
    const conv_params p = *params;
    CONV_ENTER();
    const uint row_blocks = (uint)p.product.units[0], column_blocks = (uint)p.product.units[1], place = (uint)index;
    const uint row_block = p.product.rows_first ? place % row_blocks : place / column_blocks;
    const uint column_block = p.product.rows_first ? place / row_blocks : place % column_blocks;
    const ulong tiles = (ulong)(grid->columns * grid->rows) * (ulong)(p.batch * p.output[0]), all_panels = (ulong)((p.group_out + PANEL - 1) / PANEL * p.groups);
    const int tile_first = (int)(tiles * row_block / row_blocks), tile_end = (int)(tiles * (row_block + 1) / row_blocks);
    const int panel_first = (int)(all_panels * column_block / column_blocks), panel_end = (int)(all_panels * (column_block + 1) / column_blocks);
    const ulong tap_bytes = (ulong)(p.group_in / 4) * (PANEL * 4);
    const int panels = (p.group_out + PANEL - 1) / PANEL;
    const bool is_final = !(p.product.flags & GEMM_USE_ROW_SUMS) && p.y_channel_step == 1;
    taps_unit unit;
    unit.to_bytes = is_final && (p.flags & CONV_SMALL_MULTIPLIERS) != 0;
    unit.to_sums = is_final && p.product.out == GEMM_OUT_S32;
    unit.has_after = (p.flags & (CONV_TABLE | CONV_RESIDUAL)) != 0;
    if (unit.has_after) unit.sum = x86_residual_of(&p);
    if (p.flags & CONV_TABLE) x86_load_table(table, &unit.entries);
    unit.table = table, unit.residual = residual, unit.columns = columns, unit.tap_sums = tap_sums, unit.y = y, unit.pads = pads;
    vnni_taps_job job;
    job.flip = p.product.a_flip;
    job.quads = p.group_in / 16;
    job.rest = p.group_in / 4 % 4;
    if (unit.to_bytes) job.bytes = x86_bytes_of(&p.product);
    taps_tile tile;
    job.taps = (ulong)tile.list;
    for (int panel = panel_first, end; panel < panel_end; panel = end) { /* group by group: each reads channels of its own */
        const int group = panel / panels;
        end = min(panel_end, (group + 1) * panels);
        int column = tile_first / grid->rows, row = tile_first - column * grid->rows;
        bool placed = false, shifts = false; /* the column stands; the list is that of the row above and may be shifted */
        for (int i = tile_first; i < tile_end; i++) {
            const int above = tile.h;
            if (!placed) place_column(&p, grid, column, &tile);
            place_row(&p, grid, row, &tile);
            __global const uchar *x_group = x + (ulong)tile.image * p.x_batch_stride + (ulong)(group * p.group_in);
            const bool has_all = has_all_rows(&p, &tile);
            if (shifts && has_all) shift_taps(&p, tile.h - above, &tile);
            const bool listed = (shifts && has_all) || list_taps(&p, x_group, pads, tap_bytes, &tile);
            if (listed) make_tile(&p, &unit, &tile, w, panel, end, &job);
            else make_border(&p, &unit, &tile, tap_bytes, x_group, w, panel, end, &job);
            if (++row == grid->rows) row = 0, column++;
            placed = listed && row > 0; /* make_border changes it */
            shifts = placed && has_all;
        }
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void conv_i8_vnni(CONV_BUFFERS, CONV_COUNT, const conv_params p)
{
    if (p.product.m == 0) return; /* the launch that warms a program */
    CONV_BEGUN();
    const taps_grid grid = taps_grid_of(&p);
    uchar pads[PAD_BYTES] __attribute__((aligned(64)));
    fill_pads(&p, &grid, pads);
    share_walk walk = begin_units(p.product.claims ? begun_buffer + p.product.claims : 0, (ulong)p.product.units[0] * (ulong)p.product.units[1]);
    for (ulong unit; next_unit(&walk, &unit);) conv_unit(x_buffer, w, constants, residual_buffer, y, &p, &grid, pads, unit);
}
