/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptor in, canonical problem out: every bad value is refused by name. Needs no device. */
#ifndef CLQ_GEMM_VALIDATE_H
#define CLQ_GEMM_VALIDATE_H

#include "gemm/gemm_problem.h"
#include "quantization/requantization.h"

/* A validated descriptor. `desc` is a full copy whose pointers are still the caller's: valid during the call that takes them. */
typedef struct clq_gemm_spec {
    clqnn_gemm_desc desc;
    clq_gemm_problem problem;
    int32_t low, high;           /* of an 8-bit c, clamp included */
    int64_t a_span, b_span, c_span;   /* elements from a matrix's first to one past its last, over all batches; 0 if there are none */
} clq_gemm_spec;

/* The caller's descriptor in full size. */
clqnn_status clq_gemm_copy_desc(const clqnn_gemm_desc *desc, clqnn_gemm_desc *full);

clqnn_status clq_gemm_validate(const clqnn_gemm_desc *desc, clq_gemm_spec *spec);

/* What becomes of an accumulator; pointers are the descriptor's. */
clq_requantization clq_gemm_requantization(const clqnn_gemm_desc *desc);

#endif
