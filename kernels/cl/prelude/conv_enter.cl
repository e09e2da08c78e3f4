/* SPDX-License-Identifier: Apache-2.0 */
/* The buffers of a convolution kernel and its local names for them; `p` is the kernel's own copy of the params. */
#define CONV_BUFFERS \
    __global const uchar *restrict x_buffer, __global const char *restrict w, __global const int *restrict constants, __global const uchar *residual_buffer, \
    __global uchar *y

/* The first work-group of a launch tells waiting threads that it has begun (host/device/active_wait.h). Variants with `.counts_begun` only, which
 * take CONV_COUNT after CONV_BUFFERS. */
#define CONV_COUNT volatile __global int *begun_buffer
#define CONV_BEGUN() \
    if (p.product.counts_begun && get_group_id(0) == 0 && get_group_id(1) == 0 && get_group_id(2) == 0) atomic_inc(begun_buffer + 16)

#define CONV_ENTER() \
    __global const uchar *x = x_buffer + p.x_offset; \
    __global const uchar *residual = residual_buffer + p.residual_offset; \
    __global const int *columns = constants; \
    __global const int *tap_sums = constants + p.tap_sums_offset; \
    __global const uchar *table = (__global const uchar *)constants + p.table_offset

/* Elements from the tensor's start to channel 0 of one position. */
static inline ulong conv_y_index(const conv_params *p, int image, int d, int h, int w)
{
    return p->y_offset + (ulong)image * p->y_batch_stride + (ulong)d * p->y_step[0] + (ulong)h * p->y_step[1] + (ulong)w * p->y_step[2];
}

static inline ulong conv_residual_index(const conv_params *p, int image, int d, int h, int w)
{
    return (ulong)image * p->residual_batch_stride + (ulong)d * p->residual_step[0] + (ulong)h * p->residual_step[1] + (ulong)w * p->residual_step[2];
}

/* Where tap `k` of output position `out` reads x in one dimension; -1 where the tap is absent. */
static inline int conv_source(const conv_params *p, int dimension, int out, int k)
{
    const int offset = k * p->dilation[dimension] - p->pad[dimension], stride = p->stride[dimension];
    int at = out * stride + offset;
    if (p->flags & CONV_TRANSPOSED) {
        at = out - offset;
        if (at < 0 || at % stride != 0) return -1;
        at /= stride;
    }
    return at >= 0 && at < p->input[dimension] ? at : -1;
}
