/* SPDX-License-Identifier: Apache-2.0 */
/* Parameters of the kernels that interpolate, and one result from its sum. Compiled twice, like op/op_params: the struct in C too. Bytes are unsigned in the kernels, as
 * in pooling: q ^ flip. Buffers: x, tables, y. */
#define RESIZE_N 0              /* indices of strides */
#define RESIZE_C 1
#define RESIZE_H 2
#define RESIZE_W 3
#define RESIZE_ONE 2048         /* the sum of two weights */
#define RESIZE_SHIFT 22         /* the four products' sum to its average */
#define RESIZE_TIES_AWAY 1      /* values of fixed */
#define RESIZE_TIES_UP 2

typedef struct resize_params {
    op_head head;
    clq_ulong x_stride[4], y_stride[4];
    clq_ulong neighbours[2];    /* words from the tables' first to each axis's triples: index, next index, weight of the next */
    clq_ulong rows, chunk;      /* vector kernels: rows of y; how many a work-group makes */
    clq_int channels, height, width;   /* of y */
    clq_int channels_last;
    clq_int flip, x_zero, y_zero, low, high;
    clq_float multiplier;
    clq_int fixed;              /* 0: by the multiplier */
} resize_params;
