/* SPDX-License-Identifier: Apache-2.0 */
/* Values to bit planes, any device: a work-item makes the words of a chunk of groups, value by value. */
__kernel void pack_bits_portable(__global const uchar *x, __global const uchar *thresholds, __global uchar *y, OP_COUNT, const pack_bits_params p)
{
    OP_BEGUN();
    __global const float *limits = (__global const float *)(thresholds + p.head.offset[1]);
    __global uint *words = (__global uint *)(y + p.head.offset[2]);
    const ulong x_stride = p.nest.stride[PACK_X][OP_RANK - 1], y_stride = p.nest.stride[PACK_Y][OP_RANK - 1], last_stride = p.nest.stride[PACK_LAST][OP_RANK - 1];
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        for (uint i = 0; i < run; i++) {
            const ulong first = w.at[PACK_LAST] + i * last_stride;
            pack_few(&p, x + p.head.offset[0], w.at[PACK_X] + i * x_stride, limits + (p.varies ? first : 0), (uint)min((ulong)32, p.last - first),
                     words + (w.at[PACK_Y] + i * y_stride) / 32 * (ulong)p.bits);
        }
        nest_advance(&p.nest, &w, run);
    }
}
