/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn_reference_gemm: for each batch (index: outer * inner count + inner), both operands are copied out of their layout with the zero points taken off, then
 * multiplied in 64 bits. Needs host memory for the two copies; clqnn_last_error is not set: this library stands alone. */
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference.h"
#include "matrix_view.h"
#include "reference_epilogue.h"
#include "reference_validate.h"

typedef struct gemm_run {
    clqnn_gemm_desc desc;
    clq_reference_view a, b, c;
    /* Of the current batch: */
    int16_t *a_centred;  /* m x k: a - za, within [-255, 255] */
    int16_t *b_centred;  /* k x n: b - zb */
    float *a_real;       /* m x k, if dynamic: a before quantization */
    float *a_scales;     /* m: the scale of each row of a */
    int64_t *sums;       /* n: one row of accumulators */
} gemm_run;

static int32_t load_8bit(clqnn_type type, const void *data, int64_t index)
{
    return type == CLQNN_U8 ? ((const uint8_t *)data)[index] : ((const int8_t *)data)[index];
}

static float load_float(clqnn_type type, const void *data, int64_t index)
{
    return type == CLQNN_F16 ? clqnn_reference_f16_to_f32(((const uint16_t *)data)[index]) : ((const float *)data)[index];
}

static void load_static_a(gemm_run *run, const void *a, int64_t base)
{
    const clqnn_gemm_operand *operand = &run->desc.a;
    for (int64_t i = 0; i < run->a.rows; i++) {
        const int32_t zero_point = clq_reference_zero_point(&operand->quantization, i);
        run->a_scales[i] = clq_reference_scale(&operand->quantization, i);
        for (int64_t p = 0; p < run->a.columns; p++) {
            const int32_t value = load_8bit(operand->type, a, base + i * run->a.row_step + p * run->a.column_step);
            run->a_centred[i * run->a.columns + p] = (int16_t)(value - zero_point);
        }
    }
}

/* Quantizes `rows` rows of a_real from row `first` on with one range. */
static void quantize_rows(gemm_run *run, int64_t first, int64_t rows)
{
    const int is_signed = run->desc.dynamic_type == CLQNN_S8;
    const int32_t low = is_signed ? -127 : 0;
    const int32_t high = is_signed ? 127 : 255;
    const int64_t begin = first * run->a.columns;
    const int64_t end = (first + rows) * run->a.columns;
    float scale;
    int32_t zero_point;
    clqnn_reference_dynamic_parameters(run->a_real + begin, end - begin, is_signed ? CLQNN_S8 : CLQNN_U8, &scale, &zero_point);
    for (int64_t i = first; i < first + rows; i++) run->a_scales[i] = scale;
    for (int64_t e = begin; e < end; e++) {
        run->a_centred[e] = (int16_t)(clqnn_reference_quantize(run->a_real[e], scale, zero_point, low, high) - zero_point);
    }
}

static void load_dynamic_a(gemm_run *run, const void *a, int64_t base)
{
    for (int64_t i = 0; i < run->a.rows; i++) {
        for (int64_t p = 0; p < run->a.columns; p++) {
            run->a_real[i * run->a.columns + p] = load_float(run->desc.a.type, a, base + i * run->a.row_step + p * run->a.column_step);
        }
    }
    if (run->desc.dynamic == CLQNN_DYNAMIC_PER_TENSOR) {
        quantize_rows(run, 0, run->a.rows);
    } else {
        for (int64_t i = 0; i < run->a.rows; i++) quantize_rows(run, i, 1);
    }
}

static void load_b(gemm_run *run, const void *b, int64_t base)
{
    const clqnn_gemm_operand *operand = &run->desc.b;
    for (int64_t p = 0; p < run->b.rows; p++) {
        for (int64_t j = 0; j < run->b.columns; j++) {
            const int32_t value = load_8bit(operand->type, b, base + p * run->b.row_step + j * run->b.column_step);
            run->b_centred[p * run->b.columns + j] = (int16_t)(value - clq_reference_zero_point(&operand->quantization, j));
        }
    }
}

/* sums[j] = sum_p a_centred[i][p] * b_centred[p][j] + integer bias[j]: below 2^31 * 255^2 + 2^31 in magnitude. */
static void accumulate_row(gemm_run *run, int64_t i)
{
    const int64_t n = run->desc.n, k = run->desc.k;
    const int32_t *bias = run->desc.bias && run->desc.bias_type == CLQNN_S32 ? run->desc.bias : NULL;
    for (int64_t j = 0; j < n; j++) run->sums[j] = bias ? bias[j] : 0;
    for (int64_t p = 0; p < k; p++) {
        const int32_t left = run->a_centred[i * k + p];
        const int16_t *row = run->b_centred + p * n;
        for (int64_t j = 0; j < n; j++) run->sums[j] += left * row[j];
    }
}

/* One matrix c from the copies; `base` is c's first element. */
static clqnn_status multiply(gemm_run *run, void *c, int64_t base, int32_t *accumulators)
{
    const int64_t n = run->desc.n;
    for (int64_t i = 0; i < run->desc.m; i++) {
        accumulate_row(run, i);
        for (int64_t j = 0; j < n; j++) {
            if (run->sums[j] < INT32_MIN || run->sums[j] > INT32_MAX) return CLQNN_OVERFLOW;
            const int32_t acc = (int32_t)run->sums[j];
            if (accumulators) accumulators[i * n + j] = acc;
            clq_reference_store(&run->desc, acc, run->a_scales[i], j, c, base + i * run->c.row_step + j * run->c.column_step);
        }
    }
    return CLQNN_OK;
}

static clqnn_status run_batches(gemm_run *run, const void *a, const void *b, void *c, int32_t *accumulators)
{
    for (int64_t outer = 0; outer < run->desc.batch[0]; outer++) {
        for (int64_t inner = 0; inner < run->desc.batch[1]; inner++) {
            const int64_t index = outer * run->desc.batch[1] + inner;
            const int64_t a_base = outer * run->a.batch_step[0] + inner * run->a.batch_step[1];
            const int64_t b_base = outer * run->b.batch_step[0] + inner * run->b.batch_step[1];
            const int64_t c_base = outer * run->c.batch_step[0] + inner * run->c.batch_step[1];
            if (run->desc.dynamic == CLQNN_STATIC) {
                load_static_a(run, a, a_base);
            } else {
                load_dynamic_a(run, a, a_base);
            }
            load_b(run, b, b_base);
            int32_t *batch_accumulators = accumulators ? accumulators + index * run->desc.m * run->desc.n : NULL;
            const clqnn_status status = multiply(run, c, c_base, batch_accumulators);
            if (status != CLQNN_OK) return status;
        }
    }
    return CLQNN_OK;
}

/* rows * columns elements, never a zero-sized block; NULL if that is beyond the machine. */
static void *allocate(int64_t rows, int64_t columns, size_t element_size)
{
    if (columns > 0 && rows > INT64_MAX / columns) return NULL;
    return calloc(rows * columns > 0 ? (size_t)(rows * columns) : 1, element_size);
}

static clqnn_status allocate_and_run(gemm_run *run, const void *a, const void *b, void *c, int32_t *accumulators)
{
    const int dynamic = run->desc.dynamic != CLQNN_STATIC;
    run->a_centred = allocate(run->desc.m, run->desc.k, sizeof *run->a_centred);
    run->b_centred = allocate(run->desc.k, run->desc.n, sizeof *run->b_centred);
    run->a_real = dynamic ? allocate(run->desc.m, run->desc.k, sizeof *run->a_real) : NULL;
    run->a_scales = allocate(run->desc.m, 1, sizeof *run->a_scales);
    run->sums = allocate(run->desc.n, 1, sizeof *run->sums);

    clqnn_status status = CLQNN_OUT_OF_MEMORY;
    if (run->a_centred && run->b_centred && (run->a_real || !dynamic) && run->a_scales && run->sums) {
        status = run_batches(run, a, b, c, accumulators);
    }

    free(run->a_centred);
    free(run->b_centred);
    free(run->a_real);
    free(run->a_scales);
    free(run->sums);
    return status;
}

clqnn_status clqnn_reference_gemm(const clqnn_gemm_desc *desc, const void *a, const void *b, void *c, int32_t *accumulators)
{
    if (!desc || desc->struct_size == 0) return CLQNN_INVALID_ARGUMENT;
    gemm_run run = {0};
    memcpy(&run.desc, desc, desc->struct_size < sizeof run.desc ? desc->struct_size : sizeof run.desc); /* fields that are not there are 0 */
    for (int dimension = 0; dimension < 2; dimension++) {
        if (run.desc.batch[dimension] == 0) run.desc.batch[dimension] = 1;
    }
    const clqnn_status status = clq_reference_validate(&run.desc);
    if (status != CLQNN_OK) return status;
    if (run.desc.m == 0 || run.desc.n == 0) return CLQNN_OK;

    const void *b_data = b ? b : run.desc.b_data;
    if (!c || (run.desc.k > 0 && (!a || !b_data))) return CLQNN_INVALID_ARGUMENT;

    run.a = clq_reference_resolve_view(&run.desc.a, run.desc.m, run.desc.k, run.desc.batch);
    run.b = clq_reference_resolve_view(&run.desc.b, run.desc.k, run.desc.n, run.desc.batch);
    run.c = clq_reference_resolve_view(&run.desc.c, run.desc.m, run.desc.n, run.desc.batch);
    return allocate_and_run(&run, a, b_data, c, accumulators);
}
