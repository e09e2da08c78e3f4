/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn_reference_gemm on dense matrices worked by hand: types, zero points, bias, every epilogue, overflow, empty shapes. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/reference.h"

static clqnn_gemm_desc describe(int64_t m, int64_t n, int64_t k, clqnn_type a, clqnn_type b, clqnn_type c)
{
    return (clqnn_gemm_desc){.struct_size = sizeof(clqnn_gemm_desc), .m = m, .n = n, .k = k, .a.type = a, .b.type = b, .c.type = c};
}

/* a of u8 [1 2 3; 4 5 6] times b of s8 [1 -1; 2 0; -3 4] is [-4 11; -4 20]. */
static const uint8_t small_a[] = {1, 2, 3, 4, 5, 6};
static const int8_t small_b[] = {1, -1, 2, 0, -3, 4};

static void integer_product(void **state)
{
    (void)state;
    const clqnn_gemm_desc desc = describe(2, 2, 3, CLQNN_U8, CLQNN_S8, CLQNN_S32);
    int32_t c[4];
    assert_int_equal(clqnn_reference_gemm(&desc, small_a, small_b, c, NULL), CLQNN_OK);
    const int32_t expected[] = {-4, 11, -4, 20};
    assert_memory_equal(c, expected, sizeof c);
}

static void zero_points_per_row_and_column_and_bias(void **state)
{
    (void)state;
    /* a - za = [0 1 2; 2 3 4], b - zb = [0 0; 1 1; -4 5]: products [-7 11; -13 23]. */
    const int32_t row_points[] = {1, 2}, column_points[] = {1, -1}, bias[] = {100, -50};
    clqnn_gemm_desc desc = describe(2, 2, 3, CLQNN_U8, CLQNN_S8, CLQNN_S32);
    desc.a.quantization = (clqnn_quantization){.zero_points = row_points, .zero_point_count = 2};
    desc.b.quantization = (clqnn_quantization){.zero_points = column_points, .zero_point_count = 2};
    desc.bias = bias;
    desc.bias_type = CLQNN_S32;
    desc.b_data = small_b;
    int32_t c[4], accumulators[4];
    assert_int_equal(clqnn_reference_gemm(&desc, small_a, NULL, c, accumulators), CLQNN_OK);
    const int32_t expected[] = {93, -39, 87, -27};
    assert_memory_equal(c, expected, sizeof c);
    assert_memory_equal(accumulators, expected, sizeof c);

    /* One value each, 1 for a and 1 for b: [0 1 2; 3 4 5] times [0 -2; 1 -1; -4 3] = [-7 5; -16 5]. */
    desc.a.quantization.zero_point_count = 1;
    desc.b.quantization.zero_point_count = 1;
    assert_int_equal(clqnn_reference_gemm(&desc, small_a, NULL, c, NULL), CLQNN_OK);
    const int32_t expected_single[] = {93, -45, 84, -45};
    assert_memory_equal(c, expected_single, sizeof c);
}

static int32_t dot2(clqnn_type a_type, const void *a, int32_t za, clqnn_type b_type, const void *b, int32_t zb)
{
    clqnn_gemm_desc desc = describe(1, 1, 2, a_type, b_type, CLQNN_S32);
    desc.a.quantization = (clqnn_quantization){.zero_points = &za, .zero_point_count = 1};
    desc.b.quantization = (clqnn_quantization){.zero_points = &zb, .zero_point_count = 1};
    int32_t c = 0;
    assert_int_equal(clqnn_reference_gemm(&desc, a, b, &c, NULL), CLQNN_OK);
    return c;
}

static void four_type_mixes_at_their_extremes(void **state)
{
    (void)state;
    const uint8_t full[] = {255, 255}, high_low[] = {255, 2}, zeros[] = {0, 0}, rising[] = {0, 255};
    const int8_t ends[] = {-128, 127}, lowest[] = {-128, -128};
    assert_int_equal(dot2(CLQNN_U8, full, 0, CLQNN_U8, full, 0), 130050);
    assert_int_equal(dot2(CLQNN_S8, ends, 0, CLQNN_S8, lowest, 0), 128);
    assert_int_equal(dot2(CLQNN_U8, high_low, 0, CLQNN_S8, ends, 0), -32386);
    assert_int_equal(dot2(CLQNN_S8, ends, 0, CLQNN_U8, high_low, 0), -32386);
    assert_int_equal(dot2(CLQNN_U8, rising, 255, CLQNN_U8, zeros, 255), 65025);
    assert_int_equal(dot2(CLQNN_S8, ends, 127, CLQNN_S8, ends, 127), 65025);
    assert_int_equal(dot2(CLQNN_S8, ends, -128, CLQNN_U8, zeros, 255), -65025);
}

/* m = 1, k = 1, a = 1: the accumulators are b's row. */
static void requantize_row(clqnn_gemm_desc *desc, const int8_t *b, int64_t n, void *c)
{
    static const uint8_t one = 1;
    desc->m = 1;
    desc->n = n;
    desc->k = 1;
    assert_int_equal(clqnn_reference_gemm(desc, &one, b, c, NULL), CLQNN_OK);
}

static void float_even_multiplier_is_sa_sb_then_sc(void **state)
{
    (void)state;
    /* (885.5 * 1) / 7 is the tie 126.5; with 1/7 rounded first the product lies above it (see quantize_rules_test.c). */
    float sa = 885.5f, sb = 1.0f, sc = 7.0f;
    clqnn_gemm_desc desc = describe(0, 0, 0, CLQNN_U8, CLQNN_S8, CLQNN_S8);
    desc.a.quantization = (clqnn_quantization){.scales = &sa, .scale_count = 1};
    desc.b.quantization = (clqnn_quantization){.scales = &sb, .scale_count = 1};
    desc.c.quantization = (clqnn_quantization){.scales = &sc, .scale_count = 1};
    const int8_t b[] = {1, -1};
    int8_t c[2];
    requantize_row(&desc, b, 2, c);
    assert_int_equal(c[0], 126);
    assert_int_equal(c[1], -126);
    sa = 1.0f;
    sb = 885.5f;
    requantize_row(&desc, b, 2, c);
    assert_int_equal(c[0], 126);
    /* (32890 + 2^-8)(1 - 2^-24) is 0.498 of 2^-8 above 32890, rounds to it, and 32890 / 260 is the tie 126.5; unrounded, the quotient is 7.5e-6 above
     * it, nearest to the next float. */
    sa = 32890.00390625f;
    sb = 0x1.fffffep-1f;
    sc = 260.0f;
    requantize_row(&desc, b, 2, c);
    assert_int_equal(c[0], 126);
}

static void float_even_scales_per_row_and_column(void **state)
{
    (void)state;
    /* Accumulators [-4 11; -4 20]; m = [1 0.5] x [1 0.25] / 0.5 = [2 0.5; 1 0.25]: -8, 5.5 -> 6, -4, 5; + 10. */
    const float row_scales[] = {1.0f, 0.5f}, column_scales[] = {1.0f, 0.25f}, sc = 0.5f;
    const int32_t zc = 10;
    clqnn_gemm_desc desc = describe(2, 2, 3, CLQNN_U8, CLQNN_S8, CLQNN_U8);
    desc.a.quantization = (clqnn_quantization){.scales = row_scales, .scale_count = 2};
    desc.b.quantization = (clqnn_quantization){.scales = column_scales, .scale_count = 2};
    desc.c.quantization = (clqnn_quantization){.scales = &sc, .scale_count = 1, .zero_points = &zc, .zero_point_count = 1};
    uint8_t c[4];
    assert_int_equal(clqnn_reference_gemm(&desc, small_a, small_b, c, NULL), CLQNN_OK);
    const uint8_t expected[] = {2, 16, 6, 15};
    assert_memory_equal(c, expected, sizeof c);
}

static void fixed_rules_per_tensor_and_per_column(void **state)
{
    (void)state;
    const float ignored = 100.0f;
    const int32_t multipliers[] = {1 << 30, 1 << 30, 1 << 30, 1 << 30}, shifts[] = {0, -1, -1, 1};
    const int8_t b[] = {5, -10, 10, -5};
    int8_t c[4];
    clqnn_gemm_desc desc = describe(0, 0, 0, CLQNN_U8, CLQNN_S8, CLQNN_S8);
    desc.a.quantization = (clqnn_quantization){.scales = &ignored, .scale_count = 1};
    desc.multipliers = multipliers;
    desc.shifts = shifts;
    desc.fixed_count = 4;
    desc.rounding = CLQNN_FIXED_DOUBLE;
    requantize_row(&desc, b, 4, c);
    assert_memory_equal(c, ((const int8_t[]){3, -3, 3, -5}), 4);
    desc.rounding = CLQNN_FIXED_SINGLE;
    requantize_row(&desc, b, 4, c);
    assert_memory_equal(c, ((const int8_t[]){3, -2, 3, -5}), 4);
    desc.fixed_count = 1;
    requantize_row(&desc, b, 4, c);
    assert_memory_equal(c, ((const int8_t[]){3, -5, 5, -2}), 4); /* halves at once: -2.5 goes to -2 */
}

static void clamp_of_8bit_outputs_is_in_quantized_units(void **state)
{
    (void)state;
    const int8_t b[] = {-128, -6, 3, 120};
    const int32_t zero_point = 100;
    uint8_t c[4];
    clqnn_gemm_desc desc = describe(0, 0, 0, CLQNN_U8, CLQNN_S8, CLQNN_U8);
    desc.c.quantization = (clqnn_quantization){.zero_points = &zero_point, .zero_point_count = 1};
    requantize_row(&desc, b, 4, c);
    assert_memory_equal(c, ((const uint8_t[]){0, 94, 103, 220}), 4);
    desc.has_clamp = 1;
    desc.clamp_min = 100;
    desc.clamp_max = 200;
    requantize_row(&desc, b, 4, c);
    assert_memory_equal(c, ((const uint8_t[]){100, 100, 103, 200}), 4);
    desc.clamp_min = 93.5f; /* the integers within 93.5 .. 102.5 */
    desc.clamp_max = 102.5f;
    requantize_row(&desc, b, 4, c);
    assert_memory_equal(c, ((const uint8_t[]){94, 94, 102, 102}), 4);
    desc.clamp_min = -INFINITY;
    desc.clamp_max = 1e30f;
    requantize_row(&desc, b, 4, c);
    assert_memory_equal(c, ((const uint8_t[]){0, 94, 103, 220}), 4);
    desc.clamp_min = 255.5f;
    assert_int_equal(clqnn_reference_gemm(&desc, b, b, c, NULL), CLQNN_INVALID_ARGUMENT);
}

static void float_output_rounds_each_operation(void **state)
{
    (void)state;
    /* acc = 241 * 17 = 4097 and the scale is 4097/4096: the product 16785409/4096 is a tie between 16785408 and 16785410, whose half is even for the first:
     * 4098. Less 4098 is 0; one fused operation would leave 2^-12. */
    const uint8_t a = 241, b = 17;
    const float sa = 0x1.001p0f, bias = -4098.0f;
    float c = -1.0f;
    clqnn_gemm_desc desc = describe(1, 1, 1, CLQNN_U8, CLQNN_U8, CLQNN_F32);
    desc.a.quantization = (clqnn_quantization){.scales = &sa, .scale_count = 1};
    desc.bias = &bias;
    desc.bias_type = CLQNN_F32;
    assert_int_equal(clqnn_reference_gemm(&desc, &a, &b, &c, NULL), CLQNN_OK);
    assert_true(c == 0.0f);
    /* sa * sb first: 2^126 * 2^-126 = 1, where acc * sa would be infinite. */
    const float large = 0x1p126f, small = 0x1p-126f;
    desc.a.quantization.scales = &large;
    desc.b.quantization = (clqnn_quantization){.scales = &small, .scale_count = 1};
    assert_int_equal(clqnn_reference_gemm(&desc, &a, &b, &c, NULL), CLQNN_OK);
    assert_true(c == -1.0f);
}

static void float_output_with_integer_bias_scales_and_clamp(void **state)
{
    (void)state;
    const float row_scales[] = {2.0f, 0.5f}, column_scales[] = {1.0f, 0.25f};
    const int32_t bias[] = {1, -1};
    float c[4];
    int32_t accumulators[4];
    clqnn_gemm_desc desc = describe(2, 2, 3, CLQNN_U8, CLQNN_S8, CLQNN_F32);
    desc.a.quantization = (clqnn_quantization){.scales = row_scales, .scale_count = 2};
    desc.b.quantization = (clqnn_quantization){.scales = column_scales, .scale_count = 2};
    desc.bias = bias;
    desc.bias_type = CLQNN_S32;
    assert_int_equal(clqnn_reference_gemm(&desc, small_a, small_b, c, accumulators), CLQNN_OK);
    assert_memory_equal(accumulators, ((const int32_t[]){-3, 10, -3, 19}), sizeof accumulators);
    assert_memory_equal(c, ((const float[]){-6.0f, 5.0f, -1.5f, 2.375f}), sizeof c);
    desc.has_clamp = 1;
    desc.clamp_min = -1.75f;
    desc.clamp_max = 2.5f;
    assert_int_equal(clqnn_reference_gemm(&desc, small_a, small_b, c, NULL), CLQNN_OK);
    assert_memory_equal(c, ((const float[]){-1.75f, 2.5f, -1.5f, 2.375f}), sizeof c);
}

static void half_output_rounds_once_at_the_store(void **state)
{
    (void)state;
    /* bias: the accumulators 2049 (tie), 2051 (tie), 70000 (beyond the halves). */
    const int32_t bias[] = {2049, 2051, 70000};
    uint16_t c[3];
    clqnn_gemm_desc desc = describe(1, 3, 0, CLQNN_U8, CLQNN_U8, CLQNN_F16);
    desc.bias = bias;
    desc.bias_type = CLQNN_S32;
    assert_int_equal(clqnn_reference_gemm(&desc, NULL, NULL, c, NULL), CLQNN_OK);
    assert_memory_equal(c, ((const uint16_t[]){0x6800, 0x6802, 0x7c00}), sizeof c);
    desc.has_clamp = 1;
    desc.clamp_min = 2049.5f; /* the float clamp comes first: 2049.5 -> 2050 */
    desc.clamp_max = 65519.0f;
    assert_int_equal(clqnn_reference_gemm(&desc, NULL, NULL, c, NULL), CLQNN_OK);
    assert_memory_equal(c, ((const uint16_t[]){0x6801, 0x6802, 0x7bff}), sizeof c);
}

static clqnn_status long_dot(int64_t k, int fill_b, int32_t zb, int32_t bias, int32_t *c)
{
    clqnn_gemm_desc desc = describe(1, 1, k, CLQNN_U8, CLQNN_U8, CLQNN_S32);
    desc.b.quantization = (clqnn_quantization){.zero_points = &zb, .zero_point_count = 1};
    desc.bias = &bias;
    desc.bias_type = CLQNN_S32;
    uint8_t *a = malloc((size_t)k), *b = malloc((size_t)k);
    assert_non_null(a);
    assert_non_null(b);
    memset(a, 255, (size_t)k);
    memset(b, fill_b, (size_t)k);
    const clqnn_status status = clqnn_reference_gemm(&desc, a, b, c, NULL);
    free(a);
    free(b);
    return status;
}

static void overflow_is_found_at_the_exact_bound(void **state)
{
    (void)state;
    /* 33025 * 65025 = 2147450625, 33022 below 2^31 - 1; one product more is above it. */
    int32_t c = 0;
    assert_int_equal(long_dot(33025, 255, 0, 33022, &c), CLQNN_OK);
    assert_int_equal(c, INT32_MAX);
    assert_int_equal(long_dot(33025, 255, 0, 33023, &c), CLQNN_OVERFLOW);
    assert_int_equal(long_dot(33026, 255, 0, 0, &c), CLQNN_OVERFLOW);
    assert_int_equal(long_dot(33026, 255, 0, -32003, &c), CLQNN_OK); /* only the sum with its bias counts */
    assert_int_equal(c, INT32_MAX);
    assert_int_equal(long_dot(33025, 0, 255, -33023, &c), CLQNN_OK);
    assert_int_equal(c, INT32_MIN);
    assert_int_equal(long_dot(33025, 0, 255, -33024, &c), CLQNN_OVERFLOW);
}

static void empty_shapes(void **state)
{
    (void)state;
    clqnn_gemm_desc desc = describe(0, 3, 5, CLQNN_U8, CLQNN_S8, CLQNN_S32);
    int32_t c[4] = {7, 7, 7, 7};
    assert_int_equal(clqnn_reference_gemm(&desc, NULL, NULL, NULL, NULL), CLQNN_OK);
    desc.m = 3;
    desc.n = 0;
    assert_int_equal(clqnn_reference_gemm(&desc, NULL, NULL, c, c), CLQNN_OK);
    assert_int_equal(c[0], 7);
    /* k = 0: the bias, or 0. */
    const int32_t bias[] = {5, -6};
    desc = describe(2, 2, 0, CLQNN_U8, CLQNN_S8, CLQNN_S32);
    desc.bias = bias;
    desc.bias_type = CLQNN_S32;
    assert_int_equal(clqnn_reference_gemm(&desc, NULL, NULL, c, NULL), CLQNN_OK);
    assert_memory_equal(c, ((const int32_t[]){5, -6, 5, -6}), sizeof c);
    desc.bias = NULL;
    assert_int_equal(clqnn_reference_gemm(&desc, NULL, NULL, c, NULL), CLQNN_OK);
    assert_memory_equal(c, ((const int32_t[]){0, 0, 0, 0}), sizeof c);
}

static void what_has_no_meaning_is_refused(void **state)
{
    (void)state;
    int32_t c[4];
    const clqnn_gemm_desc good = describe(2, 2, 3, CLQNN_U8, CLQNN_S8, CLQNN_S32);
    clqnn_gemm_desc desc = good;
    assert_int_equal(clqnn_reference_gemm(NULL, small_a, small_b, c, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_reference_gemm(&desc, NULL, small_b, c, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_reference_gemm(&desc, small_a, NULL, c, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_reference_gemm(&desc, small_a, small_b, NULL, NULL), CLQNN_INVALID_ARGUMENT);
    desc.struct_size = 0;
    assert_int_equal(clqnn_reference_gemm(&desc, small_a, small_b, c, NULL), CLQNN_INVALID_ARGUMENT);
    desc = good;
    desc.a.type = CLQNN_F32;
    assert_int_equal(clqnn_reference_gemm(&desc, small_a, small_b, c, NULL), CLQNN_INVALID_ARGUMENT);
    desc = good;
    desc.k = -1;
    assert_int_equal(clqnn_reference_gemm(&desc, small_a, small_b, c, NULL), CLQNN_INVALID_SHAPE);
    desc = good;
    desc.b.quantization.zero_point_count = 2;
    assert_int_equal(clqnn_reference_gemm(&desc, small_a, small_b, c, NULL), CLQNN_INVALID_QUANTIZATION);
    desc = good;
    desc.bias = c;
    desc.bias_type = CLQNN_F32;
    assert_int_equal(clqnn_reference_gemm(&desc, small_a, small_b, c, NULL), CLQNN_INVALID_ARGUMENT);
    desc = good;
    desc.c.type = CLQNN_S8;
    desc.rounding = CLQNN_FIXED_SINGLE;
    assert_int_equal(clqnn_reference_gemm(&desc, small_a, small_b, c, NULL), CLQNN_INVALID_QUANTIZATION);
    const int32_t multiplier = 1 << 30, shift = 31;
    desc.multipliers = &multiplier;
    desc.shifts = &shift;
    desc.fixed_count = 1;
    assert_int_equal(clqnn_reference_gemm(&desc, small_a, small_b, c, NULL), CLQNN_INVALID_QUANTIZATION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integer_product),
        cmocka_unit_test(zero_points_per_row_and_column_and_bias),
        cmocka_unit_test(four_type_mixes_at_their_extremes),
        cmocka_unit_test(float_even_multiplier_is_sa_sb_then_sc),
        cmocka_unit_test(float_even_scales_per_row_and_column),
        cmocka_unit_test(fixed_rules_per_tensor_and_per_column),
        cmocka_unit_test(clamp_of_8bit_outputs_is_in_quantized_units),
        cmocka_unit_test(float_output_rounds_each_operation),
        cmocka_unit_test(float_output_with_integer_bias_scales_and_clamp),
        cmocka_unit_test(half_output_rounds_once_at_the_store),
        cmocka_unit_test(overflow_is_found_at_the_exact_bound),
        cmocka_unit_test(empty_shapes),
        cmocka_unit_test(what_has_no_meaning_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
