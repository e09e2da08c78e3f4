/* SPDX-License-Identifier: Apache-2.0 */
/* Where the elements of one operand of clqnn_gemm_desc lie. */
#ifndef CLQNN_REFERENCE_MATRIX_VIEW_H
#define CLQNN_REFERENCE_MATRIX_VIEW_H

#include "clqnn/gemm.h"

/* Element (i, j) of the matrix of batch (outer, inner) is element  outer*batch_step[0] + inner*batch_step[1] + i*row_step + j*column_step. */
typedef struct clq_reference_view {
    int64_t rows, columns; /* of the mathematical matrix, before any transposition in memory */
    int64_t row_step, column_step;
    int64_t batch_step[2];
} clq_reference_view;

/* Replaces the defaults of `operand`, a rows x columns matrix for each of batch[0] * batch[1] (each > 0) batches. A dense stride is the extent of what
 * lies inside its dimension:
 *
 *     stored rows x stored columns   rows x columns, or columns x rows if transposed
 *     leading dimension              default: stored columns; of bit planes the next multiple of 32
 *     matrix extent                  stored rows * leading dimension (the last row counts in full)
 *     inner step                     batch_stride[1]; default: the matrix extent; CLQNN_BROADCAST: 0
 *     inner extent                   batch[1] * inner step; if broadcast: the matrix extent
 *     outer step                     batch_stride[0]; default: the inner extent; CLQNN_BROADCAST: 0
 */
clq_reference_view clq_reference_resolve_view(const clqnn_gemm_operand *operand, int64_t rows, int64_t columns, const int64_t batch[2]);

#endif
