/* SPDX-License-Identifier: Apache-2.0 */
/* GEMM on AVX2, b in i16_n16k2. A work-group makes 12 rows of up to 32 panels: for each part of k it widens its rows of a to 16 bits once, and then
 * every panel's part of b (8 KB, in the first-level cache) meets all of them. */
#if LANES != 16
#error "LANES must be 16: the columns of a panel"
#endif
#define BLOCK_TILES 2
#define BLOCK_ROWS (BLOCK_TILES * AVX2_ROWS)
#define BLOCK_PANELS 32 /* at most; the grid says how many blocks there are */

/* a' as 16-bit values, `count` of each row, an odd count filled with a zero; adds them to row_sums. */
inline void widen_rows(__global const uchar *a, ulong row_stride, int height, int count, int flip, short *wide, int *row_sums)
{
    for (int row = 0; row < height; row++, a += row_stride, wide += AVX2_K) {
        int i = 0;
        short16 sum = 0; /* at most 16 terms of 255 */
        for (int ahead = 0; ahead < AVX2_K; ahead += 64) __builtin_prefetch(a + AVX2_K + ahead, 0, 3); /* the next part of k */
        for (; i + 16 <= count; i += 16) {
            const short16 values = convert_short16(vload16(0, a + i) ^ (uchar16)(uchar)flip);
            vstore16(values, 0, wide + i);
            sum += values;
        }
        int total = 0;
        for (int lane = 0; lane < 16; lane++) total += ((const short *)&sum)[lane];
        for (; i < count; i++) total += wide[i] = a[i] ^ (uchar)flip;
        if (count & 1) wide[i] = 0;
        row_sums[row] += total;
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void gemm_i8_avx2(GEMM_BUFFERS, GEMM_COUNT, const gemm_params p)
{
    if (p.m == 0) return; /* the launch that warms a program */
    GEMM_BEGUN();
    GEMM_ENTER((int)get_group_id(2));
    short wide[BLOCK_ROWS * AVX2_K];
    int16 sums[BLOCK_PANELS * BLOCK_ROWS];
    int row_sums[BLOCK_ROWS];
    const int row_first = (int)get_group_id(0) * BLOCK_ROWS, height = min(BLOCK_ROWS, p.m - row_first);
    const int tiles = (height + AVX2_ROWS - 1) / AVX2_ROWS, tile_height = (height + tiles - 1) / tiles;
    const int all_panels = (p.n + LANES - 1) / LANES, block = (all_panels + (int)get_num_groups(1) - 1) / (int)get_num_groups(1);
    const int panel_first = (int)get_group_id(1) * block, panels = min(block, all_panels - panel_first);
    const ulong panel_bytes = (ulong)((p.k + 1) / 2) * 64;
    __global const uchar *a_block = a + (ulong)row_first * p.a_row_stride;
    __global const char *b_block = b + (ulong)panel_first * panel_bytes;
    for (int i = 0; i < panels * BLOCK_ROWS; i++) sums[i] = 0;
    for (int i = 0; i < height; i++) row_sums[i] = 0;

    for (int k = 0; k < p.k; k += AVX2_K) {
        const int count = min(AVX2_K, p.k - k);
        widen_rows(a_block + k, p.a_row_stride, height, count, p.a_flip & 255, wide, row_sums);
        for (int panel = 0; panel < panels; panel++) {
            for (int row = 0; row < height; row += tile_height) {
                avx2_tile(min(tile_height, height - row), wide + row * AVX2_K, b_block + panel * panel_bytes + (ulong)k * 32, panel_bytes,
                          (ulong)((count + 1) / 2), sums + panel * BLOCK_ROWS + row);
            }
        }
    }
    for (int panel = 0; panel < panels; panel++) {
        const int n = (panel_first + panel) * 16;
        const column_terms t = load_columns(&p, columns, column_sums, n);
        for (int i = 0; i < height; i++) {
            const row_terms r = load_row(&p, rows, row_first + i);
            const ulong index = c_start + (ulong)(row_first + i) * p.c_row_stride + n;
            store_lanes(&p, &t, &r, sums[panel * BLOCK_ROWS + i], row_sums[i], c_buffer, index, p.n - n);
        }
    }
}
