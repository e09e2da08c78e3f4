/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLQ_PACKED_WEIGHTS_H
#define CLQ_PACKED_WEIGHTS_H

#include "gemm_run.h"

/* Packs desc->b_data for desc->variant, serialises it, reads the blob back and unpacks the copy, which must equal b. The caller releases *weights, which came
 * from the blob. false: result says what went wrong. */
bool clq_packed_weights_round_trip(clqnn_context *context, const clq_gemm_problem *problem, const clqnn_gemm_desc *desc, clqnn_gemm_weights **weights,
                                   clq_gemm_result *result);

#endif
