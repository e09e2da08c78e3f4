/* SPDX-License-Identifier: Apache-2.0 */
/* A b of bit planes below an a of bytes or floats: what its descriptor must be, and its values. */
#ifndef CLQ_GEMM_PLANES_H
#define CLQ_GEMM_PLANES_H

#include "clqnn/gemm.h"
#include "gemm/gemm_problem.h"

/* b is of b1 or t2, whether given or packed before. */
bool clq_gemm_b_is_planes(const clqnn_gemm_desc *desc);

/* A b given as planes is constant, transposed and has whole words to a row; sets the leading dimension of a dense one. */
clqnn_status clq_gemm_check_planes(clqnn_gemm_desc *desc);

/* One stored matrix of b_data as bytes, [n][k]; `values` has room for them. */
void clq_gemm_expand_planes(const clqnn_gemm_desc *desc, const clq_gemm_matrix *b, int64_t outer, int64_t inner, int8_t *values);

/* Dense values [k][n] as `n` rows of planes. */
void clq_gemm_collect_planes(clqnn_type type, const int8_t *values, int64_t n, int64_t k, void *planes);

#endif
