/* SPDX-License-Identifier: Apache-2.0 */
/* Depthwise convolution in training on a CPU, 16 channels side by side; at least 16 of them, and the last 16 overlap those before them. A work-group of one
 * work-item makes p.lines lines of a grid, or by weight one part of the sums. */
#define PIXELS 4

typedef struct depthwise_taps {
    __global const float *from[DEPTHWISE_MOST_TAPS];   /* lines of the source that the tap rows inside read */
    __global const float *weights[DEPTHWISE_MOST_TAPS];
    int rows;
} depthwise_taps;

#pragma OPENCL FP_CONTRACT ON
static inline float16 sum_of_pixel(const train_depthwise_params *p, const depthwise_taps *t, int channel, int column)
{
    float16 sum = 0.0f;
    for (int i = 0; i < t->rows; i++) {
        for (int tap = 0; tap < p->taps[1]; tap++) {
            const int at = column + tap * p->spacing[1];
            if ((uint)at >= (uint)p->source[1]) continue;
            sum = LOAD16(float, t->from[i] + (ulong)at * p->channels + channel) * LOAD16(float, t->weights[i] + tap * p->row + channel) + sum;
        }
    }
    return sum;
}

static inline void sums_of_pixels(const train_depthwise_params *p, const depthwise_taps *t, int channel, int column, float16 sums[PIXELS])
{
    const ulong next = (ulong)p->step[1] * p->channels, tap_step = (ulong)p->spacing[1] * p->channels;
    float16 s[PIXELS];
    _Pragma("unroll") for (int j = 0; j < PIXELS; j++) s[j] = 0.0f;
    for (int i = 0; i < t->rows; i++) {
        __global const float *x = t->from[i] + (ulong)column * p->channels + channel, *w = t->weights[i] + channel;
        for (int tap = 0; tap < p->taps[1]; tap++, x += tap_step, w += p->row) {
            const float16 weight = LOAD16(float, w);
            _Pragma("unroll") for (int j = 0; j < PIXELS; j++) s[j] = LOAD16(float, x + j * next) * weight + s[j];
        }
    }
    _Pragma("unroll") for (int j = 0; j < PIXELS; j++) sums[j] = s[j];
}
#pragma OPENCL FP_CONTRACT OFF

static __attribute__((noinline)) void make_line(const train_depthwise_params *p, const depthwise_taps *t, __global const float *bias, __global float *to,
                                                int channel)
{
    const int reach = (p->taps[1] - 1) * p->spacing[1], columns = p->grid[1];
    const float16 added = p->has_bias ? LOAD16(float, bias + channel) : 0.0f;
    for (int at = 0; at < columns;) {
        float16 sums[PIXELS];
        const int column = at * p->step[1] + p->origin[1];
        const bool whole = column >= 0 && at + PIXELS <= columns && column + (PIXELS - 1) * p->step[1] + reach < p->source[1];
        const int made = whole ? PIXELS : 1;
        if (whole) sums_of_pixels(p, t, channel, column, sums);
        else sums[0] = sum_of_pixel(p, t, channel, column);
        for (int j = 0; j < made; j++) STORE16(float, to + (ulong)((at + j) * p->place_step[1] + p->place[1]) * p->channels + channel, sums[j] + added);
        at += made;
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void train_depthwise(__global const uchar *source, __global const uchar *weights, __global const uchar *bias, __global uchar *target, OP_COUNT,
                     const train_depthwise_params p)
{
    if (p.channels == 0) return;
    OP_BEGUN();
    const ulong n = get_group_id(1);
    const int begin = get_group_id(0) * p.lines, end = min(begin + p.lines, p.grid[0]);
    __global const float *image = (__global const float *)(source + p.head.offset[0]) + n * p.source_image,
        *w = (__global const float *)(weights + p.head.offset[1]);
    for (int line = begin; line < end; line++) {
        __global float *to = (__global float *)(target + p.head.offset[3]) + n * p.target_image
                             + (ulong)(line * p.place_step[0] + p.place[0]) * p.target_width * p.channels;
        depthwise_taps taps;
        taps.rows = 0;
        for (int i = 0; i < p.taps[0]; i++) {
            const int row = line * p.step[0] + p.origin[0] + i * p.spacing[0];
            if ((uint)row >= (uint)p.source[0]) continue;
            taps.weights[taps.rows] = w + i * p.taps[1] * p.row;
            taps.from[taps.rows++] = image + (ulong)row * p.source[1] * p.channels;
        }
        for (int channel = 0; channel < p.channels; channel += 16) {
            make_line(&p, &taps, (__global const float *)(bias + p.head.offset[2]), to, min(channel, p.channels - 16));
        }
    }
}

/* w[channel][tap] to [tap, in the order that the grid wants][row]: a work-item packs one tap. */
__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void train_pack_depthwise(__global const uchar *weights, __global uchar *packed, OP_COUNT,
                                                                                  const train_pack_params p)
{
    OP_BEGUN();
    if (p.groups == 0) return;
    const int tap = get_group_id(0), y = tap / p.taps[1], x = tap % p.taps[1];
    const ulong place = (ulong)(p.tap_first[0] + y * p.tap_next[0]) * p.window_width + p.tap_first[1] + x * p.tap_next[1];
    __global const float *from = (__global const float *)(weights + p.head.offset[0]) + place;
    __global float *to = (__global float *)(packed + p.head.offset[1]) + (ulong)tap * 16 * p.panels;
    for (int c = 0; c < p.groups; c++) to[c] = from[c * p.group_step];
}
