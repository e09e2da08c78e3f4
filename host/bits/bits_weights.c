/* SPDX-License-Identifier: Apache-2.0 */
#include "bits/bits_weights.h"

#include <stdlib.h>
#include <string.h>

#include "bits/bits_bound.h"
#include "bits/bits_product.h"
#include "core/checked.h"
#include "core/message.h"
#include "device/constant.h"
#include "device/context.h"
#include "gemm/gemm_family.h"

static clq_bit_shape shape_of(const clqnn_gemm_weights *weights)
{
    return (clq_bit_shape){.type = weights->type, .planes = (int32_t)clqnn_type_bits(weights->type), .n = weights->n, .k = weights->k};
}

clqnn_status clq_bits_weights_size(const clqnn_context *context, const clq_bits_problem *problem, const clq_bit_layout *layout, uint64_t *matrix_bytes, uint64_t *bytes)
{
    int64_t batch[2];
    clq_bits_stored_batches(problem, batch);
    const int64_t matrices = batch[0] * batch[1];
    if (!layout->size(layout, &problem->shape, matrix_bytes) || !clq_multiply(*matrix_bytes, (uint64_t)matrices, bytes) || *bytes > context->info.max_alloc_bytes) {
        return clq_fail(CLQNN_INVALID_SHAPE, "packed weights of k %lld x n %lld x %lld matrices are beyond the device's largest allocation of %llu bytes",
                        (long long)problem->k, (long long)problem->n, (long long)matrices, (unsigned long long)context->info.max_alloc_bytes);
    }
    return CLQNN_OK;
}

/* Everything but facts and bytes. */
static clqnn_status allocate(clqnn_context *context, const clq_bit_layout *layout, const clq_bit_shape *shape, const int64_t batch[2], uint64_t matrix_bytes,
                             clqnn_gemm_weights **out)
{
    clqnn_gemm_weights *weights = calloc(1, sizeof *weights);
    int32_t *zero_points = calloc(shape->n ? (size_t)shape->n : 1, sizeof *zero_points);
    if (!weights || !zero_points) {
        free(weights);
        free(zero_points);
        return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for weights of %lld columns", (long long)shape->n);
    }
    *weights = (clqnn_gemm_weights){.context = clqnn_context_retain(context), .family = &clq_gemm_of_bits, .type = shape->type, .n = shape->n, .k = shape->k,
                                    .batch = {batch[0], batch[1]}, .zero_points = zero_points, .matrix_bytes = matrix_bytes, .bits = layout};
    atomic_init(&weights->references, 1);
    *out = weights;
    return CLQNN_OK;
}

static clqnn_status pack_and_upload(clqnn_gemm_weights *weights, const clq_bits_problem *problem, uint64_t bytes)
{
    const clq_gemm_matrix *b = &problem->b;
    const int64_t planes = problem->shape.planes, row_words = b->leading_dimension / CLQ_WORD_VALUES * planes;
    unsigned char *staging = malloc(bytes ? (size_t)bytes : 1);
    if (!staging) return clq_fail(CLQNN_OUT_OF_MEMORY, "no host memory to pack weights of %llu bytes", (unsigned long long)bytes);
    for (int64_t matrix = 0; matrix < weights->batch[0] * weights->batch[1]; matrix++) {
        const int64_t first = matrix / weights->batch[1] * b->batch_stride[0] + matrix % weights->batch[1] * b->batch_stride[1];
        const unsigned char *rows = (const unsigned char *)problem->desc->b_data + first / 8 * planes;
        weights->bits->pack(weights->bits, &problem->shape, rows, row_words, staging + (uint64_t)matrix * weights->matrix_bytes);
    }
    const clqnn_status status = clq_constant_create(weights->context, staging, bytes, "packed weights", &weights->packed);
    free(staging);
    return status;
}

clqnn_status clq_bits_weights_create(clqnn_context *context, const clq_bits_problem *problem, const clq_bit_layout *layout, clqnn_gemm_weights **out)
{
    uint64_t matrix_bytes = 0, bytes = 0;
    int64_t batch[2];
    clqnn_gemm_weights *weights = NULL;
    CLQ_FORWARD(clq_bits_weights_size(context, problem, layout, &matrix_bytes, &bytes));
    clq_bits_stored_batches(problem, batch);
    CLQ_FORWARD(allocate(context, layout, &problem->shape, batch, matrix_bytes, &weights));
    for (int64_t i = 0; i < weights->n; i++) weights->zero_points[i] = clq_zero_point_at(&problem->desc->b.quantization, i);
    clqnn_status status = clq_bits_column_facts(problem, &weights->columns);
    if (status == CLQNN_OK) status = pack_and_upload(weights, problem, bytes);
    if (status != CLQNN_OK) {
        clqnn_gemm_weights_release(weights);
        return status;
    }
    *out = weights;
    return CLQNN_OK;
}

/* Checks one packed matrix and adds its facts, through its rows. */
static clqnn_status adopt_matrix(const clq_bits_matrices *packed, int64_t matrix, unsigned char *rows, clq_column_facts *facts)
{
    const clq_bit_shape *shape = &packed->shape;
    const unsigned char *bytes = packed->bytes + (uint64_t)matrix * packed->matrix_bytes;
    clq_bit_form form;
    if (!packed->layout->check(packed->layout, shape, bytes)) {
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights in layout %s have neutral bits that are not 0, in matrix %lld", packed->layout->name, (long long)matrix);
    }
    (void)clq_bit_form_of(shape->type, &form);
    packed->layout->unpack(packed->layout, shape, bytes, rows);
    const int64_t row_bytes = clq_bit_room(shape->k) / 8 * shape->planes;
    for (int64_t i = 0; i < shape->n; i++) clq_bits_add_facts(shape, &form, rows + i * row_bytes, packed->zero_points[i], &facts[i]);
    return CLQNN_OK;
}

static clqnn_status adopt_matrices(clqnn_gemm_weights *weights, const clq_bits_matrices *packed)
{
    const int64_t matrices = weights->batch[0] * weights->batch[1], n = weights->n;
    uint64_t count = 0;
    const bool fits = clq_multiply((uint64_t)matrices, (uint64_t)n, &count) && count <= SIZE_MAX / sizeof *weights->columns / 2;
    weights->columns = fits ? calloc(count ? (size_t)count : 1, sizeof *weights->columns) : NULL;
    unsigned char *rows = malloc((size_t)(n * (clq_bit_room(weights->k) / 8 * packed->shape.planes)) + 1);
    clqnn_status status = weights->columns && rows ? CLQNN_OK : clq_fail(CLQNN_OUT_OF_MEMORY, "no memory to check packed weights of k %lld x n %lld", (long long)weights->k, (long long)n);
    for (int64_t i = 0; status == CLQNN_OK && i < matrices; i++) status = adopt_matrix(packed, i, rows, weights->columns + i * n);
    free(rows);
    return status;
}

clqnn_status clq_bits_weights_adopt(clqnn_context *context, const clq_bits_matrices *packed, clqnn_gemm_weights **out)
{
    clqnn_gemm_weights *weights = NULL;
    CLQ_FORWARD(allocate(context, packed->layout, &packed->shape, packed->batch, packed->matrix_bytes, &weights));
    memcpy(weights->zero_points, packed->zero_points, (size_t)weights->n * sizeof *weights->zero_points);
    clqnn_status status = adopt_matrices(weights, packed);
    if (status == CLQNN_OK) status = clq_constant_create(context, packed->bytes, clqnn_gemm_weights_size(weights), "packed weights", &weights->packed);
    if (status != CLQNN_OK) {
        clqnn_gemm_weights_release(weights);
        return status;
    }
    *out = weights;
    return CLQNN_OK;
}

clqnn_status clq_bits_weights_unpack(const clqnn_gemm_weights *weights, void *data, size_t capacity)
{
    const clq_bit_shape shape = shape_of(weights);
    const uint64_t matrices = (uint64_t)(weights->batch[0] * weights->batch[1]);
    const uint64_t dense = (uint64_t)weights->n * (uint64_t)(clq_bit_room(weights->k) / 8 * shape.planes);
    if (capacity < dense * matrices) {
        return clq_fail(CLQNN_BUFFER_TOO_SMALL, "capacity is %zu, the weights have %llu bytes", capacity, (unsigned long long)(dense * matrices));
    }
    unsigned char *bytes = NULL;
    CLQ_FORWARD(clq_constant_read(weights->context, weights->packed, clqnn_gemm_weights_size(weights), &bytes));
    for (uint64_t i = 0; i < matrices; i++) weights->bits->unpack(weights->bits, &shape, bytes + i * weights->matrix_bytes, (unsigned char *)data + i * dense);
    free(bytes);
    return CLQNN_OK;
}
