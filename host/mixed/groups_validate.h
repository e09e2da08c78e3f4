/* SPDX-License-Identifier: Apache-2.0 */
/* The part of a descriptor that speaks of an integer b with groups: every bad value is refused by name. Needs no device. */
#ifndef CLQ_GROUPS_VALIDATE_H
#define CLQ_GROUPS_VALIDATE_H

#include "mixed/mixed_problem.h"

/* Whether b is of integers, or has groups. */
bool clq_groups_are_meant(const clqnn_gemm_desc *desc);

/* Group size, how a may be quantized, and the types of b and of all that comes with it. `is_packed`: b is packed, and the arrays are not looked at. */
clqnn_status clq_groups_check_types(const clqnn_gemm_desc *desc, bool is_packed);

/* b is one constant matrix, dense where its elements are less than bytes. After clq_groups_check_types; `b` is what desc->b has been resolved to. */
clqnn_status clq_groups_check_matrix(const clqnn_gemm_desc *desc, const clq_gemm_matrix *b, bool is_packed);

/* Every scale, zero point, offset and index, of a b that is not packed. Reads the arrays. */
clqnn_status clq_groups_check_values(const clqnn_gemm_desc *desc);

/* What such weights are, of a descriptor that has passed. */
clq_mixed_form clq_groups_form(const clqnn_gemm_desc *desc);

#endif
