/* SPDX-License-Identifier: Apache-2.0 */
/* What random problems of the quantizers are made of. */
#ifndef CLQ_QUANTIZER_VALUES_H
#define CLQ_QUANTIZER_VALUES_H

#include "clqnn/quantizer.h"
#include "op_image.h"

/* A dense tensor of rank 1. */
clqnn_tensor clq_quantizer_words(clqnn_type type, int64_t count);

/* 1 .. 8 bits, signed or not, restricted or not. */
clqnn_codes clq_quantizer_codes(clq_random *random);

/* A granularity, with the tensor's axis and block set for it. */
clqnn_granularity clq_quantizer_slots(clq_random *random, clqnn_tensor *tensor);

/* Fills a float image with values of about mean +- spread, some of them 0, halves of 1/8 (ties), far away; `any`: NaN and infinities too. */
void clq_quantizer_fill(clq_random *random, const clq_op_image *image, float mean, float spread, bool any);

#endif
