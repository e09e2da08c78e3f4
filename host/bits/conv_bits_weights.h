/* SPDX-License-Identifier: Apache-2.0 */
/* Constant weights of convolutions of bits, behind clqnn_conv_weights: one matrix of a product of bits, a column an output channel of whichever group, whose
 * k runs over the taps, each of whole words: (taps - 1) * room + group_in values, the last of a tap's words neutral. With one tap it is that of the product
 * that the convolution then is. Beside it what is known of each output channel: `channels`, and `tap_sums` of q; with one tap they may be the product's. */
#ifndef CLQ_CONV_BITS_WEIGHTS_H
#define CLQ_CONV_BITS_WEIGHTS_H

#include "bits/conv_bits_problem.h"

/* The calls of conv/conv_family.h; problems are clq_conv_bits_problem, variants clq_conv_bits_variant. */
clqnn_status clq_conv_bits_weights_create(clqnn_context *context, const void *problem, const clq_op_variant *variant, clqnn_conv_weights **weights);
clqnn_status clq_conv_bits_weights_describe(const clqnn_context *context, const void *problem, const clq_op_variant *variant, clqnn_conv_info *info);
clqnn_status clq_conv_bits_weights_unpack(const clqnn_conv_weights *weights, void *data, size_t capacity);
clqnn_status clq_conv_bits_weights_adopt(clqnn_context *context, const clq_conv_packed *packed, clqnn_conv_weights **weights);
clqnn_status clq_conv_bits_prove(const clq_conv_spec *spec, int64_t *bound);

clq_bit_shape clq_conv_bits_shape_of(const clq_conv_shape *shape, clqnn_type type);

/* Words of a tap of one output channel. */
int64_t clq_conv_bits_tap_words(const clq_conv_shape *shape, int32_t planes);

/* What is known of an output channel of packed weights, of all taps or of one. */
const clq_column_facts *clq_conv_bits_channel(const clqnn_conv_weights *weights, int64_t o);
int32_t clq_conv_bits_tap_sum(const clqnn_conv_weights *weights, int64_t tap, int64_t o);

#endif
