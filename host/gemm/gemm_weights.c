/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_weights.h"

#include <stdlib.h>
#include <string.h>

#include "core/checked.h"
#include "core/message.h"
#include "device/constant.h"
#include "device/context.h"
#include "gemm/gemm_examine.h"
#include "gemm/gemm_family.h"
#include "gemm/gemm_planes.h"
#include "gemm/gemm_select.h"
#include "layout/plane_values.h"

/* Room for the values of one matrix of bit planes; NULL for a b of bytes, which is read in place. */
static clqnn_status allocate_values(const clq_gemm_spec *spec, int8_t **values)
{
    uint64_t bytes = 0;
    *values = NULL;
    if (!clq_gemm_b_is_planes(&spec->desc)) return CLQNN_OK;
    const bool fits = clq_multiply((uint64_t)spec->problem.n, (uint64_t)spec->problem.k, &bytes) && bytes < SIZE_MAX / 2;
    *values = fits ? malloc((size_t)bytes + 1) : NULL;
    return *values ? CLQNN_OK : clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for the values of k %lld x n %lld weights", (long long)spec->problem.k, (long long)spec->problem.n);
}

/* One stored matrix of the caller's b. */
static clq_matrix_view view_of(const clq_gemm_spec *spec, int64_t outer, int64_t inner, int8_t *values)
{
    const clq_gemm_matrix *b = &spec->problem.b;
    const uint8_t *data = spec->desc.b_data;
    if (values) {
        clq_gemm_expand_planes(&spec->desc, b, outer, inner, values);
        return (clq_matrix_view){.data = (const uint8_t *)values, .n = spec->problem.n, .k = spec->problem.k, .k_stride = 1, .n_stride = spec->problem.k};
    }
    return (clq_matrix_view){
        .data = data + outer * b->batch_stride[0] + inner * b->batch_stride[1],
        .n = spec->problem.n,
        .k = spec->problem.k,
        .k_stride = b->transposed ? 1 : b->leading_dimension,
        .n_stride = b->transposed ? b->leading_dimension : 1,
        .flip = b->type == CLQNN_U8 ? 0x80 : 0,
    };
}

static void stored_batches(const clq_gemm_spec *spec, int64_t batch[2])
{
    for (int i = 0; i < 2; i++) batch[i] = spec->problem.b.batch_stride[i] ? spec->problem.batch[i] : 1;
}

/* Adds row k of the view to the facts. `zero` is zb on the s8 side. */
static void add_row(const clq_matrix_view *view, int64_t k, const int32_t *zero, clq_column_facts *facts)
{
    for (int64_t n = 0; n < view->n; n++) {
        const int32_t value = (int8_t)(view->data[k * view->k_stride + n * view->n_stride] ^ view->flip);
        const int32_t centred = value - zero[n];
        facts[n].sum += value;
        facts[n].positive += centred > 0 ? centred : 0;
        facts[n].negative += centred < 0 ? -centred : 0;
    }
}

static clqnn_status allocate_facts(uint64_t matrices, int64_t n, clq_column_facts **columns)
{
    uint64_t count = 0;
    const bool fits = clq_multiply(matrices, (uint64_t)n, &count) && count <= SIZE_MAX / sizeof **columns / 2;
    *columns = fits ? calloc(count ? (size_t)count : 1, sizeof **columns) : NULL;
    return *columns ? CLQNN_OK : clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for the sums of %lld weight columns", (long long)n);
}

clqnn_status clq_gemm_column_facts(const clq_gemm_spec *spec, clq_column_facts **columns)
{
    int64_t batch[2];
    stored_batches(spec, batch);
    const int64_t n = spec->problem.n;
    const int32_t shift = spec->problem.b.type == CLQNN_U8 ? 128 : 0;
    CLQ_FORWARD(allocate_facts((uint64_t)(batch[0] * batch[1]), n, columns));
    int32_t *zero = calloc(n ? (size_t)n : 1, sizeof *zero);
    int8_t *values = NULL;
    clqnn_status status = zero ? allocate_values(spec, &values) : clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for %lld zero points", (long long)n);
    if (status != CLQNN_OK) {
        free(zero);
        free(*columns);
        *columns = NULL;
        return status;
    }
    for (int64_t i = 0; i < n; i++) zero[i] = clq_zero_point_at(&spec->desc.b.quantization, i) - shift;
    for (int64_t matrix = 0; matrix < batch[0] * batch[1]; matrix++) {
        const clq_matrix_view view = view_of(spec, matrix / batch[1], matrix % batch[1], values);
        for (int64_t k = 0; k < view.k; k++) add_row(&view, k, zero, *columns + matrix * n);
    }
    free(values);
    free(zero);
    return CLQNN_OK;
}

static clqnn_status pack_and_upload(clqnn_gemm_weights *weights, const clq_gemm_spec *spec)
{
    const int64_t matrices = weights->batch[0] * weights->batch[1];
    const uint64_t bytes = weights->matrix_bytes * (uint64_t)matrices;
    int8_t *values = NULL;
    CLQ_FORWARD(allocate_values(spec, &values));
    unsigned char *staging = malloc(bytes ? (size_t)bytes : 1);
    if (!staging) {
        free(values);
        return clq_fail(CLQNN_OUT_OF_MEMORY, "no host memory to pack weights of %llu bytes", (unsigned long long)bytes);
    }
    for (int64_t matrix = 0; matrix < matrices; matrix++) {
        const clq_matrix_view view = view_of(spec, matrix / weights->batch[1], matrix % weights->batch[1], values);
        clq_layout_pack(weights->layout, &view, staging + (uint64_t)matrix * weights->matrix_bytes);
    }
    free(values);
    const clqnn_status status = clq_constant_create(weights->context, staging, bytes, "packed weights", &weights->packed);
    free(staging);
    return status;
}

static clqnn_status check_size(const clqnn_context *context, const clq_layout *layout, int64_t n, int64_t k, int64_t matrices, uint64_t *matrix_bytes)
{
    uint64_t total = 0;
    if (!clq_layout_size(layout, n, k, matrix_bytes) || !clq_multiply(*matrix_bytes, (uint64_t)matrices, &total) || total > context->info.max_alloc_bytes) {
        return clq_fail(CLQNN_INVALID_SHAPE, "packed weights of k %lld x n %lld x %lld matrices are beyond the device's largest allocation of %llu bytes", (long long)k,
                        (long long)n, (long long)matrices, (unsigned long long)context->info.max_alloc_bytes);
    }
    return CLQNN_OK;
}

/* A new object with everything but facts and bytes. */
static clqnn_status allocate(clqnn_context *context, const clq_layout *layout, clqnn_type type, int64_t n, int64_t k, const int64_t batch[2],
                             clqnn_gemm_weights **out)
{
    uint64_t matrix_bytes = 0;
    CLQ_FORWARD(check_size(context, layout, n, k, batch[0] * batch[1], &matrix_bytes));
    clqnn_gemm_weights *weights = calloc(1, sizeof *weights);
    int32_t *zero_points = calloc(n ? (size_t)n : 1, sizeof *zero_points);
    if (!weights || !zero_points) {
        free(weights);
        free(zero_points);
        return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for weights of %lld columns", (long long)n);
    }
    *weights = (clqnn_gemm_weights){.context = clqnn_context_retain(context), .layout = layout, .type = type, .n = n, .k = k, .batch = {batch[0], batch[1]},
                                    .zero_points = zero_points, .matrix_bytes = matrix_bytes};
    atomic_init(&weights->references, 1);
    *out = weights;
    return CLQNN_OK;
}

clqnn_status clq_gemm_weights_create(clqnn_context *context, const clq_gemm_spec *spec, const clq_layout *layout, clqnn_gemm_weights **out)
{
    int64_t batch[2];
    clqnn_gemm_weights *weights = NULL;
    stored_batches(spec, batch);
    CLQ_FORWARD(allocate(context, layout, spec->problem.b.type, spec->problem.n, spec->problem.k, batch, &weights));
    for (int64_t i = 0; i < weights->n; i++) weights->zero_points[i] = clq_zero_point_at(&spec->desc.b.quantization, i);
    clqnn_status status = clq_gemm_column_facts(spec, &weights->columns);
    if (status == CLQNN_OK) status = pack_and_upload(weights, spec);
    if (status != CLQNN_OK) {
        clqnn_gemm_weights_release(weights);
        return status;
    }
    *out = weights;
    return CLQNN_OK;
}

/* Checks one packed matrix and adds its facts, through its dense form. */
static clqnn_status adopt_matrix(const clq_packed_matrices *packed, const unsigned char *bytes, uint8_t *dense, const int32_t *zero, clq_column_facts *facts)
{
    if (!clq_layout_check(packed->layout, bytes, packed->n, packed->k)) {
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights in layout %s have padding that is not 0 or elements beyond 8 bits", packed->layout->name);
    }
    clq_layout_unpack(packed->layout, bytes, packed->n, packed->k, 0, dense);
    for (int64_t i = 0; i < packed->n * packed->k; i++) {
        if (clq_planes_hold(packed->type, (int8_t)dense[i])) continue;
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights of %s hold the value %d", clqnn_type_name(packed->type), (int)(int8_t)dense[i]);
    }
    const clq_matrix_view view = {.data = dense, .n = packed->n, .k = packed->k, .k_stride = packed->n, .n_stride = 1};
    for (int64_t k = 0; k < packed->k; k++) add_row(&view, k, zero, facts);
    return CLQNN_OK;
}

static clqnn_status adopt_matrices(clqnn_gemm_weights *weights, const clq_packed_matrices *packed)
{
    const int64_t matrices = weights->batch[0] * weights->batch[1];
    const int32_t shift = weights->type == CLQNN_U8 ? 128 : 0;
    CLQ_FORWARD(allocate_facts((uint64_t)matrices, weights->n, &weights->columns));
    uint8_t *dense = malloc((size_t)(weights->n * weights->k) + 1);
    int32_t *zero = calloc(weights->n ? (size_t)weights->n : 1, sizeof *zero);
    clqnn_status status = dense && zero ? CLQNN_OK : clq_fail(CLQNN_OUT_OF_MEMORY, "no memory to check packed weights of k %lld x n %lld", (long long)weights->k, (long long)weights->n);
    for (int64_t i = 0; status == CLQNN_OK && i < weights->n; i++) zero[i] = packed->zero_points[i] - shift;
    for (int64_t i = 0; status == CLQNN_OK && i < matrices; i++) {
        status = adopt_matrix(packed, packed->bytes + (uint64_t)i * weights->matrix_bytes, dense, zero, weights->columns + i * weights->n);
    }
    free(zero);
    free(dense);
    return status;
}

clqnn_status clq_gemm_weights_adopt(clqnn_context *context, const clq_packed_matrices *packed, clqnn_gemm_weights **out)
{
    clqnn_gemm_weights *weights = NULL;
    CLQ_FORWARD(allocate(context, packed->layout, packed->type, packed->n, packed->k, packed->batch, &weights));
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

clqnn_gemm_weights *clqnn_gemm_weights_retain(clqnn_gemm_weights *weights)
{
    if (weights) atomic_fetch_add(&weights->references, 1);
    return weights;
}

void clqnn_gemm_weights_release(clqnn_gemm_weights *weights)
{
    if (!weights || atomic_fetch_sub(&weights->references, 1) != 1) return;
    if (weights->packed) clReleaseMemObject(weights->packed);
    free(weights->columns);
    free(weights->zero_points);
    clqnn_context_release(weights->context);
    free(weights);
}

const char *clqnn_gemm_weights_layout(const clqnn_gemm_weights *weights)
{
    return !weights ? "" : weights->family ? weights->family->layout_name(weights) : weights->layout->name;
}

uint64_t clqnn_gemm_weights_size(const clqnn_gemm_weights *weights)
{
    return weights ? weights->matrix_bytes * (uint64_t)(weights->batch[0] * weights->batch[1]) : 0;
}

clqnn_status clqnn_gemm_pack(clqnn_context *context, const clqnn_gemm_desc *desc, clqnn_gemm_weights **weights)
{
    if (!weights) return clq_fail(CLQNN_INVALID_ARGUMENT, "weights is NULL");
    *weights = NULL;
    clqnn_gemm_desc full;
    clq_gemm_spec spec;
    CLQ_FORWARD(clq_gemm_copy_desc(desc, &full));
    const clq_gemm_family *family = clq_gemm_family_of(&full);
    if (family) return family->pack(context, &full, weights);
    CLQ_FORWARD(clq_gemm_examine(context, desc, &spec));
    if (spec.desc.weights) return clq_fail(CLQNN_INVALID_ARGUMENT, "desc->weights is given: these weights are packed already");
    if (!spec.desc.b_data) return clq_fail(CLQNN_INVALID_ARGUMENT, "desc->b_data is NULL: there is nothing to pack");
    const clq_gemm_variant *variant = NULL;
    double seconds = 0;
    CLQ_FORWARD(clq_gemm_choose(&spec, NULL, &context->capabilities, &variant, &seconds));
    return clq_gemm_weights_create(context, &spec, variant->b_layout, weights);
}

/* ---- Reading back ---- */

clqnn_status clqnn_gemm_weights_unpack(const clqnn_gemm_weights *weights, void *data, size_t capacity)
{
    if (!weights || !data) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", weights ? "data" : "weights");
    if (weights->family) return weights->family->unpack(weights, data, capacity);
    const bool planes = clq_plane_count(weights->type) != 0;
    const uint64_t values = (uint64_t)weights->n * (uint64_t)weights->k, matrices = (uint64_t)(weights->batch[0] * weights->batch[1]);
    const uint64_t matrix = planes ? (uint64_t)weights->n * clq_plane_row_bytes(weights->type, weights->k) : values;
    if (capacity < matrix * matrices) {
        return clq_fail(CLQNN_BUFFER_TOO_SMALL, "capacity is %zu, the weights have %llu bytes", capacity, (unsigned long long)(matrix * matrices));
    }
    unsigned char *bytes = NULL;
    CLQ_FORWARD(clq_constant_read(weights->context, weights->packed, clqnn_gemm_weights_size(weights), &bytes));
    uint8_t *dense = planes ? malloc((size_t)values + 1) : NULL; /* there is room: packing has had as much */
    if (planes && !dense) {
        free(bytes);
        return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory to unpack weights of k %lld x n %lld", (long long)weights->k, (long long)weights->n);
    }
    for (uint64_t i = 0; i < matrices; i++) {
        uint8_t *to = (uint8_t *)data + i * matrix;
        clq_layout_unpack(weights->layout, bytes + i * weights->matrix_bytes, weights->n, weights->k, weights->type == CLQNN_U8 ? 0x80 : 0, planes ? dense : to);
        if (planes) clq_gemm_collect_planes(weights->type, (const int8_t *)dense, weights->n, weights->k, to);
    }
    free(dense);
    free(bytes);
    return CLQNN_OK;
}
