/* SPDX-License-Identifier: Apache-2.0 */
#include "conv/conv_weights.h"

#include <stdlib.h>
#include <string.h>

#include "conv/conv_examine.h"
#include "conv/conv_family_calls.h"
#include "conv/conv_product.h"
#include "conv/conv_select.h"
#include "core/checked.h"
#include "core/message.h"
#include "device/constant.h"
#include "device/context.h"
#include "gemm/gemm_weights.h"
#include "layout/plane_values.h"

clq_conv_source clq_conv_source_of(const clqnn_conv_desc *desc)
{
    return (clq_conv_source){.type = desc->weight_type, .layout = desc->weight_layout, .transposed = desc->transposed};
}

int64_t clq_conv_source_index(const clq_conv_shape *shape, const clq_conv_source *source, int64_t o, int64_t tap, int64_t i)
{
    const int64_t taps = clq_conv_taps(shape), group = o / shape->group_out;
    if (source->layout == CLQNN_WEIGHTS_OHWI) return (o * taps + tap) * shape->group_in + i;
    if (!source->transposed) return (o * shape->group_in + i) * taps + tap;
    return ((group * shape->group_in + i) * shape->group_out + o - group * shape->group_out) * taps + tap;
}

bool clq_conv_source_is_planes(const clq_conv_source *source)
{
    return clq_plane_count(source->type) != 0;
}

static uint8_t source_flip(const clq_conv_source *source)
{
    return source->type == CLQNN_U8 ? 0x80 : 0;
}

/* `count` items of `size` bytes, never an empty block. */
static clqnn_status allocate_array(uint64_t count, size_t size, const char *what, void **array)
{
    uint64_t bytes = 0;
    const bool fits = clq_multiply(count, size, &bytes) && bytes <= SIZE_MAX / 2;
    *array = fits ? calloc(bytes ? (size_t)bytes : 1, 1) : NULL;
    return *array ? CLQNN_OK : clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for %s of %llu items", what, (unsigned long long)count);
}

/* All weights; below 2^62. */
static uint64_t weight_count(const clq_conv_shape *shape)
{
    return (uint64_t)clq_conv_out_channels(shape) * (uint64_t)(clq_conv_taps(shape) * shape->group_in);
}

uint64_t clq_conv_source_bytes(const clq_conv_shape *shape, const clq_conv_source *source)
{
    if (!clq_conv_source_is_planes(source)) return weight_count(shape) * clqnn_type_size(source->type);
    return (uint64_t)(clq_conv_out_channels(shape) * clq_conv_taps(shape)) * clq_plane_row_bytes(source->type, shape->group_in);
}

clqnn_status clq_conv_dense_weights(const clq_conv_shape *shape, const clq_conv_source *source, const void *data, int8_t **dense)
{
    const uint8_t *bytes = data, flip = source_flip(source);
    void *array = NULL;
    CLQ_FORWARD(allocate_array(weight_count(shape), 1, "weights", &array));
    int8_t *next = *dense = array;
    if (clq_conv_source_is_planes(source)) {
        clq_planes_expand(source->type, data, clq_conv_out_channels(shape) * clq_conv_taps(shape), shape->group_in, shape->group_in, next);
        return CLQNN_OK;
    }
    for (int64_t o = 0; o < clq_conv_out_channels(shape); o++) {
        for (int64_t tap = 0; tap < clq_conv_taps(shape); tap++) {
            for (int64_t i = 0; i < shape->group_in; i++) *next++ = (int8_t)(bytes[clq_conv_source_index(shape, source, o, tap, i)] ^ flip);
        }
    }
    return CLQNN_OK;
}

/* Facts of one output channel; sums of taps go to tap_sums[tap * out_channels + o]. */
static void add_channel(const clq_conv_shape *shape, const int8_t *weights, int32_t zero, int64_t o, clq_column_facts *facts, int32_t *tap_sums)
{
    for (int64_t tap = 0; tap < clq_conv_taps(shape); tap++) {
        int64_t sum = 0;
        for (int64_t i = 0; i < shape->group_in; i++) {
            const int32_t value = *weights++, centred = value - zero;
            sum += value;
            facts->positive += centred > 0 ? centred : 0;
            facts->negative += centred < 0 ? -centred : 0;
        }
        facts->sum += sum;
        tap_sums[tap * clq_conv_out_channels(shape) + o] = (int32_t)(uint32_t)(uint64_t)sum;
    }
}

clqnn_status clq_conv_weight_facts(const clq_conv_shape *shape, const clq_conv_source *source, const int8_t *dense, const int32_t *zero_points,
                                   clq_column_facts **channels, int32_t **tap_sums)
{
    const int64_t count = clq_conv_out_channels(shape), taps = clq_conv_taps(shape);
    void *facts = NULL, *sums = NULL;
    *channels = NULL, *tap_sums = NULL;
    CLQ_FORWARD(allocate_array((uint64_t)count, sizeof **channels, "sums of output channels", &facts));
    const clqnn_status status = allocate_array((uint64_t)count * (uint64_t)taps, sizeof **tap_sums, "sums of taps", &sums);
    if (status != CLQNN_OK) {
        free(facts);
        return status;
    }
    *channels = facts;
    *tap_sums = sums;
    const int32_t shift = source->type == CLQNN_U8 ? 128 : 0;
    for (int64_t o = 0; o < count; o++) add_channel(shape, dense + o * taps * shape->group_in, zero_points[o] - shift, o, &(*channels)[o], *tap_sums);
    return CLQNN_OK;
}

clqnn_status clq_conv_zero_points(const clq_conv_spec *spec, int32_t **zero_points)
{
    void *array = NULL;
    CLQ_FORWARD(allocate_array((uint64_t)spec->problem.out_channels, sizeof **zero_points, "zero points", &array));
    *zero_points = array;
    for (int64_t o = 0; o < spec->problem.out_channels; o++) (*zero_points)[o] = clq_zero_point_at(&spec->desc.weight_quantization, o);
    return CLQNN_OK;
}

/* A new object with shape and source; everything else is empty. */
static clqnn_status allocate(clqnn_context *context, const clq_conv_shape *shape, const clq_conv_source *source, clqnn_conv_weights **out)
{
    clqnn_conv_weights *weights = calloc(1, sizeof *weights);
    if (!weights) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for weights");
    weights->context = clqnn_context_retain(context);
    weights->shape = *shape;
    weights->source = *source;
    atomic_init(&weights->references, 1);
    *out = weights;
    return CLQNN_OK;
}

static clqnn_status check_size(const clqnn_context *context, const clq_conv_layout *layout, const clq_conv_shape *shape, uint64_t *bytes)
{
    if (clq_conv_layout_size(layout, shape, bytes) && *bytes <= context->info.max_alloc_bytes) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_SHAPE, "packed weights of %lld output channels with %lld products each are beyond the device's largest allocation of %llu bytes",
                    (long long)clq_conv_out_channels(shape), (long long)(clq_conv_taps(shape) * shape->group_in), (unsigned long long)context->info.max_alloc_bytes);
}

static clqnn_status pack_and_upload(clqnn_conv_weights *weights, const int8_t *dense)
{
    void *staging = NULL;
    CLQ_FORWARD(allocate_array(weights->bytes, 1, "packed weights", &staging));
    clq_conv_layout_pack(weights->layout, &weights->shape, dense, staging);
    const clqnn_status status = clq_constant_create(weights->context, staging, weights->bytes, "packed weights", &weights->packed);
    free(staging);
    return status;
}

static clqnn_status fill(clqnn_conv_weights *weights, const clq_conv_spec *spec, const clq_conv_layout *layout)
{
    int8_t *dense = NULL;
    weights->layout = layout;
    CLQ_FORWARD(check_size(weights->context, layout, &weights->shape, &weights->bytes));
    CLQ_FORWARD(clq_conv_zero_points(spec, &weights->zero_points));
    CLQ_FORWARD(clq_conv_dense_weights(&weights->shape, &weights->source, spec->desc.weight_data, &dense));
    clqnn_status status = clq_conv_weight_facts(&weights->shape, &weights->source, dense, weights->zero_points, &weights->channels, &weights->tap_sums);
    if (status == CLQNN_OK) status = pack_and_upload(weights, dense);
    free(dense);
    return status;
}

/* Hands over, or releases on failure. */
static clqnn_status finish(clqnn_status status, clqnn_conv_weights *weights, clqnn_conv_weights **out)
{
    if (status == CLQNN_OK) {
        *out = weights;
    } else {
        clqnn_conv_weights_release(weights);
    }
    return status;
}

clqnn_status clq_conv_weights_create(clqnn_context *context, const clq_conv_spec *spec, const clq_conv_layout *layout, clqnn_conv_weights **out)
{
    const clq_conv_source source = clq_conv_source_of(&spec->desc);
    clqnn_conv_weights *weights = NULL;
    CLQ_FORWARD(allocate(context, &spec->problem.weights, &source, &weights));
    return finish(fill(weights, spec, layout), weights, out);
}

clqnn_status clq_conv_weights_wrap(clqnn_context *context, const clq_conv_shape *shape, const clq_conv_source *source, clqnn_gemm_weights *product,
                                   const clq_conv_family *family, clqnn_conv_weights **out)
{
    clqnn_conv_weights *weights = NULL;
    clqnn_status status = allocate(context, shape, source, &weights);
    if (status != CLQNN_OK) {
        clqnn_gemm_weights_release(product);
        return status;
    }
    weights->product = product;
    weights->bytes = clqnn_gemm_weights_size(product);
    weights->family = family;
    if (family && !(product->zero_points && clq_is_quantized(product->type))) return finish(CLQNN_OK, weights, out); /* such types have none */
    void *zero_points = NULL;
    status = allocate_array((uint64_t)product->n, sizeof *weights->zero_points, "zero points", &zero_points);
    if (status == CLQNN_OK) weights->zero_points = memcpy(zero_points, product->zero_points, (size_t)product->n * sizeof *weights->zero_points);
    return finish(status, weights, out);
}

/* Checks packed bytes and takes their facts. */
static clqnn_status fill_from_bytes(clqnn_conv_weights *weights, const clq_conv_layout *layout, const int32_t *zero_points, const unsigned char *bytes)
{
    const int64_t count = clq_conv_out_channels(&weights->shape);
    void *zeros = NULL, *dense = NULL;
    weights->layout = layout;
    CLQ_FORWARD(check_size(weights->context, layout, &weights->shape, &weights->bytes));
    CLQ_FORWARD(allocate_array((uint64_t)count, sizeof *weights->zero_points, "zero points", &zeros));
    weights->zero_points = memcpy(zeros, zero_points, (size_t)count * sizeof *zero_points);
    CLQ_FORWARD(allocate_array(weight_count(&weights->shape), 1, "weights", &dense));
    clqnn_status status = CLQNN_OK;
    if (!clq_conv_layout_unpack(layout, &weights->shape, bytes, dense)) {
        status = clq_fail(CLQNN_CORRUPT_DATA, "packed weights in layout %s have padding that is not 0 or elements beyond 8 bits", layout->name);
    }
    const int8_t *values = dense;
    for (uint64_t i = 0; status == CLQNN_OK && i < weight_count(&weights->shape); i++) {
        if (clq_planes_hold(weights->source.type, values[i])) continue;
        status = clq_fail(CLQNN_CORRUPT_DATA, "packed weights of %s hold the value %d", clqnn_type_name(weights->source.type), (int)values[i]);
    }
    if (status == CLQNN_OK) status = clq_conv_weight_facts(&weights->shape, &weights->source, dense, weights->zero_points, &weights->channels, &weights->tap_sums);
    free(dense);
    return status == CLQNN_OK ? clq_constant_create(weights->context, bytes, weights->bytes, "packed weights", &weights->packed) : status;
}

clqnn_status clq_conv_weights_adopt(clqnn_context *context, const clq_conv_shape *shape, const clq_conv_source *source, const clq_conv_layout *layout,
                                    const int32_t *zero_points, const unsigned char *bytes, clqnn_conv_weights **out)
{
    clqnn_conv_weights *weights = NULL;
    CLQ_FORWARD(allocate(context, shape, source, &weights));
    return finish(fill_from_bytes(weights, layout, zero_points, bytes), weights, out);
}

clqnn_conv_weights *clqnn_conv_weights_retain(clqnn_conv_weights *weights)
{
    if (weights) atomic_fetch_add(&weights->references, 1);
    return weights;
}

void clqnn_conv_weights_release(clqnn_conv_weights *weights)
{
    if (!weights || atomic_fetch_sub(&weights->references, 1) != 1) return;
    if (weights->packed) clReleaseMemObject(weights->packed);
    clqnn_gemm_weights_release(weights->product);
    free(weights->channels);
    free(weights->tap_sums);
    free(weights->zero_points);
    clqnn_context_release(weights->context);
    free(weights);
}

const char *clqnn_conv_weights_layout(const clqnn_conv_weights *weights)
{
    if (!weights) return "";
    return weights->product ? clqnn_gemm_weights_layout(weights->product) : weights->layout->name;
}

uint64_t clqnn_conv_weights_size(const clqnn_conv_weights *weights)
{
    return weights ? weights->bytes : 0;
}

static clqnn_status pack_product(clqnn_context *context, const clq_conv_spec *spec, clqnn_conv_weights **weights)
{
    const clqnn_gemm_desc product = clq_conv_product_desc(spec);
    const clq_conv_source source = clq_conv_source_of(&spec->desc);
    clqnn_gemm_weights *packed = NULL;
    CLQ_FORWARD(clqnn_gemm_pack(context, &product, &packed));
    return clq_conv_weights_wrap(context, &spec->problem.weights, &source, packed, clq_conv_family_of(&spec->desc), weights);
}

clqnn_status clqnn_conv_pack(clqnn_context *context, const clqnn_conv_desc *desc, clqnn_conv_weights **weights)
{
    if (!weights) return clq_fail(CLQNN_INVALID_ARGUMENT, "weights is NULL");
    *weights = NULL;
    clq_conv_spec spec;
    CLQ_FORWARD(clq_conv_examine(context, desc, &spec));
    if (spec.desc.weights) return clq_fail(CLQNN_INVALID_ARGUMENT, "desc->weights is given: these weights are packed already");
    bool as_product = false;
    CLQ_FORWARD(clq_conv_planned_as_product(&spec, &as_product));
    if (as_product) return pack_product(context, &spec, weights);
    const clq_conv_family *family = clq_conv_family_of(&spec.desc);
    if (family) return clq_conv_family_pack(context, family, &spec, weights);
    const clq_conv_variant *variant = NULL;
    double seconds = 0;
    CLQ_FORWARD(clq_conv_choose(&spec, &context->capabilities, &variant, &seconds));
    return clq_conv_weights_create(context, &spec, variant->layout, weights);
}

/* Packed weights as s8 [o][tap][i], malloc'ed. */
static clqnn_status read_dense(const clqnn_conv_weights *weights, int8_t **dense)
{
    unsigned char *bytes = NULL;
    void *array = NULL;
    CLQ_FORWARD(clq_constant_read(weights->context, weights->packed, weights->bytes, &bytes));
    clqnn_status status = allocate_array(weight_count(&weights->shape), 1, "weights", &array);
    if (status == CLQNN_OK && !clq_conv_layout_unpack(weights->layout, &weights->shape, bytes, array)) {
        status = clq_fail(CLQNN_CORRUPT_DATA, "the device's copy of the packed weights is damaged");
    }
    free(bytes);
    *dense = array;
    if (status != CLQNN_OK) free(array);
    return status;
}

/* Rows of planes from dense values. */
static void collect_rows(const clqnn_conv_weights *weights, const int8_t *dense, uint8_t *data)
{
    const int64_t rows = clq_conv_out_channels(&weights->shape) * clq_conv_taps(&weights->shape), count = weights->shape.group_in;
    const uint64_t bytes = clq_plane_row_bytes(weights->source.type, count);
    for (int64_t row = 0; row < rows; row++) clq_planes_collect(weights->source.type, dense + row * count, 1, count, data + (uint64_t)row * bytes);
}

/* The GEMM unpacks to [i][o] in the data's own type; a single tap makes every host layout [o][i]. */
static clqnn_status unpack_product(const clqnn_conv_weights *weights, uint8_t *data)
{
    const int64_t n = weights->product->n, k = weights->product->k;
    void *array = NULL;
    CLQ_FORWARD(allocate_array(weight_count(&weights->shape), 1, "weights", &array));
    const uint8_t *columns = array;
    const clqnn_status status = clqnn_gemm_weights_unpack(weights->product, array, (size_t)(n * k));
    for (int64_t o = 0; status == CLQNN_OK && o < n; o++) {
        for (int64_t i = 0; i < k; i++) data[o * k + i] = columns[i * n + o];
    }
    free(array);
    return status;
}

clqnn_status clqnn_conv_weights_unpack(const clqnn_conv_weights *weights, void *data, size_t capacity)
{
    if (!weights || !data) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", weights ? "data" : "weights");
    const clq_conv_shape *shape = &weights->shape;
    if (weights->family) return weights->family->unpack(weights, data, capacity);
    const bool planes = clq_conv_source_is_planes(&weights->source);
    const uint64_t bytes = clq_conv_source_bytes(shape, &weights->source);
    if (capacity < bytes) return clq_fail(CLQNN_BUFFER_TOO_SMALL, "capacity is %zu, the weights have %llu bytes", capacity, (unsigned long long)bytes);
    if (weights->product) return planes ? clqnn_gemm_weights_unpack(weights->product, data, (size_t)bytes) : unpack_product(weights, data);
    int8_t *dense = NULL;
    CLQ_FORWARD(read_dense(weights, &dense));
    if (planes) {
        collect_rows(weights, dense, data);
        free(dense);
        return CLQNN_OK;
    }
    const int8_t *next = dense;
    for (int64_t o = 0; o < clq_conv_out_channels(shape); o++) {
        for (int64_t tap = 0; tap < clq_conv_taps(shape); tap++) {
            for (int64_t i = 0; i < shape->group_in; i++) {
                ((uint8_t *)data)[clq_conv_source_index(shape, &weights->source, o, tap, i)] = (uint8_t)((uint8_t)*next++ ^ source_flip(&weights->source));
            }
        }
    }
    free(dense);
    return CLQNN_OK;
}
