/* SPDX-License-Identifier: Apache-2.0 */
/* Serialised weights of a convolution: header, zero points (out_channels x s32; of integers), packed bytes; little-endian. */
#include <stdlib.h>
#include <string.h>

#include "conv/conv_family.h"
#include "core/checked.h"
#include "core/message.h"
#include "device/constant.h"
#include "gemm/gemm_weights.h"
#include "layout/blob.h"
#include "layout/plane_values.h"

#define BLOB_MAGIC UINT64_C(0x315457434e514c43)   /* "CLQNCWT1" */
#define BLOB_VERSION 1u

typedef struct blob_header {
    clq_blob_mark mark;
    int64_t groups, group_out, group_in;
    int64_t kernel[3];
    uint32_t weight_layout, transposed;
    char layout[24];                    /* of the packed bytes: the convolutions', or the GEMM's where there is one tap and one group */
    clq_blob_seal seal;
} blob_header;

_Static_assert(sizeof(blob_header) == 16 + 6 * 8 + 8 + 24 + 16, "no padding in a header");

static cl_mem packed_memory(const clqnn_conv_weights *weights)
{
    return weights->product ? weights->product->packed : weights->packed;
}

clqnn_status clqnn_conv_weights_serialize(const clqnn_conv_weights *weights, void *data, size_t capacity, size_t *size)
{
    if (!weights || !size) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", weights ? "size" : "weights");
    const clq_conv_shape *shape = &weights->shape;
    const size_t zero_bytes = weights->zero_points ? (size_t)clq_conv_out_channels(shape) * sizeof(int32_t) : 0, packed_bytes = (size_t)weights->bytes;
    blob_header header = {
        .mark = {BLOB_MAGIC, BLOB_VERSION, (uint32_t)weights->source.type},
        .groups = shape->groups,
        .group_out = shape->group_out,
        .group_in = shape->group_in,
        .kernel = {shape->kernel[0], shape->kernel[1], shape->kernel[2]},
        .weight_layout = (uint32_t)weights->source.layout,
        .transposed = weights->source.transposed,
        .seal = {.payload_bytes = zero_bytes + packed_bytes},
    };
    const char *name = clqnn_conv_weights_layout(weights);
    memcpy(header.layout, name, strlen(name));
    *size = sizeof header + (size_t)header.seal.payload_bytes;
    if (!data) return CLQNN_OK;
    if (capacity < *size) return clq_fail(CLQNN_BUFFER_TOO_SMALL, "capacity is %zu, the blob has %zu bytes", capacity, *size);
    unsigned char *packed = NULL;
    CLQ_FORWARD(clq_constant_read(weights->context, packed_memory(weights), packed_bytes, &packed));
    unsigned char *payload = (unsigned char *)data + sizeof header;
    if (zero_bytes) memcpy(payload, weights->zero_points, zero_bytes);
    memcpy(payload + zero_bytes, packed, packed_bytes);
    free(packed);
    clq_blob_close(&header, sizeof header, payload);
    memcpy(data, &header, sizeof header);
    return CLQNN_OK;
}

/* Each within 1 .. 2^31-1, and so are their products. */
static clqnn_status check_shape(const blob_header *header)
{
    const int64_t fields[] = {header->groups, header->group_out, header->group_in, header->kernel[0], header->kernel[1], header->kernel[2]};
    int64_t channels = 1, products = 1;
    for (size_t i = 0; i < 6; i++) {
        int64_t *total = i < 2 ? &channels : &products;
        if (fields[i] < 1 || fields[i] > INT32_MAX / *total) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have a dimension of %lld", (long long)fields[i]);
        *total *= fields[i];
    }
    const bool planes = clq_plane_count((clqnn_type)header->mark.type) != 0;
    if (header->weight_layout > (planes ? CLQNN_WEIGHTS_OHWI : CLQNN_WEIGHTS_OIHW) || header->transposed > 1) {
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have weight layout %u, transposed %u", header->weight_layout, header->transposed);
    }
    return CLQNN_OK;
}

/* What a header announces. */
typedef struct blob_content {
    clq_conv_shape shape;
    clq_conv_source source;
    const clq_conv_layout *layout;        /* or */
    const clq_layout *product_layout;     /* or */
    const clq_conv_family *family;
    char layout_name[sizeof ((blob_header *)0)->layout + 1];
} blob_content;

static clqnn_status resolve_content(const blob_header *header, blob_content *content)
{
    CLQ_FORWARD(check_shape(header));
    const char *name = content->layout_name;
    *content = (blob_content){
        .shape = {header->groups, header->group_out, header->group_in, {header->kernel[0], header->kernel[1], header->kernel[2]}},
        .source = {(clqnn_type)header->mark.type, (clqnn_weight_layout)header->weight_layout, header->transposed == 1},
    };
    memcpy(content->layout_name, header->layout, sizeof header->layout);
    content->family = clq_conv_family_of_layout(name);
    if (content->family) return CLQNN_OK;
    content->layout = clq_conv_layout_find(name);
    content->product_layout = clq_layout_find(name);
    const bool one_tap = clq_conv_taps(&content->shape) == 1 && header->groups == 1 && !content->source.transposed;
    if (!content->layout && (!content->product_layout || !one_tap)) {
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have layout '%s', which this library does not know", name);
    }
    if (!clq_is_8bit(content->source.type) && !clq_plane_count(content->source.type)) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have layout '%s', which this library does not know for element type %u", name, header->mark.type);
    if (content->product_layout && content->product_layout->element_size == 0 && !clq_plane_count(content->source.type)) {
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights of element type %u have layout '%s', which holds bit planes", header->mark.type, name);
    }
    uint64_t bytes = 0, total = 0;
    const bool fits = content->layout ? clq_conv_layout_size(content->layout, &content->shape, &bytes)
                                      : clq_layout_size(content->product_layout, header->group_out, header->group_in, &bytes);
    if (!fits || !clq_add(bytes, (uint64_t)clq_conv_out_channels(&content->shape) * sizeof(int32_t), &total) || total != header->seal.payload_bytes) {
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights of %lld output channels in layout %s do not fill %llu bytes",
                        (long long)clq_conv_out_channels(&content->shape), name, (unsigned long long)header->seal.payload_bytes);
    }
    return CLQNN_OK;
}

static clqnn_status adopt(clqnn_context *context, const blob_content *content, const int32_t *zero_points, const unsigned char *bytes, clqnn_conv_weights **weights)
{
    if (content->layout) return clq_conv_weights_adopt(context, &content->shape, &content->source, content->layout, zero_points, bytes, weights);
    const clq_packed_matrices packed = {.layout = content->product_layout, .type = content->source.type, .n = content->shape.group_out, .k = content->shape.group_in,
                                        .batch = {1, 1}, .zero_points = zero_points, .bytes = bytes};
    clqnn_gemm_weights *product = NULL;
    CLQ_FORWARD(clq_gemm_weights_adopt(context, &packed, &product));
    return clq_conv_weights_wrap(context, &content->shape, &content->source, product, NULL, weights);
}

clqnn_status clqnn_conv_weights_deserialize(clqnn_context *context, const void *data, size_t size, clqnn_conv_weights **weights)
{
    if (!weights) return clq_fail(CLQNN_INVALID_ARGUMENT, "weights is NULL");
    *weights = NULL;
    if (!context || !data) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", context ? "data" : "context");
    blob_header header;
    blob_content content;
    CLQ_FORWARD(clq_blob_open(data, size, BLOB_MAGIC, BLOB_VERSION, &header, sizeof header));
    CLQ_FORWARD(resolve_content(&header, &content));
    const size_t channels = (size_t)clq_conv_out_channels(&content.shape);
    const unsigned char *payload = (const unsigned char *)data + sizeof header;
    if (content.family) {
        const clq_conv_packed packed = {content.shape, content.source, content.layout_name, payload, header.seal.payload_bytes};
        return content.family->adopt(context, &packed, weights);
    }
    int32_t *zero_points = malloc(channels * sizeof *zero_points);
    if (!zero_points) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for %zu zero points", channels);
    memcpy(zero_points, payload, channels * sizeof *zero_points);
    clqnn_status status = clq_blob_check_zero_points(header.mark.type, zero_points, (int64_t)channels);
    if (status == CLQNN_OK) status = adopt(context, &content, zero_points, payload + channels * sizeof *zero_points, weights);
    free(zero_points);
    return status;
}
