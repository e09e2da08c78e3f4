/* SPDX-License-Identifier: Apache-2.0 */
/* A dynamic quantization from a case. */
#include "case_internal.h"

#include <inttypes.h>
#include <string.h>

/* y.scale or y.zero_point: present, and one value a channel. */
static clqnn_status check_parameter(const clq_case_entry *entry, const char *name, int64_t channels, bool per_tensor, clq_case_report report)
{
    char text[CLQ_CASE_TEXT];
    if (entry == NULL) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' is missing", name);
    if (per_tensor && entry->tensor.rank == 0) return CLQNN_OK;
    if (entry->tensor.rank == 1 && entry->tensor.shape[0] == channels) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' has shape %s, not [%" PRId64 "]", name,
                         clq_case_shape_text(entry->tensor.shape, entry->tensor.rank, text), channels);
}

/* outer, channels and inner from the metadata `axis`. */
static clqnn_status read_axis(const clq_case *file, const clq_case_tensor *x, clq_case_dynamic *out, bool *per_tensor, clq_case_report report)
{
    const char *text = clq_case_metadata(file, "axis");
    int64_t axis = 0;
    *per_tensor = text == NULL;
    out->outer = out->channels = out->inner = 1;
    if (text == NULL) return clq_case_count(x->shape, x->rank, &out->inner) ? CLQNN_OK : CLQNN_CORRUPT_DATA;
    if (!clq_case_parse_integer(text, -x->rank, x->rank - 1, &axis)) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "axis is '%s', which is no axis of %d dimensions", text, x->rank);
    }
    if (axis < 0) axis += x->rank;
    for (int32_t i = 0; i < x->rank; i++) *(i < axis ? &out->outer : i == axis ? &out->channels : &out->inner) *= x->shape[i];
    return CLQNN_OK;
}

clqnn_status clq_case_make_dynamic(clq_case *file, clq_case_dynamic *out, char *message, size_t capacity)
{
    const clq_case_report report = {message, capacity};
    if (file == NULL || out == NULL) return clq_case_fail(report, CLQNN_INVALID_ARGUMENT, "null pointer");
    *out = (clq_case_dynamic){0};
    clqnn_status status = clq_case_expect_operator(file, "dynamic_quantize", report);
    if (status != CLQNN_OK) return status;
    const clq_case_tensor *x = clq_case_find(file, "x"), *y = clq_case_find(file, "y");
    const clq_case_entry *scale = clq_case_find_part(file, "y", "scale"), *zero_point = clq_case_find_part(file, "y", "zero_point");
    char text[CLQ_CASE_TEXT], other[CLQ_CASE_TEXT];
    bool per_tensor = true;
    status = read_axis(file, x, out, &per_tensor, report);
    if (status == CLQNN_OK) status = check_parameter(scale, "y.scale", out->channels, per_tensor, report);
    if (status == CLQNN_OK) status = check_parameter(zero_point, "y.zero_point", out->channels, per_tensor, report);
    if (status != CLQNN_OK) return status;
    const char *packed = clq_case_metadata_of(file, "y", "type");
    if (packed != NULL) return clq_case_fail(report, CLQNN_UNSUPPORTED, "'y' of type %s is not in this version", packed);
    if (x->rank != y->rank || memcmp(x->shape, y->shape, sizeof x->shape[0] * (size_t)x->rank) != 0) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'y' has shape %s, not %s", clq_case_shape_text(y->shape, y->rank, text),
                             clq_case_shape_text(x->shape, x->rank, other));
    }
    out->x_type = clq_case_dtype_type(x->dtype);
    out->y_type = clq_case_dtype_type(y->dtype);
    if (out->x_type == CLQNN_TYPE_NONE) {
        return clq_case_fail(report, CLQNN_UNSUPPORTED, "'x' of type %s is not in this version", clq_case_dtype_name(x->dtype));
    }
    out->x = x->data;
    out->expected_y = y->data;
    out->expected_scales = scale->tensor.data;
    out->expected_zero_points = zero_point->integers;
    return CLQNN_OK;
}
