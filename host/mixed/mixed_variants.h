/* SPDX-License-Identifier: Apache-2.0 */
/* The kernel variants of products of floats; the family lists them, best known first among equals. */
#ifndef CLQ_MIXED_VARIANTS_H
#define CLQ_MIXED_VARIANTS_H

#include "mixed/mixed_problem.h"

extern const clq_mixed_variant clq_gemm_mixed_avx512, clq_gemm_mixed_avx2, clq_gemm_mixed_vec16;
extern const clq_mixed_variant clq_gemm_mixed_portable;
extern const clq_mixed_variant clq_gemm_weights_portable;
extern const clq_mixed_variant clq_gemm_weights_vec8;
extern const clq_mixed_variant clq_gemm_weights_vec16;

#endif
