/* SPDX-License-Identifier: Apache-2.0 */
/* Scales, zero points, bias, multipliers and clamp of a generated problem. They are chosen so that outputs fill their range: most inside, some
 * clamped; every third problem takes powers of two, where rounding ties are frequent. */
#ifndef CLQ_GEMM_PARAMETERS_H
#define CLQ_GEMM_PARAMETERS_H

#include "gemm_case.h"

/* Bytes that clq_gemm_parameters_make needs, aligned for float. */
size_t clq_gemm_parameters_size(const clq_gemm_case *spec);

/* Fills the quantization fields of `desc`, whose pointers then lead into `memory`. A pure function of the case. */
void clq_gemm_parameters_make(const clq_gemm_case *spec, clqnn_gemm_desc *desc, void *memory);

/* The part of the above for CLQ_AIM_TIES and CLQ_AIM_BOUNDARY: scales or multipliers, bias and the output's zero point. `mean`: of the sums without
 * bias. `memory`: room for 2 + m + 4 n values. */
void clq_gemm_parameters_aim(const clq_gemm_case *spec, clqnn_gemm_desc *desc, int64_t mean, void *memory);

#endif
