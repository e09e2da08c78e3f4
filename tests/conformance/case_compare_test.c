/* SPDX-License-Identifier: Apache-2.0 */
/* Tolerances, special values and the text of a difference. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "case_bytes.h"
#include "case_file.h"

/* A 1x1x`count` gemm whose y is `values`; only y matters. */
static clq_case *case_of(const char *dtype, const void *values, size_t bytes, int count, const char *tolerance)
{
    char header[512];
    unsigned char data[256] = {0};
    snprintf(header, sizeof header,
             "{\"__metadata__\":{\"clqnn.case\":\"1\",\"op\":\"gemm\",\"tolerance\":\"%s\"},"
             "\"y\":{\"dtype\":\"%s\",\"shape\":[1,%d],\"data_offsets\":[0,%zu]},"
             "\"a\":{\"dtype\":\"U8\",\"shape\":[1,0],\"data_offsets\":[%zu,%zu]},"
             "\"b\":{\"dtype\":\"I8\",\"shape\":[0,%d],\"data_offsets\":[%zu,%zu]}}",
             tolerance, dtype, count, bytes, bytes, bytes, count, bytes, bytes);
    memcpy(data, values, bytes);
    size_t size = 0;
    char message[256] = "";
    unsigned char *file_bytes = case_bytes(header, data, bytes, &size);
    clq_case *file = NULL;
    if (clq_case_read_memory(file_bytes, size, &file, message, sizeof message) != CLQNN_OK) fail_msg("%s", message);
    free(file_bytes);
    return file;
}

typedef struct pair {
    float expected, got;
    const char *tolerance;
    int same;
} pair;

static void floats_compare_under_each_tolerance(void **state)
{
    (void)state;
    const float next = nextafterf(1.0f, 2.0f);
    const pair rows[] = {
        {1.0f, 1.0f, "exact", 1}, {1.0f, next, "exact", 0}, {0.0f, -0.0f, "exact", 0}, {NAN, NAN, "exact", 1}, {NAN, 1.0f, "abs=1000", 0},
        {1.0f, NAN, "ulp=1000000", 0}, {INFINITY, INFINITY, "exact", 1}, {INFINITY, -INFINITY, "rel=9", 0}, {INFINITY, 3e38f, "rel=9", 0},
        {1.0f, next, "ulp=1", 1}, {1.0f, nextafterf(next, 2.0f), "ulp=1", 0}, {0.0f, -0.0f, "ulp=0", 1}, {-1e-45f, 1e-45f, "ulp=2", 1},
        {-1e-45f, 1e-45f, "ulp=1", 0}, {1.0f, 1.25f, "abs=0.25", 1}, {1.0f, 1.5f, "abs=0.25", 0}, {100.0f, 110.0f, "rel=0.1", 1},
        {100.0f, 111.0f, "rel=0.1", 0}, {0.0f, 1e-30f, "rel=0.5", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char message[256] = "";
        clq_case *file = case_of("F32", &rows[i].expected, sizeof(float), 1, rows[i].tolerance);
        const int64_t different = clq_case_compare(file, "y", &rows[i].got, message, sizeof message);
        if (different != !rows[i].same) fail_msg("row %zu: %lld different, '%s'", i, (long long)different, message);
        clq_case_free(file);
    }
}

static void integers_name_the_first_difference(void **state)
{
    (void)state;
    char message[256] = "";
    const int32_t expected[] = {1, 12, 3, 4}, got[] = {1, 13, 3, 9};
    clq_case *file = case_of("I32", expected, sizeof expected, 4, "exact");
    assert_int_equal(clq_case_compare(file, "y", expected, message, sizeof message), 0);
    assert_string_equal(message, "");
    assert_int_equal(clq_case_compare(file, "y", got, message, sizeof message), 2);
    assert_string_equal(message, "first difference at [0,1] expected 12 got 13");
    assert_int_equal(clq_case_compare(file, "z", got, message, sizeof message), -1);
    clq_case_free(file);
    file = case_of("I32", expected, sizeof expected, 4, "abs=1");
    assert_int_equal(clq_case_compare(file, "y", got, message, sizeof message), 1);
    assert_string_equal(message, "first difference at [0,3] expected 4 got 9");
    clq_case_free(file);
}

static void halves_and_bytes_compare(void **state)
{
    (void)state;
    char message[256] = "";
    const uint16_t half[] = {0x3c00, 0xc000, 0x0001, 0x7e00}, other[] = {0x3c01, 0xc000, 0x0001, 0x7c01}; /* 1, -2, smallest denormal, NaN */
    clq_case *file = case_of("F16", half, sizeof half, 4, "exact");
    assert_int_equal(clq_case_compare(file, "y", other, message, sizeof message), 1);
    assert_string_equal(message, "first difference at [0,0] expected 1 got 1.00097656");
    clq_case_free(file);
    file = case_of("BF16", half, sizeof half, 4, "ulp=1");
    assert_int_equal(clq_case_compare(file, "y", other, message, sizeof message), 1); /* 0x7e00 is finite in bf16 */
    clq_case_free(file);
    const int8_t bytes[] = {-128, 127}, off[] = {-127, 127};
    file = case_of("I8", bytes, sizeof bytes, 2, "exact");
    assert_int_equal(clq_case_compare(file, "y", off, message, sizeof message), 1);
    assert_string_equal(message, "first difference at [0,0] expected -128 got -127");
    clq_case_free(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(floats_compare_under_each_tolerance),
        cmocka_unit_test(integers_name_the_first_difference),
        cmocka_unit_test(halves_and_bytes_compare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
