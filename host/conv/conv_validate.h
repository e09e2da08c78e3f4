/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptor in, canonical problem out: every bad value is refused by name. Needs no device. */
#ifndef CLQ_CONV_VALIDATE_H
#define CLQ_CONV_VALIDATE_H

#include "conv/conv_problem.h"
#include "quantization/requantization.h"

/* A validated descriptor. `desc` is a full copy with defaults filled in, whose pointers are still the caller's: valid during the call that takes them. */
typedef struct clq_conv_spec {
    clqnn_conv_desc desc;
    clq_conv_problem problem;
    clq_requantization rules;
    int32_t low, high;                      /* of an 8-bit result before the table, clamp included */
    int32_t sum_low, sum_high;              /* of the residual sum */
    int64_t x_span, y_span, residual_span;  /* elements from channel 0 of the first pixel to one past the last element */
} clq_conv_spec;

clqnn_status clq_conv_validate(const clqnn_conv_desc *desc, clq_conv_spec *spec);

/* The first part of it: extents, channels and groups; fills those fields of spec->desc and spec->problem. */
clqnn_status clq_conv_resolve_shape(const clqnn_conv_desc *desc, clq_conv_spec *spec);

/* The second: types, of integers. */
clqnn_status clq_conv_check_types(const clqnn_conv_desc *desc);

/* The third: layouts and strides of x, y and residual. */
clqnn_status clq_conv_resolve_images(clq_conv_spec *spec);

/* The last: one long row where pixels do not see each other. */
void clq_conv_flatten(clq_conv_problem *problem);

/* What becomes of an accumulator, under the names of the descriptor's fields. */
clq_requantization clq_conv_requantization(const clqnn_conv_desc *desc);

/* The quantization of what enters the residual sum. */
const clqnn_quantization *clq_conv_summand(const clqnn_conv_desc *desc);

#endif
