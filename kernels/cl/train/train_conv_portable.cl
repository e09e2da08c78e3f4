/* SPDX-License-Identifier: Apache-2.0 */
/* Convolutions in training, any device: a work-item makes one element of y, dx or dw, or of one part of dw's sums. Neighbours make neighbouring channels. */
#define FORWARD 0
#define BY_DATA 1

static float at_pixel(const train_conv_params *p, __global const float *x, __global const float *w, ulong pixel, int o)
{
    const int column = pixel % p->output[1], row = pixel / p->output[1] % p->output[0], group = o / p->group_out;
    const ulong image = pixel / p->output[1] / p->output[0] * p->input[0];
    float sum = 0.0f;
    for (int i = 0; i < p->window[0]; i++) {
        const int y = row * p->stride[0] + i * p->dilation[0] - p->pad[0];
        if ((uint)y >= (uint)p->input[0]) continue;
        for (int j = 0; j < p->window[1]; j++) {
            const int at = column * p->stride[1] + j * p->dilation[1] - p->pad[1];
            if ((uint)at >= (uint)p->input[1]) continue;
            __global const float *from = x + ((image + y) * p->input[1] + at) * p->channels + group * p->group_in;
            __global const float *weight = w + (((ulong)o * p->window[0] + i) * p->window[1] + j) * p->group_in;
            float block = 0.0f;
            for (int c = 0; c < p->group_in; c++) block = fma(from[c], weight[c], block);
            sum += block;
        }
    }
    return sum;
}

/* The output line that reads line `at` by tap `tap`, or -1. */
static int reader(const train_conv_params *p, int d, int at, int tap)
{
    const int distance = at + p->pad[d] - tap * p->dilation[d];
    return distance < 0 || distance % p->stride[d] || distance / p->stride[d] >= p->output[d] ? -1 : distance / p->stride[d];
}

static float at_source(const train_conv_params *p, __global const float *dy, __global const float *w, ulong pixel, int c)
{
    const int column = pixel % p->input[1], row = pixel / p->input[1] % p->input[0], group = c / p->group_in;
    const ulong image = pixel / p->input[1] / p->input[0] * p->output[0], w_step = (ulong)p->window[0] * p->window[1] * p->group_in;
    float sum = 0.0f;
    for (int i = 0; i < p->window[0]; i++) {
        const int y = reader(p, 0, row, i);
        if (y < 0) continue;
        for (int j = 0; j < p->window[1]; j++) {
            const int at = reader(p, 1, column, j);
            if (at < 0) continue;
            const int first = group * p->group_out;
            __global const float *from = dy + ((image + y) * p->output[1] + at) * p->output_channels + first;
            __global const float *weight = w + first * w_step + ((ulong)i * p->window[1] + j) * p->group_in + c % p->group_in;
            float block = 0.0f;
            for (int o = 0; o < p->group_out; o++) block = fma(from[o], weight[o * w_step], block);
            sum += block;
        }
    }
    return sum;
}

__kernel void train_conv_portable(__global const uchar *first, __global const uchar *second, __global const uchar *bias, __global uchar *result, OP_COUNT,
                                  const train_conv_params p)
{
    OP_BEGUN();
    const int channel = get_global_id(0), channels = p.kind == FORWARD ? p.output_channels : p.channels;
    const ulong pixel = get_global_id(1);
    if (channel >= channels || pixel >= p.pixels) return;
    __global const float *x = (__global const float *)(first + p.head.offset[0]), *w = (__global const float *)(second + p.head.offset[1]);
    float sum = p.kind == FORWARD ? at_pixel(&p, x, w, pixel, channel) : at_source(&p, x, w, pixel, channel);
    if (p.has_bias) sum += ((__global const float *)(bias + p.head.offset[2]))[channel];
    ((__global float *)(result + p.head.offset[3]))[pixel * channels + channel] = sum;
}

/* Columns whose tap lies inside the image: begin .. end. */
static int first_inside(const train_conv_params *p, int d, int tap)
{
    const int before = p->pad[d] - tap * p->dilation[d];
    return before <= 0 ? 0 : (before + p->stride[d] - 1) / p->stride[d];
}

__kernel void train_conv_weight_portable(__global const uchar *first, __global const uchar *second, __global const uchar *bias, __global uchar *result,
                                         OP_COUNT,
                                         const train_conv_params p)
{
    OP_BEGUN();
    const int terms = p.window[0] * p.window[1] * p.group_in, element = get_global_id(0), o = get_global_id(1);
    if (element >= terms || o >= p.output_channels) return;
    const int c = element % p.group_in + o / p.group_out * p.group_in, i = element / p.group_in / p.window[1], j = element / p.group_in % p.window[1];
    const int before = p.pad[1] - j * p.dilation[1], limit = p.input[1] - 1 + before;   /* the last column that may be: column * stride <= limit */
    const int begin = first_inside(&p, 1, j), end = limit < 0 ? 0 : min(p.output[1], limit / p.stride[1] + 1);
    __global const float *x = (__global const float *)(first + p.head.offset[0]) + c, *dy = (__global const float *)(second + p.head.offset[1]) + o;
    const ulong first_line = get_global_id(2) * (ulong)p.part, last_line = min(first_line + p.part, p.pixels);
    float sum = 0.0f;
    for (ulong line = first_line; line < last_line; line++) {
        const ulong image = line / p.output[0];
        const int y = (int)(line % p.output[0]) * p.stride[0] + i * p.dilation[0] - p.pad[0];
        if ((uint)y >= (uint)p.input[0]) continue;
        __global const float *from = x + (image * p.input[0] + y) * p.input[1] * p.channels, *by = dy + line * p.output[1] * p.output_channels;
        float block = 0.0f;
        for (int column = begin; column < end; column++) {
            block = fma(from[(ulong)(column * p.stride[1] - before) * p.channels], by[(ulong)column * p.output_channels], block);
        }
        sum += block;
    }
    ((__global float *)(result + p.head.offset[3]))[get_global_id(2) * p.part_stride + (ulong)o * terms + element] = sum;
}

/* dbias: a work-item sums the lines of one part. */
__kernel void train_conv_bias_portable(__global const uchar *first, __global const uchar *second, __global const uchar *bias, __global uchar *result, OP_COUNT,
                                       const train_conv_params p)
{
    OP_BEGUN();
    const int o = get_global_id(0);
    if (o >= p.output_channels) return;
    const ulong first_line = get_global_id(1) * (ulong)p.part, last_line = min(first_line + p.part, p.pixels);
    __global const float *dy = (__global const float *)(second + p.head.offset[1]) + o;
    float sum = 0.0f;
    for (ulong line = first_line; line < last_line; line++) {
        float block = 0.0f;
        for (int column = 0; column < p.output[1]; column++) block += dy[(line * p.output[1] + column) * p.output_channels];
        sum += block;
    }
    ((__global float *)(result + p.head.offset[3]))[get_global_id(1) * p.part_stride + o] = sum;
}
