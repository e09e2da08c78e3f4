/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of pooling in training. Compiled twice, like op/op_params. Buffers: x, y, taps (y again where
 * none are saved); dy, taps (dy again for averages), dx. */
typedef struct train_pool_params {
    op_head head;
    clq_ulong pixels;           /* of the result: images * rows * columns */
    clq_ulong channels;
    clq_ulong chunk;            /* CPU kernels: pixels of a work-item */
    clq_int height, width;      /* of x */
    clq_int out_height, out_width;
    clq_int kernel_h, kernel_w, stride_h, stride_w, pad_h, pad_w;
    clq_int is_average, counts_padding, saves_taps;
    clq_int streams;
} train_pool_params;
