/* SPDX-License-Identifier: Apache-2.0 */
/* Constant weights of products of floats, as clqnn_gemm_weights. */
#ifndef CLQ_MIXED_WEIGHTS_H
#define CLQ_MIXED_WEIGHTS_H

#include "mixed/mixed_problem.h"

/* Packs the descriptor's b_data in this layout. */
clqnn_status clq_mixed_weights_create(clqnn_context *context, const clq_mixed_problem *problem, const clq_mixed_layout *layout, clqnn_gemm_weights **weights);

/* Bytes of one packed matrix and of all; refuses what the device cannot allocate. */
clqnn_status clq_mixed_weights_size(const clqnn_context *context, const clq_mixed_problem *problem, const clq_mixed_layout *layout, uint64_t *matrix_bytes,
                                    uint64_t *bytes);

/* clqnn_gemm_weights_unpack of such weights. */
clqnn_status clq_mixed_weights_unpack(const clqnn_gemm_weights *weights, void *data, size_t capacity);

#endif
