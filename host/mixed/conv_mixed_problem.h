/* SPDX-License-Identifier: Apache-2.0 */
/* A validated convolution of floats: what selection and the variants see. */
#ifndef CLQ_CONV_MIXED_PROBLEM_H
#define CLQ_CONV_MIXED_PROBLEM_H

#include "conv/conv_family.h"
#include "mixed/mixed_problem.h"

#include "mixed/conv_mixed_params.cl"

typedef struct clq_conv_mixed_problem {
    clq_conv_problem conv;
    clq_mixed_form form;                 /* of one weight matrix: k is taps x input channels of a group, n the output channels */
    int64_t matrices;                    /* one a group; one of all output channels where a group has one input channel */
    const clq_conv_spec *spec;           /* the creation's, during it only */
    const clqnn_gemm_weights *weights;   /* packed matrices; NULL before they are packed */
    int32_t residual_input;              /* among the call's inputs; -1: it has none */
} clq_conv_mixed_problem;

typedef struct clq_conv_mixed_variant {
    clq_op_variant op;                   /* first: the family lists these */
    const clq_mixed_layout *layout;
} clq_conv_mixed_variant;

clq_conv_mixed_problem clq_conv_mixed_problem_of(const clq_conv_call *call);

/* Fills a step's params and buffers but for what is the variant's own, and adds the table of scales and biases. NULL (with its message) where memory is
 * short. */
clq_op_step *clq_conv_mixed_add_step(const clq_conv_mixed_problem *problem, clq_op_recipe *recipe);

/* Why a variant of this layout that sums in f32, or in `accumulation`, cannot run the problem, or NULL. */
const char *clq_conv_mixed_refuses(const clq_conv_mixed_problem *problem, const clq_mixed_layout *layout);
const char *clq_conv_mixed_refuses_sums(const clq_conv_mixed_problem *problem, const clq_mixed_layout *layout, clqnn_accumulation accumulation);

/* Whether each output channel is of one input channel of its own. */
bool clq_conv_mixed_is_depthwise(const clq_conv_mixed_problem *problem);

#define X(variant) extern const clq_conv_mixed_variant clq_##variant;
#include "mixed/conv_mixed_variants.def"
#undef X

#endif
