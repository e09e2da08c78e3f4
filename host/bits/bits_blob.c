/* SPDX-License-Identifier: Apache-2.0 */
/* Serialised weights of products of bits: header, zero points (n x s32), packed matrices; little-endian. */
#include <stdlib.h>
#include <string.h>

#include "bits/bits_weights.h"
#include "core/checked.h"
#include "core/message.h"
#include "device/constant.h"
#include "device/context.h"
#include "layout/blob.h"

#define BLOB_MAGIC UINT64_C(0x3154574b4e514c43)   /* "CLQNKWT1" */
#define BLOB_VERSION 1u

typedef struct bits_header {
    clq_blob_mark mark;
    int64_t n, k;
    int64_t batch[2];
    char layout[32];
    clq_blob_seal seal;
} bits_header;

bool clq_bits_blob_is_meant(const void *data, size_t size)
{
    const uint64_t magic = BLOB_MAGIC;
    return size >= sizeof magic && memcmp(data, &magic, sizeof magic) == 0;
}

clqnn_status clq_bits_serialize(const clqnn_gemm_weights *weights, void *data, size_t capacity, size_t *size)
{
    const size_t zero_bytes = (size_t)weights->n * sizeof(int32_t), packed_bytes = (size_t)clqnn_gemm_weights_size(weights);
    bits_header header = {.mark = {BLOB_MAGIC, BLOB_VERSION, (uint32_t)weights->type}, .n = weights->n, .k = weights->k,
                          .batch = {weights->batch[0], weights->batch[1]}, .seal = {.payload_bytes = zero_bytes + packed_bytes}};
    memcpy(header.layout, weights->bits->name, strlen(weights->bits->name));
    *size = sizeof header + (size_t)header.seal.payload_bytes;
    if (!data) return CLQNN_OK;
    if (capacity < *size) return clq_fail(CLQNN_BUFFER_TOO_SMALL, "capacity is %zu, the blob has %zu bytes", capacity, *size);
    unsigned char *packed = NULL;
    CLQ_FORWARD(clq_constant_read(weights->context, weights->packed, packed_bytes, &packed));
    unsigned char *payload = (unsigned char *)data + sizeof header;
    memcpy(payload, weights->zero_points, zero_bytes);
    memcpy(payload + zero_bytes, packed, packed_bytes);
    free(packed);
    clq_blob_close(&header, sizeof header, payload);
    memcpy(data, &header, sizeof header);
    return CLQNN_OK;
}

/* What the header says, or what is wrong with it. */
static clqnn_status read_fields(const bits_header *header, clq_bits_matrices *packed)
{
    char name[sizeof header->layout + 1] = "";
    memcpy(name, header->layout, sizeof header->layout);
    *packed = (clq_bits_matrices){.layout = clq_bit_layout_find(name), .batch = {header->batch[0], header->batch[1]}};
    if (!packed->layout) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have layout '%s', which this library does not know", name);
    if (!clq_is_bits((clqnn_type)header->mark.type)) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have element type %u", header->mark.type);
    const int64_t fields[] = {header->n, header->k, header->batch[0], header->batch[1]};
    for (size_t i = 0; i < 4; i++) {
        if (fields[i] < (i < 2 ? 0 : 1) || fields[i] > INT32_MAX) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have a dimension of %lld", (long long)fields[i]);
    }
    const clqnn_type type = (clqnn_type)header->mark.type;
    packed->shape = (clq_bit_shape){.type = type, .planes = (int32_t)clqnn_type_bits(type), .n = header->n, .k = header->k};
    uint64_t total = 0;
    const bool fits = header->batch[0] <= INT32_MAX / header->batch[1] && packed->layout->size(packed->layout, &packed->shape, &packed->matrix_bytes)
                      && clq_multiply(packed->matrix_bytes, (uint64_t)(header->batch[0] * header->batch[1]), &total)
                      && clq_add(total, (uint64_t)header->n * sizeof(int32_t), &total);
    if (fits && total == header->seal.payload_bytes) return CLQNN_OK;
    return clq_fail(CLQNN_CORRUPT_DATA, "packed weights of k %lld x n %lld in layout %s do not fill %llu bytes", (long long)header->k, (long long)header->n,
                    packed->layout->name, (unsigned long long)header->seal.payload_bytes);
}

static clqnn_status check_zero_points(const clq_bit_shape *shape, const int32_t *zero_points)
{
    const bool may = clq_is_quantized(shape->type);
    const int32_t low = may ? clq_type_low(shape->type) : 0, high = may ? clq_type_high(shape->type) : 0;
    for (int64_t i = 0; i < shape->n; i++) {
        if (zero_points[i] >= low && zero_points[i] <= high) continue;
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights of %s have zero point %d", clqnn_type_name(shape->type), (int)zero_points[i]);
    }
    return CLQNN_OK;
}

clqnn_status clq_bits_deserialize(clqnn_context *context, const void *data, size_t size, clqnn_gemm_weights **weights)
{
    bits_header header;
    clq_bits_matrices packed;
    CLQ_FORWARD(clq_blob_open(data, size, BLOB_MAGIC, BLOB_VERSION, &header, sizeof header));
    CLQ_FORWARD(read_fields(&header, &packed));
    const size_t zero_bytes = (size_t)header.n * sizeof(int32_t);
    if (header.seal.payload_bytes - zero_bytes > context->info.max_alloc_bytes) {
        return clq_fail(CLQNN_INVALID_SHAPE, "packed weights of %llu bytes are beyond the device's largest allocation of %llu",
                        (unsigned long long)(header.seal.payload_bytes - zero_bytes), (unsigned long long)context->info.max_alloc_bytes);
    }
    const unsigned char *payload = (const unsigned char *)data + sizeof header;
    int32_t *zero_points = malloc(zero_bytes + 1);
    if (!zero_points) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for %lld zero points", (long long)header.n);
    memcpy(zero_points, payload, zero_bytes);
    packed.zero_points = zero_points;
    packed.bytes = payload + zero_bytes;
    clqnn_status status = check_zero_points(&packed.shape, zero_points);
    if (status == CLQNN_OK) status = clq_bits_weights_adopt(context, &packed, weights);
    free(zero_points);
    return status;
}
