/* SPDX-License-Identifier: Apache-2.0 */
/* GEMM on AVX2, b in i16_n16k2. A block is up to 12 rows of up to 32 panels: for each part of k its rows of a are widened to 16 bits once, and then
 * every panel's part of b (8 KB, in the first-level cache) meets all of them. A unit (launch/shares.cl) is a range of such rows x a range of panels. */
#if LANES != 16
#error "LANES must be 16: the columns of a panel"
#endif
#define BLOCK_TILES 2
#define BLOCK_ROWS (BLOCK_TILES * AVX2_ROWS)
#define BLOCK_PANELS 32

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

/* A block's place and its private memory. */
typedef struct avx2_block {
    int row, height, panel, panels;
    short *wide;    /* BLOCK_ROWS rows of AVX2_K */
    int16 *sums;    /* [panel][BLOCK_ROWS] */
    int *row_sums;
} avx2_block;

/* a, b: the batch's. */
static void sum_block(const gemm_params *p, const avx2_block *block, __global const uchar *a, __global const char *b)
{
    const int tiles = (block->height + AVX2_ROWS - 1) / AVX2_ROWS, tile_height = (block->height + tiles - 1) / tiles;
    const ulong panel_bytes = (ulong)((p->k + 1) / 2) * 64;
    __global const uchar *a_block = a + (ulong)block->row * p->a_row_stride;
    __global const char *b_block = b + (ulong)block->panel * panel_bytes;
    for (int i = 0; i < block->panels * BLOCK_ROWS; i++) block->sums[i] = 0;
    for (int i = 0; i < block->height; i++) block->row_sums[i] = 0;
    for (int k = 0; k < p->k; k += AVX2_K) {
        const int count = min(AVX2_K, p->k - k);
        widen_rows(a_block + k, p->a_row_stride, block->height, count, p->a_flip & 255, block->wide, block->row_sums);
        for (int panel = 0; panel < block->panels; panel++) {
            for (int row = 0; row < block->height; row += tile_height) {
                avx2_tile(min(tile_height, block->height - row), block->wide + row * AVX2_K, b_block + panel * panel_bytes + (ulong)k * 32, panel_bytes,
                          (ulong)((count + 1) / 2), block->sums + panel * BLOCK_ROWS + row);
            }
        }
    }
}

static void avx2_unit(GEMM_BUFFERS, const gemm_params *restrict params, avx2_block *block, ulong unit)
{
    const gemm_params p = *params;
    const int row_blocks = p.units[0], column_blocks = p.units[1], batch = (int)(unit / ((ulong)row_blocks * (ulong)column_blocks));
    const int place = (int)(unit - (ulong)batch * ((ulong)row_blocks * (ulong)column_blocks));
    const int row_block = p.rows_first ? place % row_blocks : place / column_blocks;
    const int column_block = p.rows_first ? place / row_blocks : place % column_blocks;
    GEMM_ENTER(batch);
    const int blocks = (p.m - 1) / BLOCK_ROWS + 1, all_panels = (p.n - 1) / LANES + 1;
    const int block_end = block_begin(blocks, row_block + 1, row_blocks), panel_end = block_begin(all_panels, column_block + 1, column_blocks);
    for (int i = block_begin(blocks, row_block, row_blocks); i < block_end; i++) {
        block->row = i * BLOCK_ROWS;
        block->height = min(BLOCK_ROWS, p.m - block->row);
        for (block->panel = block_begin(all_panels, column_block, column_blocks); block->panel < panel_end; block->panel += block->panels) {
            block->panels = min(BLOCK_PANELS, panel_end - block->panel);
            sum_block(&p, block, a, b);
            for (int panel = 0; panel < block->panels; panel++) {
                const int n = (block->panel + panel) * LANES;
                const column_terms t = load_columns(&p, columns, column_sums, n);
                for (int row = 0; row < block->height; row++) {
                    const row_terms r = load_row(&p, rows, block->row + row);
                    const ulong index = c_start + (ulong)(block->row + row) * p.c_row_stride + n;
                    store_lanes(&p, &t, &r, block->sums[panel * BLOCK_ROWS + row], block->row_sums[row], c_buffer, index, p.n - n);
                }
            }
        }
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void gemm_i8_avx2(GEMM_BUFFERS, GEMM_COUNT, const gemm_params p)
{
    if (p.m == 0) return; /* the launch that warms a program */
    GEMM_BEGUN();
    short wide[BLOCK_ROWS * AVX2_K];
    int16 sums[BLOCK_PANELS * BLOCK_ROWS];
    int row_sums[BLOCK_ROWS];
    avx2_block block;
    block.wide = wide, block.sums = sums, block.row_sums = row_sums;
    share_walk walk = begin_units(p.claims ? begun_buffer + p.claims : 0, (ulong)p.units[0] * (ulong)p.units[1] * (ulong)p.units[2]);
    for (ulong unit; next_unit(&walk, &unit);) avx2_unit(a_buffer, b_buffer, columns_buffer, column_sums_buffer, rows_buffer, c_buffer, &p, &block, unit);
}
