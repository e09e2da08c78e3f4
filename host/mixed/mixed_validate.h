/* SPDX-License-Identifier: Apache-2.0 */
/* A descriptor of a product of floats: every bad value is refused by name. Needs no device. */
#ifndef CLQ_MIXED_VALIDATE_H
#define CLQ_MIXED_VALIDATE_H

#include "mixed/mixed_problem.h"

/* Whether a descriptor asks for a product of floats. `desc` is of full size. */
bool clq_mixed_is_meant(const clqnn_gemm_desc *desc);

/* `desc` is a full copy, which the problem points to: defaults are written into it. `weights`, where not NULL, are what stands behind b. */
clqnn_status clq_mixed_validate(clqnn_gemm_desc *desc, const clqnn_gemm_weights *weights, clq_mixed_problem *problem);

#endif
