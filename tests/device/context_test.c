/* SPDX-License-Identifier: Apache-2.0 */
/* Enumeration, creation and destruction of contexts, and everything that they refuse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/clqnn.h"
#include "clqnn/opencl.h"

enum { MOST_DEVICES = 16, SKIPPED = 77 };

static size_t device_count;
static clqnn_device_info devices[MOST_DEVICES];

static void expect_message(const char *field, const char *value)
{
    if (!strstr(clqnn_last_error(), field) || !strstr(clqnn_last_error(), value)) fail_msg("\"%s\" does not hold %s and %s", clqnn_last_error(), field, value);
}

static void expect_refused(const clqnn_context_desc *desc, clqnn_status status, const char *field, const char *value)
{
    clqnn_context *context = (clqnn_context *)(uintptr_t)64;
    assert_int_equal(clqnn_context_create(desc, &context), status);
    assert_null(context);
    expect_message(field, value);
}

static void test_enumeration(void **state)
{
    (void)state;
    clqnn_device_info first, untouched;
    size_t count = 0;
    memset(&first, 0xa5, sizeof first);
    untouched = first;
    assert_int_equal(clqnn_enumerate_devices(NULL, 0, NULL), CLQNN_INVALID_ARGUMENT);
    expect_message("count", "NULL");
    assert_int_equal(clqnn_enumerate_devices(NULL, 3, &count), CLQNN_INVALID_ARGUMENT);
    expect_message("capacity", "3");
    assert_int_equal(clqnn_enumerate_devices(&first, 0, &count), CLQNN_OK);
    assert_int_equal(count, device_count);
    assert_memory_equal(&first, &untouched, sizeof first);
    assert_int_equal(clqnn_enumerate_devices(&first, 1, &count), CLQNN_OK);
    assert_int_equal(count, device_count);
    assert_memory_equal(&first, &devices[0], sizeof first);
    int last = 0;
    for (size_t i = 0; i < device_count && i < MOST_DEVICES; i++) { /* GPUs, accelerators, CPUs */
        const int kind = devices[i].is_gpu ? 0 : devices[i].is_cpu ? 2 : 1;
        assert_true(kind >= last);
        assert_true(devices[i].name[0] && devices[i].platform[0] && devices[i].driver[0] && devices[i].version[0]);
        assert_true(devices[i].compute_units > 0 && devices[i].max_alloc_bytes > 0 && devices[i].max_work_group > 0);
        last = kind;
    }
}

static void test_descriptors(void **state)
{
    (void)state;
    union { clqnn_context_desc desc; unsigned char bytes[sizeof(clqnn_context_desc) + 32]; } larger;
    clqnn_context *context = NULL;
    assert_int_equal(clqnn_context_create(NULL, NULL), CLQNN_INVALID_ARGUMENT);
    expect_message("context", "NULL");
    const size_t sizes[] = {0, 8, sizeof(clqnn_context_desc) - 1, SIZE_MAX};
    for (size_t i = 0; i < 4; i++) {
        char value[32];
        const clqnn_context_desc desc = {.struct_size = sizes[i]};
        (void)snprintf(value, sizeof value, "%zu", sizes[i]);
        expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "struct_size", value);
    }
    memset(&larger, 0, sizeof larger);
    larger.desc.struct_size = sizeof larger;
    assert_int_equal(clqnn_context_create(&larger.desc, &context), CLQNN_OK);
    clqnn_context_release(context);
    larger.bytes[sizeof larger - 1] = 1;
    expect_refused(&larger.desc, CLQNN_INVALID_ARGUMENT, "struct_size", "not 0");
    clqnn_context_desc desc = {.struct_size = sizeof desc};
    const int bad_mode = 2;
    memcpy(&desc.cache, &bad_mode, sizeof bad_mode);
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "cache", "2");
}

static void expect_device(const char *selector, const clqnn_device_info *expected)
{
    clqnn_context *context = NULL;
    clqnn_device_info info;
    const clqnn_context_desc desc = {.struct_size = sizeof desc, .device = selector};
    assert_int_equal(clqnn_context_create(&desc, &context), CLQNN_OK);
    assert_int_equal(clqnn_context_device(context, &info), CLQNN_OK);
    assert_memory_equal(&info, expected, sizeof info);
    assert_ptr_equal(clqnn_context_opencl_device(context), info.device);
    assert_non_null(clqnn_context_opencl_context(context));
    clqnn_context_release(context);
}

static void test_choosing_a_device(void **state)
{
    (void)state;
    char text[256], value[32];
    expect_device(NULL, &devices[0]);
    expect_device("0", &devices[0]);
    (void)snprintf(text, sizeof text, "%s %s", devices[0].platform, devices[0].name);
    expect_device(text, &devices[0]);
    for (char *at = text; *at; at++) *at = (char)(*at >= 'a' && *at <= 'z' ? *at - 32 : *at >= 'A' && *at <= 'Z' ? *at + 32 : *at);
    expect_device(text, &devices[0]);
    setenv("CLQNN_DEVICE", "no such device", 1);
    expect_refused(NULL, CLQNN_NO_DEVICE, "no such device", "devices");
    expect_device("0", &devices[0]); /* the descriptor goes first */
    setenv("CLQNN_DEVICE", "0", 1);
    expect_device(NULL, &devices[0]);
    unsetenv("CLQNN_DEVICE");
    const clqnn_context_desc wrong = {.struct_size = sizeof wrong, .device = "imaginary accelerator"};
    expect_refused(&wrong, CLQNN_NO_DEVICE, "imaginary accelerator", "devices");
    (void)snprintf(value, sizeof value, "%zu", device_count);
    const clqnn_context_desc beyond = {.struct_size = sizeof beyond, .device = value};
    expect_refused(&beyond, CLQNN_NO_DEVICE, "device index", value);
    const clqnn_context_desc huge = {.struct_size = sizeof huge, .device = "99999999999999999999999"};
    expect_refused(&huge, CLQNN_NO_DEVICE, "device index", "99999999999999999999999");
}

static void test_contexts_around_the_callers_objects(void **state)
{
    (void)state;
    cl_int code = CL_SUCCESS;
    cl_device_id device = devices[0].device;
    cl_context cl = clCreateContext(NULL, 1, &device, NULL, NULL, &code);
    assert_int_equal(code, CL_SUCCESS);
    clqnn_context *context = (clqnn_context *)(uintptr_t)64;
    assert_int_equal(clqnn_context_create_from_opencl(NULL, device, NULL, &context), CLQNN_INVALID_ARGUMENT);
    assert_null(context);
    expect_message("cl is", "NULL");
    assert_int_equal(clqnn_context_create_from_opencl(cl, NULL, NULL, &context), CLQNN_INVALID_ARGUMENT);
    expect_message("device", "NULL");
    assert_int_equal(clqnn_context_create_from_opencl(cl, device, NULL, NULL), CLQNN_INVALID_ARGUMENT);
    expect_message("context", "NULL");
    const clqnn_context_desc named = {.struct_size = sizeof named, .device = "0"};
    assert_int_equal(clqnn_context_create_from_opencl(cl, device, &named, &context), CLQNN_INVALID_ARGUMENT);
    expect_message("device", "0");
    if (device_count > 1) {
        assert_int_equal(clqnn_context_create_from_opencl(cl, devices[1].device, NULL, &context), CLQNN_INVALID_ARGUMENT);
        expect_message("device", "belong");
    }
    assert_int_equal(clqnn_context_create_from_opencl(cl, device, NULL, &context), CLQNN_OK);
    assert_ptr_equal(clqnn_context_opencl_context(context), cl);
    clReleaseContext(cl); /* the library holds its own reference */
    cl_command_queue queue = NULL;
    assert_int_equal(clqnn_default_queue(context, &queue), CLQNN_OK);
    assert_int_equal(clqnn_finish(context), CLQNN_OK);
    clqnn_context_release(context);
}

static void test_references(void **state)
{
    (void)state;
    clqnn_context *context = NULL;
    assert_null(clqnn_context_retain(NULL));
    clqnn_context_release(NULL);
    assert_int_equal(clqnn_context_create(NULL, &context), CLQNN_OK);
    assert_ptr_equal(clqnn_context_retain(context), context);
    clqnn_context_release(context);
    assert_int_equal(clqnn_finish(context), CLQNN_OK);
    clqnn_context_release(context);
}

static void test_capabilities(void **state)
{
    (void)state;
    clqnn_context *context = NULL;
    clqnn_capability list[64], none;
    size_t count = 0;
    assert_int_equal(clqnn_context_create(NULL, &context), CLQNN_OK);
    assert_int_equal(clqnn_context_capabilities(NULL, list, 64, &count), CLQNN_INVALID_ARGUMENT);
    expect_message("context", "NULL");
    assert_int_equal(clqnn_context_capabilities(context, NULL, 1, &count), CLQNN_INVALID_ARGUMENT);
    expect_message("list", "NULL");
    assert_int_equal(clqnn_context_capabilities(context, list, 64, NULL), CLQNN_INVALID_ARGUMENT);
    expect_message("count", "NULL");
    assert_int_equal(clqnn_context_capabilities(context, list, 64, &count), CLQNN_OK);
    assert_true(count > 0 && count <= 64);
    for (size_t i = 0; i < count; i++) {
        assert_true(list[i].name[0] && list[i].purpose[0] && list[i].verdict[0]);
        assert_int_equal(list[i].available, strcmp(list[i].verdict, "right answer") == 0);
    }
    assert_int_equal(clqnn_context_capabilities(context, &none, 0, &count), CLQNN_OK);
    clqnn_device_info info;
    assert_int_equal(clqnn_context_device(NULL, &info), CLQNN_INVALID_ARGUMENT);
    expect_message("context", "NULL");
    assert_int_equal(clqnn_context_device(context, NULL), CLQNN_INVALID_ARGUMENT);
    expect_message("info", "NULL");
    assert_null(clqnn_context_opencl_context(NULL));
    assert_null(clqnn_context_opencl_device(NULL));
    assert_string_equal(clqnn_context_cache_folder(NULL), "");
    clqnn_context_release(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_enumeration),
        cmocka_unit_test(test_descriptors),
        cmocka_unit_test(test_choosing_a_device),
        cmocka_unit_test(test_contexts_around_the_callers_objects),
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_capabilities),
    };
    unsetenv("CLQNN_DEVICE");
    if (clqnn_enumerate_devices(devices, MOST_DEVICES, &device_count) != CLQNN_OK) return 1;
    return device_count == 0 ? SKIPPED : cmocka_run_group_tests(tests, NULL, NULL);
}
