/* SPDX-License-Identifier: Apache-2.0 */
#include "bits/conv_bits_weights.h"

#include <stdlib.h>
#include <string.h>

#include "bits/bits_bound.h"
#include "bits/bits_product.h"
#include "bits/bits_weights.h"
#include "core/checked.h"
#include "core/message.h"
#include "device/context.h"
#include "layout/blob.h"

clq_bit_shape clq_conv_bits_shape_of(const clq_conv_shape *shape, clqnn_type type)
{
    const int64_t k = (clq_conv_taps(shape) - 1) * clq_bit_room(shape->group_in) + shape->group_in;
    return (clq_bit_shape){.type = type, .planes = (int32_t)clqnn_type_bits(type), .n = clq_conv_out_channels(shape), .k = k};
}

int64_t clq_conv_bits_tap_words(const clq_conv_shape *shape, int32_t planes)
{
    return clq_bit_groups(shape->group_in) * planes;
}

const clq_column_facts *clq_conv_bits_channel(const clqnn_conv_weights *weights, int64_t o)
{
    return weights->channels ? &weights->channels[o] : &weights->product->columns[o];
}

int32_t clq_conv_bits_tap_sum(const clqnn_conv_weights *weights, int64_t tap, int64_t o)
{
    if (!weights->tap_sums) return (int32_t)weights->product->columns[o].sum; /* the only tap's; below 2^31 * 2^8 only in proofs that fail */
    return weights->tap_sums[tap * clq_conv_out_channels(&weights->shape) + o];
}

static clqnn_status allocate(uint64_t count, size_t size, const char *what, void **array)
{
    uint64_t bytes = 0;
    const bool fits = clq_multiply(count, size, &bytes) && bytes <= SIZE_MAX / 2;
    *array = fits ? calloc(bytes ? (size_t)bytes : 1, 1) : NULL;
    return *array ? CLQNN_OK : clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for %s of %llu items", what, (unsigned long long)count);
}

/* Words of all weights as the caller has them. */
static uint64_t word_count(const clq_conv_shape *shape, int32_t planes)
{
    return (uint64_t)clq_conv_out_channels(shape) * (uint64_t)clq_conv_taps(shape) * (uint64_t)clq_conv_bits_tap_words(shape, planes);
}

/* One tap of one output channel. */
static clq_bit_shape tap_shape(const clq_conv_shape *shape, clqnn_type type)
{
    return (clq_bit_shape){.type = type, .planes = (int32_t)clqnn_type_bits(type), .n = 1, .k = shape->group_in};
}

/* The caller's rows with neutral bits of 0 in every tap. */
static void copy_clean(const clq_conv_shape *shape, clqnn_type type, const void *data, uint32_t *rows)
{
    const clq_bit_shape tap = tap_shape(shape, type);
    const int64_t words = clq_conv_bits_tap_words(shape, tap.planes), taps = clq_conv_out_channels(shape) * clq_conv_taps(shape);
    for (int64_t i = 0; i < taps; i++) {
        const unsigned char *from = (const unsigned char *)data + (size_t)(i * words) * sizeof *rows;
        for (int64_t word = 0; word < words; word++) *rows++ = clq_bit_word(&tap, from, word / tap.planes, (int32_t)(word % tap.planes));
    }
}

/* What is known of all output channels and taps; malloc'ed. */
typedef struct channel_facts {
    clq_column_facts *channels;
    int32_t *tap_sums;
} channel_facts;

static clqnn_status find_facts(const clq_conv_shape *shape, clqnn_type type, const void *rows, const clqnn_quantization *quantization, channel_facts *facts)
{
    const clq_bit_shape one = tap_shape(shape, type);
    const int64_t n = clq_conv_out_channels(shape), taps = clq_conv_taps(shape), words = clq_conv_bits_tap_words(shape, one.planes);
    clq_bit_form form;
    void *channels = NULL, *sums = NULL;
    (void)clq_bit_form_of(type, &form);
    CLQ_FORWARD(allocate((uint64_t)n, sizeof *facts->channels, "sums of output channels", &channels));
    const clqnn_status status = allocate((uint64_t)n * (uint64_t)taps, sizeof *facts->tap_sums, "sums of taps", &sums);
    if (status != CLQNN_OK) {
        free(channels);
        return status;
    }
    *facts = (channel_facts){channels, sums};
    for (int64_t i = 0; i < n * taps; i++) {
        const int64_t o = i / taps, tap = i % taps;
        clq_column_facts *channel = &facts->channels[o], here = {0};
        clq_bits_add_facts(&one, &form, (const unsigned char *)rows + (size_t)(i * words) * sizeof(uint32_t), clq_zero_point_at(quantization, o), &here);
        channel->sum += here.sum;
        channel->positive += here.positive;
        channel->negative += here.negative;
        facts->tap_sums[tap * n + o] = (int32_t)(uint32_t)(uint64_t)here.sum;
    }
    return CLQNN_OK;
}

static clqnn_status check_size(const clqnn_context *context, const clq_bit_shape *shape, const clq_bit_layout *layout, uint64_t *bytes)
{
    if (layout->size(layout, shape, bytes) && *bytes <= context->info.max_alloc_bytes) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_SHAPE, "packed weights of %lld output channels with %lld values each are beyond the device's largest allocation of %llu bytes",
                    (long long)shape->n, (long long)shape->k, (unsigned long long)context->info.max_alloc_bytes);
}

/* The matrix of a product of bits. */
static clqnn_status create_matrix(clqnn_context *context, const clq_bit_shape *shape, const clq_bit_layout *layout, const clqnn_quantization *quantization,
                                  const uint32_t *rows, clqnn_gemm_weights **product)
{
    clq_bits_matrices packed = {.layout = layout, .shape = *shape, .batch = {1, 1}};
    void *zero_points = NULL, *bytes = NULL;
    CLQ_FORWARD(check_size(context, shape, layout, &packed.matrix_bytes));
    clqnn_status status = allocate((uint64_t)shape->n, sizeof(int32_t), "zero points", &zero_points);
    if (status == CLQNN_OK) status = allocate(packed.matrix_bytes, 1, "packed weights", &bytes);
    if (status == CLQNN_OK) {
        for (int64_t o = 0; o < shape->n; o++) ((int32_t *)zero_points)[o] = clq_zero_point_at(quantization, o);
        layout->pack(layout, shape, rows, clq_bit_groups(shape->k) * shape->planes, bytes);
        packed.zero_points = zero_points;
        packed.bytes = bytes;
        status = clq_bits_weights_adopt(context, &packed, product);
    }
    free(zero_points);
    free(bytes);
    return status;
}

/* From clean rows on the host to weights. */
static clqnn_status create_from_rows(clqnn_context *context, const clq_conv_shape *shape, const clq_conv_source *source, const clq_bit_layout *layout,
                                     const clqnn_quantization *quantization, const uint32_t *rows, clqnn_conv_weights **weights)
{
    const clq_bit_shape matrix = clq_conv_bits_shape_of(shape, source->type);
    channel_facts facts = {0};
    clqnn_gemm_weights *product = NULL;
    CLQ_FORWARD(find_facts(shape, source->type, rows, quantization, &facts));
    clqnn_status status = create_matrix(context, &matrix, layout, quantization, rows, &product);
    if (status == CLQNN_OK) status = clq_conv_weights_wrap(context, shape, source, product, &clq_conv_of_bits, weights);
    if (status != CLQNN_OK) {
        free(facts.channels);
        free(facts.tap_sums);
        return status;
    }
    (*weights)->channels = facts.channels;
    (*weights)->tap_sums = facts.tap_sums;
    return CLQNN_OK;
}

clqnn_status clq_conv_bits_weights_create(clqnn_context *context, const void *given, const clq_op_variant *variant, clqnn_conv_weights **weights)
{
    const clq_conv_bits_problem *problem = given;
    const clqnn_conv_desc *desc = &problem->spec->desc;
    const clq_conv_shape *shape = &problem->conv.weights;
    const clq_conv_source source = clq_conv_source_of(desc);
    void *rows = NULL;
    CLQ_FORWARD(allocate(word_count(shape, problem->shape.planes), sizeof(uint32_t), "words of weights", &rows));
    copy_clean(shape, source.type, desc->weight_data, rows);
    const clqnn_status status = create_from_rows(context, shape, &source, ((const clq_conv_bits_variant *)variant)->layout, &desc->weight_quantization, rows, weights);
    free(rows);
    return status;
}

clqnn_status clq_conv_bits_weights_describe(const clqnn_context *context, const void *given, const clq_op_variant *variant, clqnn_conv_info *info)
{
    const clq_conv_bits_problem *problem = given;
    const clq_bit_layout *layout = ((const clq_conv_bits_variant *)variant)->layout;
    info->layout = layout->name;
    return check_size(context, &problem->shape, layout, &info->packed_bytes);
}

clqnn_status clq_conv_bits_weights_unpack(const clqnn_conv_weights *weights, void *data, size_t capacity)
{
    return clqnn_gemm_weights_unpack(weights->product, data, capacity); /* its columns are the rows that were packed */
}

/* |acc| of every output channel, whatever x is. */
static clqnn_status check_bound(const clq_conv_spec *spec, const clqnn_conv_weights *weights, const clq_column_facts *channels, int64_t *bound)
{
    const clqnn_conv_desc *desc = &spec->desc;
    const int32_t *bias = desc->bias && desc->bias_type == CLQNN_S32 ? desc->bias : NULL;
    clq_bit_form x;
    (void)clq_bit_form_of(desc->x.type, &x);
    const clq_range range = clq_bits_range(&x, &desc->x.quantization);
    int64_t worst = 0;
    *bound = 0;
    for (int64_t o = 0; o < spec->problem.out_channels; o++) {
        const int64_t here = clq_column_bound(range, channels ? &channels[o] : clq_conv_bits_channel(weights, o), bias ? bias[o] : 0);
        if (here <= *bound) continue;
        *bound = here;
        worst = o;
    }
    if (*bound <= INT32_MAX) return CLQNN_OK;
    return clq_fail(CLQNN_OVERFLOW, "with these weights |accumulator| of output channel %lld, a sum of %lld products, can reach %lld, beyond 2147483647", (long long)worst,
                    (long long)(clq_conv_taps(&spec->problem.weights) * spec->problem.weights.group_in), (long long)*bound);
}

clqnn_status clq_conv_bits_prove(const clq_conv_spec *spec, int64_t *bound)
{
    const clqnn_conv_desc *desc = &spec->desc;
    channel_facts facts = {0};
    if (desc->weights) return check_bound(spec, desc->weights, NULL, bound);
    CLQ_FORWARD(find_facts(&spec->problem.weights, desc->weight_type, desc->weight_data, &desc->weight_quantization, &facts));
    const clqnn_status status = check_bound(spec, NULL, facts.channels, bound);
    free(facts.channels);
    free(facts.tap_sums);
    return status;
}

/* Whether rows are such as copy_clean makes: each tap's neutral bits are 0. */
static bool is_clean(const clq_conv_shape *shape, clqnn_type type, const uint32_t *rows)
{
    const clq_bit_shape tap = tap_shape(shape, type);
    const int64_t words = clq_conv_bits_tap_words(shape, tap.planes), taps = clq_conv_out_channels(shape) * clq_conv_taps(shape);
    for (int64_t i = 0; i < taps; i++, rows += words) {
        for (int64_t word = 0; word < words; word++) {
            if (rows[word] != clq_bit_word(&tap, rows, word / tap.planes, (int32_t)(word % tap.planes))) return false;
        }
    }
    return true;
}

/* The rows that packed bytes hold; malloc'ed. */
static clqnn_status unpack_checked(const clq_conv_packed *packed, const clq_bit_layout *layout, const unsigned char *bytes, uint64_t size, uint32_t **rows)
{
    const clq_bit_shape shape = clq_conv_bits_shape_of(&packed->shape, packed->source.type);
    uint64_t wanted = 0;
    void *array = NULL;
    if (!layout->size(layout, &shape, &wanted) || wanted != size) {
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights of %lld output channels in layout %s do not fill %llu bytes", (long long)shape.n, layout->name,
                        (unsigned long long)size);
    }
    CLQ_FORWARD(allocate(word_count(&packed->shape, shape.planes), sizeof(uint32_t), "words of weights", &array));
    *rows = array;
    if (layout->check(layout, &shape, bytes)) {
        layout->unpack(layout, &shape, bytes, array);
        if (is_clean(&packed->shape, packed->source.type, array)) return CLQNN_OK;
    }
    free(array);
    return clq_fail(CLQNN_CORRUPT_DATA, "packed weights in layout %s have padding that is not 0", layout->name);
}

/* A blob of pu and ps begins with the zero points. */
static clqnn_status read_zero_points(const clq_conv_packed *packed, int32_t **zero_points, uint64_t *bytes)
{
    const int64_t channels = clq_conv_out_channels(&packed->shape);
    const int32_t low = clq_type_low(packed->source.type), high = clq_type_high(packed->source.type);
    *bytes = 0;
    if (!clq_is_plane_integer(packed->source.type)) return CLQNN_OK;
    *bytes = (uint64_t)channels * sizeof **zero_points;
    if (packed->byte_count < *bytes) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have no room for %lld zero points", (long long)channels);
    void *array = NULL;
    CLQ_FORWARD(allocate((uint64_t)channels, sizeof **zero_points, "zero points", &array));
    *zero_points = memcpy(array, packed->bytes, (size_t)*bytes);
    for (int64_t o = 0; o < channels; o++) {
        const int32_t zero = (*zero_points)[o];
        if (zero >= low && zero <= high) continue;
        free(array);
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have a zero point of %d, which is none of %s", (int)zero, clqnn_type_name(packed->source.type));
    }
    return CLQNN_OK;
}

clqnn_status clq_conv_bits_weights_adopt(clqnn_context *context, const clq_conv_packed *packed, clqnn_conv_weights **weights)
{
    const clq_bit_layout *layout = clq_bit_layout_find(packed->layout);
    int32_t *zero_points = NULL;
    uint32_t *rows = NULL;
    uint64_t zero_bytes = 0;
    if (!clq_is_bits(packed->source.type)) {
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have layout '%s', which this library does not know for element type %u", layout->name,
                        (unsigned)packed->source.type);
    }
    if (packed->source.layout != CLQNN_WEIGHTS_OHWI) {
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights of %s have weight layout %d", clqnn_type_name(packed->source.type), (int)packed->source.layout);
    }
    CLQ_FORWARD(read_zero_points(packed, &zero_points, &zero_bytes));
    clqnn_status status = unpack_checked(packed, layout, packed->bytes + zero_bytes, packed->byte_count - zero_bytes, &rows);
    if (status == CLQNN_OK) {
        const int64_t count = zero_points ? clq_conv_out_channels(&packed->shape) : 0;
        const clqnn_quantization quantization = {.zero_points = zero_points, .zero_point_count = count};
        status = create_from_rows(context, &packed->shape, &packed->source, layout, &quantization, rows, weights);
        free(rows);
    }
    free(zero_points);
    return status;
}
