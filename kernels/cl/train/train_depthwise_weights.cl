/* SPDX-License-Identifier: Apache-2.0 */
/* Depthwise convolution by weight: parts [tap, and one for dbias][row] in the workspace, read and written once a line of y. */

/* Columns of y whose pixel a tap column reads inside x: *begin .. *end. */
static inline void columns_inside(const train_depthwise_params *p, int tap, int *begin, int *end)
{
    const int first = p->origin[1] + tap * p->spacing[1], step = p->step[1], last = p->source[1] - 1 - first;
    *begin = first >= 0 ? 0 : min((step - 1 - first) / step, p->grid[1]);
    *end = last < 0 ? *begin : max(min(p->grid[1], last / step + 1), *begin);
}

#pragma OPENCL FP_CONTRACT ON
/* Adds dy * x over columns of one line, TAPS neighbouring taps at once. x: what the first tap reads at column 0; dy: at column 0. `low`: lanes before it stay
 * out. */
#define SUM_LINE(NAME, TAPS)                                                                                                                      \
    static inline void NAME(const train_depthwise_params *p, __global const float *x, __global const float *dy, int begin, int end, int low,     \
                            __global float *sums)                                                                                                \
    {                                                                                                                                            \
        const int16 lane = (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);                                                        \
        const int16 is_own = lane >= low;                                                                                                        \
        const long next = (long)p->step[1] * p->channels, tap_step = (long)p->spacing[1] * p->channels;                                          \
        float16 s[TAPS];                                                                                                                         \
        _Pragma("unroll") for (int i = 0; i < TAPS; i++) s[i] = LOAD16(float, sums + i * p->row);                                                \
        for (int column = begin; column < end; column++) {                                                                                       \
            const float16 gradient = as_float16(as_int16(LOAD16(float, dy + (long)column * p->channels)) & is_own);                              \
            _Pragma("unroll") for (int i = 0; i < TAPS; i++) s[i] = LOAD16(float, x + column * next + i * tap_step) * gradient + s[i];           \
        }                                                                                                                                        \
        _Pragma("unroll") for (int i = 0; i < TAPS; i++) STORE16(float, sums + i * p->row, s[i]);                                                \
    }
SUM_LINE(sum_line_of_one, 1)
SUM_LINE(sum_line_of_three, 3)
#pragma OPENCL FP_CONTRACT OFF

static inline void sum_gradient(const train_depthwise_params *p, __global const float *dy, int low, __global float *sum)
{
    const int16 lane = (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const int16 is_own = lane >= low;
    float16 s = LOAD16(float, sum);
    for (int column = 0; column < p->grid[1]; column++) s += as_float16(as_int16(LOAD16(float, dy + (long)column * p->channels)) & is_own);
    STORE16(float, sum, s);
}

/* All taps of one tap row. x: the source line's pixel 0 at the panel's channel. */
static __attribute__((noinline)) void sum_tap_row(const train_depthwise_params *p, __global const float *x, __global const float *dy, int low,
                                                  __global float *sums)
{
    for (int tap = 0; tap < p->taps[1];) {
        const int made = tap + 3 <= p->taps[1] ? 3 : 1;
        __global const float *from = x + (long)(p->origin[1] + tap * p->spacing[1]) * p->channels;
        int begin, end;
        columns_inside(p, tap, &begin, &end);
        if (made == 1) {
            sum_line_of_one(p, from, dy, begin, end, low, sums + tap * p->row);
            tap++;
            continue;
        }
        int starts[3] = {begin}, ends[3] = {end};
        for (int i = 1; i < 3; i++) {
            columns_inside(p, tap + i, &starts[i], &ends[i]);
            begin = max(begin, starts[i]);
            end = min(end, ends[i]);
        }
        end = max(begin, end);
        for (int i = 0; i < 3; i++) {
            __global const float *one = from + (long)i * p->spacing[1] * p->channels;
            sum_line_of_one(p, one, dy, starts[i], min(begin, ends[i]), low, sums + (tap + i) * p->row);
            sum_line_of_one(p, one, dy, max(end, starts[i]), ends[i], low, sums + (tap + i) * p->row);
        }
        sum_line_of_three(p, from, dy, begin, end, low, sums + tap * p->row);
        tap += 3;
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void train_depthwise_weights(__global const uchar *source, __global const uchar *gradient, __global uchar *parts, OP_COUNT, const train_depthwise_params p)
{
    if (p.channels == 0) return;
    OP_BEGUN();
    const int taps = p.taps[0] * p.taps[1], begin = get_group_id(0) * p.lines, end = min(begin + p.lines, p.all_lines);
    __global float *sums = (__global float *)(parts + p.head.offset[2]) + get_group_id(0) * (ulong)(taps + 1) * p.row;
    for (int i = 0; i < (taps + 1) * p.row; i += 16) STORE16(float, sums + i, (float16)0.0f);
    for (int line = begin; line < end; line++) {
        const ulong n = line / p.grid[0];
        const int at = line % p.grid[0];
        __global const float *image = (__global const float *)(source + p.head.offset[0]) + n * p.source_image;
        __global const float *dy = (__global const float *)(gradient + p.head.offset[1]) + (ulong)line * p.grid[1] * p.channels;
        for (int first = 0; first < p.channels; first += 16) {
            const int channel = min(first, p.channels - 16), low = first - channel;
            for (int i = 0; i < p.taps[0]; i++) {
                const int row = at * p.step[0] + p.origin[0] + i * p.spacing[0];
                if ((uint)row < (uint)p.source[0])
                    sum_tap_row(&p, image + (ulong)row * p.source[1] * p.channels + channel, dy + channel, low, sums + i * p.taps[1] * p.row + channel);
            }
            if (p.has_bias) sum_gradient(&p, dy + channel, low, sums + taps * p.row + channel);
        }
    }
}
