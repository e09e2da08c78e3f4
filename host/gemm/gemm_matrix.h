/* SPDX-License-Identifier: Apache-2.0 */
/* Shapes and strides of a product's descriptor: what products of integers and of floats check alike. */
#ifndef CLQ_GEMM_MATRIX_H
#define CLQ_GEMM_MATRIX_H

#include "clqnn/status.h"
#include "gemm/gemm_problem.h"

/* m, n, k and batch in range; a batch of 0 becomes 1. */
clqnn_status clq_gemm_check_dimensions(clqnn_gemm_desc *desc);

/* Nothing may be given of what only products of bits have. */
clqnn_status clq_gemm_check_no_bits(const clqnn_gemm_desc *desc);

/* One stored matrix of rows x columns per batch; fills `matrix`, and `span`: the elements from its first to one past its last over all batches. */
clqnn_status clq_gemm_resolve_matrix(const char *name, const clqnn_gemm_operand *operand, int64_t rows, int64_t columns, const int64_t batch[2],
                                     bool may_broadcast, clq_gemm_matrix *matrix, int64_t *span);

/* Rows and batches of c must not share elements. */
clqnn_status clq_gemm_check_disjoint(const clq_gemm_matrix *c, int64_t m, int64_t n, const int64_t batch[2]);

#endif
