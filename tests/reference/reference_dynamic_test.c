/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn_reference_gemm with a float a: the range's extent, both types, both sources, worked by hand. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/reference.h"

static clqnn_gemm_desc describe(int64_t m, int64_t n, int64_t k, clqnn_dynamic dynamic, clqnn_type type)
{
    return (clqnn_gemm_desc){.struct_size = sizeof(clqnn_gemm_desc), .m = m, .n = n, .k = k, .a.type = CLQNN_F32, .b.type = CLQNN_S8,
                             .c.type = CLQNN_F32, .dynamic = dynamic, .dynamic_type = type};
}

static void expect_run(const clqnn_gemm_desc *desc, const void *a, const int8_t *b, const int32_t *accumulators, const float *c, size_t count)
{
    int32_t got_accumulators[8];
    float got[8];
    assert_true(count <= 8);
    assert_int_equal(clqnn_reference_gemm(desc, a, b, got, got_accumulators), CLQNN_OK);
    assert_memory_equal(got_accumulators, accumulators, count * sizeof *accumulators);
    for (size_t i = 0; i < count; i++) {
        if (got[i] != c[i]) fail_msg("element %zu: expected %a, got %a", i, (double)c[i], (double)got[i]);
    }
}

/* The ONNX example as one row times the identity. Its scale is s = 10526881 * 2^-29 and its zero point 153 (quantize_rules_test.c); what is stored is acc * s
 * to 24 bits: 102 * 10526881 = 2^30 + 38, floats there 128 apart; 153 * 10526881 = 1.5 * 2^30 + 57, also 128 apart; 127 * 10526881 = 10444639.7 * 128;
 * 68 * 10526881 = 11184811.1 * 64; 26 * 10526881 = 8553090.8 * 32. */
static void unsigned_per_tensor_is_onnx_dynamic_quantize_linear(void **state)
{
    (void)state;
    const float a[] = {0, 2, -3, -2.5f, 1.34f, 0.5f};
    int8_t identity[36] = {0};
    for (int i = 0; i < 6; i++) identity[i * 7] = 1;
    const int32_t accumulators[] = {0, 102, -153, -127, 68, 26};
    const float c[] = {0, 2, -3, -10444640 * 0x1p-22f, 11184811 * 0x1p-23f, 8553091 * 0x1p-24f};
    clqnn_gemm_desc desc = describe(1, 6, 6, CLQNN_DYNAMIC_PER_TENSOR, CLQNN_U8);
    expect_run(&desc, a, identity, accumulators, c, 6);
    desc.dynamic_type = CLQNN_TYPE_NONE; /* means u8 */
    desc.dynamic = CLQNN_DYNAMIC_PER_ROW;
    expect_run(&desc, a, identity, accumulators, c, 6);
}

/* Rows [254 -127] (scale 2: 127 and the tie -63.5 -> -64), [-127 2.5] (scale 1: -127 and the tie 2.5 -> 2) and the first again, so that each has a
 * neighbour of another range on either side. */
static const float signed_rows[] = {254, -127, -127, 2.5f, 254, -127};
static const int8_t ones[] = {1, 1};

static void signed_per_row(void **state)
{
    (void)state;
    const clqnn_gemm_desc desc = describe(3, 1, 2, CLQNN_DYNAMIC_PER_ROW, CLQNN_S8);
    expect_run(&desc, signed_rows, ones, (const int32_t[]){63, -125, 63}, (const float[]){126, -125, 126}, 3);
}

static void signed_per_tensor(void **state)
{
    (void)state;
    /* One scale, 2: the second row is -64 (from -63.5) and 1 (from 1.25). */
    const clqnn_gemm_desc desc = describe(2, 1, 2, CLQNN_DYNAMIC_PER_TENSOR, CLQNN_S8);
    expect_run(&desc, signed_rows, ones, (const int32_t[]){63, -63}, (const float[]){126, -126}, 2);
}

static void half_a_transposed_and_padded(void **state)
{
    (void)state;
    /* signed_rows as [k][m] in half with rows 3 apart; the padding, 65504, is outside of every range. 254 = 0x5bf0, -127 = 0xd7f0, 2.5 = 0x4100. */
    const uint16_t a_t[] = {0x5bf0, 0xd7f0, 0x7bff, 0xd7f0, 0x4100};
    clqnn_gemm_desc desc = describe(2, 1, 2, CLQNN_DYNAMIC_PER_ROW, CLQNN_S8);
    desc.a.type = CLQNN_F16;
    desc.a.transposed = 1;
    desc.a.leading_dimension = 3;
    expect_run(&desc, a_t, ones, (const int32_t[]){63, -125}, (const float[]){126, -125}, 2);
    desc.dynamic = CLQNN_DYNAMIC_PER_TENSOR;
    expect_run(&desc, a_t, ones, (const int32_t[]){63, -63}, (const float[]){126, -126}, 2);
}

static void per_tensor_means_one_matrix_of_the_batch(void **state)
{
    (void)state;
    /* [10 255]: scale 1, zero point 0. [-1 254]: scale 1, zero point 1. A common range would have the scale 256/255. */
    const float a[] = {10, 255, -1, 254};
    const int8_t b[] = {3};
    clqnn_gemm_desc desc = describe(2, 1, 1, CLQNN_DYNAMIC_PER_TENSOR, CLQNN_U8);
    desc.batch[1] = 2;
    desc.b.batch_stride[1] = CLQNN_BROADCAST;
    expect_run(&desc, a, b, (const int32_t[]){30, 765, -3, 762}, (const float[]){30, 765, -3, 762}, 4);
}

static void weights_parameters_bias_and_clamp(void **state)
{
    (void)state;
    /* signed_rows per row, b = [4 6] - [3 3] per column -> 1 and 3: accumulators 127-192, -127+6; times (2, 1) * 0.5; + 0.25; at least -64.5. */
    const int8_t b[] = {4, 6};
    const int32_t zb = 3;
    const float sb = 0.5f, bias = 0.25f;
    clqnn_gemm_desc desc = describe(2, 1, 2, CLQNN_DYNAMIC_PER_ROW, CLQNN_S8);
    desc.b.quantization = (clqnn_quantization){.scales = &sb, .scale_count = 1, .zero_points = &zb, .zero_point_count = 1};
    desc.bias = &bias;
    desc.bias_type = CLQNN_F32;
    expect_run(&desc, signed_rows, b, (const int32_t[]){-65, -121}, (const float[]){-64.75f, -60.25f}, 2);
    desc.has_clamp = 1;
    desc.clamp_min = -64.5f;
    desc.clamp_max = 0.0f;
    expect_run(&desc, signed_rows, b, (const int32_t[]){-65, -121}, (const float[]){-64.5f, -60.25f}, 2);

    uint16_t halves[2];
    desc.c.type = CLQNN_F16; /* -64.5 = 0xd408, -60.25 = 0xd388 */
    assert_int_equal(clqnn_reference_gemm(&desc, signed_rows, b, halves, NULL), CLQNN_OK);
    assert_memory_equal(halves, ((const uint16_t[]){0xd408, 0xd388}), sizeof halves);
}

static void nan_adds_nothing_and_empty_ranges_are_zero(void **state)
{
    (void)state;
    const float a[] = {NAN, 127, 0, -0.0f, NAN, NAN};
    const float bias = 1.5f;
    clqnn_gemm_desc desc = describe(3, 1, 2, CLQNN_DYNAMIC_PER_ROW, CLQNN_S8);
    desc.bias = &bias;
    desc.bias_type = CLQNN_F32;
    expect_run(&desc, a, ones, (const int32_t[]){127, 0, 0}, (const float[]){128.5f, 1.5f, 1.5f}, 3);
    const float wide[] = {NAN, -255, NAN, -255, NAN, -255}; /* zero point 255, as what NaN becomes */
    desc.dynamic_type = CLQNN_U8;
    expect_run(&desc, wide, ones, (const int32_t[]){-255, -255, -255}, (const float[]){-253.5f, -253.5f, -253.5f}, 3);
    desc.k = 0;
    expect_run(&desc, NULL, NULL, (const int32_t[]){0, 0, 0}, (const float[]){1.5f, 1.5f, 1.5f}, 3);
}

static void an_infinite_value_makes_its_row_nan(void **state)
{
    (void)state;
    const float a[] = {INFINITY, 1, 254, 0};
    float c[2];
    int32_t accumulators[2];
    clqnn_gemm_desc desc = describe(2, 1, 2, CLQNN_DYNAMIC_PER_ROW, CLQNN_S8);
    desc.has_clamp = 1; /* a clamp does not hide it */
    desc.clamp_max = 1000.0f;
    assert_int_equal(clqnn_reference_gemm(&desc, a, ones, c, accumulators), CLQNN_OK);
    assert_true(isnan(c[0]));
    assert_int_equal(accumulators[0], 0);
    assert_true(c[1] == 254.0f);
}

static void integer_outputs_are_refused(void **state)
{
    (void)state;
    int32_t c[2];
    clqnn_gemm_desc desc = describe(2, 1, 2, CLQNN_DYNAMIC_PER_ROW, CLQNN_S8);
    desc.c.type = CLQNN_S32;
    assert_int_equal(clqnn_reference_gemm(&desc, signed_rows, ones, c, NULL), CLQNN_INVALID_ARGUMENT);
    desc.c.type = CLQNN_F32;
    desc.a.type = CLQNN_U8;
    assert_int_equal(clqnn_reference_gemm(&desc, signed_rows, ones, c, NULL), CLQNN_INVALID_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unsigned_per_tensor_is_onnx_dynamic_quantize_linear),
        cmocka_unit_test(signed_per_row),
        cmocka_unit_test(signed_per_tensor),
        cmocka_unit_test(half_a_transposed_and_padded),
        cmocka_unit_test(per_tensor_means_one_matrix_of_the_batch),
        cmocka_unit_test(weights_parameters_bias_and_clamp),
        cmocka_unit_test(nan_adds_nothing_and_empty_ranges_are_zero),
        cmocka_unit_test(an_infinite_value_makes_its_row_nan),
        cmocka_unit_test(integer_outputs_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
