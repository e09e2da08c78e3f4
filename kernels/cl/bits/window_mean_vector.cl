/* SPDX-License-Identifier: Apache-2.0 */
/* Means of |x| on a CPU whose division is correctly rounded (after bits/window_mean_element): the 16 partial sums of a pixel are the lanes of a vector; windows
 * are made 16 at a time where all their taps lie inside and neighbours. */

/* Of one pixel whose channels are neighbours; x_type is a constant of the caller. */
INLINED float pixel_mean(__global const uchar *x, ulong channels, int x_type)
{
    const ulong whole = channels / 16 * 16;
    float16 sums = 0.0f, value;
    for (ulong c = 0; c < whole; c += 16) {
        load_floats(x, x_type, c, 1, &value);
        sums += fabs(value);
    }
    if (whole < channels) {
        float lanes[16];
        *(float16 *)lanes = sums;
        for (ulong c = whole; c < channels; c++) lanes[c - whole] += fabs(load_float(x, c, x_type));
        sums = *(const float16 *)lanes;
    }
    const float8 eight = sums.lo + sums.hi;
    const float4 four = eight.lo + eight.hi;
    const float2 two = four.lo + four.hi;
    return (two.x + two.y) / (float)channels;
}

#define PIXELS_OF(type, x_type)                                                                                                            \
    static __attribute__((noinline)) void pixels_of_##type(__global const uchar *x, ulong x_stride, __global float *means, uint count, ulong channels) \
    {                                                                                                                                      \
        for (uint i = 0; i < count; i++) means[i] = pixel_mean(x + i * x_stride, channels, x_type);                                        \
    }
PIXELS_OF(f32, CONVERT_F32)
PIXELS_OF(f16, CONVERT_F16)

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void pixel_mean_vector(__global const uchar *x, __global uchar *means, OP_COUNT, const pixel_mean_params p)
{
    OP_BEGUN();
    __global float *to = (__global float *)(means + p.head.offset[1]);
    const ulong stride = p.nest.stride[MEAN_X][OP_RANK - 1];
    const uint size = bytes_of_type(p.x_type);
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        __global const uchar *first = x + p.head.offset[0] + w.at[MEAN_X] * size;
        if (p.x_step != 1) {
            for (uint i = 0; i < run; i++) to[w.at[MEAN_MEANS] + i] = pixel_mean_any(&p, x + p.head.offset[0], w.at[MEAN_X] + i * stride);
        } else if (p.x_type == CONVERT_F32) {
            pixels_of_f32(first, stride * size, to + w.at[MEAN_MEANS], run, p.channels);
        } else {
            pixels_of_f16(first, stride * size, to + w.at[MEAN_MEANS], run, p.channels);
        }
        nest_advance(&p.nest, &w, run);
    }
}

/* Sixteen windows of a row from the one whose first tap lies at row, column on. All columns lie inside. */
INLINED float16 window_means(const window_mean_params *p, __global const float *image, long row, long column)
{
    float16 sum = 0.0f;
    for (ulong i = 0; i < p->taps[0]; i++) {
        const long at_row = row + (long)(i * p->dilation[0]);
        if (at_row < 0 || at_row >= (long)p->image[0]) continue;
        for (ulong j = 0; j < p->taps[1]; j++) sum += LOAD16(float, image + at_row * (long)p->image[1] + column + (long)(j * p->dilation[1]));
    }
    return sum / (float)(p->taps[0] * p->taps[1]);
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void window_mean_vector(__global const uchar *means, __global uchar *y, OP_COUNT, const window_mean_params p)
{
    OP_BEGUN();
    __global const float *from = (__global const float *)(means + p.head.offset[0]);
    __global float *to = (__global float *)(y + p.head.offset[1]);
    const ulong stride = p.nest.stride[0][OP_RANK - 1];
    const long reach = (long)((p.taps[1] - 1) * p.dilation[1]) + 16, pad = (long)p.pad[1];
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        __global const float *image = from + w.index[OP_RANK - 3] * p.image[0] * p.image[1];
        const long row = (long)(w.index[OP_RANK - 2] * p.stride[0]) - (long)p.pad[0];
        for (uint i = 0; i < run;) {
            const long column = (long)((w.index[OP_RANK - 1] + i) * p.stride[1]) - pad;
            const bool is_inside = p.stride[1] == 1 && stride == 1 && i + 16 <= run && column >= 0 && column + reach <= (long)p.image[1];
            if (is_inside) STORE16(float, to + w.at[0] + i, window_means(&p, image, row, column));
            else to[w.at[0] + i * stride] = window_mean(&p, image, row, column);
            i += is_inside ? 16 : 1;
        }
        nest_advance(&p.nest, &w, run);
    }
}
