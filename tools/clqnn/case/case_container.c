/* SPDX-License-Identifier: Apache-2.0 */
/* A case and the safetensors file that holds it: the dtypes that cases have, and how much of everything. */
#include <stdlib.h>
#include <string.h>

#include "case_internal.h"

#define MAX_ENTRIES 256

static clqnn_status hold_tensor(const clq_safetensors_tensor *stored, clq_case_entry *entry, clq_case_report report)
{
    const char *dtype = clq_safetensors_dtype_name(stored->dtype);
    entry->tensor = (clq_case_tensor){.name = stored->name, .dtype = clq_case_dtype_from_name(dtype), .rank = stored->rank, .data = stored->data};
    memcpy(entry->tensor.shape, stored->shape, sizeof entry->tensor.shape);
    if (entry->tensor.dtype != CLQ_CASE_NONE) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' has dtype %s, not U8 I8 I16 I32 F32 F16 BF16 F8_E4M3 F8_E5M2", stored->name, dtype);
}

clqnn_status clq_case_hold(clq_case *file, clq_safetensors *container, clq_case_report report)
{
    file->container = container;
    file->metadata_count = clq_safetensors_text_count(container);
    if (file->metadata_count > MAX_ENTRIES || clq_safetensors_count(container) > MAX_ENTRIES) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "%zu tensors and %zu keys: a case has at most %d of each", clq_safetensors_count(container),
                             file->metadata_count, MAX_ENTRIES);
    }
    file->metadata = file->metadata_count > 0 ? clq_safetensors_text_at(container, 0) : NULL;
    file->entries = calloc(clq_safetensors_count(container) + 1, sizeof *file->entries);
    if (file->entries == NULL) return clq_case_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for a case");
    clqnn_status status = CLQNN_OK;
    for (size_t i = 0; i < clq_safetensors_count(container) && status == CLQNN_OK; i++) {
        status = hold_tensor(clq_safetensors_at(container, i), &file->entries[file->entry_count++], report);
    }
    return status;
}

clqnn_status clq_case_store(const char *path, const clq_case *file, clq_case_report report)
{
    clq_safetensors_tensor *tensors = calloc(file->entry_count + 1, sizeof *tensors);
    if (tensors == NULL) return clq_case_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for %zu tensors", file->entry_count);
    for (size_t i = 0; i < file->entry_count; i++) {
        const clq_case_tensor *tensor = &file->entries[i].tensor;
        tensors[i] = (clq_safetensors_tensor){.name = tensor->name, .rank = tensor->rank, .data = tensor->data};
        tensors[i].dtype = clq_safetensors_dtype_from_name(clq_case_dtype_name(tensor->dtype));
        memcpy(tensors[i].shape, tensor->shape, sizeof tensors[i].shape);
    }
    const clq_safetensors_content content = {
        .texts = file->metadata, .text_count = file->metadata_count, .tensors = tensors, .tensor_count = file->entry_count};
    const clqnn_status status = clq_safetensors_write(path, &content, report.message, report.capacity);
    free(tensors);
    return status;
}
