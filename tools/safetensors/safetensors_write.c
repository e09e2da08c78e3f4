/* SPDX-License-Identifier: Apache-2.0 */
/* Writing: what would not be read back is not written. */
#include <cjson/cJSON.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "safetensors_internal.h"

#define MAX_NUMBER INT64_C(999999999999999) /* cJSON writes larger ones with an exponent */
#define MAX_NAMES_BESIDE 100

typedef const clq_safetensors_tensor *tensor_pointer;

static int file_order(const void *left, const void *right)
{
    const clq_safetensors_tensor *a = *(const tensor_pointer *)left, *b = *(const tensor_pointer *)right;
    const size_t a_size = clq_safetensors_dtype_size(a->dtype), b_size = clq_safetensors_dtype_size(b->dtype);
    return a_size != b_size ? (a_size > b_size ? -1 : 1) : strcmp(a->name, b->name);
}

static int name_order(const void *left, const void *right)
{
    return strcmp((*(const tensor_pointer *)left)->name, (*(const tensor_pointer *)right)->name);
}

static clqnn_status check_tensor(const clq_safetensors_tensor *tensor, size_t index, uint64_t *total, clq_safetensors_report report)
{
    uint64_t bytes = 0;
    bool good = tensor->name != NULL && clq_safetensors_is_utf8(tensor->name) && strcmp(tensor->name, "__metadata__") != 0;
    good = good && clq_safetensors_bytes(tensor, &bytes) && (tensor->data != NULL || bytes == 0);
    for (int32_t i = 0; good && i < tensor->rank; i++) good = tensor->shape[i] <= MAX_NUMBER;
    if (!good || bytes > (uint64_t)MAX_NUMBER - *total) {
        return clq_safetensors_fail(report, CLQNN_INVALID_ARGUMENT, "tensor %zu ('%s') has no name, no data, or a name, dtype or shape without meaning", index,
                                    tensor->name != NULL ? tensor->name : "");
    }
    *total += bytes;
    return CLQNN_OK;
}

static clqnn_status check_texts(const clq_safetensors_content *content, clq_safetensors_report report)
{
    for (size_t i = 0; i < content->text_count; i++) {
        const clq_safetensors_text *text = &content->texts[i];
        if (text->key == NULL || text->value == NULL || !clq_safetensors_is_utf8(text->key) || !clq_safetensors_is_utf8(text->value)) {
            return clq_safetensors_fail(report, CLQNN_INVALID_ARGUMENT, "metadata %zu ('%s') has no key, no value, or one that is not UTF-8", i,
                                        text->key != NULL ? text->key : "");
        }
        for (size_t k = 0; k < i; k++) {
            if (strcmp(content->texts[k].key, text->key) == 0) {
                return clq_safetensors_fail(report, CLQNN_INVALID_ARGUMENT, "metadata '%s' is given twice", text->key);
            }
        }
    }
    return CLQNN_OK;
}

/* Checks everything and puts the tensors into the order of the file. */
static clqnn_status arrange(const clq_safetensors_content *content, tensor_pointer *order, clq_safetensors_report report)
{
    uint64_t total = 0;
    clqnn_status status = check_texts(content, report);
    for (size_t i = 0; i < content->tensor_count && status == CLQNN_OK; i++) {
        order[i] = &content->tensors[i];
        status = check_tensor(order[i], i, &total, report);
    }
    if (status != CLQNN_OK) return status;
    qsort(order, content->tensor_count, sizeof *order, name_order);
    for (size_t i = 1; i < content->tensor_count; i++) {
        if (strcmp(order[i - 1]->name, order[i]->name) == 0) {
            return clq_safetensors_fail(report, CLQNN_INVALID_ARGUMENT, "tensor '%s' is given twice", order[i]->name);
        }
    }
    qsort(order, content->tensor_count, sizeof *order, file_order);
    return CLQNN_OK;
}

/* {"dtype": .., "shape": [..], "data_offsets": [begin, end]}, or NULL without memory. */
static cJSON *tensor_json(const clq_safetensors_tensor *tensor, uint64_t begin, uint64_t bytes)
{
    cJSON *object = cJSON_CreateObject();
    bool good = cJSON_AddStringToObject(object, "dtype", clq_safetensors_dtype_name(tensor->dtype)) != NULL;
    cJSON *shape = cJSON_AddArrayToObject(object, "shape");
    cJSON *offsets = cJSON_AddArrayToObject(object, "data_offsets");
    good = good && shape != NULL && offsets != NULL;
    for (int32_t i = 0; good && i < tensor->rank; i++) good = cJSON_AddItemToArray(shape, cJSON_CreateNumber((double)tensor->shape[i]));
    good = good && cJSON_AddItemToArray(offsets, cJSON_CreateNumber((double)begin));
    good = good && cJSON_AddItemToArray(offsets, cJSON_CreateNumber((double)(begin + bytes)));
    if (good) return object;
    cJSON_Delete(object);
    return NULL;
}

/* The header's text, to be freed by cJSON_free, or NULL without memory. */
static char *header_text(const clq_safetensors_content *content, const tensor_pointer *order)
{
    cJSON *root = cJSON_CreateObject();
    cJSON *texts = content->text_count > 0 ? cJSON_AddObjectToObject(root, "__metadata__") : NULL;
    bool good = root != NULL && (texts != NULL || content->text_count == 0);
    for (size_t i = 0; good && i < content->text_count; i++) {
        good = cJSON_AddStringToObject(texts, content->texts[i].key, content->texts[i].value) != NULL;
    }
    uint64_t begin = 0;
    for (size_t i = 0; good && i < content->tensor_count; i++) {
        uint64_t bytes = 0;
        good = clq_safetensors_bytes(order[i], &bytes);
        cJSON *object = good ? tensor_json(order[i], begin, bytes) : NULL;
        good = object != NULL && cJSON_AddItemToObject(root, order[i]->name, object);
        if (!good) cJSON_Delete(object);
        begin += bytes;
    }
    char *text = good ? cJSON_PrintUnformatted(root) : NULL;
    cJSON_Delete(root);
    return text;
}

static bool write_all(FILE *stream, const char *header, const tensor_pointer *order, size_t count)
{
    const size_t used = strlen(header), length = (used + 7) / 8 * 8;
    unsigned char prefix[8];
    for (int i = 0; i < 8; i++) prefix[i] = (unsigned char)((uint64_t)length >> 8 * i);
    bool good = fwrite(prefix, 1, sizeof prefix, stream) == sizeof prefix && fwrite(header, 1, used, stream) == used;
    for (size_t i = used; good && i < length; i++) good = fputc(' ', stream) != EOF;
    for (size_t i = 0; good && i < count; i++) {
        uint64_t bytes = 0;
        good = clq_safetensors_bytes(order[i], &bytes) && (bytes == 0 || fwrite(order[i]->data, 1, (size_t)bytes, stream) == bytes);
    }
    return good && fflush(stream) == 0 && fsync(fileno(stream)) == 0;
}

/* A new file beside `path`, whose name is written to `beside`. NULL with errno set. */
static FILE *open_beside(const char *path, char *beside, size_t size)
{
    int file = -1;
    for (int i = 0; i < MAX_NAMES_BESIDE && file < 0; i++) {
        snprintf(beside, size, "%s.%ld.%d.part", path, (long)getpid(), i);
        file = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file < 0 && errno != EEXIST) return NULL;
    }
    FILE *stream = file >= 0 ? fdopen(file, "wb") : NULL;
    if (stream == NULL && file >= 0) {
        const int error = errno;
        close(file);
        remove(beside);
        errno = error;
    }
    return stream;
}

static clqnn_status write_file(const char *path, const char *header, const tensor_pointer *order, size_t count, clq_safetensors_report report)
{
    const size_t size = strlen(path) + 64;
    char *beside = malloc(size);
    if (beside == NULL) return clq_safetensors_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for a path");
    FILE *stream = open_beside(path, beside, size);
    bool good = stream != NULL && write_all(stream, header, order, count);
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
    return good ? CLQNN_OK : clq_safetensors_fail(report, CLQNN_IO_ERROR, "%s could not be written: %s", path, strerror(error));
}

clqnn_status clq_safetensors_write(const char *path, const clq_safetensors_content *content, char *message, size_t capacity)
{
    const clq_safetensors_report report = {message, capacity};
    if (path == NULL || content == NULL || (content->texts == NULL && content->text_count > 0) || (content->tensors == NULL && content->tensor_count > 0)) {
        return clq_safetensors_fail(report, CLQNN_INVALID_ARGUMENT, "null pointer");
    }
    tensor_pointer *order = calloc(content->tensor_count + 1, sizeof *order);
    if (order == NULL) return clq_safetensors_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for %zu tensors", content->tensor_count);
    clqnn_status status = arrange(content, order, report);
    if (status == CLQNN_OK) {
        char *header = header_text(content, order);
        status = header != NULL ? write_file(path, header, order, content->tensor_count, report)
                                : clq_safetensors_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for the header");
        cJSON_free(header);
    }
    free(order);
    return status;
}
