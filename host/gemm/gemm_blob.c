/* SPDX-License-Identifier: Apache-2.0 */
/* Serialised weights: header, zero points (n x s32), packed bytes; little-endian. The checksum covers the header before it and all that follows. */
#include <stdlib.h>
#include <string.h>

#include "core/checked.h"
#include "core/hash.h"
#include "core/message.h"
#include "device/context.h"
#include "gemm/gemm_weights.h"

#define BLOB_MAGIC UINT64_C(0x315457474e514c43)   /* "CLQNGWT1" */
#define BLOB_VERSION 1u

typedef struct blob_header {
    uint64_t magic;
    uint32_t version;
    uint32_t type;
    int64_t n, k;
    int64_t batch[2];
    char layout[24];
    uint64_t payload_bytes;
    uint64_t checksum;
} blob_header;

static uint64_t blob_checksum(const blob_header *header, const void *payload)
{
    return clq_hash(clq_hash(CLQ_HASH_START, header, offsetof(blob_header, checksum)), payload, (size_t)header->payload_bytes);
}

clqnn_status clqnn_gemm_weights_serialize(const clqnn_gemm_weights *weights, void *data, size_t capacity, size_t *size)
{
    if (!weights || !size) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", weights ? "size" : "weights");
    const size_t zero_bytes = (size_t)weights->n * sizeof(int32_t), packed_bytes = (size_t)clqnn_gemm_weights_size(weights);
    blob_header header = {.magic = BLOB_MAGIC, .version = BLOB_VERSION, .type = (uint32_t)weights->type, .n = weights->n, .k = weights->k,
                          .batch = {weights->batch[0], weights->batch[1]}, .payload_bytes = zero_bytes + packed_bytes};
    memcpy(header.layout, weights->layout->name, strlen(weights->layout->name));
    *size = sizeof header + (size_t)header.payload_bytes;
    if (!data) return CLQNN_OK;
    if (capacity < *size) return clq_fail(CLQNN_BUFFER_TOO_SMALL, "capacity is %zu, the blob has %zu bytes", capacity, *size);
    unsigned char *packed = NULL;
    CLQ_FORWARD(clq_gemm_weights_read(weights, &packed));
    unsigned char *payload = (unsigned char *)data + sizeof header;
    memcpy(payload, weights->zero_points, zero_bytes);
    memcpy(payload + zero_bytes, packed, packed_bytes);
    free(packed);
    header.checksum = blob_checksum(&header, payload);
    memcpy(data, &header, sizeof header);
    return CLQNN_OK;
}

static clqnn_status check_header(const void *data, size_t size, blob_header *header)
{
    if (size < sizeof *header) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have %zu bytes, less than a header of %zu", size, sizeof *header);
    memcpy(header, data, sizeof *header);
    if (header->magic != BLOB_MAGIC) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights start with %#llx, not with clqnn's mark", (unsigned long long)header->magic);
    if (header->version != BLOB_VERSION) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have version %u, this library reads %u", header->version, BLOB_VERSION);
    if (header->payload_bytes != size - sizeof *header) {
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights announce %llu bytes of payload, but %zu follow", (unsigned long long)header->payload_bytes, size - sizeof *header);
    }
    if (blob_checksum(header, (const unsigned char *)data + sizeof *header) != header->checksum) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights are damaged: the checksum differs");
    return CLQNN_OK;
}

static clqnn_status check_fields(const blob_header *header, const clq_layout **layout)
{
    char name[sizeof header->layout + 1] = "";
    memcpy(name, header->layout, sizeof header->layout);
    *layout = clq_layout_find(name);
    if (!*layout) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have layout '%s', which this library does not know", name);
    if (header->type != CLQNN_S8 && header->type != CLQNN_U8) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have element type %u", header->type);
    const int64_t fields[] = {header->n, header->k, header->batch[0], header->batch[1]};
    for (size_t i = 0; i < 4; i++) {
        if (fields[i] < (i < 2 ? 0 : 1) || fields[i] > INT32_MAX) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have a dimension of %lld", (long long)fields[i]);
    }
    uint64_t matrix = 0, total = 0;
    const bool fits = header->batch[0] <= INT32_MAX / header->batch[1] && clq_layout_size(*layout, header->n, header->k, &matrix)
                      && clq_multiply(matrix, (uint64_t)(header->batch[0] * header->batch[1]), &total) && clq_add(total, (uint64_t)header->n * sizeof(int32_t), &total);
    if (!fits || total != header->payload_bytes) {
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights of k %lld x n %lld in layout %s do not fill %llu bytes", (long long)header->k, (long long)header->n, (*layout)->name,
                        (unsigned long long)header->payload_bytes);
    }
    return CLQNN_OK;
}

static clqnn_status check_zero_points(const blob_header *header, const int32_t *zero_points)
{
    const int32_t low = header->type == CLQNN_S8 ? -128 : 0, high = low + 255;
    for (int64_t i = 0; i < header->n; i++) {
        if (zero_points[i] < low || zero_points[i] > high) {
            return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have zero point %d in column %lld", (int)zero_points[i], (long long)i);
        }
    }
    return CLQNN_OK;
}

clqnn_status clqnn_gemm_weights_deserialize(clqnn_context *context, const void *data, size_t size, clqnn_gemm_weights **weights)
{
    if (!weights) return clq_fail(CLQNN_INVALID_ARGUMENT, "weights is NULL");
    *weights = NULL;
    if (!context || !data) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", context ? "data" : "context");
    blob_header header;
    const clq_layout *layout = NULL;
    CLQ_FORWARD(check_header(data, size, &header));
    CLQ_FORWARD(check_fields(&header, &layout));
    const unsigned char *payload = (const unsigned char *)data + sizeof header;
    int32_t *zero_points = malloc((size_t)header.n * sizeof *zero_points + 1);
    if (!zero_points) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for %lld zero points", (long long)header.n);
    memcpy(zero_points, payload, (size_t)header.n * sizeof *zero_points);
    clqnn_status status = check_zero_points(&header, zero_points);
    const clq_packed_matrices packed = {.layout = layout, .type = (clqnn_type)header.type, .n = header.n, .k = header.k, .batch = {header.batch[0], header.batch[1]},
                                        .zero_points = zero_points, .bytes = payload + (size_t)header.n * sizeof *zero_points};
    if (status == CLQNN_OK) status = clq_gemm_weights_adopt(context, &packed, weights);
    free(zero_points);
    return status;
}
