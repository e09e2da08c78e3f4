/* SPDX-License-Identifier: Apache-2.0 */
#include "mixed/conv_mixed_weights.h"

#include <stdlib.h>
#include <string.h>

#include "core/checked.h"
#include "core/message.h"
#include "device/constant.h"
#include "device/context.h"
#include "gemm/gemm_family.h"
#include "layout/plane_values.h"
#include "mixed/mixed_planes.h"
#include "mixed/mixed_weights.h"

/* What the packing of a product's b is told. */
typedef struct as_product {
    clqnn_gemm_desc desc;
    clq_mixed_problem problem;
} as_product;

/* `dense` holds the weights as [output channel][tap][input channel]. */
static void describe(const clq_conv_mixed_problem *problem, const void *dense, as_product *product)
{
    const int64_t n = problem->form.n, k = problem->form.k;
    *product = (as_product){.desc = {.b_data = dense},
                            .problem = {.n = n, .k = k, .batch = {1, problem->matrices}, .form = problem->form,
                                        .b = {.type = problem->form.type, .transposed = true, .leading_dimension = k,
                                              .batch_stride = {0, problem->matrices > 1 ? n * k : 0}}}};
    product->problem.desc = &product->desc;
}

clqnn_status clq_conv_mixed_weights_describe(const clqnn_context *context, const void *problem, const clq_op_variant *variant, clqnn_conv_info *info)
{
    const clq_mixed_layout *layout = ((const clq_conv_mixed_variant *)variant)->layout;
    as_product product;
    uint64_t matrix = 0;
    describe(problem, NULL, &product);
    info->layout = layout->name;
    return clq_mixed_weights_size(context, &product.problem, layout, &matrix, &info->packed_bytes);
}

/* Elements of all weights; below 2^62. */
static uint64_t element_count(const clq_conv_shape *shape)
{
    return (uint64_t)clq_conv_out_channels(shape) * (uint64_t)(clq_conv_taps(shape) * shape->group_in);
}

static clqnn_status allocate(const clq_conv_shape *shape, clqnn_type type, unsigned char **array)
{
    uint64_t bytes = 0;
    const bool fits = clq_multiply(element_count(shape), clqnn_type_size(type), &bytes) && bytes <= SIZE_MAX / 2;
    *array = fits ? malloc((size_t)bytes) : NULL;
    return *array ? CLQNN_OK : clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for %llu weights", (unsigned long long)element_count(shape));
}

/* Between a caller's array and [output channel][tap][input channel]. */
static void copy_weights(const clq_conv_shape *shape, const clq_conv_source *source, const unsigned char *from, bool from_caller, unsigned char *to)
{
    const size_t size = clqnn_type_size(source->type);
    size_t dense = 0;
    for (int64_t o = 0; o < clq_conv_out_channels(shape); o++) {
        for (int64_t tap = 0; tap < clq_conv_taps(shape); tap++) {
            for (int64_t i = 0; i < shape->group_in; i++, dense++) {
                const size_t own = (size_t)clq_conv_source_index(shape, source, o, tap, i);
                memcpy(to + (from_caller ? dense : own) * size, from + (from_caller ? own : dense) * size, size);
            }
        }
    }
}

/* Planes as bf16. */
static clqnn_status copy_planes(const clq_conv_shape *shape, const clq_conv_source *source, const void *planes, unsigned char *to)
{
    int8_t *values = NULL;
    CLQ_FORWARD(clq_conv_dense_weights(shape, source, planes, &values));
    for (uint64_t i = 0; i < element_count(shape); i++) {
        const uint16_t value = clq_plane_value_bf16(values[i]);
        memcpy(to + i * sizeof value, &value, sizeof value);
    }
    free(values);
    return CLQNN_OK;
}

clqnn_status clq_conv_mixed_weights_create(clqnn_context *context, const void *given, const clq_op_variant *variant, clqnn_conv_weights **weights)
{
    const clq_conv_mixed_problem *problem = given;
    const clq_mixed_layout *layout = ((const clq_conv_mixed_variant *)variant)->layout;
    const clq_conv_shape *shape = &problem->conv.weights;
    const clq_conv_source source = clq_conv_source_of(&problem->spec->desc);
    unsigned char *dense = NULL;
    as_product product;
    clqnn_gemm_weights *packed = NULL;
    CLQ_FORWARD(allocate(shape, problem->form.type, &dense));
    clqnn_status status = CLQNN_OK;
    if (clq_conv_source_is_planes(&source)) status = copy_planes(shape, &source, problem->spec->desc.weight_data, dense);
    else copy_weights(shape, &source, problem->spec->desc.weight_data, true, dense);
    describe(problem, dense, &product);
    if (status == CLQNN_OK) status = clq_mixed_weights_create(context, &product.problem, layout, &packed);
    free(dense);
    if (status != CLQNN_OK) return status;
    packed->type = source.type;
    return clq_conv_weights_wrap(context, shape, &source, packed, &clq_conv_of_floats, weights);
}

/* Matrices unpack to [k][n] each; `columns` to [output channel][k]. */
static void turn_matrices(const clqnn_gemm_weights *product, const unsigned char *columns, unsigned char *rows)
{
    const size_t size = clqnn_type_size(product->type), n = (size_t)product->n, k = (size_t)product->k;
    for (size_t matrix = 0; matrix < (size_t)product->batch[1]; matrix++) {
        for (size_t o = 0; o < n; o++) {
            for (size_t i = 0; i < k; i++) memcpy(rows + ((matrix * n + o) * k + i) * size, columns + ((matrix * k + i) * n + o) * size, size);
        }
    }
}

/* Rows of planes of one matrix's output channels. */
static void collect_rows(const clqnn_conv_weights *weights, const int8_t *values, int64_t matrix, unsigned char *data)
{
    const clqnn_gemm_weights *product = weights->product;
    const int64_t taps = clq_conv_taps(&weights->shape), group_in = weights->shape.group_in;
    const uint64_t bytes = clq_plane_row_bytes(product->type, group_in);
    for (int64_t o = 0; o < product->n; o++) {
        for (int64_t tap = 0; tap < taps; tap++) {
            clq_planes_collect(product->type, values + tap * group_in * product->n + o, product->n, group_in, data + (uint64_t)((matrix * product->n + o) * taps + tap) * bytes);
        }
    }
}

static clqnn_status unpack_planes(const clqnn_conv_weights *weights, void *data)
{
    const clqnn_gemm_weights *product = weights->product;
    unsigned char *packed = NULL;
    CLQ_FORWARD(clq_constant_read(weights->context, product->packed, weights->bytes, &packed));
    int8_t *values = malloc((size_t)(product->n * product->k) + 1); /* there is room: packing has had as much */
    clqnn_status status = values ? CLQNN_OK : clq_fail(CLQNN_OUT_OF_MEMORY, "no memory to unpack %lld weights", (long long)(product->n * product->k));
    for (int64_t matrix = 0; matrix < product->batch[1] && status == CLQNN_OK; matrix++) {
        status = clq_mixed_plane_values(product->mixed, &product->form, product->type, packed + (uint64_t)matrix * product->matrix_bytes, values);
        if (status == CLQNN_OK) collect_rows(weights, values, matrix, data);
    }
    free(values);
    free(packed);
    return status;
}

clqnn_status clq_conv_mixed_weights_unpack(const clqnn_conv_weights *weights, void *data, size_t capacity)
{
    const clq_conv_shape *shape = &weights->shape;
    const uint64_t bytes = clq_conv_source_bytes(shape, &weights->source); /* fits: it is in memory */
    unsigned char *columns = NULL, *rows = NULL;
    if (capacity < bytes) return clq_fail(CLQNN_BUFFER_TOO_SMALL, "capacity is %zu, the weights have %llu bytes", capacity, (unsigned long long)bytes);
    if (clq_conv_source_is_planes(&weights->source)) return unpack_planes(weights, data);
    CLQ_FORWARD(allocate(shape, weights->source.type, &columns));
    clqnn_status status = allocate(shape, weights->source.type, &rows);
    if (status == CLQNN_OK) status = clqnn_gemm_weights_unpack(weights->product, columns, (size_t)bytes);
    if (status == CLQNN_OK) {
        turn_matrices(weights->product, columns, rows);
        copy_weights(shape, &weights->source, rows, false, data);
    }
    free(columns);
    free(rows);
    return status;
}

/* Whether every element is a value of its type; others than planes hold any. */
static clqnn_status check_values(const clqnn_gemm_weights *fields, const unsigned char *matrix)
{
    if (!clq_plane_count(fields->type)) return CLQNN_OK;
    int8_t *values = malloc((size_t)(fields->n * fields->k) + 1);
    if (!values) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory to check %lld packed weights", (long long)(fields->n * fields->k));
    const clqnn_status status = clq_mixed_plane_values(fields->mixed, &fields->form, fields->type, matrix, values);
    free(values);
    return status;
}

static clqnn_status check_packed(const clqnn_gemm_weights *fields, const unsigned char *packed, uint64_t bytes)
{
    uint64_t matrix = 0, total = 0;
    const bool fits = fields->mixed->size(fields->mixed, &fields->form, &matrix) && clq_multiply(matrix, (uint64_t)fields->batch[1], &total);
    if (!fits || total != bytes) {
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights of %lld matrices of %lld x %lld in layout %s do not fill %llu bytes", (long long)fields->batch[1],
                        (long long)fields->k, (long long)fields->n, fields->mixed->name, (unsigned long long)bytes);
    }
    for (int64_t i = 0; i < fields->batch[1]; i++) {
        if (fields->mixed->check(fields->mixed, &fields->form, packed + (uint64_t)i * matrix)) {
            CLQ_FORWARD(check_values(fields, packed + (uint64_t)i * matrix));
            continue;
        }
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights in layout %s have padding that is not 0, in matrix %lld", fields->mixed->name, (long long)i);
    }
    return CLQNN_OK;
}

static bool is_float(clqnn_type type)
{
    return type == CLQNN_F32 || type == CLQNN_F16 || type == CLQNN_BF16 || type == CLQNN_F8E4M3 || type == CLQNN_F8E5M2;
}

clqnn_status clq_conv_mixed_weights_adopt(clqnn_context *context, const clq_conv_packed *packed, clqnn_conv_weights **weights)
{
    const clq_conv_shape *shape = &packed->shape;
    const clq_conv_source *source = &packed->source;
    const clq_mixed_layout *layout = clq_mixed_layout_find(packed->layout);
    const uint64_t bytes = packed->byte_count;
    if (!is_float(source->type) && !clq_conv_source_is_planes(source)) {
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have layout '%s', which this library does not know for element type %u", layout->name,
                        (unsigned)source->type);
    }
    const clq_conv_spec spec = {.desc = {.weight_type = source->type}, .problem = {.weights = *shape, .out_channels = clq_conv_out_channels(shape)}};
    const clq_conv_call call = {&spec, NULL};
    const clq_conv_mixed_problem problem = clq_conv_mixed_problem_of(&call);
    clqnn_gemm_weights fields = {.family = &clq_gemm_of_floats, .type = source->type, .n = problem.form.n, .k = problem.form.k, .batch = {1, problem.matrices}, .mixed = layout,
                                 .form = problem.form};
    const bool one_tap = clq_conv_taps(shape) == 1 && shape->groups == 1 && !source->transposed;
    if (layout->grouped && clq_conv_source_is_planes(source) && one_tap) fields.form = clq_mixed_planes_form(fields.n, fields.k); /* packed for a product */
    const char *reason = layout->grouped != (fields.form.group != 0) ? "it is of another kind" : layout->refuses(layout, &fields.form);
    if (reason) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have layout '%s', which does not hold them: %s", layout->name, reason);
    CLQ_FORWARD(check_packed(&fields, packed->bytes, bytes));
    if (bytes > context->info.max_alloc_bytes) {
        return clq_fail(CLQNN_INVALID_SHAPE, "packed weights of %llu bytes are beyond the device's largest allocation of %llu", (unsigned long long)bytes,
                        (unsigned long long)context->info.max_alloc_bytes);
    }
    clqnn_gemm_weights *product = calloc(1, sizeof *product);
    if (!product) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for weights of %lld columns", (long long)fields.n);
    fields.matrix_bytes = bytes / (uint64_t)fields.batch[1];
    fields.context = clqnn_context_retain(context);
    *product = fields;
    atomic_init(&product->references, 1);
    const clqnn_status status = clq_constant_create(context, packed->bytes, bytes, "packed weights", &product->packed);
    if (status != CLQNN_OK) {
        clqnn_gemm_weights_release(product);
        return status;
    }
    return clq_conv_weights_wrap(context, shape, source, product, &clq_conv_of_floats, weights);
}
