/* SPDX-License-Identifier: Apache-2.0 */
/* What packed weights of products of floats mean, as binary32 numbers. */
#include <stdlib.h>

#include "core/checked.h"
#include "core/message.h"
#include "device/constant.h"
#include "gemm/gemm_weights.h"
#include "layout/widened_float.h"

static clqnn_status widen_matrix(const clqnn_gemm_weights *weights, const unsigned char *packed, float *w)
{
    const int64_t count = weights->n * weights->k;
    unsigned char *dense = malloc((size_t)count * clqnn_type_size(weights->form.type) + 1);
    if (!dense) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory to unpack weights of k %lld x n %lld", (long long)weights->k, (long long)weights->n);
    weights->mixed->unpack(weights->mixed, &weights->form, packed, dense);
    for (int64_t i = 0; i < count; i++) w[i] = clq_widened_float(dense, weights->form.type, i);
    free(dense);
    return CLQNN_OK;
}

clqnn_status clqnn_gemm_weights_dequantize(const clqnn_gemm_weights *weights, float *w, size_t capacity)
{
    if (!weights || !w) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", weights ? "w" : "weights");
    if (!weights->mixed) return clq_fail(CLQNN_UNSUPPORTED, "weights of products of integers have no scales of their own");
    const clq_mixed_layout *layout = weights->mixed;
    if (layout->grouped && !layout->dequantize) return clq_fail(CLQNN_UNSUPPORTED, "weights in layout %s cannot be dequantized", layout->name);
    const uint64_t matrices = (uint64_t)(weights->batch[0] * weights->batch[1]);
    uint64_t count = 0, bytes = 0;
    const bool fits = clq_multiply((uint64_t)weights->n * (uint64_t)weights->k, matrices, &count) && clq_multiply(count, sizeof *w, &bytes);
    if (!fits || capacity < bytes) return clq_fail(CLQNN_BUFFER_TOO_SMALL, "capacity is %zu, the weights have %llu bytes as floats", capacity, (unsigned long long)bytes);
    unsigned char *packed = NULL;
    CLQ_FORWARD(clq_constant_read(weights->context, weights->packed, clqnn_gemm_weights_size(weights), &packed));
    clqnn_status status = CLQNN_OK;
    for (uint64_t i = 0; i < matrices && status == CLQNN_OK; i++) {
        const unsigned char *matrix = packed + i * weights->matrix_bytes;
        float *to = w + i * (uint64_t)weights->n * (uint64_t)weights->k;
        if (layout->grouped) layout->dequantize(layout, &weights->form, matrix, to);
        else status = widen_matrix(weights, matrix, to);
    }
    free(packed);
    return status;
}
