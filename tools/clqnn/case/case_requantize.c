/* SPDX-License-Identifier: Apache-2.0 */
/* What gemm and conv read alike: the fixed-point multipliers, the clamp, and which element types exist. */
#include "case_internal.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

bool clq_case_is_byte(clqnn_type type)
{
    return type == CLQNN_S8 || type == CLQNN_U8;
}

clqnn_status clq_case_element_type(const clq_case *file, const clq_case_tensor *tensor, clqnn_type *type, clq_case_report report)
{
    const char *packed = clq_case_metadata_of(file, tensor->name, "type");
    *type = clq_case_dtype_type(tensor->dtype);
    if (packed == NULL && *type != CLQNN_TYPE_NONE) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_UNSUPPORTED, "'%s' of type %s is not in this version", tensor->name,
                         packed != NULL ? packed : clq_case_dtype_name(tensor->dtype));
}

/* `entry`'s values, repeated to `count` where it holds one. */
static int32_t *repeated(const clq_case_entry *entry, int64_t have, int64_t count)
{
    int32_t *values = malloc((size_t)count * sizeof *values);
    for (int64_t i = 0; values != NULL && i < count; i++) values[i] = entry->integers[have == 1 ? 0 : i];
    return values;
}

/* Shape and values of `multiplier` or `shift`; *count: 1 or `channels`. */
static clqnn_status check_fixed(const clq_case_entry *entry, const char *name, int64_t channels, int64_t *count, clq_case_report report)
{
    const int32_t low = name[0] == 'm' ? 0 : -31, high = name[0] == 'm' ? INT32_MAX : 30;
    char text[CLQ_CASE_TEXT];
    *count = 1;
    if (entry == NULL) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' is missing", name);
    const clq_case_tensor *tensor = &entry->tensor;
    const bool is_scalar = tensor->rank == 0 || (tensor->rank == 1 && tensor->shape[0] == 1);
    if (!is_scalar && (tensor->rank != 1 || tensor->shape[0] != channels)) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' has shape %s, not [1] or [%" PRId64 "]", name,
                             clq_case_shape_text(tensor->shape, tensor->rank, text), channels);
    }
    if (!is_scalar) *count = channels;
    for (int64_t k = 0; k < *count; k++) {
        if (entry->integers[k] >= low && entry->integers[k] <= high) continue;
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'%s'[%" PRId64 "] is %" PRId32 ", outside %" PRId32 "..%" PRId32, name, k,
                             entry->integers[k], low, high);
    }
    return *count > 0 ? CLQNN_OK : clq_case_fail(report, CLQNN_UNSUPPORTED, "multipliers for 0 columns are not in this version");
}

clqnn_status clq_case_read_fixed(clq_case *file, int64_t channels, const int32_t **multipliers, const int32_t **shifts, int64_t *count,
                                 clq_case_report report)
{
    const clq_case_entry *multiplier = clq_case_find_entry(file, "multiplier"), *shift = clq_case_find_entry(file, "shift");
    int64_t counts[2] = {1, 1};
    clqnn_status status = check_fixed(multiplier, "multiplier", channels, &counts[0], report);
    if (status == CLQNN_OK) status = check_fixed(shift, "shift", channels, &counts[1], report);
    if (status != CLQNN_OK) return status;
    *count = counts[0] > counts[1] ? counts[0] : counts[1];
    free(file->multipliers);
    free(file->shifts);
    *multipliers = file->multipliers = repeated(multiplier, counts[0], *count);
    *shifts = file->shifts = repeated(shift, counts[1], *count);
    if (file->multipliers != NULL && file->shifts != NULL) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for the multipliers");
}

clqnn_status clq_case_read_clamp(const clq_case *file, clqnn_type y_type, int32_t *has, float *low, float *high, clq_case_report report)
{
    double from = 0, to = 0;
    const char *text = clq_case_metadata(file, "clamp");
    if (text == NULL || !clq_case_parse_clamp(text, &from, &to)) return CLQNN_OK;
    if (clq_case_is_byte(y_type) && (from != floor(from) || to != floor(to))) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "clamp is '%s', not whole numbers for a 'y' of type %s", text, clq_case_type_name(y_type));
    }
    if (y_type == CLQNN_S32) return clq_case_fail(report, CLQNN_UNSUPPORTED, "a clamp of a 'y' of type I32 is not in this version");
    *has = 1;
    *low = (float)from;
    *high = (float)to;
    return CLQNN_OK;
}
