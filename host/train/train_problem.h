/* SPDX-License-Identifier: Apache-2.0 */
/* Products in training, validated: what the variants see. */
#ifndef CLQ_TRAIN_PROBLEM_H
#define CLQ_TRAIN_PROBLEM_H

#include "clqnn/train.h"
#include "op/op_family.h"
#include "train/train_params.cl"

/* Workspace of partial sums at most, but where one set of them is more. */
#define CLQ_TRAIN_WORKSPACE (4 << 20)

typedef struct clq_train_gemm_problem {
    int64_t m, n, k;
    int64_t a_row, a_column, b_row, b_column, c_row;   /* elements between neighbours of a', b' and c */
    bool has_bias, adds;
} clq_train_gemm_problem;

typedef struct clq_train_conv_problem {
    clqnn_train_conv_kind kind;
    int64_t batch, channels, output_channels, groups;
    int64_t input[2], output[2], kernel[2], stride[2], dilation[2], pad[2];
    bool has_bias;
} clq_train_conv_problem;

extern const clq_op_variant clq_train_gemm_avx512, clq_train_gemm_avx2, clq_train_gemm_vec16, clq_train_gemm_portable;
extern const clq_op_variant clq_train_conv_avx512, clq_train_conv_avx2, clq_train_conv_vec16, clq_train_conv_depthwise, clq_train_conv_portable;

/* Products of a convolution. */
double clq_train_conv_products(const clq_train_conv_problem *problem);

/* Sets of partial sums, `count` floats each, that `terms` terms are cut into: fixed by the shape, so that the order of a sum is. `least` terms a set. */
int64_t clq_train_parts(int64_t count, int64_t terms, int64_t least);

/* How parts become a result: element [i][j] of a part at i * row + j * column of it. */
typedef struct clq_train_join {
    int64_t rows, columns, parts, part_stride, row, column;   /* floats */
    int64_t result_row;                                       /* floats between rows of the result */
    uint64_t base;                                            /* bytes of the workspace before the first part */
    uint8_t result;                                           /* CLQ_OP_OUTPUT + i */
    uint8_t bias;                                             /* CLQ_OP_INPUT + i; read with has_bias */
    bool has_bias, adds;
    uint32_t kernel;                                          /* in the variant's program: train_join */
} clq_train_join;

clqnn_status clq_train_add_join(const clq_train_join *join, clq_op_recipe *recipe);

#define CLQ_TRAIN_JOIN_KERNEL {"train_join", 3, sizeof(train_join_params), {32, 1, 1}}

#endif
