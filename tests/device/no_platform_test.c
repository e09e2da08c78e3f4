/* SPDX-License-Identifier: Apache-2.0 */
/* A machine without any OpenCL platform: zero devices and a clear status. Run with OCL_ICD_VENDORS naming a folder without drivers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/clqnn.h"

static void test_no_devices(void **state)
{
    (void)state;
    clqnn_device_info info;
    size_t count = 4711;
    assert_int_equal(clqnn_enumerate_devices(NULL, 0, &count), CLQNN_OK);
    assert_int_equal(count, 0);
    count = 4711;
    assert_int_equal(clqnn_enumerate_devices(&info, 1, &count), CLQNN_OK);
    assert_int_equal(count, 0);
}

static void test_no_context(void **state)
{
    (void)state;
    static const char *const selectors[] = {NULL, "0", "Portable"};
    for (size_t i = 0; i < 3; i++) {
        clqnn_context *context = (clqnn_context *)(uintptr_t)64;
        const clqnn_context_desc desc = {.struct_size = sizeof desc, .device = selectors[i]};
        assert_int_equal(clqnn_context_create(&desc, &context), CLQNN_NO_DEVICE);
        assert_null(context);
        assert_non_null(strstr(clqnn_last_error(), "no OpenCL platform"));
    }
}

/* What needs no device. */
static void test_variants_are_listed(void **state)
{
    (void)state;
    size_t count = 0;
    assert_int_equal(clqnn_gemm_variants(NULL, 0, &count), CLQNN_OK);
    assert_true(count > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_no_devices), cmocka_unit_test(test_no_context), cmocka_unit_test(test_variants_are_listed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
