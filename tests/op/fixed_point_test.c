/* SPDX-License-Identifier: Apache-2.0 */
/* Multipliers and shifts from real factors: values worked out by hand, those of models that TFLite ran (tests/conformance/cases/tflite_*), and the bound that
 * the header gives, over the whole range of exponents. No device, no reference. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/fixed_point.h"

#define UNTOUCHED 77

static void expect(double real, int32_t multiplier, int32_t shift)
{
    int32_t m = UNTOUCHED, s = UNTOUCHED;
    assert_int_equal(clqnn_fixed_multiplier(real, &m, &s), CLQNN_OK);
    if (m != multiplier || s != shift) fail_msg("%a: expected %d * 2^%d, got %d * 2^%d", real, (int)multiplier, (int)shift, (int)m, (int)s);
}

static void factors_worked_out_by_hand(void **state)
{
    (void)state;
    expect(0.0, 0, 0);
    expect(-0.0, 0, 0);
    expect(1.0, 1 << 30, 1);
    expect(0.75, 3 << 29, 0);
    expect(3.0, 3 << 29, 2);
    expect(1.0 / 3.0, 1431655765, -1);
    expect(1.0 + ldexp(1, -31), (1 << 30) + 1, 1);                 /* a tie: upwards */
    expect(1.0 + 0.999 * ldexp(1, -31), 1 << 30, 1);
    expect(1.0 - ldexp(1, -32), 1 << 30, 1);                       /* a tie that reaches 2^31: half of it, and a shift more */
    expect(1.0 - 1.001 * ldexp(1, -32), INT32_MAX, 0);
    expect(ldexp(1, -32), 1 << 30, -31);
    expect(ldexp(1, -32) * (1 - ldexp(1, -40)), 1 << 30, -31);     /* rounds up to the least factor */
    expect(ldexp(1, -32) * (1 - ldexp(1, -30)), 0, 0);
    expect(1e-300, 0, 0);
    expect(ldexp(1, -1070), 0, 0);
    expect(ldexp(1, 30) - 1, INT32_MAX - 1, 30);
}

/* Scales of x, w (a channel) and y, and the integers with which the library's results were TFLite's. */
static void factors_of_tflite_models(void **state)
{
    (void)state;
    expect((double)(0x1.94d86ep-6f * 0x1.3238c6p-9f) / (double)0x1.6dc948p-8f, 1421535884, -6);                /* conv_1_51 */
    expect((double)(0x1.859588p-4f * 0x1.48d4fap-2f) / (double)0x1.8ad97cp+0f, 1360828754, -5);                /* fully_connected_1_75 */
    expect((double)0x1.0890eap-10f * (double)0x1.fa43p-7f / (double)0x1.abb8ecp-8f, 1313430798, -8);           /* conv_1_29, channel 1 */
    expect((double)0x1.c95cb2p-2f * (double)0x1.368afap-8f / (double)0x1.567da6p-5f, 1739372958, -4);          /* fully_connected_1_80, channel 2 */
}

static void divided(double real, int64_t count, int32_t multiplier, int32_t shift)
{
    int32_t m = 0, s = 0;
    assert_int_equal(clqnn_fixed_multiplier(real, &m, &s), CLQNN_OK);
    assert_int_equal(clqnn_fixed_divide(count, &m, &s), CLQNN_OK);
    if (m != multiplier || s != shift) fail_msg("%a / %lld: expected %d * 2^%d, got %d * 2^%d", real, (long long)count, (int)multiplier, (int)shift, (int)m, (int)s);
}

static void quotients(void **state)
{
    (void)state;
    divided(0.75, 1, 3 << 29, 0);
    divided(0.75, 64, 3 << 29, -6);
    divided(0.75, 3, 1 << 30, -1);
    divided(0.75, (int64_t)1 << 40, 3 << 20, -31);                 /* the shift ends at -31, the rest leaves the multiplier */
    divided(ldexp(3, -33), 2, 3 << 28, -31);
    divided(0.75, INT64_MAX, 0, -31);
    divided((double)0x1.5aabf2p-3f / (double)0x1.623f0ep-3f, 2, 2101565235, -1);    /* mean_1_64 */
    divided((double)0x1.9e0ce2p-9f / (double)0x1.067e7p-8f, 3, 1129126316, -1);     /* mean_1_91 */
}

static void every_factor_is_within_half_a_unit(void **state)
{
    (void)state;
    uint64_t seed = 2463534242u;
    for (int i = 0; i < 200000; i++) {
        seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
        const double real = ldexp(1.0 + (double)(seed >> 12) * ldexp(1, -52), (int)(seed % 61) - 32);
        int32_t m = 0, s = 0;
        assert_int_equal(clqnn_fixed_multiplier(real, &m, &s), CLQNN_OK);
        if (m < 1 << 30 || s < -31 || s > 30 || fabs(ldexp(m, s - 31) - real) > ldexp(1, s - 32)) fail_msg("%a gives %d * 2^%d", real, (int)m, (int)s);
    }
}

static void refuse(double real)
{
    int32_t m = UNTOUCHED, s = UNTOUCHED;
    assert_int_equal(clqnn_fixed_multiplier(real, &m, &s), CLQNN_INVALID_QUANTIZATION);
    assert_non_null(strstr(clqnn_last_error(), "real is "));
    assert_true(m == UNTOUCHED && s == UNTOUCHED);
}

static void bad_values_are_refused(void **state)
{
    (void)state;
    int32_t m = 5, s = 31;
    refuse(-1e-300);
    refuse((double)NAN);
    refuse((double)INFINITY);
    refuse(ldexp(1, 30));
    refuse(ldexp(1, 30) - 0.25); /* rounds to 2^30 */
    assert_int_equal(clqnn_fixed_multiplier(1.0, NULL, &s), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_fixed_multiplier(1.0, &m, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_fixed_divide(2, NULL, &s), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_fixed_divide(2, &m, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_fixed_divide(2, &m, &s), CLQNN_INVALID_QUANTIZATION);
    s = -32;
    assert_int_equal(clqnn_fixed_divide(2, &m, &s), CLQNN_INVALID_QUANTIZATION);
    assert_non_null(strstr(clqnn_last_error(), "*shift is -32"));
    s = 0;
    assert_int_equal(clqnn_fixed_divide(0, &m, &s), CLQNN_INVALID_ARGUMENT);
    m = -1;
    assert_int_equal(clqnn_fixed_divide(2, &m, &s), CLQNN_INVALID_QUANTIZATION);
    assert_true(m == -1 && s == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(factors_worked_out_by_hand),
        cmocka_unit_test(factors_of_tflite_models),
        cmocka_unit_test(quotients),
        cmocka_unit_test(every_factor_is_within_half_a_unit),
        cmocka_unit_test(bad_values_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
