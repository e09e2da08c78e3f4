/* SPDX-License-Identifier: Apache-2.0 */
/* A product of matrices, any device: a work-item makes ROWS elements of one column of c, or of one part of their sums. */
#define ROWS 4
#define BLOCK 256   /* terms that are summed by themselves: errors grow with these and their number, not with k */

__kernel void train_gemm_portable(__global const uchar *a, __global const uchar *b, __global const uchar *bias, __global uchar *c, OP_COUNT,
                                  const train_gemm_params p)
{
    OP_BEGUN();
    const uint column = get_global_id(0), row = get_global_id(1) * ROWS, part = get_global_id(2);
    if (column >= (uint)p.n || row >= (uint)p.m) return;
    const uint rows = min((uint)ROWS, (uint)p.m - row);
    const ulong first = (ulong)part * p.part, end = min(first + p.part, (ulong)p.k);
    __global const float *from_a = (__global const float *)(a + p.head.offset[0]),
        *from_b = (__global const float *)(b + p.head.offset[1]) + column * p.b_column;
    float sums[ROWS] = {0.0f};
    for (ulong begin = first; begin < end; begin += BLOCK) {
        float block[ROWS] = {0.0f};
        for (ulong k = begin; k < min(begin + BLOCK, end); k++) {
            const float weight = from_b[k * p.b_row];
            for (uint i = 0; i < ROWS; i++) block[i] = fma(from_a[(row + min(i, rows - 1)) * p.a_row + k * p.a_column], weight, block[i]);
        }
        for (uint i = 0; i < ROWS; i++) sums[i] += block[i];
    }
    __global float *to = (__global float *)(c + p.head.offset[3]) + part * p.part_stride + column;
    for (uint i = 0; i < rows; i++) {
        __global float *element = to + (row + i) * p.c_row;
        if (p.has_bias) sums[i] += ((__global const float *)(bias + p.head.offset[2]))[column];
        *element = p.adds ? sums[i] + *element : sums[i];
    }
}
