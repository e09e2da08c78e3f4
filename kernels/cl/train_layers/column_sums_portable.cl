/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of columns, any device: rows x channels -> blocks x channels, a work-item makes a channel of a block. */
__kernel void column_sums_portable(__global const uchar *x, __global uchar *y, OP_COUNT, const column_params p)
{
    OP_BEGUN();
    const ulong id = get_global_id(0), blocks = (p.rows + ROW_BLOCK - 1) / ROW_BLOCK;
    if (id >= blocks * p.channels) return;
    const ulong block = id / p.channels, c = id - block * p.channels;
    const uint n = (uint)min((ulong)ROW_BLOCK, p.rows - block * ROW_BLOCK);
    __global const float *column = (__global const float *)(x + p.head.offset[0]) + block * ROW_BLOCK * p.channels + c;
    float sum;
    SUM_OF_BLOCK(sum, n, p.folds, column[r * p.channels]);
    ((__global float *)(y + p.head.offset[1]))[id] = sum;
}
