/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn_reference_gemm and clqnn_reference_gemm_bits: for each batch (index: outer * inner count + inner), both operands are copied out of their layout with
 * the zero points taken off, then multiplied in 64 bits. Needs host memory for the two copies; clqnn_last_error is not set: this library stands alone. */
#include <stdlib.h>
#include <string.h>

#include "bit_planes.h"
#include "clqnn/reference.h"
#include "clqnn/reference_bits.h"
#include "matrix_view.h"
#include "reference_epilogue.h"
#include "reference_validate.h"

/* What a call brings. */
typedef struct gemm_data {
    const void *a, *b, *residual;
    const float *row_scales;
    void *c;
    int32_t *accumulators;
} gemm_data;

typedef struct gemm_run {
    clqnn_gemm_desc desc;
    gemm_data data;
    clq_reference_view a, b, c, residual;
    /* Of the current batch: */
    int16_t *a_centred;  /* m x k: a - za, within [-255, 255] */
    int16_t *b_centred;  /* k x n: b - zb */
    float *a_real;       /* m x k, if dynamic: a before quantization */
    float *a_scales;     /* m: the scale of each row of a */
    int64_t *sums;       /* n: one row of accumulators */
} gemm_run;

static int32_t load_integer(clqnn_type type, const void *data, int64_t index)
{
    if (clq_reference_plane_bits(type)) return clq_reference_load_plane(type, data, index);
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
            const int32_t value = load_integer(operand->type, a, base + i * run->a.row_step + p * run->a.column_step);
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
            const int32_t value = load_integer(operand->type, b, base + p * run->b.row_step + j * run->b.column_step);
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

/* Where the matrices of one batch begin, in elements. */
typedef struct batch_place { int64_t index, c, residual; } batch_place;

static void store(const gemm_run *run, const batch_place *place, int64_t i, int64_t j)
{
    const clqnn_gemm_desc *desc = &run->desc;
    clq_reference_sum sum = {.acc = (int32_t)run->sums[j], .a_scale = run->a_scales[i]};
    float added = 0.0f;
    if (desc->has_row_scales) sum.row_scale = run->data.row_scales + place->index * desc->m + i;
    if (desc->residual.type != CLQNN_TYPE_NONE) {
        added = load_float(desc->residual.type, run->data.residual, place->residual + i * run->residual.row_step + j);
        sum.residual = &added;
    }
    clq_reference_store(desc, &sum, j, run->data.c, place->c + i * run->c.row_step + j * run->c.column_step);
}

/* One matrix c from the copies. */
static clqnn_status multiply(gemm_run *run, const batch_place *place)
{
    const int64_t m = run->desc.m, n = run->desc.n;
    for (int64_t i = 0; i < m; i++) {
        accumulate_row(run, i);
        if (clq_reference_plane_bits(run->desc.c.type)) clq_reference_clear_planes(run->desc.c.type, run->data.c, place->c + i * run->c.row_step, n);
        for (int64_t j = 0; j < n; j++) {
            if (run->sums[j] < INT32_MIN || run->sums[j] > INT32_MAX) return CLQNN_OVERFLOW;
            if (run->data.accumulators) run->data.accumulators[(place->index * m + i) * n + j] = (int32_t)run->sums[j];
            store(run, place, i, j);
        }
    }
    return CLQNN_OK;
}

static int64_t first_of(const clq_reference_view *view, int64_t outer, int64_t inner)
{
    return outer * view->batch_step[0] + inner * view->batch_step[1];
}

static clqnn_status run_batches(gemm_run *run)
{
    const int64_t *batch = run->desc.batch;
    for (int64_t index = 0; index < batch[0] * batch[1]; index++) {
        const int64_t outer = index / batch[1], inner = index % batch[1];
        if (run->desc.dynamic == CLQNN_STATIC) {
            load_static_a(run, run->data.a, first_of(&run->a, outer, inner));
        } else {
            load_dynamic_a(run, run->data.a, first_of(&run->a, outer, inner));
        }
        load_b(run, run->data.b, first_of(&run->b, outer, inner));
        const batch_place place = {index, first_of(&run->c, outer, inner), first_of(&run->residual, outer, inner)};
        const clqnn_status status = multiply(run, &place);
        if (status != CLQNN_OK) return status;
    }
    return CLQNN_OK;
}

/* rows * columns elements, never a zero-sized block; NULL if that is beyond the machine. */
static void *allocate(int64_t rows, int64_t columns, size_t element_size)
{
    if (columns > 0 && rows > INT64_MAX / columns) return NULL;
    return calloc(rows * columns > 0 ? (size_t)(rows * columns) : 1, element_size);
}

static clqnn_status allocate_and_run(gemm_run *run)
{
    const int dynamic = run->desc.dynamic != CLQNN_STATIC;
    run->a_centred = allocate(run->desc.m, run->desc.k, sizeof *run->a_centred);
    run->b_centred = allocate(run->desc.k, run->desc.n, sizeof *run->b_centred);
    run->a_real = dynamic ? allocate(run->desc.m, run->desc.k, sizeof *run->a_real) : NULL;
    run->a_scales = allocate(run->desc.m, 1, sizeof *run->a_scales);
    run->sums = allocate(run->desc.n, 1, sizeof *run->sums);

    clqnn_status status = CLQNN_OUT_OF_MEMORY;
    if (run->a_centred && run->b_centred && (run->a_real || !dynamic) && run->a_scales && run->sums) {
        status = run_batches(run);
    }

    free(run->a_centred);
    free(run->b_centred);
    free(run->a_real);
    free(run->a_scales);
    free(run->sums);
    return status;
}

static clqnn_status run_gemm(const clqnn_gemm_desc *desc, const gemm_data *data)
{
    if (!desc || desc->struct_size == 0) return CLQNN_INVALID_ARGUMENT;
    gemm_run run = {.data = *data};
    memcpy(&run.desc, desc, desc->struct_size < sizeof run.desc ? desc->struct_size : sizeof run.desc); /* fields that are not there are 0 */
    for (int dimension = 0; dimension < 2; dimension++) {
        if (run.desc.batch[dimension] == 0) run.desc.batch[dimension] = 1;
    }
    const clqnn_status status = clq_reference_validate(&run.desc);
    if (status != CLQNN_OK) return status;
    if (run.desc.m == 0 || run.desc.n == 0) return CLQNN_OK;

    if (!run.data.b) run.data.b = run.desc.b_data;
    if (!data->c || (run.desc.k > 0 && (!data->a || !run.data.b))) return CLQNN_INVALID_ARGUMENT;
    if (run.desc.residual.type != CLQNN_TYPE_NONE && !data->residual) return CLQNN_INVALID_ARGUMENT;
    if (run.desc.has_row_scales && !data->row_scales) return CLQNN_INVALID_ARGUMENT;

    run.a = clq_reference_resolve_view(&run.desc.a, run.desc.m, run.desc.k, run.desc.batch);
    run.b = clq_reference_resolve_view(&run.desc.b, run.desc.k, run.desc.n, run.desc.batch);
    run.c = clq_reference_resolve_view(&run.desc.c, run.desc.m, run.desc.n, run.desc.batch);
    run.residual = clq_reference_resolve_view(&run.desc.residual, run.desc.m, run.desc.n, run.desc.batch);
    return allocate_and_run(&run);
}

clqnn_status clqnn_reference_gemm(const clqnn_gemm_desc *desc, const void *a, const void *b, void *c, int32_t *accumulators)
{
    return run_gemm(desc, &(gemm_data){.a = a, .b = b, .c = c, .accumulators = accumulators});
}

clqnn_status clqnn_reference_gemm_bits(const clqnn_gemm_desc *desc, const void *a, const void *b, const void *residual, const float *row_scales, void *c,
                                       int32_t *accumulators)
{
    return run_gemm(desc, &(gemm_data){a, b, residual, row_scales, c, accumulators});
}
