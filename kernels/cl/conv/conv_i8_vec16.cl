/* SPDX-License-Identifier: Apache-2.0 */
/* Implicit GEMM in plain 16-wide vectors for CPUs without a better variant: no asm, no local memory. w: conv_i16_n16k2, read as 32-bit words of two
 * channels. A tile is 4 pixels of an output row x 16 channels; a work-group takes a block of panels for a part of one row. Both factors of each product fit 16
 * bits, which compilers turn into their 16-bit multiply. */
#if LANES != 16
#error "LANES must be 16: the channels of a panel"
#endif
#define PIXELS 4

/* What is the same for all tiles of one panel in one row. */
typedef struct vec16_row {
    __global const uchar *first;  /* channel 0 of the group at the image's origin */
    __global const int *weights;  /* the panel's */
    __global const int *sums;     /* tap_sums at the panel's first channel */
    int d, h, pairs;
} vec16_row;

/* One tap of one pixel; returns sum of x' for zero points of the weights. */
static inline int vec16_pixel(const conv_params *p, __global const uchar *x, __global const int *w, int16 *acc)
{
    const int flip = p->product.a_flip & 255;
    int16 sum = *acc;
    int row_sum = 0;
    for (int i = 0; i < p->group_in; i += 2) {
        const int16 pair = vload16(0, w + (ulong)i * 8);
        const int first = x[i] ^ flip, second = i + 1 < p->group_in ? x[i + 1] ^ flip : 0;
        sum += ((pair << 16) >> 16) * first + (pair >> 16) * second;
        row_sum += first + second;
    }
    *acc = sum;
    return row_sum;
}

/* One tap of 4 pixels that are all inside, `step` bytes apart. */
static inline void vec16_pixels(const conv_params *p, __global const uchar *x, ulong step, __global const int *w, int16 *acc)
{
    const int flip = p->product.a_flip & 255, whole = p->group_in & ~1;
    int16 sum0 = acc[0], sum1 = acc[1], sum2 = acc[2], sum3 = acc[3];
    for (int i = 0; i < whole; i += 2) {
        const int16 pair = vload16(0, w + (ulong)i * 8);
        const int16 even = (pair << 16) >> 16, odd = pair >> 16;
        __global const uchar *at = x + i;
        sum0 += even * (at[0] ^ flip) + odd * (at[1] ^ flip);
        sum1 += even * (at[step] ^ flip) + odd * (at[step + 1] ^ flip);
        sum2 += even * (at[2 * step] ^ flip) + odd * (at[2 * step + 1] ^ flip);
        sum3 += even * (at[3 * step] ^ flip) + odd * (at[3 * step + 1] ^ flip);
    }
    if (whole < p->group_in) {
        const int16 even = (vload16(0, w + (ulong)whole * 8) << 16) >> 16;
        __global const uchar *at = x + whole;
        sum0 += even * (at[0] ^ flip);
        sum1 += even * (at[step] ^ flip);
        sum2 += even * (at[2 * step] ^ flip);
        sum3 += even * (at[3 * step] ^ flip);
    }
    acc[0] = sum0, acc[1] = sum1, acc[2] = sum2, acc[3] = sum3;
}

/* One tap at output pixels w .. w + count - 1 of the row. */
static inline void vec16_tap(const conv_params *p, const vec16_row *row, int kd, int kh, int kw, int w, int count, int16 *acc, int *row_sum)
{
    const int tap = (kd * p->window[1] + kh) * p->window[2] + kw;
    const int in_d = conv_source(p, 0, row->d, kd), in_h = conv_source(p, 1, row->h, kh);
    const int in_first = conv_source(p, 2, w, kw), in_last = conv_source(p, 2, w + count - 1, kw);
    __global const int *weights = row->weights + (ulong)tap * (ulong)row->pairs * 16;
    const int16 absent = p->product.a_zero * vload16(0, row->sums + (ulong)tap * p->product.columns_plane);
    __global const uchar *line = row->first + (ulong)max(in_d, 0) * p->x_step[0] + (ulong)max(in_h, 0) * p->x_step[1];
    const bool is_plain = !(p->flags & CONV_TRANSPOSED) && !(p->product.flags & GEMM_USE_ROW_SUMS) && count == PIXELS;
    if (is_plain && in_d >= 0 && in_h >= 0 && in_first >= 0 && in_last >= 0) {
        vec16_pixels(p, line + (ulong)in_first * p->x_step[2], (ulong)p->stride[2] * p->x_step[2], weights, acc);
        return;
    }
    for (int i = 0; i < count; i++) {
        const int in_w = conv_source(p, 2, w + i, kw);
        if (in_d < 0 || in_h < 0 || in_w < 0) acc[i] += absent;
        else row_sum[i] += vec16_pixel(p, line + (ulong)in_w * p->x_step[2], weights, &acc[i]);
    }
}

static inline int share_begin(int count, uint dimension, uint next)
{
    return (int)((ulong)count * (get_group_id(dimension) + next) / get_num_groups(dimension));
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void conv_i8_vec16(CONV_BUFFERS, CONV_COUNT, const conv_params p)
{
    if (p.product.m == 0) return; /* the launch that warms a program */
    CONV_BEGUN();
    CONV_ENTER();
    const int panels = (p.group_out + LANES - 1) / LANES, plane = (int)get_group_id(0);
    const int tiles = (p.output[2] + PIXELS - 1) / PIXELS;
    const int image = plane / p.output[1] / p.output[0];
    vec16_row row = {.d = plane / p.output[1] % p.output[0], .h = plane % p.output[1], .pairs = (p.group_in + 1) / 2};
    for (int panel = share_begin(panels * p.groups, 1, 0); panel < share_begin(panels * p.groups, 1, 1); panel++) {
        const int group = panel / panels, in_group = (panel - group * panels) * LANES, o = group * p.group_out + in_group;
        row.first = x + (ulong)image * p.x_batch_stride + group * p.group_in;
        row.weights = (__global const int *)w + (ulong)panel * (ulong)p.taps * (ulong)row.pairs * 16;
        row.sums = tap_sums + o;
        const column_terms t = load_columns(&p.product, columns, 0, o);
        for (int tile = share_begin(tiles, 2, 0); tile < share_begin(tiles, 2, 1); tile++) {
            const int w_first = tile * PIXELS, count = min(PIXELS, p.output[2] - w_first);
            int16 acc[PIXELS] = {0, 0, 0, 0};
            int row_sum[PIXELS] = {0, 0, 0, 0};
            for (int kd = 0; kd < p.window[0]; kd++)
                for (int kh = 0; kh < p.window[1]; kh++)
                    for (int kw = 0; kw < p.window[2]; kw++) vec16_tap(&p, &row, kd, kh, kw, w_first, count, acc, row_sum);
            for (int i = 0; i < count; i++) {
                const ulong residual_index = conv_residual_index(&p, image, row.d, row.h, w_first + i) + (ulong)o * p.residual_channel_step;
                const ulong y_index = conv_y_index(&p, image, row.d, row.h, w_first + i) + (ulong)o * p.y_channel_step;
                conv_store(&p, &t, acc[i], row_sum[i], table, residual, residual_index, y, y_index, p.group_out - in_group);
            }
        }
    }
}
