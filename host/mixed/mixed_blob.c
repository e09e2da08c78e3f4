/* SPDX-License-Identifier: Apache-2.0 */
/* Header, then the packed matrices; little-endian. */
#include "mixed/mixed_blob.h"

#include <stdlib.h>
#include <string.h>

#include "core/checked.h"
#include "core/message.h"
#include "device/constant.h"
#include "device/context.h"
#include "gemm/gemm_family.h"
#include "layout/blob.h"
#include "layout/plane_values.h"
#include "mixed/mixed_planes.h"

#define BLOB_MAGIC UINT64_C(0x3154574d4e514c43)   /* "CLQNMWT1" */
#define BLOB_VERSION 1u

typedef struct mixed_header {
    clq_blob_mark mark;
    int64_t n, k;
    int64_t batch[2];
    int64_t group;
    uint32_t scale_type, zero_point_type;
    uint32_t has_offsets, has_index;
    char layout[32];
    clq_blob_seal seal;
} mixed_header;

bool clq_mixed_blob_is_meant(const void *data, size_t size)
{
    const uint64_t magic = BLOB_MAGIC;
    return size >= sizeof magic && memcmp(data, &magic, sizeof magic) == 0;
}

clqnn_status clq_mixed_serialize(const clqnn_gemm_weights *weights, void *data, size_t capacity, size_t *size)
{
    const clq_mixed_form *form = &weights->form;
    const size_t packed_bytes = (size_t)clqnn_gemm_weights_size(weights);
    mixed_header header = {.mark = {BLOB_MAGIC, BLOB_VERSION, (uint32_t)weights->type}, .n = weights->n, .k = weights->k,
                           .batch = {weights->batch[0], weights->batch[1]}, .group = form->group, .scale_type = (uint32_t)form->scale_type,
                           .zero_point_type = (uint32_t)form->zero_point_type, .has_offsets = form->has_offsets, .has_index = form->has_index,
                           .seal = {.payload_bytes = packed_bytes}};
    memcpy(header.layout, weights->mixed->name, strlen(weights->mixed->name));
    *size = sizeof header + packed_bytes;
    if (!data) return CLQNN_OK;
    if (capacity < *size) return clq_fail(CLQNN_BUFFER_TOO_SMALL, "capacity is %zu, the blob has %zu bytes", capacity, *size);
    unsigned char *packed = NULL;
    CLQ_FORWARD(clq_constant_read(weights->context, weights->packed, packed_bytes, &packed));
    memcpy((unsigned char *)data + sizeof header, packed, packed_bytes);
    free(packed);
    clq_blob_close(&header, sizeof header, (unsigned char *)data + sizeof header);
    memcpy(data, &header, sizeof header);
    return CLQNN_OK;
}

static bool is_scale_type(uint32_t type)
{
    return type == CLQNN_F32 || type == CLQNN_F16 || type == CLQNN_BF16;
}

static bool is_float_type(uint32_t type)
{
    return is_scale_type(type) || type == CLQNN_F8E4M3 || type == CLQNN_F8E5M2;
}

static bool is_code_type(uint32_t type)
{
    return type == CLQNN_S8 || type == CLQNN_U8 || type == CLQNN_S4 || type == CLQNN_U4 || type == CLQNN_S2 || type == CLQNN_U2 || type == CLQNN_S3 || type == CLQNN_U3
           || type == CLQNN_S6 || type == CLQNN_U6;
}

/* Groups of planes are the packing's own; without them they are floats. */
static clqnn_status check_planes(const mixed_header *header)
{
    const clq_mixed_form own = clq_mixed_planes_form(header->n, header->k);
    const bool grouped = header->group == own.group && header->scale_type == (uint32_t)own.scale_type, plain = header->group == 0 && header->scale_type == 0;
    if ((grouped || plain) && !header->zero_point_type && !header->has_offsets && !header->has_index) return CLQNN_OK;
    return clq_fail(CLQNN_CORRUPT_DATA, "packed weights of element type %u have groups of %lld rows, scales of type %u and zero points of type %u", header->mark.type,
                    (long long)header->group, header->scale_type, header->zero_point_type);
}

/* What clqnn_groups says of groups, for a header; floats have none of it. */
static clqnn_status check_groups(const mixed_header *header)
{
    if (clq_plane_count((clqnn_type)header->mark.type)) return check_planes(header);
    const uint32_t zero = header->zero_point_type;
    if (header->group < 0 || header->group > (header->k > 1 ? header->k : 1)) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have groups of %lld rows", (long long)header->group);
    if (header->group ? !is_code_type(header->mark.type) : !is_float_type(header->mark.type)) {
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights %s groups have element type %u", header->group ? "with" : "without", header->mark.type);
    }
    if (header->group ? !is_scale_type(header->scale_type) : header->scale_type != 0) {
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have scales of type %u", header->scale_type);
    }
    if (header->has_offsets > 1 || header->has_index > 1 || (header->group == 0 && (header->has_offsets || header->has_index))) {
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have the marks %u of offsets and %u of an index", header->has_offsets, header->has_index);
    }
    const bool has_zeros = zero == CLQNN_S8 || zero == CLQNN_U8 || is_scale_type(zero);
    if (zero != CLQNN_TYPE_NONE && (!has_zeros || header->group == 0 || header->has_offsets)) {
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have zero points of type %u", zero);
    }
    return CLQNN_OK;
}

static clqnn_status check_layout(const mixed_header *header, clqnn_gemm_weights *weights)
{
    char name[sizeof header->layout + 1] = "";
    memcpy(name, header->layout, sizeof header->layout);
    weights->mixed = clq_mixed_layout_find(name);
    if (!weights->mixed) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have layout '%s', which this library does not know", name);
    const char *reason = weights->mixed->grouped != (header->group != 0) ? "it is of another kind" : weights->mixed->refuses(weights->mixed, &weights->form);
    if (reason) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have layout '%s', which does not hold them: %s", name, reason);
    return CLQNN_OK;
}

/* Fills weights from the header, or says what is wrong with it. */
static clqnn_status read_fields(const mixed_header *header, clqnn_gemm_weights *weights)
{
    const int64_t fields[] = {header->n, header->k, header->batch[0], header->batch[1]};
    for (size_t i = 0; i < 4; i++) {
        if (fields[i] < (i < 2 ? 0 : 1) || fields[i] > INT32_MAX) return clq_fail(CLQNN_CORRUPT_DATA, "packed weights have a dimension of %lld", (long long)fields[i]);
    }
    CLQ_FORWARD(check_groups(header));
    weights->type = (clqnn_type)header->mark.type;
    weights->n = header->n;
    weights->k = header->k;
    memcpy(weights->batch, header->batch, sizeof weights->batch);
    weights->form = (clq_mixed_form){.type = weights->type, .n = header->n, .k = header->k, .group = header->group, .scale_type = (clqnn_type)header->scale_type,
                                     .zero_point_type = (clqnn_type)header->zero_point_type, .has_offsets = header->has_offsets != 0, .has_index = header->has_index != 0};
    if (clq_plane_count(weights->type)) weights->form.type = header->group ? CLQNN_S2 : CLQNN_BF16;
    CLQ_FORWARD(check_layout(header, weights));
    uint64_t total = 0;
    const bool fits = header->batch[0] <= INT32_MAX / header->batch[1] && weights->mixed->size(weights->mixed, &weights->form, &weights->matrix_bytes)
                      && clq_multiply(weights->matrix_bytes, (uint64_t)(header->batch[0] * header->batch[1]), &total);
    if (!fits || total != header->seal.payload_bytes) {
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights of k %lld x n %lld in layout %s do not fill %llu bytes", (long long)header->k, (long long)header->n,
                        weights->mixed->name, (unsigned long long)header->seal.payload_bytes);
    }
    return CLQNN_OK;
}

/* Whether every element is a value of its type; others than planes hold any. */
static clqnn_status check_values(const clqnn_gemm_weights *weights, const unsigned char *matrix)
{
    if (!clq_plane_count(weights->type)) return CLQNN_OK;
    int8_t *values = malloc((size_t)(weights->n * weights->k) + 1); /* fewer than four for each byte of the blob */
    if (!values) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory to check packed weights of k %lld x n %lld", (long long)weights->k, (long long)weights->n);
    const clqnn_status status = clq_mixed_plane_values(weights->mixed, &weights->form, weights->type, matrix, values);
    free(values);
    return status;
}

static clqnn_status check_matrices(const clqnn_gemm_weights *weights, const unsigned char *packed)
{
    for (int64_t i = 0; i < weights->batch[0] * weights->batch[1]; i++) {
        const unsigned char *matrix = packed + (uint64_t)i * weights->matrix_bytes;
        if (weights->mixed->check(weights->mixed, &weights->form, matrix)) {
            CLQ_FORWARD(check_values(weights, matrix));
            continue;
        }
        return clq_fail(CLQNN_CORRUPT_DATA, "packed weights in layout %s have padding that is not 0 or values that are out of range, in matrix %lld", weights->mixed->name,
                        (long long)i);
    }
    return CLQNN_OK;
}

clqnn_status clq_mixed_deserialize(clqnn_context *context, const void *data, size_t size, clqnn_gemm_weights **out)
{
    mixed_header header;
    clqnn_gemm_weights fields = {.family = &clq_gemm_of_floats};
    CLQ_FORWARD(clq_blob_open(data, size, BLOB_MAGIC, BLOB_VERSION, &header, sizeof header));
    CLQ_FORWARD(read_fields(&header, &fields));
    if (header.seal.payload_bytes > context->info.max_alloc_bytes) {
        return clq_fail(CLQNN_INVALID_SHAPE, "packed weights of %llu bytes are beyond the device's largest allocation of %llu", (unsigned long long)header.seal.payload_bytes,
                        (unsigned long long)context->info.max_alloc_bytes);
    }
    const unsigned char *packed = (const unsigned char *)data + sizeof header;
    CLQ_FORWARD(check_matrices(&fields, packed));
    clqnn_gemm_weights *weights = calloc(1, sizeof *weights);
    if (!weights) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for weights of %lld columns", (long long)header.n);
    *weights = fields;
    weights->context = clqnn_context_retain(context);
    atomic_init(&weights->references, 1);
    const clqnn_status status = clq_constant_create(context, packed, header.seal.payload_bytes, "packed weights", &weights->packed);
    if (status != CLQNN_OK) {
        clqnn_gemm_weights_release(weights);
        return status;
    }
    *out = weights;
    return CLQNN_OK;
}
