/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a case: what would not be read back is not written. */
#include "case_internal.h"

#include <stdlib.h>
#include <string.h>

static bool has_entry_twice(const clq_case *file, const char **name)
{
    for (size_t i = 0; i < file->entry_count; i++) {
        *name = file->entries[i].tensor.name;
        if (clq_case_find_entry(file, *name) != &file->entries[i]) return true;
    }
    for (size_t i = 0; i < file->metadata_count; i++) {
        *name = file->metadata[i].key;
        if (clq_case_metadata(file, *name) != file->metadata[i].value) return true;
    }
    return false;
}

/* A case of these keys and tensors, which lie where they did, for the contract's check. */
static clqnn_status outline(const clq_case_text *metadata, size_t metadata_count, const clq_case_tensor *tensors, size_t tensor_count, clq_case *file,
                            clq_safetensors_text *texts)
{
    file->entries = calloc(tensor_count + 1, sizeof *file->entries);
    if (file->entries == NULL) return CLQNN_OUT_OF_MEMORY;
    file->metadata = texts;
    for (size_t i = 0; i < metadata_count; i++) {
        if (metadata[i].key == NULL || metadata[i].value == NULL) return CLQNN_INVALID_ARGUMENT;
        texts[file->metadata_count++] = (clq_safetensors_text){metadata[i].key, metadata[i].value};
    }
    for (size_t i = 0; i < tensor_count; i++) {
        if (tensors[i].name == NULL || tensors[i].rank < 0 || tensors[i].rank > CLQ_CASE_MAX_RANK) return CLQNN_INVALID_ARGUMENT;
        file->entries[file->entry_count++].tensor = tensors[i];
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
    clq_safetensors_text *texts = calloc(metadata_count + 1, sizeof *texts);
    const char *twice = NULL;
    clqnn_status status = file == NULL || texts == NULL ? CLQNN_OUT_OF_MEMORY : outline(metadata, metadata_count, tensors, tensor_count, file, texts);
    if (status != CLQNN_OK) clq_case_fail(report, status, "an entry has no key, name, value or a rank without meaning, or memory ran out");
    else if (has_entry_twice(file, &twice)) status = clq_case_fail(report, CLQNN_INVALID_ARGUMENT, "'%s' is given twice", twice);
    else status = clq_case_check_contract(file, report);
    if (status == CLQNN_OK) status = clq_case_store(path, file, report);
    clq_case_free(file);
    free(texts);
    return status;
}
