/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON header. Trusts nothing: every size is checked before it is used. */
#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "safetensors_internal.h"

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

static int text_order(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Keys of an object: UTF-8, none twice. Sorted, because a header may have very many. */
static clqnn_status check_keys(const cJSON *object, const char *what, size_t *count, clq_safetensors_report report)
{
    *count = 0;
    for (const cJSON *item = object->child; item != NULL; item = item->next) ++*count;
    const char **keys = calloc(*count + 1, sizeof *keys);
    if (keys == NULL) return clq_safetensors_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for the %zu keys of %s", *count, what);
    size_t filled = 0;
    clqnn_status status = CLQNN_OK;
    for (const cJSON *item = object->child; item != NULL; item = item->next) {
        keys[filled++] = item->string;
        if (!clq_safetensors_is_utf8(item->string)) status = clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "'%s' in %s is not UTF-8", item->string, what);
    }
    qsort(keys, filled, sizeof *keys, text_order);
    for (size_t i = 1; i < filled && status == CLQNN_OK; i++) {
        if (strcmp(keys[i - 1], keys[i]) == 0) status = clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "%s has '%s' twice", what, keys[i]);
    }
    free(keys);
    return status;
}

static clqnn_status read_texts(const cJSON *object, clq_safetensors *file, clq_safetensors_report report)
{
    if (!cJSON_IsObject(object)) return clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "__metadata__ is not an object");
    size_t count = 0;
    const clqnn_status status = check_keys(object, "__metadata__", &count, report);
    if (status != CLQNN_OK) return status;
    file->texts = calloc(count + 1, sizeof *file->texts);
    if (file->texts == NULL) return clq_safetensors_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for the metadata");
    for (const cJSON *item = object->child; item != NULL; item = item->next) {
        if (!cJSON_IsString(item)) return clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "metadata '%s' is not a string", item->string);
        if (!clq_safetensors_is_utf8(item->valuestring)) {
            return clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "metadata '%s' is not UTF-8", item->string);
        }
        clq_safetensors_text *text = &file->texts[file->text_count++];
        text->key = copy_text(item->string);
        text->value = copy_text(item->valuestring);
        if (text->key == NULL || text->value == NULL) return clq_safetensors_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for the metadata");
    }
    return CLQNN_OK;
}

static clqnn_status read_shape(const cJSON *array, clq_safetensors_tensor *tensor, clq_safetensors_report report)
{
    if (!cJSON_IsArray(array)) return clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' has no shape", tensor->name);
    for (const cJSON *item = array->child; item != NULL; item = item->next) {
        uint64_t size = 0;
        if (tensor->rank == CLQ_SAFETENSORS_MAX_RANK) {
            return clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' has more than %d dimensions", tensor->name, CLQ_SAFETENSORS_MAX_RANK);
        }
        if (!whole_number(item, &size)) {
            return clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "shape of tensor '%s' holds something that is not a whole number", tensor->name);
        }
        tensor->shape[tensor->rank++] = (int64_t)size;
    }
    return CLQNN_OK;
}

/* Whether shape and dtype give the bytes between the offsets. */
static clqnn_status check_size(const clq_safetensors_tensor *tensor, const clq_safetensors_span *span, uint64_t data_size, clq_safetensors_report report)
{
    if (span->end > data_size) {
        return clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' ends at byte %" PRIu64 " of %" PRIu64 " bytes of data: the file is truncated",
                                    tensor->name, span->end, data_size);
    }
    uint64_t bytes = 0;
    char shape[CLQ_SAFETENSORS_SHAPE_TEXT];
    if (!clq_safetensors_bytes(tensor, &bytes)) {
        return clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "shape %s of tensor '%s' is too large", clq_safetensors_shape_text(tensor, shape), tensor->name);
    }
    if (bytes == span->end - span->begin) return CLQNN_OK;
    return clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' of shape %s and dtype %s does not fit its %" PRIu64 " bytes", tensor->name,
                                clq_safetensors_shape_text(tensor, shape), clq_safetensors_dtype_name(tensor->dtype), span->end - span->begin);
}

/* Reads one entry of the header into `tensor`, which has its name, and `span`. */
static clqnn_status read_tensor(const cJSON *item, uint64_t data_size, clq_safetensors_tensor *tensor, clq_safetensors_span *span,
                                clq_safetensors_report report)
{
    size_t count = 0;
    if (!cJSON_IsObject(item)) return clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "header entry '%s' is not an object", item->string);
    clqnn_status status = check_keys(item, item->string, &count, report);
    if (status != CLQNN_OK) return status;
    const cJSON *dtype = cJSON_GetObjectItemCaseSensitive(item, "dtype");
    const cJSON *offsets = cJSON_GetObjectItemCaseSensitive(item, "data_offsets");
    if (!cJSON_IsString(dtype) || !cJSON_IsArray(offsets) || cJSON_GetArraySize(offsets) != 2 || count != 3) {
        return clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' is not {dtype, shape, data_offsets: [begin, end]}", item->string);
    }
    tensor->dtype = clq_safetensors_dtype_from_name(dtype->valuestring);
    if (tensor->dtype == CLQ_SAFETENSORS_NONE) {
        return clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' has the unknown dtype %s", item->string, dtype->valuestring);
    }
    status = read_shape(cJSON_GetObjectItemCaseSensitive(item, "shape"), tensor, report);
    if (status != CLQNN_OK) return status;
    if (!whole_number(offsets->child, &span->begin) || !whole_number(offsets->child->next, &span->end) || span->begin > span->end) {
        return clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "data_offsets of tensor '%s' are not two ascending whole numbers", item->string);
    }
    return check_size(tensor, span, data_size, report);
}

static int span_order(const void *left, const void *right)
{
    const clq_safetensors_span *a = left, *b = right;
    if (a->begin != b->begin) return a->begin < b->begin ? -1 : 1;
    return a->end < b->end ? -1 : a->end > b->end;
}

/* Sorts the spans. Tensors cover the data from its first byte to its last, none twice. */
static clqnn_status check_spans(clq_safetensors *file, uint64_t data_size, clq_safetensors_report report)
{
    clq_safetensors_span *spans = file->spans;
    qsort(spans, file->tensor_count, sizeof *spans, span_order);
    uint64_t covered = 0;
    for (size_t i = 0; i < file->tensor_count; i++) {
        const char *name = file->tensors[spans[i].tensor].name;
        if (spans[i].begin < covered) {
            return clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "data of tensor '%s' overlaps the data of '%s'", name,
                                        file->tensors[spans[i - 1].tensor].name);
        }
        if (spans[i].begin > covered) {
            return clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "%" PRIu64 " bytes of data before tensor '%s' belong to no tensor",
                                        spans[i].begin - covered, name);
        }
        covered = spans[i].end;
    }
    if (covered == data_size) return CLQNN_OK;
    return clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "%" PRIu64 " bytes behind the last tensor", data_size - covered);
}

static clqnn_status read_entries(const cJSON *root, uint64_t data_size, clq_safetensors *file, clq_safetensors_report report)
{
    size_t count = 0;
    clqnn_status status = check_keys(root, "the header", &count, report);
    if (status != CLQNN_OK) return status;
    file->tensors = calloc(count + 1, sizeof *file->tensors);
    file->spans = calloc(count + 1, sizeof *file->spans);
    if (file->tensors == NULL || file->spans == NULL) return clq_safetensors_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for %zu tensors", count);
    for (const cJSON *item = root->child; item != NULL && status == CLQNN_OK; item = item->next) {
        if (strcmp(item->string, "__metadata__") == 0) {
            status = read_texts(item, file, report);
            continue;
        }
        clq_safetensors_tensor *tensor = &file->tensors[file->tensor_count];
        clq_safetensors_span *span = &file->spans[file->tensor_count];
        span->tensor = file->tensor_count++;
        tensor->name = copy_text(item->string);
        status = tensor->name != NULL ? read_tensor(item, data_size, tensor, span, report)
                                      : clq_safetensors_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for a name");
    }
    return status == CLQNN_OK ? check_spans(file, data_size, report) : status;
}

clqnn_status clq_safetensors_parse(const char *text, size_t length, uint64_t data_size, clq_safetensors *file, clq_safetensors_report report)
{
    if (length == 0 || text[0] != '{' || memchr(text, '\0', length) != NULL || strstr(text, "\\u0000") != NULL) {
        return clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "the header is not JSON: it does not begin with '{' or holds a zero byte");
    }
    const char *end = NULL;
    cJSON *root = cJSON_ParseWithLengthOpts(text, length, &end, 0);
    if (root == NULL) return clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "the header is not JSON from byte %td on", end != NULL ? end - text : 0);
    while (end < text + length && *end == ' ') end++;
    clqnn_status status = CLQNN_CORRUPT_DATA;
    if (end == text + length && cJSON_IsObject(root)) status = read_entries(root, data_size, file, report);
    else clq_safetensors_fail(report, status, "the header has something behind its object, at byte %td", end - text);
    cJSON_Delete(root);
    return status;
}
