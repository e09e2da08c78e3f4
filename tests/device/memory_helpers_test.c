/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn/memory.h: what the helpers do and what they refuse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/clqnn.h"

static clqnn_context *context;

static void expect_message(const char *field, const char *value)
{
    if (!strstr(clqnn_last_error(), field) || !strstr(clqnn_last_error(), value)) fail_msg("\"%s\" does not hold %s and %s", clqnn_last_error(), field, value);
}

static void test_round_trip(void **state)
{
    (void)state;
    struct _cl_mem *buffer = NULL;
    char back[8] = "........";
    assert_int_equal(clqnn_buffer_create(context, 16, &buffer), CLQNN_OK);
    assert_int_equal(clqnn_upload(context, buffer, 0, "0123456789abcdef", 16), CLQNN_OK);
    assert_int_equal(clqnn_upload(context, buffer, 4, "WXYZ", 4), CLQNN_OK);
    assert_int_equal(clqnn_download(context, buffer, 2, back, 8), CLQNN_OK);
    assert_memory_equal(back, "23WXYZ89", 8);
    assert_int_equal(clqnn_upload(context, buffer, 0, NULL, 0), CLQNN_OK); /* 0 bytes is a success */
    assert_int_equal(clqnn_download(context, buffer, 99, NULL, 0), CLQNN_OK);
    clqnn_buffer_release(buffer);
    clqnn_buffer_release(NULL);
}

static void test_null_pointers(void **state)
{
    (void)state;
    struct _cl_mem *buffer = NULL;
    struct _cl_command_queue *queue = NULL;
    char byte = 0;
    assert_int_equal(clqnn_default_queue(NULL, &queue), CLQNN_INVALID_ARGUMENT);
    expect_message("context", "NULL");
    assert_int_equal(clqnn_default_queue(context, NULL), CLQNN_INVALID_ARGUMENT);
    expect_message("queue", "NULL");
    assert_int_equal(clqnn_finish(NULL), CLQNN_INVALID_ARGUMENT);
    expect_message("context", "NULL");
    assert_int_equal(clqnn_buffer_create(NULL, 1, &buffer), CLQNN_INVALID_ARGUMENT);
    expect_message("context", "NULL");
    assert_int_equal(clqnn_buffer_create(context, 1, NULL), CLQNN_INVALID_ARGUMENT);
    expect_message("buffer", "NULL");
    assert_int_equal(clqnn_upload(context, NULL, 0, &byte, 1), CLQNN_INVALID_ARGUMENT);
    expect_message("buffer", "NULL");
    assert_int_equal(clqnn_download(context, NULL, 0, &byte, 1), CLQNN_INVALID_ARGUMENT);
    expect_message("buffer", "NULL");
    assert_int_equal(clqnn_buffer_create(context, 1, &buffer), CLQNN_OK);
    assert_int_equal(clqnn_upload(NULL, buffer, 0, &byte, 1), CLQNN_INVALID_ARGUMENT);
    expect_message("context", "NULL");
    assert_int_equal(clqnn_upload(context, buffer, 0, NULL, 1), CLQNN_INVALID_ARGUMENT);
    expect_message("source", "NULL");
    assert_int_equal(clqnn_download(context, buffer, 0, NULL, 1), CLQNN_INVALID_ARGUMENT);
    expect_message("target", "NULL");
    clqnn_buffer_release(buffer);
}

static void test_sizes(void **state)
{
    (void)state;
    clqnn_device_info info;
    char value[32];
    struct _cl_mem *buffer = NULL;
    assert_int_equal(clqnn_context_device(context, &info), CLQNN_OK);
    assert_int_equal(clqnn_buffer_create(context, 0, &buffer), CLQNN_INVALID_SHAPE);
    expect_message("bytes is 0", "1 to");
    const uint64_t beyond[] = {info.max_alloc_bytes + 1, UINT64_MAX};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(clqnn_buffer_create(context, beyond[i], &buffer), CLQNN_INVALID_SHAPE);
        (void)snprintf(value, sizeof value, "%llu", (unsigned long long)beyond[i]);
        expect_message("bytes", value);
    }
    assert_null(buffer);
}

static void test_copies_beyond_the_end(void **state)
{
    (void)state;
    struct _cl_mem *buffer = NULL;
    char bytes[32] = "................................", untouched[32];
    memcpy(untouched, bytes, sizeof bytes);
    assert_int_equal(clqnn_buffer_create(context, 16, &buffer), CLQNN_OK);
    static const struct { uint64_t offset, count; } beyond[] = {{0, 17}, {16, 1}, {1, 16}, {UINT64_MAX, 2}, {UINT64_MAX - 7, 16}, {8, UINT64_MAX - 7}};
    for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++) {
        assert_int_equal(clqnn_download(context, buffer, beyond[i].offset, bytes, beyond[i].count), CLQNN_BUFFER_TOO_SMALL);
        expect_message("buffer", "16");
        assert_int_equal(clqnn_upload(context, buffer, beyond[i].offset, bytes, beyond[i].count), CLQNN_BUFFER_TOO_SMALL);
        expect_message("buffer", "16");
    }
    assert_memory_equal(bytes, untouched, sizeof bytes);
    clqnn_buffer_release(buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_null_pointers),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_copies_beyond_the_end),
    };
    const clqnn_status status = clqnn_context_create(NULL, &context);
    if (status != CLQNN_OK) return status == CLQNN_NO_DEVICE ? 77 : 1;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    clqnn_context_release(context);
    return failures;
}
