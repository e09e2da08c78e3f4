/* SPDX-License-Identifier: Apache-2.0 */
/* Half conversions against the FP16 header library: every half, and four million floats spread over all bit patterns. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <fp16.h>

#include "clqnn/reference.h"

static void every_half_widens_as_in_fp16(void **state)
{
    (void)state;
    for (uint32_t h = 0; h <= 0xffff; h++) {
        const float expected = fp16_ieee_to_fp32_value((uint16_t)h);
        const float got = clqnn_reference_f16_to_f32((uint16_t)h);
        if (isnan(expected)) {
            assert_true(isnan(got));
        } else {
            assert_memory_equal(&got, &expected, sizeof got);
        }
    }
}

static void floats_narrow_as_in_fp16(void **state)
{
    (void)state;
    for (uint64_t pattern = 0; pattern <= UINT32_MAX; pattern += 1021) {
        const uint32_t bits = (uint32_t)pattern;
        float x;
        memcpy(&x, &bits, sizeof x);
        const uint16_t got = clqnn_reference_f32_to_f16(x);
        if (isnan(x)) {
            assert_true((got & 0x7fffu) > 0x7c00u);
        } else {
            assert_int_equal(got, fp16_ieee_from_fp32_value(x));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_half_widens_as_in_fp16),
        cmocka_unit_test(floats_narrow_as_in_fp16),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
