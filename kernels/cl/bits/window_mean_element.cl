/* SPDX-License-Identifier: Apache-2.0 */
/* The mean of one pixel, and of one window. Their sums have one order: docs/numerics.md, "Bits". */

/* a / b of a sum that may be 0, infinite or NaN and a number of terms. */
static inline float divide_sum(float a, ulong terms)
{
    return isfinite(a) ? clq_divide(a, (float)terms) : a;
}

/* The mean of the pixel whose first channel is element `first`. */
static inline float pixel_mean_any(const pixel_mean_params *p, __global const uchar *x, ulong first)
{
    float sums[16] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    for (ulong c = 0; c < p->channels; c++) sums[c % 16] += fabs(load_float(x, first + c * p->x_step, p->x_type));
    for (int reach = 8; reach > 0; reach /= 2) {
        for (int j = 0; j < reach; j++) sums[j] += sums[j + reach];
    }
    return divide_sum(sums[0], p->channels);
}

/* The mean of one window whose first tap lies at row, column. */
static inline float window_mean(const window_mean_params *p, __global const float *image, long row, long column)
{
    float sum = 0.0f;
    for (ulong i = 0; i < p->taps[0]; i++) {
        const long at_row = row + (long)(i * p->dilation[0]);
        if (at_row < 0 || at_row >= (long)p->image[0]) continue;
        for (ulong j = 0; j < p->taps[1]; j++) {
            const long at = column + (long)(j * p->dilation[1]);
            if (at >= 0 && at < (long)p->image[1]) sum += image[at_row * (long)p->image[1] + at];
        }
    }
    return divide_sum(sum, p->taps[0] * p->taps[1]);
}
