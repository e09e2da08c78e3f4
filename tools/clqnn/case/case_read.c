/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a case: the file, then the container, then the contract. */
#include "case_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whether a tensor's values are wanted as int32: zero points, multipliers, shifts. */
static bool is_integer_parameter(const char *name)
{
    static const char suffix[] = ".zero_point";
    const size_t length = strlen(name), size = sizeof suffix - 1;
    if (strcmp(name, "multiplier") == 0 || strcmp(name, "shift") == 0) return true;
    return length > size && strcmp(name + length - size, suffix) == 0;
}

static int32_t integer_at(const clq_case_entry *entry, int64_t index)
{
    switch (entry->tensor.dtype) {
    case CLQ_CASE_U8: return ((const uint8_t *)entry->tensor.data)[index];
    case CLQ_CASE_I8: return ((const int8_t *)entry->tensor.data)[index];
    case CLQ_CASE_I16: return ((const int16_t *)entry->tensor.data)[index];
    default: return ((const int32_t *)entry->tensor.data)[index];
    }
}

static clqnn_status widen_integers(clq_case *file, clq_case_report report)
{
    for (size_t i = 0; i < file->entry_count; i++) {
        clq_case_entry *entry = &file->entries[i];
        int64_t count = 0;
        if (clq_case_float_type(entry->tensor.dtype) != CLQNN_TYPE_NONE) continue; /* a zero point of groups */
        if (!is_integer_parameter(entry->tensor.name) || !clq_case_count(entry->tensor.shape, entry->tensor.rank, &count)) continue;
        entry->integers = malloc(((size_t)count + 1) * sizeof *entry->integers);
        if (entry->integers == NULL) return clq_case_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for tensor '%s'", entry->tensor.name);
        for (int64_t k = 0; k < count; k++) entry->integers[k] = integer_at(entry, k);
    }
    return CLQNN_OK;
}

/* The case in a container, which is released with it or here. */
static clqnn_status read_container(clq_safetensors *container, clq_case **out, clq_case_report report)
{
    clq_case *file = calloc(1, sizeof *file);
    if (file == NULL) {
        clq_safetensors_free(container);
        return clq_case_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for a case");
    }
    clqnn_status status = clq_case_hold(file, container, report);
    if (status == CLQNN_OK) status = clq_case_check_contract(file, report);
    if (status == CLQNN_OK) status = widen_integers(file, report);
    if (status == CLQNN_OK) *out = file;
    else clq_case_free(file);
    return status;
}

clqnn_status clq_case_read_memory(const void *data, size_t size, clq_case **out, char *message, size_t capacity)
{
    const clq_case_report report = {message, capacity};
    if (out == NULL || (data == NULL && size > 0)) return clq_case_fail(report, CLQNN_INVALID_ARGUMENT, "null pointer");
    *out = NULL;
    clq_safetensors *container = NULL;
    const clqnn_status status = clq_safetensors_read_memory(data, size, &container, message, capacity);
    return status == CLQNN_OK ? read_container(container, out, report) : status;
}

clqnn_status clq_case_read(const char *path, clq_case **out, char *message, size_t capacity)
{
    const clq_case_report report = {message, capacity};
    if (path == NULL || out == NULL) return clq_case_fail(report, CLQNN_INVALID_ARGUMENT, "null pointer");
    *out = NULL;
    clq_safetensors *container = NULL;
    const clqnn_status status = clq_safetensors_read(path, &container, message, capacity);
    return status == CLQNN_OK ? read_container(container, out, report) : status;
}

void clq_case_free(clq_case *file)
{
    if (file == NULL) return;
    for (size_t i = 0; i < file->entry_count; i++) free(file->entries[i].integers);
    free(file->entries);
    free(file->multipliers);
    free(file->shifts);
    for (size_t i = 0; i < file->array_count; i++) free(file->arrays[i]);
    clq_safetensors_free(file->container);
    free(file);
}

const char *clq_case_operator_name(const clq_case *file)
{
    return clq_case_contract_name(file->contract);
}

clqnn_status clq_case_expect_operator(const clq_case *file, const char *name, clq_case_report report)
{
    if (strcmp(clq_case_operator_name(file), name) == 0) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_UNSUPPORTED, "the operator is %s, not %s", clq_case_operator_name(file), name);
}

const clq_case_entry *clq_case_find_entry(const clq_case *file, const char *name)
{
    for (size_t i = 0; i < file->entry_count; i++) {
        if (strcmp(file->entries[i].tensor.name, name) == 0) return &file->entries[i];
    }
    return NULL;
}

const clq_case_tensor *clq_case_find(const clq_case *file, const char *name)
{
    const clq_case_entry *entry = clq_case_find_entry(file, name);
    return entry != NULL ? &entry->tensor : NULL;
}

const clq_case_entry *clq_case_find_part(const clq_case *file, const char *tensor, const char *part)
{
    char name[CLQ_CASE_TEXT];
    const int length = snprintf(name, sizeof name, "%s.%s", tensor, part);
    return length > 0 && (size_t)length < sizeof name ? clq_case_find_entry(file, name) : NULL;
}
