/* SPDX-License-Identifier: Apache-2.0 */
/* The container, written: header padded with spaces to a multiple of 8, tensors in the given order without gaps. */
#include "case_internal.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* {"dtype": .., "shape": [..], "data_offsets": [begin, end]}, or NULL without memory. */
static cJSON *tensor_json(const clq_case_tensor *tensor, uint64_t begin, uint64_t bytes)
{
    cJSON *object = cJSON_CreateObject();
    cJSON *shape = cJSON_AddArrayToObject(object, "shape");
    cJSON *offsets = cJSON_AddArrayToObject(object, "data_offsets");
    bool good = cJSON_AddStringToObject(object, "dtype", clq_case_dtype_name(tensor->dtype)) != NULL && shape != NULL && offsets != NULL;
    for (int32_t i = 0; good && i < tensor->rank; i++) good = cJSON_AddItemToArray(shape, cJSON_CreateNumber((double)tensor->shape[i]));
    good = good && cJSON_AddItemToArray(offsets, cJSON_CreateNumber((double)begin));
    good = good && cJSON_AddItemToArray(offsets, cJSON_CreateNumber((double)(begin + bytes)));
    if (good) return object;
    cJSON_Delete(object);
    return NULL;
}

/* Bytes of a tensor; false if it has no meaning. */
static bool tensor_bytes(const clq_case_tensor *tensor, uint64_t *bytes)
{
    int64_t elements = 0;
    if (tensor->name == NULL || tensor->rank < 0 || tensor->rank > CLQ_CASE_MAX_RANK) return false;
    if (clq_case_dtype_size(tensor->dtype) == 0 || !clq_case_count(tensor->shape, tensor->rank, &elements)) return false;
    *bytes = (uint64_t)elements * clq_case_dtype_size(tensor->dtype);
    return tensor->data != NULL || *bytes == 0;
}

/* The header's text, to be freed by cJSON_free, or NULL and a message. */
static char *header_text(const clq_case_text *metadata, size_t metadata_count, const clq_case_tensor *tensors, size_t tensor_count,
                         clq_case_report report)
{
    cJSON *root = cJSON_CreateObject();
    cJSON *lines = cJSON_AddObjectToObject(root, "__metadata__");
    bool good = lines != NULL;
    for (size_t i = 0; good && i < metadata_count; i++) good = cJSON_AddStringToObject(lines, metadata[i].key, metadata[i].value) != NULL;
    uint64_t begin = 0;
    for (size_t i = 0; good && i < tensor_count; i++) {
        uint64_t bytes = 0;
        if (!tensor_bytes(&tensors[i], &bytes)) {
            clq_case_fail(report, CLQNN_INVALID_ARGUMENT, "tensor %zu ('%s') has no name, no data, or a dtype or shape without meaning", i,
                          tensors[i].name != NULL ? tensors[i].name : "");
            cJSON_Delete(root);
            return NULL;
        }
        cJSON *object = tensor_json(&tensors[i], begin, bytes);
        good = object != NULL && cJSON_AddItemToObject(root, tensors[i].name, object);
        begin += bytes;
    }
    char *text = good ? cJSON_PrintUnformatted(root) : NULL;
    cJSON_Delete(root);
    if (text == NULL) clq_case_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for the header");
    return text;
}

static bool write_all(FILE *stream, const char *header, const clq_case_tensor *tensors, size_t tensor_count)
{
    const size_t used = strlen(header), length = (used + 7) / 8 * 8;
    unsigned char prefix[8];
    for (int i = 0; i < 8; i++) prefix[i] = (unsigned char)((uint64_t)length >> 8 * i);
    bool good = fwrite(prefix, 1, sizeof prefix, stream) == sizeof prefix && fwrite(header, 1, used, stream) == used;
    for (size_t i = used; good && i < length; i++) good = fputc(' ', stream) != EOF;
    for (size_t i = 0; good && i < tensor_count; i++) {
        uint64_t bytes = 0;
        good = tensor_bytes(&tensors[i], &bytes) && (bytes == 0 || fwrite(tensors[i].data, 1, (size_t)bytes, stream) == bytes);
    }
    return good;
}

/* Writes beside `path`, then renames: a reader sees the old file or the whole new one. */
static clqnn_status write_file(const char *path, const char *header, const clq_case_tensor *tensors, size_t tensor_count, clq_case_report report)
{
    const size_t size = strlen(path) + 32;
    char *beside = malloc(size);
    if (beside == NULL) return clq_case_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for a path");
    snprintf(beside, size, "%s.%ld.part", path, (long)getpid());
    FILE *stream = fopen(beside, "wb");
    bool good = stream != NULL && write_all(stream, header, tensors, tensor_count);
    int error = errno;
    if (stream != NULL && fclose(stream) != 0 && good) {
        good = false;
        error = errno;
    }
    if (good && rename(beside, path) != 0) {
        good = false;
        error = errno;
    }
    if (!good && stream != NULL) remove(beside);
    free(beside);
    return good ? CLQNN_OK : clq_case_fail(report, CLQNN_IO_ERROR, "%s could not be written: %s", path, strerror(error));
}

clqnn_status clq_safetensors_write(const char *path, const clq_case_text *metadata, size_t metadata_count, const clq_case_tensor *tensors,
                                   size_t tensor_count, clq_case_report report)
{
    char *header = header_text(metadata, metadata_count, tensors, tensor_count, report);
    if (header == NULL) return CLQNN_INVALID_ARGUMENT;
    const clqnn_status status = write_file(path, header, tensors, tensor_count, report);
    cJSON_free(header);
    return status;
}
