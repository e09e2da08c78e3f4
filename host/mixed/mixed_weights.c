/* SPDX-License-Identifier: Apache-2.0 */
#include "mixed/mixed_weights.h"

#include <stdlib.h>

#include "core/checked.h"
#include "core/message.h"
#include "device/constant.h"
#include "device/context.h"
#include "gemm/gemm_family.h"
#include "gemm/gemm_planes.h"
#include "layout/plane_values.h"
#include "mixed/mixed_planes.h"

static int64_t stored_matrices(const clq_mixed_problem *problem, int dimension)
{
    return problem->b.batch_stride[dimension] ? problem->batch[dimension] : 1;
}

clqnn_status clq_mixed_weights_size(const clqnn_context *context, const clq_mixed_problem *problem, const clq_mixed_layout *layout, uint64_t *matrix_bytes,
                                    uint64_t *bytes)
{
    const int64_t matrices = stored_matrices(problem, 0) * stored_matrices(problem, 1);
    if (!layout->size(layout, &problem->form, matrix_bytes) || !clq_multiply(*matrix_bytes, (uint64_t)matrices, bytes) || *bytes > context->info.max_alloc_bytes) {
        return clq_fail(CLQNN_INVALID_SHAPE, "packed weights of k %lld x n %lld x %lld matrices are beyond the device's largest allocation of %llu bytes",
                        (long long)problem->k, (long long)problem->n, (long long)matrices, (unsigned long long)context->info.max_alloc_bytes);
    }
    return CLQNN_OK;
}

static clq_mixed_source source_of(const clq_mixed_problem *problem, int64_t outer, int64_t inner)
{
    const clq_gemm_matrix *b = &problem->b;
    const int64_t first = outer * b->batch_stride[0] + inner * b->batch_stride[1];
    return (clq_mixed_source){
        .data = (const unsigned char *)problem->desc->b_data + (size_t)first * clqnn_type_size(b->type),
        .k_stride = b->transposed ? 1 : b->leading_dimension,
        .n_stride = b->transposed ? b->leading_dimension : 1,
        .transposed = b->transposed,
        .groups = &problem->desc->groups,
    };
}

static clqnn_status pack_and_upload(clqnn_gemm_weights *weights, const clq_mixed_problem *problem, uint64_t bytes)
{
    unsigned char *staging = malloc(bytes ? (size_t)bytes : 1);
    if (!staging) return clq_fail(CLQNN_OUT_OF_MEMORY, "no host memory to pack weights of %llu bytes", (unsigned long long)bytes);
    clqnn_status status = CLQNN_OK;
    for (int64_t matrix = 0; matrix < weights->batch[0] * weights->batch[1] && status == CLQNN_OK; matrix++) {
        const int64_t outer = matrix / weights->batch[1], inner = matrix % weights->batch[1];
        unsigned char *to = staging + (uint64_t)matrix * weights->matrix_bytes;
        const clq_mixed_source source = source_of(problem, outer, inner);
        if (clq_gemm_b_is_planes(problem->desc)) status = clq_mixed_pack_planes(weights->mixed, problem, outer, inner, to);
        else status = weights->mixed->pack(weights->mixed, &weights->form, &source, to);
    }
    if (status == CLQNN_OK) status = clq_constant_create(weights->context, staging, bytes, "packed weights", &weights->packed);
    free(staging);
    return status;
}

clqnn_status clq_mixed_weights_create(clqnn_context *context, const clq_mixed_problem *problem, const clq_mixed_layout *layout, clqnn_gemm_weights **out)
{
    uint64_t matrix_bytes = 0, bytes = 0;
    CLQ_FORWARD(clq_mixed_weights_size(context, problem, layout, &matrix_bytes, &bytes));
    clqnn_gemm_weights *weights = calloc(1, sizeof *weights);
    if (!weights) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for weights of %lld columns", (long long)problem->n);
    *weights = (clqnn_gemm_weights){.context = clqnn_context_retain(context), .family = &clq_gemm_of_floats, .n = problem->n, .k = problem->k,
                                    .batch = {stored_matrices(problem, 0), stored_matrices(problem, 1)}, .matrix_bytes = matrix_bytes, .mixed = layout,
                                    .form = problem->form};
    weights->type = clq_gemm_b_is_planes(problem->desc) ? problem->desc->b.type : problem->form.type;
    atomic_init(&weights->references, 1);
    const clqnn_status status = pack_and_upload(weights, problem, bytes);
    if (status != CLQNN_OK) {
        clqnn_gemm_weights_release(weights);
        return status;
    }
    *out = weights;
    return CLQNN_OK;
}

/* One packed matrix as the caller gave it, dense. */
static clqnn_status unpack_matrix(const clqnn_gemm_weights *weights, const unsigned char *packed, void *dense)
{
    if (!clq_plane_count(weights->type)) {
        weights->mixed->unpack(weights->mixed, &weights->form, packed, dense);
        return CLQNN_OK;
    }
    int8_t *values = malloc((size_t)(weights->n * weights->k) + 1); /* there is room: packing has had as much */
    if (!values) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory to unpack weights of k %lld x n %lld", (long long)weights->k, (long long)weights->n);
    const clqnn_status status = clq_mixed_plane_values(weights->mixed, &weights->form, weights->type, packed, values);
    if (status == CLQNN_OK) clq_gemm_collect_planes(weights->type, values, weights->n, weights->k, dense);
    free(values);
    return status;
}

clqnn_status clq_mixed_weights_unpack(const clqnn_gemm_weights *weights, void *data, size_t capacity)
{
    const uint64_t matrices = (uint64_t)(weights->batch[0] * weights->batch[1]);
    const uint64_t elements = ((uint64_t)weights->n * (uint64_t)weights->k * clqnn_type_bits(weights->type) + 7) / 8;
    const uint64_t dense = clq_plane_count(weights->type) ? (uint64_t)weights->n * clq_plane_row_bytes(weights->type, weights->k) : elements;
    if (capacity < dense * matrices) {
        return clq_fail(CLQNN_BUFFER_TOO_SMALL, "capacity is %zu, the weights have %llu bytes", capacity, (unsigned long long)(dense * matrices));
    }
    unsigned char *bytes = NULL;
    CLQ_FORWARD(clq_constant_read(weights->context, weights->packed, clqnn_gemm_weights_size(weights), &bytes));
    clqnn_status status = CLQNN_OK;
    for (uint64_t i = 0; i < matrices && status == CLQNN_OK; i++) {
        status = unpack_matrix(weights, bytes + i * weights->matrix_bytes, (unsigned char *)data + i * dense);
    }
    free(bytes);
    return status;
}
