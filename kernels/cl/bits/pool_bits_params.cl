/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of the kernels that take maxima of bits, word by word. Compiled twice, like op/op_params. Spatial axes are always three, outermost first. */
#define POOL_BITS_AXES 3

typedef struct pool_bits_params {
    op_head head;               /* buffers: x, y, tables */
    clq_ulong x_stride[1 + POOL_BITS_AXES], y_stride[1 + POOL_BITS_AXES];   /* words from image to image, and along each axis */
    clq_ulong tap_step[POOL_BITS_AXES];   /* words of x from tap to tap */
    clq_ulong windows[POOL_BITS_AXES];    /* words from the tables' first to each axis's windows, two words each: first tap, taps inside */
    clq_ulong rows, chunk;      /* images times the output's outer axes; rows of a work-item of a CPU kernel */
    clq_int words;              /* of a pixel */
    clq_int output[POOL_BITS_AXES];
    clq_int is_and;             /* 1: a maximum is 0 where any tap is 0 (b1), else 1 where any is 1 (pu1, po1) */
    clq_int unused;
} pool_bits_params;
