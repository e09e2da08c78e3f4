/* SPDX-License-Identifier: Apache-2.0 */
/* Floats by floats on a CPU: a work-group of one work-item makes p.block_rows x p.block_columns of c. Of each DEPTH of k, a's part is widened once into
 * local memory; then each panel of b, which all rows of the block use while it is in the first cache. Sums stay in local memory between these. */
/* The first lines of the panel to come, while this one is multiplied: a stream that begins anew is slow until the hardware has noticed it. Fetching what does
 * not exist does no harm. */
#if PREFETCHES
#define AHEAD(pointer) __builtin_prefetch(pointer, 0, 3)
#else
#define AHEAD(pointer)
#endif

/* Of a matrix with these strides, one of which is 1. */
static void copy_block(block_place place, __global const uchar *from, int type, ulong row_stride, ulong column_stride, int rows, int columns)
{
    if (column_stride == 1) block_copy_rows(place, from, type, row_stride, rows, columns);
    else block_copy_turned(place, from, type, column_stride, rows, columns);
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void gemm_mixed_vector(__global const uchar *a, __global const uchar *b, __global const uchar *tables, __global const uchar *residual, __global uchar *c,
                       OP_COUNT, const mixed_params p)
{
    __local float a_block[BLOCK_ROWS * A_STRIDE] __attribute__((aligned(64)));
    __local float b_block[B_PANELS * DEPTH * 16] __attribute__((aligned(64)));
    __local float sums[BLOCK_ROWS * BLOCK_COLUMNS] __attribute__((aligned(64)));
    if (p.m == 0) return;
    OP_BEGUN();
    const uint outer = get_group_id(2) / p.inner_batches, inner = get_group_id(2) % p.inner_batches;
    const int first_row = get_group_id(1) * p.block_rows, first_column = get_group_id(0) * p.block_columns;
    const int rows = min(p.block_rows, p.m - first_row), columns = min(p.block_columns, p.n - first_column), panels = (columns + 15) / 16;
    const ulong a_size = mixed_size(p.a_type), b_size = mixed_size(p.b_type);
    __global const uchar *a_rows = a + p.head.offset[0] + (outer * p.a_batch[0] + inner * p.a_batch[1] + first_row * p.a_row) * a_size;
    __global const uchar *b_panels = b + p.head.offset[1] + outer * p.b_batch[0] + inner * p.b_batch[1] + first_column / 16 * p.b_panel * b_size;
    for (int i = 0; i < (panels + TILE_PANELS - 1) / TILE_PANELS * TILE_PANELS * BLOCK_ROWS; i++) *(__local float16 *)(sums + 16 * i) = 0.0f;
    for (int k = 0; k < p.k; k += DEPTH) {
        const int depth = min(DEPTH, p.k - k);
        __global const uchar *a_part = a_rows + k * p.a_column * a_size;
        copy_block((block_place){a_block, A_STRIDE, 16}, a_part, p.a_type, p.a_row, p.a_column, rows, depth);
        const int step = p.b_padded ? TILE_PANELS : B_PANELS;
        for (int panel = 0; panel < panels; panel += step) {
            __global const uchar *b_part = b_panels + (panel * p.b_panel + k * p.b_row) * b_size;
            if (p.b_padded && panel + step < panels) {
                for (int j = 0; j < 1024; j += 64) AHEAD(b_part + step * p.b_panel * b_size + j);
            }
            if (p.b_type == MIXED_F32 && p.b_padded && rows < TILE_ROWS && panel + TILE_PANELS <= panels) { /* read once: not worth a copy */
                tiles__global(a_block, (__global const float *)b_part, p.b_panel, depth, rows, sums + panel * SUMS_PANEL);
                continue;
            }
            for (int j = 0; p.b_padded && j < TILE_PANELS && panel + j < panels; j++)
                block_copy_rows((block_place){b_block + j * DEPTH * 16, 0, 16}, b_part + j * p.b_panel * b_size, p.b_type, 0, 1, 16 * depth);
            if (!p.b_padded) {
                const int width = min(columns - 16 * panel, 16 * B_PANELS);
                if (width % 16)
                    for (int i = 0; i < depth; i++) *(__local float16 *)(b_block + width / 16 * DEPTH * 16 + 16 * i) = 0.0f;
                copy_block((block_place){b_block, 16, DEPTH * 16}, b_part, p.b_type, p.b_row, p.b_column, depth, width);
            }
            for (int j = 0; j < step && panel + j < panels; j += TILE_PANELS)
                tiles__local(a_block, b_block + j * DEPTH * 16, DEPTH * 16, depth, rows, sums + (panel + j) * SUMS_PANEL);
        }
    }
    store_block(&p, tables, residual, c, sums, outer, inner, first_row, first_column, rows, columns);
}
