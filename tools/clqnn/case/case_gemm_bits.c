/* SPDX-License-Identifier: Apache-2.0 */
/* What a gemm of bits has: operands of bit planes, thresholds and directions, row scales, a residual. Its quantization is read as that of integers is. */
#include "case_internal.h"

#include <inttypes.h>
#include <string.h>

bool clq_case_is_bits_gemm(const clq_case *file)
{
    const char *type = clq_case_metadata_of(file, "a", "type");
    return type != NULL && clq_case_plane_type(type) != CLQNN_TYPE_NONE;
}

static clqnn_status read_type(const clq_case *file, const char *name, bool may_be_plain, clqnn_type *type, clq_case_report report)
{
    const char *text = clq_case_metadata_of(file, name, "type");
    *type = text != NULL ? clq_case_plane_type(text) : may_be_plain ? clq_case_dtype_type(clq_case_find(file, name)->dtype) : CLQNN_TYPE_NONE;
    if (*type != CLQNN_TYPE_NONE) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_UNSUPPORTED, "an 'a' of bits with '%s' of type %s is not in this version", name,
                         text != NULL ? text : clq_case_dtype_name(clq_case_find(file, name)->dtype));
}

/* `name` of 1 or n values of I32. */
static clqnn_status read_columns(const clq_case *file, const char *name, int64_t n, const int32_t **values, int64_t *count, clq_case_report report)
{
    const clq_case_tensor *tensor = clq_case_find(file, name);
    char text[CLQ_CASE_TEXT];
    if (tensor == NULL) return CLQNN_OK;
    *values = tensor->data;
    *count = tensor->rank == 1 ? tensor->shape[0] : -1;
    if (*count == 1 || *count == n) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'%s' has shape %s, not [1] or [%" PRId64 "]", name, clq_case_shape_text(tensor->shape, tensor->rank, text), n);
}

static clqnn_status read_thresholds(const clq_case *file, clqnn_gemm_desc *desc, clq_case_report report)
{
    int64_t directions = 0;
    clqnn_status status = read_columns(file, "threshold", desc->n, &desc->thresholds, &desc->threshold_count, report);
    if (status == CLQNN_OK) status = read_columns(file, "direction", desc->n, &desc->directions, &directions, report);
    if (status != CLQNN_OK) return status;
    if ((desc->c.type == CLQNN_B1) != (desc->thresholds != NULL)) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "a 'y' of b1 has a 'threshold', and no other");
    }
    if (desc->directions == NULL || directions == desc->threshold_count) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'direction' and 'threshold' have different numbers of values");
}

/* A residual of y's shape, and a scale for each row of y. */
static clqnn_status read_floats(const clq_case *file, const clq_case_shape *y, clq_case_gemm *out, clq_case_report report)
{
    const clq_case_tensor *residual = clq_case_find(file, "residual"), *scales = clq_case_find(file, "row_scale");
    if (residual != NULL) {
        if (residual->rank != y->rank || memcmp(residual->shape, y->size, sizeof residual->shape[0] * (size_t)y->rank) != 0) {
            return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'residual' has another shape than 'y'");
        }
        out->desc.residual.type = clq_case_float_type(residual->dtype);
        out->residual = residual->data;
        out->residual_bytes = clq_case_tensor_bytes(residual);
    }
    if (scales == NULL) return CLQNN_OK;
    if (scales->rank != y->rank - 1 || memcmp(scales->shape, y->size, sizeof scales->shape[0] * (size_t)scales->rank) != 0) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'row_scale' has another shape than the rows of 'y'");
    }
    out->desc.has_row_scales = 1;
    out->row_scales = scales->data;
    out->row_scale_bytes = clq_case_tensor_bytes(scales);
    return CLQNN_OK;
}

clqnn_status clq_case_read_bits_gemm(const clq_case *file, const clq_case_shape *y_shape, bool b_transposed, clq_case_gemm *out, clq_case_report report)
{
    clqnn_gemm_desc *const desc = &out->desc;
    const clq_case_tensor *bias = clq_case_find(file, "bias");
    clqnn_status status = read_type(file, "a", false, &desc->a.type, report);
    if (status == CLQNN_OK) status = read_type(file, "b", false, &desc->b.type, report);
    if (status == CLQNN_OK) status = read_type(file, "y", true, &desc->c.type, report);
    if (status == CLQNN_OK && !b_transposed) status = clq_case_fail(report, CLQNN_UNSUPPORTED, "a 'b' of bits without b.layout nk is not in this version");
    if (status == CLQNN_OK && clq_case_metadata(file, "activation") != NULL) status = clq_case_fail(report, CLQNN_UNSUPPORTED, "an activation of bits is not in this version");
    if (status == CLQNN_OK) status = read_thresholds(file, desc, report);
    if (status == CLQNN_OK) status = read_floats(file, y_shape, out, report);
    if (status != CLQNN_OK || bias == NULL) return status;
    desc->bias = bias->data;
    desc->bias_type = clq_case_dtype_type(bias->dtype);
    return CLQNN_OK;
}
