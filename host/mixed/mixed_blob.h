/* SPDX-License-Identifier: Apache-2.0 */
/* Serialised weights of products of floats. */
#ifndef CLQ_MIXED_BLOB_H
#define CLQ_MIXED_BLOB_H

#include <stdbool.h>

#include "gemm/gemm_weights.h"

/* Whether bytes start as such a blob does. */
bool clq_mixed_blob_is_meant(const void *data, size_t size);

/* clqnn_gemm_weights_serialize and clqnn_gemm_weights_deserialize of them; pointers are checked before. */
clqnn_status clq_mixed_serialize(const clqnn_gemm_weights *weights, void *data, size_t capacity, size_t *size);
clqnn_status clq_mixed_deserialize(clqnn_context *context, const void *data, size_t size, clqnn_gemm_weights **weights);

#endif
