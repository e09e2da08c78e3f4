/* SPDX-License-Identifier: Apache-2.0 */
/* Constant weights of convolutions of floats: matrices as a product of floats has them, behind clqnn_conv_weights. */
#ifndef CLQ_CONV_MIXED_WEIGHTS_H
#define CLQ_CONV_MIXED_WEIGHTS_H

#include "mixed/conv_mixed_problem.h"

/* The calls of conv/conv_family.h; problems are clq_conv_mixed_problem, variants clq_conv_mixed_variant. */
clqnn_status clq_conv_mixed_weights_create(clqnn_context *context, const void *problem, const clq_op_variant *variant, clqnn_conv_weights **weights);

/* Refuses what the device cannot allocate. */
clqnn_status clq_conv_mixed_weights_describe(const clqnn_context *context, const void *problem, const clq_op_variant *variant, clqnn_conv_info *info);

clqnn_status clq_conv_mixed_weights_unpack(const clqnn_conv_weights *weights, void *data, size_t capacity);

clqnn_status clq_conv_mixed_weights_adopt(clqnn_context *context, const clq_conv_packed *packed, clqnn_conv_weights **weights);

#endif
