/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of the portable products of training, and of the kernel that joins partial sums. Compiled twice, like op/op_params. Strides are elements. */
typedef struct train_gemm_params {
    op_head head;                    /* buffers: a, b, bias (b again where there is none), c or the workspace */
    clq_ulong a_row, a_column, b_row, b_column, c_row, part_stride;
    clq_int m, n, k;
    clq_int part;                    /* terms of a part */
    clq_int has_bias, adds;
} train_gemm_params;

typedef struct train_conv_params {
    op_head head;                    /* buffers: first and second input, bias (the second again where there is none), the result or the workspace */
    clq_ulong part_stride, pixels;   /* pixels: of the result and all images; by weight: lines of y of all images */
    clq_int channels, output_channels, group_in, group_out;
    clq_int input[2], output[2], window[2], stride[2], dilation[2], pad[2];
    clq_int kind, has_bias;
    clq_int part;                    /* by weight: lines of a part */
    clq_int unused;
} train_conv_params;

typedef struct train_join_params {
    op_head head;                    /* buffers: the workspace, bias (the workspace again where there is none), the result */
    clq_ulong rows, columns, part_stride, row, column, result_row;
    clq_int parts;
    clq_int has_bias, adds;
    clq_int unused;
} train_join_params;
