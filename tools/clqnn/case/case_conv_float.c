/* SPDX-License-Identifier: Apache-2.0 */
/* What a convolution of floats has: weights of floats, an activation, a residual of floats. */
#include "case_internal.h"

#include <string.h>

bool clq_case_is_float_conv(const clq_case *file)
{
    return clq_case_float_type(clq_case_find(file, "x")->dtype) != CLQNN_TYPE_NONE;
}

static clqnn_status read_types(const clq_case *file, const clq_case_float_conv *view, clqnn_conv_desc *desc, clq_case_report report)
{
    const clq_case_tensor *const all[] = {view->x, view->w, view->y, view->residual};
    for (int i = 0; i < 4; i++) {
        if (all[i] == NULL || clq_case_metadata_of(file, all[i]->name, "type") == NULL) continue;
        return clq_case_fail(report, CLQNN_UNSUPPORTED, "'%s' of type %s of a convolution of floats is not in this version", all[i]->name,
                             clq_case_metadata_of(file, all[i]->name, "type"));
    }
    desc->x.type = clq_case_float_type(view->x->dtype);
    desc->weight_type = clq_case_float_type(view->w->dtype);
    desc->y.type = clq_case_float_type(view->y->dtype);
    if (desc->y.type == CLQNN_TYPE_NONE) desc->y.type = clq_case_dtype_type(view->y->dtype);
    const bool is_wide = view->residual == NULL || clq_case_float_type(view->residual->dtype) != CLQNN_TYPE_NONE;
    if (desc->weight_type == CLQNN_TYPE_NONE || desc->y.type == CLQNN_S32 || !is_wide) {
        const clq_case_tensor *bad = desc->weight_type == CLQNN_TYPE_NONE ? view->w : desc->y.type == CLQNN_S32 ? view->y : view->residual;
        return clq_case_fail(report, CLQNN_UNSUPPORTED, "'%s' of type %s of a convolution of floats is not in this version", bad->name,
                             clq_case_dtype_name(bad->dtype));
    }
    if (view->residual != NULL) desc->residual.type = clq_case_float_type(view->residual->dtype);
    if (view->bias == NULL) return CLQNN_OK;
    if (view->bias->dtype != CLQ_CASE_F32) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'bias' of a convolution of floats is not F32");
    desc->bias = view->bias->data;
    desc->bias_type = CLQNN_F32;
    return CLQNN_OK;
}

clqnn_status clq_case_read_float_conv_types(const clq_case *file, const clq_case_float_conv *view, clqnn_conv_desc *desc, clq_case_report report)
{
    static const char *const parts[][2] = {{"x", "scale"}, {"x", "zero_point"}, {"w", "zero_point"}, {"residual", "scale"}, {"residual", "zero_point"}};
    const char *rule = clq_case_metadata(file, "requantize");
    if (rule != NULL && strcmp(rule, "float_even") != 0) {
        return clq_case_fail(report, CLQNN_UNSUPPORTED, "requantize %s of a convolution of floats is not in this version", rule);
    }
    if (clq_case_find(file, "table") != NULL || clq_case_metadata(file, "sum.clamp") != NULL) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'table' and sum.clamp have no place in a convolution of floats");
    }
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (clq_case_find_part(file, parts[i][0], parts[i][1]) == NULL) continue;
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'%s.%s' has no place in a convolution of floats", parts[i][0], parts[i][1]);
    }
    const clqnn_status status = read_types(file, view, desc, report);
    return status == CLQNN_OK ? clq_case_read_activation(file, &desc->activation, report) : status;
}

clqnn_status clq_case_read_float_conv_scales(const clq_case *file, int32_t channel_axis, clqnn_conv_desc *desc, clq_case_report report)
{
    const bool to_bytes = clq_case_is_byte(desc->y.type);
    const clq_case_quantization_request y = {"y", -1, -1, 0, to_bytes}, w = {"w", channel_axis, -1, desc->out_channels, false};
    const clqnn_status status = clq_case_read_quantization(file, &y, desc->y.type, &desc->y.quantization, report);
    if (status != CLQNN_OK) return status;
    if (!to_bytes) desc->y.quantization = (clqnn_quantization){0};
    return clq_case_read_quantization(file, &w, CLQNN_S8, &desc->weight_quantization, report);
}
