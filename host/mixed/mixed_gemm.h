/* SPDX-License-Identifier: Apache-2.0 */
/* The calls of clqnn/gemm.h for products of floats: the plan is an operator's (host/op), the weights are packed before. `desc` is a full copy,
 * which these may complete. */
#ifndef CLQ_MIXED_GEMM_H
#define CLQ_MIXED_GEMM_H

#include "gemm/gemm_plan.h"

clqnn_status clq_mixed_create(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm **gemm);
clqnn_status clq_mixed_query(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm_info *info);
clqnn_status clq_mixed_candidates(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm_candidate *list, size_t capacity, size_t *count);
clqnn_status clq_mixed_pack(clqnn_context *context, clqnn_gemm_desc *desc, clqnn_gemm_weights **weights);
clqnn_status clq_mixed_enqueue(const clqnn_gemm *gemm, cl_command_queue queue, const clqnn_gemm_args *args, uint32_t wait_count, const cl_event *wait,
                               cl_event *event);
clqnn_status clq_mixed_describe(const clqnn_gemm *gemm, clqnn_gemm_info *info);

/* What enqueueing checks first. */
clqnn_status clq_mixed_check_args(const clqnn_gemm *gemm, const clqnn_gemm_args *args);

#endif
