/* SPDX-License-Identifier: Apache-2.0 */
/* Quantization and dynamic parameters on values worked by hand. */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "clqnn/reference.h"

static void ties_go_to_even(void **state)
{
    (void)state;
    static const struct { float x, scale; int32_t zero_point, expected; } rows[] = {
        {0.5f, 1, 0, 0}, {-0.5f, 1, 0, 0}, {1.5f, 1, 0, 2}, {-1.5f, 1, 0, -2}, {2.5f, 1, 0, 2}, {-2.5f, 1, 0, -2}, {3.5f, 1, 0, 4}, {-3.5f, 1, 0, -4},
        {2.5f, 1, 1, 3}, /* the zero point after the rounding: 3.5 would give 4 */
        {0x1.400002p1f, 1, 0, 3}, {0x1.3ffffep1f, 1, 0, 2}, {10, 4, 0, 2}, {-14, 4, -3, -7},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const int32_t got = clqnn_reference_quantize(rows[i].x, rows[i].scale, rows[i].zero_point, -128, 127);
        if (got != rows[i].expected) fail_msg("row %zu: expected %d, got %d", i, rows[i].expected, got);
    }
}

/* 885.5 / 7 is the tie 126.5. binary32's 1/7 is 9586981 * 2^-26, too large by 4.5e-8 of itself, and floats near 126 are 7.6e-6 apart, so that the product
 * with it is the next float above the tie. */
static void the_division_is_a_division(void **state)
{
    (void)state;
    assert_int_equal(clqnn_reference_quantize(885.5f, 7.0f, 0, -128, 127), 126);
    assert_int_equal(clqnn_reference_quantize(-885.5f, 7.0f, 0, -128, 127), -126);
}

static void saturates_and_handles_what_is_not_finite(void **state)
{
    (void)state;
    assert_int_equal(clqnn_reference_quantize(200.0f, 1.0f, 0, -128, 127), 127);
    assert_int_equal(clqnn_reference_quantize(-200.0f, 1.0f, 0, -128, 127), -128);
    assert_int_equal(clqnn_reference_quantize(127.5f, 1.0f, 128, 0, 255), 255);
    assert_int_equal(clqnn_reference_quantize(-128.0f, 1.0f, 128, 0, 255), 0);
    assert_int_equal(clqnn_reference_quantize(1e30f, 1e-30f, 3, 0, 255), 255); /* the quotient overflows */
    assert_int_equal(clqnn_reference_quantize(-1e30f, 1e-30f, 3, 0, 255), 0);
    assert_int_equal(clqnn_reference_quantize(INFINITY, 2.0f, 3, 0, 255), 255);
    assert_int_equal(clqnn_reference_quantize(-INFINITY, 2.0f, 3, 0, 255), 0);
    assert_int_equal(clqnn_reference_quantize(NAN, 2.0f, 3, 0, 255), 3);
    assert_int_equal(clqnn_reference_quantize(-NAN, 2.0f, -7, -128, 127), -7);
    assert_int_equal(clqnn_reference_quantize(3.5e9f, 1.0f, 0, INT32_MIN, INT32_MAX), INT32_MAX);
}

static void expect_parameters(const float *x, int64_t count, clqnn_type type, float scale, int32_t zero_point)
{
    float got_scale = -1.0f;
    int32_t got_zero_point = -1;
    clqnn_reference_dynamic_parameters(x, count, type, &got_scale, &got_zero_point);
    if (got_scale != scale || got_zero_point != zero_point) {
        fail_msg("expected %a and %d, got %a and %d", (double)scale, zero_point, (double)got_scale, got_zero_point);
    }
}

static void unsigned_parameters_follow_onnx(void **state)
{
    (void)state;
    expect_parameters((const float[]){10, 255}, 2, CLQNN_U8, 1.0f, 0);       /* 0 belongs to the range */
    expect_parameters((const float[]){-255, -1}, 2, CLQNN_U8, 1.0f, 255);
    expect_parameters((const float[]){-0.5f, 254.5f}, 2, CLQNN_U8, 1.0f, 0); /* the zero point's ties go to even */
    expect_parameters((const float[]){-1.5f, 253.5f}, 2, CLQNN_U8, 1.0f, 2);
    expect_parameters((const float[]){510, 0, -0.0f}, 3, CLQNN_U8, 2.0f, 0);
    /* 508 * 2^23 / 255 = 16711423 - 1/255; with a rounded 1/255, 8421505 * 2^-31, it would be 16711423.98. */
    expect_parameters((const float[]){508}, 1, CLQNN_U8, 16711423.0f * 0x1p-23f, 0);
    /* 5 / 255 = 1/51 = 2^29/51 * 2^-29 = 10526880.63 * 2^-29. The zero point 3 / scale is 153 less 5e-6, nearest to 153. */
    expect_parameters((const float[]){0, 2, -3, -2.5f, 1.34f, 0.5f}, 6, CLQNN_U8, 10526881.0f * 0x1p-29f, 153);
}

static void onnx_example_quantizes_as_worked_by_hand(void **state)
{
    (void)state;
    static const float x[] = {0, 2, -3, -2.5f, 1.34f, 0.5f};
    /* The scale is 3.5e-8 of itself above 1/51, so -2.5 is not the tie -127.5 but one float above it, -127; 25.5 less 9.0e-7 still rounds to the
     * tie 25.5 (half a unit there is 9.5e-7), which goes to 26. */
    static const int32_t expected[] = {153, 255, 0, 26, 221, 179};
    for (size_t i = 0; i < 6; i++) assert_int_equal(clqnn_reference_quantize(x[i], 10526881.0f * 0x1p-29f, 153, 0, 255), expected[i]);
}

/* ONNX's other two examples. 4 / 255 = 2^31/255 * 2^-29 = 8421504.502 * 2^-29. No quotient x * 63.75 lies near a tie. */
static void onnx_examples_of_one_sign(void **state)
{
    (void)state;
    const float scale = 8421505.0f * 0x1p-29f;
    static const float negative[] = {-1, -2.1f, -1.3f, -2.5f, -3.34f, -4};
    static const int32_t negative_q[] = {191, 121, 172, 96, 42, 0};
    static const float positive[] = {1, 2.1f, 1.3f, 2.5f, 3.34f, 4, 1.5f, 2.6f, 3.9f, 4, 3, 2.345f};
    static const int32_t positive_q[] = {64, 134, 83, 159, 213, 255, 96, 166, 249, 255, 191, 149};
    expect_parameters(negative, 6, CLQNN_U8, scale, 255);
    expect_parameters(positive, 12, CLQNN_U8, scale, 0);
    for (size_t i = 0; i < 6; i++) assert_int_equal(clqnn_reference_quantize(negative[i], scale, 255, 0, 255), negative_q[i]);
    for (size_t i = 0; i < 12; i++) assert_int_equal(clqnn_reference_quantize(positive[i], scale, 0, 0, 255), positive_q[i]);
}

static void signed_parameters_are_symmetric(void **state)
{
    (void)state;
    expect_parameters((const float[]){-254, 127}, 2, CLQNN_S8, 2.0f, 0);
    expect_parameters((const float[]){-1, 63.5f, 2}, 3, CLQNN_S8, 0.5f, 0);
    expect_parameters((const float[]){-127}, 1, CLQNN_S8, 1.0f, 0);
}

static void degenerate_ranges(void **state)
{
    (void)state;
    static const clqnn_type types[] = {CLQNN_U8, CLQNN_S8};
    for (size_t i = 0; i < 2; i++) {
        expect_parameters(NULL, 0, types[i], 1.0f, 0);
        expect_parameters((const float[]){0, -0.0f}, 2, types[i], 1.0f, 0);
        expect_parameters((const float[]){NAN, NAN}, 2, types[i], 1.0f, 0);
        expect_parameters((const float[]){NAN, 0x1p-126f}, 2, types[i], 1.0f, 0); /* its scale is no normal number */
        expect_parameters((const float[]){-1e-40f}, 1, types[i], 1.0f, 0);
        expect_parameters((const float[]){INFINITY, -2}, 2, types[i], INFINITY, 0);
        expect_parameters((const float[]){-INFINITY, 1}, 2, types[i], INFINITY, 0);
        expect_parameters((const float[]){-INFINITY, INFINITY, NAN}, 3, types[i], INFINITY, 0);
    }
    expect_parameters((const float[]){-FLT_MAX, FLT_MAX}, 2, CLQNN_U8, INFINITY, 0);
    expect_parameters((const float[]){255 * 0x1p-126f}, 1, CLQNN_U8, 0x1p-126f, 0);
    expect_parameters((const float[]){NAN, 255, NAN}, 3, CLQNN_U8, 1.0f, 0);
    expect_parameters((const float[]){NAN, 127, NAN}, 3, CLQNN_S8, 1.0f, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ties_go_to_even),
        cmocka_unit_test(the_division_is_a_division),
        cmocka_unit_test(saturates_and_handles_what_is_not_finite),
        cmocka_unit_test(unsigned_parameters_follow_onnx),
        cmocka_unit_test(onnx_example_quantizes_as_worked_by_hand),
        cmocka_unit_test(onnx_examples_of_one_sign),
        cmocka_unit_test(signed_parameters_are_symmetric),
        cmocka_unit_test(degenerate_ranges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
