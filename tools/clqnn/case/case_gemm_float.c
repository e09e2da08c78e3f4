/* SPDX-License-Identifier: Apache-2.0 */
/* What a gemm of floats has: b of floats, or of integers with groups. */
#include "case_internal.h"

#include <string.h>

bool clq_case_is_float_gemm(const clq_case *file)
{
    const bool float_a = clq_case_float_type(clq_case_find(file, "a")->dtype) != CLQNN_TYPE_NONE;
    return float_a && (clq_case_metadata(file, "a.dynamic") == NULL || clq_case_metadata_of(file, "b", "group") != NULL);
}

static clqnn_status read_b_type(const clq_case *file, const clq_case_tensor *b, clqnn_type *type, clq_case_report report)
{
    const char *code = clq_case_metadata_of(file, "b", "type"), *group = clq_case_metadata_of(file, "b", "group");
    *type = group == NULL ? clq_case_float_type(b->dtype) : code != NULL ? clq_case_code_type(code) : clq_case_dtype_type(b->dtype);
    if (group == NULL && *type == CLQNN_TYPE_NONE) {
        return clq_case_fail(report, CLQNN_UNSUPPORTED, "an 'a' of %s with a 'b' of %s needs b.group or a.dynamic",
                             clq_case_dtype_name(clq_case_find(file, "a")->dtype), clq_case_dtype_name(b->dtype));
    }
    if (group == NULL || code != NULL ? *type != CLQNN_TYPE_NONE : clq_case_is_byte(*type)) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_UNSUPPORTED, "'b' of type %s with b.group is not in this version", code != NULL ? code : clq_case_dtype_name(b->dtype));
}

static clqnn_status read_types(const clq_case *file, const clq_case_float_gemm *view, clqnn_gemm_desc *desc, clq_case_report report)
{
    desc->a.type = clq_case_float_type(view->a->dtype);
    desc->c.type = clq_case_float_type(view->y->dtype);
    if (desc->c.type == CLQNN_TYPE_NONE) desc->c.type = clq_case_dtype_type(view->y->dtype);
    if (desc->c.type == CLQNN_S32 || clq_case_metadata_of(file, "y", "type") != NULL) {
        return clq_case_fail(report, CLQNN_UNSUPPORTED, "a 'y' of type %s of a gemm of floats is not in this version", clq_case_dtype_name(view->y->dtype));
    }
    if (view->bias != NULL && view->bias->dtype != CLQ_CASE_F32) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'bias' of a gemm of floats is not F32");
    desc->bias = view->bias != NULL ? view->bias->data : NULL;
    desc->bias_type = view->bias != NULL ? CLQNN_F32 : CLQNN_TYPE_NONE;
    return read_b_type(file, view->b, &desc->b.type, report);
}

static clqnn_status read_scales(clq_case *file, const clq_case_float_gemm *view, clqnn_gemm_desc *desc, clq_case_report report)
{
    const char *rule = clq_case_metadata(file, "requantize");
    const bool to_bytes = clq_case_is_byte(desc->c.type);
    if (rule != NULL && strcmp(rule, "float_even") != 0) return clq_case_fail(report, CLQNN_UNSUPPORTED, "requantize %s of a gemm of floats is not in this version", rule);
    if (clq_case_find_part(file, "a", "scale") != NULL || clq_case_find_part(file, "a", "zero_point") != NULL) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'a.scale' and 'a.zero_point' have no place beside a float 'a'");
    }
    const clq_case_quantization_request y = {.name = "y", .channel_axis = view->y_shape.rank - 1, .group_axis = -1, .scale_needed = to_bytes},
                                        b = {.name = "b", .channel_axis = view->b_shape.rank - (view->b_transposed ? 2 : 1), .group_axis = -1};
    clqnn_status status = clq_case_read_quantization(file, &y, desc->c.type, &desc->c.quantization, report);
    if (status != CLQNN_OK) return status;
    if (desc->c.quantization.scale_count > 1 || desc->c.quantization.zero_point_count > 1) {
        return clq_case_fail(report, CLQNN_UNSUPPORTED, "a 'y' quantized per channel is not in this version");
    }
    if (!to_bytes) desc->c.quantization = (clqnn_quantization){0};
    if (clq_case_metadata_of(file, "b", "group") != NULL) return clq_case_read_groups(file, view->b_transposed, desc, report);
    status = clq_case_read_quantization(file, &b, CLQNN_S8, &desc->b.quantization, report);
    if (status == CLQNN_OK && (desc->b.quantization.zero_point_count > 0 || clq_case_find_part(file, "b", "offset") || clq_case_find_part(file, "b", "index"))) {
        status = clq_case_fail(report, CLQNN_CORRUPT_DATA, "'b.zero_point', 'b.offset' and 'b.index' have no place beside a float 'b'");
    }
    return status;
}

static const struct {
    const char *name;
    clqnn_function function;
} activations[] = {{"identity", CLQNN_IDENTITY}, {"relu", CLQNN_RELU}, {"relu6", CLQNN_RELU6}, {"sigmoid", CLQNN_SIGMOID}, {"hard_swish", CLQNN_HARD_SWISH},
                   {"tanh", CLQNN_TANH}, {"gelu", CLQNN_GELU}, {"gelu_tanh", CLQNN_GELU_TANH}, {"silu", CLQNN_SILU}};

const char *clq_case_activation_name(clqnn_function function)
{
    size_t i = sizeof activations / sizeof activations[0] - 1;
    while (i > 0 && activations[i].function != function) i--;
    return activations[i].name;
}

clqnn_status clq_case_read_activation(const clq_case *file, clqnn_function *function, clq_case_report report)
{
    const char *text = clq_case_metadata(file, "activation");
    for (size_t i = 0; i < sizeof activations / sizeof activations[0]; i++) {
        if (text != NULL && strcmp(text, activations[i].name) != 0) continue;
        *function = activations[i].function;
        return CLQNN_OK;
    }
    return clq_case_fail(report, CLQNN_CORRUPT_DATA, "activation is '%s', which is none of identity, relu, relu6, sigmoid, hard_swish, tanh, gelu, gelu_tanh, silu", text);
}

static clqnn_status read_residual(const clq_case *file, const clq_case_float_gemm *view, clq_case_gemm *out, clq_case_report report)
{
    const clq_case_tensor *residual = clq_case_find(file, "residual");
    char text[CLQ_CASE_TEXT], other[CLQ_CASE_TEXT];
    if (residual == NULL) return CLQNN_OK;
    if (residual->rank != view->y->rank || memcmp(residual->shape, view->y->shape, sizeof residual->shape[0] * (size_t)residual->rank) != 0) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'residual' has shape %s, not %s", clq_case_shape_text(residual->shape, residual->rank, text),
                             clq_case_shape_text(view->y->shape, view->y->rank, other));
    }
    out->desc.residual.type = clq_case_float_type(residual->dtype);
    out->residual = residual->data;
    out->residual_bytes = clq_case_tensor_bytes(residual);
    return CLQNN_OK;
}

clqnn_status clq_case_read_float_gemm(clq_case *file, const clq_case_float_gemm *view, clq_case_gemm *out, clq_case_report report)
{
    clqnn_status status = read_types(file, view, &out->desc, report);
    if (status == CLQNN_OK) status = read_scales(file, view, &out->desc, report);
    if (status == CLQNN_OK) status = clq_case_read_activation(file, &out->desc.activation, report);
    return status == CLQNN_OK ? read_residual(file, view, out, report) : status;
}
