/* SPDX-License-Identifier: Apache-2.0 */
/* b.group, b.scale, b.zero_point, b.offset and b.index of a gemm as a clqnn_groups. Files have [groups, n]; a transposed b wants [n][groups]. */
#include "case_internal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

typedef struct groups_view {
    clq_case *file;
    const clqnn_gemm_desc *desc;
    int64_t count;          /* of groups */
    bool transposed;
} groups_view;

static clqnn_status check_shape(const groups_view *view, const clq_case_tensor *tensor, clq_case_report report)
{
    char text[CLQ_CASE_TEXT];
    if (tensor->rank == 2 && tensor->shape[0] == view->count && tensor->shape[1] == view->desc->n) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' has shape %s, not [%" PRId64 ",%" PRId64 "]: groups and columns", tensor->name,
                         clq_case_shape_text(tensor->shape, tensor->rank, text), view->count, view->desc->n);
}

/* An array of the case's own, `size` bytes an element; NULL, with its message, where memory is short. */
static unsigned char *make_array(const groups_view *view, size_t size, clq_case_report report)
{
    unsigned char *array = malloc((size_t)(view->count * view->desc->n) * size + 1);
    if (array == NULL || view->file->array_count == sizeof view->file->arrays / sizeof view->file->arrays[0]) {
        free(array);
        (void)clq_case_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for the arrays of %" PRId64 " groups", view->count);
        return NULL;
    }
    view->file->arrays[view->file->array_count++] = array;
    return array;
}

static int64_t place_of(const groups_view *view, int64_t i)
{
    const int64_t n = view->desc->n;
    return view->transposed ? i % n * view->count + i / n : i;
}

static clqnn_status read_floats(const groups_view *view, const clq_case_tensor *tensor, const void **values, clqnn_type *type, clq_case_report report)
{
    const size_t size = clq_case_dtype_size(tensor->dtype);
    const clqnn_status status = check_shape(view, tensor, report);
    unsigned char *array = status == CLQNN_OK ? make_array(view, size, report) : NULL;
    if (array == NULL) return status == CLQNN_OK ? CLQNN_OUT_OF_MEMORY : status;
    for (int64_t i = 0; i < view->count * view->desc->n; i++) memcpy(array + (size_t)place_of(view, i) * size, (const unsigned char *)tensor->data + (size_t)i * size, size);
    *values = array;
    *type = clq_case_float_type(tensor->dtype);
    return CLQNN_OK;
}

static clqnn_status read_integers(const groups_view *view, const clq_case_entry *entry, clqnn_groups *groups, clq_case_report report)
{
    const clqnn_type b = view->desc->b.type;
    const bool is_signed = b == CLQNN_S8 || b == CLQNN_S4 || b == CLQNN_S2 || b == CLQNN_S3 || b == CLQNN_S6;
    const int32_t low = is_signed ? -128 : 0, high = is_signed ? 127 : 255;
    const clqnn_status status = check_shape(view, &entry->tensor, report);
    unsigned char *array = status == CLQNN_OK ? make_array(view, 1, report) : NULL;
    if (array == NULL) return status == CLQNN_OK ? CLQNN_OUT_OF_MEMORY : status;
    for (int64_t i = 0; i < view->count * view->desc->n; i++) {
        const int32_t value = entry->integers[i];
        if (value < low || value > high) {
            return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'%s'[%" PRId64 "] is %" PRId32 ", outside %" PRId32 "..%" PRId32, entry->tensor.name, i, value, low, high);
        }
        array[place_of(view, i)] = (unsigned char)value;
    }
    groups->zero_points = array;
    groups->zero_point_type = is_signed ? CLQNN_S8 : CLQNN_U8;
    return CLQNN_OK;
}

static clqnn_status read_index(const groups_view *view, const clq_case_tensor *index, clqnn_groups *groups, clq_case_report report)
{
    const int32_t *values = index->data;
    if (index->rank != 1 || index->shape[0] != view->desc->k) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'b.index' has not one value for each of %" PRId64 " rows", view->desc->k);
    for (int64_t i = 0; i < view->desc->k; i++) {
        if (values[i] < 0 || values[i] >= view->count) {
            return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'b.index'[%" PRId64 "] is %" PRId32 ", outside 0..%" PRId64, i, values[i], view->count - 1);
        }
    }
    groups->index = values;
    return CLQNN_OK;
}

clqnn_status clq_case_read_groups(clq_case *file, bool b_transposed, clqnn_gemm_desc *desc, clq_case_report report)
{
    const clq_case_entry *scale = clq_case_find_part(file, "b", "scale"), *zero = clq_case_find_part(file, "b", "zero_point"),
                         *offset = clq_case_find_part(file, "b", "offset"), *index = clq_case_find_part(file, "b", "index");
    clqnn_groups *groups = &desc->groups;
    clqnn_type offset_type = CLQNN_TYPE_NONE;
    int64_t size = 0;
    while (file->array_count > 0) free(file->arrays[--file->array_count]); /* of the call that was made before */
    if (scale == NULL) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor 'b.scale' is missing");
    if (clq_case_find(file, "b")->rank != 2 && clq_case_metadata_of(file, "b", "shape") == NULL) {
        return clq_case_fail(report, CLQNN_UNSUPPORTED, "a 'b' with groups and leading dimensions is not in this version");
    }
    if (!clq_case_parse_integer(clq_case_metadata_of(file, "b", "group"), 1, INT32_MAX, &size)) return CLQNN_CORRUPT_DATA; /* was checked when the case was read */
    const int64_t most = desc->k > 1 ? desc->k : 1;
    groups->size = size < most ? size : most;
    const groups_view view = {.file = file, .desc = desc, .count = (desc->k + groups->size - 1) / groups->size, .transposed = b_transposed};
    clqnn_status status = read_floats(&view, &scale->tensor, &groups->scales, &groups->scale_type, report);
    if (status == CLQNN_OK && zero != NULL && offset != NULL) status = clq_case_fail(report, CLQNN_CORRUPT_DATA, "'b.zero_point' and 'b.offset' exclude each other");
    if (status == CLQNN_OK && zero != NULL) {
        status = zero->integers == NULL ? read_floats(&view, &zero->tensor, &groups->zero_points, &groups->zero_point_type, report) : read_integers(&view, zero, groups, report);
    }
    if (status == CLQNN_OK && offset != NULL) status = read_floats(&view, &offset->tensor, &groups->offsets, &offset_type, report);
    if (status == CLQNN_OK && offset != NULL && offset_type != groups->scale_type) status = clq_case_fail(report, CLQNN_CORRUPT_DATA, "'b.offset' and 'b.scale' differ in dtype");
    return status == CLQNN_OK && index != NULL ? read_index(&view, &index->tensor, groups, report) : status;
}
