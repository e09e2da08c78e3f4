/* SPDX-License-Identifier: Apache-2.0 */
/* Direct depthwise convolution, multipliers too: each output channel reads one input channel. LANES output channels of one pixel at a time; a work-item
 * takes every get_global_size-th pixel of a row, panel and row, so that one work-item may take a whole row (a CPU's) or one pixel (a GPU's).
 * w: [panel][tap][LANES], signed. */
#if COUNTS_BEGUN /* a CPU's form: one work-item a group */
#define DEPTHWISE_COUNT CONV_COUNT,
#define DEPTHWISE_BEGUN() CONV_BEGUN()
#define DEPTHWISE_ATTRIBUTE __attribute__((reqd_work_group_size(1, 1, 1)))
#else
#define DEPTHWISE_COUNT
#define DEPTHWISE_BEGUN()
#define DEPTHWISE_ATTRIBUTE
#endif

/* The input channels of output channels o .. at one pixel; lanes behind the last channel are 0. */
static inline lanes_int depthwise_load(const conv_params *p, __global const uchar *pixel, int o, int count)
{
    const int flip = p->product.a_flip & 255;
    if (p->group_out == 1 && p->x_channel_step == 1 && count >= LANES) return LANES_CONVERT(int)(LANES_PASTE2(vload, LANES)(0, pixel + o)) ^ (lanes_int)flip;
    int values[LANES];
    for (int lane = 0; lane < LANES; lane++) values[lane] = lane < count ? pixel[(ulong)((o + lane) / p->group_out) * p->x_channel_step] ^ flip : 0;
    return LANES_PASTE2(vload, LANES)(0, values);
}

typedef struct depthwise_row {
    __global const uchar *image;
    __global const char *weights; /* the panel's */
    __global const int *sums;     /* tap_sums at channel o */
    int d, h, o;
} depthwise_row;

static inline lanes_int depthwise_weights(const depthwise_row *row, int tap, lanes_int zero)
{
    return LANES_CONVERT(int)(LANES_PASTE2(vload, LANES)(0, row->weights + (ulong)tap * LANES)) - zero;
}

/* Where the first tap reads if all taps of a forward convolution are inside x; else NULL. */
static inline __global const uchar *depthwise_inside(const conv_params *p, const depthwise_row *row, int out_w)
{
    const int d = conv_source(p, 0, row->d, 0), h = conv_source(p, 1, row->h, 0), w = conv_source(p, 2, out_w, 0);
    const bool begins = d >= 0 && h >= 0 && w >= 0;
    const bool ends = conv_source(p, 0, row->d, p->window[0] - 1) >= 0 && conv_source(p, 1, row->h, p->window[1] - 1) >= 0 && conv_source(p, 2, out_w, p->window[2] - 1) >= 0;
    if (!begins || !ends || (p->flags & CONV_TRANSPOSED)) return 0;
    return row->image + (ulong)d * p->x_step[0] + (ulong)h * p->x_step[1] + (ulong)w * p->x_step[2];
}

/* The sum below, without a look at borders. */
static inline lanes_int depthwise_interior(const conv_params *p, const depthwise_row *row, lanes_int zero, __global const uchar *first)
{
    const int count = p->product.n - row->o;
    const ulong step_d = (ulong)p->dilation[0] * p->x_step[0], step_h = (ulong)p->dilation[1] * p->x_step[1], step_w = (ulong)p->dilation[2] * p->x_step[2];
    lanes_int acc = 0;
    int tap = 0;
    for (int kd = 0; kd < p->window[0]; kd++) {
        for (int kh = 0; kh < p->window[1]; kh++) {
            __global const uchar *pixel = first + (ulong)kd * step_d + (ulong)kh * step_h;
            for (int kw = 0; kw < p->window[2]; kw++, tap++, pixel += step_w) acc += depthwise_weights(row, tap, zero) * depthwise_load(p, pixel, row->o, count);
        }
    }
    return acc;
}

/* sum of x'(w' - zw'): with the weights' zero points taken off no sums of x' are needed. */
static inline lanes_int depthwise_pixel(const conv_params *p, const depthwise_row *row, lanes_int zero, int out_w)
{
    lanes_int acc = 0;
    int tap = 0;
    for (int kd = 0; kd < p->window[0]; kd++) {
        const int in_d = conv_source(p, 0, row->d, kd);
        for (int kh = 0; kh < p->window[1]; kh++) {
            const int in_h = conv_source(p, 1, row->h, kh);
            for (int kw = 0; kw < p->window[2]; kw++, tap++) {
                const int in_w = conv_source(p, 2, out_w, kw);
                if (in_d < 0 || in_h < 0 || in_w < 0) {
                    acc += p->product.a_zero * LANES_PASTE2(vload, LANES)(0, row->sums + (ulong)tap * p->product.columns_plane);
                    continue;
                }
                __global const uchar *pixel = row->image + (ulong)in_d * p->x_step[0] + (ulong)in_h * p->x_step[1] + (ulong)in_w * p->x_step[2];
                acc += depthwise_weights(row, tap, zero) * depthwise_load(p, pixel, row->o, p->product.n - row->o);
            }
        }
    }
    return acc;
}

__kernel DEPTHWISE_ATTRIBUTE void conv_i8_depthwise(CONV_BUFFERS, DEPTHWISE_COUNT const conv_params p)
{
    if (p.product.m == 0) return; /* the launch that warms a program */
    DEPTHWISE_BEGUN();
    CONV_ENTER();
    const int panels = (p.product.n + LANES - 1) / LANES, planes = p.batch * p.output[0] * p.output[1];
    for (int plane = (int)get_global_id(2); plane < planes; plane += (int)get_global_size(2)) {
        const int image = plane / p.output[1] / p.output[0];
        depthwise_row row = {.image = x + (ulong)image * p.x_batch_stride, .d = plane / p.output[1] % p.output[0], .h = plane % p.output[1]};
        for (int panel = (int)get_global_id(0); panel < panels; panel += (int)get_global_size(0)) {
            row.o = panel * LANES;
            row.weights = w + (ulong)panel * (ulong)p.taps * LANES;
            row.sums = tap_sums + row.o;
            const column_terms t = load_columns(&p.product, columns, 0, row.o);
            for (int out_w = (int)get_global_id(1); out_w < p.output[2]; out_w += (int)get_global_size(1)) {
                __global const uchar *inside = depthwise_inside(&p, &row, out_w);
                const lanes_int acc = inside ? depthwise_interior(&p, &row, t.zero, inside) : depthwise_pixel(&p, &row, t.zero, out_w);
                const ulong residual_index = conv_residual_index(&p, image, row.d, row.h, out_w) + (ulong)row.o * p.residual_channel_step;
                const ulong y_index = conv_y_index(&p, image, row.d, row.h, out_w) + (ulong)row.o * p.y_channel_step;
                conv_store(&p, &t, acc, 0, table, residual, residual_index, y, y_index, p.product.n - row.o);
            }
        }
    }
}
