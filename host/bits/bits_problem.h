/* SPDX-License-Identifier: Apache-2.0 */
/* A validated product of bits: what selection and the variants see. */
#ifndef CLQ_BITS_PROBLEM_H
#define CLQ_BITS_PROBLEM_H

#include "gemm/gemm_kernel.h"
#include "gemm/gemm_weights.h"
#include "layout/bit_layout.h"
#include "op/op_family.h"
#include "quantization/bit_form.h"

#include "bits/bits_params.cl"

typedef struct clq_bits_problem {
    int64_t m, n, k;
    int64_t batch[2];
    clq_gemm_matrix a, b, c, residual;    /* elements; of bit planes values. residual.type none: there is none. b: of a b that each call brings */
    int64_t a_span, b_span, c_span, residual_span;   /* elements or values */
    bool b_constant;
    clq_bit_form a_form, b_form;
    clq_bit_shape shape;                  /* of b */
    int32_t a_zero;
    int32_t low, high;                    /* of an integer c, clamp included */
    const clqnn_gemm_desc *desc;          /* scales, bias, thresholds; the caller's, during creation only */
    const clqnn_gemm_weights *weights;    /* packed b; NULL before it is packed, and for a b that each call brings */
    int32_t a_input, b_input, residual_input, row_scale_input;   /* among the call's inputs; -1: it has none */
} clq_bits_problem;

/* A variant: what every operator's has, and the layout that its kernels read. */
typedef struct clq_bits_variant {
    clq_op_variant op;                    /* first: the family lists these */
    const clq_bit_layout *layout;         /* of constant weights */
    struct { int32_t m, n, k; } tile;
} clq_bits_variant;

#endif
