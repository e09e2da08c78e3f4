/* SPDX-License-Identifier: Apache-2.0 */
/* A clqnn_conv_desc from a case. */
#include "case_internal.h"

#include <inttypes.h>
#include <string.h>

/* The tensors of a convolution and the shapes that they stand for. */
typedef struct conv_view {
    const clq_case_tensor *x, *w, *y, *bias, *table, *residual;
    clq_case_shape x_shape, w_shape, y_shape;
    int32_t spatial; /* number of spatial dimensions */
    int32_t oihw;    /* weights in CLQNN_WEIGHTS_OIHW */
} conv_view;

static clqnn_status read_layout(const clq_case *file, const char *key, clqnn_layout otherwise, clqnn_layout *layout, clq_case_report report)
{
    const char *text = clq_case_metadata(file, key);
    *layout = text == NULL ? otherwise : strcmp(text, "nchw") == 0 ? CLQNN_CHANNELS_FIRST : CLQNN_CHANNELS_LAST;
    if (text == NULL || strcmp(text, "nchw") == 0 || strcmp(text, "nhwc") == 0) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_CORRUPT_DATA, "%s is '%s', not nhwc or nchw", key, text);
}

static clqnn_status read_layouts(const clq_case *file, conv_view *view, clqnn_conv_desc *desc, clq_case_report report)
{
    const char *text = clq_case_metadata(file, "w.layout"), *transposed = clq_case_metadata(file, "transposed");
    view->oihw = text != NULL && strcmp(text, "oihw") == 0;
    if (text != NULL && !view->oihw && strcmp(text, "ohwi") != 0) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "w.layout is '%s', not ohwi or oihw", text);
    }
    desc->weight_layout = view->oihw ? CLQNN_WEIGHTS_OIHW : CLQNN_WEIGHTS_OHWI;
    if (transposed != NULL && strcmp(transposed, "0") != 0 && strcmp(transposed, "1") != 0) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "transposed is '%s', not 0 or 1", transposed);
    }
    desc->transposed = transposed != NULL && transposed[0] == '1';
    clqnn_status status = read_layout(file, "layout", CLQNN_CHANNELS_LAST, &desc->x.layout, report);
    if (status == CLQNN_OK) status = read_layout(file, "y.layout", desc->x.layout, &desc->y.layout, report);
    if (status == CLQNN_OK) status = read_layout(file, "residual.layout", desc->y.layout, &desc->residual.layout, report);
    return status;
}

/* A list of `count` numbers; all `otherwise` where the key is absent. */
static clqnn_status read_list(const clq_case *file, const char *key, int64_t low, int32_t count, int64_t otherwise, int64_t *values,
                              clq_case_report report)
{
    int32_t found = 0;
    const char *text = clq_case_metadata(file, key);
    for (int32_t i = 0; i < count && text == NULL; i++) values[i] = otherwise;
    if (text == NULL || (clq_case_parse_integers(text, low, INT32_MAX / 2, values, count, &found) && found == count)) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_CORRUPT_DATA, "%s is '%s', not %" PRId32 " number%s from %" PRId64 " to 2^30", key, text, count,
                         count == 1 ? "" : "s", low);
}

static clqnn_status read_window(const clq_case *file, int32_t spatial, clqnn_conv_desc *desc, clq_case_report report)
{
    int64_t pads[2 * CLQNN_MAX_SPATIAL] = {0};
    clqnn_status status = read_list(file, "strides", 1, spatial, 1, desc->stride, report);
    if (status == CLQNN_OK) status = read_list(file, "dilations", 1, spatial, 1, desc->dilation, report);
    if (status == CLQNN_OK) status = read_list(file, "pads", 0, 2 * spatial, 0, pads, report);
    if (status == CLQNN_OK) status = read_list(file, "groups", 1, 1, 1, &desc->groups, report);
    if (status == CLQNN_OK) status = read_list(file, "output_padding", 0, spatial, 0, desc->output_padding, report);
    for (int32_t i = 0; i < spatial; i++) {
        desc->pad_begin[i] = pads[i];
        desc->pad_end[i] = pads[spatial + i];
    }
    return status;
}

/* Channels and spatial extents of an image's shape. */
static int64_t channels_of(const clq_case_shape *shape, clqnn_layout layout)
{
    return shape->size[layout == CLQNN_CHANNELS_FIRST ? 1 : shape->rank - 1];
}
static const int64_t *spatial_of(const clq_case_shape *shape, clqnn_layout layout) { return shape->size + (layout == CLQNN_CHANNELS_FIRST ? 2 : 1); }

/* Channels and the kernel from x, w and groups. */
static clqnn_status read_channels(const conv_view *view, clqnn_conv_desc *desc, clq_case_report report)
{
    const clq_case_shape *w = &view->w_shape;
    char text[CLQ_CASE_TEXT];
    const int64_t inner = w->size[view->oihw ? 1 : w->rank - 1]; /* of one group */
    desc->batch = view->x_shape.size[0];
    desc->in_channels = channels_of(&view->x_shape, desc->x.layout);
    const bool inputs_first = desc->transposed && view->oihw;
    desc->out_channels = inputs_first ? (inner <= INT32_MAX ? inner * desc->groups : 0) : w->size[0];
    for (int32_t i = 0; i < view->spatial; i++) {
        desc->input[i] = spatial_of(&view->x_shape, desc->x.layout)[i];
        desc->kernel[i] = w->size[(view->oihw ? 2 : 1) + i];
        if (desc->input[i] > INT32_MAX || desc->kernel[i] > INT32_MAX) {
            return clq_case_fail(report, CLQNN_CORRUPT_DATA, "a dimension is above 2^31-1");
        }
    }
    const int64_t stored_inputs = inputs_first ? w->size[0] : inner <= INT32_MAX ? inner * desc->groups : 0;
    if (desc->in_channels == stored_inputs && desc->in_channels % desc->groups == 0 && desc->out_channels % desc->groups == 0) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'w' of shape %s (%s%s) does not fit %" PRId64 " channels of 'x' in %" PRId64 " groups",
                         clq_case_shape_text(w->size, w->rank, text), desc->transposed ? "transposed, " : "", view->oihw ? "oihw" : "ohwi",
                         desc->in_channels, desc->groups);
}

/* The extent of the output along one dimension; below 1: there is none. */
static int64_t output_extent(const clqnn_conv_desc *desc, int32_t i)
{
    const int64_t extent = (desc->kernel[i] - 1) * desc->dilation[i] + 1, pads = desc->pad_begin[i] + desc->pad_end[i];
    if (desc->transposed) return (desc->input[i] - 1) * desc->stride[i] - pads + extent + desc->output_padding[i];
    return desc->input[i] + pads < extent ? 0 : (desc->input[i] + pads - extent) / desc->stride[i] + 1;
}

/* That y, residual, bias and table fit. */
static clqnn_status check_results(const conv_view *view, const clqnn_conv_desc *desc, clq_case_report report)
{
    char text[CLQ_CASE_TEXT], other[CLQ_CASE_TEXT];
    const clq_case_tensor *const images[] = {view->y, view->residual};
    const clqnn_layout layouts[] = {desc->y.layout, desc->residual.layout};
    for (int k = 0; k < 2 && images[k] != NULL; k++) {
        clq_case_shape expected = {.rank = view->spatial + 2, .size = {desc->batch}};
        expected.size[layouts[k] == CLQNN_CHANNELS_FIRST ? 1 : expected.rank - 1] = desc->out_channels;
        for (int32_t i = 0; i < view->spatial; i++) expected.size[(layouts[k] == CLQNN_CHANNELS_FIRST ? 2 : 1) + i] = output_extent(desc, i);
        if (images[k]->rank == expected.rank && memcmp(images[k]->shape, expected.size, sizeof expected.size[0] * (size_t)expected.rank) == 0) {
            continue;
        }
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'%s' has shape %s, not %s", images[k]->name,
                             clq_case_shape_text(images[k]->shape, images[k]->rank, text), clq_case_shape_text(expected.size, expected.rank, other));
    }
    if (view->bias != NULL && (view->bias->rank != 1 || view->bias->shape[0] != desc->out_channels)) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'bias' has shape %s, not [%" PRId64 "]",
                             clq_case_shape_text(view->bias->shape, view->bias->rank, text), desc->out_channels);
    }
    if (view->table != NULL && (view->table->rank != 1 || view->table->shape[0] != 256 || view->table->dtype != view->y->dtype)) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'table' has shape %s and type %s, not [256] and the type of 'y'",
                             clq_case_shape_text(view->table->shape, view->table->rank, text), clq_case_dtype_name(view->table->dtype));
    }
    return CLQNN_OK;
}

static clqnn_status read_shapes(const clq_case *file, conv_view *view, clqnn_conv_desc *desc, clq_case_report report)
{
    char text[CLQ_CASE_TEXT], other[CLQ_CASE_TEXT];
    view->spatial = view->x_shape.rank - 2;
    if (view->spatial < 1 || view->spatial > CLQNN_MAX_SPATIAL || view->w_shape.rank != view->x_shape.rank) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'x' has shape %s and 'w' %s, not 3, 4 or 5 dimensions each",
                             clq_case_shape_text(view->x_shape.size, view->x_shape.rank, text),
                             clq_case_shape_text(view->w_shape.size, view->w_shape.rank, other));
    }
    for (int32_t i = 0; i < view->x_shape.rank; i++) {
        if (view->x_shape.size[i] != 0 && view->w_shape.size[i] != 0) continue;
        return clq_case_fail(report, CLQNN_UNSUPPORTED, "a convolution with a dimension of 0 is not in this version");
    }
    desc->spatial_rank = view->spatial;
    clqnn_status status = read_window(file, view->spatial, desc, report);
    if (status == CLQNN_OK) status = read_channels(view, desc, report);
    if (status == CLQNN_OK) status = check_results(view, desc, report);
    return status;
}

static clqnn_status read_types(const clq_case *file, const conv_view *view, clqnn_conv_desc *desc, clq_case_report report)
{
    const clq_case_float_conv floats = {view->x, view->w, view->y, view->bias, view->residual};
    if (clq_case_is_float_conv(file)) return clq_case_read_float_conv_types(file, &floats, desc, report);
    if (clq_case_metadata(file, "activation") != NULL) {
        return clq_case_fail(report, CLQNN_UNSUPPORTED, "an activation of a convolution of integers is not in this version");
    }
    clqnn_status status = clq_case_element_type(file, view->x, &desc->x.type, report);
    if (status == CLQNN_OK) status = clq_case_element_type(file, view->w, &desc->weight_type, report);
    if (status == CLQNN_OK) status = clq_case_element_type(file, view->y, &desc->y.type, report);
    if (status == CLQNN_OK && view->residual != NULL) status = clq_case_element_type(file, view->residual, &desc->residual.type, report);
    if (status != CLQNN_OK) return status;
    const clqnn_type types[] = {desc->x.type, desc->weight_type, view->residual != NULL ? desc->residual.type : CLQNN_U8};
    static const char *const names[] = {"x", "w", "residual"};
    for (int i = 0; i < 3; i++) {
        if (clq_case_is_byte(types[i])) continue;
        return clq_case_fail(report, CLQNN_UNSUPPORTED, "a convolution with '%s' of type %s is not in this version", names[i],
                             clq_case_type_name(types[i]));
    }
    if ((view->table != NULL || view->residual != NULL) && !clq_case_is_byte(desc->y.type)) {
        return clq_case_fail(report, CLQNN_UNSUPPORTED, "'table' or 'residual' with a 'y' of type %s is not in this version",
                             clq_case_type_name(desc->y.type));
    }
    if (view->bias == NULL) return CLQNN_OK;
    desc->bias = view->bias->data;
    desc->bias_type = clq_case_dtype_type(view->bias->dtype);
    const bool float_y = desc->y.type == CLQNN_F32 || desc->y.type == CLQNN_F16;
    if (desc->bias_type != CLQNN_F32 || float_y) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_UNSUPPORTED, "an F32 'bias' with a 'y' of type %s is not in this version", clq_case_type_name(desc->y.type));
}

static clqnn_status read_quantization(clq_case *file, const conv_view *view, clqnn_conv_desc *desc, clq_case_report report)
{
    const char *rule = clq_case_metadata(file, "requantize");
    const int32_t channel_axis = desc->transposed && view->oihw ? 1 : 0;
    if (clq_case_is_float_conv(file)) return clq_case_read_float_conv_scales(file, channel_axis, desc, report);
    if (rule != NULL) clq_case_parse_rounding(rule, &desc->rounding);
    const bool fixed = desc->rounding != CLQNN_FLOAT_EVEN, requantizes = clq_case_is_byte(desc->y.type), residual = view->residual != NULL;
    if (!fixed && (clq_case_find(file, "multiplier") != NULL || clq_case_find(file, "shift") != NULL)) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'multiplier' and 'shift' need requantize fixed_double or fixed_single");
    }
    const struct {
        clq_case_quantization_request request;
        clqnn_type type;
        clqnn_quantization *target;
        bool wanted;
    } parts[] = {
        {{"x", -1, -1, 0, requantizes && !fixed}, desc->x.type, &desc->x.quantization, true},
        {{"w", channel_axis, -1, desc->out_channels, requantizes && !fixed}, desc->weight_type, &desc->weight_quantization, true},
        {{"y", -1, -1, 0, requantizes && !fixed}, desc->y.type, &desc->y.quantization, requantizes},
        {{"table", -1, -1, 0, residual}, desc->y.type, &desc->table_quantization, view->table != NULL},
        {{"residual", -1, -1, 0, true}, desc->residual.type, &desc->residual.quantization, residual},
        {{"sum", -1, -1, 0, true}, desc->y.type, &desc->sum_quantization, residual},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (!parts[i].wanted) continue;
        const clqnn_status status = clq_case_read_quantization(file, &parts[i].request, parts[i].type, parts[i].target, report);
        if (status != CLQNN_OK) return status;
    }
    if (!requantizes) desc->rounding = CLQNN_FLOAT_EVEN;
    return fixed && requantizes ? clq_case_read_fixed(file, desc->out_channels, &desc->multipliers, &desc->shifts, &desc->fixed_count, report)
                                : CLQNN_OK;
}

static clqnn_status read_sum_clamp(const clq_case *file, clqnn_conv_desc *desc, clq_case_report report)
{
    int64_t limits[2];
    int32_t count = 0;
    const char *text = clq_case_metadata(file, "sum.clamp");
    if (text == NULL) return CLQNN_OK;
    if (desc->residual.type == CLQNN_TYPE_NONE) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "sum.clamp without tensor 'residual'");
    if (!clq_case_parse_integers(text, -128, 255, limits, 2, &count) || count != 2 || limits[0] > limits[1]) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "sum.clamp is '%s', not two ascending whole numbers 'lo,hi'", text);
    }
    desc->has_sum_clamp = 1;
    desc->sum_clamp_min = (int32_t)limits[0];
    desc->sum_clamp_max = (int32_t)limits[1];
    return CLQNN_OK;
}

clqnn_status clq_case_make_conv(clq_case *file, clq_case_conv *out, char *message, size_t capacity)
{
    const clq_case_report report = {message, capacity};
    if (file == NULL || out == NULL) return clq_case_fail(report, CLQNN_INVALID_ARGUMENT, "null pointer");
    *out = (clq_case_conv){.desc = {.struct_size = sizeof out->desc}};
    clqnn_status status = clq_case_expect_operator(file, "conv", report);
    if (status != CLQNN_OK) return status;
    conv_view view = {.x = clq_case_find(file, "x"),
                      .w = clq_case_find(file, "w"),
                      .y = clq_case_find(file, "y"),
                      .bias = clq_case_find(file, "bias"),
                      .table = clq_case_find(file, "table"),
                      .residual = clq_case_find(file, "residual")};
    view.x_shape = clq_case_logical_shape(file, view.x);
    view.w_shape = clq_case_logical_shape(file, view.w);
    clqnn_conv_desc *desc = &out->desc;
    status = read_layouts(file, &view, desc, report);
    if (status == CLQNN_OK) status = read_types(file, &view, desc, report);
    if (status == CLQNN_OK) status = read_shapes(file, &view, desc, report);
    if (status == CLQNN_OK) status = read_quantization(file, &view, desc, report);
    if (status == CLQNN_OK) status = clq_case_read_clamp(file, desc->y.type, &desc->has_clamp, &desc->clamp_min, &desc->clamp_max, report);
    if (status == CLQNN_OK) status = read_sum_clamp(file, desc, report);
    if (status != CLQNN_OK) return status;
    desc->weight_data = view.w->data;
    desc->table = view.table != NULL ? view.table->data : NULL;
    out->x = view.x->data;
    out->expected = view.y->data;
    out->residual = view.residual != NULL ? view.residual->data : NULL;
    out->x_bytes = clq_case_tensor_bytes(view.x);
    out->y_bytes = clq_case_tensor_bytes(view.y);
    out->residual_bytes = view.residual != NULL ? clq_case_tensor_bytes(view.residual) : 0;
    return CLQNN_OK;
}
