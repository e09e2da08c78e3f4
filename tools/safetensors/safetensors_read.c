/* SPDX-License-Identifier: Apache-2.0 */
/* Reading: the header's length, the header, then each tensor into a block of its own. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "safetensors_internal.h"

#define MAX_HEADER_BYTES 100000000u
#define PREFIX_BYTES 8

/* Bytes that come one after the other: of a stream, or of memory where there is none. */
typedef struct byte_source {
    FILE *stream;
    const unsigned char *bytes;
    uint64_t size, used;
} byte_source;

static clqnn_status take(byte_source *source, void *to, size_t count, clq_safetensors_report report)
{
    size_t got = count;
    if (source->stream != NULL) got = fread(to, 1, count, source->stream);
    else if (count > 0) memcpy(to, source->bytes + source->used, count);
    source->used += got;
    if (got == count) return CLQNN_OK;
    return clq_safetensors_fail(report, CLQNN_IO_ERROR, "%" PRIu64 " of %" PRIu64 " bytes could be read", source->used, source->size);
}

/* In the order of the file. Blocks of their own: aligned whatever the offset, and a sanitizer sees every step past their ends. */
static clqnn_status read_data(byte_source *source, clq_safetensors *file, clq_safetensors_report report)
{
    for (size_t i = 0; i < file->tensor_count; i++) {
        const clq_safetensors_span *span = &file->spans[i];
        clq_safetensors_tensor *tensor = &file->tensors[span->tensor];
        const size_t bytes = (size_t)(span->end - span->begin);
        void *data = bytes == span->end - span->begin ? malloc(bytes == 0 ? 1 : bytes) : NULL;
        if (data == NULL) {
            return clq_safetensors_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for tensor '%s' of %" PRIu64 " bytes", tensor->name, span->end - span->begin);
        }
        tensor->data = data;
        const clqnn_status status = take(source, data, bytes, report);
        if (status != CLQNN_OK) return status;
    }
    return CLQNN_OK;
}

static clqnn_status read_source(byte_source *source, clq_safetensors *file, clq_safetensors_report report)
{
    unsigned char prefix[PREFIX_BYTES];
    if (source->size < PREFIX_BYTES) {
        return clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "%" PRIu64 " bytes are too few for a safetensors file", source->size);
    }
    clqnn_status status = take(source, prefix, PREFIX_BYTES, report);
    if (status != CLQNN_OK) return status;
    uint64_t length = 0;
    for (int i = PREFIX_BYTES - 1; i >= 0; i--) length = length << 8 | prefix[i];
    const uint64_t behind = source->size - PREFIX_BYTES;
    if (length > MAX_HEADER_BYTES) {
        return clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "header length %" PRIu64 " is above %u bytes", length, MAX_HEADER_BYTES);
    }
    if (length > behind) {
        return clq_safetensors_fail(report, CLQNN_CORRUPT_DATA, "header length %" PRIu64 " is above the %" PRIu64 " bytes that follow it", length, behind);
    }
    char *text = calloc(1, (size_t)length + CLQ_SAFETENSORS_PADDING);
    if (text == NULL) return clq_safetensors_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for a header of %" PRIu64 " bytes", length);
    status = take(source, text, (size_t)length, report);
    if (status == CLQNN_OK) status = clq_safetensors_parse(text, (size_t)length, behind - length, file, report);
    free(text);
    if (status == CLQNN_OK) status = read_data(source, file, report);
    free(file->spans);
    file->spans = NULL;
    return status;
}

static clqnn_status read_new(byte_source *source, clq_safetensors **out, clq_safetensors_report report)
{
    clq_safetensors *file = calloc(1, sizeof *file);
    if (file == NULL) return clq_safetensors_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for a file");
    const clqnn_status status = read_source(source, file, report);
    if (status == CLQNN_OK) *out = file;
    else clq_safetensors_free(file);
    return status;
}

clqnn_status clq_safetensors_read_memory(const void *bytes, size_t size, clq_safetensors **out, char *message, size_t capacity)
{
    const clq_safetensors_report report = {message, capacity};
    if (out == NULL || (bytes == NULL && size > 0)) return clq_safetensors_fail(report, CLQNN_INVALID_ARGUMENT, "null pointer");
    *out = NULL;
    return read_new(&(byte_source){.bytes = bytes, .size = size}, out, report);
}

static clqnn_status read_stream(FILE *stream, clq_safetensors **out, clq_safetensors_report report)
{
    struct stat info;
    if (fstat(fileno(stream), &info) != 0) return clq_safetensors_fail(report, CLQNN_IO_ERROR, "%s", strerror(errno));
    if (!S_ISREG(info.st_mode)) return clq_safetensors_fail(report, CLQNN_IO_ERROR, "it is not a regular file");
    return read_new(&(byte_source){.stream = stream, .size = (uint64_t)info.st_size}, out, report);
}

clqnn_status clq_safetensors_read(const char *path, clq_safetensors **out, char *message, size_t capacity)
{
    const clq_safetensors_report report = {message, capacity};
    if (path == NULL || out == NULL) return clq_safetensors_fail(report, CLQNN_INVALID_ARGUMENT, "null pointer");
    *out = NULL;
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) return clq_safetensors_fail(report, CLQNN_IO_ERROR, "%s: %s", path, strerror(errno));
    char reason[512] = "";
    const clqnn_status status = read_stream(stream, out, (clq_safetensors_report){reason, sizeof reason});
    fclose(stream);
    return status == CLQNN_OK ? CLQNN_OK : clq_safetensors_fail(report, status, "%s: %s", path, reason);
}

/* What a file owns lies behind pointers to const, because its users must not write there. */
static void release(const void *owned)
{
    union {
        const void *seen;
        void *owned;
    } pointer = {.seen = owned};
    free(pointer.owned);
}

void clq_safetensors_free(clq_safetensors *file)
{
    if (file == NULL) return;
    for (size_t i = 0; i < file->text_count; i++) {
        release(file->texts[i].key);
        release(file->texts[i].value);
    }
    for (size_t i = 0; i < file->tensor_count; i++) {
        release(file->tensors[i].name);
        release(file->tensors[i].data);
    }
    free(file->texts);
    free(file->tensors);
    free(file->spans);
    free(file);
}

size_t clq_safetensors_count(const clq_safetensors *file)
{
    return file->tensor_count;
}

const clq_safetensors_tensor *clq_safetensors_at(const clq_safetensors *file, size_t index)
{
    return &file->tensors[index];
}

const clq_safetensors_tensor *clq_safetensors_find(const clq_safetensors *file, const char *name)
{
    for (size_t i = 0; i < file->tensor_count; i++) {
        if (strcmp(file->tensors[i].name, name) == 0) return &file->tensors[i];
    }
    return NULL;
}

size_t clq_safetensors_text_count(const clq_safetensors *file)
{
    return file->text_count;
}

const clq_safetensors_text *clq_safetensors_text_at(const clq_safetensors *file, size_t index)
{
    return &file->texts[index];
}

const char *clq_safetensors_text_of(const clq_safetensors *file, const char *key)
{
    for (size_t i = 0; i < file->text_count; i++) {
        if (strcmp(file->texts[i].key, key) == 0) return file->texts[i].value;
    }
    return NULL;
}
