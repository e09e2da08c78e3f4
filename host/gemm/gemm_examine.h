/* SPDX-License-Identifier: Apache-2.0 */
/* What every call that takes a descriptor does first: validation, then what depends on the context. */
#ifndef CLQ_GEMM_EXAMINE_H
#define CLQ_GEMM_EXAMINE_H

#include "gemm/gemm_validate.h"

/* clq_gemm_validate; then weights must belong to the context, and each tensor of a call must fit the device's largest allocation. */
clqnn_status clq_gemm_examine(const clqnn_context *context, const clqnn_gemm_desc *desc, clq_gemm_spec *spec);

#endif
