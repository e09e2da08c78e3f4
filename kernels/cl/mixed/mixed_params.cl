/* SPDX-License-Identifier: Apache-2.0 */
/* The contract between the host and every kernel of a product of floats, compiled on both sides as op/op_params.cl is.
 *
 *   kernel(a, b, tables, residual, c, begun, params)
 *
 *   a, residual, c   strides in elements; rows x columns; residual may be c
 *   b                packed weights of the variant's layout, or a matrix by its strides
 *   tables           floats: column scales, then `table_plane` after them biases, padded to whole blocks of 64 columns
 * Element types have the numbers of clqnn_type, activations those of clqnn_function. */
#define MIXED_F32 4
#define MIXED_F16 5
#define MIXED_BF16 9
#define MIXED_F8E4M3 10
#define MIXED_F8E5M2 11
#define MIXED_S8 1
#define MIXED_U8 2
#define MIXED_RELU 1
#define MIXED_RELU6 2
#define MIXED_SIGMOID 5
#define MIXED_HARD_SWISH 7
#define MIXED_TANH 8
#define MIXED_GELU 9
#define MIXED_GELU_TANH 10
#define MIXED_SILU 12

typedef struct mixed_params {
    op_head head;
    clq_ulong a_row, a_column, a_batch[2];
    clq_ulong b_row, b_column;               /* of a b that is read in place; of a row-major panel */
    clq_ulong b_panel;                       /* elements from a panel of 16 columns to the next */
    clq_ulong b_batch[2];                    /* bytes, of packed weights too */
    clq_ulong c_row, c_batch[2];
    clq_ulong residual_row, residual_batch[2];
    clq_ulong table_plane;
    clq_int m, n, k;
    clq_int inner_batches;
    clq_int a_type, b_type, c_type, residual_type;   /* residual_type 0: there is none */
    clq_int has_scale, has_bias;
    clq_int activation;                      /* MIXED_RELU .. */
    clq_int has_clamp;                       /* of a float c, in real units */
    clq_float clamp_min, clamp_max;
    clq_float c_scale;                       /* of an 8-bit c */
    clq_int c_zero, low, high;
    clq_int b_padded;                        /* the last panel is whole */
    clq_int block_rows, block_columns;       /* of a work-group of a CPU kernel */
    clq_int group;                           /* rows of k that share a scale */
    clq_int scale_type, zero_point_type;     /* of packed groups; zero_point_type 0: none */
    clq_int has_offsets;
    clq_ulong scales, zero_points, order;    /* bytes from a packed matrix's begin, where its layout has them */
    clq_int group_rows, packed_rows;         /* rows of a packed group, and of all: group_panels.c */
    clq_int code_bits, code_bias;            /* of packed integers */
    clq_int a_quantized;                     /* MIXED_S8, MIXED_U8: a is quantized by the call; 0: it is not */
    clq_int run;                             /* what a work-item takes: columns of prepared rows, or panels */
} mixed_params;
