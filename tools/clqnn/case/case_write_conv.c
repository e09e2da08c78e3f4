/* SPDX-License-Identifier: Apache-2.0 */
/* A case from a clqnn_conv_desc and its data. Images become dense in their own layout; the weights stay as they are. */
#include "case_draft.h"

#include <stdlib.h>
#include <string.h>

static int64_t or_one(int64_t value) { return value != 0 ? value : 1; }

/* The descriptor with its defaults filled in. */
typedef struct conv_shape {
    int32_t spatial;
    int64_t batch, groups;
    int64_t stride[CLQNN_MAX_SPATIAL], dilation[CLQNN_MAX_SPATIAL], output[CLQNN_MAX_SPATIAL];
} conv_shape;

static bool resolve(const clqnn_conv_desc *desc, conv_shape *shape)
{
    *shape = (conv_shape){.spatial = desc->spatial_rank != 0 ? desc->spatial_rank : 2, .batch = or_one(desc->batch), .groups = or_one(desc->groups)};
    if (shape->spatial < 1 || shape->spatial > CLQNN_MAX_SPATIAL || desc->in_channels % shape->groups != 0 || desc->out_channels % shape->groups != 0) {
        return false;
    }
    for (int32_t i = 0; i < shape->spatial; i++) {
        shape->stride[i] = or_one(desc->stride[i]);
        shape->dilation[i] = or_one(desc->dilation[i]);
        const int64_t extent = (desc->kernel[i] - 1) * shape->dilation[i] + 1, pads = desc->pad_begin[i] + desc->pad_end[i];
        shape->output[i] = desc->transposed ? (desc->input[i] - 1) * shape->stride[i] - pads + extent + desc->output_padding[i]
                                            : (desc->input[i] + pads - extent) / shape->stride[i] + 1;
        if (shape->output[i] < 1) return false;
    }
    return true;
}

/* An image as it lies. */
typedef struct stored_image {
    const char *name;
    const clqnn_conv_tensor *tensor;
    const void *data;
    int64_t channels;
    const int64_t *extents;
} stored_image;

static clqnn_status add_image(clq_case_draft *draft, const conv_shape *shape, const stored_image *image)
{
    const clqnn_conv_tensor *tensor = image->tensor;
    const bool first = tensor->layout == CLQNN_CHANNELS_FIRST;
    int64_t dims[CLQNN_MAX_SPATIAL + 2] = {shape->batch}, pixels = 1;
    for (int32_t i = 0; i < shape->spatial; i++) {
        dims[(first ? 2 : 1) + i] = image->extents[i];
        pixels *= image->extents[i];
    }
    dims[first ? 1 : shape->spatial + 1] = image->channels;
    const int64_t rows = first ? image->channels : pixels, columns = first ? pixels : image->channels;
    const int64_t row_stride = tensor->pixel_stride != 0 ? tensor->pixel_stride : columns;
    const int64_t batch_stride = tensor->batch_stride != 0 ? tensor->batch_stride : rows * row_stride;
    const size_t size = clq_case_dtype_size(clq_case_dtype_of(tensor->type));
    if (image->data == NULL) return CLQNN_INVALID_ARGUMENT;
    char *next = clq_case_draft_copy(draft, image->name, tensor->type, dims, shape->spatial + 2);
    if (next == NULL) return CLQNN_OUT_OF_MEMORY;
    for (int64_t n = 0; n < shape->batch; n++) {
        for (int64_t row = 0; row < rows; row++, next += (size_t)columns * size) {
            memcpy(next, (const char *)image->data + (size_t)(n * batch_stride + row * row_stride) * size, (size_t)columns * size);
        }
    }
    return CLQNN_OK;
}

static clqnn_status add_weights(clq_case_draft *draft, const clqnn_conv_desc *desc, const conv_shape *shape)
{
    const bool oihw = desc->weight_layout == CLQNN_WEIGHTS_OIHW, inputs_first = oihw && desc->transposed;
    int64_t dims[CLQNN_MAX_SPATIAL + 2], count = 0;
    dims[0] = inputs_first ? desc->in_channels : desc->out_channels;
    dims[oihw ? 1 : shape->spatial + 1] = (inputs_first ? desc->out_channels : desc->in_channels) / shape->groups;
    for (int32_t i = 0; i < shape->spatial; i++) dims[(oihw ? 2 : 1) + i] = desc->kernel[i];
    if (desc->weight_data == NULL || !clq_case_count(dims, shape->spatial + 2, &count)) return CLQNN_INVALID_ARGUMENT;
    void *copy = clq_case_draft_copy(draft, "w", desc->weight_type, dims, shape->spatial + 2);
    if (copy == NULL) return CLQNN_OUT_OF_MEMORY;
    memcpy(copy, desc->weight_data, (size_t)count * clq_case_dtype_size(clq_case_dtype_of(desc->weight_type)));
    return CLQNN_OK;
}

static bool is_float(const clqnn_conv_desc *desc) { return clq_case_float_type(clq_case_dtype_of(desc->x.type)) != CLQNN_TYPE_NONE; }

static void add_lines(clq_case_draft *draft, const clqnn_conv_desc *desc, const conv_shape *shape)
{
    static const char *const layouts[] = {"nhwc", "nchw"};
    int64_t pads[2 * CLQNN_MAX_SPATIAL];
    for (int32_t i = 0; i < shape->spatial; i++) {
        pads[i] = desc->pad_begin[i];
        pads[shape->spatial + i] = desc->pad_end[i];
    }
    clq_case_draft_line(draft, "clqnn.case", "1");
    clq_case_draft_line(draft, "op", "conv");
    if (clq_case_is_byte(desc->y.type)) clq_case_draft_rounding(draft, desc->rounding);
    clq_case_draft_line(draft, "layout", layouts[desc->x.layout == CLQNN_CHANNELS_FIRST]);
    if (desc->y.layout != desc->x.layout) clq_case_draft_line(draft, "y.layout", layouts[desc->y.layout == CLQNN_CHANNELS_FIRST]);
    if (desc->residual.type != CLQNN_TYPE_NONE && desc->residual.layout != desc->y.layout) {
        clq_case_draft_line(draft, "residual.layout", layouts[desc->residual.layout == CLQNN_CHANNELS_FIRST]);
    }
    clq_case_draft_line(draft, "w.layout", desc->weight_layout == CLQNN_WEIGHTS_OIHW ? "oihw" : "ohwi");
    clq_case_draft_list(draft, "strides", shape->stride, shape->spatial);
    clq_case_draft_list(draft, "pads", pads, 2 * shape->spatial);
    clq_case_draft_list(draft, "dilations", shape->dilation, shape->spatial);
    clq_case_draft_list(draft, "groups", &shape->groups, 1);
    if (desc->transposed) clq_case_draft_line(draft, "transposed", "1");
    if (desc->transposed) clq_case_draft_list(draft, "output_padding", desc->output_padding, shape->spatial);
    if (is_float(desc) && desc->activation != CLQNN_IDENTITY) clq_case_draft_line(draft, "activation", clq_case_activation_name(desc->activation));
    if (desc->has_clamp) clq_case_draft_range(draft, "clamp", desc->clamp_min, desc->clamp_max);
    if (desc->has_sum_clamp) clq_case_draft_list(draft, "sum.clamp", (const int64_t[]){desc->sum_clamp_min, desc->sum_clamp_max}, 2);
}

static void add_float_parameters(clq_case_draft *draft, const clqnn_conv_desc *desc)
{
    if (desc->weight_quantization.scale_count > 0) clq_case_draft_quantization(draft, "w.scale", "w.zero_point", &desc->weight_quantization, true);
    if (desc->transposed && desc->weight_layout == CLQNN_WEIGHTS_OIHW) clq_case_draft_line(draft, "w.axis", "1");
    if (clq_case_is_byte(desc->y.type)) clq_case_draft_quantization(draft, "y.scale", "y.zero_point", &desc->y.quantization, true);
    if (desc->bias != NULL) clq_case_draft_vector(draft, "bias", CLQ_CASE_F32, desc->out_channels, desc->bias);
}

static void add_parameters(clq_case_draft *draft, const clqnn_conv_desc *desc)
{
    if (is_float(desc)) {
        add_float_parameters(draft, desc);
        return;
    }
    const bool requantizes = clq_case_is_byte(desc->y.type), residual = desc->residual.type != CLQNN_TYPE_NONE;
    const bool fixed = requantizes && desc->rounding != CLQNN_FLOAT_EVEN, scales = !fixed && desc->y.type != CLQNN_S32;
    clq_case_draft_quantization(draft, "x.scale", "x.zero_point", &desc->x.quantization, scales);
    clq_case_draft_quantization(draft, "w.scale", "w.zero_point", &desc->weight_quantization, scales);
    if (desc->transposed && desc->weight_layout == CLQNN_WEIGHTS_OIHW) clq_case_draft_line(draft, "w.axis", "1");
    /* under a fixed rule the scale of y is needed by the residual sum alone */
    if (requantizes) {
        clq_case_draft_quantization(draft, "y.scale", "y.zero_point", &desc->y.quantization, scales || (residual && desc->table == NULL));
    }
    if (fixed) clq_case_draft_fixed(draft, desc->multipliers, desc->shifts, desc->fixed_count);
    if (desc->bias != NULL) clq_case_draft_vector(draft, "bias", clq_case_dtype_of(desc->bias_type), desc->out_channels, desc->bias);
    if (desc->table != NULL) {
        clq_case_draft_vector(draft, "table", clq_case_dtype_of(desc->y.type), 256, desc->table);
        clq_case_draft_quantization(draft, "table.scale", "table.zero_point", &desc->table_quantization, residual);
    }
    if (!residual) return;
    clq_case_draft_quantization(draft, "residual.scale", "residual.zero_point", &desc->residual.quantization, true);
    clq_case_draft_quantization(draft, "sum.scale", "sum.zero_point", &desc->sum_quantization, true);
}

clqnn_status clq_case_write_conv(const char *path, const clq_case_conv *conv, const char *source, const char *tolerance, char *message,
                                 size_t capacity)
{
    const clq_case_report report = {message, capacity};
    if (path == NULL || conv == NULL) return clq_case_fail(report, CLQNN_INVALID_ARGUMENT, "null pointer");
    const clqnn_conv_desc *desc = &conv->desc;
    conv_shape shape;
    if (desc->rounding < CLQNN_FLOAT_EVEN || desc->rounding > CLQNN_FIXED_SINGLE || !resolve(desc, &shape)) {
        return clq_case_fail(report, CLQNN_INVALID_ARGUMENT, "a rounding, rank, number of groups or shape without meaning");
    }
    const stored_image images[] = {
        {.name = "x", .tensor = &desc->x, .data = conv->x, .channels = desc->in_channels, .extents = desc->input},
        {.name = "y", .tensor = &desc->y, .data = conv->expected, .channels = desc->out_channels, .extents = shape.output},
        {.name = "residual", .tensor = &desc->residual, .data = conv->residual, .channels = desc->out_channels, .extents = shape.output},
    };
    clq_case_draft *draft = calloc(1, sizeof *draft);
    if (draft == NULL) return clq_case_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for a case");
    clqnn_status status = add_weights(draft, desc, &shape);
    for (size_t i = 0; i < (desc->residual.type != CLQNN_TYPE_NONE ? 3 : 2) && status == CLQNN_OK; i++) status = add_image(draft, &shape, &images[i]);
    if (status == CLQNN_OK) {
        add_lines(draft, desc, &shape);
        add_parameters(draft, desc);
        if (tolerance != NULL) clq_case_draft_line(draft, "tolerance", tolerance);
        if (source != NULL) clq_case_draft_line(draft, "source", source);
        status = clq_case_write(path, draft->lines, draft->line_count, draft->tensors, draft->tensor_count, message, capacity);
    } else {
        clq_case_fail(report, status, "the convolution has no data, a type without meaning, or memory ran out");
    }
    clq_case_draft_free(draft);
    free(draft);
    return status;
}
