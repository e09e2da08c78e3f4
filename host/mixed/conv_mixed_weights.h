/* SPDX-License-Identifier: Apache-2.0 */
/* Constant weights of convolutions of floats: matrices as a product of floats has them, behind clqnn_conv_weights. */
#ifndef CLQ_CONV_MIXED_WEIGHTS_H
#define CLQ_CONV_MIXED_WEIGHTS_H

#include "conv/conv_weights.h"
#include "mixed/conv_mixed_problem.h"

/* Packs the descriptor's weight_data in this layout. */
clqnn_status clq_conv_mixed_weights_create(clqnn_context *context, const clq_conv_mixed_problem *problem, const clq_mixed_layout *layout,
                                           clqnn_conv_weights **weights);

/* Bytes of all packed matrices; refuses what the device cannot allocate. */
clqnn_status clq_conv_mixed_weights_size(const clqnn_context *context, const clq_conv_mixed_problem *problem, const clq_mixed_layout *layout, uint64_t *bytes);

/* clqnn_conv_weights_unpack of such weights. */
clqnn_status clq_conv_mixed_weights_unpack(const clqnn_conv_weights *weights, void *data, size_t capacity);

/* Weights from the `bytes` packed bytes of a blob. CLQNN_CORRUPT_DATA where they are not what packing writes. */
clqnn_status clq_conv_mixed_weights_adopt(clqnn_context *context, const clq_conv_shape *shape, const clq_conv_source *source, const clq_mixed_layout *layout,
                                          const unsigned char *packed, uint64_t bytes, clqnn_conv_weights **weights);

#endif
