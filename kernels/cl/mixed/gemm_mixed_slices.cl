/* SPDX-License-Identifier: Apache-2.0 */
/* Floats by floats with few rows, on GPUs: a work-group shares out the k of COLUMNS columns in SLICES and adds up in local memory, in a fixed order. Each
 * element of b is read once for ROWS rows of c. */
#ifndef ROWS
#error "ROWS must be defined"
#endif
#define COLUMNS 32   /* work-items of a slice: neighbours read neighbouring columns */
#define SLICES 8
#define UNIT 16      /* rows of k that a slice takes at a time, with their part of a in local memory */

__kernel __attribute__((reqd_work_group_size(COLUMNS, SLICES, 1)))
void gemm_mixed_slices(__global const uchar *a, __global const uchar *b, __global const uchar *tables, __global const uchar *residual, __global uchar *c,
                       OP_COUNT, const mixed_params p)
{
    __local float shared[SLICES * ROWS * COLUMNS];   /* first rows of a, [slice][k][row], at last sums, [slice][row][column] */
    OP_BEGUN();
    const uint outer = get_group_id(2) / max(p.inner_batches, 1), inner = get_group_id(2) % max(p.inner_batches, 1);
    const int lane = get_local_id(0), slice = get_local_id(1), row = get_group_id(1) * ROWS, column = get_group_id(0) * COLUMNS + lane;
    const ulong a_first = outer * p.a_batch[0] + inner * p.a_batch[1];
    __global const uchar *matrix = b + p.head.offset[1] + outer * p.b_batch[0] + inner * p.b_batch[1];
    float sums[ROWS];
    #pragma unroll
    for (int i = 0; i < ROWS; i++) sums[i] = 0.0f;
    __local float *lines = shared + slice * UNIT * ROWS;
    for (int first = 0; first < p.k; first += SLICES * UNIT) {
        const int own = first + slice * UNIT;
        for (int i = lane; i < UNIT * ROWS; i += COLUMNS) {
            const int k = own + i % UNIT, r = row + i / UNIT;
            lines[i % UNIT * ROWS + i / UNIT] = k < p.k && r < p.m ? mixed_load(a + p.head.offset[0], a_first + r * p.a_row + k * p.a_column, p.a_type) : 0.0f;
        }
        barrier(CLK_LOCAL_MEM_FENCE); /* a slice reads what its items have written */
        for (int k = own; k < min(own + UNIT, p.k) && column < p.n; k++) {
            const float weight = mixed_load(matrix, column * p.b_column + k * p.b_row, p.b_type);
            #pragma unroll
            for (int i = 0; i < ROWS; i++) sums[i] = fma(lines[(k - own) * ROWS + i], weight, sums[i]);
        }
        barrier(CLK_LOCAL_MEM_FENCE); /* before the next rows of a, or the sums, overwrite these */
    }
    #pragma unroll
    for (int i = 0; i < ROWS; i++) shared[(slice * ROWS + i) * COLUMNS + lane] = sums[i];
    barrier(CLK_LOCAL_MEM_FENCE); /* slice r reads what every slice wrote of rows r, r + SLICES .. */
    for (int i = slice; i < ROWS && row + i < p.m && column < p.n; i += SLICES) {
        float sum = 0.0f;
        for (int other = 0; other < SLICES; other++) sum += shared[(other * ROWS + i) * COLUMNS + lane];
        mixed_store(&p, (__global const float *)(tables + p.head.offset[2]), residual + p.head.offset[3], c + p.head.offset[4], sum, column,
                    outer * p.residual_batch[0] + inner * p.residual_batch[1] + (row + i) * p.residual_row + column,
                    outer * p.c_batch[0] + inner * p.c_batch[1] + (row + i) * p.c_row + column);
    }
}
