/* SPDX-License-Identifier: Apache-2.0 */
/* Depthwise convolution of floats on a CPU, channels last: 16 channels side by side. A work-group of one work-item makes an output line of p.run panels of 16
 * channels, PIXELS at a time in registers where all their taps lie inside, else one by one without the taps outside. */
#define PIXELS 4
#define MOST_TAPS 64

typedef struct depthwise_line {
    __global const uchar *from;      /* x at the image's first pixel and the panel's first channel */
    ulong step;                      /* elements between columns */
    ulong rows[MOST_TAPS];           /* elements to each line of the window that lies inside */
    int weights[MOST_TAPS];          /* its first tap */
    int lines;
    int count;                       /* channels */
} depthwise_line;

/* Up to 16 elements; the rest 0. */
#define FEW_LANES(TYPE)                                                                                                       \
    INLINED float16 few_lanes_##TYPE(__global const uchar *from, ulong place, int count)                                      \
    {                                                                                                                         \
        if (count == 16) return WIDE_##TYPE(place);                                                                           \
        float few[16] __attribute__((aligned(64))) = {0.0f};                                                                  \
        int i = 0;                                                                                                            \
        if (count >= 8) {                                                                                                     \
            *(float8 *)few = EIGHT_##TYPE(place);                                                                             \
            i = 8;                                                                                                            \
        }                                                                                                                     \
        for (; i < count; i++) few[i] = mixed_load(from, place + i, MIXED_##TYPE);                                            \
        return *(float16 *)few;                                                                                               \
    }

#pragma OPENCL FP_CONTRACT ON
#define TILE_OF_PIXELS(TYPE)                                                                                                  \
    APART float16 one_pixel_##TYPE(const conv_mixed_params *p, const depthwise_line *line, const float16 *w, int column)      \
    {                                                                                                                         \
        __global const uchar *from = line->from;                                                                              \
        float16 sum = 0.0f;                                                                                                   \
        for (int i = 0; i < line->lines; i++) {                                                                               \
            for (int tap = 0; tap < p->window[2]; tap++) {                                                                    \
                const int at = column + tap * p->dilation[2];                                                                 \
                if ((uint)at < (uint)p->input[2])                                                                             \
                    sum = few_lanes_##TYPE(from, line->rows[i] + at * line->step, line->count) * w[line->weights[i] + tap] + sum; \
            }                                                                                                                 \
        }                                                                                                                     \
        return sum;                                                                                                           \
    }                                                                                                                         \
    APART void whole_pixels_##TYPE(const conv_mixed_params *p, const depthwise_line *line, const float16 *w, int column, float16 *sums) \
    {                                                                                                                         \
        __global const uchar *from = line->from;                                                                              \
        const ulong next = p->stride[2] * line->step;                                                                         \
        float16 s[PIXELS];                                                                                                    \
        _Pragma("unroll") for (int i = 0; i < PIXELS; i++) s[i] = 0.0f;                                                       \
        for (int i = 0; i < line->lines; i++) {                                                                               \
            ulong place = line->rows[i] + column * line->step;                                                                \
            for (int tap = 0; tap < p->window[2]; tap++, place += p->dilation[2] * line->step) {                              \
                const float16 weight = w[line->weights[i] + tap];                                                             \
                _Pragma("unroll") for (int j = 0; j < PIXELS; j++) s[j] = few_lanes_##TYPE(from, place + j * next, line->count) * weight + s[j]; \
            }                                                                                                                 \
        }                                                                                                                     \
        _Pragma("unroll") for (int i = 0; i < PIXELS; i++) sums[i] = s[i];                                                    \
    }                                                                                                                         \
    APART void make_line_##TYPE(const conv_mixed_params *p, const depthwise_line *line, const float16 *w, const conv_targets *to, int pixel, int channel) \
    {                                                                                                                         \
        const int extent = (p->window[2] - 1) * p->dilation[2], columns = p->output[2];                                       \
        for (int at = 0; at < columns;) {                                                                                     \
            const int column = at * p->stride[2] - p->pad[2];                                                                 \
            float16 sums[PIXELS];                                                                                             \
            const int last = column + (PIXELS - 1) * p->stride[2] + extent;                                                   \
            const int made = column >= 0 && at + PIXELS <= columns && last < p->input[2] ? PIXELS : 1;                        \
            if (made == PIXELS) whole_pixels_##TYPE(p, line, w, column, sums);                                                \
            else sums[0] = one_pixel_##TYPE(p, line, w, column);                                                              \
            for (int i = 0; i < made; i++) conv_store_lanes(p, to, sums[i], pixel + at + i, channel, line->count);            \
            at += made;                                                                                                       \
        }                                                                                                                     \
    }
#define DEPTHWISE(TYPE) FEW_LANES(TYPE) TILE_OF_PIXELS(TYPE)
DEPTHWISE(F32)
DEPTHWISE(F16)
DEPTHWISE(BF16)
DEPTHWISE(F8E4M3)
DEPTHWISE(F8E5M2)
#pragma OPENCL FP_CONTRACT OFF

/* A panel's weights, [taps][16]. */
static void load_weights(float16 *w, __global const uchar *from, int type, int taps)
{
#define LOAD_WEIGHTS(LOAD) for (int tap = 0; tap < taps; tap++) w[tap] = LOAD(16 * tap);
    BLOCK_EACH_TYPE(LOAD_WEIGHTS, WIDE)
#undef LOAD_WEIGHTS
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void conv_mixed_depthwise(__global const uchar *x, __global const uchar *weights, __global const uchar *tables, __global const uchar *residual,
                          __global uchar *y, OP_COUNT, const conv_mixed_params p)
{
    if (p.pixels == 0) return;
    OP_BEGUN();
    const ulong n = get_group_id(2);
    const int output_line = get_group_id(1), channels = p.groups, panels = (channels + 15) / 16, first_panel = get_group_id(0) * p.run;
    const ulong x_size = mixed_size(p.sum.a_type), w_size = mixed_size(p.sum.b_type);
    const conv_targets to = conv_targets_of(&p, tables, residual, y, n);
    float16 w[MOST_TAPS];
    depthwise_line line;
    line.step = p.x_step[2];
    line.lines = 0;
    for (int i = 0; i < p.window[0] * p.window[1]; i++) {
        const int z = output_line / p.output[1] * p.stride[0] - p.pad[0] + i / p.window[1] * p.dilation[0];
        const int row = output_line % p.output[1] * p.stride[1] - p.pad[1] + i % p.window[1] * p.dilation[1];
        if ((uint)z >= (uint)p.input[0] || (uint)row >= (uint)p.input[1]) continue;
        line.rows[line.lines] = z * p.x_step[0] + row * p.x_step[1];
        line.weights[line.lines++] = i * p.window[2];
    }
    for (int panel = first_panel; panel < min(panels, first_panel + p.run); panel++) {
        load_weights(w, weights + p.head.offset[1] + (ulong)panel * p.taps * 16 * w_size, p.sum.b_type, p.taps);
        line.from = x + p.head.offset[0] + (n * p.x_batch + panel * 16) * x_size;
        line.count = min(16, channels - panel * 16);
        const int pixel = output_line * p.output[2], channel = panel * 16;
        switch (p.sum.a_type) {
        case MIXED_F32: make_line_F32(&p, &line, w, &to, pixel, channel); break;
        case MIXED_F16: make_line_F16(&p, &line, w, &to, pixel, channel); break;
        case MIXED_BF16: make_line_BF16(&p, &line, w, &to, pixel, channel); break;
        case MIXED_F8E4M3: make_line_F8E4M3(&p, &line, w, &to, pixel, channel); break;
        default: make_line_F8E5M2(&p, &line, w, &to, pixel, channel); break;
        }
    }
}
