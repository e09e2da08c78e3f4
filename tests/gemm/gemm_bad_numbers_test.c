/* SPDX-License-Identifier: Apache-2.0 */
/* Scales, zero points, fixed-point multipliers and clamps that mean nothing, and the exact edge of the overflow proof. */
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gemm_fixture.h"

static clqnn_quantization *quantization_of(clqnn_gemm_desc *desc, int operand)
{
    return operand == 0 ? &desc->a.quantization : operand == 1 ? &desc->b.quantization : &desc->c.quantization;
}

static void test_scales(void **state)
{
    (void)state;
    static const struct { float value; const char *text; } bad[] = {
        {0.0f, "0"}, {-0.0f, "-0"}, {-1.5f, "-1.5"}, {NAN, "nan"}, {INFINITY, "inf"}, {-INFINITY, "-inf"}, {1e-40f, "e-41"}, {FLT_MIN / 2, "e-39"}, {FLT_TRUE_MIN, "e-45"},
    };
    static const char *const fields[] = {"a.quantization.scales[0]", "b.quantization.scales[0]", "c.quantization.scales[0]"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        for (int operand = 0; operand < 3; operand++) {
            clqnn_gemm_desc desc = fixture_quantized_desc();
            quantization_of(&desc, operand)->scales = &bad[i].value;
            quantization_of(&desc, operand)->scale_count = 1;
            expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, fields[operand], bad[i].text);
        }
    }
}

static void test_every_scale_of_a_vector(void **state)
{
    (void)state;
    for (int64_t i = 0; i < FIXTURE_N; i++) {
        char field[64];
        float scales[FIXTURE_N] = {1, 1, 1, 1, 1};
        clqnn_gemm_desc desc = fixture_quantized_desc();
        scales[i] = -2.0f;
        desc.b.quantization.scales = scales;
        (void)snprintf(field, sizeof field, "b.quantization.scales[%d]", (int)i);
        expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, field, "-2");
    }
    for (int64_t i = 0; i < FIXTURE_M; i++) {
        char field[64];
        float scales[FIXTURE_M] = {1, 1, 1};
        clqnn_gemm_desc desc = fixture_quantized_desc();
        scales[i] = NAN;
        desc.a.quantization.scales = scales;
        desc.a.quantization.scale_count = FIXTURE_M;
        (void)snprintf(field, sizeof field, "a.quantization.scales[%d]", (int)i);
        expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, field, "nan");
    }
}

/* Each scale is a good one; their product is not. */
static void test_products_of_scales(void **state)
{
    (void)state;
    const float huge = 1e30f, tiny = 1e-30f, one = 1.0f;
    clqnn_gemm_desc desc = fixture_quantized_desc();
    desc.a.quantization.scales = desc.b.quantization.scales = &huge;
    desc.b.quantization.scale_count = 1;
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "scales", "inf");
    desc.a.quantization.scales = desc.b.quantization.scales = &tiny;
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "scales", "0");
    desc.a.quantization.scales = &huge;
    desc.b.quantization.scales = &one;
    desc.c.quantization.scales = &tiny;
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "c's scale", "1e-30");
}

static void test_zero_points(void **state)
{
    (void)state;
    static const struct { clqnn_type type; int32_t value; bool accepted; const char *text; } cases[] = {
        {CLQNN_U8, 0, true, NULL},    {CLQNN_U8, 255, true, NULL},   {CLQNN_U8, -1, false, "-1"},     {CLQNN_U8, 256, false, "256"},
        {CLQNN_S8, -128, true, NULL}, {CLQNN_S8, 127, true, NULL},   {CLQNN_S8, -129, false, "-129"}, {CLQNN_S8, 128, false, "128"},
        {CLQNN_U8, INT32_MAX, false, "2147483647"},                  {CLQNN_S8, INT32_MIN, false, "-2147483648"},
    };
    static const char *const fields[] = {"a.quantization.zero_points[0]", "b.quantization.zero_points[0]", "c.quantization.zero_points[0]"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int operand = 0; operand < 3; operand++) {
            clqnn_gemm_desc desc = fixture_quantized_desc();
            (operand == 0 ? &desc.a : operand == 1 ? &desc.b : &desc.c)->type = cases[i].type;
            const int32_t inside = 1;
            for (int other = 0; other < 3; other++) {
                quantization_of(&desc, other)->zero_points = other == operand ? &cases[i].value : &inside;
                quantization_of(&desc, other)->zero_point_count = 1;
            }
            if (cases[i].accepted) {
                expect_accepted(&desc);
            } else {
                expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, fields[operand], cases[i].text);
            }
        }
    }
}

static void test_counts(void **state)
{
    (void)state;
    static const char *const fields[3][2] = {{"a.quantization.scale_count", "a.quantization.zero_point_count"},
                                             {"b.quantization.scale_count", "b.quantization.zero_point_count"},
                                             {"c.quantization.scale_count", "c.quantization.zero_point_count"}};
    static const struct { int64_t value; const char *text; } bad[] = {{-1, "-1"}, {2, "2"}, {FIXTURE_N + 1, "6"}, {INT64_MAX, "9223372036854775807"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        for (int operand = 0; operand < 3; operand++) {
            clqnn_gemm_desc desc = fixture_quantized_desc();
            quantization_of(&desc, operand)->scale_count = bad[i].value;
            expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, fields[operand][0], bad[i].text);
            desc = fixture_quantized_desc();
            quantization_of(&desc, operand)->zero_point_count = bad[i].value;
            expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, fields[operand][1], bad[i].text);
        }
    }
}

static void test_quantization_where_there_is_none(void **state)
{
    (void)state;
    clqnn_gemm_desc desc = fixture_quantized_desc();
    desc.c.type = CLQNN_F32;
    desc.c.quantization.zero_point_count = 0;
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "c.quantization", "f32");
    desc = fixture_quantized_desc();
    desc.c.type = CLQNN_F32;
    desc.c.quantization = (clqnn_quantization){.scale_count = 0};
    desc.a.type = CLQNN_F32;
    desc.dynamic = CLQNN_DYNAMIC_PER_ROW;
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "a.quantization", "dynamic");
}

static void test_fixed_point(void **state)
{
    (void)state;
    static const struct { int32_t multiplier, shift; int64_t count; const char *field, *text; } bad[] = {
        {-1, 0, 1, "multipliers[0]", "-1"}, {INT32_MIN, 0, 1, "multipliers[0]", "-2147483648"}, {1, -32, 1, "shifts[0]", "-32"}, {1, 31, 1, "shifts[0]", "31"},
        {1, 0, 0, "fixed_count", "0"},      {1, 0, 2, "fixed_count", "2"},                      {1, 0, -1, "fixed_count", "-1"},
    };
    for (int rounding = CLQNN_FIXED_DOUBLE; rounding <= CLQNN_FIXED_SINGLE; rounding++) {
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
            clqnn_gemm_desc desc = fixture_quantized_desc();
            desc.rounding = (clqnn_rounding)rounding;
            desc.multipliers = &bad[i].multiplier;
            desc.shifts = &bad[i].shift;
            desc.fixed_count = bad[i].count;
            expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, bad[i].field, bad[i].text);
        }
        const int32_t multipliers[FIXTURE_N] = {0, 1, INT32_MAX, 5, -3}, shifts[FIXTURE_N] = {-31, 30, 0, 0, 0};
        clqnn_gemm_desc desc = fixture_quantized_desc();
        desc.rounding = (clqnn_rounding)rounding;
        desc.multipliers = multipliers;
        desc.shifts = shifts;
        desc.fixed_count = FIXTURE_N;
        expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "multipliers[4]", "-3");
    }
    clqnn_gemm_desc desc = fixture_quantized_desc();
    desc.fixed_count = 1;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "fixed_count", "1");
}

static void test_clamps(void **state)
{
    (void)state;
    static const struct { float low, high; const char *text; } bad[] = {
        {1.0f, 0.0f, "clamp_max is 0"}, {NAN, 1.0f, "nan"}, {0.0f, NAN, "nan"}, {0.25f, 0.75f, "0.25"}, {256.0f, 300.0f, "256"}, {-20.0f, -1.0f, "-20"}, {INFINITY, INFINITY, "inf"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        clqnn_gemm_desc desc = fixture_quantized_desc();
        desc.has_clamp = 1;
        desc.clamp_min = bad[i].low;
        desc.clamp_max = bad[i].high;
        expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "clamp_m", bad[i].text);
    }
}

/* ---- The overflow proof ---- */

static clqnn_gemm_desc run_time_desc(clqnn_type a, clqnn_type b, int64_t k)
{
    clqnn_gemm_desc desc = fixture_desc();
    desc.a.type = a;
    desc.b.type = b;
    desc.b_data = NULL;
    desc.m = desc.n = 1;
    desc.k = k;
    return desc;
}

/* The largest k that types alone prove, from |acc| <= k * most * most <= 2^31 - 1. */
static void test_largest_k_by_type(void **state)
{
    (void)state;
    static const struct { clqnn_type a, b; int64_t most; const char *text; } cases[] = {
        {CLQNN_U8, CLQNN_U8, 33025, "33025"}, {CLQNN_S8, CLQNN_S8, 131071, "131071"}, {CLQNN_U8, CLQNN_S8, 65793, "65793"}, {CLQNN_S8, CLQNN_U8, 65793, "65793"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        clqnn_gemm_desc desc = run_time_desc(cases[i].a, cases[i].b, cases[i].most);
        expect_accepted(&desc);
        desc.k++;
        expect_refused(&desc, CLQNN_OVERFLOW, "k is", cases[i].text);
    }
}

static void test_zero_points_and_bias_count(void **state)
{
    (void)state;
    const int32_t zero = 128, bias = INT32_MAX - 255 * 255 * 10, negative = INT32_MIN + 255 * 255 * 10;
    clqnn_gemm_desc desc = run_time_desc(CLQNN_U8, CLQNN_U8, 131071); /* 128 * 128 each */
    desc.a.quantization = desc.b.quantization = (clqnn_quantization){.zero_points = &zero, .zero_point_count = 1};
    expect_accepted(&desc);
    desc.k++;
    expect_refused(&desc, CLQNN_OVERFLOW, "k is", "131071");
    desc = run_time_desc(CLQNN_U8, CLQNN_U8, 10);
    desc.bias_type = CLQNN_S32;
    desc.bias = &bias;
    expect_accepted(&desc);
    desc.k = 11;
    expect_refused(&desc, CLQNN_OVERFLOW, "k is 11", "k up to 10");
    desc.bias = &negative;
    expect_refused(&desc, CLQNN_OVERFLOW, "k is 11", "2147483647");
}

/* k is far beyond what the types prove; the data decides. */
static void test_constant_weights_are_judged_by_their_data(void **state)
{
    (void)state;
    enum { LONG_K = 40000, FULL = 33025 };
    uint8_t *data = calloc(LONG_K, 1);
    assert_non_null(data);
    clqnn_gemm_desc desc = run_time_desc(CLQNN_U8, CLQNN_U8, LONG_K);
    expect_refused(&desc, CLQNN_OVERFLOW, "k is 40000", "33025");
    desc.b_data = data;
    expect_accepted(&desc);
    memset(data, 255, FULL);
    expect_accepted(&desc);
    clqnn_gemm_info info;
    assert_int_equal(clqnn_gemm_query(fixture_context(), &desc, &info), CLQNN_OK);
    assert_int_equal(info.accumulator_bound, 255 * 255 * FULL);
    data[FULL] = 255;
    expect_refused(&desc, CLQNN_OVERFLOW, "column 0", "2147515650");
    data[FULL] = 0;
    const int32_t one = 1; /* every zero now counts against: (0 - 1) * 255 */
    desc.b.quantization = (clqnn_quantization){.zero_points = &one, .zero_point_count = 1};
    assert_int_equal(clqnn_gemm_query(fixture_context(), &desc, &info), CLQNN_OK);
    assert_int_equal(info.accumulator_bound, 254 * 255 * FULL);
    free(data);
}

static void test_the_bound_of_a_known_column(void **state)
{
    (void)state;
    static const int8_t data[] = {-128, 1, 100, -2, 3, -3}; /* k 3 x n 2 */
    clqnn_gemm_desc desc = fixture_desc();
    clqnn_gemm_info info;
    desc.n = 2;
    desc.k = 3;
    desc.b_data = data;
    assert_int_equal(clqnn_gemm_query(fixture_context(), &desc, &info), CLQNN_OK);
    assert_int_equal(info.accumulator_bound, 128 * 255); /* a is 0 where b is positive */
    const int32_t bias[] = {-7, 1000000};
    desc.bias = bias;
    desc.bias_type = CLQNN_S32;
    assert_int_equal(clqnn_gemm_query(fixture_context(), &desc, &info), CLQNN_OK);
    assert_int_equal(info.accumulator_bound, 1000000 + 255);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scales),
        cmocka_unit_test(test_every_scale_of_a_vector),
        cmocka_unit_test(test_products_of_scales),
        cmocka_unit_test(test_zero_points),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_quantization_where_there_is_none),
        cmocka_unit_test(test_fixed_point),
        cmocka_unit_test(test_clamps),
        cmocka_unit_test(test_largest_k_by_type),
        cmocka_unit_test(test_zero_points_and_bias_count),
        cmocka_unit_test(test_constant_weights_are_judged_by_their_data),
        cmocka_unit_test(test_the_bound_of_a_known_column),
    };
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failures;
}
