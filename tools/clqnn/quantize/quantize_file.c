/* SPDX-License-Identifier: Apache-2.0 */
#include "quantize_file.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for one more at the end of *list. */
static bool grow(clq_quantize_file *file, void **list, size_t count, size_t size)
{
    /* At powers of two the list is full. */
    if (!file->is_out_of_memory && (count & (count - 1)) == 0) {
        void *longer = realloc(*list, (count == 0 ? 1 : 2 * count) * size);
        if (longer != NULL) *list = longer;
        else file->is_out_of_memory = true;
    }
    return !file->is_out_of_memory;
}

void clq_quantize_file_own(clq_quantize_file *file, void *block)
{
    void *list = file->owned;
    if (block == NULL) return;
    if (grow(file, &list, file->owned_count, sizeof *file->owned)) {
        file->owned = list;
        file->owned[file->owned_count++] = block;
    } else {
        free(block);
    }
}

/* A text that the file owns; NULL after a failure. */
static const char *join(clq_quantize_file *file, const char *name, const char *part)
{
    const size_t length = strlen(name), size = length + strlen(part) + 1;
    char *text = malloc(size);
    if (text == NULL) {
        file->is_out_of_memory = true;
        return NULL;
    }
    memcpy(text, name, length);
    memcpy(text + length, part, size - length);
    clq_quantize_file_own(file, text);
    return file->is_out_of_memory ? NULL : text;
}

void clq_quantize_file_add(clq_quantize_file *file, const clq_safetensors_tensor *tensor, const char *name, const char *part)
{
    void *list = file->tensors;
    const char *joined = join(file, name, part);
    if (joined == NULL || !grow(file, &list, file->tensor_count, sizeof *file->tensors)) return;
    file->tensors = list;
    file->tensors[file->tensor_count] = *tensor;
    file->tensors[file->tensor_count++].name = joined;
}

/* printf into a block of its own; NULL without memory. */
static char *print_text(const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, arguments);
    char *text = length >= 0 ? malloc((size_t)length + 1) : NULL;
    if (text != NULL) vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

void clq_quantize_file_text(clq_quantize_file *file, const char *name, const char *part, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *value = print_text(format, arguments);
    va_end(arguments);
    if (value == NULL) file->is_out_of_memory = true;
    clq_quantize_file_own(file, value);
    void *list = file->texts;
    const char *key = join(file, name, part);
    if (key == NULL || file->is_out_of_memory) return;
    const clq_safetensors_text text = {key, value};
    for (size_t i = 0; i < file->text_count; i++) {
        if (strcmp(file->texts[i].key, key) != 0) continue;
        file->texts[i] = text;
        return;
    }
    if (!grow(file, &list, file->text_count, sizeof *file->texts)) return;
    file->texts = list;
    file->texts[file->text_count++] = text;
}

clqnn_status clq_quantize_file_write(const clq_quantize_file *file, const char *path, char *message, size_t capacity)
{
    if (file->is_out_of_memory) {
        snprintf(message, capacity, "memory ran out");
        return CLQNN_OUT_OF_MEMORY;
    }
    const clq_safetensors_content content = {.texts = file->texts, .text_count = file->text_count, .tensors = file->tensors, .tensor_count = file->tensor_count};
    return clq_safetensors_write(path, &content, message, capacity);
}

void clq_quantize_file_free(clq_quantize_file *file)
{
    for (size_t i = 0; i < file->owned_count; i++) free(file->owned[i]);
    free(file->owned);
    free(file->texts);
    free(file->tensors);
    *file = (clq_quantize_file){.tensors = NULL};
}
