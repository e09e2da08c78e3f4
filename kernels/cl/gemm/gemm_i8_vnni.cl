/* SPDX-License-Identifier: Apache-2.0 */
/* GEMM on AVX-512 VNNI: tiles of up to 14 rows x 32 columns, a in place, b in i8_n32k4, in units of a block of row tiles x a block of panels
 * (launch/shares.cl). Tiles differ in height by at most one row, so that no product is wasted. */
#if LANES != 16
#error "LANES must be 16: half of a panel"
#endif
#define TILE_ROWS 14
#define PANEL 32

/* One tile's place and results. */
typedef struct vnni_results {
    int16 sums[TILE_ROWS * 2];  /* or, in the first 32 bytes of each 128, finished bytes */
    int row_sums[TILE_ROWS];
    int row, height, n;
    ulong index;                /* of the first result in c */
} vnni_results;

/* The first columns of finished rows, where a panel is not whole. */
inline void store_part(const gemm_params *p, const vnni_results *v, __global uchar *c, bool bytes)
{
    const int count = p->n - v->n, size = bytes ? 1 : 4;
    for (int row = 0; row < v->height; row++) {
        x86_store_bytes((const uchar *)(v->sums + row * 2), c + (v->index + (ulong)row * p->c_row_stride) * (ulong)size, count * size);
    }
}

/* Every other rule and type: from raw sums. */
inline void store_any(const gemm_params *p, const vnni_results *v, __global const int *columns, __global const int *column_sums,
                      __global const int2 *rows, __global uchar *c)
{
    for (int half_panel = 0; half_panel < 2; half_panel++) {
        const int n = v->n + half_panel * LANES;
        if (n >= p->n) return;
        const column_terms t = load_columns(p, columns, column_sums, n);
        for (int i = 0; i < v->height; i++) {
            const row_terms r = load_row(p, rows, v->row + i);
            const ulong index = v->index + (ulong)i * p->c_row_stride + half_panel * LANES;
            store_lanes(p, &t, &r, v->sums[i * 2 + half_panel], v->row_sums[i], c, index, p->n - n);
        }
    }
}

/* BASE - za' * column_sums: what sums start from where za' is one number. */
inline void start_sums(const gemm_params *p, __global const int *columns, __global const int *column_sums, int16 *init)
{
    for (int i = 0; i < 2; i++) init[i] = vload16(i, columns) - vload16(i, column_sums) * p->a_zero;
}

/* One unit: a block of row tiles x a block of panels of one batch. */
static void vnni_unit(GEMM_BUFFERS, const gemm_params *restrict params, ulong unit)
{
    const gemm_params p = *params;
    const uint row_blocks = (uint)p.units[0], column_blocks = (uint)p.units[1], in_batch = row_blocks * column_blocks;
    const uint batch = (uint)(unit / in_batch), place = (uint)(unit - (ulong)batch * in_batch);
    const uint row_block = p.rows_first ? place % row_blocks : place / column_blocks;
    const uint column_block = p.rows_first ? place / row_blocks : place % column_blocks;
    GEMM_ENTER((int)batch);
    const uint tiles = ((uint)p.m + TILE_ROWS - 1) / TILE_ROWS, panels = ((uint)p.n + PANEL - 1) / PANEL;
    const uint low_height = (uint)p.m / tiles, taller = (uint)p.m - low_height * tiles; /* the first `taller` tiles have a row more */
    const uint tile_first = (uint)block_begin((int)tiles, (int)row_block, (int)row_blocks), tile_end = (uint)block_begin((int)tiles, (int)row_block + 1, (int)row_blocks);
    const uint panel_first = (uint)block_begin((int)panels, (int)column_block, (int)column_blocks);
    const uint panel_end = (uint)block_begin((int)panels, (int)column_block + 1, (int)column_blocks);
    const ulong panel_bytes = (ulong)((p.k + 3) / 4) * (PANEL * 4);
    const bool is_final = !(p.flags & (GEMM_USE_ROW_SUMS | GEMM_ROW_ZERO_POINTS | GEMM_ROW_SCALES));
    const bool to_bytes = is_final && p.out <= GEMM_OUT_U8 && p.rule == GEMM_FLOAT_EVEN;
    const bool to_sums = is_final && p.out == GEMM_OUT_S32;
    __global const int *multipliers = columns + COLUMN_MULTIPLIER * p.columns_plane;
    vnni_results v;
    vnni_job job;
    int16 init[2];
    uint tail[TILE_ROWS];
    job.flip = p.a_flip;
    if (to_bytes) job.bytes = x86_bytes_of(&p);

    for (uint tile = tile_first; tile < tile_end; tile++) {
        v.row = (int)(tile * low_height + min(tile, taller));
        v.height = (int)(low_height + (tile < taller ? 1 : 0));
        __global const uchar *a_tile = a + (ulong)v.row * p.a_row_stride;
        if (p.k & 3) vnni_load_tail(v.height, a_tile, p.a_row_stride, p.k, tail);
        if (!is_final) vnni_row_sums(v.height, a_tile, p.a_row_stride, (p.flags & GEMM_USE_ROW_SUMS) ? p.k : 0, p.a_flip, v.row_sums);
        for (uint panel = panel_first; panel < panel_end; panel++) {
            v.n = (int)panel * PANEL;
            v.index = c_start + (ulong)v.row * p.c_row_stride + v.n;
            const bool bytes = to_bytes && x86_bytes_exact(multipliers + v.n);
            const bool is_half = v.n + LANES >= p.n && v.height >= VNNI_HALF_HEIGHT;
            const bool in_place = (bytes || to_sums) && v.n + (is_half ? LANES : PANEL) <= p.n;
            job.tail = (p.k & 3) ? (ulong)tail : 0;
            job.init = (ulong)(columns + v.n);
            if (p.flags & GEMM_USE_COLUMN_SUMS) start_sums(&p, columns + v.n, column_sums + v.n, init), job.init = (ulong)init;
            if (!bytes && !to_sums) init[0] = init[1] = 0, job.init = (ulong)init;
            job.multipliers = bytes ? (ulong)(multipliers + v.n) : 0;
            job.out = in_place ? (ulong)(c_buffer + (bytes ? v.index : v.index * 4)) : (ulong)v.sums;
            job.out_stride = in_place ? (bytes ? p.c_row_stride : p.c_row_stride * 4) : sizeof(int16) * 2;
            if (is_half) vnni_half_tile(v.height, a_tile, p.a_row_stride, b + panel * panel_bytes, (ulong)(p.k / 4), &job);
            else vnni_tile(v.height, a_tile, p.a_row_stride, b + panel * panel_bytes, (ulong)(p.k / 4), &job);
            if (!bytes && !to_sums) store_any(&p, &v, columns, column_sums, rows, c_buffer);
            else if (!in_place) store_part(&p, &v, c_buffer, bytes);
        }
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void gemm_i8_vnni(GEMM_BUFFERS, GEMM_COUNT, const gemm_params p)
{
    if (p.m == 0) return; /* the launch that warms a program */
    GEMM_BEGUN();
    share_walk walk = begin_units(p.claims ? begun_buffer + p.claims : 0, (ulong)p.units[0] * (ulong)p.units[1] * (ulong)p.units[2]);
    for (ulong unit; next_unit(&walk, &unit);) vnni_unit(a_buffer, b_buffer, columns_buffer, column_sums_buffer, rows_buffer, c_buffer, &p, unit);
}
