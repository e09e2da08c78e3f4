/* SPDX-License-Identifier: Apache-2.0 */
/* A descriptor of a product of bits: every bad value is refused by name. Needs no device. */
#ifndef CLQ_BITS_VALIDATE_H
#define CLQ_BITS_VALIDATE_H

#include "bits/bits_problem.h"

/* Whether a descriptor asks for a product of bits: a is of bit planes, or the weights are packed for one. `desc` is of full size. */
bool clq_bits_is_meant(const clqnn_gemm_desc *desc);

/* `desc` is a full copy, which the problem points to: defaults are written into it. `weights`, where not NULL, are what stands behind b. */
clqnn_status clq_bits_validate(clqnn_gemm_desc *desc, const clqnn_gemm_weights *weights, clq_bits_problem *problem);

#endif
