/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a case: what would not be read back is not written. */
#include "case_internal.h"

#include <stdlib.h>
#include <string.h>

static char *copy_text(const char *text)
{
    const size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    if (copy != NULL) memcpy(copy, text, size);
    return copy;
}

static bool has_entry_twice(const clq_case *file, const char **name)
{
    for (size_t i = 0; i < file->entry_count; i++) {
        *name = file->entries[i].name;
        if (clq_case_find_entry(file, *name) != &file->entries[i]) return true;
    }
    for (size_t i = 0; i < file->metadata_count; i++) {
        *name = file->metadata[i].key;
        if (clq_case_metadata(file, *name) != file->metadata[i].value) return true;
    }
    return false;
}

/* A case without data that has these keys and tensors, for the contract's check. */
static clqnn_status outline(const clq_case_text *metadata, size_t metadata_count, const clq_case_tensor *tensors, size_t tensor_count, clq_case *file)
{
    file->metadata = calloc(metadata_count + 1, sizeof *file->metadata);
    file->entries = calloc(tensor_count + 1, sizeof *file->entries);
    if (file->metadata == NULL || file->entries == NULL) return CLQNN_OUT_OF_MEMORY;
    for (size_t i = 0; i < metadata_count; i++) {
        if (metadata[i].key == NULL || metadata[i].value == NULL) return CLQNN_INVALID_ARGUMENT;
        clq_case_line *line = &file->metadata[file->metadata_count++];
        line->key = copy_text(metadata[i].key);
        line->value = copy_text(metadata[i].value);
        if (line->key == NULL || line->value == NULL) return CLQNN_OUT_OF_MEMORY;
    }
    for (size_t i = 0; i < tensor_count; i++) {
        if (tensors[i].name == NULL || tensors[i].rank < 0 || tensors[i].rank > CLQ_CASE_MAX_RANK) return CLQNN_INVALID_ARGUMENT;
        clq_case_entry *entry = &file->entries[file->entry_count++];
        entry->tensor = tensors[i];
        entry->name = copy_text(tensors[i].name);
        if (entry->name == NULL) return CLQNN_OUT_OF_MEMORY;
        entry->tensor.name = entry->name;
    }
    return CLQNN_OK;
}

clqnn_status clq_case_write(const char *path, const clq_case_text *metadata, size_t metadata_count, const clq_case_tensor *tensors, size_t tensor_count,
                            char *message, size_t capacity)
{
    const clq_case_report report = {message, capacity};
    if (path == NULL || (metadata == NULL && metadata_count > 0) || (tensors == NULL && tensor_count > 0)) {
        return clq_case_fail(report, CLQNN_INVALID_ARGUMENT, "null pointer");
    }
    clq_case *file = calloc(1, sizeof *file);
    if (file == NULL) return clq_case_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for a case");
    const char *twice = NULL;
    clqnn_status status = outline(metadata, metadata_count, tensors, tensor_count, file);
    if (status != CLQNN_OK) clq_case_fail(report, status, "an entry has no key, name, value or a rank without meaning, or memory ran out");
    else if (has_entry_twice(file, &twice)) status = clq_case_fail(report, CLQNN_INVALID_ARGUMENT, "'%s' is given twice", twice);
    else status = clq_case_check_contract(file, report);
    clq_case_free(file);
    return status == CLQNN_OK ? clq_safetensors_write(path, metadata, metadata_count, tensors, tensor_count, report) : status;
}
