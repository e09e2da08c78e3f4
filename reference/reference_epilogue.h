/* SPDX-License-Identifier: Apache-2.0 */
/* From an accumulator to an element of c. */
#ifndef CLQNN_REFERENCE_EPILOGUE_H
#define CLQNN_REFERENCE_EPILOGUE_H

#include "clqnn/gemm.h"

/* Element `index` of `list`, or the only one; `fallback` for an empty list. */
float clq_reference_scale(const clqnn_quantization *list, int64_t index);
int32_t clq_reference_zero_point(const clqnn_quantization *list, int64_t index);

/* The integers that a c of 8 bits or of bit planes may hold: the type's range and, where asked for, those of clamp_min .. clamp_max. Empty (low > high) if they do not meet. */
void clq_reference_output_range(const clqnn_gemm_desc *desc, int32_t *low, int32_t *high);

/* An accumulator and what its row and element bring. */
typedef struct clq_reference_sum {
    int32_t acc;
    float a_scale;
    const float *row_scale, *residual;   /* NULL: none; products of bits only */
} clq_reference_sum;

/* Writes the result of a sum in column `column` to element `index` of c. The formulas are those at the top of clqnn/gemm.h. A float is clamped by comparisons,
 * so that NaN stays NaN, and before it is rounded to half. */
void clq_reference_store(const clqnn_gemm_desc *desc, const clq_reference_sum *sum, int64_t column, void *c, int64_t index);

#endif
