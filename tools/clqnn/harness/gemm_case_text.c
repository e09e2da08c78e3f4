/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>

#include "gemm_case.h"
#include "text_writer.h"

static void append_per(clq_text_writer *writer, const char *name, clq_per per)
{
    if (per != CLQ_PER_NONE) clq_text_append(writer, " %s:%s", name, per == CLQ_PER_TENSOR ? "one" : "each");
}

static void append_number(clq_text_writer *writer, const char *name, int32_t value)
{
    if (value != 0) clq_text_append(writer, " %s:%d", name, value);
}

static void append_data(clq_text_writer *writer, const char *name, clq_data data)
{
    if (data != CLQ_DATA_RANDOM) clq_text_append(writer, " %s:%s", name, clq_data_name(data));
}

static void append_memory(clq_text_writer *writer, const clq_gemm_case *spec)
{
    if (spec->a_transposed) clq_text_append(writer, " a-transposed");
    if (spec->b_transposed) clq_text_append(writer, " b-transposed");
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
    if (spec->sub_buffers) clq_text_append(writer, " sub-buffers");
    if (spec->wait_list) clq_text_append(writer, " wait-list");
    if (spec->b_source != CLQ_B_CONSTANT) clq_text_append(writer, spec->b_source == CLQ_B_PACKED ? " b-packed" : " b-at-run-time");
}

const char *clq_gemm_case_describe(const clq_gemm_case *spec, char *text, size_t size)
{
    static const char *const roundings[] = { "float_even", "fixed_double", "fixed_single" };
    clq_text_writer writer = clq_text_start(text, size);
    if (spec->batch[0] != 1) clq_text_append(&writer, "%" PRId64 ":", spec->batch[0]);
    if (spec->batch[0] != 1 || spec->batch[1] != 1) clq_text_append(&writer, "%" PRId64 ":", spec->batch[1]);
    clq_text_append(&writer, "%" PRId64 "x%" PRId64 "x%" PRId64 " %s%s%s", spec->m, spec->n, spec->k, clqnn_type_name(spec->a_type),
           clqnn_type_name(spec->b_type), clqnn_type_name(spec->c_type));
    append_memory(&writer, spec);
    append_per(&writer, "a-zero", spec->a_zero);
    append_per(&writer, "b-zero", spec->b_zero);
    append_per(&writer, "c-zero", spec->c_zero);
    if (spec->extreme_zero) clq_text_append(&writer, " extreme-zero");
    append_per(&writer, "a-scale", spec->a_scale);
    append_per(&writer, "b-scale", spec->b_scale);
    if (spec->bias_type != CLQNN_TYPE_NONE) clq_text_append(&writer, " bias:%s", clqnn_type_name(spec->bias_type));
    if (spec->rounding != CLQNN_FLOAT_EVEN) clq_text_append(&writer, " %s", roundings[spec->rounding]);
    append_per(&writer, "fixed", spec->fixed);
    if (spec->clamp) clq_text_append(&writer, " clamp");
    if (spec->dynamic != CLQNN_STATIC) {
        clq_text_append(&writer, " dynamic:%s:%s", spec->dynamic == CLQNN_DYNAMIC_PER_ROW ? "row" : "tensor", clqnn_type_name(spec->dynamic_type));
    }
    append_data(&writer, "a-data", spec->a_data);
    append_data(&writer, "b-data", spec->b_data);
    if (spec->aim != CLQ_AIM_SPREAD) clq_text_append(&writer, spec->aim == CLQ_AIM_TIES ? " ties" : " boundary");
    return text;
}
