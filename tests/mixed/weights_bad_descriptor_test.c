/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptors of integers with groups that mean nothing: each is refused with a status and a message that names field and value. */
#include <math.h>
#include <string.h>

#include "gemm_fixture.h"

enum { M = 3, N = 5, K = 10, SIZE = 4, GROUPS = 3 };

static uint8_t codes[K * N + 64];
static float scales[GROUPS * N], offsets[GROUPS * N], float_zeros[GROUPS * N];
static uint8_t zeros[GROUPS * N];
static int32_t rows[K];

/* Right until a test breaks it; the arrays too. */
static clqnn_gemm_desc weights_desc(void)
{
    for (int i = 0; i < GROUPS * N; i++) {
        scales[i] = offsets[i] = float_zeros[i] = 0.5f;
        zeros[i] = (uint8_t)(i % 16);
    }
    for (int k = 0; k < K; k++) rows[k] = (k + 5) % K / SIZE;
    return (clqnn_gemm_desc){.struct_size = sizeof(clqnn_gemm_desc), .m = M, .n = N, .k = K, .a = {.type = CLQNN_F16}, .b = {.type = CLQNN_U4}, .c = {.type = CLQNN_F32},
                             .b_data = codes, .groups = {.size = SIZE, .scales = scales, .scale_type = CLQNN_F32, .zero_points = zeros, .zero_point_type = CLQNN_U8, .index = rows}};
}

static void test_what_is_right_is_accepted(void **state)
{
    (void)state;
    clqnn_gemm_desc desc = weights_desc();
    expect_accepted(&desc);
    desc.groups.zero_points = float_zeros;
    desc.groups.zero_point_type = CLQNN_F32;
    expect_accepted(&desc);
    desc.groups.zero_points = NULL;
    desc.groups.offsets = offsets;
    desc.groups.index = NULL;
    expect_accepted(&desc);
    desc.batch[1] = 2;
    desc.b.batch_stride[1] = CLQNN_BROADCAST;
    expect_accepted(&desc);
    desc = weights_desc();
    desc.dynamic = CLQNN_DYNAMIC_PER_ROW;
    desc.dynamic_type = CLQNN_S8;
    expect_accepted(&desc);
    static const clqnn_type a_types[] = {CLQNN_F32, CLQNN_BF16, CLQNN_F8E4M3, CLQNN_F8E5M2};
    for (int i = 0; i < 4; i++) {
        desc = weights_desc();
        desc.a.type = a_types[i];
        expect_accepted(&desc);
    }
}

static void test_sizes(void **state)
{
    (void)state;
    static const int64_t values[] = {0, -1, K + 1, INT64_MIN, INT64_MAX};
    static const char *const texts[] = {"0", "-1", "11", "-9223372036854775808", "9223372036854775807"};
    for (int i = 0; i < 5; i++) {
        clqnn_gemm_desc desc = weights_desc();
        desc.groups.size = values[i];
        expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "groups.size is", texts[i]);
    }
    clqnn_gemm_desc desc = weights_desc();
    desc.b.type = CLQNN_F16;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "groups.size is 4", "b.type is f16");
}

static void test_types(void **state)
{
    (void)state;
    clqnn_gemm_desc desc = weights_desc();
    desc.groups.scale_type = CLQNN_S8;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "groups.scale_type", "s8");
    desc = weights_desc();
    desc.groups.zero_point_type = CLQNN_S32;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "groups.zero_point_type", "s32");
    desc = weights_desc();
    desc.b.type = CLQNN_S4;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "groups.zero_point_type", "u8");
    desc = weights_desc();
    desc.groups.offsets = offsets;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "groups.offsets", "groups.zero_points");
    desc = weights_desc();
    desc.dynamic = CLQNN_DYNAMIC_PER_TENSOR;
    expect_refused(&desc, CLQNN_UNSUPPORTED, "dynamic is", "1");
    desc.dynamic = CLQNN_DYNAMIC_PER_ROW;
    desc.dynamic_type = CLQNN_F16;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "dynamic_type", "f16");
}

static void test_values(void **state)
{
    (void)state;
    static const float not_finite[] = {NAN, INFINITY, -INFINITY};
    for (int i = 0; i < 3; i++) {
        clqnn_gemm_desc desc = weights_desc();
        scales[7] = not_finite[i];
        expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "groups.scales[7]", "finite");
        desc = weights_desc();
        desc.groups.zero_points = float_zeros;
        desc.groups.zero_point_type = CLQNN_F32;
        float_zeros[14] = not_finite[i];
        expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "groups.zero_points[14]", "finite");
        desc = weights_desc();
        desc.groups.zero_points = NULL;
        desc.groups.offsets = offsets;
        offsets[0] = not_finite[i];
        expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "groups.offsets[0]", "finite");
    }
    static const uint16_t halves[] = {0x7c00, 0xfc00, 0x7e00, 0xfc01};
    static uint16_t half_scales[GROUPS * N];
    for (int i = 0; i < 4; i++) {
        clqnn_gemm_desc desc = weights_desc();
        desc.groups.scales = half_scales;
        desc.groups.scale_type = CLQNN_F16;
        half_scales[3] = halves[i];
        expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "groups.scales[3]", "finite");
    }
    clqnn_gemm_desc desc = weights_desc();
    zeros[9] = 16;
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "groups.zero_points[9] is 16", "0..15");
    desc = weights_desc();
    desc.b.type = CLQNN_S4;
    desc.groups.zero_point_type = CLQNN_S8;
    memset(zeros, 0, sizeof zeros);
    zeros[2] = 0xf7; /* -9 */
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "groups.zero_points[2] is -9", "-8..7");
    desc = weights_desc();
    desc.groups.scales = NULL;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "groups.scales is NULL", NULL);
}

static void test_index(void **state)
{
    (void)state;
    clqnn_gemm_desc desc = weights_desc();
    rows[4] = -1;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "groups.index[4] is -1", "0..2");
    desc = weights_desc();
    rows[9] = 3;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "groups.index[9] is 3", "0..2");
    desc = weights_desc();
    for (int k = 0; k < K; k++) rows[k] = k % GROUPS; /* 4, 3, 3 rows */
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "group 1 3 times", "must be 4");
}

static void test_matrices(void **state)
{
    (void)state;
    clqnn_gemm_desc desc = weights_desc();
    desc.b_data = NULL;
    clqnn_gemm *gemm = NULL;
    assert_int_equal(clqnn_gemm_create(fixture_context(), &desc, &gemm), CLQNN_UNSUPPORTED);
    assert_null(gemm);
    expect_message("b_data", "constant");
    desc = weights_desc();
    desc.b.leading_dimension = N + 1;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "b.leading_dimension is 6", "5");
    desc.b.type = CLQNN_U8;
    expect_accepted(&desc);
    desc = weights_desc();
    desc.batch[0] = 2;
    expect_refused(&desc, CLQNN_UNSUPPORTED, "b.batch_stride[0]", "CLQNN_BROADCAST");
    static const float column_scale = 2.0f;
    desc = weights_desc();
    desc.b.quantization = (clqnn_quantization){.scales = &column_scale, .scale_count = 1};
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "b.quantization", "groups");
}

/* Packed weights bring their groups with them. */
static void test_packed_weights(void **state)
{
    (void)state;
    clqnn_gemm_desc desc = weights_desc();
    clqnn_gemm_weights *weights = NULL;
    assert_int_equal(clqnn_gemm_pack(fixture_context(), &desc, &weights), CLQNN_OK);
    desc.b_data = NULL;
    desc.weights = weights;
    desc.groups = (clqnn_groups){0};
    desc.b = (clqnn_gemm_operand){0};
    clqnn_gemm *gemm = NULL;
    assert_int_equal(clqnn_gemm_create(fixture_context(), &desc, &gemm), CLQNN_OK);
    clqnn_gemm_destroy(gemm);
    desc.groups.size = 5;
    assert_int_equal(clqnn_gemm_create(fixture_context(), &desc, &gemm), CLQNN_INVALID_ARGUMENT);
    expect_message("groups.size is 5", "4");
    clqnn_gemm_weights_release(weights);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_right_is_accepted), cmocka_unit_test(test_sizes),    cmocka_unit_test(test_types),         cmocka_unit_test(test_values),
        cmocka_unit_test(test_index),                     cmocka_unit_test(test_matrices), cmocka_unit_test(test_packed_weights),
    };
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failed;
}
