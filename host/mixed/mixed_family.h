/* SPDX-License-Identifier: Apache-2.0 */
/* The operator family behind products of floats. */
#ifndef CLQ_MIXED_FAMILY_H
#define CLQ_MIXED_FAMILY_H

#include "mixed/mixed_problem.h"

/* What its plans are created from. */
typedef struct clq_mixed_call {
    clqnn_gemm_desc *desc;
    const clqnn_gemm_weights *weights;   /* packed for one of its variants; NULL: b comes with each call */
} clq_mixed_call;

#endif
