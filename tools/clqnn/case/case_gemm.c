/* SPDX-License-Identifier: Apache-2.0 */
/* A clqnn_gemm_desc from a case. */
#include "case_internal.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The tensors of a gemm and the shapes that they stand for. */
typedef struct gemm_view {
    const clq_case_tensor *a, *b, *y, *bias;
    clq_case_shape a_shape, b_shape, y_shape;
    bool b_transposed;
    clq_case_batch batch;
} gemm_view;

static bool is_quantized(clqnn_type type)
{
    return type == CLQNN_S8 || type == CLQNN_U8;
}

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
    const clq_case_tensor *tensors[] = {view->a, view->b, view->y};
    for (size_t i = 0; i < 3; i++) {
        const char *packed = clq_case_metadata_of(file, tensors[i]->name, "type");
        if (packed != NULL) return clq_case_fail(report, CLQNN_UNSUPPORTED, "'%s' of type %s is not in this version", tensors[i]->name, packed);
        if (clq_case_dtype_type(tensors[i]->dtype) == CLQNN_TYPE_NONE) {
            return clq_case_fail(report, CLQNN_UNSUPPORTED, "'%s' of type %s is not in this version", tensors[i]->name,
                                 clq_case_dtype_name(tensors[i]->dtype));
        }
    }
    desc->a.type = clq_case_dtype_type(view->a->dtype);
    desc->b.type = clq_case_dtype_type(view->b->dtype);
    desc->c.type = clq_case_dtype_type(view->y->dtype);
    if (!is_quantized(desc->b.type)) {
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
    const bool float_a = !is_quantized(desc->a.type);
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
    if (desc->c.type == CLQNN_F32 || desc->c.type == CLQNN_F16) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_UNSUPPORTED, "a.dynamic with a 'y' of type %s is not in this version", clq_case_type_name(desc->c.type));
}

/* `entry`'s values, repeated to `count` where it holds one. */
static int32_t *repeated(const clq_case_entry *entry, int64_t have, int64_t count)
{
    int32_t *values = malloc((size_t)count * sizeof *values);
    for (int64_t i = 0; values != NULL && i < count; i++) values[i] = entry->integers[have == 1 ? 0 : i];
    return values;
}

/* multiplier and shift, per tensor or per column. */
static clqnn_status read_fixed(clq_case *file, clqnn_gemm_desc *desc, clq_case_report report)
{
    const clq_case_entry *entries[2] = {clq_case_find_entry(file, "multiplier"), clq_case_find_entry(file, "shift")};
    static const char *const names[2] = {"multiplier", "shift"};
    static const int32_t lows[2] = {0, -31}, highs[2] = {INT32_MAX, 30};
    int64_t counts[2] = {1, 1};
    for (int i = 0; i < 2; i++) {
        if (entries[i] == NULL) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' is missing", names[i]);
        const clq_case_tensor *tensor = &entries[i]->tensor;
        char text[CLQ_CASE_TEXT];
        const bool is_scalar = tensor->rank == 0 || (tensor->rank == 1 && tensor->shape[0] == 1);
        if (!is_scalar && (tensor->rank != 1 || tensor->shape[0] != desc->n)) {
            return clq_case_fail(report, CLQNN_CORRUPT_DATA, "tensor '%s' has shape %s, not [1] or [%" PRId64 "]", names[i],
                                 clq_case_shape_text(tensor->shape, tensor->rank, text), desc->n);
        }
        if (!is_scalar) counts[i] = desc->n;
        for (int64_t k = 0; k < counts[i]; k++) {
            if (entries[i]->integers[k] >= lows[i] && entries[i]->integers[k] <= highs[i]) continue;
            return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'%s'[%" PRId64 "] is %" PRId32 ", outside %" PRId32 "..%" PRId32, names[i], k,
                                 entries[i]->integers[k], lows[i], highs[i]);
        }
    }
    desc->fixed_count = counts[0] > counts[1] ? counts[0] : counts[1];
    if (counts[0] == 0 || counts[1] == 0) return clq_case_fail(report, CLQNN_UNSUPPORTED, "multipliers for 0 columns are not in this version");
    free(file->multipliers);
    free(file->shifts);
    file->multipliers = repeated(entries[0], counts[0], desc->fixed_count);
    file->shifts = repeated(entries[1], counts[1], desc->fixed_count);
    desc->multipliers = file->multipliers;
    desc->shifts = file->shifts;
    if (file->multipliers != NULL && file->shifts != NULL) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for the multipliers");
}

static clqnn_status read_quantization(clq_case *file, const gemm_view *view, clqnn_gemm_desc *desc, clq_case_report report)
{
    const char *rule = clq_case_metadata(file, "requantize");
    if (rule != NULL) clq_case_parse_rounding(rule, &desc->rounding);
    const bool fixed = desc->rounding != CLQNN_FLOAT_EVEN, requantizes = is_quantized(desc->c.type);
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
    return fixed && requantizes ? read_fixed(file, desc, report) : CLQNN_OK;
}

static clqnn_status read_clamp(const clq_case *file, clqnn_gemm_desc *desc, clq_case_report report)
{
    double low = 0, high = 0;
    const char *text = clq_case_metadata(file, "clamp");
    if (text == NULL || !clq_case_parse_clamp(text, &low, &high)) return CLQNN_OK;
    if (is_quantized(desc->c.type) && (low != floor(low) || high != floor(high))) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "clamp is '%s', not whole numbers for a 'y' of type %s", text, clq_case_type_name(desc->c.type));
    }
    if (desc->c.type == CLQNN_S32) return clq_case_fail(report, CLQNN_UNSUPPORTED, "a clamp of a 'y' of type I32 is not in this version");
    desc->has_clamp = 1;
    desc->clamp_min = (float)low;
    desc->clamp_max = (float)high;
    return CLQNN_OK;
}

/* Dense strides of the merged batches, in elements. */
static void set_strides(const gemm_view *view, clqnn_gemm_desc *desc)
{
    for (int i = 0; i < 2; i++) {
        const int64_t a = view->batch.a_stride[i], b = view->batch.b_stride[i];
        desc->batch[i] = view->batch.count[i];
        if (view->batch.count[i] == 1) continue;
        desc->a.batch_stride[i] = a == CLQNN_BROADCAST ? a : a * desc->m * desc->k;
        desc->b.batch_stride[i] = b == CLQNN_BROADCAST ? b : b * desc->k * desc->n;
    }
    desc->b.transposed = view->b_transposed;
}

static size_t bytes_of(const clq_case_tensor *tensor)
{
    int64_t count = 0;
    return clq_case_count(tensor->shape, tensor->rank, &count) ? (size_t)count * clq_case_dtype_size(tensor->dtype) : 0;
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
    if (status == CLQNN_OK) status = read_types(file, &view, desc, report);
    if (status == CLQNN_OK) status = read_dynamic(file, desc, report);
    if (status == CLQNN_OK) status = read_quantization(file, &view, desc, report);
    if (status == CLQNN_OK) status = read_clamp(file, desc, report);
    if (status != CLQNN_OK) return status;
    set_strides(&view, desc);
    out->a = view.a->data;
    out->b = view.b->data;
    out->expected = view.y->data;
    desc->b_data = view.b->data;
    out->a_bytes = bytes_of(view.a);
    out->b_bytes = bytes_of(view.b);
    out->c_bytes = bytes_of(view.y);
    return CLQNN_OK;
}
