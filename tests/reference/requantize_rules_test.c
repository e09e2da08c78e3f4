/* SPDX-License-Identifier: Apache-2.0 */
/* The three requantization rules on values worked by hand: ties of both signs, both ends of the shifts, saturation at each step. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "clqnn/reference.h"

#define HALF_Q31 (1 << 30) /* the Q31 multiplier 0.5 */

static void float_even_rounds_ties_to_even(void **state)
{
    (void)state;
    static const struct { int32_t acc; float multiplier; int32_t zero_point, expected; } rows[] = {
        {1, 0.5f, 0, 0},  {-1, 0.5f, 0, 0},  {3, 0.5f, 0, 2},  {-3, 0.5f, 0, -2},
        {5, 0.5f, 0, 2},  {-5, 0.5f, 0, -2}, {7, 0.5f, 0, 4},  {-7, 0.5f, 0, -4},
        {5, 0.5f, 1, 3},  /* the zero point after the rounding: 2.5 + 1 would give 4 */
        {-5, 0.5f, 1, -1},
        {5, 0x1.000002p-1f, 0, 3}, {5, 0x1.fffffep-2f, 0, 2}, /* just beside the tie */
        {0, 0.5f, 7, 7},  {1000, 0.25f, -128, 122},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const int32_t got = clqnn_reference_requantize_float_even(rows[i].acc, rows[i].multiplier, rows[i].zero_point, -128, 127);
        if (got != rows[i].expected) fail_msg("row %zu: expected %d, got %d", i, rows[i].expected, got);
    }
}

static void float_even_rounds_each_operation_to_binary32(void **state)
{
    (void)state;
    /* 2^24 + 1 is not a float: ties to even, 2^24. */
    assert_int_equal(clqnn_reference_requantize_float_even(16777217, 1.0f, 0, INT32_MIN, INT32_MAX), 16777216);
    /* The accumulator rounds before the product: 2^24 * 1.5, where (2^24 + 1) * 1.5 is nearest to 25165826. */
    assert_int_equal(clqnn_reference_requantize_float_even(16777217, 1.5f, 0, INT32_MIN, INT32_MAX), 25165824);
    /* (2^24 - 1)(1 + 2^-23) = 2^24 + 1 - 2^-23; floats there are 2 apart: 2^24. One rounding at the end would give 2^24 + 1. */
    assert_int_equal(clqnn_reference_requantize_float_even(16777215, 0x1.000002p0f, 0, INT32_MIN, INT32_MAX), 16777216);
    /* 7 * 11983726 * 2^-25 = 2.5 + 2^-24 is the tie 2.5 in binary32, so 2; in binary64 it would be 3. */
    assert_int_equal(clqnn_reference_requantize_float_even(7, 11983726.0f * 0x1p-25f, 0, -128, 127), 2);
}

static void float_even_saturates(void **state)
{
    (void)state;
    assert_int_equal(clqnn_reference_requantize_float_even(INT32_MAX, 1.0f, 0, -128, 127), 127);
    assert_int_equal(clqnn_reference_requantize_float_even(INT32_MIN, 1.0f, 0, -128, 127), -128);
    assert_int_equal(clqnn_reference_requantize_float_even(INT32_MAX, 1.0f, 0, INT32_MIN, INT32_MAX), INT32_MAX);
    assert_int_equal(clqnn_reference_requantize_float_even(INT32_MIN, 1.0f, -128, INT32_MIN, INT32_MAX), INT32_MIN);
    assert_int_equal(clqnn_reference_requantize_float_even(2, 3e38f, 128, 0, 255), 255);
    assert_int_equal(clqnn_reference_requantize_float_even(-2, 3e38f, 128, 0, 255), 0);
    assert_int_equal(clqnn_reference_requantize_float_even(0, INFINITY, 9, 0, 255), 9); /* NaN counts as 0 */
    assert_int_equal(clqnn_reference_requantize_float_even(100, 1.0f, 100, 10, 20), 20);
    assert_int_equal(clqnn_reference_requantize_float_even(-100, 1.0f, 100, 10, 20), 10);
    assert_int_equal(clqnn_reference_requantize_float_even(1, 1.0f, 14, 10, 20), 15);
}

typedef struct fixed_row {
    int32_t acc, multiplier, shift, doubled, single; /* what the two rules give, unclamped */
} fixed_row;

static const fixed_row fixed_rows[] = {
    /* The multiplication's ties go towards +infinity under both rules. */
    {1, HALF_Q31, 0, 1, 1}, {-1, HALF_Q31, 0, 0, 0}, {3, HALF_Q31, 0, 2, 2}, {-3, HALF_Q31, 0, -1, -1},
    {5, HALF_Q31, 0, 3, 3}, {-5, HALF_Q31, 0, -2, -2},
    /* FIXED_DOUBLE's shift then sends ties away from zero: 10 -> 5 -> 2.5; FIXED_SINGLE: +-2.5 at once, towards +infinity. */
    {10, HALF_Q31, -1, 3, 3}, {-10, HALF_Q31, -1, -3, -2}, {6, HALF_Q31, -1, 2, 2}, {-6, HALF_Q31, -1, -2, -1},
    /* Rounding twice: 5 -> 3 -> 2 and -5 -> -2 -> -1, where 1.25 rounds to 1 and -1.25 to -1 at once. */
    {5, HALF_Q31, -1, 2, 1}, {-5, HALF_Q31, -1, -1, -1},
    {3, HALF_Q31, 2, 6, 6}, {-5, HALF_Q31, 1, -5, -5}, {0, INT32_MAX, 30, 0, 0}, {7, 0, -5, 0, 0},
    /* The left shift saturates at 32 bits under FIXED_DOUBLE; FIXED_SINGLE has room for 2^31. */
    {1 << 30, HALF_Q31, 2, 1 << 30, INT32_MAX}, {-(1 << 30), HALF_Q31, 2, -(1 << 30), INT32_MIN}, {2, HALF_Q31, 30, 1 << 30, 1 << 30},
    {1, HALF_Q31, 30, 1 << 29, 1 << 29}, {INT32_MAX, INT32_MAX, 30, 2147483646, INT32_MAX}, {INT32_MIN, INT32_MAX, 30, -2147483647, INT32_MIN},
    /* -2^31 * -2^31 is 2^31 after doubling: the only product that saturates. */
    {INT32_MIN, INT32_MIN, 0, INT32_MAX, INT32_MAX},
    /* shift -31. (2^31-1)^2 -> 2^31-2 -> just below 1. -2^31(2^31-1) -> -2^31+1 -> just above -1. */
    {INT32_MAX, INT32_MAX, -31, 1, 1}, {INT32_MIN, INT32_MAX, -31, -1, -1},
    /* 2^30(2^31-1): the high half is the tie 2^30 -> 2^30 / 2^31 = 0.5 -> 1; unrounded it is below one half. */
    {1 << 30, INT32_MAX, -31, 1, 0}, {-(1 << 30), INT32_MAX, -31, 0, 0},
    /* -(2^30+1)(2^31-1) = -(2^61 + 2^30 - 1) -> -2^30 -> -0.5 -> -1, and at once just below -0.5. */
    {-(1 << 30) - 1, INT32_MAX, -31, -1, -1},
    /* -2^31 * 2^30: -2^30 -> -0.5 -> -1 away from zero; at once -0.5 -> 0. */
    {INT32_MIN, HALF_Q31, -31, -1, 0},
};

static void fixed_rules_match_the_worked_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof fixed_rows / sizeof fixed_rows[0]; i++) {
        const fixed_row r = fixed_rows[i];
        const int32_t doubled = clqnn_reference_requantize_fixed_double(r.acc, r.multiplier, r.shift, 0, INT32_MIN, INT32_MAX);
        const int32_t single = clqnn_reference_requantize_fixed_single(r.acc, r.multiplier, r.shift, 0, INT32_MIN, INT32_MAX);
        if (doubled != r.doubled) fail_msg("row %zu, double: expected %d, got %d", i, r.doubled, doubled);
        if (single != r.single) fail_msg("row %zu, single: expected %d, got %d", i, r.single, single);
    }
}

static void fixed_rules_add_the_zero_point_then_clamp(void **state)
{
    (void)state;
    assert_int_equal(clqnn_reference_requantize_fixed_double(-10, HALF_Q31, -1, 128, 0, 255), 125);
    assert_int_equal(clqnn_reference_requantize_fixed_single(-10, HALF_Q31, -1, 128, 0, 255), 126);
    assert_int_equal(clqnn_reference_requantize_fixed_double(1000, HALF_Q31, 0, -100, -128, 127), 127);
    assert_int_equal(clqnn_reference_requantize_fixed_single(1000, HALF_Q31, 0, -100, -128, 127), 127);
    assert_int_equal(clqnn_reference_requantize_fixed_double(-60, HALF_Q31, 0, -100, -128, 127), -128);
    assert_int_equal(clqnn_reference_requantize_fixed_single(-60, HALF_Q31, 0, -100, -128, 127), -128);
    /* The product saturates before the zero point comes. */
    assert_int_equal(clqnn_reference_requantize_fixed_double(INT32_MIN, INT32_MIN, 0, -1, INT32_MIN, INT32_MAX), INT32_MAX - 1);
    /* No wrap where r + zero_point leaves 32 bits. */
    assert_int_equal(clqnn_reference_requantize_fixed_double(INT32_MAX, INT32_MAX, 0, 255, 0, 255), 255);
    assert_int_equal(clqnn_reference_requantize_fixed_single(INT32_MIN, INT32_MAX, 30, -128, -128, 127), -128);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(float_even_rounds_ties_to_even),
        cmocka_unit_test(float_even_rounds_each_operation_to_binary32),
        cmocka_unit_test(float_even_saturates),
        cmocka_unit_test(fixed_rules_match_the_worked_rows),
        cmocka_unit_test(fixed_rules_add_the_zero_point_then_clamp),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
