/* SPDX-License-Identifier: Apache-2.0 */
/* Weights of b1 and t2 below an a of floats. Products have them as s2 with one group of all k and scales of 1, which is exact; convolutions as bf16. */
#ifndef CLQ_MIXED_PLANES_H
#define CLQ_MIXED_PLANES_H

#include "mixed/mixed_problem.h"

/* What a product packs such a b as. */
clq_mixed_form clq_mixed_planes_form(int64_t n, int64_t k);

/* Packs one stored matrix of the problem's b_data. */
clqnn_status clq_mixed_pack_planes(const clq_mixed_layout *layout, const clq_mixed_problem *problem, int64_t outer, int64_t inner, void *packed);

/* The values of one packed matrix, dense [k][n], whatever its form. `type` is b1 or t2; CLQNN_CORRUPT_DATA where an element is no value of it. */
clqnn_status clq_mixed_plane_values(const clq_mixed_layout *layout, const clq_mixed_form *form, clqnn_type type, const unsigned char *packed, int8_t *values);

/* A value as bf16. */
uint16_t clq_plane_value_bf16(int8_t value);

#endif
