/* SPDX-License-Identifier: Apache-2.0 */
/* Which windows and taps of a pooling belong together. */

/* A range of rows or columns, one past the last. */
typedef struct pool_span {
    int begin, end;
} pool_span;

/* The taps of window `out` that lie inside an image of `extent`. */
static inline pool_span taps_inside(int out, int stride, int pad, int kernel_extent, int extent)
{
    const int first = out * stride - pad;
    const pool_span s = {max(-first, 0), min(kernel_extent, extent - first)};
    return s;
}

/* The windows that hold pixel `at`. */
static inline pool_span windows_over(int at, int stride, int pad, int kernel_extent, int out_extent)
{
    const int last = at + pad, first = last - kernel_extent + 1; /* where such windows begin, padding counted */
    const pool_span s = {first > 0 ? (first + stride - 1) / stride : 0, min(last / stride + 1, out_extent)};
    return s;
}

/* 1 / count of a window. */
static inline float inverse_count(const train_pool_params *p, int out_h, int out_w)
{
    const pool_span h = taps_inside(out_h, p->stride_h, p->pad_h, p->kernel_h, p->height), w = taps_inside(out_w, p->stride_w, p->pad_w, p->kernel_w, p->width);
    const int count = p->counts_padding ? p->kernel_h * p->kernel_w : (h.end - h.begin) * (w.end - w.begin);
    return clq_divide(1.0f, (float)count);
}

/* Whether v takes the place of `best`: it is larger, or the first NaN. */
static inline bool wins(float v, float best)
{
    return !(v <= best) && best == best;
}

/* A pixel of an image: x or y. */
typedef struct pool_pixel {
    ulong image;
    int h, w;
} pool_pixel;

static inline pool_pixel pixel_at(ulong flat, int rows, int columns)
{
    const ulong line = flat / (uint)columns;
    const pool_pixel pixel = {line / (uint)rows, (int)(line % (uint)rows), (int)(flat - line * (uint)columns)};
    return pixel;
}
