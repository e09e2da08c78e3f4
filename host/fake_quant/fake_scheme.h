/* SPDX-License-Identifier: Apache-2.0 */
/* What a scheme of clqnn/fake_quant.h is to the kernels: its inputs, codes and gradient. Pure. */
#ifndef CLQ_FAKE_SCHEME_H
#define CLQ_FAKE_SCHEME_H

#include "clqnn/fake_quant.h"
#include "op/op_family.h"

#include "fake_quant/fake_quant_params.cl"

/* A scheme with its numbers of bits and levels. */
typedef struct clq_fake_scheme {
    clqnn_fake_quant_scheme scheme;
    int32_t bits;
    fake_rule rule;              /* without slots and share */
    int form, gradient;          /* FAKE_LEVELS ..., FAKE_ROUNDED ... */
    int sum;                     /* of the gradient of its parameters: FAKE_SUM_STEP ..., or -1 */
    bool has_mask;               /* g is a condition */
} clq_fake_scheme;

/* Checks scheme, bits, qmin and qmax. */
clqnn_status clq_fake_scheme_make(clqnn_fake_quant_scheme scheme, int32_t bits, int32_t qmin, int32_t qmax, clq_fake_scheme *made);

const char *clq_fake_scheme_name(clqnn_fake_quant_scheme scheme);

/* A scheme without inputs has no slots but the tensor. */
clqnn_status clq_fake_check_slots(const clq_fake_scheme *scheme, clqnn_granularity granularity);

/* Slots of a tensor, and how an element finds its own: fake_quant_params has the formula. */
typedef struct clq_fake_slots {
    int64_t count;
    int64_t block, block_step;   /* block 0: none */
    int64_t value_strides[CLQNN_MAX_RANK], axis_strides[CLQNN_MAX_RANK];
    int32_t axis;                /* -1: one slot */
} clq_fake_slots;

/* given: for axis and block; resolved: for rank and shape. */
clqnn_status clq_fake_slots_make(const clqnn_tensor *given, const clq_tensor *resolved, clqnn_granularity granularity, clq_fake_slots *slots);

/* Adds the scheme's inputs behind x to the signature. */
clqnn_status clq_fake_add_inputs(const clq_fake_scheme *scheme, const clq_fake_slots *slots, clq_op_signature *signature);

/* Where those are, as a step's buffers: scales, zero points or thresholds; `first` stands for those that are not there. */
void clq_fake_place_inputs(const clq_fake_scheme *scheme, uint8_t first, uint8_t *scales, uint8_t *others);

/* A tensor of so many f32, s32 ... */
clq_tensor clq_fake_row(clqnn_type type, int64_t count);

#endif
