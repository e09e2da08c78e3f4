/* SPDX-License-Identifier: Apache-2.0 */
/* A clqnn_gemm_desc from a case. */
#include "case_internal.h"

#include <inttypes.h>
#include <string.h>

/* The tensors of a gemm and the shapes that they stand for. */
typedef struct gemm_view {
    const clq_case_tensor *a, *b, *y, *bias;
    clq_case_shape a_shape, b_shape, y_shape;
    bool b_transposed;
    clq_case_batch batch;
} gemm_view;

static clqnn_status read_layout(const clq_case *file, gemm_view *view, clq_case_report report)
{
    const char *layout = clq_case_metadata(file, "b.layout");
    view->b_transposed = layout != NULL && strcmp(layout, "nk") == 0;
    if (layout == NULL || view->b_transposed || strcmp(layout, "kn") == 0) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_CORRUPT_DATA, "b.layout is '%s', not kn or nk", layout);
}

/* m, n, k, the batches, and that y and bias fit them. */
static clqnn_status read_shapes(gemm_view *view, clqnn_gemm_desc *desc, clq_case_report report)
{
    const clq_case_shape *a = &view->a_shape, *b = &view->b_shape;
    char text[CLQ_CASE_TEXT], other[CLQ_CASE_TEXT];
    if (a->rank < 2 || b->rank < 2) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'%s' has shape %s, not two or more dimensions", a->rank < 2 ? "a" : "b",
                             a->rank < 2 ? clq_case_shape_text(a->size, a->rank, text) : clq_case_shape_text(b->size, b->rank, text));
    }
    const int64_t b_rows = b->size[b->rank - 2], b_columns = b->size[b->rank - 1];
    desc->m = a->size[a->rank - 2];
    desc->k = a->size[a->rank - 1];
    desc->n = view->b_transposed ? b_rows : b_columns;
    if ((view->b_transposed ? b_columns : b_rows) != desc->k) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'a' of shape %s and 'b' of shape %s (layout %s) differ in k",
                             clq_case_shape_text(a->size, a->rank, text), clq_case_shape_text(b->size, b->rank, other), view->b_transposed ? "nk" : "kn");
    }
    const clq_case_shape a_lead = {.rank = a->rank - 2, .size = {a->size[0], a->size[1], a->size[2], a->size[3], a->size[4], a->size[5]}};
    const clq_case_shape b_lead = {.rank = b->rank - 2, .size = {b->size[0], b->size[1], b->size[2], b->size[3], b->size[4], b->size[5]}};
    const clqnn_status status = clq_case_merge_batch(&a_lead, &b_lead, &view->batch, report);
    if (status == CLQNN_CORRUPT_DATA) return status;
    clq_case_shape expected = view->batch.result;
    expected.size[expected.rank++] = desc->m;
    expected.size[expected.rank++] = desc->n;
    if (expected.rank != view->y_shape.rank || memcmp(expected.size, view->y_shape.size, sizeof expected.size[0] * (size_t)expected.rank) != 0) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'y' has shape %s, not %s", clq_case_shape_text(view->y_shape.size, view->y_shape.rank, text),
                             clq_case_shape_text(expected.size, expected.rank, other));
    }
    if (view->bias != NULL && (view->bias->rank != 1 || view->bias->shape[0] != desc->n)) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'bias' has shape %s, not [%" PRId64 "]",
                             clq_case_shape_text(view->bias->shape, view->bias->rank, text), desc->n);
    }
    if (desc->m > INT32_MAX || desc->n > INT32_MAX || desc->k > INT32_MAX) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "a dimension of %" PRId64 "x%" PRId64 "x%" PRId64 " is above 2^31-1", desc->m, desc->n, desc->k);
    }
    return status;
}

/* Which types this version multiplies. */
static clqnn_status read_types(const clq_case *file, const gemm_view *view, clqnn_gemm_desc *desc, clq_case_report report)
{
    clqnn_status status = clq_case_element_type(file, view->a, &desc->a.type, report);
    if (status == CLQNN_OK) status = clq_case_element_type(file, view->b, &desc->b.type, report);
    if (status == CLQNN_OK) status = clq_case_element_type(file, view->y, &desc->c.type, report);
    if (status != CLQNN_OK) return status;
    if (!clq_case_is_byte(desc->b.type)) {
        return clq_case_fail(report, CLQNN_UNSUPPORTED, "a gemm with a float 'b' (%s) is not in this version", clq_case_type_name(desc->b.type));
    }
    if (view->bias == NULL) return CLQNN_OK;
    desc->bias = view->bias->data;
    desc->bias_type = clq_case_dtype_type(view->bias->dtype);
    const bool float_c = desc->c.type == CLQNN_F32 || desc->c.type == CLQNN_F16;
    if (desc->bias_type != CLQNN_F32 || float_c) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_UNSUPPORTED, "an F32 'bias' with a 'y' of type %s is not in this version", clq_case_type_name(desc->c.type));
}

/* a.dynamic and a.dynamic_type: a float a that the call quantizes. */
static clqnn_status read_dynamic(const clq_case *file, clqnn_gemm_desc *desc, clq_case_report report)
{
    const char *mode = clq_case_metadata(file, "a.dynamic"), *type = clq_case_metadata(file, "a.dynamic_type");
    const bool float_a = !clq_case_is_byte(desc->a.type);
    if (mode == NULL && type == NULL) {
        if (!float_a) return CLQNN_OK;
        return clq_case_fail(report, CLQNN_UNSUPPORTED, "a gemm with 'a' of type %s and no a.dynamic is not in this version", clq_case_type_name(desc->a.type));
    }
    if (!float_a || mode == NULL) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "a.dynamic_type needs a.dynamic, and a.dynamic a float 'a'; here 'a' is %s",
                             clq_case_type_name(desc->a.type));
    }
    if (strcmp(mode, "tensor") == 0) desc->dynamic = CLQNN_DYNAMIC_PER_TENSOR;
    else if (strcmp(mode, "row") == 0) desc->dynamic = CLQNN_DYNAMIC_PER_ROW;
    else return clq_case_fail(report, CLQNN_CORRUPT_DATA, "a.dynamic is '%s', not tensor or row", mode);
    desc->dynamic_type = type != NULL && strcmp(type, "s8") == 0 ? CLQNN_S8 : CLQNN_U8;
    if (type != NULL && desc->dynamic_type == CLQNN_U8 && strcmp(type, "u8") != 0) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "a.dynamic_type is '%s', not u8 or s8", type);
    }
    if (clq_case_find_part(file, "a", "scale") != NULL || clq_case_find_part(file, "a", "zero_point") != NULL) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'a.scale' and 'a.zero_point' have no place beside a.dynamic");
    }
    if (desc->c.type == CLQNN_F32 || desc->c.type == CLQNN_F16 || desc->groups.size > 0) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_UNSUPPORTED, "a.dynamic with a 'y' of type %s is not in this version", clq_case_type_name(desc->c.type));
}

static clqnn_status read_quantization(clq_case *file, const gemm_view *view, clqnn_gemm_desc *desc, clq_case_report report)
{
    const char *rule = clq_case_metadata(file, "requantize");
    if (rule != NULL) clq_case_parse_rounding(rule, &desc->rounding);
    const bool planes = clq_case_plane_bits(desc->c.type) != 0;
    const bool fixed = desc->rounding != CLQNN_FLOAT_EVEN, requantizes = clq_case_is_byte(desc->c.type) || (planes && desc->c.type != CLQNN_B1);
    if (!fixed && (clq_case_find(file, "multiplier") != NULL || clq_case_find(file, "shift") != NULL)) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'multiplier' and 'shift' need requantize fixed_double or fixed_single");
    }
    const int32_t a_rank = view->a_shape.rank, b_rank = view->b_shape.rank;
    const clq_case_quantization_request requests[3] = {
        {.name = "a", .channel_axis = a_rank - 2, .group_axis = a_rank - 1, .scale_needed = requantizes && !fixed},
        {.name = "b", .channel_axis = b_rank - (view->b_transposed ? 2 : 1), .group_axis = b_rank - (view->b_transposed ? 1 : 2),
         .scale_needed = requantizes && !fixed},
        {.name = "y", .channel_axis = view->y_shape.rank - 1, .group_axis = -1, .scale_needed = requantizes && !fixed},
    };
    clqnn_gemm_operand *const operands[3] = {&desc->a, &desc->b, &desc->c};
    for (int i = 0; i < 3; i++) {
        const clqnn_status status = clq_case_read_quantization(file, &requests[i], operands[i]->type, &operands[i]->quantization, report);
        if (status != CLQNN_OK) return status;
    }
    if (desc->c.quantization.scale_count > 1 || desc->c.quantization.zero_point_count > 1) {
        return clq_case_fail(report, CLQNN_UNSUPPORTED, "a 'y' quantized per channel is not in this version");
    }
    if (!requantizes) desc->c.quantization = (clqnn_quantization){0};
    if (!requantizes) desc->rounding = CLQNN_FLOAT_EVEN;
    return fixed && requantizes ? clq_case_read_fixed(file, desc->n, &desc->multipliers, &desc->shifts, &desc->fixed_count, report) : CLQNN_OK;
}

static clqnn_status read_integers(clq_case *file, const gemm_view *view, clqnn_gemm_desc *desc, clq_case_report report)
{
    if (clq_case_find(file, "threshold") || clq_case_find(file, "direction") || clq_case_find(file, "row_scale")) {
        return clq_case_fail(report, CLQNN_UNSUPPORTED, "'threshold', 'direction' and 'row_scale' of a gemm that is not of bits are not in this version");
    }
    if (clq_case_find(file, "residual") != NULL || clq_case_metadata(file, "activation") != NULL) {
        return clq_case_fail(report, CLQNN_UNSUPPORTED, "a 'residual' or activation of a gemm of integers is not in this version");
    }
    clqnn_status status = read_types(file, view, desc, report);
    if (status == CLQNN_OK) status = read_dynamic(file, desc, report);
    return status == CLQNN_OK ? read_quantization(file, view, desc, report) : status;
}

static clqnn_status read_floats(clq_case *file, const gemm_view *view, clq_case_gemm *out, clq_case_report report)
{
    const clq_case_float_gemm floats = {.a = view->a, .b = view->b, .y = view->y, .bias = view->bias, .b_shape = view->b_shape, .y_shape = view->y_shape,
                                        .b_transposed = view->b_transposed};
    const clqnn_status status = clq_case_read_float_gemm(file, &floats, out, report);
    return status == CLQNN_OK && clq_case_metadata(file, "a.dynamic") != NULL ? read_dynamic(file, &out->desc, report) : status;
}

static clqnn_status read_bits(clq_case *file, const gemm_view *view, clq_case_gemm *out, clq_case_report report)
{
    const clqnn_status status = clq_case_read_bits_gemm(file, &view->y_shape, view->b_transposed, out, report);
    return status == CLQNN_OK ? read_quantization(file, view, &out->desc, report) : status;
}

/* Elements of a row: of bit planes whole groups of 32. */
static int64_t row_elements(clqnn_type type, int64_t count)
{
    return clq_case_plane_bits(type) ? (count + 31) / 32 * 32 : count;
}

/* Dense strides of the merged batches, in elements. */
static void set_strides(const gemm_view *view, clqnn_gemm_desc *desc)
{
    for (int i = 0; i < 2; i++) {
        const int64_t a = view->batch.a_stride[i], b = view->batch.b_stride[i];
        desc->batch[i] = view->batch.count[i];
        if (view->batch.count[i] == 1) continue;
        desc->a.batch_stride[i] = a == CLQNN_BROADCAST ? a : a * desc->m * row_elements(desc->a.type, desc->k);
        desc->b.batch_stride[i] = b == CLQNN_BROADCAST ? b : b * desc->n * row_elements(desc->b.type, desc->k);
    }
    desc->b.transposed = view->b_transposed;
}

clqnn_status clq_case_make_gemm(clq_case *file, clq_case_gemm *out, char *message, size_t capacity)
{
    const clq_case_report report = {message, capacity};
    if (file == NULL || out == NULL) return clq_case_fail(report, CLQNN_INVALID_ARGUMENT, "null pointer");
    *out = (clq_case_gemm){.desc = {.struct_size = sizeof out->desc}};
    clqnn_status status = clq_case_expect_operator(file, "gemm", report);
    if (status != CLQNN_OK) return status;
    gemm_view view = {.a = clq_case_find(file, "a"), .b = clq_case_find(file, "b"), .y = clq_case_find(file, "y"), .bias = clq_case_find(file, "bias")};
    view.a_shape = clq_case_logical_shape(file, view.a);
    view.b_shape = clq_case_logical_shape(file, view.b);
    view.y_shape = clq_case_logical_shape(file, view.y);
    clqnn_gemm_desc *desc = &out->desc;
    status = read_layout(file, &view, report);
    if (status == CLQNN_OK) status = read_shapes(&view, desc, report);
    if (status == CLQNN_OK && clq_case_is_bits_gemm(file)) status = read_bits(file, &view, out, report);
    else if (status == CLQNN_OK) status = clq_case_is_float_gemm(file) ? read_floats(file, &view, out, report) : read_integers(file, &view, desc, report);
    if (status == CLQNN_OK) status = clq_case_read_clamp(file, desc->c.type, &desc->has_clamp, &desc->clamp_min, &desc->clamp_max, report);
    if (status != CLQNN_OK) return status;
    set_strides(&view, desc);
    out->a = view.a->data;
    out->b = view.b->data;
    out->expected = view.y->data;
    desc->b_data = view.b->data;
    out->a_bytes = clq_case_tensor_bytes(view.a);
    out->b_bytes = clq_case_tensor_bytes(view.b);
    out->c_bytes = clq_case_tensor_bytes(view.y);
    return CLQNN_OK;
}
