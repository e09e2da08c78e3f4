/* SPDX-License-Identifier: Apache-2.0 */
/* Moves the elements of a nest, any device: a work-item makes a chunk. */
__kernel void SIZED(move_portable)(__global const uchar *x, __global const uchar *map_buffer, __global uchar *y, OP_COUNT, const move_params p)
{
    OP_BEGUN();
    const ulong step_x = p.nest.stride[0][OP_RANK - 1], step_y = p.nest.stride[1][OP_RANK - 1];
    __global const uchar *map = map_buffer + p.head.offset[1];
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        __global const ELEMENT *row_x = (__global const ELEMENT *)(x + p.head.offset[0]) + w.at[0];
        __global ELEMENT *row_y = (__global ELEMENT *)(y + p.head.offset[2]) + w.at[1];
        for (uint i = 0; i < run; i++) {
            const ELEMENT element = row_x[i * step_x];
            row_y[i * step_y] = p.has_map ? (ELEMENT)map[element & 255] : element;
        }
        nest_advance(&p.nest, &w, run);
    }
}
