/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptors of products of bits that mean nothing: each is refused with a status and a message that names field and value. */
#include <math.h>
#include <string.h>

#include "gemm_fixture.h"

enum { N = 5 };

static const uint32_t words[N * 2 * 8];

/* pu2 x ps2 -> u8, 3 x 5 x 40. */
static clqnn_gemm_desc levels(void)
{
    return (clqnn_gemm_desc){.struct_size = sizeof(clqnn_gemm_desc), .m = 3, .n = N, .k = 40, .a = {.type = CLQNN_PU2}, .b = {.type = CLQNN_PS2, .transposed = 1},
                             .c = {.type = CLQNN_U8}, .b_data = words};
}

/* b1 x b1 -> b1 with a threshold and a direction a column. */
static clqnn_gemm_desc signs(void)
{
    static const int32_t thresholds[N] = {1, -2, 3, 0, 5}, directions[N] = {1, -1, 1, -1, 1};
    clqnn_gemm_desc desc = levels();
    desc.a.type = desc.b.type = desc.c.type = CLQNN_B1;
    desc.thresholds = thresholds;
    desc.directions = directions;
    desc.threshold_count = N;
    return desc;
}

/* b1 x b1 -> f32 with everything. */
static clqnn_gemm_desc reals(void)
{
    static const float bias[N] = {1, 2, 3, 4, 5};
    clqnn_gemm_desc desc = levels();
    desc.a.type = desc.b.type = CLQNN_B1;
    desc.c.type = CLQNN_F32;
    desc.residual.type = CLQNN_F16;
    desc.has_row_scales = 1;
    desc.bias = bias;
    desc.bias_type = CLQNN_F32;
    return desc;
}

static void test_what_is_right_is_accepted(void **state)
{
    (void)state;
    const clqnn_gemm_desc all[] = {levels(), signs(), reals()};
    for (size_t i = 0; i < 3; i++) {
        clqnn_gemm_desc each_call = all[i];
        each_call.b_data = NULL;
        expect_accepted(&all[i]);
        expect_accepted(&each_call);
    }
}

static void test_types(void **state)
{
    (void)state;
    static const clqnn_type not_planes[] = {CLQNN_TYPE_NONE, CLQNN_S8, CLQNN_F32, CLQNN_S4, (clqnn_type)20, (clqnn_type)32, (clqnn_type)41, (clqnn_type)49, (clqnn_type)57, (clqnn_type)64,
                                            (clqnn_type)73, (clqnn_type)-1};
    static const clqnn_type not_c[] = {CLQNN_TYPE_NONE, CLQNN_T2, CLQNN_PO1, CLQNN_PO8, CLQNN_S16, CLQNN_BF16, CLQNN_U4, (clqnn_type)32, (clqnn_type)73, (clqnn_type)-1};
    for (size_t i = 0; i < sizeof not_planes / sizeof *not_planes; i++) {
        clqnn_gemm_desc desc = levels();
        desc.b.type = not_planes[i];
        expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "b.type", "b1, t2, pu1..pu8, ps2..ps8 or po1..po8");
    }
    for (size_t i = 0; i < sizeof not_c / sizeof *not_c; i++) {
        clqnn_gemm_desc desc = levels();
        desc.c.type = not_c[i];
        expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "c.type", "s32, f32, f16, s8, u8, b1, pu1..pu8 or ps2..ps8");
    }
    static const clqnn_type not_residual[] = {CLQNN_BF16, CLQNN_U8, CLQNN_B1, (clqnn_type)99};
    for (size_t i = 0; i < sizeof not_residual / sizeof *not_residual; i++) {
        clqnn_gemm_desc desc = reals();
        desc.residual.type = not_residual[i];
        expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "residual.type", NULL);
    }
}

static void test_rows_of_words(void **state)
{
    (void)state;
    clqnn_gemm_desc desc = levels();
    desc.a.leading_dimension = 48;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "a.leading_dimension is 48", "multiple of 32 for pu2");
    desc.a.leading_dimension = 32; /* does not cover k */
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "a.leading_dimension is 32", "at least 64");
    desc.a.leading_dimension = -32;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "a.leading_dimension is -32", NULL);
    desc = levels();
    desc.b.leading_dimension = 65;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "b.leading_dimension is 65", "ps2");
    desc = levels();
    desc.batch[0] = 2;
    desc.b_data = NULL;
    desc.a.batch_stride[0] = 100;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "a.batch_stride[0] is 100", "multiple of 32");
    desc.a.batch_stride[0] = -2;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "a.batch_stride[0] is -2", NULL);
    desc = signs();
    desc.c.leading_dimension = 40;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "c.leading_dimension is 40", "b1");
    desc.c.leading_dimension = 32;
    expect_accepted(&desc);
    desc = levels();
    desc.c.leading_dimension = 6; /* bytes have no words */
    expect_accepted(&desc);
    desc.a.transposed = 1;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "a.transposed is 1", "must be 0");
    desc = levels();
    desc.b.transposed = 0;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "b.transposed is 0", "must be 1");
    desc.b.transposed = 2;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "b.transposed is 2", NULL);
    desc = levels();
    desc.c.transposed = 1;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "c.transposed is 1", NULL);
    desc = levels();
    desc.k = INT64_C(1) << 31;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "k is 2147483648", NULL);
    desc.m = desc.n = desc.k = INT32_MAX;
    desc.a.type = desc.b.type = CLQNN_B1;
    desc.b_data = NULL;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "a is too large", NULL);
    desc.n = desc.k = 3;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "a", "allocation"); /* beyond the device's largest allocation */
}

static void test_quantizations(void **state)
{
    (void)state;
    static const int32_t zero[] = {0, 0}, four[] = {4}, minus_three[N] = {0, 1, -3, 0, 0};
    static const float one[] = {1.0f, 1.0f}, bad[] = {NAN}, negative[] = {-1.0f};
    static const clqnn_type without[] = {CLQNN_B1, CLQNN_T2, CLQNN_PO3};
    for (size_t i = 0; i < 3; i++) {
        clqnn_gemm_desc desc = levels();
        desc.a.type = without[i];
        desc.a.quantization = (clqnn_quantization){.zero_points = zero, .zero_point_count = 1};
        expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "a.quantization has zero points", clqnn_type_name(without[i]));
        desc = levels();
        desc.b.type = without[i];
        desc.b.quantization = (clqnn_quantization){.zero_points = zero, .zero_point_count = 1};
        expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "b.quantization has zero points", clqnn_type_name(without[i]));
    }
    clqnn_gemm_desc desc = levels();
    desc.a.quantization = (clqnn_quantization){.zero_points = four, .zero_point_count = 1};
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "a.quantization.zero_points[0] is 4", "0..3 for pu2");
    desc = levels();
    desc.b.quantization = (clqnn_quantization){.zero_points = minus_three, .zero_point_count = N};
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "b.quantization.zero_points[2] is -3", "-2..1 for ps2");
    desc = levels();
    desc.a.quantization = (clqnn_quantization){.scales = one, .scale_count = 2};
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "a.quantization.scale_count is 2", NULL);
    desc.a.quantization = (clqnn_quantization){.scales = bad, .scale_count = 1};
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "a.quantization.scales[0]", "nan");
    desc.a.quantization.scales = negative;
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "a.quantization.scales[0]", "-1");
    desc = reals();
    desc.c.quantization = (clqnn_quantization){.scales = one, .scale_count = 1};
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "c.quantization", "f32");
    desc = signs();
    desc.c.quantization = (clqnn_quantization){.scales = one, .scale_count = 1};
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "c.quantization", "b1");
    desc = levels();
    desc.c.type = CLQNN_PU2;
    desc.c.quantization = (clqnn_quantization){.zero_points = four, .zero_point_count = 1};
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "c.quantization.zero_points[0] is 4", "pu2");
}

static void test_thresholds(void **state)
{
    (void)state;
    static const int32_t wrong[N] = {1, -1, 0, 1, 1};
    clqnn_gemm_desc desc = signs();
    desc.directions = wrong;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "directions[2] is 0", "1 or -1");
    desc = signs();
    desc.thresholds = NULL;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "thresholds is NULL", "b1");
    desc = signs();
    desc.threshold_count = 0;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "threshold_count is 0", "must be 1 or n = 5");
    desc.threshold_count = 4;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "threshold_count is 4", NULL);
    desc = signs();
    desc.c.type = CLQNN_S32;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "threshold_count is 5", "s32");
    desc.threshold_count = 0;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "thresholds are given", "s32");
    desc.thresholds = NULL;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "directions are given", "s32");
    /* Of products of other numbers. */
    desc = fixture_desc();
    desc.thresholds = wrong;
    desc.threshold_count = 1;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "threshold_count is 1", "u8");
    desc = fixture_desc();
    desc.has_row_scales = 1;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "has_row_scales is 1", "u8");
    desc = fixture_desc();
    desc.a.type = desc.b.type = desc.c.type = CLQNN_F32;
    desc.b_data = NULL;
    desc.has_row_scales = 1;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "has_row_scales is 1", "f32");
    desc = fixture_desc();
    desc.c.type = CLQNN_B1;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "c.type is b1", "s8, u8, s32, f32 or f16");
}

/* What a type of c can't have. */
static void test_epilogues(void **state)
{
    (void)state;
    static const clqnn_type whole[] = {CLQNN_S32, CLQNN_U8, CLQNN_PS3};
    static const float bias[N] = {0};
    static const int32_t multipliers[N] = {1, 2, 3, 4, -5}, shifts[N] = {0, 0, 0, 31, 0};
    for (size_t i = 0; i < 3; i++) {
        clqnn_gemm_desc desc = reals();
        desc.c.type = whole[i];
        expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "has_row_scales is 1", clqnn_type_name(whole[i]));
        desc.has_row_scales = 0;
        expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "residual.type is f16", clqnn_type_name(whole[i]));
        desc.residual.type = CLQNN_TYPE_NONE;
        expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "bias_type is f32", NULL);
    }
    clqnn_gemm_desc desc = signs();
    desc.has_row_scales = 1;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "has_row_scales is 1", "b1");
    desc = signs();
    desc.has_clamp = 1;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "has_clamp is 1", "b1");
    desc = signs();
    desc.bias = bias;
    desc.bias_type = CLQNN_F32;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "bias_type is f32", NULL);
    desc = signs();
    desc.rounding = CLQNN_FIXED_DOUBLE;
    desc.multipliers = multipliers;
    desc.shifts = shifts;
    desc.fixed_count = N;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "rounding is a fixed-point rule", "b1");
    desc = levels();
    desc.c.type = CLQNN_PU4;
    desc.rounding = CLQNN_FIXED_SINGLE;
    desc.multipliers = multipliers;
    desc.shifts = shifts;
    desc.fixed_count = N;
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "shifts[3] is 31", NULL);
    desc.rounding = (clqnn_rounding)7;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "rounding is 7", NULL);
    desc = levels();
    desc.c.type = CLQNN_PU2;
    desc.has_clamp = 1;
    desc.clamp_min = 4.0f;
    desc.clamp_max = 9.0f;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "clamp_min is 4", "pu2");
    desc = reals();
    desc.has_clamp = 1;
    desc.clamp_min = NAN;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "clamp_min", "nan");
    desc = reals();
    desc.has_row_scales = 2;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "has_row_scales is 2", NULL);
}

static void test_what_other_products_have(void **state)
{
    (void)state;
    clqnn_gemm_desc desc = levels();
    desc.dynamic = CLQNN_DYNAMIC_PER_ROW;
    expect_refused(&desc, CLQNN_UNSUPPORTED, "dynamic is 2", "pu2");
    desc = levels();
    desc.dynamic_type = CLQNN_U8;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "dynamic_type", NULL);
    desc = levels();
    desc.groups.size = 8;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "groups.size is 8", "pu2");
    desc = levels();
    desc.activation = CLQNN_RELU;
    expect_refused(&desc, CLQNN_UNSUPPORTED, "activation is 1", NULL);
    desc = levels();
    desc.accumulation = CLQNN_ACCUMULATE_F16;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "accumulation is 1", NULL);
    desc = levels();
    desc.variant = "gemm_i8_portable";
    expect_refused(&desc, CLQNN_UNSUPPORTED, "gemm_i8_portable", "gemm_bits");
}

/* Weights of one kind of product in another. */
static void test_foreign_weights(void **state)
{
    (void)state;
    clqnn_gemm_weights *bits = NULL, *bytes = NULL;
    clqnn_gemm_desc of_bits = levels(), of_bytes = fixture_desc();
    assert_int_equal(clqnn_gemm_pack(fixture_context(), &of_bits, &bits), CLQNN_OK);
    assert_int_equal(clqnn_gemm_pack(fixture_context(), &of_bytes, &bytes), CLQNN_OK);
    of_bits.b_data = of_bytes.b_data = NULL;
    of_bits.weights = bytes;
    of_bytes.weights = bits;
    expect_refused(&of_bits, CLQNN_INVALID_ARGUMENT, "weights", "pu2");
    expect_refused(&of_bytes, CLQNN_INVALID_ARGUMENT, NULL, "u8");
    clqnn_gemm_desc right = levels();
    right.b_data = NULL;
    right.weights = bits;
    expect_accepted(&right);
    right.k = 41;
    expect_refused(&right, CLQNN_INVALID_SHAPE, "weights are k 40", "41");
    right.k = 40;
    right.b.type = CLQNN_PU2;
    expect_refused(&right, CLQNN_INVALID_ARGUMENT, "b.type", "ps2");
    right.b.type = CLQNN_PS2;
    right.b_data = words;
    expect_refused(&right, CLQNN_INVALID_ARGUMENT, "b_data and weights", NULL);
    clqnn_gemm_weights_release(bits);
    clqnn_gemm_weights_release(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_right_is_accepted),
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_rows_of_words),
        cmocka_unit_test(test_quantizations),
        cmocka_unit_test(test_thresholds),
        cmocka_unit_test(test_epilogues),
        cmocka_unit_test(test_what_other_products_have),
        cmocka_unit_test(test_foreign_weights),
    };
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failed;
}
