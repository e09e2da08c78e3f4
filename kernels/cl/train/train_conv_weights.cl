/* SPDX-License-Identifier: Apache-2.0 */
/* Convolution by weight on a CPU: a work-group of one work-item sums the rectangles of one part, WEIGHT_ROWS elements of the window by 16 output channels at
 * a time in registers over all pixels of a rectangle; between rectangles the sums rest in the workspace, and at its end that is the part. */
#ifndef WEIGHT_ROWS
#error "WEIGHT_ROWS must be defined"
#endif

/* dy of a rectangle and a panel, [pixel][16], 0 where there is no channel. Returns its sum. */
INLINED_LOCAL float16 copy_panel(const train_weight_params *p, const image_rectangle *r, __global const float *dy, int lanes, __local float *to)
{
    float16 sum = 0.0f;
    for (int i = 0; i < r->size[0]; i++) {
        __global const float *from = dy + ((ulong)(r->first[0] + i) * p->y_width + r->first[1]) * p->y_channels;
        for (int j = 0; j < r->size[1]; j++, from += p->y_channels, to += 16) {
            float16 value = 0.0f;
            if (lanes == 16) value = LOAD16(float, from);
            else {
                float few[16] __attribute__((aligned(64))) = {0.0f};
                for (int lane = 0; lane < lanes; lane++) few[lane] = from[lane];
                value = *(float16 *)few;
            }
            *(__local float16 *)to = value;
            sum += value;
        }
    }
    return sum;
}

#pragma OPENCL FP_CONTRACT ON
/* `to`: the first of the rows, `row` floats apart. at: where they stand in the copy. */
INLINED_LOCAL void weight_tile(const train_weight_params *p, const image_rectangle *r, __local const float *image, const int at[WEIGHT_ROWS], int rows,
                               __local const float *panel, __global float *to, ulong row, bool begins)
{
    float16 s[WEIGHT_ROWS];
    __local const float *from[WEIGHT_ROWS];
    _Pragma("unroll") for (int i = 0; i < WEIGHT_ROWS; i++) {
        from[i] = image + at[i];
        s[i] = begins ? (float16)0.0f : *(__global const float16 *)(to + min(i, rows - 1) * row);
    }
    const long next = p->g.step[1] * p->g.group_source, line = p->g.step[0] * r->width * p->g.group_source;
    const int columns = r->size[1];
    for (int y = 0; y < r->size[0]; y++) {
        long k = y * line;
        _Pragma("unroll 2") for (int x = 0; x < columns; x++, k += next, panel += 16) {
            const float16 weight = *(__local const float16 *)panel;
            _Pragma("unroll") for (int i = 0; i < WEIGHT_ROWS; i++) s[i] = (float16)from[i][k] * weight + s[i];
        }
    }
    _Pragma("unroll") for (int i = 0; i < WEIGHT_ROWS; i++) {
        if (i < rows) *(__global float16 *)(to + i * row) = s[i];
    }
}
#pragma OPENCL FP_CONTRACT OFF

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void train_conv_weights(__global const uchar *source, __global const uchar *gradient, __global uchar *parts, OP_COUNT, const train_weight_params p)
{
    __local float image[IMAGE_FLOATS] __attribute__((aligned(64)));
    __local float panel_block[16 * MOST_PIXELS] __attribute__((aligned(64)));
    if (p.g.groups == 0) return;
    OP_BEGUN();
    const int group = get_group_id(1), channels = p.g.group_source, terms = p.window[0] * p.window[1] * channels;
    const int first_panel = get_group_id(0) * p.panels_each, last_panel = min(first_panel + p.panels_each, p.panels);
    const int begin = get_group_id(2) * p.rectangles, end = min(begin + p.rectangles, p.all_rectangles);
    const ulong row = 16 * p.panels;
    __global float *sums = (__global float *)(parts + p.head.offset[2]) + (get_group_id(2) * p.g.groups + group) * (terms + 1) * row;
    __global const float *x = (__global const float *)(source + p.head.offset[0]) + group * channels;
    __global const float *dy = (__global const float *)(gradient + p.head.offset[1]) + group * p.group_out;
    for (int rectangle = begin; rectangle < end; rectangle++) {
        const ulong n = rectangle / p.g.blocks;
        const image_rectangle r = rectangle_of(&p.g, rectangle % p.g.blocks);
        copy_image(&p.g, &r, x + n * p.g.source_image, image);
        for (int panel = first_panel; panel < last_panel; panel++) {
            const float16 sum = copy_panel(&p, &r, dy + n * p.y_image + 16 * panel, min(16, p.group_out - 16 * panel), panel_block);
            __global float16 *bias = (__global float16 *)(sums + terms * row + 16 * panel);
            *bias = rectangle == begin ? sum : *bias + sum;
            int c = 0, tap_x = 0, tap_y = 0;
            for (int first = 0; first < terms; first += WEIGHT_ROWS) {
                int at[WEIGHT_ROWS];
                for (int i = 0; i < WEIGHT_ROWS; i++) {
                    at[i] = first + i < terms ? (tap_y * p.dilation[0] * r.width + tap_x * p.dilation[1]) * channels + c : at[0];
                    if (++c == channels) {
                        c = 0;
                        if (++tap_x == p.window[1]) tap_x = 0, tap_y++;
                    }
                }
                weight_tile(&p, &r, image, at, min(WEIGHT_ROWS, terms - first), panel_block, sums + first * row + 16 * panel, row, rectangle == begin);
            }
        }
    }
}
