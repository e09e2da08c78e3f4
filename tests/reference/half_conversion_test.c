/* SPDX-License-Identifier: Apache-2.0 */
/* Half conversions: values worked by hand, and rules that hold for all 65,536 halves. */
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
    static const struct { float x; uint16_t half; } rows[] = {
        {0.0f, 0x0000}, {-0.0f, 0x8000}, {1.0f, 0x3c00}, {-2.0f, 0xc000},
        {0.1f, 0x2e66},              /* 1.6 * 2^-4, fraction 614.4 */
        {0x1.555556p-2f, 0x3555},    /* 1/3: fraction 341.3 */
        {2049.0f, 0x6800},           /* between 2048 and 2050: even fraction below */
        {0x1.002002p11f, 0x6801},    /* the next float above 2049 */
        {2051.0f, 0x6802},           /* between 2050 and 2052: even fraction above */
        {0x1.005ffep11f, 0x6801},    /* the next float below 2051 */
        {-2049.0f, 0xe800}, {-2051.0f, 0xe802},
        {4095.0f, 0x6c00},           /* between 4094 and 4096: the carry raises the exponent */
        {65504.0f, 0x7bff}, {0x1.ffdffep15f, 0x7bff}, {65520.0f, 0x7c00}, {-65520.0f, 0xfc00}, {65536.0f, 0x7c00}, {1e30f, 0x7c00},
        {INFINITY, 0x7c00}, {-INFINITY, 0xfc00},
        {0x1p-14f, 0x0400}, {0x1p-24f, 0x0001}, {0x3ffp-24f, 0x03ff},
        {0x7ffp-25f, 0x0400},        /* between the largest subnormal and the smallest normal */
        {0x1p-25f, 0x0000},          /* between 0 and the smallest subnormal */
        {0x1.000002p-25f, 0x0001}, {0x3p-25f, 0x0002}, {0x5p-25f, 0x0002}, {-0x3p-25f, 0x8002},
        {-0x1p-26f, 0x8000}, {0x1.fffffep-26f, 0x0000}, {0x1p-149f, 0x0000}, {-0x1p-127f, 0x8000},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const uint16_t got = clqnn_reference_f32_to_f16(rows[i].x);
        if (got != rows[i].half) fail_msg("%a: expected %04x, got %04x", (double)rows[i].x, rows[i].half, got);
    }
}

static void nan_stays_nan(void **state)
{
    (void)state;
    assert_int_equal(clqnn_reference_f32_to_f16(float_of_bits(0x7fc00000u)), 0x7e00);
    assert_int_equal(clqnn_reference_f32_to_f16(float_of_bits(0xffc00000u)), 0xfe00);
    assert_int_equal(clqnn_reference_f32_to_f16(float_of_bits(0x7f800001u)), 0x7e00);
    assert_int_equal(clqnn_reference_f32_to_f16(float_of_bits(0x7fa00000u)), 0x7f00);
    assert_int_equal(bits_of_float(clqnn_reference_f16_to_f32(0x7e00)), 0x7fc00000u);
    assert_int_equal(bits_of_float(clqnn_reference_f16_to_f32(0xfc01)), 0xffc02000u);
}

static void halves_widen_exactly(void **state)
{
    (void)state;
    for (uint32_t h = 0; h < 0x7c00; h++) {
        const int exponent = (int)(h >> 10);
        const double fraction = (double)(h & 0x3ffu);
        const double expected = exponent ? ldexp(1024.0 + fraction, exponent - 25) : ldexp(fraction, -24);
        assert_true((double)clqnn_reference_f16_to_f32((uint16_t)h) == expected);
        assert_true((double)clqnn_reference_f16_to_f32((uint16_t)(h | 0x8000u)) == -expected);
        assert_true(!signbit(clqnn_reference_f16_to_f32((uint16_t)h)) && signbit(clqnn_reference_f16_to_f32((uint16_t)(h | 0x8000u))));
    }
    assert_true(clqnn_reference_f16_to_f32(0x7c00) == INFINITY);
    assert_true(clqnn_reference_f16_to_f32(0xfc00) == -INFINITY);
}

static void all_halves_survive_the_round_trip(void **state)
{
    (void)state;
    for (uint32_t h = 0; h <= 0xffff; h++) {
        const int is_nan = (h & 0x7fffu) > 0x7c00u;
        const uint32_t expected = is_nan ? h | 0x0200u : h; /* a NaN comes back quiet */
        assert_int_equal(clqnn_reference_f32_to_f16(clqnn_reference_f16_to_f32((uint16_t)h)), expected);
    }
}

static void every_midpoint_is_a_tie_to_even(void **state)
{
    (void)state;
    for (uint32_t h = 0; h < 0x7bff; h++) {
        const float below = clqnn_reference_f16_to_f32((uint16_t)h);
        const float above = clqnn_reference_f16_to_f32((uint16_t)(h + 1));
        const float middle = (below + above) / 2; /* exact: 12 significant bits */
        const uint32_t even = h & 1u ? h + 1 : h;
        assert_int_equal(clqnn_reference_f32_to_f16(middle), even);
        assert_int_equal(clqnn_reference_f32_to_f16(-middle), even | 0x8000u);
        assert_int_equal(clqnn_reference_f32_to_f16(float_of_bits(bits_of_float(middle) - 1)), h);
        assert_int_equal(clqnn_reference_f32_to_f16(float_of_bits(bits_of_float(middle) + 1)), h + 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_values_round_to_nearest_even),
        cmocka_unit_test(nan_stays_nan),
        cmocka_unit_test(halves_widen_exactly),
        cmocka_unit_test(all_halves_survive_the_round_trip),
        cmocka_unit_test(every_midpoint_is_a_tie_to_even),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
