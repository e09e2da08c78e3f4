/* SPDX-License-Identifier: Apache-2.0 */
#include "sampled_check.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference.h"
#include "plane_words.h"
#include "row_compare.h"
#include "sampled_conv_check.h"
#include "sampled_float_check.h"
#include "sampled_float_conv_check.h"

static const double largest_check = 67108864.0;

/* `count` of `m` rows: row i of the sample. */
static int64_t sampled_row(int64_t i, int64_t count, int64_t m) { return count > 1 ? i * (m - 1) / (count - 1) : m - 1; }

/* Bytes of a row of `count` elements. */
static size_t row_bytes(clqnn_type type, int64_t count) { return clq_row_bytes(type, clq_row_values(type, count)); }

/* The reference on `rows` gathered rows of one batch. */
static bool check_batch(const clq_bench_problem *problem, int64_t batch, int64_t rows, unsigned char *a, unsigned char *expected, const unsigned char *c,
                        char *message, size_t size)
{
    const clq_gemm_shape *const shape = &problem->shape;
    const size_t c_row = row_bytes(problem->types.c, shape->n), a_row = row_bytes(problem->types.a, shape->k);
    const size_t b_matrix = problem->b_bytes / (size_t)(shape->batch[0] * shape->batch[1]);
    const unsigned char *const source = (const unsigned char *)problem->a + (size_t)batch * (size_t)shape->m * a_row;
    clqnn_gemm_desc desc = problem->desc;
    desc.m = rows;
    desc.batch[0] = desc.batch[1] = 1;
    desc.b_data = (const unsigned char *)problem->b + (size_t)batch * b_matrix;
    for (int64_t i = 0; i < rows; i++) memcpy(a + (size_t)i * a_row, source + (size_t)sampled_row(i, rows, shape->m) * a_row, a_row);
    const clqnn_status status = clqnn_reference_gemm(&desc, a, NULL, expected, NULL);
    if (status != CLQNN_OK) {
        snprintf(message, size, "the reference answers %s", clqnn_status_name(status));
        return false;
    }
    for (int64_t i = 0; i < rows; i++) {
        const int64_t row = sampled_row(i, rows, shape->m);
        clq_row_difference first;
        if (clq_rows_compare(problem->types.c, expected + (size_t)i * c_row, c + (size_t)(batch * shape->m + row) * c_row, shape->n, &first) == 0) continue;
        snprintf(message, size, "c[%" PRId64 "][%" PRId64 "][%" PRId64 "]: %s", batch, row, first.column, first.text);
        return false;
    }
    return true;
}

bool clq_sampled_check(const clq_bench_problem *problem, const void *c, char *message, size_t size)
{
    const clq_gemm_shape *const shape = &problem->shape;
    const int64_t batches = shape->batch[0] * shape->batch[1];
    const double row_work = (double)batches * (double)shape->n * (double)shape->k;
    if (problem->c_bytes == 0) return true;
    if (problem->floats && problem->op == CLQ_BENCH_CONV) return clq_sampled_float_conv_check(problem, c, largest_check / 4.0, message, size);
    if (problem->floats) return clq_sampled_float_check(problem, c, largest_check / 4.0, message, size);
    if (problem->op == CLQ_BENCH_CONV) return clq_sampled_conv_check(problem, c, largest_check, message, size);
    int64_t rows = row_work * (double)shape->m <= largest_check ? shape->m : (int64_t)(largest_check / row_work);
    if (rows < 2) rows = shape->m < 2 ? shape->m : 2;
    unsigned char *const a = malloc((size_t)rows * row_bytes(problem->types.a, shape->k) + 1);
    unsigned char *const expected = malloc((size_t)rows * row_bytes(problem->types.c, shape->n) + 1);
    bool right = a != NULL && expected != NULL;
    if (!right) snprintf(message, size, "not enough host memory");
    for (int64_t batch = 0; right && batch < batches; batch++) right = check_batch(problem, batch, rows, a, expected, c, message, size);
    free(a);
    free(expected);
    return right;
}
