/* SPDX-License-Identifier: Apache-2.0 */
#include "conv_case.h"
#include "text_writer.h"

static void append_per(clq_text_writer *writer, const char *name, clq_per per)
{
    if (per != CLQ_PER_NONE) clq_text_append(writer, " %s:%s", name, per == CLQ_PER_TENSOR ? "one" : "each");
}

static void append_place(clq_text_writer *writer, const char *name, const clq_image_place *place)
{
    if (place->layout == CLQNN_CHANNELS_FIRST) clq_text_append(writer, " %s-nchw", name);
    if (place->offset != 0) clq_text_append(writer, " %s-offset:%d", name, place->offset);
    if (place->padding != 0) clq_text_append(writer, " %s-padding:%d", name, place->padding);
    if (place->gap != 0) clq_text_append(writer, " %s-gap:%d", name, place->gap);
    if (place->explicit_strides) clq_text_append(writer, " %s-strides", name);
}

static void append_memory(clq_text_writer *writer, const clq_conv_case *spec)
{
    append_place(writer, "x", &spec->x);
    append_place(writer, "y", &spec->y);
    if (spec->w_layout == CLQNN_WEIGHTS_OIHW) clq_text_append(writer, " w-oihw");
    if (spec->packed) clq_text_append(writer, " w-packed");
    if (spec->sub_buffers) clq_text_append(writer, " sub-buffers");
    if (spec->wait_list) clq_text_append(writer, " wait-list");
}

static void append_sum(clq_text_writer *writer, const clq_conv_case *spec)
{
    if (spec->table) clq_text_append(writer, " table");
    if (spec->residual == CLQ_RESIDUAL_NONE) return;
    clq_text_append(writer, " residual:%s%s", clqnn_type_name(spec->residual_type), spec->residual == CLQ_RESIDUAL_ALIAS ? ":in-y" : "");
    if (spec->residual == CLQ_RESIDUAL_OWN) append_place(writer, "residual", &spec->residual_place);
    if (spec->sum_clamp) clq_text_append(writer, " sum-clamp");
}

const char *clq_conv_case_describe(const clq_conv_case *spec, char *text, size_t size)
{
    static const char *const roundings[] = { "float_even", "fixed_double", "fixed_single" };
    char shape[192];
    clq_text_writer writer = clq_text_start(text, size);
    clq_text_append(&writer, "%s %s%s%s", clq_conv_shape_print(&spec->shape, shape, sizeof shape), clqnn_type_name(spec->x_type),
                    clqnn_type_name(spec->w_type), clqnn_type_name(spec->y_type));
    append_memory(&writer, spec);
    append_per(&writer, "x-zero", spec->x_zero);
    append_per(&writer, "w-zero", spec->w_zero);
    append_per(&writer, "y-zero", spec->y_zero);
    if (spec->extreme_zero) clq_text_append(&writer, " extreme-zero");
    append_per(&writer, "x-scale", spec->x_scale);
    append_per(&writer, "w-scale", spec->w_scale);
    if (spec->bias_type != CLQNN_TYPE_NONE) clq_text_append(&writer, " bias:%s", clqnn_type_name(spec->bias_type));
    if (spec->rounding != CLQNN_FLOAT_EVEN) clq_text_append(&writer, " %s", roundings[spec->rounding]);
    append_per(&writer, "fixed", spec->fixed);
    if (spec->clamp) clq_text_append(&writer, " clamp");
    append_sum(&writer, spec);
    if (spec->x_data != CLQ_DATA_RANDOM) clq_text_append(&writer, " x-data:%s", clq_data_name(spec->x_data));
    if (spec->w_data != CLQ_DATA_RANDOM) clq_text_append(&writer, " w-data:%s", clq_data_name(spec->w_data));
    if (spec->aim != CLQ_AIM_SPREAD) clq_text_append(&writer, spec->aim == CLQ_AIM_TIES ? " ties" : " boundary");
    return text;
}
