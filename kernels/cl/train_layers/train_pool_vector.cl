/* SPDX-License-Identifier: Apache-2.0 */
/* Pooling in training on a CPU: a work-group of one work-item makes a chunk of pixels of the result, 16 channels at a time; the last channels one by one. */

/* The taps of one window. */
typedef struct pool_window {
    pool_span rows, columns;
    int kernel_w;
    ulong row_step, column_step;   /* elements between taps */
} pool_window;

/* `image`: where tap 0, 0 of the window would be, moved to the first channel. */
INLINED float16 max_lanes(const pool_window *window, __global const float *image, int16 *winners)
{
    const pool_window k = *window;
    float16 best = LOAD16(float, image + k.rows.begin * k.row_step + k.columns.begin * k.column_step);
    int16 winner = k.rows.begin * k.kernel_w + k.columns.begin;
    for (int kh = k.rows.begin; kh < k.rows.end; kh++) {
        for (int kw = k.columns.begin; kw < k.columns.end; kw++) {
            const float16 v = LOAD16(float, image + kh * k.row_step + kw * k.column_step);
            const int16 won = ~(v <= best) & (best == best);
            best = won ? v : best;
            winner = won ? (int16)(kh * k.kernel_w + kw) : winner;
        }
    }
    *winners = winner;
    return best;
}

INLINED float16 sum_lanes(const pool_window *window, __global const float *image)
{
    const pool_window k = *window;
    float16 sum = 0.0f;
    for (int kh = k.rows.begin; kh < k.rows.end; kh++) {
        for (int kw = k.columns.begin; kw < k.columns.end; kw++) sum += LOAD16(float, image + kh * k.row_step + kw * k.column_step);
    }
    return sum;
}

/* One channel of a window: its value, and of a maximum the winner. */
static float pool_one(const pool_window *k, __global const float *image, bool is_average, int *winner)
{
    float value = is_average ? 0.0f : image[k->rows.begin * k->row_step + k->columns.begin * k->column_step];
    *winner = k->rows.begin * k->kernel_w + k->columns.begin;
    for (int kh = k->rows.begin; kh < k->rows.end; kh++) {
        for (int kw = k->columns.begin; kw < k->columns.end; kw++) {
            const float v = image[kh * k->row_step + kw * k->column_step];
            if (is_average) {
                value += v;
            } else if (wins(v, value)) {
                value = v;
                *winner = kh * k->kernel_w + kw;
            }
        }
    }
    return value;
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void train_pool_forward_vector(__global const uchar *x, __global uchar *y, __global uchar *taps, OP_COUNT,
                                                                                      const train_pool_params p)
{
    OP_BEGUN();
    const ulong end = min(p.pixels, (get_group_id(0) + 1) * p.chunk);
    __global const float *images = (__global const float *)(x + p.head.offset[0]);
    for (ulong flat = get_group_id(0) * p.chunk; flat < end; flat++) {
        const pool_pixel out = pixel_at(flat, p.out_height, p.out_width);
        const pool_window window = {taps_inside(out.h, p.stride_h, p.pad_h, p.kernel_h, p.height), taps_inside(out.w, p.stride_w, p.pad_w, p.kernel_w, p.width),
                                    p.kernel_w, p.width * p.channels, p.channels};
        const long corner = (long)(out.h * p.stride_h - p.pad_h) * p.width + out.w * p.stride_w - p.pad_w;
        __global const float *image = images + (long)(out.image * p.height * p.width + corner) * (long)p.channels;
        __global float *to = (__global float *)(y + p.head.offset[1]) + flat * p.channels;
        __global uchar *winners = taps + p.head.offset[2] + flat * p.channels;
        const float inverse = p.is_average ? inverse_count(&p, out.h, out.w) : 1.0f;
        ulong c = 0;
        for (; c + 16 <= p.channels; c += 16) {
            int16 winner = 0;
            if (p.is_average) STORE16(float, to + c, sum_lanes(&window, image + c) * inverse);
            else STORE16(float, to + c, max_lanes(&window, image + c, &winner));
            if (p.saves_taps) STORE16(uchar, winners + c, convert_uchar16(winner));
        }
        for (; c < p.channels; c++) {
            int winner;
            const float value = pool_one(&window, image + c, p.is_average, &winner);
            to[c] = p.is_average ? value * inverse : value;
            if (p.saves_taps) winners[c] = (uchar)winner;
        }
    }
}

/* What a pixel of x gets from the windows over it. */
__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void train_pool_backward_vector(__global const uchar *dy, __global const uchar *taps, __global uchar *dx, OP_COUNT,
                                                                                       const train_pool_params p)
{
    OP_BEGUN();
    const ulong end = min(p.pixels, (get_group_id(0) + 1) * p.chunk);
    const bool streams = p.streams && p.channels % 16 == 0 && ((ulong)(dx + p.head.offset[2]) & 63) == 0;
    for (ulong flat = get_group_id(0) * p.chunk; flat < end; flat++) {
        const pool_pixel in = pixel_at(flat, p.height, p.width);
        const pool_span rows = windows_over(in.h, p.stride_h, p.pad_h, p.kernel_h, p.out_height), columns = windows_over(in.w, p.stride_w, p.pad_w, p.kernel_w, p.out_width);
        const ulong image = in.image * p.out_height * p.out_width;
        __global float *to = (__global float *)(dx + p.head.offset[2]) + flat * p.channels;
        for (ulong c = 0; c < p.channels;) {
            const bool is_whole = c + 16 <= p.channels;
            float16 sum = 0.0f;
            float one = 0.0f;
            for (int oh = rows.begin; oh < rows.end; oh++) {
                for (int ow = columns.begin; ow < columns.end; ow++) {
                    const ulong at = (image + (ulong)oh * p.out_width + ow) * p.channels + c;
                    const int tap = (in.h + p.pad_h - oh * p.stride_h) * p.kernel_w + in.w + p.pad_w - ow * p.stride_w;
                    const float inverse = p.is_average ? inverse_count(&p, oh, ow) : 1.0f;
                    __global const float *gradients = (__global const float *)(dy + p.head.offset[0]) + at;
                    __global const uchar *winners = taps + p.head.offset[1] + at;
                    if (is_whole && p.is_average) sum += LOAD16(float, gradients) * inverse;
                    else if (is_whole) sum += convert_int16(LOAD16(uchar, winners)) == tap ? LOAD16(float, gradients) : (float16)0.0f;
                    else if (p.is_average) one += gradients[0] * inverse;
                    else one += winners[0] == tap ? gradients[0] : 0.0f;
                }
            }
            if (!is_whole) to[c] = one;
            else if (streams) STREAM16(float, to + c, sum);
            else STORE16(float, to + c, sum);
            c += is_whole ? 16 : 1;
        }
    }
}
