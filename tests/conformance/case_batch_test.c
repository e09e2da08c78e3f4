/* SPDX-License-Identifier: Apache-2.0 */
/* Leading dimensions of a gemm broadcast as in numpy: y from plain loops over all of them, against the merged two of clqnn_gemm_desc. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "case_reference.h"

#define M 2
#define N 3
#define K 4

typedef struct leading {
    int32_t a_rank, b_rank;
    int64_t a[4], b[4];
} leading;

static char path[64];

static int make_path(void **state)
{
    (void)state;
    strcpy(path, "/tmp/clqnn-batch-XXXXXX");
    const int descriptor = mkstemp(path);
    return descriptor < 0 ? -1 : close(descriptor);
}

static int remove_path(void **state)
{
    (void)state;
    return remove(path);
}

static int64_t size_at(const int64_t *shape, int32_t rank, int32_t position, int32_t result_rank)
{
    const int32_t index = position - (result_rank - rank);
    return index < 0 ? 1 : shape[index];
}

/* Which matrix of an operand the result's matrix `index` reads. */
static int64_t matrix_of(const int64_t *shape, int32_t rank, const int64_t *result, int32_t result_rank, int64_t index)
{
    int64_t matrix = 0, stride = 1;
    for (int32_t i = result_rank - 1; i >= 0; i--) {
        const int64_t size = size_at(shape, rank, i, result_rank), at = index % result[i];
        index /= result[i];
        if (size != 1) matrix += at * stride;
        stride *= size;
    }
    return matrix;
}

static int64_t product(const int64_t *shape, int32_t rank)
{
    int64_t count = 1;
    for (int32_t i = 0; i < rank; i++) count *= shape[i];
    return count;
}

static clq_case_tensor tensor_of(const char *name, clq_case_dtype dtype, const int64_t *lead, int32_t rank, int64_t rows, int64_t columns, const void *data)
{
    clq_case_tensor tensor = {.name = name, .dtype = dtype, .rank = rank + 2, .data = data};
    for (int32_t i = 0; i < rank; i++) tensor.shape[i] = lead[i];
    tensor.shape[rank] = rows;
    tensor.shape[rank + 1] = columns;
    return tensor;
}

/* Writes the case of `lead` with the right y and gives the reference's verdict. */
static clq_case_verdict verdict_of(const leading *lead, char *message, size_t capacity)
{
    int64_t result[4] = {0};
    const int32_t rank = lead->a_rank > lead->b_rank ? lead->a_rank : lead->b_rank;
    for (int32_t i = 0; i < rank; i++) {
        const int64_t a = size_at(lead->a, lead->a_rank, i, rank), b = size_at(lead->b, lead->b_rank, i, rank);
        result[i] = a != 1 ? a : b;
    }
    const int64_t a_count = product(lead->a, lead->a_rank) * M * K, b_count = product(lead->b, lead->b_rank) * K * N;
    const int64_t matrices = product(result, rank);
    uint8_t *a = malloc((size_t)a_count + 1);
    int8_t *b = malloc((size_t)b_count + 1);
    int32_t *y = calloc((size_t)(matrices * M * N) + 1, sizeof *y);
    assert_true(a != NULL && b != NULL && y != NULL);
    for (int64_t i = 0; i < a_count; i++) a[i] = (uint8_t)(i * 37 + 11);
    for (int64_t i = 0; i < b_count; i++) b[i] = (int8_t)(i * 29 + 5);
    for (int64_t i = 0; i < matrices * M * N * K; i++) {
        const int64_t k = i % K, j = i / K % N, row = i / K / N % M, matrix = i / K / N / M;
        const int64_t in_a = matrix_of(lead->a, lead->a_rank, result, rank, matrix), in_b = matrix_of(lead->b, lead->b_rank, result, rank, matrix);
        y[i / K] += a[(in_a * M + row) * K + k] * b[(in_b * K + k) * N + j];
    }
    const clq_case_tensor tensors[] = {
        tensor_of("a", CLQ_CASE_U8, lead->a, lead->a_rank, M, K, a),
        tensor_of("b", CLQ_CASE_I8, lead->b, lead->b_rank, K, N, b),
        tensor_of("y", CLQ_CASE_I32, result, rank, M, N, y),
    };
    const clq_case_text lines[] = {{"clqnn.case", "1"}, {"op", "gemm"}};
    clq_case *file = NULL;
    assert_int_equal(clq_case_write(path, lines, 2, tensors, 3, message, capacity), CLQNN_OK);
    assert_int_equal(clq_case_read(path, &file, message, capacity), CLQNN_OK);
    const clq_case_verdict verdict = clq_case_check_reference(file, message, capacity);
    clq_case_free(file);
    free(a);
    free(b);
    free(y);
    return verdict;
}

static void expect_verdict(const leading *rows, size_t count, clq_case_verdict expected, const char *needle)
{
    for (size_t i = 0; i < count; i++) {
        char message[256] = "";
        const clq_case_verdict verdict = verdict_of(&rows[i], message, sizeof message);
        if (verdict != expected || strstr(message, needle) == NULL) fail_msg("row %zu: verdict %d, message '%s'", i, (int)verdict, message);
    }
}

static void broadcasts_that_two_dimensions_can_say(void **state)
{
    (void)state;
    static const leading rows[] = {
        {0, 0, {0}, {0}},
        {1, 0, {5}, {0}},
        {0, 1, {0}, {5}},
        {1, 1, {5}, {5}},
        {2, 1, {2, 3}, {3}},
        {2, 2, {2, 3}, {2, 3}},
        {2, 2, {2, 1}, {1, 3}},
        {2, 2, {1, 3}, {2, 1}},
        {2, 2, {2, 3}, {2, 1}},
        {2, 2, {2, 1}, {2, 3}},
        {1, 3, {1}, {2, 1, 3}},
        {3, 3, {2, 2, 3}, {2, 2, 1}},
        {4, 2, {2, 3, 2, 2}, {2, 2}},
        {4, 0, {2, 3, 2, 2}, {0}},
    };
    expect_verdict(rows, sizeof rows / sizeof rows[0], CLQ_CASE_SAME, "");
}

static void broadcasts_that_need_more_are_skipped(void **state)
{
    (void)state;
    static const leading rows[] = {
        {3, 3, {2, 3, 2}, {2, 1, 2}},
        {3, 3, {2, 1, 2}, {1, 3, 1}},
        {4, 4, {2, 2, 3, 1}, {2, 2, 1, 5}},
    };
    expect_verdict(rows, sizeof rows / sizeof rows[0], CLQ_CASE_SKIPPED, "batch dimensions");
    static const leading empty[] = {{1, 0, {0}, {0}}};
    expect_verdict(empty, 1, CLQ_CASE_SKIPPED, "batch of 0");
}

static void sizes_that_do_not_broadcast_are_refused(void **state)
{
    (void)state;
    static const leading rows[] = {{2, 2, {4, 3}, {4, 1}}};
    expect_verdict(rows, 1, CLQ_CASE_SAME, "");
    const int8_t bytes[64] = {0};
    const int64_t two[] = {2}, three[] = {3};
    const clq_case_tensor tensors[] = {
        tensor_of("a", CLQ_CASE_U8, two, 1, M, K, bytes),
        tensor_of("b", CLQ_CASE_I8, three, 1, K, N, bytes),
        tensor_of("y", CLQ_CASE_U8, two, 1, M, N, bytes),
    };
    const clq_case_text lines[] = {{"clqnn.case", "1"}, {"op", "gemm"}};
    char message[256] = "";
    clq_case *file = NULL;
    clq_case_gemm gemm;
    assert_int_equal(clq_case_write(path, lines, 2, tensors, 3, message, sizeof message), CLQNN_OK);
    assert_int_equal(clq_case_read(path, &file, message, sizeof message), CLQNN_OK);
    assert_int_equal(clq_case_make_gemm(file, &gemm, message, sizeof message), CLQNN_CORRUPT_DATA);
    assert_non_null(strstr(message, "[2] of 'a' and [3] of 'b' do not broadcast"));
    clq_case_free(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(broadcasts_that_two_dimensions_can_say),
        cmocka_unit_test(broadcasts_that_need_more_are_skipped),
        cmocka_unit_test(sizes_that_do_not_broadcast_are_refused),
    };
    return cmocka_run_group_tests(tests, make_path, remove_path);
}
