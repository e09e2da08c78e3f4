/* SPDX-License-Identifier: Apache-2.0 */
/* Floats by floats on GPUs: a work-group of 16 x 16 makes 16 ITEM_ROWS x 16 ITEM_COLUMNS of c, through tiles of TILE_K rows of k in local memory, of a
 * mixed/local_sums part. Any shape; elements that do not exist are 0 in both factors. Neighbouring items read neighbouring elements, whichever way a and b lie. */

/* tile[k][j], j < width, of a matrix whose element (k, j) is `k * k_stride + j * stride` elements behind `first`. */
static inline void load_tile(__local tile_value *tile, int width, __global const uchar *from, ulong first, int type, ulong k_stride, ulong stride,
                             int depth, int count)
{
    for (int i = get_local_id(0); i < TILE_K * width; i += ITEMS) {
        const int k = stride == 1 ? i / width : i % TILE_K, j = stride == 1 ? i % width : i / TILE_K;
        tile[k * (width + TILE_PAD) + j] = (tile_value)(k < depth && j < count ? mixed_load(from, first + k * k_stride + j * stride, type) : 0.0f);
    }
}

__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1)))
void gemm_mixed_local(__global const uchar *a, __global const uchar *b, __global const uchar *tables, __global const uchar *residual, __global uchar *c,
                      OP_COUNT, const mixed_params p)
{
    __local tile_value a_tile[TILE_K * (TILE_M + TILE_PAD)] __attribute__((aligned(4))), b_tile[TILE_K * (TILE_N + TILE_PAD)] __attribute__((aligned(4)));
    OP_BEGUN();
    const uint outer = get_group_id(2) / max(p.inner_batches, 1), inner = get_group_id(2) % max(p.inner_batches, 1);
    const int first_row = get_group_id(1) * TILE_M, first_column = get_group_id(0) * TILE_N;
    const int x = get_local_id(0) % 16, y = get_local_id(0) / 16;
    const ulong a_first = outer * p.a_batch[0] + inner * p.a_batch[1] + first_row * p.a_row, b_first = first_column * p.b_column;
    __global const uchar *matrix = b + p.head.offset[1] + outer * p.b_batch[0] + inner * p.b_batch[1];
    float sums[ITEM_ROWS][ITEM_COLUMNS];
    #pragma unroll
    for (int i = 0; i < ITEM_ROWS; i++) {
        #pragma unroll
        for (int j = 0; j < ITEM_COLUMNS; j++) sums[i][j] = 0.0f;
    }
    for (int k = 0; k < p.k; k += TILE_K) {
        load_tile(a_tile, TILE_M, a + p.head.offset[0], a_first + k * p.a_column, p.a_type, p.a_column, p.a_row, p.k - k, p.m - first_row);
        load_tile(b_tile, TILE_N, matrix, b_first + k * p.b_row, p.b_type, p.b_row, p.b_column, p.k - k, p.n - first_column);
        barrier(CLK_LOCAL_MEM_FENCE); /* all items read what all have written */
        multiply_tiles(a_tile, b_tile, x, y, sums);
        barrier(CLK_LOCAL_MEM_FENCE); /* before the next tiles overwrite these */
    }
    #pragma unroll 1
    for (int place = 0; place < ITEM_ROWS * ITEM_COLUMNS; place++) {
        const int row = first_row + TILE_ROW(y, place / ITEM_COLUMNS), column = first_column + TILE_COLUMN(x, place % ITEM_COLUMNS);
        if (row >= p.m || column >= p.n) continue;
        mixed_store(&p, (__global const float *)(tables + p.head.offset[2]), residual + p.head.offset[3], c + p.head.offset[4], chosen_sum(sums, place), column,
                    outer * p.residual_batch[0] + inner * p.residual_batch[1] + row * p.residual_row + column,
                    outer * p.c_batch[0] + inner * p.c_batch[1] + row * p.c_row + column);
    }
}
