/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of an accumulator of bits: the fields that GEMM's and convolution's descriptors have in common, checked. Names are those of the fields. */
#ifndef CLQ_BITS_RULES_H
#define CLQ_BITS_RULES_H

#include "quantization/requantization.h"

typedef struct clq_bits_rules {
    clq_requantization requantization;
    const int32_t *thresholds, *directions;
    int64_t threshold_count;
    int32_t has_row_scales;
    clqnn_type residual_type;
} clq_bits_rules;

/* The output's type, and everything that this type can't have; the range of a quantized output, clamp included. */
clqnn_status clq_bits_check_rules(const clq_bits_rules *rules, int32_t *low, int32_t *high);

/* A type of bit planes; with a quantization only where it may have one: scales and zero points of `channels` or 1, zero points of pu and ps alone. */
clqnn_status clq_bits_check_operand(const char *name, clqnn_type type, const clqnn_quantization *quantization, int64_t channels);

#endif
