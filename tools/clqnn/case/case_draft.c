/* SPDX-License-Identifier: Apache-2.0 */
#include "case_draft.h"

#include <float.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

void clq_case_draft_line(clq_case_draft *draft, const char *key, const char *value)
{
    draft->lines[draft->line_count++] = (clq_case_text){key, value};
}

void clq_case_draft_vector(clq_case_draft *draft, const char *name, clq_case_dtype dtype, int64_t count, const void *data)
{
    draft->tensors[draft->tensor_count++] = (clq_case_tensor){.name = name, .dtype = dtype, .rank = 1, .shape = {count}, .data = data};
}

void clq_case_draft_list(clq_case_draft *draft, const char *key, const int64_t *values, int32_t count)
{
    char *text = draft->texts[draft->text_count++];
    const size_t size = sizeof draft->texts[0];
    size_t used = 0;
    text[0] = '\0';
    for (int32_t i = 0; i < count && used < size; i++) used += (size_t)snprintf(text + used, size - used, "%s%" PRId64, i > 0 ? "," : "", values[i]);
    clq_case_draft_line(draft, key, text);
}

void clq_case_draft_range(clq_case_draft *draft, const char *key, float low, float high)
{
    char *text = draft->texts[draft->text_count++];
    snprintf(text, sizeof draft->texts[0], "%.*g,%.*g", FLT_DECIMAL_DIG, (double)low, FLT_DECIMAL_DIG, (double)high);
    clq_case_draft_line(draft, key, text);
}

void *clq_case_draft_copy(clq_case_draft *draft, const char *name, clqnn_type type, const int64_t *shape, int32_t rank)
{
    clq_case_tensor tensor = {.name = name, .dtype = clq_case_dtype_of(type), .rank = rank};
    const size_t size = clq_case_dtype_size(tensor.dtype);
    int64_t count = 0;
    if (size == 0 || !clq_case_count(shape, rank, &count)) return NULL;
    void *copy = malloc((size_t)count * size + 1);
    if (copy == NULL) return NULL;
    for (int32_t i = 0; i < rank; i++) tensor.shape[i] = shape[i];
    tensor.data = copy;
    draft->owned[draft->owned_count++] = copy;
    draft->tensors[draft->tensor_count++] = tensor;
    return copy;
}

void clq_case_draft_quantization(clq_case_draft *draft, const char *scale_name, const char *zero_name, const clqnn_quantization *q, bool scales)
{
    static const float one = 1.0f;
    if (scales) {
        clq_case_draft_vector(draft, scale_name, CLQ_CASE_F32, q->scale_count > 0 ? q->scale_count : 1, q->scale_count > 0 ? q->scales : &one);
    }
    if (q->zero_point_count > 0) clq_case_draft_vector(draft, zero_name, CLQ_CASE_I32, q->zero_point_count, q->zero_points);
}

void clq_case_draft_rounding(clq_case_draft *draft, clqnn_rounding rounding)
{
    static const char *const rules[] = {"float_even", "fixed_double", "fixed_single"};
    clq_case_draft_line(draft, "requantize", rules[rounding]);
}

void clq_case_draft_fixed(clq_case_draft *draft, const int32_t *multipliers, const int32_t *shifts, int64_t count)
{
    clq_case_draft_vector(draft, "multiplier", CLQ_CASE_I32, count, multipliers);
    clq_case_draft_vector(draft, "shift", CLQ_CASE_I32, count, shifts);
}

void clq_case_draft_free(clq_case_draft *draft)
{
    for (size_t i = 0; i < draft->owned_count; i++) free(draft->owned[i]);
    draft->owned_count = 0;
}
