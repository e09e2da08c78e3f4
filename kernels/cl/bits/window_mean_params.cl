/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of the two kernels of a window mean. Compiled twice, like op/op_params. Types have the values of clqnn_type. */
#define MEAN_X 0                /* operands of the nest of pixels: x, and the dense means between the kernels */
#define MEAN_MEANS 1

/* |x| of each pixel, averaged over its channels. */
typedef struct pixel_mean_params {
    op_head head;               /* buffers: x, means */
    op_nest nest;               /* over pixels */
    clq_ulong channels, x_step; /* x_step: from one channel to the next */
    clq_int x_type;
    clq_int unused;
} pixel_mean_params;

/* The means under each window. */
typedef struct window_mean_params {
    op_head head;               /* buffers: means, y */
    op_nest nest;               /* over elements of y, [n][rows][columns], not collapsed; operand 0 is y */
    clq_ulong image[2];         /* rows, columns of x */
    clq_ulong taps[2], stride[2], dilation[2], pad[2];
} window_mean_params;
