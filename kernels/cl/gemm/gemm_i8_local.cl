/* SPDX-License-Identifier: Apache-2.0 */
/* The GPU GEMM without matrix units: a work-group of 256 makes TILE_M x 64 outputs through local memory (tile/local_tile), with the dot
 * product of a dot/ part. Any shape and alignment. b: [panel][k group][64 columns][4 k]; a' is signed.
 * Group (x, y, z): panel x, rows TILE_M y .., batch z. */
#if LANES != 2
#error "LANES must be 2: the columns that an item stores at a time; with its four, two work-groups do not fit NVIDIA's registers"
#endif

__kernel __attribute__((reqd_work_group_size(TILE_ITEMS, 1, 1)))
void gemm_i8_local(GEMM_BUFFERS, const gemm_params p)
{
    __local uint4 memory[TILE_MEMORY];
    const uint item = get_local_id(0);
    const int panel = (int)get_group_id(0), first_row = (int)get_group_id(1) * TILE_M;
    GEMM_ENTER((int)get_group_id(2));
    __global const char *b_panel = b + (ulong)panel * (ulong)((p.k + 3) / 4) * (TILE_N * 4);
    tile_sums sums;
    tile_product(&p, a, b_panel, first_row, 0, p.m > 0 ? p.k : 0, (__local uint *)memory, &sums);

    #pragma unroll 1
    for (int half_quad = 0; half_quad < 2; half_quad++) {
        const int n = panel * TILE_N + (int)(item % 16 * 4) + half_quad * LANES;
        if (n >= p.n) return;
        const column_terms t = load_columns(&p, columns, column_sums, n);
        #pragma unroll 1
        for (int i = 0; i < TILE_ROWS; i++) {
            const int row = first_row + (int)(item / 16) + 16 * i;
            if (row >= p.m) break;
            int row_sum;
            const int4 acc = tile_row(&sums, i, &row_sum);
            const row_terms r = load_row(&p, rows, row);
            store_lanes(&p, &t, &r, half_quad ? acc.hi : acc.lo, row_sum, c_buffer, c_start + (ulong)row * p.c_row_stride + n, p.n - n);
        }
    }
}
