/* SPDX-License-Identifier: Apache-2.0 */
/* One matrix b of a product of floats, decoded. */
#ifndef CLQNN_REFERENCE_FLOAT_WEIGHTS_H
#define CLQNN_REFERENCE_FLOAT_WEIGHTS_H

#include "clqnn/gemm.h"
#include "matrix_view.h"

typedef struct clq_reference_weight {
    double value;      /* w, exactly */
    double magnitude;  /* |w|; where a kernel may sum q and z (or o) apart: the sum of their magnitudes */
    double level;      /* |q| + |z| of an integer, 0 of a float: what a sum in units of the scale is made of */
    double step;       /* |s| */
} clq_reference_weight;

/* Element (p, j) of the matrix whose first element is number `base` of b. `desc` is of full size. */
clq_reference_weight clq_reference_weight_at(const clqnn_gemm_desc *desc, const clq_reference_view *view, const void *b, int64_t base, int64_t p, int64_t j);

#endif
