/* SPDX-License-Identifier: Apache-2.0 */
/* Windows of output pixels that follow each other, of a convolution that is not transposed, with at most 64 taps. */
#define WINDOW_ROWS 12
#define WINDOW_TAPS 64

/* Words from the image's first pixel to what each tap of each window reads, and a bit of `outside` for each tap that is outside. */
typedef struct bit_windows {
    ulong place[WINDOW_TAPS][WINDOW_ROWS];
    ulong outside[WINDOW_ROWS];
} bit_windows;

/* Where `rows` windows begin, of pixels that follow each other. */
static inline void window_origins(const conv_bits_params *p, int pixel, int rows, int (*origins)[3])
{
    const int line = pixel / p->output[2];
    int place[3] = {line / p->output[1], line % p->output[1], pixel - line * p->output[2]};
    for (int i = 0; i < rows; i++) {
        for (int d = 0; d < 3; d++) origins[i][d] = place[d] * p->stride[d] - p->pad[d];
        if (++place[2] < p->output[2]) continue;
        place[2] = 0;
        if (++place[1] < p->output[1]) continue;
        place[1] = 0;
        place[0]++;
    }
}

static inline void open_windows(const conv_bits_params *p, int pixel, int rows, bit_windows *windows)
{
    int origins[WINDOW_ROWS][3], tap = 0;
    window_origins(p, pixel, rows, origins);
    for (int i = 0; i < rows; i++) windows->outside[i] = 0;
    for (int i = 0; i < p->window[0]; i++) {
        for (int j = 0; j < p->window[1]; j++) {
            for (int k = 0; k < p->window[2]; k++, tap++) {
                for (int row = 0; row < rows; row++) {
                    const int at[3] = {origins[row][0] + i * p->dilation[0], origins[row][1] + j * p->dilation[1], origins[row][2] + k * p->dilation[2]};
                    const bool is_inside = (uint)at[0] < (uint)p->input[0] && (uint)at[1] < (uint)p->input[1] && (uint)at[2] < (uint)p->input[2];
                    windows->place[tap][row] = is_inside ? at[0] * p->x_step[0] + at[1] * p->x_step[1] + at[2] * p->x_step[2] : 0;
                    windows->outside[row] |= (ulong)!is_inside << tap;
                }
            }
        }
    }
}

static inline bool window_sees(const bit_windows *windows, int row, int tap)
{
    return !(windows->outside[row] >> tap & 1);
}

/* Sums over what windows see: r of bits_params.cl, and in `begin`, if there is one, the negative values of a t2 x that meets b1. */
static inline void count_windows(const conv_bits_params *p, __global const uint *x, int rows, const bit_windows *windows, int *row_sums, uint *begin)
{
    const bool sign = begin && p->mode == BITS_T2B1;
    for (int i = 0; i < rows; i++) {
        row_sums[i] = 0;
        if (begin) begin[i] = 0;
        for (int tap = 0; (p->has_row_sums || sign) && tap < p->taps; tap++) {
            __global const uint *from = x + windows->place[tap][i];
            for (int word = 0; window_sees(windows, i, tap) && word < p->tap_words * p->x_planes; word += p->x_planes) {
                for (int plane = 0; p->has_row_sums && plane < p->x_planes; plane++) row_sums[i] += p->row_weights[plane] * (int)popcount(from[word + plane]);
                if (sign) begin[i] += popcount(from[word + 1]);
            }
        }
    }
}

typedef struct conv_bit_buffers {
    __global const uint *x;       /* the image, from the group's first channel on */
    __global const uchar *weights;
    __global const uint *bases;
    __global const int *tables;
    __global const uchar *residual;
    __global const float *row_scales;
    __global uchar *y;
} conv_bit_buffers;

/* One pixel's 32 channels from `column` on, of which s is known. */
static void finish_pixel(const conv_bits_params *p, const conv_bit_buffers *at, ulong outside, int row_sum, const uint16 *sums, ulong image,
                         int pixel, int column)
{
    const ulong plane = p->epilogue.gemm.columns_plane, y_place = image * p->y_batch + pixel * p->y_pixel;
    uint16 totals[2];
    for (int part = 0; part < 2; part++) {
        totals[part] = sums[part] * (uint)p->factor + vload16(part, at->bases + column);
        if (p->has_row_sums) totals[part] += as_uint16(vload16(part, at->tables + COLUMN_ZERO * plane + column)) * (uint)row_sum;
    }
    for (int tap = 0; p->has_edges && outside && tap < p->taps; tap++) {
        if (!(outside >> tap & 1)) continue;
        for (int part = 0; part < 2; part++) totals[part] -= vload16(part, at->bases + (1 + tap) * plane + column);
    }
    const int16 accumulators[2] = {as_int16(totals[0]), as_int16(totals[1])};
    const float row_scale = p->epilogue.has_row_scales ? at->row_scales[image * p->pixels + pixel] : 1.0f;
    bits_store_panel(&p->epilogue, at->tables, accumulators, column, row_scale, at->residual, image * p->residual_batch + pixel * p->residual_pixel, at->y, y_place);
}
