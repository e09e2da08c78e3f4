/* SPDX-License-Identifier: Apache-2.0 */
/* Packed weights of products of bits. */
#ifndef CLQ_BITS_WEIGHTS_H
#define CLQ_BITS_WEIGHTS_H

#include "bits/bits_problem.h"

/* Packs the problem's b_data in this layout and learns its columns' facts. */
clqnn_status clq_bits_weights_create(clqnn_context *context, const clq_bits_problem *problem, const clq_bit_layout *layout, clqnn_gemm_weights **weights);

/* Bytes of one packed matrix and of all. CLQNN_INVALID_SHAPE where they fit no allocation of the device. */
clqnn_status clq_bits_weights_size(const clqnn_context *context, const clq_bits_problem *problem, const clq_bit_layout *layout, uint64_t *matrix_bytes, uint64_t *bytes);

/* Matrices that are packed already, as a blob holds them. */
typedef struct clq_bits_matrices {
    const clq_bit_layout *layout;
    clq_bit_shape shape;
    int64_t batch[2];
    const int32_t *zero_points;   /* n */
    uint64_t matrix_bytes;
    const unsigned char *bytes;
} clq_bits_matrices;

/* Weights from packed bytes. CLQNN_CORRUPT_DATA if they are not such as packing writes. */
clqnn_status clq_bits_weights_adopt(clqnn_context *context, const clq_bits_matrices *packed, clqnn_gemm_weights **weights);

/* What clqnn_gemm_weights_unpack gives: rows of each matrix as clqnn/bits.h has them, dense. */
clqnn_status clq_bits_weights_unpack(const clqnn_gemm_weights *weights, void *data, size_t capacity);

/* Serialised weights. */
bool clq_bits_blob_is_meant(const void *data, size_t size);
clqnn_status clq_bits_serialize(const clqnn_gemm_weights *weights, void *data, size_t capacity, size_t *size);
clqnn_status clq_bits_deserialize(clqnn_context *context, const void *data, size_t size, clqnn_gemm_weights **weights);

#endif
