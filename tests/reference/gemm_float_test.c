/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn/reference_float.h: sums and bounds worked out by hand, weights with groups by their formula, and intervals that hold what binary32 computes while
 * they stay narrow. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/reference.h"
#include "clqnn/reference_float.h"

#define UNIT 0x1p-24

static void expect_near(double got, double wanted, double relative)
{
    if (!(fabs(got - wanted) <= relative * fabs(wanted))) fail_msg("%.17g is not %.17g", got, wanted);
}

/* [1 2 tiny] * [4 -5 6]^T = -6, magnitude 14, through every storage type. */
static void test_a_sum_and_its_bound(void **state)
{
    (void)state;
    const float af[] = {1, 2, 3 * 0x1p-40f}, whole[] = {1, 2, 3}, bias[] = {-8}, scales[] = {0.5f};
    const uint16_t bh[] = {0x4400, 0xc500, 0x4600}, bb[] = {0x4080, 0xc0a0, 0x40c0}, residual[] = {0x3800};
    const uint8_t b4[] = {0x48, 0xca, 0x4c}, b5[] = {0x44, 0xc5, 0x46};
    const void *b[] = {bh, bb, b4, b5};
    const clqnn_type types[] = {CLQNN_F16, CLQNN_BF16, CLQNN_F8E4M3, CLQNN_F8E5M2};
    for (size_t i = 0; i < 4; i++) {
        clqnn_reference_bounded x;
        clqnn_gemm_desc desc = {.struct_size = sizeof desc, .m = 1, .n = 1, .k = 3, .a = {.type = CLQNN_F32}, .b = {.type = types[i]}, .c = {.type = CLQNN_F32}};
        assert_int_equal(clqnn_reference_gemm_float(&desc, af, b[i], NULL, &x), CLQNN_OK);
        expect_near(x.value, -6, 1e-10);
        expect_near(x.error, 3 * UNIT * 14, 1e-6);
        assert_int_equal(clqnn_reference_gemm_float(&desc, whole, b[i], NULL, &x), CLQNN_OK);
        assert_true(x.value == 12 && x.error == 0); /* integers */
        desc.b.quantization = (clqnn_quantization){.scales = scales, .scale_count = 1};
        desc.bias = bias;
        desc.bias_type = CLQNN_F32;
        desc.residual.type = CLQNN_F16;
        assert_int_equal(clqnn_reference_gemm_float(&desc, af, b[i], residual, &x), CLQNN_OK);
        expect_near(x.value, -3 - 8 + 0.5, 1e-10);
        expect_near(x.error, 6 * UNIT * (7 + 8 + 0.5), 1e-6);
    }
}

/* Transposed operands, leading dimensions, a broadcast b: the same sums of small integers. */
static void test_layouts(void **state)
{
    (void)state;
    enum { M = 3, N = 2, K = 4, BATCH = 2, LEADING = 6 };
    float a[BATCH * K * LEADING], b[N * LEADING];
    clqnn_reference_bounded x[BATCH * M * N];
    for (int i = 0; i < BATCH * K * LEADING; i++) a[i] = NAN;
    for (int i = 0; i < N * LEADING; i++) b[i] = NAN;
    for (int batch = 0; batch < BATCH; batch++) {
        for (int i = 0; i < M * K; i++) a[batch * K * LEADING + i % K * LEADING + i / K] = (float)(batch * 100 + i);
    }
    for (int i = 0; i < K * N; i++) b[i % N * LEADING + i / N] = (float)(i + 1);
    const clqnn_gemm_desc desc = {.struct_size = sizeof desc, .m = M, .n = N, .k = K, .batch = {1, BATCH},
                                  .a = {.type = CLQNN_F32, .transposed = 1, .leading_dimension = LEADING},
                                  .b = {.type = CLQNN_F32, .transposed = 1, .leading_dimension = LEADING, .batch_stride = {0, CLQNN_BROADCAST}},
                                  .c = {.type = CLQNN_F32}, .b_data = b};
    assert_int_equal(clqnn_reference_gemm_float(&desc, a, NULL, NULL, x), CLQNN_OK);
    for (int at = 0; at < BATCH * M * N; at++) {
        const int batch = at / (M * N), i = at / N % M, j = at % N;
        double sum = 0;
        for (int k = 0; k < K; k++) sum += (batch * 100.0 + i * K + k) * (k * N + j + 1);
        assert_true(x[at].value == sum);
    }
}

/* q, s, z and o by hand, both orientations, with an index. */
static void test_groups(void **state)
{
    (void)state;
    static const uint8_t nibbles[] = {0x21, 0x43, 0xf5}; /* [3][2]: 1 2 / 3 4 / 5 15; of s4 the last is -1 */
    static const float scales[] = {0.1f, 2, -4, 0.3f};   /* [group][column] */
    static const uint8_t zeros[] = {1, 0, 7, 15};
    static const uint16_t float_zeros[] = {0x3800, 0x4000, 0xc000, 0}; /* f16: 0.5 2 -2 0 */
    static const float offsets[] = {1, -1, 0.25f, 3};
    static const int32_t index[] = {1, 0, 0};
    float w[6];
    clqnn_gemm_desc desc = {.struct_size = sizeof desc, .m = 1, .n = 2, .k = 3, .a = {.type = CLQNN_F32}, .b = {.type = CLQNN_U4}, .c = {.type = CLQNN_F32},
                            .groups = {.size = 2, .scales = scales, .scale_type = CLQNN_F32}};
    assert_int_equal(clqnn_reference_dequantize_weights(&desc, nibbles, w), CLQNN_OK);
    const float plain[] = {0.1f * 1, 2 * 2, 0.1f * 3, 2 * 4, -4 * 5, 0.3f * 15};
    assert_memory_equal(w, plain, sizeof w);
    desc.groups.zero_points = zeros;
    desc.groups.zero_point_type = CLQNN_U8;
    assert_int_equal(clqnn_reference_dequantize_weights(&desc, nibbles, w), CLQNN_OK);
    const float shifted[] = {0.1f * 0, 2 * 2, 0.1f * 2, 2 * 4, -4 * -2, 0.3f * 0};
    for (int i = 0; i < 6; i++) assert_true(w[i] == shifted[i]);
    desc.groups.zero_points = float_zeros;
    desc.groups.zero_point_type = CLQNN_F16;
    assert_int_equal(clqnn_reference_dequantize_weights(&desc, nibbles, w), CLQNN_OK);
    const float float_shifted[] = {0.1f * 0.5f, 2 * 0, 0.1f * 2.5f, 2 * 2, -4 * 7, 0.3f * 15};
    for (int i = 0; i < 6; i++) assert_true(w[i] == float_shifted[i]);
    desc.b.type = CLQNN_S4;
    desc.groups.zero_points = NULL;
    desc.groups.offsets = offsets;
    desc.groups.index = index;
    assert_int_equal(clqnn_reference_dequantize_weights(&desc, nibbles, w), CLQNN_OK);
    const float moved[] = {-4 * 1 - 0.25f, 0.3f * 2 - 3, 0.1f * 3 - 1, 2 * 4 + 1, 0.1f * 5 - 1, 2 * -1 + 1};
    for (int i = 0; i < 6; i++) assert_true(w[i] == moved[i]);
    static const uint8_t turned[] = {0x31, 0x25, 0xf4}; /* [2][3]: 1 3 5 / 2 4 15 */
    static const float turned_scales[] = {0.1f, -4, 2, 0.3f};
    desc = (clqnn_gemm_desc){.struct_size = sizeof desc, .m = 1, .n = 2, .k = 3, .a = {.type = CLQNN_F32}, .b = {.type = CLQNN_U4, .transposed = 1},
                             .c = {.type = CLQNN_F32}, .groups = {.size = 2, .scales = turned_scales, .scale_type = CLQNN_F32}};
    assert_int_equal(clqnn_reference_dequantize_weights(&desc, turned, w), CLQNN_OK);
    assert_memory_equal(w, plain, sizeof w);
}

/* 3 bits cross bytes: 1 2 3 -4 -1 2 3 -3, low bits first. */
static void test_three_bits(void **state)
{
    (void)state;
    static const uint8_t codes[] = {0xd1, 0x78, 0xad};
    static const float wanted[] = {1, 2, 3, -4, -1, 2, 3, -3}, one[] = {1};
    float w[8];
    const clqnn_gemm_desc desc = {.struct_size = sizeof desc, .m = 1, .n = 1, .k = 8, .a = {.type = CLQNN_F32}, .b = {.type = CLQNN_S3}, .c = {.type = CLQNN_F32},
                                  .groups = {.size = 8, .scales = one, .scale_type = CLQNN_F32}};
    assert_int_equal(clqnn_reference_dequantize_weights(&desc, codes, w), CLQNN_OK);
    assert_memory_equal(w, wanted, sizeof w);
}

static void test_what_is_not_a_number(void **state)
{
    (void)state;
    const float big[] = {3e38f, 3e38f}, mixed[] = {3e38f, -3e38f}, endless[] = {INFINITY, 1}, none[] = {INFINITY, -INFINITY}, two[] = {2, 2}, zero[] = {0, 1};
    clqnn_reference_bounded x;
    const clqnn_gemm_desc desc = {.struct_size = sizeof desc, .m = 1, .n = 1, .k = 2, .a = {.type = CLQNN_F32}, .b = {.type = CLQNN_F32}, .c = {.type = CLQNN_F32}};
    assert_int_equal(clqnn_reference_gemm_float(&desc, big, two, NULL, &x), CLQNN_OK);
    assert_true(x.value == INFINITY && x.error == 0);
    assert_int_equal(clqnn_reference_gemm_float(&desc, mixed, two, NULL, &x), CLQNN_OK);
    assert_true(isinf(x.error)); /* overflows or cancels */
    assert_int_equal(clqnn_reference_gemm_float(&desc, endless, two, NULL, &x), CLQNN_OK);
    assert_true(x.value == INFINITY && x.error == 0);
    const float meets[] = {-INFINITY, 3e38f};
    assert_int_equal(clqnn_reference_gemm_float(&desc, meets, two, NULL, &x), CLQNN_OK);
    assert_true(isinf(x.error)); /* 3e38 * 2 is the other infinity */
    assert_int_equal(clqnn_reference_gemm_float(&desc, none, two, NULL, &x), CLQNN_OK);
    assert_true(isnan(x.value));
    assert_int_equal(clqnn_reference_gemm_float(&desc, endless, zero, NULL, &x), CLQNN_OK);
    assert_true(isnan(x.value));
}

/* ---- Intervals ---- */

static clqnn_reference_range range_of(clqnn_type type, clqnn_function function, double value, double error)
{
    const clqnn_reference_float_output output = {.type = type, .activation = function, .scale = 1};
    return clqnn_reference_float_range(&output, (clqnn_reference_bounded){value, error});
}

static void expect_range(clqnn_reference_range range, double low, double high)
{
    if (range.low != low || range.high != high || range.is_nan) fail_msg("%.9g..%.9g (%d), not %.9g..%.9g", range.low, range.high, range.is_nan, low, high);
}

static void test_stored_intervals(void **state)
{
    (void)state;
    const clqnn_reference_float_output clamped = {.type = CLQNN_F32, .has_clamp = 1, .clamp_min = -1, .clamp_max = 2},
                                       bytes = {.type = CLQNN_U8, .has_clamp = 1, .clamp_min = 3.5f, .clamp_max = 200, .scale = 0.5f, .zero_point = 2};
    expect_range(range_of(CLQNN_F32, CLQNN_IDENTITY, 1, 0), 1, 1);
    expect_range(range_of(CLQNN_F16, CLQNN_IDENTITY, 1 + 0x1p-11, 0), 1, 1);                      /* a tie, to even */
    expect_range(range_of(CLQNN_F16, CLQNN_IDENTITY, 1 + 0x1p-11, 0x1p-23), 1, 1 + 0x1p-10);      /* crossed by the bound */
    expect_range(range_of(CLQNN_F16, CLQNN_IDENTITY, 70000, 1), INFINITY, INFINITY);
    expect_range(range_of(CLQNN_F16, CLQNN_IDENTITY, 65519.9, 0.05), 65504, 65504);
    expect_range(range_of(CLQNN_BF16, CLQNN_IDENTITY, 1 + 0x1p-8, 0x1p-23), 1, 1 + 0x1p-7);
    expect_range(range_of(CLQNN_S8, CLQNN_IDENTITY, 2.5, 0), 2, 2);
    expect_range(range_of(CLQNN_S8, CLQNN_IDENTITY, 2.5, 1e-6), 2, 3);
    expect_range(range_of(CLQNN_S8, CLQNN_IDENTITY, 2.4, 1e-6), 2, 2);
    expect_range(range_of(CLQNN_S8, CLQNN_IDENTITY, -1e30, 0), -128, -128);
    expect_range(range_of(CLQNN_F32, CLQNN_RELU, -1, 0.5), 0, 0);
    expect_range(range_of(CLQNN_F32, CLQNN_RELU6, 5.75, 0.5), 5.25, 6);
    expect_range(range_of(CLQNN_F32, CLQNN_SILU, INFINITY, 0), INFINITY, INFINITY);
    assert_true(range_of(CLQNN_F32, CLQNN_HARD_SWISH, -1.5, 0.5).low <= -0.375);                 /* the minimum lies inside */
    assert_true(range_of(CLQNN_F32, CLQNN_HARD_SWISH, -1.5, 0.5).low > -0.3751);
    assert_int_equal(range_of(CLQNN_F32, CLQNN_RELU, NAN, 0).is_nan, 2);
    expect_range(clqnn_reference_float_range(&clamped, (clqnn_reference_bounded){-3, 0}), -1, -1);
    expect_range(clqnn_reference_float_range(&clamped, (clqnn_reference_bounded){1.5, 1}), 0.5, 2);
    expect_range(clqnn_reference_float_range(&bytes, (clqnn_reference_bounded){NAN, 0}), 4, 4);  /* the zero point, 2, limited */
    expect_range(clqnn_reference_float_range(&bytes, (clqnn_reference_bounded){10, 0}), 22, 22);
    const clqnn_reference_range range = range_of(CLQNN_F16, CLQNN_IDENTITY, 1, 0);
    const uint16_t one = 0x3c00, above = 0x3c01, nan = 0x7e00;
    assert_true(clqnn_reference_in_range(CLQNN_F16, &one, &range));
    assert_false(clqnn_reference_in_range(CLQNN_F16, &above, &range));
    assert_false(clqnn_reference_in_range(CLQNN_F16, &nan, &range));
}

static float in_binary32(clqnn_function function, float x)
{
    switch (function) {
    case CLQNN_SIGMOID: return 1.0f / (1.0f + expf(-x));
    case CLQNN_HARD_SWISH: return x * fmaxf(0.0f, fminf(1.0f, x / 6.0f + 0.5f));
    case CLQNN_TANH: return tanhf(x);
    case CLQNN_GELU: return 0.5f * x * (1.0f + erff(x * 0.70710678f));
    case CLQNN_GELU_TANH: return 0.5f * x * (1.0f + tanhf(0.79788456f * (x + 0.044715f * x * x * x)));
    case CLQNN_SILU: return x / (1.0f + expf(-x));
    default: return x;
    }
}

/* The formulas in binary32 with this machine's functions, which are better than OpenCL asks for, lie inside; the width is a few dozen units at most. */
static void test_activations(void **state)
{
    (void)state;
    static const clqnn_function functions[] = {CLQNN_SIGMOID, CLQNN_HARD_SWISH, CLQNN_TANH, CLQNN_GELU, CLQNN_GELU_TANH, CLQNN_SILU};
    for (size_t i = 0; i < 6; i++) {
        for (int step = -40000; step <= 40000; step++) {
            const float x = (float)step * 0.0030517f, y = in_binary32(functions[i], x);
            const clqnn_reference_range range = range_of(CLQNN_F32, functions[i], (double)x, 0);
            if (!clqnn_reference_in_range(CLQNN_F32, &y, &range)) fail_msg("function %d of %a: %a is not in %a..%a", (int)functions[i], (double)x, (double)y, range.low, range.high);
            assert_true(range.high - range.low <= 80 * UNIT * fmax(fabs((double)x), 1));
        }
        const double lowest = clqnn_reference_activation(functions[i], -0.7517916), exact[] = {-1.2784645, -0.7524614, -1.5};
        for (size_t at = 0; at < 3 && functions[i] == CLQNN_GELU; at++) assert_true(clqnn_reference_activation(CLQNN_GELU, exact[at]) >= lowest);
    }
}

static void test_nonsense_is_refused(void **state)
{
    (void)state;
    clqnn_reference_bounded x;
    const float one[] = {1};
    clqnn_gemm_desc desc = {.struct_size = sizeof desc, .m = 1, .n = 1, .k = 1, .a = {.type = CLQNN_F32}, .b = {.type = CLQNN_F32}, .c = {.type = CLQNN_F32}};
    assert_int_equal(clqnn_reference_gemm_float(NULL, one, one, NULL, &x), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_reference_gemm_float(&desc, NULL, one, NULL, &x), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_reference_gemm_float(&desc, one, NULL, NULL, &x), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_reference_gemm_float(&desc, one, one, NULL, NULL), CLQNN_INVALID_ARGUMENT);
    desc.residual.type = CLQNN_F32;
    assert_int_equal(clqnn_reference_gemm_float(&desc, one, one, NULL, &x), CLQNN_INVALID_ARGUMENT);
    desc.m = 0;
    assert_int_equal(clqnn_reference_gemm_float(&desc, NULL, NULL, NULL, &x), CLQNN_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_sum_and_its_bound), cmocka_unit_test(test_layouts),          cmocka_unit_test(test_groups),
        cmocka_unit_test(test_three_bits),          cmocka_unit_test(test_what_is_not_a_number), cmocka_unit_test(test_stored_intervals),
        cmocka_unit_test(test_activations),         cmocka_unit_test(test_nonsense_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
