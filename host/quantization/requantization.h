/* SPDX-License-Identifier: Apache-2.0 */
/* From an accumulator to an output: the part of a descriptor that matrix products and convolutions have in common. */
#ifndef CLQ_REQUANTIZATION_H
#define CLQ_REQUANTIZATION_H

#include "quantization/quantization.h"

/* Names are those of the descriptor's fields, for messages. Pointers are the caller's. */
typedef struct clq_requantization {
    const char *left_name, *right_name, *out_name;   /* "a", "b", "c" */
    const char *channels_name;                       /* "n" */
    int64_t channels;
    clqnn_quantization left, right, out;
    clqnn_type out_type;
    const void *bias;
    clqnn_type bias_type;
    clqnn_rounding rounding;
    const int32_t *multipliers, *shifts;
    int64_t fixed_count;
    int32_t has_clamp;
    float clamp_min, clamp_max;
} clq_requantization;

/* The rounding rule with its multipliers and shifts. */
clqnn_status clq_check_fixed(const clq_requantization *rules);

/* left * right and (left * right) / out must stay within float's normal range, so that every device computes the same multiplier. */
clqnn_status clq_check_multipliers(const clq_requantization *rules);

clqnn_status clq_check_bias(const clq_requantization *rules);

/* The range of a quantized output, clamp included. */
clqnn_status clq_resolve_clamp(const clq_requantization *rules, int32_t *low, int32_t *high);

/* The multiplier of a channel as kernels take it: float bits, of left * right and for a quantized output divided by out, or a Q31 multiplier. */
int32_t clq_multiplier_bits(const clq_requantization *rules, int64_t channel);

/* The shift of a Q31 multiplier, else 0. */
int32_t clq_multiplier_shift(const clq_requantization *rules, int64_t channel);

int32_t clq_float_bits(float value);

#endif
