/* SPDX-License-Identifier: Apache-2.0 */
/* bfloat16 by bfloat16 through a dot product of pairs (tile/x86_bf16). Blocks as in gemm_mixed_vector; a's are copied as pairs, b is read as it is packed:
 * [panel][k / 2][16 columns][2]. PAIRS: pairs of k in a block. */
static void copy_pairs(__local uint *to, __global const ushort *row, ulong stride, int k)
{
    int i = 0;
    if (stride == 1) {
        for (; 2 * i + 32 <= k; i += 16) *(__local uint16_anywhere *)(to + i) = *(__global const uint16_anywhere *)(row + 2 * i);
    }
    for (; 2 * i < k; i++) to[i] = row[2 * i * stride] | (2 * i + 1 < k ? (uint)row[(2 * i + 1) * stride] << 16 : 0u);
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void gemm_mixed_avx512_bf16(__global const uchar *a, __global const uchar *b, __global const uchar *tables, __global const uchar *residual, __global uchar *c,
                            OP_COUNT, const mixed_params p)
{
    __local uint a_block[BLOCK_ROWS * A_STRIDE] __attribute__((aligned(64)));
    __local float sums[BLOCK_ROWS * BLOCK_COLUMNS] __attribute__((aligned(64)));
    if (p.m == 0) return;
    OP_BEGUN();
    const uint outer = get_group_id(2) / p.inner_batches, inner = get_group_id(2) % p.inner_batches;
    const int first_row = get_group_id(1) * p.block_rows, first_column = get_group_id(0) * p.block_columns;
    const int rows = min(p.block_rows, p.m - first_row), columns = min(p.block_columns, p.n - first_column), panels = (columns + 15) / 16;
    __global const ushort *a_rows = (__global const ushort *)(a + p.head.offset[0]);
    a_rows += outer * p.a_batch[0] + inner * p.a_batch[1] + first_row * p.a_row;
    const ulong panel_pairs = p.b_panel / 2;
    __global const uint *b_panels = (__global const uint *)(b + p.head.offset[1] + outer * p.b_batch[0] + inner * p.b_batch[1]);
    b_panels += first_column / 16 * panel_pairs;
    for (int i = 0; i < BLOCK_ROWS * BLOCK_COLUMNS; i += 16) *(__local float16 *)(sums + i) = 0.0f;
    for (int k = 0; k < p.k; k += 2 * PAIRS) {
        const int depth = min(2 * PAIRS, p.k - k);
        for (int i = 0; i < rows; i++) copy_pairs(a_block + i * A_STRIDE, a_rows + i * p.a_row + k * p.a_column, p.a_column, depth);
        for (int panel = 0; panel < panels; panel += TILE_PANELS) {
            /* Behind a last panel without a neighbour it is multiplied again, into sums that nobody reads. */
            const ulong next = panel + TILE_PANELS <= panels ? panel_pairs : 0;
            tiles__global(a_block, b_panels + panel * panel_pairs + k * 8, next, (depth + 1) / 2, rows, sums + panel * SUMS_PANEL);
        }
    }
    store_block(&p, tables, residual, c, sums, outer, inner, first_row, first_column, rows, columns);
}
