/* SPDX-License-Identifier: Apache-2.0 */
/* One element of the schemes of clqnn/fake_quant.h. */
#ifndef CLQNN_REFERENCE_FAKE_SCHEME_VALUES_H
#define CLQNN_REFERENCE_FAKE_SCHEME_VALUES_H

#include "clqnn/fake_quant.h"

/* A scheme and the parameters of an element, as they are read from memory. */
typedef struct clq_fake_element {
    clqnn_fake_quant_scheme scheme;
    int32_t bits, qmin, qmax;
    float scale, negative;     /* s, a or M; negative: TTQ's second */
    int32_t zero_point;
    float threshold;
    float share;               /* 1 / N */
} clq_fake_element;

/* slot_count and slot find TTQ's two planes. */
clq_fake_element clq_fake_element_make(clqnn_fake_quant_scheme scheme, int32_t bits, int32_t qmin, int32_t qmax, const float *scales, const void *others, int64_t slot_count,
                                       int64_t slot);

/* noise: of DOREFA_GRADIENTS. */
int32_t clq_fake_element_code(const clq_fake_element *e, float x, float noise);
float clq_fake_element_value(const clq_fake_element *e, int32_t code, float x);
float clq_fake_element_gradient(const clq_fake_element *e, float x);

/* dy * d value / d parameter; `second`: of TTQ's negative scale. */
float clq_fake_element_parameter(const clq_fake_element *e, float x, float dy, int second);

/* 2^bits - 1; of WRPN_WEIGHTS 2^(bits - 1) - 1. */
int32_t clq_fake_levels(clqnn_fake_quant_scheme scheme, int32_t bits);

#endif
