/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of softmax with cross-entropy, and the order of its sums. Compiled twice, like op/op_params.
 *
 * A sum over classes has ENTROPY_FOLDS partial sums, class j going to j % ENTROPY_FOLDS, added in halves; the sum of the rows' losses is that of one channel in
 * train_layers/column_params. Workspace: the rows' losses; their codes; block sums of each level. */
#define ENTROPY_FOLDS 16
#define ENTROPY_BLOCK 128
#define ENTROPY_CORRECT 1       /* codes of rows */
#define ENTROPY_BAD_LABEL 2

typedef struct entropy_params {
    op_head head;
    clq_ulong rows, classes;
    clq_ulong chunk;            /* CPU kernels: rows of a work-item */
    clq_int has_gradient, accumulates;
    clq_float inverse_rows;
    clq_int unused;
} entropy_params;
