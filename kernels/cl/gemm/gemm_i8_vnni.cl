/* SPDX-License-Identifier: Apache-2.0 */
/* GEMM on AVX-512 VNNI: tiles of up to 14 rows x 32 columns, a in place, b in i8_n32k4. A work-group takes a block of row tiles x a block of panels;
 * the grid says how many of each, the blocks divide the tiles evenly, and tiles differ by at most one row, so that no product is wasted. */
#if LANES != 16
#error "LANES must be 16: half of a panel"
#endif
#define TILE_ROWS 14

typedef struct tile_place {
    int row, height, n;
    ulong c_start;
} tile_place;

/* The first `count` columns of finished rows; `results` holds a row every 128 bytes. */
inline void store_part(const int16 *results, int count, int height, __global uchar *c, ulong index, ulong stride, bool bytes)
{
    for (int row = 0; row < height; row++, index += stride) {
        for (int i = 0; i < count; i++) {
            if (bytes) c[index + i] = ((const uchar *)(results + row * 2))[i];
            else ((__global int *)c)[index + i] = ((const int *)(results + row * 2))[i];
        }
    }
}

inline void store_any(const gemm_params *p, const int16 *sums, const int *row_sums, __global const int *columns, __global const int *column_sums,
                      __global const int2 *rows, tile_place at, __global uchar *c)
{
    for (int half_panel = 0; half_panel < 2; half_panel++) {
        const int n = at.n + half_panel * LANES;
        if (n >= p->n) return;
        const column_terms t = load_columns(p, columns, column_sums, n);
        for (int i = 0; i < at.height; i++) {
            const row_terms r = load_row(p, rows, at.row + i);
            store_lanes(p, &t, &r, sums[i * 2 + half_panel], row_sums[i], c, at.c_start + (ulong)(at.row + i) * p->c_row_stride + n, p->n - n);
        }
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void gemm_i8_vnni(GEMM_BUFFERS, const gemm_params p)
{
    GEMM_ENTER((int)get_group_id(2));
    const int tiles = (p.m + TILE_ROWS - 1) / TILE_ROWS, panels = (p.n + 31) / 32;
    const int tile_first = (int)((ulong)get_group_id(0) * tiles / get_num_groups(0));
    const int tile_end = (int)((ulong)(get_group_id(0) + 1) * tiles / get_num_groups(0));
    const int panel_first = (int)((ulong)get_group_id(1) * panels / get_num_groups(1));
    const int panel_end = (int)((ulong)(get_group_id(1) + 1) * panels / get_num_groups(1));
    const ulong panel_bytes = (ulong)((p.k + 3) / 4) * 128;
    const bool is_final = !(p.flags & (GEMM_USE_ROW_SUMS | GEMM_ROW_ZERO_POINTS | GEMM_ROW_SCALES));
    const bool to_bytes = is_final && p.out <= GEMM_OUT_U8 && p.rule == GEMM_FLOAT_EVEN;
    const bool to_sums = is_final && p.out == GEMM_OUT_S32;
    int16 sums[TILE_ROWS * 2], init[2];
    int row_sums[TILE_ROWS];
    uint tail[TILE_ROWS];
    vnni_job job;
    job.flip = p.a_flip;
    job.bytes = x86_bytes_of(&p);
    init[0] = init[1] = 0;

    for (int tile = tile_first; tile < tile_end; tile++) {
        tile_place at = {(int)((ulong)tile * p.m / tiles), 0, 0, c_start};
        at.height = (int)((ulong)(tile + 1) * p.m / tiles) - at.row;
        __global const uchar *a_tile = a + (ulong)at.row * p.a_row_stride;
        if (p.k & 3) vnni_load_tail(at.height, a_tile, p.a_row_stride, p.k, tail);
        for (int i = 0; i < at.height; i++) row_sums[i] = (p.flags & GEMM_USE_ROW_SUMS) ? vnni_row_sum(a_tile + (ulong)i * p.a_row_stride, p.k, p.a_flip) : 0;
        for (int panel = panel_first; panel < panel_end; panel++) {
            at.n = panel * 32;
            const ulong index = at.c_start + (ulong)at.row * p.c_row_stride + at.n;
            const bool whole = at.n + 32 <= p.n;
            const bool bytes_here = to_bytes && x86_bytes_exact(columns + COLUMN_MULTIPLIER * p.columns_plane + at.n);
            const bool final_here = bytes_here || to_sums;
            job.tail = (p.k & 3) ? (ulong)tail : 0;
            job.init = (ulong)init;
            job.multipliers = bytes_here ? (ulong)(columns + COLUMN_MULTIPLIER * p.columns_plane + at.n) : 0;
            job.out = final_here && whole ? (ulong)(c_buffer + (bytes_here ? index : index * 4)) : (ulong)sums;
            job.out_stride = final_here && whole ? (bytes_here ? p.c_row_stride : p.c_row_stride * 4) : 128;
            if (final_here && !(p.flags & GEMM_USE_COLUMN_SUMS)) {
                job.init = (ulong)(columns + COLUMN_BASE * p.columns_plane + at.n);
            } else if (final_here) {
                init[0] = vload16(0, columns + COLUMN_BASE * p.columns_plane + at.n) - vload16(0, column_sums + at.n) * p.a_zero;
                init[1] = vload16(1, columns + COLUMN_BASE * p.columns_plane + at.n) - vload16(1, column_sums + at.n) * p.a_zero;
            } else {
                init[0] = init[1] = 0;
            }
            vnni_tile(at.height, a_tile, p.a_row_stride, b + (ulong)panel * panel_bytes, (ulong)(p.k / 4), &job);
            if (!final_here) store_any(&p, sums, row_sums, columns, column_sums, rows, at, c_buffer);
            else if (!whole) store_part(sums, p.n - at.n, at.height, c_buffer, index, p.c_row_stride, bytes_here);
        }
    }
}
