/* SPDX-License-Identifier: Apache-2.0 */
/* A validated convolution of bits: what selection and the variants see. */
#ifndef CLQ_CONV_BITS_PROBLEM_H
#define CLQ_CONV_BITS_PROBLEM_H

#include "bits/bits_problem.h"
#include "conv/conv_family.h"

#include "bits/conv_bits_params.cl"

typedef struct clq_conv_bits_problem {
    clq_conv_problem conv;                 /* strides in elements, of bit planes in values */
    clq_bit_form x_form, w_form;
    clq_bit_shape shape;                   /* of the weights as a matrix: conv_bits_weights.h */
    int32_t x_zero;
    const clq_conv_spec *spec;             /* the creation's, during it only */
    const clqnn_conv_weights *weights;     /* packed; NULL before they are */
    int32_t residual_input, row_scale_input;   /* among the call's inputs; -1: it has none */
} clq_conv_bits_problem;

typedef struct clq_conv_bits_variant {
    clq_op_variant op;                     /* first: the family lists these */
    const clq_bit_layout *layout;
} clq_conv_bits_variant;

clq_conv_bits_problem clq_conv_bits_problem_of(const clq_conv_call *call);

/* Why a variant of this layout cannot run the problem, or NULL. */
const char *clq_conv_bits_refuses(const clq_conv_bits_problem *problem, const clq_bit_layout *layout);

/* Each channel by itself: one input and one output channel a group. */
bool clq_conv_bits_is_depthwise(const clq_conv_bits_problem *problem);

/* Whether every word of x and every panel of 32 output channels is of one group. */
bool clq_conv_bits_has_whole_groups(const clq_conv_bits_problem *problem);

/* Pairs of words that meet, all planes. */
double clq_conv_bits_words(const clq_conv_bits_problem *problem);

/* A step whose params and buffers are filled in but for what is the variant's own (kernel, block, global); adds its tables. NULL (with its message) where
 * memory is short. The buffers are those of bits/conv_bits_params.cl. */
clq_op_step *clq_conv_bits_add_step(const clq_conv_bits_problem *problem, clq_op_recipe *recipe);

#define X(variant) extern const clq_conv_bits_variant clq_##variant;
#include "bits/conv_bits_variants.def"
#undef X

#endif
