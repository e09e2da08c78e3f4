/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "gemm_case.h"

typedef struct text_writer { char *text; size_t size, used; } text_writer;

__attribute__((format(printf, 2, 3))) static void append(text_writer *writer, const char *format, ...)
{
    if (writer->used >= writer->size) return;
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(writer->text + writer->used, writer->size - writer->used, format, arguments);
    va_end(arguments);
    if (length > 0) writer->used += (size_t)length;
}

static void append_per(text_writer *writer, const char *name, clq_per per)
{
    if (per != CLQ_PER_NONE) append(writer, " %s:%s", name, per == CLQ_PER_TENSOR ? "one" : "each");
}

static void append_number(text_writer *writer, const char *name, int32_t value)
{
    if (value != 0) append(writer, " %s:%d", name, value);
}

static void append_data(text_writer *writer, const char *name, clq_data data)
{
    static const char *const names[] = { "random", "extremes", "lowest", "highest", "small" };
    if (data != CLQ_DATA_RANDOM) append(writer, " %s:%s", name, names[data]);
}

static void append_memory(text_writer *writer, const clq_gemm_case *spec)
{
    if (spec->a_transposed) append(writer, " a-transposed");
    if (spec->b_transposed) append(writer, " b-transposed");
    append_number(writer, "a-padding", spec->a_padding);
    append_number(writer, "b-padding", spec->b_padding);
    append_number(writer, "c-padding", spec->c_padding);
    append_number(writer, "a-offset", spec->a_offset);
    append_number(writer, "b-offset", spec->b_offset);
    append_number(writer, "c-offset", spec->c_offset);
    append_number(writer, "batch-gap", spec->batch_gap);
    for (int d = 0; d < 2; d++) {
        if (spec->a_broadcast[d]) append(writer, " a-broadcast:%d", d);
        if (spec->b_broadcast[d]) append(writer, " b-broadcast:%d", d);
    }
    if (spec->sub_buffers) append(writer, " sub-buffers");
    if (spec->wait_list) append(writer, " wait-list");
    if (spec->b_source != CLQ_B_CONSTANT) append(writer, spec->b_source == CLQ_B_PACKED ? " b-packed" : " b-at-run-time");
}

const char *clq_gemm_case_describe(const clq_gemm_case *spec, char *text, size_t size)
{
    static const char *const roundings[] = { "float_even", "fixed_double", "fixed_single" };
    text_writer writer = { .text = text, .size = size };
    if (size > 0) text[0] = '\0';
    if (spec->batch[0] != 1) append(&writer, "%" PRId64 ":", spec->batch[0]);
    if (spec->batch[0] != 1 || spec->batch[1] != 1) append(&writer, "%" PRId64 ":", spec->batch[1]);
    append(&writer, "%" PRId64 "x%" PRId64 "x%" PRId64 " %s%s%s", spec->m, spec->n, spec->k, clqnn_type_name(spec->a_type),
           clqnn_type_name(spec->b_type), clqnn_type_name(spec->c_type));
    append_memory(&writer, spec);
    append_per(&writer, "a-zero", spec->a_zero);
    append_per(&writer, "b-zero", spec->b_zero);
    append_per(&writer, "c-zero", spec->c_zero);
    if (spec->extreme_zero) append(&writer, " extreme-zero");
    append_per(&writer, "a-scale", spec->a_scale);
    append_per(&writer, "b-scale", spec->b_scale);
    if (spec->bias_type != CLQNN_TYPE_NONE) append(&writer, " bias:%s", clqnn_type_name(spec->bias_type));
    if (spec->rounding != CLQNN_FLOAT_EVEN) append(&writer, " %s", roundings[spec->rounding]);
    append_per(&writer, "fixed", spec->fixed);
    if (spec->clamp) append(&writer, " clamp");
    if (spec->dynamic != CLQNN_STATIC) {
        append(&writer, " dynamic:%s:%s", spec->dynamic == CLQNN_DYNAMIC_PER_ROW ? "row" : "tensor", clqnn_type_name(spec->dynamic_type));
    }
    append_data(&writer, "a-data", spec->a_data);
    append_data(&writer, "b-data", spec->b_data);
    if (spec->aim != CLQ_AIM_SPREAD) append(&writer, spec->aim == CLQ_AIM_TIES ? " ties" : " boundary");
    return text;
}
