/* SPDX-License-Identifier: Apache-2.0 */
/* The kernel variants of products of floats. */
#ifndef CLQ_MIXED_VARIANTS_H
#define CLQ_MIXED_VARIANTS_H

#include "mixed/mixed_problem.h"

#define X(variant) extern const clq_mixed_variant clq_##variant;
#include "mixed/gemm_mixed_variants.def"
#undef X

#endif
