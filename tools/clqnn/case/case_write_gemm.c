/* SPDX-License-Identifier: Apache-2.0 */
/* A case from a clqnn_gemm_desc and its data. Everything becomes dense; b keeps its transposition, broadcast batches become dimensions of 1. */
#include "case_draft.h"

#include <stdlib.h>
#include <string.h>

/* A stored matrix: `rows` of `columns`, as it lies. */
typedef struct stored_matrix {
    const char *name;
    const clqnn_gemm_operand *operand;
    const void *data;
    int64_t rows, columns;   /* of the matrix; a transposed operand stores [columns][rows] */
    bool keep_transposed;    /* write it as it is stored */
    bool expand;             /* broadcast batches are written out */
} stored_matrix;

/* Adds a dense copy of all batches as tensor [batch0, batch1, rows, columns], without the leading dimensions if there is one batch. */
static clqnn_status add_matrix(clq_case_draft *draft, const clqnn_gemm_desc *desc, const stored_matrix *matrix)
{
    const clqnn_gemm_operand *operand = matrix->operand;
    const bool gathers = operand->transposed != 0 && !matrix->keep_transposed;
    const int64_t stored_rows = operand->transposed ? matrix->columns : matrix->rows;
    const int64_t stored_columns = operand->transposed ? matrix->rows : matrix->columns;
    const bool planes = clq_case_plane_bits(operand->type) != 0;
    const int64_t dense_row = planes ? (stored_columns + 31) / 32 * 32 : stored_columns;
    const int64_t row_stride = operand->leading_dimension != 0 ? operand->leading_dimension : dense_row;
    const size_t size = clq_case_dtype_size(clq_case_dtype_of(operand->type));
    const int64_t batch[2] = {desc->batch[0] != 0 ? desc->batch[0] : 1, desc->batch[1] != 0 ? desc->batch[1] : 1};
    int64_t shape[4] = {1, 1, gathers ? stored_columns : stored_rows, gathers ? stored_rows : stored_columns}, stride[2], count = 0;
    stride[1] = operand->batch_stride[1] != 0 ? operand->batch_stride[1] : stored_rows * row_stride;
    stride[0] = operand->batch_stride[0] != 0 ? operand->batch_stride[0] : (stride[1] == CLQNN_BROADCAST ? stored_rows * row_stride : batch[1] * stride[1]);
    for (int i = 0; i < 2; i++) {
        if (stride[i] != CLQNN_BROADCAST || matrix->expand) shape[i] = batch[i];
        if (stride[i] == CLQNN_BROADCAST) stride[i] = 0;
    }
    if (planes) {
        const clq_case_planes rows = {.name = matrix->name, .type = operand->type, .data = matrix->data, .shape = {shape[0], shape[1], shape[2], shape[3]},
                                      .stride = {stride[0], stride[1]}, .row_stride = row_stride};
        return gathers ? CLQNN_INVALID_ARGUMENT : clq_case_draft_planes(draft, &rows);
    }
    if (size == 0 || !clq_case_count(shape, 4, &count)) return CLQNN_INVALID_ARGUMENT;
    const int32_t skipped = batch[0] == 1 && batch[1] == 1 ? 2 : 0;
    char *next = clq_case_draft_copy(draft, matrix->name, operand->type, shape + skipped, 4 - skipped);
    if (next == NULL) return CLQNN_OUT_OF_MEMORY;
    for (int64_t i = 0; i < shape[0] * shape[1]; i++) {
        const int64_t base = i / shape[1] * stride[0] + i % shape[1] * stride[1];
        for (int64_t row = 0; row < shape[2]; row++) {
            for (int64_t column = 0; column < shape[3]; column++, next += size) {
                const int64_t at = base + (gathers ? column * row_stride + row : row * row_stride + column);
                memcpy(next, (const char *)matrix->data + at * (int64_t)size, size);
            }
        }
    }
    return CLQNN_OK;
}

static bool is_float_product(const clqnn_gemm_desc *desc)
{
    const bool float_a = clq_case_float_type(clq_case_dtype_of(desc->a.type)) != CLQNN_TYPE_NONE;
    return float_a && (desc->dynamic == CLQNN_STATIC || desc->groups.size > 0);
}

/* Whether the rounding rule is used. */
static bool requantizes_to(clqnn_type type)
{
    return type == CLQNN_S8 || type == CLQNN_U8 || (clq_case_plane_bits(type) != 0 && type != CLQNN_B1);
}

static void add_lines(clq_case_draft *draft, const clqnn_gemm_desc *desc, const char *source, const char *tolerance)
{
    clq_case_draft_line(draft, "clqnn.case", "1");
    clq_case_draft_line(draft, "op", "gemm");
    if (requantizes_to(desc->c.type)) clq_case_draft_rounding(draft, desc->rounding);
    if (is_float_product(desc) && desc->activation != CLQNN_IDENTITY) clq_case_draft_line(draft, "activation", clq_case_activation_name(desc->activation));
    if (desc->b.transposed) clq_case_draft_line(draft, "b.layout", "nk");
    if (desc->dynamic != CLQNN_STATIC) {
        clq_case_draft_line(draft, "a.dynamic", desc->dynamic == CLQNN_DYNAMIC_PER_ROW ? "row" : "tensor");
        clq_case_draft_line(draft, "a.dynamic_type", desc->dynamic_type == CLQNN_S8 ? "s8" : "u8");
    }
    if (desc->has_clamp) clq_case_draft_range(draft, "clamp", desc->clamp_min, desc->clamp_max);
    if (tolerance != NULL) clq_case_draft_line(draft, "tolerance", tolerance);
    if (source != NULL) clq_case_draft_line(draft, "source", source);
}

static void add_parameters(clq_case_draft *draft, const clqnn_gemm_desc *desc)
{
    const bool requantizes = requantizes_to(desc->c.type);
    if (is_float_product(desc)) {
        if (desc->b.quantization.scale_count > 0) clq_case_draft_quantization(draft, "b.scale", "b.zero_point", &desc->b.quantization, true);
        if (requantizes) clq_case_draft_quantization(draft, "y.scale", "y.zero_point", &desc->c.quantization, true);
        if (desc->bias != NULL) clq_case_draft_vector(draft, "bias", CLQ_CASE_F32, desc->n, desc->bias);
        return;
    }
    const bool fixed = requantizes && desc->rounding != CLQNN_FLOAT_EVEN, scales = !fixed && desc->c.type != CLQNN_S32 && desc->c.type != CLQNN_B1;
    if (desc->dynamic == CLQNN_STATIC) clq_case_draft_quantization(draft, "a.scale", "a.zero_point", &desc->a.quantization, scales);
    clq_case_draft_quantization(draft, "b.scale", "b.zero_point", &desc->b.quantization, scales);
    if (requantizes) clq_case_draft_quantization(draft, "y.scale", "y.zero_point", &desc->c.quantization, scales);
    if (fixed) clq_case_draft_fixed(draft, desc->multipliers, desc->shifts, desc->fixed_count);
    if (desc->bias != NULL) clq_case_draft_vector(draft, "bias", clq_case_dtype_of(desc->bias_type), desc->n, desc->bias);
}

/* What only products of bits have. */
static clqnn_status add_bits(clq_case_draft *draft, const clq_case_gemm *gemm)
{
    const clqnn_gemm_desc *desc = &gemm->desc;
    const int64_t outer = desc->batch[0] != 0 ? desc->batch[0] : 1, inner = desc->batch[1] != 0 ? desc->batch[1] : 1, shape[3] = {outer, inner, desc->m};
    const int32_t skipped = outer == 1 && inner == 1 ? 2 : 0;
    if (desc->thresholds != NULL) clq_case_draft_vector(draft, "threshold", CLQ_CASE_I32, desc->threshold_count, desc->thresholds);
    if (desc->directions != NULL) clq_case_draft_vector(draft, "direction", CLQ_CASE_I32, desc->threshold_count, desc->directions);
    if (!desc->has_row_scales) return CLQNN_OK;
    void *scales = clq_case_draft_copy(draft, "row_scale", CLQNN_F32, shape + skipped, 3 - skipped);
    if (scales == NULL || gemm->row_scales == NULL) return CLQNN_INVALID_ARGUMENT;
    memcpy(scales, gemm->row_scales, (size_t)(outer * inner * desc->m) * sizeof(float));
    return CLQNN_OK;
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
        {.name = "residual", .operand = &desc->residual, .data = gemm->residual, .rows = desc->m, .columns = desc->n, .expand = true},
    };
    if (desc->rounding < CLQNN_FLOAT_EVEN || desc->rounding > CLQNN_FIXED_SINGLE) {
        return clq_case_fail(report, CLQNN_INVALID_ARGUMENT, "rounding is %d", (int)desc->rounding);
    }
    clq_case_draft *draft = calloc(1, sizeof *draft);
    if (draft == NULL) return clq_case_fail(report, CLQNN_OUT_OF_MEMORY, "no memory for a case");
    clqnn_status status = CLQNN_OK;
    for (size_t i = 0; i < sizeof matrices / sizeof matrices[0] && status == CLQNN_OK; i++) {
        if (matrices[i].operand->type == CLQNN_TYPE_NONE) continue; /* no residual */
        if (matrices[i].operand == &desc->b && desc->groups.size > 0) status = clq_case_draft_groups(draft, desc, matrices[i].data);
        else if (matrices[i].data == NULL && desc->m > 0 && desc->n > 0 && desc->k > 0) status = CLQNN_INVALID_ARGUMENT;
        else status = add_matrix(draft, desc, &matrices[i]);
    }
    if (status == CLQNN_OK) status = add_bits(draft, gemm);
    if (status != CLQNN_OK) clq_case_fail(report, status, "the gemm has no data, a type without meaning, or memory ran out");
    if (status == CLQNN_OK) {
        add_parameters(draft, desc);
        add_lines(draft, desc, source, tolerance);
        status = clq_case_write(path, draft->lines, draft->line_count, draft->tensors, draft->tensor_count, message, capacity);
    }
    clq_case_draft_free(draft);
    free(draft);
    return status;
}
