/* SPDX-License-Identifier: Apache-2.0 */
/* Pooling in training, any device: a work-item makes one element of the result, neighbours neighbouring channels. */
__kernel void train_pool_forward_portable(__global const uchar *x, __global uchar *y, __global uchar *taps, OP_COUNT, const train_pool_params p)
{
    OP_BEGUN();
    const ulong id = get_global_id(0);
    if (id >= p.pixels * p.channels) return;
    const ulong flat = id / p.channels, c = id - flat * p.channels;
    const pool_pixel out = pixel_at(flat, p.out_height, p.out_width);
    const pool_span rows = taps_inside(out.h, p.stride_h, p.pad_h, p.kernel_h, p.height), columns = taps_inside(out.w, p.stride_w, p.pad_w, p.kernel_w, p.width);
    const int first_h = out.h * p.stride_h - p.pad_h, first_w = out.w * p.stride_w - p.pad_w;
    __global const float *image = (__global const float *)(x + p.head.offset[0]) + out.image * p.height * p.width * p.channels + c;
    float value = p.is_average ? 0.0f : image[((ulong)(first_h + rows.begin) * p.width + first_w + columns.begin) * p.channels];
    int winner = rows.begin * p.kernel_w + columns.begin;
    for (int kh = rows.begin; kh < rows.end; kh++) {
        for (int kw = columns.begin; kw < columns.end; kw++) {
            const float v = image[((ulong)(first_h + kh) * p.width + first_w + kw) * p.channels];
            if (p.is_average) {
                value += v;
            } else if (wins(v, value)) {
                value = v;
                winner = kh * p.kernel_w + kw;
            }
        }
    }
    ((__global float *)(y + p.head.offset[1]))[id] = p.is_average ? value * inverse_count(&p, out.h, out.w) : value;
    if (p.saves_taps) taps[p.head.offset[2] + id] = (uchar)winner;
}

__kernel void train_pool_backward_portable(__global const uchar *dy, __global const uchar *taps, __global uchar *dx, OP_COUNT, const train_pool_params p)
{
    OP_BEGUN();
    const ulong id = get_global_id(0);
    if (id >= p.pixels * p.channels) return;
    const ulong flat = id / p.channels, c = id - flat * p.channels;
    const pool_pixel in = pixel_at(flat, p.height, p.width);
    const pool_span rows = windows_over(in.h, p.stride_h, p.pad_h, p.kernel_h, p.out_height), columns = windows_over(in.w, p.stride_w, p.pad_w, p.kernel_w, p.out_width);
    const ulong image = in.image * p.out_height * p.out_width * p.channels + c;
    __global const float *gradients = (__global const float *)(dy + p.head.offset[0]) + image;
    __global const uchar *winners = taps + p.head.offset[1] + image;
    float sum = 0.0f;
    for (int oh = rows.begin; oh < rows.end; oh++) {
        for (int ow = columns.begin; ow < columns.end; ow++) {
            const ulong at = ((ulong)oh * p.out_width + ow) * p.channels;
            const int tap = (in.h + p.pad_h - oh * p.stride_h) * p.kernel_w + in.w + p.pad_w - ow * p.stride_w;
            if (p.is_average) sum += gradients[at] * inverse_count(&p, oh, ow);
            else if (winners[at] == tap) sum += gradients[at];
        }
    }
    ((__global float *)(dx + p.head.offset[2]))[id] = sum;
}
