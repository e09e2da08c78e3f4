/* SPDX-License-Identifier: Apache-2.0 */
/* Two inputs, any device: a work-item makes a chunk of y, element by element. */
__kernel void binary_portable(__global const uchar *a, __global const uchar *b, __global uchar *y, OP_COUNT, const binary_params p)
{
    OP_BEGUN();
    const ulong step_a = p.nest.stride[0][OP_RANK - 1], step_b = p.nest.stride[1][OP_RANK - 1], step_y = p.nest.stride[2][OP_RANK - 1];
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        __global const uchar *row_a = a + p.head.offset[0] + w.at[0], *row_b = b + p.head.offset[1] + w.at[1];
        __global uchar *row_y = y + p.head.offset[2] + w.at[2];
        for (uint i = 0; i < run; i++) row_y[i * step_y] = binary_byte(&p, row_a[i * step_a], row_b[i * step_b]);
        nest_advance(&p.nest, &w, run);
    }
}
