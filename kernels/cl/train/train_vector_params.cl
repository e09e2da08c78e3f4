/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of the products of matrices in training on CPUs, compiled on both sides as op/op_params is. Strides are elements. */
typedef struct train_vector_params {
    op_head head;                    /* buffers: a, b, bias (b again where there is none), c or the workspace */
    clq_ulong a_row, a_column, b_row, b_column, c_row, part_stride;
    clq_int m, n, k;
    clq_int part;                    /* terms of a part */
    clq_int has_bias, adds;
    clq_int block_rows, block_columns;
} train_vector_params;
