/* SPDX-License-Identifier: Apache-2.0 */
/* A product of matrices on a CPU: a work-group of one work-item makes p.block_rows x p.block_columns of c, or of one part of their sums. Of each DEPTH of k,
 * a's part is copied to local memory by rows, then b's to panels of 16 columns, whatever way they are stored; sums stay in local memory between these. */

/* Of a matrix with these strides, one of which is 1. */
static void copy_part(block_place place, __global const float *from, ulong row_stride, ulong column_stride, int rows, int columns)
{
    if (column_stride == 1) block_copy_rows(place, (__global const uchar *)from, MIXED_F32, row_stride, rows, columns);
    else block_copy_turned(place, (__global const uchar *)from, MIXED_F32, column_stride, rows, columns);
}

/* Up to 16 elements; the rest 0. */
INLINED float16 few_floats(__global const float *from, int count)
{
    if (count >= 16) return LOAD16(float, from);
    float few[16] __attribute__((aligned(64))) = {0.0f};
    for (int i = 0; i < count; i++) few[i] = from[i];
    return *(float16 *)few;
}

INLINED void store_part(const train_vector_params *p, __global const float *bias, __global float *c, __local const float *sums, int rows, int columns)
{
    for (int j = 0; j < columns; j += 16) {
        const int count = min(16, columns - j);
        const float16 added = p->has_bias ? few_floats(bias + j, count) : 0.0f;
        for (int i = 0; i < rows; i++) {
            __global float *to = c + i * p->c_row + j;
            float16 sum = *(__local const float16 *)(sums + j / 16 * SUMS_PANEL + 16 * i) + added;
            if (p->adds) sum += few_floats(to, count);
            if (count == 16) {
                STORE16(float, to, sum);
                continue;
            }
            float few[16] __attribute__((aligned(64)));
            *(float16 *)few = sum;
            for (int lane = 0; lane < count; lane++) to[lane] = few[lane];
        }
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void train_gemm_vector(__global const uchar *a, __global const uchar *b, __global const uchar *bias, __global uchar *c, OP_COUNT, const train_vector_params p)
{
    __local float a_block[BLOCK_ROWS * A_STRIDE] __attribute__((aligned(64)));
    __local float b_block[B_PANELS * DEPTH * 16] __attribute__((aligned(64)));
    __local float sums[BLOCK_ROWS * BLOCK_COLUMNS] __attribute__((aligned(64)));
    if (p.m == 0) return;
    OP_BEGUN();
    const int first_row = get_group_id(1) * p.block_rows, first_column = get_group_id(0) * p.block_columns;
    const int rows = min(p.block_rows, p.m - first_row), columns = min(p.block_columns, p.n - first_column), panels = (columns + 15) / 16;
    const ulong first = get_group_id(2) * (ulong)p.part, end = min(first + p.part, (ulong)p.k);
    __global const float *a_rows = (__global const float *)(a + p.head.offset[0]) + first_row * p.a_row;
    __global const float *b_columns = (__global const float *)(b + p.head.offset[1]) + first_column * p.b_column;
    for (int i = 0; i < panels * BLOCK_ROWS; i++) *(__local float16 *)(sums + 16 * i) = 0.0f;
    for (ulong k = first; k < end; k += DEPTH) {
        const int depth = (int)min((ulong)DEPTH, end - k);
        copy_part((block_place){a_block, A_STRIDE, 16}, a_rows + k * p.a_column, p.a_row, p.a_column, rows, depth);
        for (int panel = 0; panel < panels; panel += B_PANELS) {
            const int width = min(columns - 16 * panel, 16 * B_PANELS);
            if (width % 16)
                for (int i = 0; i < depth; i++) *(__local float16 *)(b_block + width / 16 * DEPTH * 16 + 16 * i) = 0.0f;
            copy_part((block_place){b_block, 16, DEPTH * 16}, b_columns + k * p.b_row + 16 * panel * p.b_column, p.b_row, p.b_column, depth, width);
            for (int j = 0; j < B_PANELS && panel + j < panels; j++) tiles__local(a_block, b_block + j * DEPTH * 16, 0, depth, rows, sums
                                                                                  + (panel + j) * SUMS_PANEL);
        }
    }
    store_part(&p, (__global const float *)(bias + p.head.offset[2]) + first_column,
               (__global float *)(c + p.head.offset[3]) + get_group_id(2) * p.part_stride + first_row * p.c_row + first_column, sums, rows, columns);
}
