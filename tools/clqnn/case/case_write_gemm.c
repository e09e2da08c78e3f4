/* SPDX-License-Identifier: Apache-2.0 */
/* A case from a clqnn_gemm_desc and its data. Everything becomes dense; b keeps its transposition, broadcast batches become dimensions of 1. */
#include "case_internal.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_TENSORS 12
#define MAX_LINES 10

typedef struct gemm_draft {
    clq_case_tensor tensors[MAX_TENSORS];
    size_t tensor_count;
    clq_case_text lines[MAX_LINES];
    size_t line_count;
    void *owned[MAX_TENSORS]; /* freed by clq_case_write_gemm */
    size_t owned_count;
    char clamp[96];
} gemm_draft;

static void add_line(gemm_draft *draft, const char *key, const char *value)
{
    draft->lines[draft->line_count++] = (clq_case_text){key, value};
}

static void add_tensor(gemm_draft *draft, const char *name, clq_case_dtype dtype, int64_t count, const void *data)
{
    draft->tensors[draft->tensor_count++] = (clq_case_tensor){.name = name, .dtype = dtype, .rank = 1, .shape = {count}, .data = data};
}

/* A stored matrix: `rows` of `columns`, as it lies. */
typedef struct stored_matrix {
    const char *name;
    const clqnn_gemm_operand *operand;
    const void *data;
    int64_t rows, columns;   /* of the matrix; a transposed operand stores [columns][rows] */
    bool keep_transposed;    /* write it as it is stored */
} stored_matrix;

/* Adds a dense copy of all batches as tensor [batch0, batch1, rows, columns], without the leading dimensions if there is one batch. */
static clqnn_status add_matrix(gemm_draft *draft, const clqnn_gemm_desc *desc, const stored_matrix *matrix)
{
    const clqnn_gemm_operand *operand = matrix->operand;
    const bool gathers = operand->transposed != 0 && !matrix->keep_transposed;
    const int64_t stored_rows = operand->transposed ? matrix->columns : matrix->rows;
    const int64_t stored_columns = operand->transposed ? matrix->rows : matrix->columns;
    const int64_t row_stride = operand->leading_dimension != 0 ? operand->leading_dimension : stored_columns;
    const size_t size = clq_case_dtype_size(clq_case_dtype_of(operand->type));
    const int64_t batch[2] = {desc->batch[0] != 0 ? desc->batch[0] : 1, desc->batch[1] != 0 ? desc->batch[1] : 1};
    int64_t shape[4] = {1, 1, gathers ? stored_columns : stored_rows, gathers ? stored_rows : stored_columns}, stride[2], count = 0;
    stride[1] = operand->batch_stride[1] != 0 ? operand->batch_stride[1] : stored_rows * row_stride;
    stride[0] = operand->batch_stride[0] != 0 ? operand->batch_stride[0] : (stride[1] == CLQNN_BROADCAST ? stored_rows * row_stride : batch[1] * stride[1]);
    for (int i = 0; i < 2; i++) {
        if (stride[i] == CLQNN_BROADCAST) stride[i] = 0;
        else shape[i] = batch[i];
    }
    if (size == 0 || !clq_case_count(shape, 4, &count)) return CLQNN_INVALID_ARGUMENT;
    char *copy = malloc((size_t)count * size + 1);
    if (copy == NULL) return CLQNN_OUT_OF_MEMORY;
    draft->owned[draft->owned_count++] = copy;
    char *next = copy;
    for (int64_t i = 0; i < shape[0] * shape[1]; i++) {
        const int64_t base = i / shape[1] * stride[0] + i % shape[1] * stride[1];
        for (int64_t row = 0; row < shape[2]; row++) {
            for (int64_t column = 0; column < shape[3]; column++, next += size) {
                const int64_t at = base + (gathers ? column * row_stride + row : row * row_stride + column);
                memcpy(next, (const char *)matrix->data + at * (int64_t)size, size);
            }
        }
    }
    const int32_t skipped = batch[0] == 1 && batch[1] == 1 ? 2 : 0;
    clq_case_tensor tensor = {.name = matrix->name, .dtype = clq_case_dtype_of(operand->type), .rank = 4 - skipped, .data = copy};
    for (int32_t i = 0; i < tensor.rank; i++) tensor.shape[i] = shape[i + skipped];
    draft->tensors[draft->tensor_count++] = tensor;
    return CLQNN_OK;
}

/* Adds T.scale and T.zero_point; `scales`: whether the rule uses them. Default values are written where the format has no default. */
static void add_quantization(gemm_draft *draft, const char *scale_name, const char *zero_name, const clqnn_quantization *q, bool scales)
{
    static const float one = 1.0f;
    if (scales) add_tensor(draft, scale_name, CLQ_CASE_F32, q->scale_count > 0 ? q->scale_count : 1, q->scale_count > 0 ? q->scales : &one);
    if (q->zero_point_count > 0) add_tensor(draft, zero_name, CLQ_CASE_I32, q->zero_point_count, q->zero_points);
}

static void add_lines(gemm_draft *draft, const clqnn_gemm_desc *desc, const char *source, const char *tolerance)
{
    static const char *const rules[] = {"float_even", "fixed_double", "fixed_single"};
    add_line(draft, "clqnn.case", "1");
    add_line(draft, "op", "gemm");
    if (desc->c.type == CLQNN_S8 || desc->c.type == CLQNN_U8) add_line(draft, "requantize", rules[desc->rounding]);
    if (desc->b.transposed) add_line(draft, "b.layout", "nk");
    if (desc->dynamic != CLQNN_STATIC) {
        add_line(draft, "a.dynamic", desc->dynamic == CLQNN_DYNAMIC_PER_ROW ? "row" : "tensor");
        add_line(draft, "a.dynamic_type", desc->dynamic_type == CLQNN_S8 ? "s8" : "u8");
    }
    if (desc->has_clamp) {
        snprintf(draft->clamp, sizeof draft->clamp, "%.*g,%.*g", FLT_DECIMAL_DIG, (double)desc->clamp_min, FLT_DECIMAL_DIG, (double)desc->clamp_max);
        add_line(draft, "clamp", draft->clamp);
    }
    if (tolerance != NULL) add_line(draft, "tolerance", tolerance);
    if (source != NULL) add_line(draft, "source", source);
}

static void add_parameters(gemm_draft *draft, const clqnn_gemm_desc *desc)
{
    const bool requantizes = desc->c.type == CLQNN_S8 || desc->c.type == CLQNN_U8;
    const bool fixed = requantizes && desc->rounding != CLQNN_FLOAT_EVEN, scales = !fixed && desc->c.type != CLQNN_S32;
    if (desc->dynamic == CLQNN_STATIC) add_quantization(draft, "a.scale", "a.zero_point", &desc->a.quantization, scales);
    add_quantization(draft, "b.scale", "b.zero_point", &desc->b.quantization, scales);
    if (requantizes) add_quantization(draft, "y.scale", "y.zero_point", &desc->c.quantization, scales);
    if (fixed) {
        add_tensor(draft, "multiplier", CLQ_CASE_I32, desc->fixed_count, desc->multipliers);
        add_tensor(draft, "shift", CLQ_CASE_I32, desc->fixed_count, desc->shifts);
    }
    if (desc->bias != NULL) add_tensor(draft, "bias", clq_case_dtype_of(desc->bias_type), desc->n, desc->bias);
}

clqnn_status clq_case_write_gemm(const char *path, const clq_case_gemm *gemm, const char *source, const char *tolerance, char *message, size_t capacity)
{
    const clq_case_report report = {message, capacity};
    if (path == NULL || gemm == NULL) return clq_case_fail(report, CLQNN_INVALID_ARGUMENT, "null pointer");
    const clqnn_gemm_desc *desc = &gemm->desc;
    const stored_matrix matrices[] = {
        {.name = "a", .operand = &desc->a, .data = gemm->a, .rows = desc->m, .columns = desc->k},
        {.name = "b", .operand = &desc->b, .data = gemm->b != NULL ? gemm->b : desc->b_data, .rows = desc->k, .columns = desc->n, .keep_transposed = true},
        {.name = "y", .operand = &desc->c, .data = gemm->expected, .rows = desc->m, .columns = desc->n},
    };
    if (desc->rounding < CLQNN_FLOAT_EVEN || desc->rounding > CLQNN_FIXED_SINGLE) {
        return clq_case_fail(report, CLQNN_INVALID_ARGUMENT, "rounding is %d", (int)desc->rounding);
    }
    gemm_draft *draft = calloc(1, sizeof *draft);
    if (draft == NULL) return clq_case_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for a case");
    clqnn_status status = CLQNN_OK;
    for (size_t i = 0; i < sizeof matrices / sizeof matrices[0] && status == CLQNN_OK; i++) {
        if (matrices[i].data == NULL && desc->m > 0 && desc->n > 0 && desc->k > 0) status = CLQNN_INVALID_ARGUMENT;
        else status = add_matrix(draft, desc, &matrices[i]);
    }
    if (status != CLQNN_OK) clq_case_fail(report, status, "the gemm has no data, a type without meaning, or memory ran out");
    if (status == CLQNN_OK) {
        add_parameters(draft, desc);
        add_lines(draft, desc, source, tolerance);
        status = clq_case_write(path, draft->lines, draft->line_count, draft->tensors, draft->tensor_count, message, capacity);
    }
    for (size_t i = 0; i < draft->owned_count; i++) free(draft->owned[i]);
    free(draft);
    return status;
}
