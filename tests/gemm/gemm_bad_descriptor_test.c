/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptors that mean nothing: null pointers, unknown enumerators, wrong sizes, dimensions and strides. Each is refused with a status
 * and a message that names field and value. Numbers of the quantization: gemm_bad_numbers_test.c; buffers: gemm_bad_call_test.c. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gemm_fixture.h"

static void test_null_pointers(void **state)
{
    (void)state;
    clqnn_context *context = fixture_context();
    const clqnn_gemm_desc desc = fixture_desc();
    clqnn_gemm *gemm = (clqnn_gemm *)(uintptr_t)64;
    clqnn_gemm_info info;
    clqnn_gemm_weights *packed = (clqnn_gemm_weights *)(uintptr_t)64;
    clqnn_gemm_candidate candidate;
    size_t count = 0;
    assert_int_equal(clqnn_gemm_create(NULL, &desc, &gemm), CLQNN_INVALID_ARGUMENT);
    assert_null(gemm);
    expect_message("context", "NULL");
    assert_int_equal(clqnn_gemm_create(context, &desc, NULL), CLQNN_INVALID_ARGUMENT);
    expect_message("gemm", "NULL");
    expect_refused(NULL, CLQNN_INVALID_ARGUMENT, "desc", "NULL");
    assert_int_equal(clqnn_gemm_query(NULL, &desc, &info), CLQNN_INVALID_ARGUMENT);
    expect_message("context", "NULL");
    assert_int_equal(clqnn_gemm_query(context, &desc, NULL), CLQNN_INVALID_ARGUMENT);
    expect_message("info", "NULL");
    assert_int_equal(clqnn_gemm_candidates(NULL, &desc, &candidate, 1, &count), CLQNN_INVALID_ARGUMENT);
    expect_message("context", "NULL");
    assert_int_equal(clqnn_gemm_candidates(context, &desc, NULL, 1, &count), CLQNN_INVALID_ARGUMENT);
    expect_message("list", "NULL");
    assert_int_equal(clqnn_gemm_candidates(context, &desc, &candidate, 1, NULL), CLQNN_INVALID_ARGUMENT);
    expect_message("count", "NULL");
    assert_int_equal(clqnn_gemm_variants(NULL, 1, &count), CLQNN_INVALID_ARGUMENT);
    expect_message("list", "NULL");
    assert_int_equal(clqnn_gemm_variants(NULL, 0, NULL), CLQNN_INVALID_ARGUMENT);
    expect_message("count", "NULL");
    assert_int_equal(clqnn_gemm_prewarm(NULL), CLQNN_INVALID_ARGUMENT);
    expect_message("context", "NULL");
    assert_int_equal(clqnn_gemm_pack(NULL, &desc, &packed), CLQNN_INVALID_ARGUMENT);
    assert_null(packed);
    expect_message("context", "NULL");
    assert_int_equal(clqnn_gemm_pack(context, &desc, NULL), CLQNN_INVALID_ARGUMENT);
    expect_message("weights", "NULL");
}

/* What is allowed to be NULL. */
static void test_null_handles_that_mean_nothing(void **state)
{
    (void)state;
    clqnn_gemm_destroy(NULL);
    clqnn_gemm_weights_release(NULL);
    assert_null(clqnn_gemm_weights_retain(NULL));
    assert_int_equal(clqnn_gemm_workspace_size(NULL), 0);
    assert_int_equal(clqnn_gemm_weights_size(NULL), 0);
    assert_non_null(clqnn_gemm_weights_layout(NULL));
}

static void test_pack_without_data(void **state)
{
    (void)state;
    clqnn_gemm_desc desc = fixture_desc();
    clqnn_gemm_weights *packed = (clqnn_gemm_weights *)(uintptr_t)64;
    desc.b_data = NULL;
    assert_int_equal(clqnn_gemm_pack(fixture_context(), &desc, &packed), CLQNN_INVALID_ARGUMENT);
    assert_null(packed);
    expect_message("b_data", "NULL");
}

static void test_null_arrays(void **state)
{
    (void)state;
    clqnn_gemm_desc desc = fixture_quantized_desc();
    desc.a.quantization.scales = NULL;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "a.quantization.scales", "NULL");
    desc = fixture_quantized_desc();
    desc.b.quantization.zero_points = NULL;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "b.quantization.zero_points", "NULL");
    desc = fixture_quantized_desc();
    desc.c.quantization.scales = NULL;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "c.quantization.scales", "NULL");
    const int32_t one[] = {1 << 30};
    desc = fixture_quantized_desc();
    desc.rounding = CLQNN_FIXED_DOUBLE;
    desc.fixed_count = 1;
    desc.shifts = one;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "multipliers", "NULL");
    desc.multipliers = one;
    desc.shifts = NULL;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "shifts", "NULL");
    desc = fixture_desc();
    desc.bias_type = CLQNN_S32;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "bias", "NULL");
}

typedef struct enumerator_case {
    size_t offset;      /* of an int in the descriptor */
    int32_t value;
    const char *field, *text;
} enumerator_case;

#define FIELD(member) offsetof(clqnn_gemm_desc, member)

static void test_enumerators(void **state)
{
    (void)state;
    static const enumerator_case cases[] = {
        {FIELD(a.type), CLQNN_TYPE_NONE, "a.type", "0"},   {FIELD(a.type), 99, "a.type", "99"},       {FIELD(a.type), -1, "a.type", "-1"},
        {FIELD(a.type), CLQNN_S32, "a.type", "s32"},       {FIELD(a.type), CLQNN_F32, "a.type", "f32"}, {FIELD(b.type), CLQNN_TYPE_NONE, "b.type", "0"},
        {FIELD(b.type), CLQNN_F16, "b.type", "f16"},       {FIELD(b.type), 6, "b.type", "6"},         {FIELD(c.type), CLQNN_TYPE_NONE, "c.type", "0"},
        {FIELD(c.type), 6, "c.type", "6"},                 {FIELD(c.type), INT32_MIN, "c.type", "-2147483648"},
        {FIELD(a.transposed), 2, "a.transposed", "2"},     {FIELD(a.transposed), -1, "a.transposed", "-1"},
        {FIELD(b.transposed), 2, "b.transposed", "2"},     {FIELD(c.transposed), 1, "c.transposed", "1"},
        {FIELD(has_clamp), 2, "has_clamp", "2"},           {FIELD(has_clamp), 1, "has_clamp", "s32"},
        {FIELD(rounding), 3, "rounding", "3"},             {FIELD(rounding), -1, "rounding", "-1"},   {FIELD(rounding), CLQNN_FIXED_DOUBLE, "rounding", "s32"},
        {FIELD(dynamic), 3, "dynamic", "3"},               {FIELD(dynamic), -1, "dynamic", "-1"},     {FIELD(dynamic), CLQNN_DYNAMIC_PER_ROW, "a.type", "u8"},
        {FIELD(dynamic_type), CLQNN_U8, "dynamic_type", "u8"}, {FIELD(dynamic_type), 17, "dynamic_type", "17"},
        {FIELD(bias_type), CLQNN_S32, "bias_type", "3"},   {FIELD(bias_type), 40, "bias_type", "40"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        clqnn_gemm_desc desc = fixture_desc();
        memcpy((unsigned char *)&desc + cases[i].offset, &cases[i].value, sizeof cases[i].value);
        expect_refused(&desc, CLQNN_INVALID_ARGUMENT, cases[i].field, cases[i].text);
    }
}

static void test_enumerators_that_do_not_fit_each_other(void **state)
{
    (void)state;
    const int32_t integers[FIXTURE_N] = {0};
    clqnn_gemm_desc desc = fixture_desc();
    desc.bias = integers;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "bias_type", "none");
    desc.bias_type = CLQNN_F32;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "bias_type", "f32");
    desc.bias_type = CLQNN_U8;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "bias_type", "u8");
    desc = fixture_desc();
    desc.a.type = CLQNN_F32;
    desc.dynamic = CLQNN_DYNAMIC_PER_TENSOR;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "c.type", "s32");
    desc.c.type = CLQNN_F32;
    desc.dynamic_type = CLQNN_F16;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "dynamic_type", "f16");
}

/* A descriptor in the middle of zeroed memory, as a newer caller's. */
static void test_struct_size(void **state)
{
    (void)state;
    union { clqnn_gemm_desc desc; unsigned char bytes[sizeof(clqnn_gemm_desc) + 96]; } larger;
    const size_t wrong[] = {0, 1, sizeof(size_t), sizeof(clqnn_gemm_desc) - 1, sizeof(clqnn_gemm_desc) - 8, ((size_t)1 << 16) + 1, SIZE_MAX};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char value[32];
        clqnn_gemm_desc desc = fixture_desc();
        desc.struct_size = wrong[i];
        (void)snprintf(value, sizeof value, "%zu", wrong[i]);
        expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "struct_size", value);
    }
    memset(&larger, 0, sizeof larger);
    larger.desc = fixture_desc();
    larger.desc.struct_size = sizeof larger;
    expect_accepted(&larger.desc);
    for (size_t i = sizeof(clqnn_gemm_desc); i < sizeof larger; i++) {
        char value[32];
        larger.bytes[i] = 1;
        (void)snprintf(value, sizeof value, "byte %zu", i);
        expect_refused(&larger.desc, CLQNN_INVALID_ARGUMENT, "struct_size", value);
        larger.bytes[i] = 0;
    }
}

typedef struct number_case {
    size_t offset;      /* of an int64 in the descriptor */
    int64_t value;
    const char *field, *text;
} number_case;

static void test_dimensions_and_strides(void **state)
{
    (void)state;
    static const int64_t beyond = INT64_C(1) << 31, far = (INT64_C(1) << 48) + 1;
    const number_case cases[] = {
        {FIELD(m), -1, "m is", "-1"},
        {FIELD(m), beyond, "m is", "2147483648"},
        {FIELD(m), INT64_MIN, "m is", "-9223372036854775808"},
        {FIELD(m), INT64_MAX, "m is", "9223372036854775807"},
        {FIELD(n), -1, "n is", "-1"},
        {FIELD(n), beyond, "n is", "2147483648"},
        {FIELD(k), -7, "k is", "-7"},
        {FIELD(k), INT64_MAX, "k is", "9223372036854775807"},
        {FIELD(batch[0]), -1, "batch[0]", "-1"},
        {FIELD(batch[0]), beyond, "batch[0]", "2147483648"},
        {FIELD(batch[1]), INT64_MIN, "batch[1]", "-9223372036854775808"},
        {FIELD(a.leading_dimension), -1, "a.leading_dimension", "-1"},
        {FIELD(a.leading_dimension), FIXTURE_K - 1, "a.leading_dimension", "6"},
        {FIELD(a.leading_dimension), far, "a.leading_dimension", "281474976710657"},
        {FIELD(b.leading_dimension), FIXTURE_N - 1, "b.leading_dimension", "4"},
        {FIELD(b.leading_dimension), INT64_MIN, "b.leading_dimension", "-9223372036854775808"},
        {FIELD(c.leading_dimension), FIXTURE_N - 1, "c.leading_dimension", "4"},
        {FIELD(c.leading_dimension), INT64_MAX, "c.leading_dimension", "9223372036854775807"},
        {FIELD(a.batch_stride[0]), -2, "a.batch_stride[0]", "-2"},
        {FIELD(b.batch_stride[1]), INT64_MIN, "b.batch_stride[1]", "-9223372036854775808"},
        {FIELD(b.batch_stride[1]), far, "b.batch_stride[1]", "281474976710657"},
        {FIELD(c.batch_stride[1]), CLQNN_BROADCAST, "c.batch_stride[1]", "-1"},
        {FIELD(c.batch_stride[0]), far, "c.batch_stride[0]", "281474976710657"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        clqnn_gemm_desc desc = fixture_desc();
        memcpy((unsigned char *)&desc + cases[i].offset, &cases[i].value, sizeof cases[i].value);
        expect_refused(&desc, CLQNN_INVALID_SHAPE, cases[i].field, cases[i].text);
    }
}

/* Each number is allowed; together they reach too far. */
static void test_products_that_are_too_large(void **state)
{
    (void)state;
    const int64_t most = INT32_MAX;
    clqnn_gemm_desc desc = fixture_desc();
    desc.b_data = NULL;
    desc.batch[0] = desc.batch[1] = most;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "batch", "2147483647 x 2147483647");
    desc = fixture_desc();
    desc.b_data = NULL;
    desc.m = desc.k = most;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "a is too large", "2^48");
    desc.k = FIXTURE_K;
    desc.n = most;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "c is too large", "2^48");
    desc = fixture_desc();
    desc.a.leading_dimension = INT64_C(1) << 47;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "a is too large", "2^48");
    desc = fixture_desc();
    desc.batch[0] = 1000;
    desc.a.batch_stride[0] = INT64_C(1) << 40;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "a is too large", "2^48");
    desc = fixture_desc();
    desc.batch[0] = most;
    desc.c.batch_stride[0] = INT64_C(1) << 48;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "c is too large", "2^48");
}

/* Sound shapes that no buffer of this device can hold. */
static void test_tensors_beyond_the_largest_allocation(void **state)
{
    (void)state;
    clqnn_device_info info;
    assert_int_equal(clqnn_context_device(fixture_context(), &info), CLQNN_OK);
    clqnn_gemm_desc desc = fixture_desc();
    desc.a.leading_dimension = (int64_t)info.max_alloc_bytes / (FIXTURE_M - 1);
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "a takes", "largest allocation");
    desc = fixture_desc();
    desc.c.leading_dimension = (int64_t)info.max_alloc_bytes / 4;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "c takes", "largest allocation");
    desc = fixture_desc();
    desc.b_data = NULL;
    desc.b.leading_dimension = (int64_t)info.max_alloc_bytes / (FIXTURE_K - 1);
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "b takes", "largest allocation");
}

static void test_c_that_overlaps_itself(void **state)
{
    (void)state;
    clqnn_gemm_desc desc = fixture_desc();
    desc.batch[0] = 2;
    desc.b.batch_stride[0] = CLQNN_BROADCAST;
    desc.c.batch_stride[0] = FIXTURE_M * FIXTURE_N - 1;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "c overlaps itself", "14");
    desc.c.batch_stride[0] = FIXTURE_M * FIXTURE_N;
    expect_accepted(&desc);
    desc.c.leading_dimension = 2 * FIXTURE_N; /* the second matrix between the rows of the first */
    desc.c.batch_stride[0] = FIXTURE_N;
    expect_accepted(&desc);
    desc.c.batch_stride[0] = FIXTURE_N - 1;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "c overlaps itself", "4");
}

static void test_variants_that_do_not_exist(void **state)
{
    (void)state;
    clqnn_gemm_desc desc = fixture_desc();
    desc.variant = "gemm_i8_imaginary";
    expect_refused(&desc, CLQNN_UNSUPPORTED, "variant", "gemm_i8_imaginary");
    desc.variant = "";
    expect_refused(&desc, CLQNN_UNSUPPORTED, "variant", "''");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_null_pointers),
        cmocka_unit_test(test_null_handles_that_mean_nothing),
        cmocka_unit_test(test_pack_without_data),
        cmocka_unit_test(test_null_arrays),
        cmocka_unit_test(test_enumerators),
        cmocka_unit_test(test_enumerators_that_do_not_fit_each_other),
        cmocka_unit_test(test_struct_size),
        cmocka_unit_test(test_dimensions_and_strides),
        cmocka_unit_test(test_products_that_are_too_large),
        cmocka_unit_test(test_tensors_beyond_the_largest_allocation),
        cmocka_unit_test(test_c_that_overlaps_itself),
        cmocka_unit_test(test_variants_that_do_not_exist),
    };
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failures;
}
