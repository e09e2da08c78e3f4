/* SPDX-License-Identifier: Apache-2.0 */
/* The operators of clqnn/train_layers.h as plain scalar C: on host memory, arrays in the order of the operator's inputs and outputs. A descriptor must be one that the
 * library accepts; `variant` is not read. CLQNN_OUT_OF_MEMORY where host memory is short. Library: libclqnn_reference. No OpenCL. */
#ifndef CLQNN_REFERENCE_TRAIN_LAYERS_H
#define CLQNN_REFERENCE_TRAIN_LAYERS_H

#include "clqnn/train_layers.h"

#ifdef __cplusplus
extern "C" {
#endif

CLQNN_API clqnn_status clqnn_reference_train_pool(const clqnn_train_pool_desc *desc, const void *const *inputs, void *const *outputs);
CLQNN_API clqnn_status clqnn_reference_batch_norm(const clqnn_batch_norm_desc *desc, const float *const *inputs, float *const *outputs);
CLQNN_API clqnn_status clqnn_reference_clamp(const clqnn_clamp_desc *desc, const float *const *inputs, float *output);
CLQNN_API clqnn_status clqnn_reference_column_sums(const clqnn_column_sums_desc *desc, const float *x, float *y);

/* loss and counts are read where the descriptor accumulates; dx is written where it has a gradient. */
CLQNN_API clqnn_status clqnn_reference_cross_entropy(const clqnn_cross_entropy_desc *desc, const float *x, const int32_t *labels, float *loss, int32_t counts[2], float *dx);

/* The exponential of t, 0 or less, and the natural logarithm of s, 1 or more, of the cross-entropy. */
CLQNN_API float clqnn_reference_entropy_exp(float t);
CLQNN_API float clqnn_reference_entropy_log(float s);

#ifdef __cplusplus
}
#endif
#endif
