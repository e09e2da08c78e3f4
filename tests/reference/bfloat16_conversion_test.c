/* SPDX-License-Identifier: Apache-2.0 */
/* bfloat16 conversions: values worked by hand, and rules that hold for all 65,536 patterns. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/reference.h"

static float float_of_bits(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint32_t bits_of_float(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static void known_values_round_to_nearest_even(void **state)
{
    (void)state;
    static const struct { float x; uint16_t expected; } rows[] = {
        {0.0f, 0x0000}, {-0.0f, 0x8000}, {1.0f, 0x3f80}, {-2.0f, 0xc000},
        {0.1f, 0x3dcd},              /* 1.6 * 2^-4, fraction 76.8 of 128 */
        {0x1.555556p-2f, 0x3eab},    /* 1/3: fraction 42.67 */
        {257.0f, 0x4380},            /* between 256 and 258: even fraction below */
        {0x1.010002p8f, 0x4381},     /* the next float above 257 */
        {259.0f, 0x4382},            /* between 258 and 260: even fraction above */
        {0x1.02fffep8f, 0x4381},     /* the next float below 259 */
        {-257.0f, 0xc380}, {-259.0f, 0xc382},
        {511.0f, 0x4400},            /* between 510 and 512: the carry raises the exponent */
        {0x1.fep127f, 0x7f7f},       /* the largest finite value */
        {0x1.fefffep127f, 0x7f7f}, {0x1.ffp127f, 0x7f80}, {-0x1.ffp127f, 0xff80}, {0x1.fffffep127f, 0x7f80},
        {INFINITY, 0x7f80}, {-INFINITY, 0xff80},
        {0x1p-126f, 0x0080}, {0x1p-133f, 0x0001}, {0x7fp-133f, 0x007f},
        {0xffp-134f, 0x0080},        /* between the largest subnormal and the smallest normal */
        {0x1p-134f, 0x0000},         /* between 0 and the smallest subnormal */
        {0x8001p-149f, 0x0001}, {0x3p-134f, 0x0002}, {0x5p-134f, 0x0002}, {-0x3p-134f, 0x8002}, {-0x1p-135f, 0x8000}, {0x1p-149f, 0x0000},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const uint16_t got = clqnn_reference_f32_to_bf16(rows[i].x);
        if (got != rows[i].expected) fail_msg("%a: expected %04x, got %04x", (double)rows[i].x, rows[i].expected, got);
    }
}

static void nan_stays_nan(void **state)
{
    (void)state;
    assert_int_equal(clqnn_reference_f32_to_bf16(float_of_bits(0x7fc00000u)), 0x7fc0);
    assert_int_equal(clqnn_reference_f32_to_bf16(float_of_bits(0xffc00000u)), 0xffc0);
    assert_int_equal(clqnn_reference_f32_to_bf16(float_of_bits(0x7f800001u)), 0x7fc0);
    assert_int_equal(clqnn_reference_f32_to_bf16(float_of_bits(0x7fa00000u)), 0x7fe0);
    assert_int_equal(clqnn_reference_f32_to_bf16(float_of_bits(0x7fffffffu)), 0x7fff);
    assert_int_equal(clqnn_reference_f32_to_bf16(float_of_bits(0xffffffffu)), 0xffff);
    assert_true(isnan(clqnn_reference_bf16_to_f32(0x7fc0)) && isnan(clqnn_reference_bf16_to_f32(0xff81)));
}

/* 1 sign bit, 8 exponent bits (bias 127), 7 fraction bits. */
static void all_patterns_widen_exactly(void **state)
{
    (void)state;
    for (uint32_t p = 0; p < 0x7f80; p++) {
        const int exponent = (int)(p >> 7);
        const double fraction = (double)(p & 0x7fu);
        const double expected = exponent ? ldexp(128.0 + fraction, exponent - 134) : ldexp(fraction, -133);
        assert_true((double)clqnn_reference_bf16_to_f32((uint16_t)p) == expected);
        assert_true((double)clqnn_reference_bf16_to_f32((uint16_t)(p | 0x8000u)) == -expected);
        assert_true(!signbit(clqnn_reference_bf16_to_f32((uint16_t)p)) && signbit(clqnn_reference_bf16_to_f32((uint16_t)(p | 0x8000u))));
    }
    assert_true(clqnn_reference_bf16_to_f32(0x7f80) == INFINITY);
    assert_true(clqnn_reference_bf16_to_f32(0xff80) == -INFINITY);
}

static void all_patterns_survive_the_round_trip(void **state)
{
    (void)state;
    for (uint32_t p = 0; p <= 0xffff; p++) {
        const int is_nan = (p & 0x7fffu) > 0x7f80u;
        const uint32_t expected = is_nan ? p | 0x0040u : p; /* a NaN comes back quiet */
        assert_int_equal(clqnn_reference_f32_to_bf16(clqnn_reference_bf16_to_f32((uint16_t)p)), expected);
    }
}

static void every_midpoint_is_a_tie_to_even(void **state)
{
    (void)state;
    for (uint32_t p = 0; p < 0x7f80; p++) { /* the last lies between the largest value and infinity, whose code stands for 2^128 */
        const uint32_t middle = p << 16 | 0x8000u;
        if (p < 0x7f7f) {
            const double sum = (double)clqnn_reference_bf16_to_f32((uint16_t)p) + (double)clqnn_reference_bf16_to_f32((uint16_t)(p + 1));
            assert_true((double)float_of_bits(middle) == sum / 2);
        }
        const uint32_t even = p & 1u ? p + 1 : p;
        assert_int_equal(clqnn_reference_f32_to_bf16(float_of_bits(middle)), even);
        assert_int_equal(clqnn_reference_f32_to_bf16(float_of_bits(middle | 0x80000000u)), even | 0x8000u);
        assert_int_equal(clqnn_reference_f32_to_bf16(float_of_bits(middle - 1)), p);
        assert_int_equal(clqnn_reference_f32_to_bf16(float_of_bits(middle + 1)), p + 1);
    }
    assert_int_equal(bits_of_float(clqnn_reference_bf16_to_f32(0x3f81)), 0x3f810000u);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_values_round_to_nearest_even),
        cmocka_unit_test(nan_stays_nan),
        cmocka_unit_test(all_patterns_widen_exactly),
        cmocka_unit_test(all_patterns_survive_the_round_trip),
        cmocka_unit_test(every_midpoint_is_a_tie_to_even),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
