/* SPDX-License-Identifier: Apache-2.0 */
/* Bit planes to values, any device: a work-item makes a chunk of y, an even number of values, one by one. */
__kernel void unpack_bits_portable(__global const uchar *x, __global uchar *y, OP_COUNT, const unpack_bits_params p)
{
    OP_BEGUN();
    __global const uint *words = (__global const uint *)(x + p.head.offset[0]);
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        unpack_few(&p, words, w.at[UNPACK_X], p.nest.stride[UNPACK_X][OP_RANK - 1], y + p.head.offset[1], w.at[UNPACK_Y], p.nest.stride[UNPACK_Y][OP_RANK - 1], 0, run);
        nest_advance(&p.nest, &w, run);
    }
}
