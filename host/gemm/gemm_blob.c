/* SPDX-License-Identifier: Apache-2.0 */
/* Serialised weights: header, zero points (n x s32), packed bytes; little-endian. */
#include <stdlib.h>
#include <string.h>

#include "core/checked.h"
#include "core/message.h"
#include "device/constant.h"
#include "gemm/gemm_family.h"
#include "gemm/gemm_weights.h"
#include "layout/blob.h"
#include "layout/plane_values.h"

#define BLOB_MAGIC UINT64_C(0x315457474e514c43)   /* "CLQNGWT1" */
#define BLOB_VERSION 1u

typedef struct blob_header {
    clq_blob_mark mark;
    int64_t n, k;
    int64_t batch[2];
    char layout[24];
    clq_blob_seal seal;
} blob_header;

clqnn_status clqnn_gemm_weights_serialize(const clqnn_gemm_weights *weights, void *data, size_t capacity, size_t *size)
{
    if (!weights || !size) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", weights ? "size" : "weights");
    if (weights->family) return weights->family->serialize(weights, data, capacity, size);
    const size_t zero_bytes = (size_t)weights->n * sizeof(int32_t), packed_bytes = (size_t)clqnn_gemm_weights_size(weights);
    blob_header header = {.mark = {BLOB_MAGIC, BLOB_VERSION, (uint32_t)weights->type}, .n = weights->n, .k = weights->k,
                          .batch = {weights->batch[0], weights->batch[1]}, .seal = {.payload_bytes = zero_bytes + packed_bytes}};
    memcpy(header.layout, weights->layout->name, strlen(weights->layout->name));
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

static clqnn_status check_fields(const blob_header *header, const clq_layout **layout)
{
    char name[sizeof header->layout + 1] = "";
    memcpy(name, header->layout, sizeof header->layout);
    *layout = clq_layout_find(name);
    if (!*layout) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have layout '%s', which this library does not know", name);
    if (header->mark.type != CLQNN_S8 && header->mark.type != CLQNN_U8 && !clq_plane_count((clqnn_type)header->mark.type)) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have element type %u", header->mark.type);
    if ((*layout)->element_size == 0 && !clq_plane_count((clqnn_type)header->mark.type)) {
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights of element type %u have layout '%s', which holds bit planes", header->mark.type, name);
    }
    const int64_t fields[] = {header->n, header->k, header->batch[0], header->batch[1]};
    for (size_t i = 0; i < 4; i++) {
        if (fields[i] < (i < 2 ? 0 : 1) || fields[i] > INT32_MAX) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have a dimension of %lld", (long long)fields[i]);
    }
    uint64_t matrix = 0, total = 0;
    const bool fits = header->batch[0] <= INT32_MAX / header->batch[1] && clq_layout_size(*layout, header->n, header->k, &matrix)
                      && clq_multiply(matrix, (uint64_t)(header->batch[0] * header->batch[1]), &total) && clq_add(total, (uint64_t)header->n * sizeof(int32_t), &total);
    if (!fits || total != header->seal.payload_bytes) {
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights of k %lld x n %lld in layout %s do not fill %llu bytes", (long long)header->k, (long long)header->n, (*layout)->name,
                        (unsigned long long)header->seal.payload_bytes);
    }
    return CLQNN_OK;
}

clqnn_status clqnn_gemm_weights_deserialize(clqnn_context *context, const void *data, size_t size, clqnn_gemm_weights **weights)
{
    if (!weights) return clq_fail(CLQNN_INVALID_ARGUMENT, "weights is NULL");
    *weights = NULL;
    if (!context || !data) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", context ? "data" : "context");
    const clq_gemm_family *family = clq_gemm_family_of_blob(data, size);
    if (family) return family->deserialize(context, data, size, weights);
    blob_header header;
    const clq_layout *layout = NULL;
    CLQ_FORWARD(clq_blob_open(data, size, BLOB_MAGIC, BLOB_VERSION, &header, sizeof header));
    CLQ_FORWARD(check_fields(&header, &layout));
    const unsigned char *payload = (const unsigned char *)data + sizeof header;
    int32_t *zero_points = malloc((size_t)header.n * sizeof *zero_points + 1);
    if (!zero_points) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for %lld zero points", (long long)header.n);
    memcpy(zero_points, payload, (size_t)header.n * sizeof *zero_points);
    clqnn_status status = clq_blob_check_zero_points(header.mark.type, zero_points, header.n);
    const clq_packed_matrices packed = {.layout = layout, .type = (clqnn_type)header.mark.type, .n = header.n, .k = header.k, .batch = {header.batch[0], header.batch[1]},
                                        .zero_points = zero_points, .bytes = payload + (size_t)header.n * sizeof *zero_points};
    if (status == CLQNN_OK) status = clq_gemm_weights_adopt(context, &packed, weights);
    free(zero_points);
    return status;
}
