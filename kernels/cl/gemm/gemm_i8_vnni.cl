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

/* Complete sums of one tile to c; `sums` is [height][32]. */
inline void store_bytes(const gemm_params *p, x86_requantizer *r, const int16 *sums, __global const int *columns, tile_place at, __global uchar *c)
{
    r->multiplier[0] = as_float16(vload16(0, columns + COLUMN_MULTIPLIER * p->columns_plane + at.n));
    r->multiplier[1] = as_float16(vload16(1, columns + COLUMN_MULTIPLIER * p->columns_plane + at.n));
    __global uchar *out = c + at.c_start + (ulong)at.row * p->c_row_stride + at.n;
    const int count = p->n - at.n;
    for (int row = 0; row < at.height; row += 2) {
        const int16 bytes = x86_requantize(r, sums + row * 2, sums + row * 2 + 2);
        x86_store_bytes(bytes.lo, out, count);
        if (row + 1 < at.height) x86_store_bytes(bytes.hi, out + p->c_row_stride, count);
        out += 2 * p->c_row_stride;
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
    x86_requantizer requantizer = x86_requantizer_of(&p);
    int16 sums[TILE_ROWS * 2 + 2], init[2];
    int row_sums[TILE_ROWS];
    uint tail[TILE_ROWS];
    init[0] = init[1] = 0;

    for (int tile = tile_first; tile < tile_end; tile++) {
        tile_place at = {(int)((ulong)tile * p.m / tiles), 0, 0, c_start};
        at.height = (int)((ulong)(tile + 1) * p.m / tiles) - at.row;
        __global const uchar *a_tile = a + (ulong)at.row * p.a_row_stride;
        if (p.k & 3) vnni_load_tail(at.height, a_tile, p.a_row_stride, p.k, tail);
        for (int i = 0; i < at.height; i++) row_sums[i] = (p.flags & GEMM_USE_ROW_SUMS) ? vnni_row_sum(a_tile + (ulong)i * p.a_row_stride, p.k, p.a_flip) : 0;
        for (int panel = panel_first; panel < panel_end; panel++) {
            at.n = panel * 32;
            vnni_job job = {(p.k & 3) ? (ulong)tail : 0, (ulong)init, (ulong)sums, 128, p.a_flip};
            if (to_bytes || to_sums) {
                init[0] = vload16(0, columns + COLUMN_BASE * p.columns_plane + at.n);
                init[1] = vload16(1, columns + COLUMN_BASE * p.columns_plane + at.n);
                if (p.flags & GEMM_USE_COLUMN_SUMS) {
                    init[0] -= vload16(0, column_sums + at.n) * p.a_zero;
                    init[1] -= vload16(1, column_sums + at.n) * p.a_zero;
                }
            }
            const bool in_place = to_sums && at.n + 32 <= p.n;
            if (in_place) {
                job.sums = (ulong)(c_buffer + (at.c_start + (ulong)at.row * p.c_row_stride + at.n) * 4);
                job.sums_stride = p.c_row_stride * 4;
            }
            vnni_tile(at.height, a_tile, p.a_row_stride, b + (ulong)panel * panel_bytes, (ulong)(p.k / 4), &job);
            if (to_bytes) {
                store_bytes(&p, &requantizer, sums, columns, at, c_buffer);
            } else if (to_sums) {
                for (int i = 0; i < at.height && !in_place; i++)
                    for (int half_panel = 0; half_panel < 2; half_panel++)
                        store_int_lanes(&p, sums[i * 2 + half_panel], c_buffer,
                                        at.c_start + (ulong)(at.row + i) * p.c_row_stride + at.n + half_panel * 16, p.n - at.n - half_panel * 16);
            } else {
                store_any(&p, sums, row_sums, columns, column_sums, rows, at, c_buffer);
            }
        }
    }
}
