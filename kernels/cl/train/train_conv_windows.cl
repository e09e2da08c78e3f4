/* SPDX-License-Identifier: Apache-2.0 */
/* Convolution forward and by data on a CPU: a work-group of one work-item makes a rectangle of one image, TILE_ROWS pixels by TILE_PANELS panels of 16
 * channels at a time in registers, from a copy of what its windows see. */
#if !defined(TILE_ROWS) || !defined(TILE_PANELS)
#error "TILE_ROWS and TILE_PANELS must be defined"
#endif

typedef struct window_target {
    __global float *first;           /* of the image and the group */
    __global const float *bias;
    int columns;                     /* channels of the group */
} window_target;

INLINED_LOCAL void store_pixel(const window_target *target, __global float *pixel, int channel, float16 sum)
{
    const int count = min(16, target->columns - channel);
    if (count == 16) {
        STORE16(float, pixel + channel, sum);
        return;
    }
    float few[16] __attribute__((aligned(64)));
    *(float16 *)few = sum;
    for (int i = 0; i < count; i++) pixel[channel + i] = few[i];
}

INLINED_LOCAL float16 load_bias(const window_target *target, bool has_bias, int channel)
{
    const int count = min(16, target->columns - channel);
    if (!has_bias) return 0.0f;
    if (count == 16) return LOAD16(float, target->bias + channel);
    float few[16] __attribute__((aligned(64))) = {0.0f};
    for (int i = 0; i < count; i++) few[i] = target->bias[channel + i];
    return *(float16 *)few;
}

#pragma OPENCL FP_CONTRACT ON
#define TILE(NAME, PANELS)                                                                                                                       \
    INLINED_LOCAL void NAME(const train_window_params *p, __local const float *image, __local const int *at, __global const float *w, ulong next, \
                            float16 sums[TILE_ROWS][TILE_PANELS])                                                                                \
    {                                                                                                                                            \
        float16 s[TILE_ROWS][PANELS];                                                                                                            \
        __local const float *from[TILE_ROWS];                                                                                                    \
        _Pragma("unroll") for (int i = 0; i < TILE_ROWS; i++) {                                                                                  \
            from[i] = image + at[i];                                                                                                             \
            _Pragma("unroll") for (int j = 0; j < PANELS; j++) s[i][j] = 0.0f;                                                                   \
        }                                                                                                                                        \
        for (int run = 0; run < p->runs; run++) {                                                                                                \
            const long begin = p->run_at[run], end = begin + p->run_length;                                                                      \
            _Pragma("unroll 2") for (long k = begin; k < end; k++, w += 16) {                                                                    \
                float16 weight[PANELS];                                                                                                          \
                _Pragma("unroll") for (int j = 0; j < PANELS; j++) weight[j] = *(__global const float16 *)(w + j * next);                        \
                _Pragma("unroll") for (int i = 0; i < TILE_ROWS; i++) {                                                                          \
                    const float x = from[i][k];                                                                                                  \
                    _Pragma("unroll") for (int j = 0; j < PANELS; j++) s[i][j] = (float16)x * weight[j] + s[i][j];                               \
                }                                                                                                                                \
            }                                                                                                                                    \
        }                                                                                                                                        \
        _Pragma("unroll") for (int i = 0; i < TILE_ROWS; i++)                                                                                    \
            _Pragma("unroll") for (int j = 0; j < PANELS; j++) sums[i][j] = s[i][j];                                                             \
    }
TILE(tile_of_one, 1)
#if TILE_PANELS > 1
TILE(tile_of_all, TILE_PANELS)
#endif
#pragma OPENCL FP_CONTRACT OFF

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void train_conv_windows(__global const uchar *source, __global const uchar *packed, __global const uchar *bias, __global uchar *target, OP_COUNT,
                        const train_window_params p)
{
    __local float image[IMAGE_FLOATS] __attribute__((aligned(64)));
    __local int at[MOST_PIXELS + TILE_ROWS];
    if (p.g.groups == 0) return;
    OP_BEGUN();
    const int group = get_group_id(1), columns = p.group_target, panels = (columns + 15) / 16;
    const ulong n = get_group_id(2);
    const image_rectangle r = rectangle_of(&p.g, get_group_id(0));
    const int pixels = r.size[0] * r.size[1];
    copy_image(&p.g, &r, (__global const float *)(source + p.head.offset[0]) + n * p.g.source_image + group * p.g.group_source, image);
    for (int i = 0; i < pixels + TILE_ROWS; i++) {
        const int pixel = min(i, pixels - 1);
        at[i] = (pixel / r.size[1] * p.g.step[0] * r.width + pixel % r.size[1] * p.g.step[1]) * p.g.group_source;
    }
    const ulong next = (ulong)p.runs * p.run_length * 16;
    __global const float *w = (__global const float *)(packed + p.head.offset[1]) + group * p.packed_group;
    const window_target to = {(__global float *)(target + p.head.offset[3]) + n * p.target_image + group * columns,
                              (__global const float *)(bias + p.head.offset[2]) + group * columns, columns};
    for (int panel = 0; panel < panels;) {
        const int made = panel + TILE_PANELS <= panels ? TILE_PANELS : 1;
        float16 added[TILE_PANELS];
        for (int j = 0; j < made; j++) added[j] = load_bias(&to, p.has_bias, 16 * (panel + j));
        for (int first = 0; first < pixels; first += TILE_ROWS) {
            float16 sums[TILE_ROWS][TILE_PANELS];
#if TILE_PANELS > 1
            if (made == TILE_PANELS) tile_of_all(&p, image, at + first, w + panel * next, next, sums);
            else
#endif
                tile_of_one(&p, image, at + first, w + panel * next, next, sums);
            int row = first / r.size[1], column = first % r.size[1];
            for (int i = 0; i < TILE_ROWS && first + i < pixels; i++) {
                const ulong y = (r.first[0] + row) * p.place_step[0] + p.place[0], x = (r.first[1] + column) * p.place_step[1] + p.place[1];
                __global float *pixel = to.first + (y * p.target_width + x) * p.target_channels;
                for (int j = 0; j < made; j++) store_pixel(&to, pixel, 16 * (panel + j), sums[i][j] + added[j]);
                if (++column == r.size[1]) column = 0, row++;
            }
        }
        panel += made;
    }
}
