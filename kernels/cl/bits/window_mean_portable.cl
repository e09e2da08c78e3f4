/* SPDX-License-Identifier: Apache-2.0 */
/* Means of |x|, any device. Their sums have one order: docs/numerics.md, "Bits". */

/* a / b of a sum that may be 0, infinite or NaN and a number of terms. */
static inline float divide_sum(float a, ulong terms)
{
    return isfinite(a) ? clq_divide(a, (float)terms) : a;
}

/* A work-item makes the mean of one pixel after the other. */
__kernel void pixel_mean_portable(__global const uchar *x, __global uchar *means, OP_COUNT, const pixel_mean_params p)
{
    OP_BEGUN();
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        for (uint i = 0; i < run; i++) {
            const ulong first = w.at[MEAN_X] + i * p.nest.stride[MEAN_X][OP_RANK - 1];
            float sums[16] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
            for (ulong c = 0; c < p.channels; c++) sums[c % 16] += fabs(load_float(x + p.head.offset[0], first + c * p.x_step, p.x_type));
            for (int half_of = 8; half_of > 0; half_of /= 2) {
                for (int j = 0; j < half_of; j++) sums[j] += sums[j + half_of];
            }
            ((__global float *)(means + p.head.offset[1]))[w.at[MEAN_MEANS] + i * p.nest.stride[MEAN_MEANS][OP_RANK - 1]] = divide_sum(sums[0], p.channels);
        }
        nest_advance(&p.nest, &w, run);
    }
}

/* The mean of one window whose first tap lies at row, column. */
static inline float window_mean(const window_mean_params *p, __global const float *image, long row, long column)
{
    float sum = 0.0f;
    for (ulong i = 0; i < p->taps[0]; i++) {
        const long at_row = row + (long)(i * p->dilation[0]);
        if (at_row < 0 || at_row >= (long)p->image[0]) continue;
        for (ulong j = 0; j < p->taps[1]; j++) {
            const long at = column + (long)(j * p->dilation[1]);
            if (at >= 0 && at < (long)p->image[1]) sum += image[at_row * (long)p->image[1] + at];
        }
    }
    return divide_sum(sum, p->taps[0] * p->taps[1]);
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
