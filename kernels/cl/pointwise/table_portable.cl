/* SPDX-License-Identifier: Apache-2.0 */
/* y = table[x], any device: a work-item makes a chunk of y, byte by byte. Buffers: x, the table's 256 bytes, y. */
__kernel void table_portable(__global const uchar *x, __global const uchar *table, __global uchar *y, OP_COUNT, const table_params p)
{
    OP_BEGUN();
    const ulong step_x = p.nest.stride[0][OP_RANK - 1], step_y = p.nest.stride[1][OP_RANK - 1];
    __global const uchar *entries = table + p.head.offset[1];
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        __global const uchar *row_x = x + p.head.offset[0] + w.at[0];
        __global uchar *row_y = y + p.head.offset[2] + w.at[1];
        for (uint i = 0; i < run; i++) row_y[i * step_y] = entries[row_x[i * step_x]];
        nest_advance(&p.nest, &w, run);
    }
}
