/* SPDX-License-Identifier: Apache-2.0 */
/* The container: u64 header length, JSON header, data. Trusts nothing: every size is checked before it is used. */
#include "case_internal.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define MAX_HEADER_BYTES (1u << 20)
#define MAX_ENTRIES 256
#define HEADER_PADDING 8 /* zeros behind the header's copy: cJSON before 1.7.18 may look one byte past the length that it is given */

/* Where the data of an entry lies. */
typedef struct tensor_span {
    uint64_t begin, end;
    clq_case_entry *entry;
} tensor_span;

/* A whole number that a double carries exactly. */
static bool whole_number(const cJSON *item, uint64_t *value)
{
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0) || item->valuedouble > 9007199254740991.0) return false;
    *value = (uint64_t)item->valuedouble;
    return (double)*value == item->valuedouble;
}

static char *copy_text(const char *text)
{
    const size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    if (copy != NULL) memcpy(copy, text, size);
    return copy;
}

/* Keys of an object: no duplicates, not more than MAX_ENTRIES. */
static clqnn_status check_keys(const cJSON *object, const char *what, size_t *count, clq_case_report report)
{
    *count = 0;
    for (const cJSON *item = object->child; item != NULL; item = item->next) {
        if (++*count > MAX_ENTRIES) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "%s has more than %d entries", what, MAX_ENTRIES);
        for (const cJSON *other = object->child; other != item; other = other->next) {
            if (strcmp(other->string, item->string) == 0) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "%s has '%s' twice", what, item->string);
        }
    }
    return CLQNN_OK;
}

static clqnn_status read_metadata(const cJSON *object, clq_case *file, clq_case_report report)
{
    if (!cJSON_IsObject(object)) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "__metadata__ is not an object");
    size_t count = 0;
    const clqnn_status status = check_keys(object, "__metadata__", &count, report);
    if (status != CLQNN_OK) return status;
    file->metadata = calloc(count + 1, sizeof *file->metadata);
    if (file->metadata == NULL) return clq_case_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for the metadata");
    for (const cJSON *item = object->child; item != NULL; item = item->next) {
        if (!cJSON_IsString(item)) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "metadata '%s' is not a string", item->string);
        clq_case_line *text = &file->metadata[file->metadata_count++];
        text->key = copy_text(item->string);
        text->value = copy_text(item->valuestring);
        if (text->key == NULL || text->value == NULL) return clq_case_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for the metadata");
    }
    return CLQNN_OK;
}

static clqnn_status read_shape(const cJSON *array, clq_case_tensor *tensor, clq_case_report report)
{
    if (!cJSON_IsArray(array)) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' has no shape", tensor->name);
    for (const cJSON *item = array->child; item != NULL; item = item->next) {
        uint64_t size = 0;
        if (tensor->rank == CLQ_CASE_MAX_RANK) {
            return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' has more than %d dimensions", tensor->name, CLQ_CASE_MAX_RANK);
        }
        if (!whole_number(item, &size)) {
            return clq_case_fail(report, CLQNN_CORRUPT_DATA, "shape of tensor '%s' holds something that is not a whole number", tensor->name);
        }
        tensor->shape[tensor->rank++] = (int64_t)size;
    }
    return CLQNN_OK;
}

/* Reads one entry of the header into `tensor` (without data) and `span`. */
static clqnn_status read_entry(const cJSON *item, uint64_t data_size, clq_case_tensor *tensor, tensor_span *span, clq_case_report report)
{
    size_t count = 0;
    if (!cJSON_IsObject(item)) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "header entry '%s' is not an object", item->string);
    clqnn_status status = check_keys(item, item->string, &count, report);
    if (status != CLQNN_OK) return status;
    const cJSON *dtype = cJSON_GetObjectItemCaseSensitive(item, "dtype");
    const cJSON *offsets = cJSON_GetObjectItemCaseSensitive(item, "data_offsets");
    if (!cJSON_IsString(dtype) || !cJSON_IsArray(offsets) || cJSON_GetArraySize(offsets) != 2 || count != 3) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' is not {dtype, shape, data_offsets: [begin, end]}", item->string);
    }
    tensor->dtype = clq_case_dtype_from_name(dtype->valuestring);
    if (tensor->dtype == CLQ_CASE_NONE) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' has dtype %s, not U8 I8 I16 I32 F32 F16 BF16 F8_E4M3 F8_E5M2", item->string, dtype->valuestring);
    }
    status = read_shape(cJSON_GetObjectItemCaseSensitive(item, "shape"), tensor, report);
    if (status != CLQNN_OK) return status;
    if (!whole_number(offsets->child, &span->begin) || !whole_number(offsets->child->next, &span->end) || span->begin > span->end) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "data_offsets of tensor '%s' are not two ascending whole numbers", item->string);
    }
    if (span->end > data_size) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' ends at byte %" PRIu64 " of %" PRIu64 " bytes of data: the file is truncated",
                             item->string, span->end, data_size);
    }
    int64_t elements = 0;
    char shape[CLQ_CASE_TEXT];
    if (!clq_case_count(tensor->shape, tensor->rank, &elements)) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "shape %s of tensor '%s' is too large",
                             clq_case_shape_text(tensor->shape, tensor->rank, shape), item->string);
    }
    if ((uint64_t)elements * clq_case_dtype_size(tensor->dtype) != span->end - span->begin) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' of shape %s and dtype %s does not fit its %" PRIu64 " bytes", item->string,
                             clq_case_shape_text(tensor->shape, tensor->rank, shape), dtype->valuestring, span->end - span->begin);
    }
    return CLQNN_OK;
}

static int span_order(const void *left, const void *right)
{
    const tensor_span *a = left, *b = right;
    if (a->begin != b->begin) return a->begin < b->begin ? -1 : 1;
    return a->end < b->end ? -1 : a->end > b->end;
}

/* Tensors cover the data from its first byte to its last, none twice. */
static clqnn_status check_spans(tensor_span *spans, size_t count, uint64_t data_size, clq_case_report report)
{
    qsort(spans, count, sizeof *spans, span_order);
    uint64_t covered = 0;
    for (size_t i = 0; i < count; i++) {
        if (spans[i].begin < covered) {
            return clq_case_fail(report, CLQNN_CORRUPT_DATA, "data of tensor '%s' overlaps the data of '%s'", spans[i].entry->name,
                                 spans[i - 1].entry->name);
        }
        if (spans[i].begin > covered) {
            return clq_case_fail(report, CLQNN_CORRUPT_DATA, "%" PRIu64 " bytes of data before tensor '%s' belong to no tensor",
                                 spans[i].begin - covered, spans[i].entry->name);
        }
        covered = spans[i].end;
    }
    if (covered != data_size) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "%" PRIu64 " bytes behind the last tensor", data_size - covered);
    return CLQNN_OK;
}

/* A block of its own for each tensor: aligned whatever the offset, and a sanitizer sees every step past its end. */
static clqnn_status copy_data(const unsigned char *data, const tensor_span *spans, size_t count, clq_case_report report)
{
    for (size_t i = 0; i < count; i++) {
        const size_t bytes = (size_t)(spans[i].end - spans[i].begin);
        clq_case_entry *entry = spans[i].entry;
        entry->data = malloc(bytes == 0 ? 1 : bytes);
        if (entry->data == NULL) return clq_case_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for tensor '%s' of %zu bytes", entry->name, bytes);
        if (bytes > 0) memcpy(entry->data, data + spans[i].begin, bytes);
        entry->tensor.data = entry->data;
    }
    return CLQNN_OK;
}

static clqnn_status read_tensors(const cJSON *root, const unsigned char *data, uint64_t data_size, clq_case *file, clq_case_report report)
{
    size_t count = 0;
    clqnn_status status = check_keys(root, "the header", &count, report);
    if (status != CLQNN_OK) return status;
    file->entries = calloc(count + 1, sizeof *file->entries);
    tensor_span *spans = calloc(count + 1, sizeof *spans);
    if (file->entries == NULL || spans == NULL) status = clq_case_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for %zu tensors", count);
    for (const cJSON *item = root->child; item != NULL && status == CLQNN_OK; item = item->next) {
        if (strcmp(item->string, "__metadata__") == 0) {
            status = read_metadata(item, file, report);
            continue;
        }
        clq_case_entry *entry = &file->entries[file->entry_count];
        tensor_span *span = &spans[file->entry_count++];
        span->entry = entry;
        entry->name = copy_text(item->string);
        entry->tensor.name = entry->name;
        if (entry->name == NULL) status = clq_case_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for a name");
        else status = read_entry(item, data_size, &entry->tensor, span, report);
    }
    if (status == CLQNN_OK) status = check_spans(spans, file->entry_count, data_size, report);
    if (status == CLQNN_OK) status = copy_data(data, spans, file->entry_count, report);
    free(spans);
    return status;
}

/* The header as JSON, or NULL and a message. `text` holds `length` bytes and HEADER_PADDING zeros. */
static cJSON *parse_header(const char *text, size_t length, clq_case_report report)
{
    if (text[0] != '{' || memchr(text, '\0', length) != NULL || strstr(text, "\\u0000") != NULL) {
        clq_case_fail(report, CLQNN_CORRUPT_DATA, "the header is not JSON: it does not begin with '{' or holds a zero byte");
        return NULL;
    }
    const char *end = NULL;
    cJSON *root = cJSON_ParseWithLengthOpts(text, length, &end, 0);
    if (root == NULL) {
        clq_case_fail(report, CLQNN_CORRUPT_DATA, "the header is not JSON from byte %td on", end != NULL ? end - text : 0);
        return NULL;
    }
    while (end < text + length && *end == ' ') end++;
    if (end != text + length || !cJSON_IsObject(root)) {
        clq_case_fail(report, CLQNN_CORRUPT_DATA, "the header has something behind its object, at byte %td", end - text);
        cJSON_Delete(root);
        return NULL;
    }
    return root;
}

clqnn_status clq_safetensors_read(const unsigned char *bytes, size_t size, clq_case *file, clq_case_report report)
{
    if (size < 8) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "%zu bytes are too few for a safetensors file", size);
    uint64_t length = 0;
    for (int i = 7; i >= 0; i--) length = length << 8 | bytes[i];
    if (length > MAX_HEADER_BYTES) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "header length %" PRIu64 " is above 1 MiB", length);
    if (length > size - 8) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "header length %" PRIu64 " is above the %zu bytes that follow it", length, size - 8);
    }
    char *text = calloc(1, (size_t)length + HEADER_PADDING);
    if (text == NULL) return clq_case_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for the header");
    memcpy(text, bytes + 8, (size_t)length);
    clqnn_status status = CLQNN_CORRUPT_DATA;
    cJSON *root = parse_header(text, (size_t)length, report);
    if (root != NULL) status = read_tensors(root, bytes + 8 + length, size - 8 - length, file, report);
    cJSON_Delete(root);
    free(text);
    return status;
}
