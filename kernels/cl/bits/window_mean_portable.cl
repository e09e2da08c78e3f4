/* SPDX-License-Identifier: Apache-2.0 */
/* Means of |x|, any device. */

/* A work-item makes the mean of one pixel after the other. */
__kernel void pixel_mean_portable(__global const uchar *x, __global uchar *means, OP_COUNT, const pixel_mean_params p)
{
    OP_BEGUN();
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        for (uint i = 0; i < run; i++) {
            const float mean = pixel_mean_any(&p, x + p.head.offset[0], w.at[MEAN_X] + i * p.nest.stride[MEAN_X][OP_RANK - 1]);
            ((__global float *)(means + p.head.offset[1]))[w.at[MEAN_MEANS] + i * p.nest.stride[MEAN_MEANS][OP_RANK - 1]] = mean;
        }
        nest_advance(&p.nest, &w, run);
    }
}

/* A work-item makes a chunk of y. */
__kernel void window_mean_portable(__global const uchar *means, __global uchar *y, OP_COUNT, const window_mean_params p)
{
    OP_BEGUN();
    __global const float *from = (__global const float *)(means + p.head.offset[0]);
    __global float *to = (__global float *)(y + p.head.offset[1]);
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        const ulong n = w.index[OP_RANK - 3], row = w.index[OP_RANK - 2], column = w.index[OP_RANK - 1];
        for (uint i = 0; i < run; i++) {
            to[w.at[0] + i * p.nest.stride[0][OP_RANK - 1]] = window_mean(&p, from + n * p.image[0] * p.image[1], (long)(row * p.stride[0]) - (long)p.pad[0],
                                                                          (long)((column + i) * p.stride[1]) - (long)p.pad[1]);
        }
        nest_advance(&p.nest, &w, run);
    }
}
