/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>

#include "mixed_case.h"
#include "text_writer.h"

static const char *const data_names[] = {"random", "whole", "large", "tiny", "special"};
static const char *const zeros_names[] = {"", "integer-zeros", "float-zeros", "offsets"};
static const char *const function_names[] = {"", "relu", "relu6", "", "", "sigmoid", "", "hard-swish", "tanh", "gelu", "gelu-tanh", "", "silu"};

static void append_number(clq_text_writer *writer, const char *name, int64_t value)
{
    if (value != 0) clq_text_append(writer, " %s:%" PRId64, name, value);
}

static void append_flag(clq_text_writer *writer, const char *name, bool flag)
{
    if (flag) clq_text_append(writer, " %s", name);
}

static void append_memory(clq_text_writer *writer, const clq_mixed_case *spec)
{
    append_flag(writer, "a-transposed", spec->a_transposed);
    append_flag(writer, "b-transposed", spec->b_transposed);
    append_number(writer, "a-padding", spec->a_padding);
    append_number(writer, "b-padding", spec->b_padding);
    append_number(writer, "c-padding", spec->c_padding);
    append_number(writer, "a-offset", spec->a_offset);
    append_number(writer, "b-offset", spec->b_offset);
    append_number(writer, "c-offset", spec->c_offset);
    append_number(writer, "batch-gap", spec->batch_gap);
    for (int d = 0; d < 2; d++) {
        if (spec->a_broadcast[d]) clq_text_append(writer, " a-broadcast:%d", d);
        if (spec->b_broadcast[d]) clq_text_append(writer, " b-broadcast:%d", d);
    }
    append_flag(writer, "sub-buffers", spec->sub_buffers);
    append_flag(writer, "wait-list", spec->wait_list);
    append_flag(writer, "b-packed", spec->b_source == CLQ_B_PACKED);
    append_flag(writer, "b-at-run-time", spec->b_source == CLQ_B_RUNTIME);
}

static void append_groups(clq_text_writer *writer, const clq_mixed_case *spec)
{
    if (spec->group == 0) return;
    clq_text_append(writer, " group:%" PRId64 ":%s", spec->group, clqnn_type_name(spec->scale_type));
    if (spec->zeros != CLQ_GROUP_NO_ZEROS) clq_text_append(writer, " %s", zeros_names[spec->zeros]);
    append_flag(writer, "group-index", spec->group_index);
    if (spec->dynamic != CLQNN_STATIC) {
        clq_text_append(writer, " dynamic:%s:%s", spec->dynamic == CLQNN_DYNAMIC_PER_ROW ? "row" : "tensor", clqnn_type_name(spec->dynamic_type));
    }
}

const char *clq_mixed_case_describe(const clq_mixed_case *spec, char *text, size_t size)
{
    clq_text_writer writer = clq_text_start(text, size);
    if (spec->batch[0] != 1) clq_text_append(&writer, "%" PRId64 ":", spec->batch[0]);
    if (spec->batch[0] != 1 || spec->batch[1] != 1) clq_text_append(&writer, "%" PRId64 ":", spec->batch[1]);
    clq_text_append(&writer, "%" PRId64 "x%" PRId64 "x%" PRId64 " %s%s%s", spec->m, spec->n, spec->k, clqnn_type_name(spec->a_type),
                    clqnn_type_name(spec->b_type), clqnn_type_name(spec->c_type));
    append_memory(&writer, spec);
    append_groups(&writer, spec);
    if (spec->column_scale != CLQ_PER_NONE) clq_text_append(&writer, " scale:%s", spec->column_scale == CLQ_PER_TENSOR ? "one" : "each");
    append_flag(&writer, "bias", spec->bias);
    if (spec->residual != CLQ_MIXED_NO_RESIDUAL) {
        clq_text_append(&writer, " residual:%s%s", clqnn_type_name(spec->residual_type), spec->residual == CLQ_MIXED_RESIDUAL_IN_C ? ":in-c" : "");
        append_number(&writer, "residual-padding", spec->residual_padding);
        append_flag(&writer, "residual-broadcast", spec->residual_broadcast);
    }
    append_flag(&writer, " half-sums", spec->half_sums);
    append_flag(&writer, function_names[spec->activation], spec->activation != CLQNN_IDENTITY);
    append_flag(&writer, "clamp", spec->clamp);
    append_flag(&writer, "c-zero", spec->c_zero);
    if (spec->a_data != CLQ_FLOATS_RANDOM) clq_text_append(&writer, " a-data:%s", data_names[spec->a_data]);
    if (spec->b_data != CLQ_FLOATS_RANDOM) clq_text_append(&writer, " b-data:%s", data_names[spec->b_data]);
    return text;
}
