/* SPDX-License-Identifier: Apache-2.0 */
/* Scales and zero points of a tensor. */
#include "case_internal.h"

#include <inttypes.h>
#include <math.h>

clq_case_shape clq_case_logical_shape(const clq_case *file, const clq_case_tensor *tensor)
{
    clq_case_shape shape = {.rank = tensor->rank};
    const char *text = clq_case_metadata_of(file, tensor->name, "shape");
    /* The text was checked when the case was read. */
    if (text != NULL && clq_case_parse_integers(text, 0, INT64_MAX, shape.size, CLQ_CASE_MAX_RANK, &shape.rank)) return shape;
    for (int32_t i = 0; i < tensor->rank; i++) shape.size[i] = tensor->shape[i];
    return shape;
}

/* What a parameter of a tensor may look like. */
typedef struct parameter_form {
    const char *owner;
    clq_case_shape shape;      /* of the owner */
    int32_t channel_axis;      /* -1: per tensor only */
    int64_t channels;
    int32_t group_axis;
    int64_t group;             /* 0: no groups */
} parameter_form;

/* [], [1], [channels] or, with T.group, [groups, channels]. *count: values; *grouped: the last form. */
static clqnn_status check_form(const parameter_form *form, const clq_case_tensor *parameter, int64_t *count, bool *grouped, clq_case_report report)
{
    char text[CLQ_CASE_TEXT];
    const int64_t channels = form->channels;
    *grouped = false;
    *count = 1;
    if (parameter->rank == 0 || (parameter->rank == 1 && parameter->shape[0] == 1)) return CLQNN_OK;
    *count = parameter->shape[0];
    if (parameter->rank == 1 && form->channel_axis >= 0 && parameter->shape[0] == channels) return CLQNN_OK;
    if (parameter->rank == 2 && form->group > 0 && form->group_axis >= 0 && form->channel_axis >= 0) {
        const int64_t length = form->shape.size[form->group_axis];
        const int64_t groups = length / form->group + (length % form->group != 0);
        *grouped = true;
        if (parameter->shape[0] == groups && parameter->shape[1] == channels) return CLQNN_OK;
    }
    return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' has shape %s: %" PRId64 " channel%s on axis %d of '%s'", parameter->name,
                         clq_case_shape_text(parameter->shape, parameter->rank, text), channels, channels == 1 ? "" : "s", form->channel_axis,
                         form->owner);
}

static clqnn_status check_scales(const clq_case_tensor *tensor, int64_t count, clq_case_report report)
{
    const float *scales = tensor->data;
    for (int64_t i = 0; i < count; i++) {
        if (isnormal(scales[i]) && scales[i] > 0) continue;
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'%s'[%" PRId64 "] is %.9g, not positive, finite and normal", tensor->name, i,
                             (double)scales[i]);
    }
    return CLQNN_OK;
}

static clqnn_status check_zero_points(const clq_case_entry *entry, int64_t count, clqnn_type type, clq_case_report report)
{
    const int32_t planes = clq_case_plane_bits(type);
    const bool is_unsigned = type >= CLQNN_PU1 && type <= CLQNN_PU8, is_signed = type >= CLQNN_PS2 && type <= CLQNN_PS8;
    int32_t low = type == CLQNN_S8 ? -128 : 0, high = type == CLQNN_S8 ? 127 : type == CLQNN_U8 ? 255 : 0;
    if (is_unsigned) high = (1 << planes) - 1;
    if (is_signed) low = -(1 << (planes - 1)), high = -low - 1;
    for (int64_t i = 0; i < count; i++) {
        if (entry->integers[i] >= low && entry->integers[i] <= high) continue;
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'%s'[%" PRId64 "] is %" PRId32 ", outside %" PRId32 "..%" PRId32, entry->tensor.name, i,
                             entry->integers[i], low, high);
    }
    return CLQNN_OK;
}

/* The axis that T.axis names, or the operator's own where it names none. A scalar has no axis to be wrong about. */
static int32_t named_axis(const clq_case *file, const char *name, int32_t rank, int32_t fallback)
{
    int64_t axis = 0;
    const char *text = clq_case_metadata_of(file, name, "axis");
    if (text == NULL || !clq_case_parse_integer(text, -rank, rank - 1, &axis)) return fallback;
    return (int32_t)(axis < 0 ? axis + rank : axis);
}

clqnn_status clq_case_read_quantization(const clq_case *file, const clq_case_quantization_request *request, clqnn_type type, clqnn_quantization *out,
                                        clq_case_report report)
{
    const clq_case_tensor *owner = clq_case_find(file, request->name);
    const clq_case_entry *scale = clq_case_find_part(file, request->name, "scale");
    const clq_case_entry *zero_point = clq_case_find_part(file, request->name, "zero_point");
    parameter_form form = {.owner = request->name, .group_axis = request->group_axis};
    if (owner != NULL) form.shape = clq_case_logical_shape(file, owner);
    form.channel_axis = named_axis(file, request->name, form.shape.rank, request->channel_axis);
    form.channels = form.channel_axis < 0 ? 1 : request->channels > 0 ? request->channels : form.shape.size[form.channel_axis];
    const char *group = clq_case_metadata_of(file, request->name, "group");
    if (group != NULL && !clq_case_parse_integer(group, 1, INT32_MAX, &form.group)) form.group = 0;
    *out = (clqnn_quantization){0};
    if ((scale != NULL && scale->tensor.dtype != CLQ_CASE_F32) || (zero_point != NULL && zero_point->integers == NULL)) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'%s.scale' and '%s.zero_point' are F32 and integers but for a 'b' with groups", request->name, request->name);
    }
    bool scale_grouped = false, zero_grouped = false;
    clqnn_status status = CLQNN_OK;
    if (scale != NULL) {
        status = check_form(&form, &scale->tensor, &out->scale_count, &scale_grouped, report);
        out->scales = scale->tensor.data;
    } else if (request->scale_needed) {
        status = clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s.scale' is missing", request->name);
    }
    if (status == CLQNN_OK && zero_point != NULL) {
        status = check_form(&form, &zero_point->tensor, &out->zero_point_count, &zero_grouped, report);
        out->zero_points = zero_point->integers;
    }
    if (status != CLQNN_OK) return status;
    if (out->scale_count > 1 && out->zero_point_count > 1 && (out->scale_count != out->zero_point_count || scale_grouped != zero_grouped)) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'%s.scale' and '%s.zero_point' differ in shape", request->name, request->name);
    }
    if (scale_grouped || zero_grouped) {
        return clq_case_fail(report, CLQNN_UNSUPPORTED, "'%s' is quantized in groups, which is not in this version", request->name);
    }
    if ((out->scale_count > 1 || out->zero_point_count > 1) && form.channel_axis != request->channel_axis) {
        return clq_case_fail(report, CLQNN_UNSUPPORTED, "'%s' is quantized along axis %d, which is not in this version", request->name,
                             form.channel_axis);
    }
    if (scale != NULL) status = check_scales(&scale->tensor, out->scale_count, report);
    if (status == CLQNN_OK && zero_point != NULL) status = check_zero_points(zero_point, out->zero_point_count, type, report);
    return status;
}
