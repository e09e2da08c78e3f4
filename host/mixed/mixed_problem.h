/* SPDX-License-Identifier: Apache-2.0 */
/* A validated product of floats: what selection and the variants see. */
#ifndef CLQ_MIXED_PROBLEM_H
#define CLQ_MIXED_PROBLEM_H

#include "gemm/gemm_weights.h"
#include "op/op_family.h"

#include "mixed/mixed_params.cl"

typedef struct clq_mixed_problem {
    int64_t m, n, k;
    int64_t batch[2];
    clq_gemm_matrix a, b, c, residual;    /* residual.type none: there is none. b: of a b that each call brings */
    int64_t a_span, b_span, c_span, residual_span;   /* elements */
    bool b_constant;
    clq_mixed_form form;                  /* of b */
    clqnn_function activation;
    clqnn_accumulation accumulation;
    const clqnn_gemm_desc *desc;          /* scales, bias, clamp; the caller's, during creation only */
    const clqnn_gemm_weights *weights;    /* packed b; NULL before it is packed, and for a b that each call brings */
    int32_t low, high;                    /* of an 8-bit c, clamp included */
    int32_t a_input, b_input, residual_input;   /* among the call's inputs; -1: it has none */
} clq_mixed_problem;

/* A variant: what every operator's has, and the layout that its kernels read. */
typedef struct clq_mixed_variant {
    clq_op_variant op;                    /* first: the family lists these */
    const clq_mixed_layout *layout;       /* of constant weights */
    struct { int32_t m, n, k; } tile;
} clq_mixed_variant;

/* Fills a step's params and buffers but for what is the variant's own; adds the table of column scales and biases. NULL (with its message)
 * where memory is short. The buffers are a, b, tables, residual, c. */
clq_op_step *clq_mixed_add_step(const clq_mixed_problem *problem, clq_op_recipe *recipe);

/* Why a variant of this layout cannot run the problem, or NULL: weights packed otherwise, a b of each call, groups, sums in f16. */
const char *clq_mixed_refuses(const clq_mixed_problem *problem, const clq_mixed_layout *layout, bool reads_b_in_place);

/* The same of a variant that sums in `accumulation`; clq_mixed_refuses is of one that does in f32. */
const char *clq_mixed_refuses_sums(const clq_mixed_problem *problem, const clq_mixed_layout *layout, bool reads_b_in_place, clqnn_accumulation accumulation);

/* f16 sums are of operands of f16; `left` and `right` are the types' names in a message. */
clqnn_status clq_check_accumulation(clqnn_accumulation accumulation, const char *left, clqnn_type left_type, const char *right, clqnn_type right_type);

/* Why a variant that sums in `sums` does not run a problem that asks for `wanted`, or NULL. */
const char *clq_accumulation_refusal(clqnn_accumulation sums, clqnn_accumulation wanted);

#endif
