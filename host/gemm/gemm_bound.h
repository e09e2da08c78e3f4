/* SPDX-License-Identifier: Apache-2.0 */
/* The overflow proof: no input makes |acc| exceed the bound. */
#ifndef CLQ_GEMM_BOUND_H
#define CLQ_GEMM_BOUND_H

#include "gemm/gemm_validate.h"
#include "gemm/gemm_weights.h"

/* `columns` (facts of `matrices` matrices of n columns) may be NULL: then the bound is from k and the types alone. CLQNN_OVERFLOW if the bound
 * exceeds 2^31 - 1; *bound is set either way. */
clqnn_status clq_gemm_bound(const clq_gemm_spec *spec, const clq_column_facts *columns, int64_t matrices, int64_t *bound);

#endif
