/* SPDX-License-Identifier: Apache-2.0 */
/* Sums over rows, and batch normalization: scalars of their kernels, and the order of their sums. Compiled twice, like op/op_params.
 *
 * A block is ROW_BLOCK rows. With fewer than ROW_FOLDS channels it has ROW_FOLDS partial sums, row r going to r % ROW_FOLDS; these are added in halves, 8, 4, 2, 1. Else it
 * has one. Block sums are rows of the next level, until one is left.
 *
 * Workspace of batch normalization: parts [blocks][2][channels], one array a level, and a table [planes][copies * channels] of what each element of a row is
 * combined with, `copies` times so that its length is a multiple of 16. */
#define ROW_BLOCK 128
#define ROW_FOLDS 16

typedef struct column_params {
    op_head head;
    clq_ulong rows;             /* of this launch's input */
    clq_ulong channels;
    clq_ulong full, last;       /* merges: rows of x in each part, and in the last one */
    clq_ulong chunk;            /* CPU kernels: blocks, or rows of the table's length, of a work-item */
    clq_int folds;              /* 1 or ROW_FOLDS */
    clq_int copies;
    clq_int infers;             /* statistics: 1 takes the running ones */
    clq_int streams;            /* 1: the result is too large for the caches */
    clq_float inverse_rows, epsilon, keep, momentum, unbias;
    clq_float clamp_min, clamp_max;   /* NaN where there is no clamp: no comparison holds */
    clq_int unused;
} column_params;

#define TABLE_MEAN 0            /* planes of the table */
#define TABLE_INV_STD 1
#define TABLE_GAMMA 2
#define TABLE_BETA 3
#define TABLE_FORWARD 4         /* so many forward */
#define TABLE_FACTOR 4          /* gamma * inv_std */
#define TABLE_MEAN_G 5          /* dbeta / rows */
#define TABLE_MEAN_GU 6         /* dgamma / rows */
#define TABLE_BACKWARD 7
